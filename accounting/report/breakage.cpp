#include <array>
#include <map>
#include <set>
#include <string>

#include "accounting/posting/saved_forecasts.h"
#include "accounting/recognition/recognise.h"
#include "accounting/report/disclosures.h"
#include "accounting/report/face.h"
#include "accounting/report/frame.h"
#include "accounting/report/movements.h"
#include "accounting/report/ref.h"
#include "accounting/report/row_refs.h"
#include "ledger/credit/breakage_method.h"
#include "ledger/error/check.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

/// Breakage of one grant, in minor units, as revenue: above zero.
struct BreakageParts {
  std::int64_t before = 0;  ///< to the begin of the range
  std::int64_t from_use = 0;
  std::int64_t true_up = 0;
  std::int64_t at_expiry = 0;
  std::int64_t to_date = 0;

  static constexpr std::array names{"before",    "from_use", "true_up",
                                    "at_expiry", "breakage", "to_date"};
  std::array<std::int64_t, 6> values() const {
    return {before, from_use, true_up, at_expiry, to_date - before, to_date};
  }
};

class Breakage {
 public:
  Breakage(const BookView& view, PeriodRange range, OriginView by)
      : view_{view}, state_{view.state}, range_{range}, by_{by}, faces_{view, by} {}

  Report build() {
    Report report = start_report(view_, "breakage", "Breakage", range_, by_);
    report.columns = {{"investee", ColumnKind::key},    {"grant", ColumnKind::key},
                      {"method", ColumnKind::text},     {"expected_pct", ColumnKind::figure},
                      {"estimate_record", ColumnKind::count, 6}};
    for (const char* name : BreakageParts::names) report.columns.push_back({name, ColumnKind::figure, 3});
    for (const char* name : {"face_currency", "face_expired", "unused_pct"}) {
      const bool is_text = std::string_view{name} == "face_currency";
      report.columns.push_back({name, is_text ? ColumnKind::text : ColumnKind::figure, 5});
    }
    report.columns.push_back({"ref", ColumnKind::text, 9});
    gather();
    for (const HeldGrant& held : state_.grants) add_row(report, held);
    sort_rows(report);
    add_totals(report);
    return report;
  }

 private:
  void gather() {
    for (const auto& [account, movement] : movements_of(view_, range_, by_)) {
      if (account.role != AccountRole::revenue || account.kind != RevenueKind::breakage) continue;
      of_grant_[account.grant].before -= movement.before;
      of_grant_[account.grant].to_date -= movement.at_end;
    }
  }

  Progress progress_at(const HeldGrant& held, Period drawn_through, Period estimate_of) const {
    return {.price_minor_units = held.grant.price_minor_units,
            .face = held.grant.face.value,
            .drawn = faces_.at_end_of(drawn_through, held).drawn,
            .expected_unused = state_.expected_unused(held.grant, estimate_of)};
  }

  /// What changed estimates did to the revenue to date, in the periods in which they start.
  std::int64_t true_ups(const HeldGrant& held) const {
    std::set<Period> starts;
    for (const HeldEstimate& estimate : state_.estimates) {
      const bool counts = estimate.grant == held.grant.id && range_.contains(estimate.from);
      if (counts && !is_expired_by(held, estimate.from.previous())) starts.insert(estimate.from);
    }
    std::int64_t sum = 0;
    for (const Period start : starts) {
      const Period before = start.previous();
      sum += recognise(progress_at(held, before, start)).total -
             recognise(progress_at(held, before, before)).total;
    }
    return sum;
  }

  bool is_expired_by(const HeldGrant& held, Period period) const {
    const std::optional<Period>& expiry = held.grant.expiry_period;
    return expiry && state_.is_closed(*expiry) && expiry_counted_in(held) <= period;
  }

  Period expiry_counted_in(const HeldGrant& held) const {
    return counted_in(by_, state_, held.record, *held.grant.expiry_period);
  }

  /// What was left of the price when the expiry was booked.
  std::int64_t at_expiry(const HeldGrant& held) const {
    const std::optional<Period>& expiry = held.grant.expiry_period;
    if (!expiry || !state_.is_closed(*expiry)) return 0;
    const Period booked = expiry_counted_in(held);
    if (!range_.contains(booked)) return 0;
    return held.grant.price_minor_units - recognise(progress_at(held, booked, booked)).total;
  }

  /// The estimate in force at the end of the range; null for that of the terms.
  const HeldEstimate* estimate_of(const HeldGrant& held) const {
    const HeldEstimate* latest = nullptr;
    for (const HeldEstimate& estimate : state_.estimates) {
      if (estimate.grant != held.grant.id || estimate.from > range_.last) continue;
      if (latest == nullptr || latest->from <= estimate.from) latest = &estimate;
    }
    return latest;
  }

  void add_evidence(Report& report, const HeldEstimate& estimate) const {
    if (!estimate.evidence) return;
    const Result<const HeldForecast*> forecast = cited_forecast(state_, *estimate.evidence);
    LEDGER_CHECK(forecast.ok(), "a citation of nothing", "a forecast of the book");
    report.notes.push_back("estimate of " + estimate.grant + " in record " +
                           std::to_string(estimate.record) + ": from forecast " +
                           (*forecast)->fact.name + ", saved in record " +
                           std::to_string((*forecast)->record) + ", digest " +
                           to_hex((*forecast)->leaf_hash));
  }

  void add_row(Report& report, const HeldGrant& held) {
    const Grant& grant = held.grant;
    const Period received = counted_in(by_, state_, held.record, Period::of(grant.received_on));
    if (received > range_.last) return;
    BreakageParts parts = of_grant_[grant.id];
    parts.true_up = true_ups(held);
    parts.at_expiry = at_expiry(held);
    parts.from_use = parts.to_date - parts.before - parts.true_up - parts.at_expiry;
    const bool is_remote = grant.breakage_method == BreakageMethod::remote;
    const HeldEstimate* const estimate = estimate_of(held);
    if (estimate != nullptr) add_evidence(report, *estimate);
    const FaceAt face = faces_.at_end_of(range_.last, held);
    const bool has_expired = is_expired_by(held, range_.last);
    const std::string ref = make_ref({ref_head("breakage", by_), to_text(range_), grant.id});
    std::vector<Cell> cells{
        grant.investee, grant.id, std::string{to_string(grant.breakage_method)},
        is_remote ? Cell{}
                  : Cell{percent_figure(state_.expected_unused(grant, range_.last),
                                        grant.face.value)},
        estimate == nullptr ? Cell{} : Cell{estimate->record}};
    const auto values = parts.values();
    for (std::size_t i = 0; i < values.size(); ++i) {
      cells.push_back(money_figure(state_, values[i]));
      totals_[i] += values[i];
    }
    cells.push_back(std::string{grant.face.currency.code()});
    cells.push_back(exact_figure(face.expired, grant.face.currency));
    cells.push_back(has_expired ? Cell{percent_figure(face.expired, grant.face.value)} : Cell{});
    cells.push_back(ref);
    report.rows.push_back(std::move(cells));
    report.sources.push_back({ref + "#breakage", FigureSource::Sign::minus,
                              rollforward_row_ref(by_, range_, grant.id) + "#breakage"});
  }

  void add_totals(Report& report) const {
    report.row_sums = {{"breakage", {"from_use", "true_up", "at_expiry"}},
                       {"to_date", {"before", "breakage"}}};
    std::int64_t in_trial_balance = 0;
    for (const auto& [key, amount] : view_.balances) {
      const bool counts = key.account.role == AccountRole::revenue &&
                          key.account.kind == RevenueKind::breakage &&
                          counted_in(by_, key) <= range_.last;
      if (counts) in_trial_balance -= amount;
    }
    for (std::size_t i = 0; i < totals_.size(); ++i) {
      report.totals.push_back({BreakageParts::names[i], money_figure(state_, totals_[i])});
      report.column_sums.push_back({BreakageParts::names[i], BreakageParts::names[i]});
    }
    report.checks = {{"to date = breakage in the trial balance",
                      money_figure(state_, totals_.back() - in_trial_balance)}};
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  Faces faces_;
  std::map<std::string, BreakageParts> of_grant_;
  std::array<std::int64_t, 6> totals_{};
};

}  // namespace

Result<Report> breakage_report(const BookView& view, PeriodRange range, OriginView by) {
  return Breakage{view, range, by}.build();
}

}  // namespace accrue
