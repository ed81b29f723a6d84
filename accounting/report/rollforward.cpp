#include <array>
#include <map>
#include <optional>
#include <set>

#include "accounting/report/face.h"
#include "accounting/report/frame.h"
#include "accounting/report/movements.h"
#include "accounting/report/reports.h"
#include "accounting/report/row_refs.h"

namespace accrue {

namespace {

/// What the balances hold of one grant, liability and revenue above zero.
struct GrantMoney {
  std::int64_t liability_before = 0;  ///< at the end of the period before the range
  std::int64_t liability_at_end = 0;
  std::int64_t usage = 0;     ///< revenue of the range
  std::int64_t breakage = 0;  ///< of the range
  std::int64_t recognised = 0;  ///< to the end of the range
};

/// One tranche's row, every movement signed so that opening plus the others is closing.
struct LiabilityRow {
  std::int64_t opening = 0;
  std::int64_t granted = 0;
  std::int64_t usage = 0;
  std::int64_t breakage = 0;
  std::int64_t modification = 0;
  std::int64_t refunded = 0;
  std::int64_t other = 0;
  std::int64_t closing = 0;

  static constexpr std::array names{"opening",      "granted",  "usage", "breakage",
                                    "modification", "refunded", "other", "closing"};
  std::array<std::int64_t, 8> values() const {
    return {opening, granted, usage, breakage, modification, refunded, other, closing};
  }
};

struct FaceRow {
  static constexpr std::array names{"face_opening", "face_granted", "face_drawn",
                                    "face_expired", "face_voided",  "face_closing"};
  std::array<Decimal, 6> values;
};

class Rollforward {
 public:
  Rollforward(const BookView& view, PeriodRange range, OriginView by)
      : view_{view}, state_{view.state}, range_{range}, by_{by}, faces_{view, by} {}

  Report build() {
    Report report = start_report(view_, "rollforward", "Contract liability roll-forward", range_,
                                 by_);
    add_columns(report);
    gather();
    for (const HeldGrant& held : state_.grants) {
      if (received_in(held) <= range_.last) add_row(report, held);
    }
    sort_rows(report);
    add_totals(report);
    add_checks(report);
    return report;
  }

 private:
  static void add_columns(Report& report) {
    report.columns = {{"investee", ColumnKind::key}, {"grant", ColumnKind::key}};
    const auto add_figures = [&](const auto& names) {
      // A movement that never happened may make way; the renderer keeps one that is not zero.
      for (const char* name : names) report.columns.push_back({name, ColumnKind::figure, 5});
    };
    add_figures(LiabilityRow::names);
    report.columns.push_back({"face_currency", ColumnKind::text});
    add_figures(FaceRow::names);
    for (Column& column : report.columns) {
      if (column.name.ends_with("opening") || column.name.ends_with("closing")) {
        column.hide_rank = 0;
      }
    }
    report.columns.push_back({"ref", ColumnKind::text, 9});
    report.row_sums = {{"closing", {LiabilityRow::names.begin(), LiabilityRow::names.end() - 1}}};
  }

  Period received_in(const HeldGrant& held) const {
    return counted_in(by_, state_, held.record, Period::of(held.grant.received_on));
  }

  void gather() {
    for (const auto& [key, amount] : view_.balances) {
      const Account& account = key.account;
      const Period period = counted_in(by_, key);
      if (account.grant.empty() || period > range_.last) continue;
      GrantMoney& money = money_[account.grant];
      const bool is_before = period < range_.first;
      if (account.role == AccountRole::contract_liability) {
        money.liability_at_end -= amount;
        if (is_before) money.liability_before -= amount;
      } else if (account.role == AccountRole::revenue) {
        money.recognised -= amount;
        if (is_before) continue;
        (account.kind == RevenueKind::breakage ? money.breakage : money.usage) -= amount;
      }
    }
  }

  void add_row(Report& report, const HeldGrant& held) {
    const Grant& grant = held.grant;
    const GrantMoney money = money_[grant.id];
    LiabilityRow row{.opening = money.liability_before,
                     .granted = range_.contains(received_in(held)) ? grant.price_minor_units : 0,
                     .usage = -money.usage,
                     .breakage = -money.breakage,
                     .closing = money.liability_at_end};
    row.other = row.closing - row.opening - row.granted - row.usage - row.breakage;

    const FaceAt before = faces_.at_end_of(range_.first.previous(), held);
    const FaceAt at_end = faces_.at_end_of(range_.last, held);
    const FaceRow face{{before.left(), at_end.granted - before.granted,
                        before.drawn - at_end.drawn, before.expired - at_end.expired, Decimal{},
                        at_end.left()}};

    std::vector<Cell> cells{grant.investee, grant.id};
    const auto values = row.values();
    for (std::size_t i = 0; i < values.size(); ++i) {
      cells.push_back(money_figure(state_, values[i]));
      liability_totals_[i] += values[i];
    }
    cells.push_back(std::string{grant.face.currency.code()});
    for (std::size_t i = 0; i < face.values.size(); ++i) {
      cells.push_back(exact_figure(face.values[i], grant.face.currency));
      face_totals_[i] += face.values[i];
    }
    face_currencies_.insert(grant.face.currency);
    cells.push_back(rollforward_row_ref(by_, range_, grant.id));
    report.rows.push_back(std::move(cells));

    price_less_parts_ += std::abs(grant.price_minor_units - money.recognised -
                                  money.liability_at_end);
    other_ += std::abs(row.other);
    face_out_of_bounds_ += below_zero(at_end, by_);
  }

  void add_totals(Report& report) const {
    for (std::size_t i = 0; i < liability_totals_.size(); ++i) {
      report.totals.push_back({LiabilityRow::names[i], money_figure(state_, liability_totals_[i])});
      report.column_sums.push_back({LiabilityRow::names[i], LiabilityRow::names[i]});
    }
    if (face_currencies_.size() != 1) return;
    const Currency currency = *face_currencies_.begin();
    report.totals.push_back({"face_currency", std::string{currency.code()}});
    for (std::size_t i = 0; i < face_totals_.size(); ++i) {
      report.totals.push_back({FaceRow::names[i], exact_figure(face_totals_[i], currency)});
      report.column_sums.push_back({FaceRow::names[i], FaceRow::names[i]});
    }
  }

  /// Contract liability in the trial balance, of all accounts, rows or not.
  std::int64_t liability_in_trial_balance(Period through) const {
    return -balance_at_end(view_, AccountRole::contract_liability, through, by_);
  }

  void add_checks(Report& report) const {
    const std::int64_t opening = liability_totals_.front();
    const std::int64_t closing = liability_totals_.back();
    const int face_digits =
        face_currencies_.empty() ? 0 : face_currencies_.begin()->minor_digits();
    report.checks = {
        {"face = drawn + left + expired + voided, each zero or more",
         {face_out_of_bounds_, face_digits}},
        {"price received = recognised + contract liability",
         money_figure(state_, price_less_parts_)},
        {"closing = contract liability in the trial balance",
         money_figure(state_, closing - liability_in_trial_balance(range_.last))},
        {"opening = closing of the period before",
         money_figure(state_,
                      opening - liability_in_trial_balance(range_.first.previous()))},
        {"opening + movements = closing", money_figure(state_, other_)}};
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  Faces faces_;
  std::map<std::string, GrantMoney> money_;
  std::array<std::int64_t, 8> liability_totals_{};
  std::array<Decimal, 6> face_totals_{};
  std::set<Currency> face_currencies_;
  std::int64_t price_less_parts_ = 0;
  std::int64_t other_ = 0;
  Decimal face_out_of_bounds_;
};

}  // namespace

Result<Report> rollforward_report(const BookView& view, PeriodRange range, OriginView by) {
  return Rollforward{view, range, by}.build();
}

}  // namespace accrue
