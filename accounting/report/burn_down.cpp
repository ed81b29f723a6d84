#include <array>
#include <set>
#include <vector>

#include "accounting/report/date_cell.h"
#include "accounting/report/disclosures.h"
#include "accounting/report/face.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

/// Face of one grant in one month, signed so that opening plus the others is closing.
struct FaceMonth {
  Decimal opening;
  Decimal granted;
  Decimal drawn;
  Decimal expired;
  Decimal closing;

  static constexpr std::array names{"face_opening", "face_granted", "face_drawn", "face_expired",
                                    "face_closing"};
  std::array<Decimal, 5> values() const { return {opening, granted, drawn, expired, closing}; }
};

class MonthByMonth {
 public:
  MonthByMonth(const BookView& view, PeriodRange range, OriginView by)
      : view_{view}, state_{view.state}, range_{range}, by_{by}, faces_{view, by} {}

  Report build() {
    Report report = start_report(view_, "burn-down", "Face of the credits, month by month",
                                 range_, by_);
    report.columns = {{"period", ColumnKind::key},
                      {"investee", ColumnKind::key},
                      {"grant", ColumnKind::key},
                      {"face_currency", ColumnKind::text}};
    for (const char* const name : FaceMonth::names) {
      report.columns.push_back({name, ColumnKind::figure, 5});
    }
    report.columns.push_back({"expires", ColumnKind::text, 4});
    report.columns.push_back({"ref", ColumnKind::text, 9});
    for (const HeldGrant& held : state_.grants) add_grant(report, held);
    sort_rows(report);
    report.row_sums = {
        {"face_closing", {"face_opening", "face_granted", "face_drawn", "face_expired"}}};
    add_totals(report);
    const int digits = currencies_.empty() ? 0 : currencies_.begin()->minor_digits();
    report.checks = {{"face = drawn + left + expired + voided, each zero or more",
                      {out_of_bounds_, digits, Measure::amount}}};
    return report;
  }

 private:
  void add_grant(Report& report, const HeldGrant& held) {
    const Grant& grant = held.grant;
    const std::vector<FaceAt> faces = faces_.through(range_, held);
    const Cell expires = date_cell(state_.zone, grant.ends_at);
    Period period = range_.first;
    for (std::size_t i = 1; i < faces.size(); ++i, period = period.next()) {
      const FaceAt& before = faces[i - 1];
      const FaceAt& at_end = faces[i];
      // A face is above zero: until it is granted, the grant is not issued.
      if (at_end.granted.is_zero()) continue;
      const FaceMonth month{before.left(), at_end.granted - before.granted,
                            before.drawn - at_end.drawn, before.expired - at_end.expired,
                            at_end.left()};
      add_row(report, period, grant, month, expires);
      out_of_bounds_ += below_zero(at_end, by_);
    }
  }

  void add_row(Report& report, Period period, const Grant& grant, const FaceMonth& month,
               const Cell& expires) {
    const Currency& currency = grant.face.currency;
    std::vector<Cell> cells{period.to_string(), grant.investee, grant.id,
                            std::string{currency.code()}};
    for (const Decimal& value : month.values()) cells.push_back(exact_figure(value, currency));
    cells.push_back(expires);
    cells.push_back(make_ref({ref_head("burn-down", by_), to_text(range_), period.to_string(),
                              grant.id}));
    report.rows.push_back(std::move(cells));

    currencies_.insert(currency);
    if (period == range_.first) total_.opening += month.opening;
    total_.granted += month.granted;
    total_.drawn += month.drawn;
    total_.expired += month.expired;
    if (period == range_.last) total_.closing += month.closing;
  }

  /// Of all grants, from the begin of the range to its end, where they are in one currency.
  void add_totals(Report& report) const {
    if (currencies_.size() != 1) return;
    const Currency currency = *currencies_.begin();
    report.totals.push_back({"face_currency", std::string{currency.code()}});
    const auto values = total_.values();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string name = FaceMonth::names[i];
      report.totals.push_back({name, exact_figure(values[i], currency)});
      ColumnSum sum{name, name, {}};
      if (name == "face_opening") sum.where = {{"period", range_.first.to_string()}};
      if (name == "face_closing") sum.where = {{"period", range_.last.to_string()}};
      report.column_sums.push_back(std::move(sum));
    }
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  Faces faces_;
  FaceMonth total_;
  std::set<Currency> currencies_;
  Decimal out_of_bounds_;
};

}  // namespace

Result<Report> burn_down_report(const BookView& view, PeriodRange range, OriginView by) {
  return MonthByMonth{view, range, by}.build();
}

}  // namespace accrue
