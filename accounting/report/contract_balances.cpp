#include <map>
#include <string>
#include <utility>

#include "accounting/report/disclosures.h"
#include "accounting/report/expected_revenue.h"
#include "accounting/report/frame.h"
#include "accounting/report/movements.h"
#include "accounting/report/ref.h"
#include "accounting/report/row_refs.h"

namespace accrue {

namespace {

/// One layer of a balance: what is received for one grant, or one investee's cash-funded usage.
struct Layer {
  std::int64_t opening = 0;
  std::int64_t closing = 0;
  std::int64_t revenue = 0;  ///< of the range
};

constexpr const char* liability_name = "contract liability";
constexpr const char* receivable_name = "unbilled receivable";

class ContractBalances {
 public:
  ContractBalances(const BookView& view, PeriodRange range, OriginView by,
                   ForecastInForce in_force)
      : view_{view},
        state_{view.state},
        range_{range},
        by_{by},
        in_force_{std::move(in_force)} {}

  Report build() {
    Report report = start_report(view_, "contract-balances", "Contract balances", range_, by_);
    report.columns = {{"balance", ColumnKind::key},
                      {"investee", ColumnKind::key},
                      {"grant", ColumnKind::key},
                      {"opening", ColumnKind::figure},
                      {"received", ColumnKind::figure},
                      {"revenue_from_opening", ColumnKind::figure},
                      {"revenue_from_received", ColumnKind::figure},
                      {"cash_funded", ColumnKind::figure, 4},
                      {"closing", ColumnKind::figure},
                      {"current", ColumnKind::figure},
                      {"non_current", ColumnKind::figure},
                      {"ref", ColumnKind::text, 9}};
    gather();
    for (const ExpectedRevenue& expected :
         expected_revenue(view_, range_.last, by_, in_force_.source)) {
      current_[expected.held->grant.id] = expected.current(range_.last);
    }
    for (const HeldGrant& held : state_.grants) add_liability(report, held);
    for (const auto& [investee, layer] : receivables_) add_receivable(report, investee, layer);
    sort_rows(report);
    add_totals(report);
    return report;
  }

 private:
  void gather() {
    for (const auto& [account, movement] : movements_of(view_, range_, by_)) {
      if (account.role == AccountRole::contract_liability) {
        liabilities_[account.grant].opening -= movement.before;
        liabilities_[account.grant].closing -= movement.at_end;
      } else if (account.role == AccountRole::unbilled_receivable) {
        receivables_[account.investee].opening += movement.before;
        receivables_[account.investee].closing += movement.at_end;
      } else if (account.role == AccountRole::revenue) {
        (account.grant.empty() ? receivables_[account.investee] : liabilities_[account.grant])
            .revenue -= movement.in_range();
      }
    }
  }

  void add_liability(Report& report, const HeldGrant& held) {
    const Grant& grant = held.grant;
    const Period received = counted_in(by_, state_, held.record, Period::of(grant.received_on));
    if (received > range_.last) return;
    const Layer layer = liabilities_[grant.id];
    // A layer is received once: what it earns is out of the opening balance or out of what came.
    const bool is_new = received >= range_.first;
    const std::int64_t came = is_new ? grant.price_minor_units : 0;
    const std::int64_t from_opening = is_new ? 0 : -layer.revenue;
    const std::int64_t from_received = is_new ? -layer.revenue : 0;
    const std::int64_t current = current_[grant.id];
    const std::string ref = row_ref(liability_name, grant.investee, grant.id);
    report.rows.push_back({liability_name, grant.investee, grant.id, money(layer.opening),
                           money(came), money(from_opening), money(from_received), Cell{},
                           money(layer.closing), money(current), money(layer.closing - current),
                           ref});
    const std::string of = rollforward_row_ref(by_, range_, grant.id);
    const auto source = [&](const std::string& column, const std::string& theirs) {
      report.sources.push_back({ref + "#" + column, FigureSource::Sign::plus, of + "#" + theirs});
    };
    source("opening", "opening");
    source("received", "granted");
    const std::string revenue = is_new ? "revenue_from_received" : "revenue_from_opening";
    source(revenue, "usage");
    source(revenue, "breakage");
    source("closing", "closing");
    opening_ += layer.opening;
    closing_ += layer.closing;
    from_opening_ -= from_opening;
    current_total_ += current;
    difference_ += std::abs(layer.opening + came - layer.revenue - layer.closing);
  }

  void add_receivable(Report& report, const std::string& investee, const Layer& layer) {
    if (layer.opening == 0 && layer.revenue == 0 && layer.closing == 0) return;
    const std::string ref = row_ref(receivable_name, investee, "");
    report.rows.push_back({receivable_name, investee, Cell{}, money(layer.opening), Cell{}, Cell{},
                           Cell{}, money(layer.revenue), money(layer.closing),
                           money(layer.closing), money(0), ref});
    if (layer.closing != 0) {
      report.sources.push_back(
        {ref + "#closing", FigureSource::Sign::plus,
         trial_balance_row_ref(
             by_, range_,
             {.role = AccountRole::unbilled_receivable, .investee = investee}) +
             "#balance"});
    }
    receivable_opening_ += layer.opening;
    receivable_closing_ += layer.closing;
    difference_ += std::abs(layer.opening + layer.revenue - layer.closing);
  }

  void add_totals(Report& report) const {
    report.row_sums = {{"closing",
                        {"opening", "received", "revenue_from_opening", "revenue_from_received",
                         "cash_funded"}}};
    const auto total = [&](const std::string& name, const std::string& column,
                           const std::string& balance, std::int64_t value) {
      report.totals.push_back({name, money(value)});
      report.column_sums.push_back({name, column, {{"balance", balance}}});
    };
    total("liability_opening", "opening", liability_name, opening_);
    total("liability_closing", "closing", liability_name, closing_);
    total("liability_current", "current", liability_name, current_total_);
    total("liability_non_current", "non_current", liability_name, closing_ - current_total_);
    report.totals.push_back({"revenue_in_opening_liability", money(from_opening_)});
    total("receivable_opening", "opening", receivable_name, receivable_opening_);
    total("receivable_closing", "closing", receivable_name, receivable_closing_);
    report.checks = {
        {"opening + movements = closing, layer by layer", money(difference_)},
        {"closing = contract liability in the trial balance",
         money(closing_ + balance_at_end(view_, AccountRole::contract_liability, range_.last, by_))},
        {"closing = unbilled receivable in the trial balance",
         money(receivable_closing_ -
               balance_at_end(view_, AccountRole::unbilled_receivable, range_.last, by_))}};
    report.notes.push_back("current is what is expected to be revenue within twelve months; "
                           "forecast: " +
                           in_force_.text());
  }

  std::string row_ref(const char* balance, const std::string& investee,
                      const std::string& grant) const {
    return make_ref({ref_head("contract-balances", by_), to_text(range_),
                     in_force_.word(), balance, investee, grant});
  }

  Figure money(std::int64_t minor_units) const { return money_figure(state_, minor_units); }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  ForecastInForce in_force_;
  std::map<std::string, Layer> liabilities_;  ///< by grant
  std::map<std::string, Layer> receivables_;  ///< by investee
  std::map<std::string, std::int64_t> current_;
  std::int64_t opening_ = 0;
  std::int64_t closing_ = 0;
  std::int64_t current_total_ = 0;
  std::int64_t from_opening_ = 0;
  std::int64_t receivable_opening_ = 0;
  std::int64_t receivable_closing_ = 0;
  std::int64_t difference_ = 0;
};

}  // namespace

Result<Report> contract_balances_report(const BookView& view, PeriodRange range, OriginView by,
                                        const std::optional<ForecastChoice>& forecast) {
  ACCRUE_TRY(in_force, forecast_in_force(view.state, range.last, forecast));
  return ContractBalances{view, range, by, in_force}.build();
}

}  // namespace accrue
