#include "cli/export/journal_export.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "ledger/number/money.h"

namespace accrue {

namespace {

std::optional<PeriodRange> posted_range(const BookView& view) {
  std::optional<PeriodRange> range;
  for (const auto& [key, amount] : view.balances) {
    const Period period = key.posting_period;
    if (!range) range = PeriodRange{period, period};
    range->first = std::min(range->first, period);
    range->last = std::max(range->last, period);
  }
  return range;
}

void gather_opening(JournalExport& journal, const BookView& view) {
  for (const auto& [key, amount] : view.balances) {
    if (key.posting_period < journal.range->first) journal.opening[key.account] += amount;
  }
  std::erase_if(journal.opening, [](const auto& held) { return held.second == 0; });
  journal.opened_on = Date{journal.range->first.first_day().days - 1};
  for (const auto& [account, amount] : journal.opening) {
    journal.accounts.emplace(account, journal.opened_on);
  }
}

void gather_entries(JournalExport& journal, const Store& store, std::int64_t record_count) {
  store.for_each_entry_of(*journal.range, [&](const StoredEntry& stored) {
    if (stored.record <= record_count) journal.entries.push_back(stored);
    return true;
  });
  std::sort(journal.entries.begin(), journal.entries.end(),
            [](const StoredEntry& a, const StoredEntry& b) {
              return std::make_tuple(a.entry.dated_on(), a.number) <
                     std::make_tuple(b.entry.dated_on(), b.number);
            });
  for (const StoredEntry& stored : journal.entries) {
    journal.records.try_emplace(stored.record);
    for (const Line& line : stored.entry.lines()) {
      journal.accounts.emplace(line.account, stored.entry.dated_on());
    }
  }
}

void gather_records(JournalExport& journal, const Store& store) {
  if (journal.records.empty()) return;
  store.for_each_record_head(
      journal.records.begin()->first, journal.records.rbegin()->first, [&](const Record& record) {
        const auto found = journal.records.find(record.sequence);
        if (found != journal.records.end()) {
          found->second = {record.kind, record.recorded_at, record.author, record.reason,
                           record.approval ? record.approval->person : std::string{}};
        }
        return true;
      });
}

/// The periods whose end is worth a check, in order.
std::set<Period> checked_periods(const JournalExport& journal, const BookState& state) {
  std::set<Period> periods;
  for (const StoredEntry& stored : journal.entries) {
    periods.insert(stored.entry.posting_period());
  }
  for (const HeldClose& close : state.closes) {
    if (journal.range->contains(close.period)) periods.insert(close.period);
  }
  return periods;
}

void gather_ends(JournalExport& journal, const BookView& view) {
  std::map<Account, std::int64_t> balances;
  for (const auto& [account, amount] : journal.opening) balances.emplace(account, amount);
  std::map<Period, std::map<Account, std::int64_t>> moved;
  for (const auto& [key, amount] : view.balances) {
    if (journal.range->contains(key.posting_period)) {
      moved[key.posting_period][key.account] += amount;
    }
  }
  for (const Period period : checked_periods(journal, view.state)) {
    for (const auto& [account, amount] : moved[period]) balances[account] += amount;
    if (!balances.empty()) journal.ends.push_back({period, balances});
  }
}

}  // namespace

JournalExport gather_journal(const Store& store, const BookView& view,
                             std::optional<PeriodRange> range) {
  const BookState& state = view.state;
  JournalExport journal{state.opened.name, state.opened.book_id, state.functional(),
                        range ? range : posted_range(view), state.record_count, view.root,
                        {}, {}, {}, {}, {}, {}, !view.balances.empty()};
  if (!journal.range) return journal;
  gather_opening(journal, view);
  gather_entries(journal, store, state.record_count);
  gather_records(journal, store);
  gather_ends(journal, view);
  return journal;
}

std::string amount_text(const JournalExport& journal, std::int64_t minor_units) {
  return Money::from_minor(minor_units, journal.currency).to_string() + ' ' +
         std::string{journal.currency.code()};
}

}  // namespace accrue
