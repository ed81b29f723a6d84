#include "accounting/scenario/walk/forecast_figures.h"

#include <algorithm>
#include <array>
#include <set>

#include "accounting/posting/view.h"
#include "accounting/report/face.h"
#include "accounting/scenario/exact.h"

namespace accrue {

namespace {

/// Months of a forecast by investee, filled cell by cell.
class Figures {
 public:
  Figures(Forecast& forecast, const BookView& view)
      : forecast_{forecast}, view_{view}, faces_{view, OriginView::as_reported} {
    std::set<std::string> investees;
    for (const HeldInvestment& held : view.state.investments) {
      investees.insert(held.investment.investee);
    }
    forecast.by_month = blank_months();
    for (const std::string& investee : investees) {
      forecast.by_investee.emplace(investee, blank_months());
    }
  }

  void add_money() {
    for (const auto& [key, amount] : view_.balances) {
      if (key.account.role == AccountRole::contract_liability) add_liability(key, amount);
      if (key.account.role == AccountRole::revenue) add_revenue(key, amount);
    }
  }

  void add_faces() {
    std::set<Currency> currencies;
    for (const HeldGrant& held : view_.state.grants) {
      const Grant& grant = held.grant;
      currencies.insert(grant.face.currency);
      const std::vector<FaceAt> faces = faces_.through(forecast_.months, held);
      for (std::size_t month = 0; month + 1 < faces.size(); ++month) {
        const FaceAt& before = faces[month];
        const FaceAt& at_end = faces[month + 1];
        for (ForecastMonth* figures : both(grant.investee, month)) {
          figures->drawn += at_end.drawn - before.drawn;
          figures->expired += at_end.expired - before.expired;
          figures->left += at_end.left();
        }
      }
      add_grant(grant, faces);
    }
    if (currencies.size() == 1) forecast_.face_currency = *currencies.begin();
  }

  void add_used(const UsageHistory& used) {
    for (const auto& [investee, ignored] : forecast_.by_investee) {
      std::set<std::string> currencies;
      for (const HeldGrant& held : view_.state.grants) {
        if (held.grant.investee == investee) {
          currencies.insert(std::string{held.grant.face.currency.code()});
        }
      }
      for (const std::string& currency : currencies) {
        const std::vector<Decimal> months =
            used.by_month(investee, currency, forecast_.months.last);
        const auto count = static_cast<std::size_t>(forecast_.months.month_count());
        for (std::size_t back = 1; back <= std::min(count, months.size()); ++back) {
          for (ForecastMonth* figures : both(investee, count - back)) {
            figures->used += months[months.size() - back];
          }
        }
      }
    }
  }

  void add_cost() {
    for (const Charge& charge : forecast_.assumed_charges) {
      const Period period = view_.state.zone.period_of(charge.at);
      const auto month = static_cast<std::size_t>(period.months - forecast_.months.first.months);
      const Ratio cost = cost_of(charge, month);
      if (cost == 0) continue;
      for (ForecastMonth* figures : both(charge.key.investee, month)) figures->cost += cost;
    }
  }

 private:
  std::vector<ForecastMonth> blank_months() const {
    std::vector<ForecastMonth> months;
    for (Period period = forecast_.months.first; period <= forecast_.months.last;
         period = period.next()) {
      months.emplace_back().period = period;
    }
    return months;
  }

  std::array<ForecastMonth*, 2> both(const std::string& investee, std::size_t month) {
    // Usage can be that of an investee whose deal the book does not know.
    auto [own, ignored] = forecast_.by_investee.try_emplace(investee, blank_months());
    return {&forecast_.by_month[month], &own->second[month]};
  }

  void add_revenue(const BalanceKey& key, std::int64_t amount) {
    if (!forecast_.months.contains(key.posting_period)) return;
    const auto month = static_cast<std::size_t>(key.posting_period.months -
                                                forecast_.months.first.months);
    for (ForecastMonth* figures : both(key.account.investee, month)) {
      if (key.account.grant.empty()) {
        figures->cash_revenue -= amount;
      } else if (key.account.kind == RevenueKind::breakage) {
        figures->breakage -= amount;
      } else {
        figures->credit_revenue -= amount;
      }
    }
  }

  void add_liability(const BalanceKey& key, std::int64_t amount) {
    const Grant& grant = view_.state.find_grant(key.account.grant)->grant;
    const int from =
        std::max(key.posting_period.months - forecast_.months.first.months, 0);
    for (int month = from; month < forecast_.months.month_count(); ++month) {
      for (ForecastMonth* figures : both(grant.investee, static_cast<std::size_t>(month))) {
        figures->liability -= amount;
      }
    }
  }

  void add_grant(const Grant& grant, const std::vector<FaceAt>& faces) {
    GrantEnd end{.grant = grant.id,
                 .investee = grant.investee,
                 .currency = std::string{grant.face.currency.code()},
                 .face = grant.face.value,
                 .expired_in = std::nullopt,
                 .expired = faces.back().expired,
                 .left = faces.back().left()};
    if (grant.expiry_period && forecast_.months.contains(*grant.expiry_period)) {
      end.expired_in = grant.expiry_period;
    }
    forecast_.grants.push_back(std::move(end));
  }

  /// Of the volume at the prices of the start: a price that moves changes no cost.
  Ratio cost_of(const Charge& charge, std::size_t month) const {
    for (const Flow& flow : forecast_.plan.flows) {
      if (flow.key != charge.key || flow.cost_rate == 0 || flow.price[month] == 0) continue;
      return ratio_of(charge.amount) / flow.price[month] * flow.cost_rate;
    }
    return 0;
  }

  Forecast& forecast_;
  const BookView& view_;
  Faces faces_;
};

}  // namespace

void add_figures(Forecast& forecast, const UsageHistory& used) {
  const BookView view =
      load_view(forecast.books.store(), forecast.books.store().record_count());
  Figures figures{forecast, view};
  figures.add_money();
  figures.add_faces();
  figures.add_used(used);
  figures.add_cost();
  std::sort(forecast.grants.begin(), forecast.grants.end(),
            [](const GrantEnd& a, const GrantEnd& b) { return a.grant < b.grant; });
}

}  // namespace accrue
