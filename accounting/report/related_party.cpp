#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "accounting/report/date_cell.h"
#include "accounting/report/disclosures.h"
#include "accounting/report/face.h"
#include "accounting/report/frame.h"
#include "accounting/report/movements.h"
#include "accounting/report/ref.h"
#include "accounting/report/row_refs.h"

namespace accrue {

namespace {

/// What happened with one investee in the range, and what stands at its ends, in minor units.
struct Dealings {
  std::int64_t revenue_credits = 0;
  std::int64_t revenue_breakage = 0;
  std::int64_t revenue_cash = 0;
  std::int64_t cash_paid = 0;
  std::int64_t credits_promised = 0;
  std::int64_t liability_before = 0;
  std::int64_t liability_at_end = 0;
  std::int64_t unbilled = 0;
  std::int64_t not_received = 0;

  static constexpr std::array names{"revenue",
                                    "revenue_credits",
                                    "revenue_breakage",
                                    "revenue_cash",
                                    "cash_paid",
                                    "credits_promised",
                                    "contract_liability_begin",
                                    "contract_liability_end",
                                    "unbilled_receivable_end",
                                    "price_not_received"};
  std::array<std::int64_t, 10> values() const {
    return {revenue(),        revenue_credits,  revenue_breakage, revenue_cash, cash_paid,
            credits_promised, liability_before, liability_at_end, unbilled,     not_received};
  }
  std::int64_t revenue() const { return revenue_credits + revenue_breakage + revenue_cash; }
};

/// Credits of one currency: what can be drawn at the end of the range, and what is to be issued.
struct Credits {
  Decimal left;
  Decimal not_issued;
};

struct Party {
  Dealings dealings;
  std::map<Currency, Credits> credits;
  std::string relationship;
  std::string terms;
};

void append(std::string& list, const std::string& item) {
  list += (list.empty() ? "" : "; ") + item;
}

class RelatedParties {
 public:
  RelatedParties(const BookView& view, PeriodRange range, OriginView by)
      : view_{view}, state_{view.state}, range_{range}, by_{by}, faces_{view, by} {}

  Report build() {
    Report report = start_report(view_, "related-party",
                                 "Transactions and balances with investees", range_, by_);
    add_columns(report);
    for (const HeldInvestment& held : state_.investments) add_deal(held);
    for (const HeldGrant& held : state_.grants) add_grant(report, held);
    for (const auto& [account, movement] : movements_of(view_, range_, by_)) {
      add_account(report, account, movement);
    }
    for (const auto& [investee, party] : parties_) add_row(report, investee, party);
    sort_rows(report);
    report.row_sums = {{"revenue", {"revenue_credits", "revenue_breakage", "revenue_cash"}}};
    add_totals(report);
    report.notes.emplace_back("every investee is listed: whether it is a related party follows "
                              "from the relationship");
    report.notes.emplace_back("nothing here says that the terms are those of dealings at arm's "
                              "length (ASC 850-10-50-5; IAS 24.23)");
    return report;
  }

 private:
  static void add_columns(Report& report) {
    report.columns = {{"investee", ColumnKind::key}, {"relationship", ColumnKind::text, 6}};
    for (const char* const name : Dealings::names) {
      report.columns.push_back({name, ColumnKind::figure, 5});
    }
    report.columns.push_back({"face_currency", ColumnKind::text});
    report.columns.push_back({"face_left", ColumnKind::figure, 5});
    report.columns.push_back({"face_not_issued", ColumnKind::figure, 5});
    report.columns.push_back({"terms", ColumnKind::text, 7});
    report.columns.push_back({"ref", ColumnKind::text, 9});
  }

  std::string ref(const std::string& investee) const {
    return make_ref({ref_head("related-party", by_), to_text(range_), investee});
  }

  Period counted(std::int64_t record, Date day) const {
    return counted_in(by_, state_, record, Period::of(day));
  }

  void add_source(Report& report, const std::string& investee, const char* column,
                  FigureSource::Sign sign, const std::string& of) const {
    report.sources.push_back({ref(investee) + "#" + column, sign, of});
  }

  void add_deal(const HeldInvestment& held) {
    const Investment& deal = held.investment;
    if (counted(held.record, deal.signed_on) > range_.last) return;
    deals_.insert(deal.id);
    std::string text = deal.id + ", signed " + deal.signed_on.to_string();
    if (deal.stake_percent) text += ": " + deal.stake_percent->to_string() + "% of the shares";
    if (!deal.influence.empty()) text += ", influence " + deal.influence;
    append(parties_[deal.investee].relationship, text);
  }

  void add_grant(Report& report, const HeldGrant& held) {
    const Grant& grant = held.grant;
    if (!deals_.contains(grant.investment)) return;
    Party& party = parties_[grant.investee];
    const FaceAt face = faces_.at_end_of(range_.last, held);
    Credits& credits = party.credits[grant.face.currency];
    credits.left += face.left();
    credits.not_issued += grant.face.value - face.granted;
    append(party.terms, terms_of(grant));

    const Period received = counted(held.record, grant.received_on);
    if (grant.price_minor_units == 0 || received < range_.first) return;
    const bool is_received = received <= range_.last;
    (is_received ? party.dealings.credits_promised : party.dealings.not_received) +=
        grant.price_minor_units;
    if (is_received) {
      add_source(report, grant.investee, "credits_promised", FigureSource::Sign::plus,
                 rollforward_row_ref(by_, range_, grant.id) + "#granted");
    } else {
      add_source(report, grant.investee, "price_not_received", FigureSource::Sign::plus,
                 make_ref({ref_head("deal", by_), to_text(range_), grant.investee,
                           grant.investment, grant.id}) +
                     "#price_not_received");
    }
  }

  std::string terms_of(const Grant& grant) const {
    std::string text = grant.id + ": from " +
                       std::get<std::string>(date_cell(state_.zone, grant.begins_at));
    const Cell expires = date_cell(state_.zone, grant.ends_at);
    const auto* const day = std::get_if<std::string>(&expires);
    text += day == nullptr ? ", no expiry" : ", expires " + *day;
    return text;
  }

  void add_account(Report& report, const Account& account, const Movement& movement) {
    if (movement.before == 0 && movement.at_end == 0) return;
    Dealings& of = parties_[account.investee].dealings;
    const std::string& investee = account.investee;
    switch (account.role) {
      case AccountRole::investment: return;
      case AccountRole::cash:
        of.cash_paid -= movement.in_range();
        cash_[investee].emplace_back(account, movement);
        return;
      case AccountRole::unbilled_receivable:
        of.unbilled += movement.at_end;
        if (movement.at_end == 0) return;
        add_source(report, investee, "unbilled_receivable_end", FigureSource::Sign::plus,
                   trial_balance_row_ref(by_, range_, account) + "#balance");
        return;
      case AccountRole::contract_liability: {
        of.liability_before -= movement.before;
        of.liability_at_end -= movement.at_end;
        const std::string row = rollforward_row_ref(by_, range_, account.grant);
        for (const auto& [column, of_row, amount] :
             {std::tuple{"contract_liability_begin", "#opening", movement.before},
              std::tuple{"contract_liability_end", "#closing", movement.at_end}}) {
          if (amount == 0) continue;
          add_source(report, investee, column, FigureSource::Sign::plus, row + of_row);
        }
        return;
      }
      case AccountRole::revenue:
        if (movement.in_range() == 0) return;
        const bool is_cash = account.grant.empty();
        const bool is_breakage = account.kind == RevenueKind::breakage;
        (is_cash ? of.revenue_cash : is_breakage ? of.revenue_breakage : of.revenue_credits) -=
            movement.in_range();
        add_source(report, investee,
                   is_cash ? "revenue_cash" : is_breakage ? "revenue_breakage" : "revenue_credits",
                   FigureSource::Sign::plus, period_row_ref(by_, range_, account) + "#revenue");
        return;
    }
  }

  void add_row(Report& report, const std::string& investee, const Party& party) {
    std::vector<Cell> cells{investee, party.relationship.empty() ? Cell{}
                                                                 : Cell{party.relationship}};
    const auto values = party.dealings.values();
    for (std::size_t i = 0; i < values.size(); ++i) {
      cells.push_back(money_figure(state_, values[i]));
      totals_[i] += values[i];
    }
    add_credits(report, cells, investee, party);
    cells.push_back(party.terms.empty() ? Cell{} : Cell{party.terms});
    cells.push_back(ref(investee));
    report.rows.push_back(std::move(cells));
    add_cash_sources(report, investee);
    const Dealings& of = party.dealings;
    difference_ += std::abs(of.liability_before + of.credits_promised - of.revenue_credits -
                            of.revenue_breakage - of.liability_at_end);
  }

  /// Faces of several currencies cannot be one figure: the notes list them.
  void add_credits(Report& report, std::vector<Cell>& cells, const std::string& investee,
                   const Party& party) const {
    if (party.credits.size() == 1) {
      const auto& [currency, credits] = *party.credits.begin();
      cells.push_back(std::string{currency.code()});
      cells.push_back(exact_figure(credits.left, currency));
      cells.push_back(exact_figure(credits.not_issued, currency));
      return;
    }
    cells.resize(cells.size() + 3);
    for (const auto& [currency, credits] : party.credits) {
      const int digits = currency.minor_digits();
      const std::string code{currency.code()};
      report.notes.push_back(investee + ": face left " + credits.left.to_string(digits) + " " +
                             code + ", not issued " + credits.not_issued.to_string(digits) + " " +
                             code);
    }
  }

  /// The trial balance holds all that was ever paid for a stake: it says what was paid in the
  /// range only where nothing was paid before.
  void add_cash_sources(Report& report, const std::string& investee) {
    const auto& paid = cash_[investee];
    for (const auto& [account, movement] : paid) {
      if (movement.in_range() != 0 && movement.before != 0) return;
    }
    for (const auto& [account, movement] : paid) {
      if (movement.in_range() == 0) continue;
      add_source(report, investee, "cash_paid", FigureSource::Sign::minus,
                 trial_balance_row_ref(by_, range_, account) + "#balance");
    }
  }

  void add_totals(Report& report) const {
    for (std::size_t i = 0; i < totals_.size(); ++i) {
      const std::string name = Dealings::names[i];
      report.totals.push_back({name, money_figure(state_, totals_[i])});
      report.column_sums.push_back({name, name, {}});
    }
    report.checks = {{"liability at the begin + credits promised - revenue = liability at the end",
                      money_figure(state_, difference_)}};
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  Faces faces_;
  std::set<std::string> deals_;  ///< counted by the end of the range
  std::map<std::string, Party> parties_;
  std::map<std::string, std::vector<std::pair<Account, Movement>>> cash_;  ///< by investee
  std::array<std::int64_t, 10> totals_{};
  std::int64_t difference_ = 0;
};

}  // namespace

Result<Report> related_party_report(const BookView& view, PeriodRange range, OriginView by) {
  return RelatedParties{view, range, by}.build();
}

}  // namespace accrue
