#include "accounting/audit/verify.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "accounting/audit/earlier_evidence.h"
#include "accounting/posting/ties.h"
#include "accounting/posting/view.h"
#include "ledger/book/codec.h"
#include "ledger/error/check_failure.h"

namespace accrue {

namespace {

void check_hashes(const Store& book, AuditReport& report) {
  Instant before{INT64_MIN};
  for (std::int64_t sequence = 1; sequence <= report.record_count; ++sequence) {
    try {
      const Record record = book.read_record(sequence);
      const std::string derived = to_hex(leaf_hash(leaf_bytes(record)));
      const std::string stored = to_hex(book.stored_leaf_hash(sequence));
      if (stored != derived) report.findings.push_back({sequence, "leaf hash", stored, derived});
      if (record.recorded_at < before) {
        report.findings.push_back({sequence, "recorded time", record.recorded_at.to_string(),
                                   "not before " + before.to_string()});
      }
      before = record.recorded_at;
    } catch (const StoreFailure& failure) {
      report.findings.push_back({sequence, "record", failure.what(), "a record that can be read"});
    } catch (const DamagedBytes&) {
      report.findings.push_back({sequence, "record", "bytes that do not decode", "a record"});
    }
  }
}

std::vector<std::string> rows_of(const Store& store, const std::string& table) {
  std::vector<std::string> rows;
  store.for_each_row(table, [&](const std::string& row) { rows.push_back(row); });
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// The record a table row names in a column `record` or `close_record`, 0 if it names none.
std::int64_t record_named_in(const std::string& row) {
  for (const std::string column : {"record=", "close_record=", "sequence="}) {
    const std::size_t at = row.find(column);
    if (at != std::string::npos && (at == 0 || row[at - 1] == '|')) {
      return std::strtoll(row.c_str() + at + column.size(), nullptr, 10);
    }
  }
  return 0;
}

/// Enough to see what is wrong; the count of the rest is said.
constexpr std::size_t listed_per_table = 20;

void compare_table(const Store& book, const Store& derived, const std::string& table,
                   AuditReport& report) {
  const std::vector<std::string> stored_rows = rows_of(book, table);
  const std::vector<std::string> derived_rows = rows_of(derived, table);
  std::vector<std::string> added;
  std::vector<std::string> missing;
  std::set_difference(stored_rows.begin(), stored_rows.end(), derived_rows.begin(),
                      derived_rows.end(), std::back_inserter(added));
  std::set_difference(derived_rows.begin(), derived_rows.end(), stored_rows.begin(),
                      stored_rows.end(), std::back_inserter(missing));
  const auto list = [&](const std::vector<std::string>& rows, auto make) {
    for (std::size_t i = 0; i < std::min(rows.size(), listed_per_table); ++i) {
      report.findings.push_back(make(rows[i]));
    }
    if (rows.size() > listed_per_table) {
      report.findings.push_back({0, "table " + table,
                                 std::to_string(rows.size() - listed_per_table) +
                                     " more rows like these",
                                 "none"});
    }
  };
  list(added, [&](const std::string& row) {
    return Finding{record_named_in(row), "table " + table + ": row edited or added", row, "no such row"};
  });
  list(missing, [&](const std::string& row) {
    return Finding{record_named_in(row), "table " + table + ": row edited or missing", "no such row", row};
  });
}

void check_stored_ties(const Store& book, AuditReport& report) {
  const BookView view = load_view(book, report.record_count);
  DrawTotals draws;
  for (const PostedDraws& posted : view.draws) {
    for (const auto& [key, amount] : posted.totals) draws[key] += amount;
  }
  for (const Tie& tie : broken(check_ties(view.state, view.balances, draws, {}))) {
    report.findings.push_back({0, "tie: " + tie.name, tie.left.to_string(), tie.right.to_string()});
  }
}

}  // namespace

AuditReport verify(const Store& book, const ReplayProgress& progress) {
  const ChecksThrow book_may_be_made_up;
  AuditReport report;
  report.record_count = book.record_count();
  if (const std::string integrity = book.integrity(); integrity != "ok") {
    report.findings.push_back({0, "SQLite integrity", integrity, "ok"});
  }
  check_hashes(book, report);
  check_own_checkpoints(book, report);
  Replay replayed = replay(book, report.record_count, Store::in_memory(), progress);
  report.entry_count = replayed.report.entry_count;
  report.root = replayed.report.root;
  std::move(replayed.report.findings.begin(), replayed.report.findings.end(),
            std::back_inserter(report.findings));
  if (!replayed.books) {
    add_unseen(report, 0, "the facts do not replay", "every table compared");
    return report;
  }
  try {
    for (const std::string& table : book.table_names()) {
      compare_table(book, replayed.books->store(), table, report);
    }
    check_stored_ties(book, report);
  } catch (const StoreFailure& failure) {
    add_unseen(report, 0, failure.what(), "every table compared");
  } catch (const DamagedBytes&) {
    add_unseen(report, 0, "stored bytes are damaged", "every table compared");
  } catch (const CheckFailure& failure) {
    add_unseen(report, 0, failure.what(), "every table compared");
  }
  return report;
}

}  // namespace accrue
