#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/report/reports.h"
#include "accounting/report/series.h"
#include "ledger/number/allocate.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

constexpr const char* total_name = "*";
constexpr const char* rest_name = "other";

/// Revenue of an investee by who paid: "cash", "credits" or "breakage".
using ByFunding = std::map<std::string, Decimal>;

Decimal sum_of(const ByFunding& revenue) {
  Decimal sum;
  for (const auto& [funding, amount] : revenue) sum += amount;
  return sum;
}

/// What the book holds of its investees, period by period.
class HeldRevenue {
 public:
  HeldRevenue(const BookView& view, OriginView by) : state_{view.state} {
    for (const auto& [key, amount] : view.balances) {
      const Account& account = key.account;
      if (account.role != AccountRole::revenue || amount == 0) continue;
      const char* funding = account.grant.empty()                     ? "cash"
                            : account.kind == RevenueKind::breakage ? "breakage"
                                                                      : "credits";
      cells_[account.investee].push_back(
          {counted_in(by, key), funding,
           Decimal::from_scaled(-amount, state_.functional().minor_digits())});
    }
  }

  ByFunding in(PeriodRange range, const std::string& investee) const {
    ByFunding sums;
    const auto found = cells_.find(investee);
    if (found == cells_.end()) return sums;
    for (const HeldCell& cell : found->second) {
      if (range.contains(cell.period)) sums[cell.funding] += cell.amount;
    }
    return sums;
  }

  /// Whose revenue counts: investees of deals signed by the end of the range, and who else has
  /// revenue in it or in the range a year before.
  std::set<std::string> investees_of(PeriodRange range) const {
    std::set<std::string> names;
    for (const HeldInvestment& held : state_.investments) {
      if (Period::of(held.investment.signed_on) <= range.last) {
        names.insert(held.investment.investee);
      }
    }
    for (const auto& [name, cells] : cells_) {
      for (const HeldCell& cell : cells) {
        if (range.contains(cell.period) || range.year_ago().contains(cell.period)) {
          names.insert(name);
        }
      }
    }
    return names;
  }

  /// The first period in which the book holds revenue of the investee.
  std::optional<Period> first_of(const std::string& investee) const {
    std::optional<Period> first;
    if (const auto found = cells_.find(investee); found != cells_.end()) {
      for (const HeldCell& cell : found->second) {
        first = std::min(first.value_or(cell.period), cell.period);
      }
    }
    return first;
  }

  std::optional<Period> book_begin() const {
    return state_.first_period ? state_.first_period : state_.earliest;
  }

 private:
  struct HeldCell {
    Period period;
    const char* funding;
    Decimal amount;
  };
  const BookState& state_;
  std::map<std::string, std::vector<HeldCell>> cells_;
};

/// The imported base of an investee in a range, if its months and quarters fill it.
Result<std::optional<Decimal>> base_in(const BookState& state, const std::string& investee,
                                       const std::string& segment, PeriodRange range) {
  std::vector<PeriodRange> spans;
  std::vector<const BaseRevenue*> rows;
  for (const BaseRevenue& row : state.bases) {
    if (row.investee != investee || row.segment != segment) continue;
    spans.push_back(row.period);
    rows.push_back(&row);
  }
  const auto tiles = tile(range, spans);
  if (!tiles) return std::optional<Decimal>{};
  Decimal sum;
  for (const std::size_t i : *tiles) {
    if (rows[i]->currency != state.functional()) {
      return Error{.code = ErrorCode::nothing_to_report,
                   .message = "base revenue of " + investee + " is in " +
                              std::string{rows[i]->currency.code()} +
                              ", the book is kept in " + std::string{state.functional().code()},
                   .hint = "import the base in the book's currency"};
    }
    sum += rows[i]->revenue;
  }
  return std::optional{sum};
}

/// What an investee's accounts brought a year ago: what the book holds from its first revenue on,
/// and the imported base before that, or one that fills the whole range. Where there is no base,
/// zero if the book had begun by then; else nothing is known. A base is cash, whatever it was then
/// to us.
Result<std::optional<ByFunding>> year_ago_of(const BookState& state, const HeldRevenue& held,
                                             const std::string& investee,
                                             const std::string& segment, PeriodRange range) {
  const std::optional<Period> first = held.first_of(investee);
  if (first && *first <= range.first) return std::optional{held.in(range, investee)};
  if (first && *first <= range.last) {
    ACCRUE_TRY(before, base_in(state, investee, segment, {range.first, first->previous()}));
    if (before) {
      ByFunding revenue = held.in(range, investee);
      revenue["cash"] += *before;
      return std::optional{revenue};
    }
  }
  ACCRUE_TRY(base, base_in(state, investee, segment, range));
  if (base) return std::optional{ByFunding{{"cash", *base}}};
  const std::optional<Period> begin = held.book_begin();
  if (begin && *begin <= range.first) return std::optional{held.in(range, investee)};
  return std::optional<ByFunding>{};
}

struct GrowthRow {
  std::string investee;
  std::string funding;  ///< empty for the rest and the total
  Decimal current;
  std::optional<Decimal> year_ago;
  std::optional<Decimal> change;  ///< nothing where the base is unknown
  std::string note = {};
};

class Growth {
 public:
  Growth(const BookView& view, PeriodRange range, OriginView by, Series series)
      : view_{view},
        state_{view.state},
        range_{range},
        by_{by},
        series_{std::move(series)},
        held_{view, by} {}

  Result<Report> build() {
    const Currency functional = state_.functional();
    ACCRUE_TRY(current, revenue_in(series_, range_, functional));
    ACCRUE_TRY(year_ago, revenue_in(series_, range_.year_ago(), functional));
    current_ = current;
    year_ago_ = year_ago.revenue;
    for (const std::string& investee : held_.investees_of(range_)) {
      ACCRUE_TRY_DONE(add_investee(investee));
    }
    add_rest();
    // Rows in order of their keys; equal fractions of a contribution are served in that order.
    std::sort(rows_.begin(), rows_.end(), [](const GrowthRow& a, const GrowthRow& b) {
      return std::tie(a.investee, a.funding) < std::tie(b.investee, b.funding);
    });
    return report();
  }

 private:
  Result<Done> add_investee(const std::string& investee) {
    const ByFunding now = held_.in(range_, investee);
    ACCRUE_TRY(before,
               year_ago_of(state_, held_, investee, series_.segment, range_.year_ago()));
    investees_current_ += sum_of(now);
    if (before) {
      investees_year_ago_ += sum_of(*before);
    } else {
      unknown_.push_back(investee);
    }
    std::set<std::string> fundings;
    for (const auto& [funding, amount] : now) fundings.insert(funding);
    for (const auto& [funding, amount] : before.value_or(ByFunding{})) fundings.insert(funding);
    if (fundings.empty()) fundings.insert("cash");
    for (const std::string& funding : fundings) {
      const auto amount_in = [&](const ByFunding& revenue) {
        const auto found = revenue.find(funding);
        return found == revenue.end() ? Decimal{} : found->second;
      };
      GrowthRow row{investee, funding, amount_in(now), {}, {}};
      if (before) {
        row.year_ago = amount_in(*before);
        row.change = row.current - *row.year_ago;
        known_change_ += *row.change;
      } else {
        row.note = "base unknown";
      }
      rows_.push_back(std::move(row));
    }
    return Done{};
  }

  /// The rest of the segment: with a base unknown, its change holds that investee's too.
  void add_rest() {
    GrowthRow rest{rest_name, "", current_.revenue - investees_current_, {}, {}};
    rest.change = current_.revenue - year_ago_ - known_change_;
    if (unknown_.empty()) {
      rest.year_ago = year_ago_ - investees_year_ago_;
    } else {
      std::string names;
      for (const std::string& name : unknown_) names += (names.empty() ? "" : ", ") + name;
      rest.note = "holds the change of " + names + ": base unknown";
    }
    rows_.push_back(std::move(rest));
  }

  /// Contributions in hundredths of a point that add up to the growth shown.
  std::vector<std::optional<Figure>> contributions() const {
    std::vector<Int1024> numerators;
    for (const GrowthRow& row : rows_) {
      if (row.change) numerators.push_back(Int1024{row.change->units()} * 10'000);
    }
    const Int1024 denominator{year_ago_.units()};
    const Int1024 total = round_half_even_wide(
        Int1024{(current_.revenue - year_ago_).units()} * 10'000, denominator);
    const std::vector<Int1024> parts = round_parts_to_total(total, numerators, denominator);
    std::vector<std::optional<Figure>> figures;
    std::size_t next = 0;
    for (const GrowthRow& row : rows_) {
      figures.emplace_back();
      if (!row.change) continue;
      figures.back() = Figure{Decimal::from_units(Int256{parts[next++]} *
                                                  power_of_ten(Decimal::fraction_digits - 2)),
                              2};
    }
    return figures;
  }

  /// Growth below half a percent is too little to share out.
  bool is_shared_out() const {
    const Decimal growth = current_.revenue - year_ago_;
    return Int256{growth.units() * 200} >= year_ago_.units();
  }

  Cell share(const Decimal& change, std::string& note) const {
    if (!is_shared_out() || change.sign() < 0) {
      note += note.empty() ? "n/m" : "; n/m";
      return {};
    }
    return percent_figure(change, current_.revenue - year_ago_);
  }

  Figure money(const Decimal& amount) const { return exact_figure(amount, state_.functional()); }

  std::string ref(const std::string& investee, const std::string& funding) const {
    return make_ref({ref_head("growth", by_), to_text(range_), series_.segment, series_.basis,
                     investee, funding});
  }

  Report report() const {
    Report report = start_report(view_, "growth",
                                 "Growth of " + series_.segment + " (" + series_.basis +
                                     ") against " + to_text(range_.year_ago()),
                                 range_, by_);
    report.columns = {{"investee", ColumnKind::key},
                      {"funding", ColumnKind::key},
                      {"current", ColumnKind::figure},
                      {"year_ago", ColumnKind::figure},
                      {"contribution_pp", ColumnKind::figure},
                      {"share_of_growth_pct", ColumnKind::figure},
                      {"note", ColumnKind::text, unknown_.empty() ? 3 : 0},
                      {"ref", ColumnKind::text, 9}};
    const bool has_growth = year_ago_.sign() > 0;
    add_total_row(report, has_growth);
    std::vector<std::optional<Figure>> parts(rows_.size());
    if (has_growth) parts = contributions();
    Decimal shown;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const GrowthRow& row = rows_[i];
      std::string note = row.note;
      Cell share_of_growth;
      if (parts[i]) {
        shown += parts[i]->value;
        share_of_growth = share(*row.change, note);
      }
      report.rows.push_back({row.investee, row.funding.empty() ? Cell{} : Cell{row.funding},
                             money(row.current), row.year_ago ? Cell{money(*row.year_ago)} : Cell{},
                             parts[i] ? Cell{*parts[i]} : Cell{}, share_of_growth,
                             note.empty() ? Cell{} : Cell{note}, ref(row.investee, row.funding)});
    }
    add_totals(report, has_growth, shown);
    sort_rows(report);
    return report;
  }

  void add_total_row(Report& report, bool has_growth) const {
    std::string note;
    Cell growth;
    Cell share_of_growth;
    if (has_growth) {
      const Decimal change = current_.revenue - year_ago_;
      growth = percent_figure(change, year_ago_);
      share_of_growth = share(change, note);
    } else {
      note = "no figure: revenue a year ago is not above zero";
    }
    report.rows.push_back({total_name, Cell{}, money(current_.revenue), money(year_ago_), growth,
                           share_of_growth, note.empty() ? Cell{} : Cell{note},
                           ref(total_name, "")});
  }

  void add_totals(Report& report, bool has_growth, const Decimal& shown) const {
    Cell growth;
    Cell without;
    Cell contribution;
    Cell share_of_growth;
    Cell published;
    Cell published_difference;
    const bool known = unknown_.empty();
    const Decimal rest_before = year_ago_ - investees_year_ago_;
    const Decimal change = current_.revenue - year_ago_;
    const Decimal investees_change = investees_current_ - investees_year_ago_;
    if (has_growth) growth = percent_figure(change, year_ago_);
    if (known && rest_before.sign() > 0) {
      without = percent_figure(current_.revenue - investees_current_ - rest_before, rest_before);
    }
    if (known && has_growth) {
      contribution = percent_figure(investees_change, year_ago_);
      std::string note;
      share_of_growth = share(investees_change, note);
    }
    if (current_.published_growth_pct) {
      published = Figure{*current_.published_growth_pct, 2};
      if (has_growth) {
        published_difference =
            Figure{std::get<Figure>(growth).value - *current_.published_growth_pct, 2};
      }
    }
    report.totals = {{"growth_pct", growth},
                     {"growth_without_investees_pct", without},
                     {"revenue_current", money(current_.revenue)},
                     {"revenue_year_ago", money(year_ago_)},
                     {"published_growth_pct", published},
                     {"published_difference_pp", published_difference},
                     {"investees_current", money(investees_current_)},
                     {"investees_year_ago", known ? Cell{money(investees_year_ago_)} : Cell{}},
                     {"investees_contribution_pp", contribution},
                     {"investees_share_of_growth_pct", share_of_growth}};
    if (has_growth) {
      report.checks = {{"contributions = growth",
                        {std::get<Figure>(growth).value - shown, 2}}};
    }
    for (const std::string& name : unknown_) {
      report.notes.push_back("base unknown: the book does not hold the revenue of " + name +
                             " in " + to_text(range_.year_ago()) +
                             ", so there is no growth without investees; accrue import base FILE");
    }
    if (known && rest_before.sign() <= 0) {
      report.notes.push_back("no growth without investees: revenue of others a year ago is not "
                             "above zero");
    }
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  Series series_;
  HeldRevenue held_;
  SeriesRevenue current_;
  Decimal year_ago_;
  std::vector<GrowthRow> rows_;
  std::vector<std::string> unknown_;
  Decimal investees_current_;
  Decimal investees_year_ago_;
  Decimal known_change_;
};

}  // namespace

Result<Report> growth_report(const BookView& view, PeriodRange range, OriginView by,
                             const GrowthOptions& options) {
  ACCRUE_TRY(series, choose_series(view.state, options));
  return Growth{view, range, by, std::move(series)}.build();
}

}  // namespace accrue
