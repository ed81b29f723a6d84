#include "accounting/audit/je_tests.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/posting/rules.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

/// In the order in which they are printed. "manual to revenue" comes with manual entries.
enum class Test {
  round_amount,
  after_hours,
  weekend,
  one_off_author,
  before_close,
  under_threshold,
  unusual_accounts,
  catch_up,
  reopened_close,
};
constexpr std::array tests{Test::round_amount,    Test::after_hours,     Test::weekend,
                           Test::one_off_author,  Test::before_close,    Test::under_threshold,
                           Test::unusual_accounts, Test::catch_up,       Test::reopened_close};

std::string to_string(Test test) {
  switch (test) {
    case Test::round_amount: return "round_amount";
    case Test::after_hours: return "after_hours";
    case Test::weekend: return "weekend";
    case Test::one_off_author: return "one_off_author";
    case Test::before_close: return "before_close";
    case Test::under_threshold: return "under_threshold";
    case Test::unusual_accounts: return "unusual_accounts";
    case Test::catch_up: return "catch_up";
    case Test::reopened_close: return "reopened_close";
  }
  return {};
}

constexpr std::int64_t two_days = std::int64_t{2} * 86'400 * 1'000'000;

bool is_weekend(Date day) {
  // 1970-01-01 was a Thursday.
  const std::int32_t after_monday = ((day.days + 3) % 7 + 7) % 7;
  return after_monday >= 5;
}

/// Whether some rule debits one and credits the other; a reversal does the opposite.
bool are_joined(const Line& a, const Line& b) {
  const Line& debit = a.amount_minor_units > 0 ? a : b;
  const Line& credit = a.amount_minor_units > 0 ? b : a;
  return std::ranges::any_of(posting_rules, [&](const PostingRule& rule) {
    const auto fits = [&](const Line& from, const Line& to) {
      return from.account.role == rule.debit && to.account.role == rule.credit &&
             to.account.kind == rule.kind;
    };
    return fits(debit, credit) || fits(credit, debit);
  });
}

class JournalTests {
 public:
  JournalTests(const Store& store, const BookView& view, PeriodRange range,
               const JournalTestTerms& terms)
      : store_{store}, state_{view.state}, range_{range}, terms_{terms},
        report_{start_report(view, "je-tests", "Tests of journal entries, " + to_text(range),
                             range)} {
    report_.columns = {{"test", ColumnKind::text},           {"entry", ColumnKind::count},
                       {"record", ColumnKind::count},        {"recorded_at", ColumnKind::text},
                       {"author", ColumnKind::text},         {"posting_period", ColumnKind::text, 4},
                       {"origin_period", ColumnKind::text, 5}, {"account", ColumnKind::text, 3},
                       {"amount", ColumnKind::figure},       {"why", ColumnKind::text},
                       {"ref", ColumnKind::text, 9}};
  }

  Report build() {
    store_.for_each_record_head(1, state_.record_count, [&](const Record& head) {
      ++records_of_[head.author];
      heads_.emplace(head.sequence, head);
      return true;
    });
    store_.for_each_entry_of(range_, [&](const StoredEntry& stored) {
      if (stored.record <= state_.record_count) test_entry(stored);
      return true;
    });
    test_closes();
    for (const Test test : tests) {
      for (std::vector<Cell>& row : hits_[test]) report_.rows.push_back(std::move(row));
    }
    add_totals();
    return std::move(report_);
  }

 private:
  std::vector<Cell> row_of(Test test, const Record& head) const {
    return {to_string(test), Cell{}, head.sequence, head.recorded_at.to_string(), head.author};
  }

  void hit_entry(Test test, const StoredEntry& stored, std::string why) {
    const Entry& entry = stored.entry;
    std::int64_t debits = 0;
    for (const Line& line : entry.lines()) {
      debits += std::max<std::int64_t>(line.amount_minor_units, 0);
    }
    std::vector<Cell> row = row_of(test, heads_.at(stored.record));
    row[1] = stored.number;
    row.insert(row.end(), {entry.posting_period().to_string(), entry.origin_period().to_string(),
                           Cell{}, money_figure(state_, debits), std::move(why),
                           make_ref({"entry", std::to_string(stored.number)})});
    hits_[test].push_back(std::move(row));
  }

  void hit_line(Test test, const StoredEntry& stored, std::size_t index, std::string why) {
    const Entry& entry = stored.entry;
    const Line& line = entry.lines()[index];
    std::vector<Cell> row = row_of(test, heads_.at(stored.record));
    row[1] = stored.number;
    row.insert(row.end(), {entry.posting_period().to_string(), entry.origin_period().to_string(),
                           line.account.name(), money_figure(state_, line.amount_minor_units),
                           std::move(why),
                           make_ref({"entry", std::to_string(stored.number),
                                     std::to_string(index + 1)})});
    hits_[test].push_back(std::move(row));
  }

  void test_entry(const StoredEntry& stored) {
    test_lines(stored);
    test_time(stored);
    const Record& head = heads_.at(stored.record);
    ++tested_[Test::one_off_author];
    if (records_of_.at(head.author) == 1) {
      hit_entry(Test::one_off_author, stored, "the only record of " + head.author);
    }
    ++tested_[Test::unusual_accounts];
    if (!has_usual_accounts(stored.entry)) {
      hit_entry(Test::unusual_accounts, stored, "no posting rule joins these accounts");
    }
    ++tested_[Test::catch_up];
    if (stored.entry.origin_period() < stored.entry.posting_period()) {
      hit_entry(Test::catch_up, stored, "belongs to " + stored.entry.origin_period().to_string());
    }
    test_before_close(stored);
  }

  void test_lines(const StoredEntry& stored) {
    const std::vector<Line>& lines = stored.entry.lines();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::int64_t amount = std::abs(lines[i].amount_minor_units);
      ++tested_[Test::round_amount];
      if (amount != 0 && amount % terms_.round_minor_units == 0) {
        hit_line(Test::round_amount, stored, i,
                 "a multiple of " + text_of(terms_.round_minor_units));
      }
      if (!terms_.threshold_minor_units) continue;
      const std::int64_t threshold = *terms_.threshold_minor_units;
      ++tested_[Test::under_threshold];
      // 95% of the threshold or more, and below it.
      if (amount < threshold && Int256{amount} * 100 >= Int256{threshold} * 95) {
        hit_line(Test::under_threshold, stored, i, "under " + text_of(threshold));
      }
    }
  }

  void test_time(const StoredEntry& stored) {
    const Instant at = heads_.at(stored.record).recorded_at;
    const Date day = state_.zone.date_of(at);
    ++tested_[Test::after_hours];
    const bool is_within = at >= state_.zone.instant_of(day, terms_.opens) &&
                           at < state_.zone.instant_of(day, terms_.shuts);
    if (!is_within) {
      hit_entry(Test::after_hours, stored, "outside working hours in " + state_.zone.name());
    }
    ++tested_[Test::weekend];
    if (is_weekend(day)) hit_entry(Test::weekend, stored, "recorded on " + day.to_string());
  }

  /// What the close itself books is expected there.
  void test_before_close(const StoredEntry& stored) {
    for (const HeldClose& close : state_.closes) {
      if (close.period != stored.entry.posting_period()) continue;
      ++tested_[Test::before_close];
      const Instant at = heads_.at(stored.record).recorded_at;
      const Instant closed_at = heads_.at(close.record).recorded_at;
      const bool is_before = stored.record < close.record &&
                             closed_at.microseconds - at.microseconds <= two_days;
      if (is_before) {
        hit_entry(Test::before_close, stored, "closed " + closed_at.to_string());
      }
    }
  }

  void test_closes() {
    for (const StoredClose& close : store_.read_closes()) {
      if (close.record > state_.record_count || !range_.contains(close.period)) continue;
      ++tested_[Test::reopened_close];
      if (!close.reopened_by || *close.reopened_by > state_.record_count) continue;
      const Record& reopening = heads_.at(*close.reopened_by);
      std::vector<Cell> row = row_of(Test::reopened_close, reopening);
      row.insert(row.end(), {close.period.to_string(), close.period.to_string(), Cell{}, Cell{},
                             "took back record " + std::to_string(close.record) + ": " +
                                 reopening.reason,
                             make_ref({"record", std::to_string(reopening.sequence)})});
      hits_[Test::reopened_close].push_back(std::move(row));
    }
  }

  std::string text_of(std::int64_t minor_units) const {
    return Money::from_minor(minor_units, state_.functional()).to_string() + " " +
           std::string{state_.functional().code()};
  }

  void add_totals() {
    for (const Test test : tests) {
      const auto hits = static_cast<std::int64_t>(hits_[test].size());
      const std::string name = to_string(test);
      report_.totals.push_back({name + "_tested", tested_[test]});
      report_.totals.push_back({name + "_hits", hits});
      if (test == Test::under_threshold && !terms_.threshold_minor_units) {
        report_.notes.push_back(name + ": not tested, as no --threshold was given");
      } else if (tested_[test] == 0) {
        report_.notes.push_back(name + ": nothing to test");
      } else if (hits == 0) {
        report_.notes.push_back(name + ": no hit among " + std::to_string(tested_[test]));
      }
    }
  }

  const Store& store_;
  const BookState& state_;
  PeriodRange range_;
  const JournalTestTerms& terms_;
  Report report_;
  std::map<std::string, std::int64_t> records_of_;
  std::map<std::int64_t, Record> heads_;
  std::map<Test, std::int64_t> tested_;
  std::map<Test, std::vector<std::vector<Cell>>> hits_;
};

}  // namespace

bool has_usual_accounts(const Entry& entry) {
  return std::ranges::all_of(entry.lines(), [&](const Line& line) {
    return std::ranges::any_of(entry.lines(), [&](const Line& other) {
      const bool is_opposite = (line.amount_minor_units > 0) != (other.amount_minor_units > 0);
      return is_opposite && are_joined(line, other);
    });
  });
}

Report journal_tests_report(const Store& store, const BookView& view, PeriodRange range,
                            const JournalTestTerms& terms) {
  return JournalTests{store, view, range, terms}.build();
}

}  // namespace accrue
