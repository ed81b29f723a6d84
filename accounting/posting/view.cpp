#include "accounting/posting/view.h"

#include <map>

#include "accounting/posting/served.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

Balances sum_entries(const Store& store, std::int64_t record_count) {
  Balances balances;
  store.for_each_entry(1, record_count, [&](const StoredEntry& stored) {
    for (const Line& line : stored.entry.lines()) {
      balances[{line.account, stored.entry.posting_period(), stored.entry.origin_period()}] +=
          line.amount_minor_units;
    }
    return true;
  });
  return balances;
}

DrawTotals serve_open(const Store& store, const BookState& state) {
  return serve_open_charges(store, state, load_frozen_draws(store, state)).totals();
}

}  // namespace

BookView load_view(const Store& store, std::int64_t record_count) {
  const bool is_head = record_count == store.record_count();
  BookView view{load_state(store, record_count), to_hex(store.root(record_count)),
                is_head ? store.read_balances() : sum_entries(store, record_count), {}};
  for (const HeldClose& close : view.state.closes) {
    view.draws.push_back({close.period, store.read_draws(close.record)});
  }
  std::map<Period, DrawTotals> open;
  for (auto& [key, amount] : is_head ? store.read_draws(0) : serve_open(store, view.state)) {
    open[view.state.posting_period_of(key.origin_period)].emplace(key, amount);
  }
  for (auto& [period, totals] : open) view.draws.push_back({period, std::move(totals)});
  return view;
}

std::int64_t records_until(const Store& store, Instant at) {
  std::int64_t count = 0;
  store.for_each_record_head(1, store.record_count(), [&](const Record& record) {
    if (record.recorded_at > at) return false;
    count = record.sequence;
    return true;
  });
  return count;
}

}  // namespace accrue
