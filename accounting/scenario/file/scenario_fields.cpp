#include "accounting/scenario/file/scenario_fields.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"
#include "ledger/intake/quoted.h"

namespace accrue {

namespace {

const Decimal hundred = Decimal::from_integer(100);

constexpr std::size_t longest_id = 64;

std::string month_hint(std::string_view key, std::string_view) {
  return fmt::format("write it like  {} = \"2025-01\"", key);
}

std::string_view words_of(PercentRange range) {
  switch (range) {
    case PercentRange::above_zero:
      return "above 0%";
    case PercentRange::zero_or_more:
      return "0% or more";
    case PercentRange::zero_to_hundred:
      return "from 0% to 100%";
    case PercentRange::above_minus_hundred:
      return "above -100%";
    case PercentRange::minus_hundred_or_more:
      return "-100% or more";
  }
  return "";
}

bool lies_within(const Decimal& percent, PercentRange range) {
  switch (range) {
    case PercentRange::above_zero:
      return percent.sign() > 0;
    case PercentRange::zero_or_more:
      return percent.sign() >= 0;
    case PercentRange::zero_to_hundred:
      return percent.sign() >= 0 && percent <= hundred;
    case PercentRange::above_minus_hundred:
      return percent > -hundred;
    case PercentRange::minus_hundred_or_more:
      return percent >= -hundred;
  }
  return false;
}

bool is_id(std::string_view text) {
  const auto is_letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= longest_id && std::ranges::all_of(text, is_letter);
}

}  // namespace

void refuse_value(const TomlTable& table, std::string_view key, std::string message,
                  std::string hint) {
  table.refuse(
      key,
      Error{.code = ErrorCode::bad_value, .message = std::move(message), .hint = std::move(hint)});
}

std::optional<Period> month(const TomlTable& table, std::string_view key) {
  const TomlNode* value = table.quoted(key, month_hint);
  if (value == nullptr) return std::nullopt;
  const auto period = Period::parse(value->text);
  if (period.ok()) return *period;
  refuse_value(table, key, fmt::format("{}: {} is not a month", key, shown(value->text)),
               month_hint(key, {}));
  return std::nullopt;
}

std::optional<Decimal> percent_within(const TomlTable& table, std::string_view key,
                                      PercentRange range) {
  const auto percent = table.percent(key);
  if (!percent || lies_within(*percent, range)) return percent;
  refuse_value(table, key,
               fmt::format("{} is {}%; it must be {}", key, percent->to_string(), words_of(range)),
               percent_hint(key, ""));
  return std::nullopt;
}

std::optional<Decimal> percent_of(std::string_view key, const TomlNode& item, PercentRange range,
                                  TomlErrors& errors) {
  const auto percent = parse_percent(key, item.text);
  if (percent.ok() && lies_within(*percent, range)) return *percent;
  Error error = percent.ok() ? Error{.code = ErrorCode::bad_value,
                                     .message = fmt::format("{}: {}% must be {}", key,
                                                            percent->to_string(), words_of(range))}
                             : percent.error();
  error.hint = "write each like  \"90%\"";
  errors.add(item.span, std::move(error));
  return std::nullopt;
}

std::optional<int> whole_number(const TomlTable& table, std::string_view key, WholeRange range) {
  const auto number = table.integer(key);
  if (!number || (*number >= range.least && *number <= range.most)) return number;
  refuse_value(
      table, key,
      fmt::format("{} is {}; it must be from {} to {}", key, *number, range.least, range.most),
      fmt::format("write it like  {} = {}", key, std::min(range.most, 12)));
  return std::nullopt;
}

std::optional<Amount> unit_amount(const TomlTable& table, std::string_view key, Floor floor) {
  const TomlNode* value = table.quoted(key, amount_hint);
  if (value == nullptr) return std::nullopt;
  const auto amount = parse_amount(key, value->text, Precision::exact);
  if (!amount.ok()) {
    table.refuse(key, amount.error());
    return std::nullopt;
  }
  if (amount->value.sign() > 0 || (amount->value.is_zero() && floor == Floor::zero)) return *amount;
  refuse_value(table, key,
               fmt::format("{} is {}; it must be {}", key, shown_amount(*amount),
                           floor == Floor::zero ? "zero or more" : "above zero"),
               amount_hint(key, ""));
  return std::nullopt;
}

std::optional<Currency> currency_code(const TomlTable& table, std::string_view key) {
  const auto code = table.text(key);
  if (!code) return std::nullopt;
  const auto currency = Currency::from_code(*code);
  if (currency.ok()) return *currency;
  table.refuse(
      key, Error{.code = ErrorCode::bad_currency,
                 .message = fmt::format("{}: {} is not a currency of ISO 4217", key, shown(*code)),
                 .hint = fmt::format("write it like  {} = \"USD\"", key)});
  return std::nullopt;
}

std::optional<std::string> grant_id(const TomlTable& table, std::string_view key) {
  auto text = table.text(key);
  if (!text) return std::nullopt;
  const std::size_t slash = text->find('/');
  const std::string_view whole{*text};
  const bool good = slash == std::string::npos
                        ? is_id(whole)
                        : is_id(whole.substr(0, slash)) && is_id(whole.substr(slash + 1));
  if (good) return text;
  refuse_value(table, key, fmt::format("{} is not the id of a grant", shown(*text)),
               fmt::format("write it as `grant list` prints it, like  {} = \"T1\"", key));
  return std::nullopt;
}

std::optional<std::string> line_of_text(const TomlTable& table, std::string_view key) {
  auto text = table.text(key);
  if (!text) return std::nullopt;
  if (printable_line(*text) == *text && text->find('\t') == std::string::npos) return text;
  refuse_value(table, key, fmt::format("{}: {} is not one line of text", key, shown(*text)),
               "remove what cannot be printed");
  return std::nullopt;
}

std::vector<const TomlNode*> quoted_items(const TomlTable& table, std::string_view key,
                                          std::string_view example, TomlErrors& errors) {
  const TomlNode* list = table.find(key);
  std::vector<const TomlNode*> items;
  if (list == nullptr) return items;
  const std::string hint = fmt::format("write it like  {} = {}", key, example);
  if (list->kind != TomlNode::Kind::array || list->children.empty()) {
    refuse_value(table, key,
                 list->kind == TomlNode::Kind::array
                     ? fmt::format("{} is an empty list", key)
                     : fmt::format("{} takes a list, found {}", key, list->kind_name()),
                 hint);
    return items;
  }
  bool refused = false;
  for (const TomlNode& item : list->children) {
    if (item.kind == TomlNode::Kind::text) {
      items.push_back(&item);
      continue;
    }
    refused = true;
    const bool is_number =
        item.kind == TomlNode::Kind::integer || item.kind == TomlNode::Kind::floating;
    errors.add(
        item.span,
        Error{.code = is_number ? ErrorCode::money_not_quoted : ErrorCode::bad_value,
              .message = fmt::format("{} lists quoted strings, found {}", key, item.kind_name()),
              .hint = hint});
  }
  if (refused) items.clear();
  return items;
}

std::vector<TomlTable> tables_of(const TomlTable& table, std::string_view key,
                                 std::string_view name, std::string_view form, TomlErrors& errors) {
  const TomlNode* list = table.find(key);
  std::vector<TomlTable> tables;
  if (list == nullptr) return tables;
  const auto refuse = [&](const TomlNode& node) {
    errors.add(node.span, Error{.code = ErrorCode::bad_value,
                                .message = fmt::format("{} takes a list of tables, found {}", key,
                                                       node.kind_name()),
                                .hint = fmt::format("write it like  {}", form)});
  };
  if (list->kind != TomlNode::Kind::array || list->children.empty()) {
    refuse(*list);
    return tables;
  }
  for (const TomlNode& node : list->children) {
    if (node.kind == TomlNode::Kind::table) {
      tables.emplace_back(node, std::string{name}, errors);
    } else {
      refuse(node);
    }
  }
  return tables;
}

}  // namespace accrue
