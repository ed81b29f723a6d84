#include "accounting/report/draw_path.h"

#include <algorithm>
#include <map>
#include <utility>

#include "accounting/report/face.h"

namespace accrue {

namespace {

constexpr int months_looked_ahead = 1200;

Ratio exact(const Decimal& value) {
  return Ratio{boost::multiprecision::cpp_int{value.units()},
               boost::multiprecision::cpp_int{power_of_ten(Decimal::fraction_digits)}};
}

/// Over how many months draws are averaged; none for a forecast that looks at no draws.
std::optional<int> months_averaged_by(const DrawSource& source) {
  const auto* const method = std::get_if<DrawForecast>(&source);
  if (method == nullptr) return std::nullopt;
  switch (*method) {
    case DrawForecast::trailing_3: return 3;
    case DrawForecast::trailing_6: return 6;
    case DrawForecast::trailing_12: return 12;
    case DrawForecast::even: return std::nullopt;
  }
  return std::nullopt;
}

/// Averages the draws of the last months, or of those since the first draw.
void average(PoolPath& pool, const Faces& faces, Period through, int months) {
  const auto drawn_in = [&](PeriodRange range) {
    Decimal sum;
    for (const GrantPath& path : pool.grants) sum += faces.drawn_in(range, path.held->grant.id);
    return sum;
  };
  while (months > 1 && drawn_in({Period{INT32_MIN}, Period{through.months - months + 1}}).is_zero()) {
    --months;
  }
  pool.months_averaged = months;
  pool.per_month = exact(drawn_in({Period{through.months - months + 1}, through})) / months;
}

/// What an even forecast draws of a grant in a month; it has an end.
Ratio even_part(const GrantPath& path, Period through, Period period) {
  const Grant& grant = path.held->grant;
  const Period first = std::max(through.next(), Period::of(grant.issued_on));
  const int months = std::max(1, grant.expiry_period->months - first.months + 1);
  return period < first ? Ratio{0} : Ratio{path.left / months};
}

/// What a saved forecast draws of each grant in each month.
using SavedDraws = std::map<std::pair<std::string, Period>, Ratio>;

SavedDraws draws_of(const DrawSource& source) {
  SavedDraws draws;
  const auto* const held = std::get_if<const HeldForecast*>(&source);
  if (held == nullptr) return draws;
  for (const ForecastRow& row : (*held)->fact.rows) {
    if (!row.grant.empty()) draws[{row.grant, row.period}] += exact(row.drawn);
  }
  return draws;
}

class Walk {
 public:
  Walk(PoolPath& pool, Period through, const DrawSource& source, const SavedDraws& saved)
      : pool_{pool}, through_{through}, source_{source}, saved_{saved} {
    for (GrantPath& path : pool_.grants) path.left_standing = path.left;
  }

  void go() {
    for (int month = 1; month <= months_looked_ahead && goes_on_; ++month) {
      one_month(Period{through_.months + month});
    }
  }

 private:
  void one_month(Period period) {
    goes_on_ = false;
    Ratio wanted = pool_.per_month;
    for (GrantPath& path : pool_.grants) {
      const Grant& grant = path.held->grant;
      if (path.left_standing == 0) continue;
      goes_on_ = true;
      if (Period::of(grant.issued_on) > period) continue;
      PathStep step{period, drawn_of(path, period, wanted), 0};
      path.left_standing -= step.drawn;
      wanted -= step.drawn;
      if (grant.expiry_period && *grant.expiry_period <= period) {
        step.expired = path.left_standing;
        path.left_standing = 0;
      }
      if (step.drawn != 0 || step.expired != 0) path.steps.push_back(std::move(step));
    }
  }

  Ratio drawn_of(const GrantPath& path, Period period, const Ratio& wanted) const {
    if (std::holds_alternative<const HeldForecast*>(source_)) {
      const auto drawn = saved_.find({path.held->grant.id, period});
      return drawn == saved_.end() ? Ratio{0} : std::min(drawn->second, path.left_standing);
    }
    if (source_ != DrawSource{DrawForecast::even}) return std::min(wanted, path.left_standing);
    if (!path.held->grant.expiry_period) return 0;
    // The last month takes what is left: divided evenly, that is the same.
    return std::min(even_part(path, through_, period), path.left_standing);
  }

  PoolPath& pool_;
  Period through_;
  const DrawSource& source_;
  const SavedDraws& saved_;
  bool goes_on_ = true;
};

}  // namespace

Decimal shown(const Ratio& value) {
  const Ratio scaled = value * boost::multiprecision::cpp_int{power_of_ten(Decimal::fraction_digits)};
  return Decimal::from_units(
      Int256{boost::multiprecision::cpp_int{numerator(scaled) / denominator(scaled)}});
}

std::vector<PoolPath> draw_paths(const BookView& view, Period through, OriginView by,
                                 const DrawSource& source) {
  const Faces faces{view, by};
  const SavedDraws saved = draws_of(source);
  std::map<std::pair<std::string, Currency>, std::vector<GrantPath>> pools;
  for (const HeldGrant& held : view.state.grants) {
    const Grant& grant = held.grant;
    if (grant.expiry_period && *grant.expiry_period <= through) continue;
    const Decimal left = grant.face.value - faces.at_end_of(through, held).drawn;
    pools[{grant.investee, grant.face.currency}].push_back({&held, exact(left), {}, {}});
  }
  std::vector<PoolPath> paths;
  for (auto& [key, grants] : pools) {
    std::sort(grants.begin(), grants.end(), [](const GrantPath& a, const GrantPath& b) {
      return pays_before(a.held->grant, b.held->grant);
    });
    PoolPath pool{key.first, key.second, 0, 0, std::move(grants)};
    if (const std::optional<int> months = months_averaged_by(source)) {
      average(pool, faces, through, *months);
    }
    Walk{pool, through, source, saved}.go();
    paths.push_back(std::move(pool));
  }
  return paths;
}

}  // namespace accrue
