#include "accounting/report/expected_revenue.h"

#include <algorithm>
#include <map>
#include <string>

#include "accounting/recognition/recognise.h"
#include "accounting/report/draw_path.h"
#include "accounting/report/frame.h"

namespace accrue {

namespace {

constexpr int months_of_a_year = 12;

std::map<std::string, std::int64_t> liabilities(const BookView& view, Period through,
                                                OriginView by) {
  std::map<std::string, std::int64_t> sums;
  for (const auto& [key, amount] : view.balances) {
    const bool counts = key.account.role == AccountRole::contract_liability &&
                        counted_in(by, key) <= through;
    if (counts) sums[key.account.grant] -= amount;
  }
  return sums;
}

/// Revenue to date along the path of a grant; what its months add is what they recognise.
void follow(ExpectedRevenue& expected, const GrantPath& path, const Decimal& unused) {
  const Grant& grant = path.held->grant;
  Progress progress{.price_minor_units = grant.price_minor_units,
                    .face = grant.face.value,
                    .drawn = grant.face.value - shown(path.left),
                    .expected_unused = unused};
  std::int64_t recognised = grant.price_minor_units - expected.liability;
  Ratio left = path.left;
  for (const PathStep& step : path.steps) {
    left -= step.drawn;
    progress.drawn = grant.face.value - shown(left);
    if (step.expired != 0) progress.expiry = ExpiryState::expired;
    const std::int64_t total = recognise(progress).total;
    if (total == recognised) continue;
    expected.by_period[step.period] += total - recognised;
    recognised = total;
  }
  expected.undated = grant.price_minor_units - recognised;
}

}  // namespace

std::int64_t ExpectedRevenue::current(Period through) const {
  std::int64_t sum = 0;
  for (const auto& [period, amount] : by_period) {
    if (period.months <= through.months + months_of_a_year) sum += amount;
  }
  return sum;
}

std::vector<ExpectedRevenue> expected_revenue(const BookView& view, Period through, OriginView by,
                                              const DrawSource& source) {
  std::map<std::string, std::int64_t> left = liabilities(view, through, by);
  std::vector<ExpectedRevenue> list;
  for (const PoolPath& pool : draw_paths(view, through, by, source)) {
    for (const GrantPath& path : pool.grants) {
      const auto liability = left.find(path.held->grant.id);
      if (liability == left.end() || liability->second == 0) continue;
      ExpectedRevenue& expected =
          list.emplace_back(ExpectedRevenue{path.held, liability->second, {}, 0});
      follow(expected, path, view.state.expected_unused(path.held->grant, through));
      liability->second = 0;
    }
  }
  // What has expired and waits for its close.
  for (const auto& [grant, amount] : left) {
    if (amount == 0) continue;
    list.push_back({view.state.find_grant(grant), amount, {{through.next(), amount}}, 0});
  }
  std::sort(list.begin(), list.end(), [](const ExpectedRevenue& a, const ExpectedRevenue& b) {
    return a.held->grant.id < b.held->grant.id;
  });
  return list;
}

}  // namespace accrue
