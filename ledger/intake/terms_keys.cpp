#include "ledger/intake/terms_keys.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"
#include "ledger/intake/quoted.h"

namespace accrue {

namespace {

std::string expected_hint(std::string_view key, std::string_view text) {
  return text.ends_with('%') ? percent_hint(key, text) : amount_hint(key, text);
}

constexpr QuotedKey terms_quoted[] = {
    {"cash", amount_hint}, {"credits", amount_hint},           {"fair_value_of_stake", amount_hint},
    {"face", amount_hint}, {"transaction_price", amount_hint}, {"stake", percent_hint},
    {"ssp", percent_hint}, {"expected", expected_hint},        {"fixed_rate", rate_hint},
};
constexpr std::string_view terms_dates[] = {"signed", "issued", "begins", "expires", "from", "to"};

bool is_key_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The assignment on a line around a byte: its key and its value up to what ends a value.
struct Assignment {
  std::string_view key;
  std::string_view value;
  std::size_t value_begin = 0;
};

Assignment assignment_around(std::string_view line, std::size_t at) {
  const std::size_t equals = line.substr(0, at).rfind('=');
  if (equals == std::string_view::npos) return {};
  std::size_t key_end = equals;
  while (key_end > 0 && is_blank(line[key_end - 1])) --key_end;
  std::size_t key_begin = key_end;
  while (key_begin > 0 && is_key_letter(line[key_begin - 1])) --key_begin;
  std::size_t begin = equals + 1;
  while (begin < line.size() && is_blank(line[begin])) ++begin;
  // A comma ends a value of an inline table; within digits it separates thousands.
  std::size_t end = std::min(line.find_first_of("#}\"'[", begin), line.size());
  end = std::min({line.find(", ", begin), line.find("//", begin), end});
  while (end > begin && is_blank(line[end - 1])) --end;
  return {line.substr(key_begin, key_end - key_begin), line.substr(begin, end - begin), begin};
}

}  // namespace

Error explain_syntax_error(Error error, std::span<const QuotedKey> quoted_keys,
                           std::span<const std::string_view> date_keys) {
  const std::string_view line = error.place.excerpt;
  const std::size_t at = byte_of_column(line, error.place.column - error.place.excerpt_column + 1);
  const Assignment found = assignment_around(line, at);
  if (found.value.empty()) return error;

  const auto put_caret = [&] {
    error.place.column =
        error.place.excerpt_column + code_point_count(line.substr(0, found.value_begin));
    error.place.length = code_point_count(found.value);
  };
  const auto quoted = std::ranges::find(quoted_keys, found.key, &QuotedKey::key);
  if (quoted != quoted_keys.end()) {
    error.code = ErrorCode::money_not_quoted;
    error.message =
        fmt::format("{} takes a quoted string, found {}", found.key, shown(found.value));
    error.hint = quoted->hint(found.key, found.value);
    put_caret();
  } else if (std::ranges::find(date_keys, found.key) != date_keys.end()) {
    error.code = ErrorCode::bad_date;
    error.message = fmt::format("{}: {} is not a date", found.key, shown(found.value));
    error.hint = fmt::format("write it like  {} = 2026-01-15", found.key);
    put_caret();
  }
  return error;
}

Error explain_syntax_error(Error error) {
  return explain_syntax_error(std::move(error), terms_quoted, terms_dates);
}

}  // namespace accrue
