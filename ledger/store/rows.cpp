// What stands in the tables, as text, for those who compare two books.

#include <algorithm>
#include <set>

#include "ledger/store/schema.h"
#include "ledger/store/state.h"

namespace accrue {

namespace {

/// How the rows of a table read when the numbers that stand for accounts and charge keys, which
/// follow from the order of arrival, are replaced by what they stand for.
struct TableRows {
  const char* table;
  const char* select;
};

#define ACCRUE_PERIOD(column) "printf('%04d-%02d', " column " / 12, " column " % 12 + 1) AS " column

constexpr TableRows tables[] = {
    {"account",
     "SELECT name, role, kind, investee, investment, grant, service, region FROM account "
     "ORDER BY role, kind, investee, investment, grant, service, region"},
    {"balance",
     "SELECT " ACCRUE_PERIOD("posting_period") ", coalesce(name, 'missing') AS "
                                               "account, " ACCRUE_PERIOD(
                                                   "origin_period") ", amount FROM balance LEFT "
                                                                    "JOIN account ON id = account "
                                                                    "ORDER BY "
                                                                    "balance.posting_period, role, "
                                                                    "kind, investee, investment, "
                                                                    "grant, service, region, "
                                                                    "balance.origin_period"},
    {"charge",
     "SELECT record, position, investee, currency, billing_account, sub_account, service, sku, "
     "region, at, " ACCRUE_PERIOD(
         "period") ", kind, category, class, billing_period, row_count, amount "
                   "FROM charge LEFT JOIN charge_key ON id = key ORDER BY record, position"},
    {"charge_key",
     "SELECT investee, currency, billing_account, sub_account, service, sku, region "
     "FROM charge_key ORDER BY 1, 2, 3, 4, 5, 6, 7"},
    {"draw", "SELECT close_record, investee, currency, grant, " ACCRUE_PERIOD(
                 "origin_period") ", " ACCRUE_PERIOD("served_period") ", service, sku, region, "
                                                                      "total FROM draw "
                                                                      "ORDER BY close_record, "
                                                                      "investee, currency, grant, "
                                                                      "draw.origin_period, "
                                                                      "draw.served_period, "
                                                                      "service, sku, region"},
    {"entry",
     "SELECT number, record, date(dated_on * 86400, 'unixepoch') AS dated_on, " ACCRUE_PERIOD(
         "posting_period") ", " ACCRUE_PERIOD("origin_period") ", memo FROM entry "
                                                               "ORDER BY number"},
    {"event",
     "SELECT name AS source, event.id, record, content FROM event "
     "LEFT JOIN event_source ON event_source.id = source ORDER BY name, event.id"},
    {"event_source", "SELECT name FROM event_source ORDER BY name"},
    {"imported_file", "SELECT sha256, record FROM imported_file ORDER BY sha256, record"},
    {"line",
     "SELECT entry, position, coalesce(name, 'missing') AS account, amount FROM line "
     "LEFT JOIN account ON id = account ORDER BY entry, position"},
    {"node", "SELECT level, idx, hash FROM node ORDER BY level, idx"},
    {"period_close",
     "SELECT record, " ACCRUE_PERIOD("period") ", begin_at, end_at, trial_balance_hash, "
                                               "reopened_by FROM period_close ORDER BY record"},
    {"record",
     "SELECT sequence, kind, recorded_at, author, reason, os_user, host, rules, leaf_hash, fact, "
     "approver, approver_os_user, approver_host, signature FROM record "
     "ORDER BY sequence"},
};

#undef ACCRUE_PERIOD

constexpr std::size_t longest_blob_shown = 32;

void append_value(std::string& row, const SQLite::Column& value) {
  if (value.isNull()) {
    row += "null";
  } else if (value.isBlob()) {
    const std::string bytes = value.getString();
    row += bytes.size() <= longest_blob_shown ? to_hex(bytes) : "sha256:" + to_hex(sha256(bytes));
  } else if (value.isText()) {
    row += '"';
    for (const char c : value.getString()) {
      if (c == '"' || c == '\\') row += '\\';
      row += c;
    }
    row += '"';
  } else {
    row += value.getString();
  }
}

}  // namespace

std::vector<std::string> Store::table_names() const {
  std::vector<std::string> names;
  for (const TableRows& rows : tables) names.emplace_back(rows.table);
  return names;
}

void Store::for_each_row(const std::string& table,
                         const std::function<void(const std::string& row)>& visit) const {
  const auto* rows = std::find_if(std::begin(tables), std::end(tables),
                                  [&](const TableRows& row) { return row.table == table; });
  LEDGER_CHECK(rows != std::end(tables), table, "a table of the book");
  Query query{state_->statements, rows->select};
  std::string row;
  while (query.step()) {
    row.clear();
    SQLite::Statement& statement = query.statement();
    for (int column = 0; column < statement.getColumnCount(); ++column) {
      if (column > 0) row += '|';
      row += statement.getColumnName(column);
      row += '=';
      append_value(row, statement.getColumn(column));
    }
    visit(row);
  }
}

std::string Store::integrity() const {
  {
    Query query{state_->statements, "PRAGMA integrity_check(1)"};
    if (query.step() && query.text(0) != "ok") return query.text(0);
  }
  {
    Query query{state_->statements, "PRAGMA foreign_key_check"};
    if (query.step()) {
      return "a row of table " + query.text(0) + " refers to a row of table " + query.text(2) +
             " that is missing";
    }
  }
  std::set<std::string> expected{schema.begin(), schema.end()};
  Query query{state_->statements,
              "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"};
  while (query.step()) {
    if (expected.erase(query.text(2)) == 0) {
      return query.text(0) + " " + query.text(1) + " is not defined as accrue defines it";
    }
  }
  if (!expected.empty()) {
    return "missing: " + expected.begin()->substr(0, expected.begin()->find('\n'));
  }
  return "ok";
}

}  // namespace accrue
