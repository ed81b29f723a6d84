#include "ledger/intake/rate_card.h"

#include <array>
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "ledger/intake/toml_fields.h"

namespace accrue {

namespace {

constexpr std::string_view schema_name = "accrue.rate-card/1";
constexpr std::array<std::string_view, 4> root_keys{"schema", "id", "currency", "price"};
constexpr std::array<std::string_view, 6> price_keys{"service", "sku",       "region",
                                                     "unit",    "effective", "price"};

using Named = std::tuple<bool, bool, bool>;

Named named_by(const UnitPrice& price) {
  return {!price.sku.empty(), !price.service.empty(), !price.region.empty()};
}

bool is_for(const UnitPrice& price, const MeteredItem& item) {
  const auto admits = [](const std::string& named, std::string_view stated) {
    return named.empty() || named == stated;
  };
  return price.unit == item.unit && price.effective_on <= item.on &&
         admits(price.service, item.service) && admits(price.sku, item.sku) &&
         admits(price.region, item.region);
}

class RateCardReader {
 public:
  explicit RateCardReader(const TomlDocument& document)
      : document_{document}, errors_{document}, root_{document.root(), "the rate card", errors_} {}

  Result<RateCard> read() {
    if (!check_schema(document_, schema_name, errors_)) return errors_.in_line_order();
    root_.refuse_unknown_keys(root_keys);
    root_.require("id", "write it like  id = \"gpu-2024\"");
    root_.require("currency", "write it like  currency = \"USD\"");
    const std::optional<std::string> id = root_.id("id");
    const std::optional<Currency> currency = read_currency();
    read_prices();
    if (errors_.any()) return errors_.in_line_order();
    return RateCard{*id, *currency, std::move(prices_)};
  }

 private:
  std::optional<Currency> read_currency() {
    const std::optional<std::string> code = root_.text("currency");
    if (!code) return std::nullopt;
    Result<Currency> currency = Currency::from_code(*code);
    if (currency.ok()) return *currency;
    root_.refuse("currency", currency.error());
    return std::nullopt;
  }

  void read_prices() {
    root_.require("price", "write one or more  [[price]]");
    const TomlNode* list = root_.find("price");
    if (list == nullptr) return;
    if (list->kind != TomlNode::Kind::array) {
      root_.refuse("price", Error{.code = ErrorCode::bad_value,
                                  .message = "price must be a list of tables, not " +
                                             std::string{list->kind_name()},
                                  .hint = "write each as  [[price]]"});
      return;
    }
    for (const TomlNode& node : list->children) read_price(TomlTable{node, "[[price]]", errors_});
  }

  void read_price(const TomlTable& table) {
    table.refuse_unknown_keys(price_keys);
    table.require("unit", "write it like  unit = \"gpu-hour\"");
    table.require("effective", "write it like  effective = 2024-01-01");
    table.require("price", "write it like  price = \"2.35\"");
    UnitPrice price;
    price.service = table.text("service").value_or("");
    price.sku = table.text("sku").value_or("");
    price.region = table.text("region").value_or("");
    const std::optional<std::string> unit = table.text("unit");
    const std::optional<Date> effective_on = table.date("effective");
    const std::optional<Decimal> amount = read_amount(table);
    if (!unit || !effective_on || !amount) return;
    price.unit = *unit;
    price.effective_on = *effective_on;
    price.price = *amount;
    if (!seen_.insert({price.service, price.sku, price.region, price.unit, price.effective_on})
             .second) {
      table.refuse("effective",
                   Error{.code = ErrorCode::duplicate_id,
                         .message = "a price for the same item, unit and day stands above",
                         .hint = "remove one of the two"});
      return;
    }
    prices_.push_back(std::move(price));
  }

  static std::string price_hint(std::string_view key, std::string_view written) {
    return fmt::format("write it in quotes:  {} = \"{}\"", key, written);
  }

  static std::optional<Decimal> read_amount(const TomlTable& table) {
    const TomlNode* const value = table.quoted("price", price_hint);
    if (value == nullptr) return std::nullopt;
    const Result<Decimal> amount = Decimal::parse(value->text);
    if (!amount.ok()) {
      table.refuse("price", amount.error());
      return std::nullopt;
    }
    // A price below zero would make credit out of use.
    if (amount->sign() < 0) {
      table.refuse("price", Error{.code = ErrorCode::bad_value,
                                  .message = fmt::format("the price is {}; it must be zero or more",
                                                         amount->to_string()),
                                  .hint = "a refund is an event with a quantity below zero"});
      return std::nullopt;
    }
    return *amount;
  }

  const TomlDocument& document_;
  TomlErrors errors_;
  TomlTable root_;
  std::vector<UnitPrice> prices_;
  std::set<std::tuple<std::string, std::string, std::string, std::string, Date>> seen_;
};

}  // namespace

const UnitPrice* price_of(std::span<const RateCard> versions, const MeteredItem& item) {
  const UnitPrice* best = nullptr;
  for (const RateCard& card : versions) {
    for (const UnitPrice& price : card.prices) {
      if (!is_for(price, item)) continue;
      if (best == nullptr || std::tuple{named_by(price), price.effective_on} >=
                                 std::tuple{named_by(*best), best->effective_on}) {
        best = &price;
      }
    }
  }
  return best;
}

Result<RateCard> parse_rate_card(std::string_view text, std::string_view file) {
  ACCRUE_TRY(document, TomlDocument::parse(text, file));
  return RateCardReader{document}.read();
}

}  // namespace accrue
