#include "accounting/audit/single_draws.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "accounting/posting/served.h"
#include "ledger/error/check.h"

namespace accrue {

namespace {

/// The charges behind a served sum.
struct Source {
  std::int64_t record = 0;
  std::int64_t position = 0;
  std::int64_t charge_count = 0;
};
using SumKey = std::pair<Instant, ChargeKey>;

/// The served charges that no close of the state has frozen, by the sum they are part of.
std::map<SumKey, Source> sources_of(const Store& store, const BookState& state) {
  const Period through = state.closes.empty() ? Period{INT32_MIN} : state.closes.back().period;
  std::set<std::int64_t> records;
  store.for_each_open_charge(state.last_close_record(), through, state.record_count,
                             [&](const StoredCharge& stored) { records.insert(stored.record); });
  std::map<SumKey, Source> sources;
  for (const std::int64_t record : records) {
    std::int64_t position = 0;
    store.for_each_charge_of(record, [&](const StoredCharge& stored) {
      ++position;
      if (stored.charge.kind != Charge::Kind::served) return;
      if (state.is_frozen(record, stored.period)) return;
      Source& source =
          sources.try_emplace({stored.charge.at, stored.charge.key}, Source{record, position, 0})
              .first->second;
      ++source.charge_count;
    });
  }
  return sources;
}

/// The draws of the charges that are open in `state` and belong to one of the `origins`.
class OpenDraws {
 public:
  OpenDraws(const Store& store, const BookState& state)
      : state_{state},
        served_{serve_open_charges(store, state, load_frozen_draws(store, state))},
        sources_{sources_of(store, state)} {}

  template <typename PostingOf>
  void add_to(std::vector<SingleDraw>& draws, PeriodRange posting, PostingOf posting_of) const {
    for (const ServedSum& sum : served_.sums()) {
      const std::optional<Period> posted = posting_of(sum.period);
      if (!posted || !posting.contains(*posted)) continue;
      const ChargeKey& key = served_.keys()[sum.key];
      const auto source = sources_.find({sum.at, key});
      LEDGER_CHECK(source != sources_.end(), key.service, "a charge of the served sum");
      for (const Draw& draw : served_.draws_of(sum)) {
        if (draw.payer == Payer::nobody) continue;
        const bool is_grant = draw.payer == Payer::grant;
        draws.push_back({source->second.record, source->second.position,
                         source->second.charge_count, sum.at, *posted, sum.period,
                         draw.served_period, key, served_.consumed(draw),
                         is_grant ? Funding::credits : Funding::cash,
                         is_grant ? state_.grants[draw.grant].grant.id : "", draw.amount});
      }
    }
  }

 private:
  const BookState& state_;
  BurnDown served_;
  std::map<SumKey, Source> sources_;
};

}  // namespace

std::vector<SingleDraw> single_draws(const Store& store, const BookState& state,
                                     PeriodRange posting) {
  std::vector<SingleDraw> draws;
  for (const HeldClose& close : state.closes) {
    if (!posting.contains(close.period)) continue;
    const BookState before = load_state(store, close.record - 1);
    OpenDraws{store, before}.add_to(draws, posting, [&](Period origin) {
      return origin <= close.period ? std::optional<Period>{close.period} : std::nullopt;
    });
  }
  if (state.is_closed(posting.last)) return draws;
  std::vector<SingleDraw> open;
  OpenDraws{store, state}.add_to(open, posting, [&](Period origin) {
    return std::optional<Period>{state.posting_period_of(origin)};
  });
  std::stable_sort(open.begin(), open.end(), [](const SingleDraw& a, const SingleDraw& b) {
    return a.posting_period < b.posting_period;
  });
  draws.insert(draws.end(), std::make_move_iterator(open.begin()),
               std::make_move_iterator(open.end()));
  return draws;
}

}  // namespace accrue
