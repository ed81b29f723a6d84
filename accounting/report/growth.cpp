#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "accounting/report/exhaustion.h"
#include "accounting/report/frame.h"
#include "accounting/report/investee_revenue.h"
#include "accounting/report/ref.h"
#include "accounting/report/reports.h"
#include "accounting/report/series.h"
#include "ledger/number/allocate.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

constexpr const char* total_name = "*";
constexpr const char* rest_name = "other";

struct GrowthRow {
  std::string investee;
  std::string funding;  ///< empty for the rest and the total
  Decimal current;
  std::optional<Decimal> year_ago;
  std::optional<Decimal> change;  ///< nothing where the base is unknown
  std::string note = {};
};

/// Investees whose revenue is taken out of the segment's.
struct LeftOut {
  Decimal current;
  Decimal year_ago;
  std::vector<std::string> unknown;  ///< whose base is not known: then there is no growth without

  void add(const std::string& investee, const ByFunding& now,
           const std::optional<ByFunding>& before) {
    current += sum_of(now);
    if (before) {
      year_ago += sum_of(*before);
    } else {
      unknown.push_back(investee);
    }
  }
  Decimal change() const { return current - year_ago; }
};

class Growth {
 public:
  Growth(const BookView& view, PeriodRange range, OriginView by, Series series,
         const std::vector<std::string>& excluded)
      : view_{view},
        state_{view.state},
        range_{range},
        by_{by},
        series_{std::move(series)},
        held_{view, by},
        excluded_names_{excluded.begin(), excluded.end()} {}

  Result<Report> build() {
    const Currency functional = state_.functional();
    ACCRUE_TRY(current, revenue_in(series_, range_, functional));
    ACCRUE_TRY(year_ago, revenue_in(series_, range_.year_ago(), functional));
    current_ = current;
    year_ago_ = year_ago.revenue;
    for (const std::string& name : excluded_names_) ACCRUE_TRY_DONE(require_investee(state_, name));
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
    all_.add(investee, now, before);
    if (excluded_names_.contains(investee)) excluded_.add(investee, now, before);
    credits_of_[investee] = sum_of(now) - cash_of(now);
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
    GrowthRow rest{rest_name, "", current_.revenue - all_.current, {}, {}};
    rest.change = current_.revenue - year_ago_ - known_change_;
    if (all_.unknown.empty()) {
      rest.year_ago = year_ago_ - all_.year_ago;
    } else {
      std::string names;
      for (const std::string& name : all_.unknown) names += (names.empty() ? "" : ", ") + name;
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
                              2, Measure::percent};
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

  Figure money(const Decimal& amount) const { return money_figure(state_, amount); }

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
                      {"note", ColumnKind::text, all_.unknown.empty() ? 3 : 0},
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

  /// Growth of what is left when somebody's revenue is taken out of both years.
  std::optional<Figure> growth_without(const LeftOut& left_out) const {
    const Decimal before = year_ago_ - left_out.year_ago;
    if (!left_out.unknown.empty() || before.sign() <= 0) return std::nullopt;
    return percent_figure(current_.revenue - left_out.current - before, before);
  }

  static Cell cell_of(const std::optional<Figure>& figure) {
    return figure ? Cell{*figure} : Cell{};
  }

  /// "with yes, without no".
  static std::string double_digit(const Figure& with, const std::optional<Figure>& without) {
    const auto yes_or_no = [](const Figure& growth) {
      return std::string{is_double_digit(growth) ? "yes" : "no"};
    };
    return "with " + yes_or_no(with) + ", without " + (without ? yes_or_no(*without) : "unknown");
  }

  /// What somebody brought, under names that begin with `who`.
  void add_contribution(Report& report, const std::string& who, const LeftOut& left_out,
                        bool has_growth) const {
    const bool is_known = left_out.unknown.empty();
    Cell contribution;
    Cell share_of_growth;
    if (is_known && has_growth) {
      contribution = percent_figure(left_out.change(), year_ago_);
      std::string note;
      share_of_growth = share(left_out.change(), note);
    }
    report.totals.push_back({who + "_current", money(left_out.current)});
    report.totals.push_back(
        {who + "_year_ago", is_known ? Cell{money(left_out.year_ago)} : Cell{}});
    report.totals.push_back({who + "_contribution_pp", contribution});
    report.totals.push_back({who + "_share_of_growth_pct", share_of_growth});
  }

  void add_totals(Report& report, bool has_growth, const Decimal& shown) const {
    const Decimal change = current_.revenue - year_ago_;
    const std::optional<Figure> without = growth_without(all_);
    Cell growth;
    Cell flat;
    Cell published;
    Cell published_difference;
    Cell verdict;
    if (has_growth) {
      const Figure with = percent_figure(change, year_ago_);
      growth = with;
      if (all_.unknown.empty()) flat = percent_figure(change - all_.change(), year_ago_);
      verdict = double_digit(with, without);
      report.checks = {{"contributions = growth", {with.value - shown, 2, Measure::percent}}};
    }
    if (current_.published_growth_pct) {
      published = Figure{*current_.published_growth_pct, 2, Measure::percent};
      if (has_growth) {
        published_difference =
            Figure{std::get<Figure>(growth).value - *current_.published_growth_pct, 2,
                   Measure::percent};
      }
    }
    report.totals = {{"growth_pct", growth},
                     {"growth_without_investees_pct", cell_of(without)},
                     {"growth_with_investees_flat_pct", flat},
                     {"double_digit", verdict},
                     {"revenue_current", money(current_.revenue)},
                     {"revenue_year_ago", money(year_ago_)},
                     {"published_growth_pct", published},
                     {"published_difference_pp", published_difference}};
    // The row of the total alone: an investee of its name would have a funding.
    const std::vector<std::pair<std::string, std::string>> total_row{{"investee", total_name},
                                                                     {"funding", ""}};
    report.column_sums = {{"growth_pct", "contribution_pp", total_row},
                          {"revenue_current", "current", total_row},
                          {"revenue_year_ago", "year_ago", total_row}};
    add_contribution(report, "investees", all_, has_growth);
    if (!excluded_names_.empty()) {
      report.totals.push_back({"growth_without_excluded_pct", cell_of(growth_without(excluded_))});
      add_contribution(report, "excluded", excluded_, has_growth);
    }
    add_notes(report);
    add_cliff(report);
  }

  void add_notes(Report& report) const {
    for (const std::string& name : all_.unknown) {
      report.notes.push_back("base unknown: the book does not hold the revenue of " + name +
                             " in " + to_text(range_.year_ago()) +
                             ", so there is no growth without investees; accrue import base FILE");
    }
    if (all_.unknown.empty() && (year_ago_ - all_.year_ago).sign() <= 0) {
      report.notes.push_back("no growth without investees: revenue of others a year ago is not "
                             "above zero");
    }
  }

  void add_cliff(Report& report) const {
    Decimal credits;
    for (const auto& [investee, amount] : credits_of_) credits += amount;
    if (credits.is_zero() || current_.revenue.sign() <= 0) return;
    report.totals.push_back({"cliff_contribution_pp", percent_figure(-credits, current_.revenue)});
    const std::vector<Exhaustion> pools = exhaustion_after(view_, range_.last, by_);
    for (const auto& [investee, amount] : credits_of_) {
      if (amount.is_zero()) continue;
      const Figure points = percent_figure(-amount, current_.revenue);
      report.notes.push_back("cliff: the credits of " + investee + " " +
                             end_of(investee, pools) + "; in a like period a year after they "
                             "contribute " + points.value.to_string(points.digits) + " points");
    }
  }

  /// When the last of an investee's credits, in whatever currency, is gone at the present rate.
  static std::string end_of(const std::string& investee, const std::vector<Exhaustion>& pools) {
    std::optional<Period> end;
    for (const Exhaustion& pool : pools) {
      if (pool.investee != investee || pool.left.is_zero()) continue;
      std::optional<Period> last = pool.used_up;
      if (!pool.expiring.empty()) last = std::max(last, std::optional{pool.expiring.back().period});
      if (!last) return "do not end at the present rate";
      end = std::max(end, last);
    }
    return end ? "end in " + end->to_string() + " at the present rate" : "are used up";
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
  std::set<std::string> excluded_names_;
  LeftOut all_;
  LeftOut excluded_;
  Decimal known_change_;
  std::map<std::string, Decimal> credits_of_;  ///< of the range, breakage too, by investee
};

}  // namespace

Result<Report> growth_report(const BookView& view, PeriodRange range, OriginView by,
                             const GrowthOptions& options) {
  ACCRUE_TRY(series, choose_series(view.state, options));
  return Growth{view, range, by, std::move(series), options.excluded}.build();
}

}  // namespace accrue
