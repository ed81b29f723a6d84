#include "accounting/scenario/walk/saved_forecast.h"

#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/face.h"
#include "ledger/error/check.h"

namespace accrue {

namespace {

int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  LEDGER_CHECK(digit >= 'a' && digit <= 'f', std::string{digit}, "a hexadecimal digit");
  return digit - 'a' + 10;
}

std::string bytes_of(std::string_view hexadecimal) {
  LEDGER_CHECK(hexadecimal.size() % 2 == 0, std::string{hexadecimal}, "pairs of digits");
  std::string bytes;
  for (std::size_t i = 0; i < hexadecimal.size(); i += 2) {
    bytes += static_cast<char>(value_of(hexadecimal[i]) * 16 + value_of(hexadecimal[i + 1]));
  }
  return bytes;
}

/// Period, investee, grant, currency.
using RowKey = std::tuple<Period, std::string, std::string, std::string>;

class Rows {
 public:
  Rows(const BookView& view, PeriodRange months) : view_{view}, months_{months} {}

  std::vector<ForecastRow> take() {
    add_faces();
    add_cash_draws();
    add_revenue();
    std::vector<ForecastRow> list;
    for (auto& [key, row] : rows_) {
      std::tie(row.period, row.investee, row.grant, row.currency) = key;
      list.push_back(std::move(row));
    }
    return list;
  }

 private:
  static RowKey key_of(Period period, const Grant& grant) {
    return {period, grant.investee, grant.id, std::string{grant.face.currency.code()}};
  }

  void add_faces() {
    const Faces faces{view_, OriginView::as_reported};
    for (const HeldGrant& held : view_.state.grants) {
      const std::vector<FaceAt> at_end = faces.through(months_, held);
      for (std::size_t i = 1; i < at_end.size(); ++i) {
        const Period period{months_.first.months + static_cast<std::int32_t>(i) - 1};
        const Decimal drawn = at_end[i].drawn - at_end[i - 1].drawn;
        const Decimal expired = at_end[i].expired - at_end[i - 1].expired;
        const bool ends = held.grant.expiry_period == period;
        if (drawn.is_zero() && expired.is_zero() && !ends) continue;
        ForecastRow& row = rows_[key_of(period, held.grant)];
        row.drawn = drawn;
        row.expired = expired;
      }
    }
  }

  void add_cash_draws() {
    for (const PostedDraws& posted : view_.draws) {
      if (!months_.contains(posted.posting_period)) continue;
      for (const auto& [key, amount] : posted.totals) {
        if (!key.grant.empty()) continue;
        rows_[{posted.posting_period, key.investee, "", key.currency}].drawn += amount;
      }
    }
  }

  void add_revenue() {
    for (const auto& [key, amount] : view_.balances) {
      const Account& account = key.account;
      const bool counts =
          account.role == AccountRole::revenue && months_.contains(key.posting_period);
      if (!counts) continue;
      ForecastRow& row = account.grant.empty() ? cash_row(key.posting_period, account.investee)
                                               : grant_row(key.posting_period, account.grant);
      // Revenue is a credit.
      (account.kind == RevenueKind::breakage ? row.breakage_revenue : row.usage_revenue) -= amount;
    }
  }

  ForecastRow& grant_row(Period period, const std::string& grant) {
    return rows_[key_of(period, view_.state.find_grant(grant)->grant)];
  }

  ForecastRow& cash_row(Period period, const std::string& investee) {
    const auto first = rows_.lower_bound({period, investee, "", ""});
    if (first != rows_.end()) {
      const auto& [of_period, of_investee, grant, currency] = first->first;
      if (of_period == period && of_investee == investee && grant.empty()) return first->second;
    }
    return rows_[{period, investee, "", std::string{view_.state.functional().code()}}];
  }

  const BookView& view_;
  PeriodRange months_;
  std::map<RowKey, ForecastRow> rows_;
};

}  // namespace

ForecastSaved to_be_saved(const std::string& name, const Scenario& scenario,
                          const Forecast& forecast) {
  const Store& store = forecast.books.store();
  return {.name = name,
          .file = scenario.file,
          .text = scenario.text,
          .sha256 = bytes_of(scenario.sha256),
          .start_records = forecast.start_records,
          .start_root = bytes_of(forecast.start_root),
          .months = forecast.months,
          .rows = Rows{load_view(store, store.record_count()), forecast.months}.take()};
}

}  // namespace accrue
