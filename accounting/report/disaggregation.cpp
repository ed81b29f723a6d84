#include <array>
#include <map>
#include <set>
#include <string>

#include "accounting/recognition/recognise.h"
#include "accounting/report/disclosures.h"
#include "accounting/report/frame.h"
#include "accounting/report/investee_revenue.h"
#include "accounting/report/ref.h"
#include "accounting/report/row_refs.h"
#include "accounting/report/shares.h"

namespace accrue {

namespace {

/// Revenue under one value of the dimension, in minor units.
struct Split {
  std::int64_t credits = 0;
  std::int64_t breakage = 0;
  std::int64_t cash = 0;

  static constexpr std::array names{"credits", "breakage", "cash"};
  std::array<std::int64_t, 3> values() const { return {credits, breakage, cash}; }
  std::int64_t sum() const { return credits + breakage + cash; }
  std::int64_t& of(const Account& account) {
    if (account.grant.empty()) return cash;
    return account.kind == RevenueKind::breakage ? breakage : credits;
  }
};

/// What was drawn where one cell of revenue was earned.
struct DrawnThere {
  std::map<RevenueSpot, Int1024> by_sku;  ///< (SKU, ""): exact draws, in units of Decimal
  std::set<std::string> currencies;
  Int1024 sum = 0;
};


class Disaggregation {
 public:
  Disaggregation(const BookView& view, PeriodRange range, OriginView by, Dimension dimension)
      : view_{view}, state_{view.state}, range_{range}, by_{by}, dimension_{dimension} {}

  Report build() {
    const std::string name{to_string(dimension_)};
    Report report = start_report(view_, "disaggregation", "Revenue by " + name, range_, by_);
    report.columns = {{name, ColumnKind::key}};
    for (const char* column : Split::names) report.columns.push_back({column, ColumnKind::figure, 4});
    report.columns.push_back({"revenue", ColumnKind::figure});
    report.columns.push_back({"percent", ColumnKind::figure});
    report.columns.push_back({"ref", ColumnKind::text, 9});
    gather();
    add_rows(report);
    sort_rows(report);
    add_totals(report);
    return report;
  }

 private:
  void gather() {
    if (dimension_ == Dimension::sku) gather_draws();
    for (const auto& [key, amount] : view_.balances) {
      const Account& account = key.account;
      if (account.role != AccountRole::revenue || !range_.contains(counted_in(by_, key))) continue;
      if (amount == 0) continue;
      accounts_[account] -= amount;
      if (dimension_ == Dimension::sku) {
        cells_[key] -= amount;
      } else {
        splits_[value_of(account)].of(account) -= amount;
      }
    }
    for (const auto& [key, amount] : cells_) split_by_sku(key, amount);
  }

  std::string value_of(const Account& account) const {
    switch (dimension_) {
      case Dimension::service: return account.service;
      case Dimension::region: return account.region;
      case Dimension::funding: return funding_of(account);
      case Dimension::grant: return account.grant;
      case Dimension::investee: return account.investee;
      case Dimension::sku: break;
    }
    return {};
  }

  /// The cell of usage revenue that a draw of the posting period brought.
  BalanceKey cell_of_draw(Period posting, const DrawKey& key) const {
    const HeldGrant* const held = key.grant.empty() ? nullptr : state_.find_grant(key.grant);
    return {{.role = AccountRole::revenue,
             .kind = RevenueKind::usage,
             .investee = key.investee,
             .investment = held == nullptr ? "" : held->grant.investment,
             .grant = key.grant,
             .service = key.service,
             .region = key.region},
            posting,
            key.origin_period};
  }

  void gather_draws() {
    for (const PostedDraws& posted : view_.draws) {
      for (const auto& [key, amount] : posted.totals) {
        const BalanceKey cell = cell_of_draw(posted.posting_period, key);
        DrawnThere& there = drawn_[cell];
        const Int1024 units{amount.units()};
        there.by_sku[{key.sku, ""}] += units;
        there.currencies.insert(key.currency);
        there.sum += units;
        // What SKUs draw and take back may leave a cell of nothing.
        if (range_.contains(counted_in(by_, cell))) cells_.try_emplace(cell);
      }
    }
  }

  /// Each SKU earns what it drew at the grant's price (in cash: its part of the cell), rounded as
  /// accounts under one total are.
  void split_by_sku(const BalanceKey& key, std::int64_t amount) {
    const Account& account = key.account;
    const auto found = drawn_.find(key);
    const HeldGrant* const held = account.grant.empty() ? nullptr : state_.find_grant(account.grant);
    const bool has_draws = account.kind == RevenueKind::usage && found != drawn_.end();
    if (!has_draws || (held == nullptr && !is_divisible(found->second))) {
      splits_[""].of(account) += amount;
      return;
    }
    const DrawnThere& there = found->second;
    const bool is_below = held == nullptr && there.sum < 0;
    const Int1024 factor{held != nullptr ? held->grant.price_minor_units
                                         : (is_below ? -amount : amount)};
    const Int1024 denominator =
        held != nullptr ? Int1024{held->grant.face.value.units()}
                        : (is_below ? Int1024{-there.sum} : there.sum);
    std::map<RevenueSpot, Int1024> numerators;
    for (const auto& [sku, units] : there.by_sku) {
      if (units != 0) numerators[sku] = Int1024{units * factor};
    }
    if (numerators.empty()) {
      splits_[""].of(account) += amount;
      return;
    }
    for (const auto& [sku, part] : spread(amount, numerators, denominator)) {
      splits_[sku.first].of(account) += part;
    }
  }

  /// Cash of several currencies, each at the rates of its days, is not told apart by SKU.
  bool is_divisible(const DrawnThere& there) {
    const bool is_one = there.currencies.size() == 1;
    has_mixed_cash_ = has_mixed_cash_ || !is_one;
    return is_one && there.sum != 0;
  }

  void add_rows(Report& report) {
    std::vector<std::int64_t> amounts;
    for (const auto& [value, split] : splits_) amounts.push_back(split.sum());
    const std::vector<std::optional<Figure>> shares = shares_of(amounts);
    std::size_t next = 0;
    for (const auto& [value, split] : splits_) {
      const std::string ref = make_ref({ref_head("disaggregation", by_), to_text(range_),
                                        std::string{to_string(dimension_)}, value});
      std::vector<Cell> cells{value.empty() ? Cell{} : Cell{value}};
      for (const std::int64_t amount : split.values()) {
        cells.push_back(money_figure(state_, amount));
      }
      cells.push_back(money_figure(state_, split.sum()));
      const std::optional<Figure>& share = shares[next++];
      cells.push_back(share ? Cell{*share} : Cell{});
      cells.push_back(ref);
      report.rows.push_back(std::move(cells));
      total_ += split.sum();
    }
    report.row_sums = {{"revenue", {"credits", "breakage", "cash"}}};
    add_sources(report);
  }

  void add_sources(Report& report) const {
    Split none;
    for (const auto& [account, amount] : accounts_) {
      // Of SKUs only breakage, which has none, is a sum of accounts.
      const bool is_sum =
          dimension_ != Dimension::sku || account.kind == RevenueKind::breakage;
      if (amount == 0 || !is_sum) continue;
      const std::int64_t* const of = &none.of(account);
      const char* const column = of == &none.cash       ? "cash"
                                 : of == &none.breakage ? "breakage"
                                                        : "credits";
      report.sources.push_back(
          {make_ref({ref_head("disaggregation", by_), to_text(range_),
                     std::string{to_string(dimension_)}, value_of(account)}) +
               "#" + column,
           FigureSource::Sign::plus, period_row_ref(by_, range_, account) + "#revenue"});
    }
  }

  void add_totals(Report& report) const {
    Split all;
    for (const auto& [value, split] : splits_) {
      all.credits += split.credits;
      all.breakage += split.breakage;
      all.cash += split.cash;
    }
    const auto values = all.values();
    for (std::size_t i = 0; i < values.size(); ++i) {
      report.totals.push_back({Split::names[i], money_figure(state_, values[i])});
      report.column_sums.push_back({Split::names[i], Split::names[i]});
    }
    report.totals.push_back({"revenue", money_figure(state_, total_)});
    report.column_sums.push_back({"revenue", "revenue"});
    std::int64_t of_accounts = 0;
    for (const auto& [account, amount] : accounts_) of_accounts += amount;
    report.checks = {{"revenue = revenue accounts moved in the range",
                      money_figure(state_, total_ - of_accounts)}};
    if (dimension_ == Dimension::sku) {
      report.notes.emplace_back("without a SKU: breakage, and what no draw of one explains");
    }
    if (has_mixed_cash_) {
      report.notes.emplace_back(
          "cash-funded usage in several currencies is not told apart by SKU");
    }
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  Dimension dimension_;
  std::map<BalanceKey, DrawnThere> drawn_;
  Balances cells_;  ///< revenue above zero, to be told apart by SKU
  std::map<Account, std::int64_t> accounts_;
  std::map<std::string, Split> splits_;
  std::int64_t total_ = 0;
  bool has_mixed_cash_ = false;
};

}  // namespace

std::string_view to_string(Dimension dimension) {
  switch (dimension) {
    case Dimension::service: return "service";
    case Dimension::sku: return "sku";
    case Dimension::region: return "region";
    case Dimension::funding: return "funding";
    case Dimension::grant: return "grant";
    case Dimension::investee: return "investee";
  }
  return {};
}

Result<Report> disaggregation_report(const BookView& view, PeriodRange range, OriginView by,
                                     Dimension dimension) {
  return Disaggregation{view, range, by, dimension}.build();
}

}  // namespace accrue
