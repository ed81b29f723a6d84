#include "cli/assumed_usage.h"

#include <initializer_list>
#include <string_view>

namespace accrue {

namespace {

/// As the file must give it back: programs read it, so nothing is put before a formula.
std::string field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
  return quoted + '"';
}

void add_line(std::string& csv, std::initializer_list<std::string_view> fields) {
  bool is_first = true;
  for (const std::string_view text : fields) {
    if (!is_first) csv += ',';
    csv += field(text);
    is_first = false;
  }
  csv += '\n';
}

}  // namespace

std::string assumed_usage_csv(const Forecast& forecast) {
  const TimeZone& zone = forecast.books.state().zone;
  std::string csv;
  add_line(csv, {"BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "BillingCurrency",
                 "BillingAccountId", "SubAccountId", "BillingPeriodStart", "BillingPeriodEnd",
                 "ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory", "ChargeClass",
                 "ServiceName", "SkuId", "RegionId"});
  for (const Charge& charge : forecast.assumed_charges) {
    const std::string amount = charge.amount.to_string();
    const Date day = zone.date_of(charge.at);
    const Period period = Period::of(day);
    const ChargeKey& key = charge.key;
    add_line(csv, {amount, amount, amount, amount, key.currency, key.billing_account,
                   key.sub_account, zone.begin_of(period).to_string(),
                   zone.end_of(period).to_string(), charge.at.to_string(),
                   zone.midnight(Date{day.days + 1}).to_string(), "Usage", "", key.service,
                   key.sku, key.region});
  }
  return csv;
}

}  // namespace accrue
