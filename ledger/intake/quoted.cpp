#include "ledger/intake/quoted.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"

namespace accrue {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// The digits without underscores; nothing when the text is not `[-]digits[.digits]`.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string plain;
  if (text.starts_with('-')) {
    plain = "-";
    text.remove_prefix(1);
  }
  bool point = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      plain += text[i];
      continue;
    }
    const bool between_digits =
        i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    if (!between_digits) return std::nullopt;
    if (text[i] == '_') continue;
    if (text[i] != '.' || point) return std::nullopt;
    point = true;
    plain += '.';
  }
  if (plain.empty() || plain == "-") return std::nullopt;
  return plain;
}

/// Thousands commas as underscores; nothing when a comma could be meant as a decimal mark.
std::optional<std::string> without_commas(std::string_view number) {
  std::string mended{number};
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (number[i] != ',') continue;
    std::size_t digits = 0;
    while (i + digits + 1 < number.size() && is_digit(number[i + digits + 1])) ++digits;
    if (digits != 3) return std::nullopt;
    mended[i] = '_';
  }
  if (!without_underscores(mended)) return std::nullopt;
  return mended;
}

struct AmountParts {
  std::string number;
  std::string currency;
};

/// Tells the letters of an amount from the rest, whatever their order.
AmountParts parts_of(std::string_view text) {
  AmountParts parts;
  for (const char c : text) {
    if (is_letter(c)) {
      parts.currency += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    } else if (c != ' ') {
      parts.number += c;
    }
  }
  return parts;
}

Error not_a_number(std::string_view key, std::string_view text, std::string hint) {
  return Error{.code = ErrorCode::bad_decimal,
               .message = fmt::format("{}: {} is not a number of digits", key, shown(text)),
               .hint = std::move(hint)};
}

Error with_key(std::string_view key, Error error) {
  error.message = fmt::format("{}: {}", key, error.message);
  if (error.hint.empty()) error.hint = page_of(error.code).fix;
  return error;
}

}  // namespace

Result<Amount> parse_amount(std::string_view key, std::string_view text, Precision precision) {
  const std::size_t space = text.rfind(' ');
  const std::string_view code =
      space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
  if (code.empty() || !std::ranges::all_of(code, is_letter)) {
    const bool has_letters = std::ranges::any_of(text, is_letter);
    return Error{.code = has_letters ? ErrorCode::bad_decimal : ErrorCode::bad_currency,
                 .message = has_letters
                                ? fmt::format("{}: {} is not a number, a space and a currency", key,
                                              shown(text))
                                : fmt::format("{}: {} names no currency", key, shown(text)),
                 .hint = amount_hint(key, text)};
  }
  const auto currency = Currency::from_code(code);
  if (!currency.ok()) {
    return Error{.code = ErrorCode::bad_currency,
                 .message = fmt::format("{}: {} is not a currency of ISO 4217", key, shown(code)),
                 .hint = amount_hint(key, text)};
  }
  const std::string_view written = text.substr(0, space);
  const auto number = without_underscores(written);
  if (!number) return not_a_number(key, written, amount_hint(key, text));
  if (precision == Precision::exact) {
    const auto value = Decimal::parse(*number);
    if (!value.ok()) return with_key(key, value.error());
    return Amount{*value, *currency};
  }
  const auto money = Money::parse(*number, *currency);
  if (!money.ok()) return with_key(key, money.error());
  return Amount{money->to_decimal(), *currency};
}

Result<Decimal> parse_percent(std::string_view key, std::string_view text) {
  if (!text.ends_with('%')) {
    return Error{.code = ErrorCode::bad_value,
                 .message = fmt::format("{}: {} is not a percent", key, shown(text)),
                 .hint = percent_hint(key, text)};
  }
  const std::string_view written = text.substr(0, text.size() - 1);
  const auto number = without_underscores(written);
  if (!number) return not_a_number(key, written, percent_hint(key, written));
  const auto value = Decimal::parse(*number);
  if (!value.ok()) return with_key(key, value.error());
  return *value;
}

Result<Decimal> parse_rate(std::string_view key, std::string_view text) {
  const auto number = without_underscores(text);
  if (!number) return not_a_number(key, text, rate_hint(key, text));
  const auto value = Decimal::parse(*number);
  if (!value.ok()) return with_key(key, value.error());
  return *value;
}

std::string amount_hint(std::string_view key, std::string_view text) {
  const AmountParts parts = parts_of(text);
  const auto number = without_commas(parts.number);
  if (number && parts.currency.empty()) {
    return fmt::format("write  {} = \"{} USD\", with the currency it is in", key, *number);
  }
  if (number && Currency::from_code(parts.currency).ok()) {
    return fmt::format("write  {} = \"{} {}\"", key, *number, parts.currency);
  }
  return fmt::format("write it like  {} = \"300_000_000 USD\"", key);
}

std::string percent_hint(std::string_view key, std::string_view text) {
  // A bare 0.36 may mean 36 percent: only what cannot be a fraction of one is taken up.
  std::string written;
  std::ranges::copy_if(text, std::back_inserter(written),
                       [](char c) { return c != ' ' && c != '%'; });
  const auto number = without_underscores(written);
  const auto value = number ? Decimal::parse(*number) : Result<Decimal>{Decimal{}};
  if (value.ok() && *value >= Decimal::from_integer(1)) {
    return fmt::format("write  {} = \"{}%\"", key, written);
  }
  return fmt::format("write it like  {} = \"36%\"", key);
}

std::string rate_hint(std::string_view key, std::string_view text) {
  if (without_underscores(text)) return fmt::format("write  {} = \"{}\"", key, text);
  return fmt::format("write it like  {} = \"7.2\"", key);
}

std::string shown_amount(const Amount& amount) {
  std::string digits = amount.value.to_string(amount.currency.minor_digits());
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  std::size_t at = std::min(digits.find('.'), digits.size());
  while (at > first + 3) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits + " " + std::string{amount.currency.code()};
}

}  // namespace accrue
