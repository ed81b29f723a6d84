#include <array>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "accounting/report/date_cell.h"
#include "accounting/report/disclosures.h"
#include "accounting/report/face.h"
#include "accounting/report/frame.h"
#include "accounting/report/movements.h"
#include "accounting/report/price_comparison.h"
#include "accounting/report/ref.h"
#include "accounting/report/row_refs.h"
#include "ledger/credit/breakage_method.h"

namespace accrue {

namespace {

/// What was agreed of credits and what became of them, of one tranche or of all of a deal.
struct Standing {
  // In the currency of the faces, which the tranches of a deal share.
  Decimal face;
  Decimal stand_alone_price;
  Decimal not_issued;
  Decimal drawn;
  Decimal expired;
  Decimal left;
  // In minor units of the book's currency.
  std::int64_t price = 0;
  std::int64_t not_received = 0;
  std::int64_t recognised = 0;
  std::int64_t liability = 0;

  static constexpr std::array face_names{"face",       "stand_alone_price", "face_not_issued",
                                         "face_drawn", "face_expired",      "face_left"};
  std::array<Decimal, 6> faces() const {
    return {face, stand_alone_price, not_issued, drawn, expired, left};
  }
  static constexpr std::array money_names{"price", "price_not_received", "recognised",
                                          "contract_liability"};
  std::array<std::int64_t, 4> money() const { return {price, not_received, recognised, liability}; }

  Standing& operator+=(const Standing& other) {
    face += other.face;
    stand_alone_price += other.stand_alone_price;
    not_issued += other.not_issued;
    drawn += other.drawn;
    expired += other.expired;
    left += other.left;
    price += other.price;
    not_received += other.not_received;
    recognised += other.recognised;
    liability += other.liability;
    return *this;
  }
};

/// What the accounts of one grant hold at the end of the range.
struct GrantAccounts {
  std::int64_t liability = 0;
  std::int64_t recognised = 0;
  std::vector<Account> revenue;  ///< with a balance
};

constexpr const char* of_deal = "deal";
constexpr const char* of_tranche = "tranche";

Cell amount_cell(const std::optional<Amount>& amount) {
  if (!amount) return {};
  return exact_figure(amount->value, amount->currency);
}

class Deals {
 public:
  Deals(const BookView& view, PeriodRange range, OriginView by)
      : view_{view}, state_{view.state}, range_{range}, by_{by}, faces_{view, by} {
    for (const auto& [account, movement] : movements_of(view, range, by)) {
      if (account.role == AccountRole::cash) cash_[account.investment] -= movement.at_end;
      if (account.grant.empty() || movement.at_end == 0) continue;
      GrantAccounts& of = accounts_[account.grant];
      if (account.role == AccountRole::contract_liability) of.liability -= movement.at_end;
      if (account.role != AccountRole::revenue) continue;
      of.recognised -= movement.at_end;
      of.revenue.push_back(account);
    }
  }

  Report build() {
    Report report = start_report(view_, "deal", "Deals at the end of " + range_.last.to_string(),
                                 range_, by_);
    add_columns(report);
    for (const HeldInvestment& held : state_.investments) {
      if (counted(held.record, held.investment.signed_on) <= range_.last) add_deal(report, held);
    }
    sort_rows(report);
    report.row_sums = {
        {"face", {"face_not_issued", "face_drawn", "face_expired", "face_left"}},
        {"price", {"price_not_received", "recognised", "contract_liability"}}};
    add_totals(report);
    add_checks(report);
    return report;
  }

 private:
  static void add_columns(Report& report) {
    report.columns = {{"investee", ColumnKind::key},
                      {"investment", ColumnKind::key},
                      {"grant", ColumnKind::key},
                      {"level", ColumnKind::text, 8},
                      {"signed", ColumnKind::text, 3},
                      {"stake_pct", ColumnKind::figure, 3},
                      {"influence", ColumnKind::text, 4},
                      {"cash", ColumnKind::figure},
                      {"fair_value_of_stake", ColumnKind::figure, 3},
                      {"fair_value_less_cash", ColumnKind::figure},
                      {"fair_value_currency", ColumnKind::text},
                      {"face_currency", ColumnKind::text}};
    for (const char* const name : Standing::face_names) {
      report.columns.push_back({name, ColumnKind::figure, 5});
    }
    for (const char* const name : Standing::money_names) {
      report.columns.push_back({name, ColumnKind::figure, 5});
    }
    for (const char* const name : {"issued", "begins", "expires", "breakage"}) {
      report.columns.push_back({name, ColumnKind::text, 6});
    }
    report.columns.push_back({"face_expected_unused", ColumnKind::figure, 6});
    report.columns.push_back({"flags", ColumnKind::text});
    report.columns.push_back({"ref", ColumnKind::text, 9});
  }

  Period counted(std::int64_t record, Date day) const {
    return counted_in(by_, state_, record, Period::of(day));
  }

  std::string ref(const Investment& deal, const std::string& grant) const {
    return make_ref({ref_head("deal", by_), to_text(range_), deal.investee, deal.id, grant});
  }

  void add_deal(Report& report, const HeldInvestment& held) {
    const Investment& deal = held.investment;
    Standing sum;
    for (const HeldGrant& grant : state_.grants) {
      if (grant.grant.investment == deal.id) sum += add_tranche(report, held, grant);
    }
    const std::optional<Amount>& fair_value = deal.fair_value_of_stake;
    const std::int64_t cash = held.price.cash_minor_units;
    std::vector<Cell> cells{
        deal.investee, deal.id, Cell{}, of_deal, deal.signed_on.to_string(),
        deal.stake_percent ? Cell{Figure{*deal.stake_percent, 2, Measure::percent}} : Cell{},
        deal.influence.empty() ? Cell{} : Cell{deal.influence}, money_figure(state_, cash),
        amount_cell(fair_value),
        fair_value ? Cell{exact_figure(held.price.credits_total, fair_value->currency)} : Cell{},
        fair_value ? Cell{std::string{fair_value->currency.code()}} : Cell{}};
    add_standing(cells, sum, deal.tranches.front().face.currency);
    cells.resize(cells.size() + 6);
    cells.push_back(ref(deal, ""));
    report.rows.push_back(std::move(cells));
    if (cash != 0) {
      const Account account{
          .role = AccountRole::cash, .investee = deal.investee, .investment = deal.id};
      report.sources.push_back({ref(deal, "") + "#cash", FigureSource::Sign::minus,
                                trial_balance_row_ref(by_, range_, account) + "#balance"});
    }
    for (const std::string& assumption : held.price.assumptions) {
      report.notes.push_back(deal.id + ": " + assumption);
    }
    total_ += sum;
    cash_total_ += cash;
    cash_difference_ += std::abs(cash - cash_[deal.id]);
    currencies_.insert(deal.tranches.front().face.currency);
  }

  Standing add_tranche(Report& report, const HeldInvestment& held, const HeldGrant& held_grant) {
    const Investment& deal = held.investment;
    const Grant& grant = held_grant.grant;
    const Currency& currency = grant.face.currency;
    const Standing standing = standing_of(deal, held_grant);
    const bool is_remote = grant.breakage_method == BreakageMethod::remote;
    std::vector<Cell> cells{deal.investee, deal.id, grant.id, of_tranche};
    cells.resize(cells.size() + 7);
    add_standing(cells, standing, currency);
    cells.push_back(grant.issued_on.to_string());
    cells.push_back(date_cell(state_.zone, grant.begins_at));
    cells.push_back(date_cell(state_.zone, grant.ends_at));
    cells.push_back(std::string{to_string(grant.breakage_method)});
    cells.push_back(
        is_remote ? Cell{}
                  : Cell{exact_figure(state_.expected_unused(grant, range_.last), currency)});
    const std::string flags = price_flags(state_, held, grant);
    cells.push_back(flags.empty() ? Cell{} : Cell{flags});
    cells.push_back(ref(deal, grant.id));
    report.rows.push_back(std::move(cells));
    for (const std::string& row : {ref(deal, ""), ref(deal, grant.id)}) {
      add_sources(report, row, grant);
    }
    return standing;
  }

  Standing standing_of(const Investment& deal, const HeldGrant& held) {
    const Grant& grant = held.grant;
    const FaceAt face = faces_.at_end_of(range_.last, held);
    const GrantAccounts& accounts = accounts_[grant.id];
    const bool is_received = counted(held.record, grant.received_on) <= range_.last;
    const Standing standing{
        .face = grant.face.value,
        .stand_alone_price = stand_alone_price(deal, grant.face.value),
        .not_issued = grant.face.value - face.granted,
        .drawn = face.drawn,
        .expired = face.expired,
        .left = face.left(),
        .price = grant.price_minor_units,
        .not_received = is_received ? 0 : grant.price_minor_units,
        .recognised = accounts.recognised,
        .liability = accounts.liability};
    price_difference_ += std::abs(standing.price - standing.not_received - standing.recognised -
                                  standing.liability);
    face_out_of_bounds_ += below_zero(face, by_);
    return standing;
  }

  void add_standing(std::vector<Cell>& cells, const Standing& standing,
                    const Currency& currency) const {
    cells.push_back(std::string{currency.code()});
    for (const Decimal& face : standing.faces()) cells.push_back(exact_figure(face, currency));
    for (const std::int64_t amount : standing.money()) {
      cells.push_back(money_figure(state_, amount));
    }
  }

  void add_sources(Report& report, const std::string& row, const Grant& grant) const {
    const auto found = accounts_.find(grant.id);
    if (found == accounts_.end()) return;
    if (found->second.liability != 0) {
      report.sources.push_back({row + "#contract_liability", FigureSource::Sign::plus,
                                rollforward_row_ref(by_, range_, grant.id) + "#closing"});
    }
    for (const Account& account : found->second.revenue) {
      report.sources.push_back({row + "#recognised", FigureSource::Sign::minus,
                                trial_balance_row_ref(by_, range_, account) + "#balance"});
    }
  }

  void add_totals(Report& report) const {
    const auto add = [&](const std::string& name, const Figure& figure) {
      report.totals.push_back({name, figure});
      report.column_sums.push_back({name, name, {{"level", of_deal}}});
    };
    add("cash", money_figure(state_, cash_total_));
    const auto money = total_.money();
    for (std::size_t i = 0; i < money.size(); ++i) {
      add(Standing::money_names[i], money_figure(state_, money[i]));
    }
    if (currencies_.size() != 1) return;
    const Currency currency = *currencies_.begin();
    report.totals.push_back({"face_currency", std::string{currency.code()}});
    const auto faces = total_.faces();
    for (std::size_t i = 0; i < faces.size(); ++i) {
      add(Standing::face_names[i], exact_figure(faces[i], currency));
    }
  }

  void add_checks(Report& report) const {
    const int face_digits = currencies_.empty() ? 0 : currencies_.begin()->minor_digits();
    report.checks = {{"face = drawn + left + expired + voided, each zero or more",
                      {face_out_of_bounds_, face_digits, Measure::amount}},
                     {"price received = recognised + contract liability",
                      money_figure(state_, price_difference_)},
                     {"cash agreed = cash paid", money_figure(state_, cash_difference_)}};
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  Faces faces_;
  std::map<std::string, GrantAccounts> accounts_;
  std::map<std::string, std::int64_t> cash_;
  Standing total_;
  std::int64_t cash_total_ = 0;
  std::set<Currency> currencies_;
  Decimal face_out_of_bounds_;
  std::int64_t price_difference_ = 0;
  std::int64_t cash_difference_ = 0;
};

}  // namespace

Result<Report> deal_report(const BookView& view, PeriodRange range, OriginView by) {
  return Deals{view, range, by}.build();
}

}  // namespace accrue
