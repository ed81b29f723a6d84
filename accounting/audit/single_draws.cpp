#include "accounting/audit/single_draws.h"

#include <algorithm>
#include <iterator>

#include "accounting/audit/serving.h"

namespace accrue {

namespace {

void add_draws(std::vector<SingleDraw>& draws, const Serving& serving, PeriodRange posting) {
  const BurnDown& served = serving.served();
  for (std::size_t i = 0; i < served.sums().size(); ++i) {
    const ServedSum& sum = served.sums()[i];
    if (!serving.holds(sum.period)) continue;
    const Period posted = serving.posting_of(sum.period);
    if (!posting.contains(posted)) continue;
    const auto charges = serving.charges_of(i);
    std::int64_t number = 0;
    for (const Draw& draw : served.draws_of(sum)) {
      ++number;
      if (draw.payer == Payer::nobody) continue;
      const bool is_grant = draw.payer == Payer::grant;
      draws.push_back({charges.front().address, number, std::ssize(charges), sum.at, posted,
                       sum.period, served.keys()[sum.key], served.consumed(draw),
                       is_grant ? Funding::credits : Funding::cash,
                       is_grant ? serving.state().grants[draw.grant].grant.id : "", draw.amount});
    }
  }
}

}  // namespace

std::vector<SingleDraw> single_draws(const Store& store, const BookState& state,
                                     PeriodRange posting) {
  std::vector<SingleDraw> draws;
  for (const HeldClose& close : state.closes) {
    if (posting.contains(close.period)) add_draws(draws, Serving::of_close(store, close), posting);
  }
  if (state.is_closed(posting.last)) return draws;
  std::vector<SingleDraw> open;
  add_draws(open, Serving::of_open(store, state), posting);
  std::stable_sort(open.begin(), open.end(), [](const SingleDraw& a, const SingleDraw& b) {
    return a.posting_period < b.posting_period;
  });
  draws.insert(draws.end(), std::make_move_iterator(open.begin()),
               std::make_move_iterator(open.end()));
  return draws;
}

}  // namespace accrue
