#include "accounting/audit/replay.h"

#include <utility>

#include "accounting/audit/record_comparison.h"
#include "accounting/posting/approvals.h"
#include "ledger/book/codec.h"
#include "ledger/error/check_failure.h"
#include "ledger/number/money.h"

namespace accrue {

namespace {

Stamp stamp_of(const Record& record) {
  Stamp stamp{record.recorded_at, record.author, record.reason, record.identity};
  if (const std::optional<Approval>& approval = record.approval) {
    stamp.approver = {approval->person, approval->identity,
                      [signature = approval->signature](std::string_view) { return signature; }};
  }
  return stamp;
}

/// Enough to see what is wrong; the count of the rest is said.
constexpr std::size_t most_balances_listed = 50;

/// The first records of a book, derived again one by one.
class Replayer {
 public:
  Replayer(const Store& book, std::int64_t record_count, ReplayRules rules)
      : book_{book}, rules_{rules} {
    result_.report.record_count = record_count;
  }

  Replay run(Store fresh, const ReplayProgress& progress) {
    const ChecksThrow facts_may_be_made_up;
    try {
      if (derive_all(std::move(fresh), progress)) {
        compare_balances();
        result_.report.root = to_hex(books_->store().root(result_.report.record_count));
        result_.books = std::move(books_);
      }
    } catch (const DamagedBytes&) {
      stop("fact", "bytes that do not decode", "nothing can be derived");
    } catch (const StoreFailure& failure) {
      stop("record", failure.what(), "a record that can be read");
    } catch (const CheckFailure& failure) {
      stop("fact", failure.what(), "a fact from which entries can be derived");
    }
    return std::move(result_);
  }

 private:
  bool derive_all(Store fresh, const ReplayProgress& progress) {
    for (sequence_ = 1; sequence_ <= result_.report.record_count; ++sequence_) {
      const Record stored = book_.read_record(sequence_);
      if (rules_ == ReplayRules::recorded && stored.rules != rule_version) {
        stop("rule version", std::to_string(stored.rules),
             "rules this program has: " + std::to_string(rule_version));
        return false;
      }
      const bool is_taken = sequence_ == 1 ? open(stored, std::move(fresh)) : derive(stored);
      if (!is_taken) return false;
      const Record derived = books_->store().read_record(sequence_);
      compare_records(stored, derived, result_.report.findings);
      result_.report.entry_count += static_cast<std::int64_t>(derived.entries.size());
      if (progress) progress(sequence_);
    }
    return true;
  }

  bool open(const Record& record, Store fresh) {
    const Fact fact = decode(record.kind, record.fact);
    const auto* opened = std::get_if<BookOpened>(&fact);
    if (opened == nullptr) {
      stop("kind", std::string{to_string(record.kind)}, "the first record opens a book");
      return false;
    }
    Result<Books> books = Books::create(std::move(fresh), *opened, stamp_of(record));
    if (!books.ok()) {
      stop("fact", "as stored", books.error().message);
      return false;
    }
    books_ = std::move(books).value();
    return true;
  }

  bool derive(const Record& record) {
    Fact fact = decode(record.kind, record.fact);
    if (std::holds_alternative<BookOpened>(fact)) {
      stop("kind", std::string{to_string(record.kind)}, "a book opens once, in record 1");
      return false;
    }
    check_approval_of(record, fact);
    const Result<Recorded> derived =
        books_->record(std::move(fact), stamp_of(record), RunMode::replay);
    if (derived.ok() && derived->record == sequence_) return true;
    stop("fact", "accepted when it was recorded",
         derived.ok() ? "a delivery that equals what stood, which leaves no record"
                      : "refused: " + derived.error().message);
    return false;
  }

  /// By the keys and the history before the record.
  void check_approval_of(const Record& record, const Fact& fact) {
    const Digest root_before = books_->store().root(sequence_ - 1);
    const Result<Done> held =
        check_approval(approval_terms(books_->state(), root_before, fact), record);
    if (held.ok()) return;
    result_.report.findings.push_back(
        {sequence_, "approval", record.approval ? "by " + record.approval->person : "none",
         std::string{name_of(held.error().code)} + ": " + held.error().message});
  }

  void compare_balances() {
    const Balances stored = balances_of(book_);
    const Balances derived = balances_of(books_->store());
    Balances all = stored;
    all.insert(derived.begin(), derived.end());
    std::size_t count = 0;
    for (const auto& [key, ignored] : all) {
      const std::int64_t before = amount_in(stored, key);
      const std::int64_t after = amount_in(derived, key);
      if (before == after || ++count > most_balances_listed) continue;
      result_.report.findings.push_back({0,
                                         "balance of " + key.account.name() + ", posted in " +
                                             key.posting_period.to_string() + ", of " +
                                             key.origin_period.to_string(),
                                         money(before), money(after)});
    }
    if (count > most_balances_listed) {
      result_.report.findings.push_back(
          {0, "balances", std::to_string(count - most_balances_listed) + " more that differ",
           "none"});
    }
  }

  Balances balances_of(const Store& store) const {
    Balances balances;
    store.for_each_entry(1, result_.report.record_count, [&](const StoredEntry& stored) {
      for (const Line& line : stored.entry.lines()) {
        balances[{line.account, stored.entry.posting_period(), stored.entry.origin_period()}] +=
            line.amount_minor_units;
      }
      return true;
    });
    return balances;
  }

  static std::int64_t amount_in(const Balances& balances, const BalanceKey& key) {
    const auto found = balances.find(key);
    return found == balances.end() ? 0 : found->second;
  }

  std::string money(std::int64_t minor_units) const {
    return Money::from_minor(minor_units, books_->state().functional()).to_string();
  }

  void stop(const std::string& what, const std::string& stored, const std::string& derived) {
    result_.report.findings.push_back({sequence_, what, stored, derived});
    result_.report.coverage = Coverage::partial;
  }

  const Store& book_;
  ReplayRules rules_;
  Replay result_;
  std::optional<Books> books_;
  std::int64_t sequence_ = 0;
};

}  // namespace

Replay replay(const Store& book, std::int64_t record_count, Store fresh,
              const ReplayProgress& progress, ReplayRules rules) {
  return Replayer{book, record_count, rules}.run(std::move(fresh), progress);
}

}  // namespace accrue
