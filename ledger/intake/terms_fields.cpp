#include "ledger/intake/terms_fields.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"
#include "ledger/intake/quoted.h"
#include "ledger/intake/terms_keys.h"

namespace accrue {

namespace {

constexpr std::size_t longest_investee = 64;

const Decimal hundred = Decimal::from_integer(100);

std::string expected_hint(std::string_view key, std::string_view) {
  return fmt::format("write it like  {0} = \"4%\"  or  {0} = \"27_000_000 CNY\"", key);
}

}  // namespace

std::optional<std::size_t> choice_kept(const TomlTable& table, std::string_view key,
                                       std::span<const std::string_view> words,
                                       std::string_view later, std::string_view hint) {
  const TomlNode* value = table.find(key);
  if (value == nullptr || value->kind != TomlNode::Kind::text || value->text != later) {
    return table.choice(key, words);
  }
  table.refuse(key, Error{.code = ErrorCode::unsupported_term,
                          .message = fmt::format(
                              "{} = \"{}\" is known but not kept by this version", key, later),
                          .hint = std::string{hint}});
  return std::nullopt;
}

std::optional<std::string> investee_name(const TomlTable& table, std::string_view key) {
  auto name = table.text(key);
  if (!name) return std::nullopt;
  if (code_point_count(*name) > longest_investee || printable_line(*name) != *name ||
      name->find('\t') != name->npos || name->starts_with(' ') || name->ends_with(' ')) {
    table.refuse(
        key, Error{.code = ErrorCode::bad_value,
                   .message = fmt::format("{} is not a name", shown(*name)),
                   .hint = "a name is one line of at most 64 characters, without spaces around"});
    return std::nullopt;
  }
  return name;
}

std::optional<ExpectedUnused> expected_unused(const TomlTable& table, std::string_view key,
                                              const std::optional<Amount>& face) {
  const TomlNode* value = table.quoted(key, expected_hint);
  if (value == nullptr) return std::nullopt;
  const auto refuse = [&](ErrorCode code, std::string message) {
    table.refuse(
        key, Error{.code = code, .message = std::move(message), .hint = expected_hint(key, {})});
    return std::nullopt;
  };

  if (value->text.ends_with('%')) {
    const auto percent = table.percent(key);
    if (!percent) return std::nullopt;
    if (percent->sign() < 0 || *percent >= hundred) {
      return refuse(ErrorCode::bad_value, fmt::format("{} is {}%; it must be from 0% to below 100%",
                                                      key, percent->to_string()));
    }
    return ExpectedUnused{ExpectedUnused::Measure::percent_of_face, *percent};
  }

  const auto amount = parse_amount(key, value->text, Precision::exact);
  if (!amount.ok()) return refuse(amount.error().code, amount.error().message);
  if (face && amount->currency != face->currency) {
    return refuse(ErrorCode::bad_value,
                  fmt::format("{} is in {}, the face in {}", key, amount->currency.code(),
                              face->currency.code()));
  }
  if (face && (amount->value.sign() < 0 || amount->value >= face->value)) {
    return refuse(ErrorCode::bad_value,
                  fmt::format("{} is {}; it must be from zero to below the face, {}", key,
                              shown_amount(*amount), shown_amount(*face)));
  }
  if (amount->value.sign() < 0) {
    return refuse(ErrorCode::bad_value,
                  fmt::format("{} is {}; it must be zero or more", key, shown_amount(*amount)));
  }
  return ExpectedUnused{ExpectedUnused::Measure::amount, amount->value};
}

StatedBreakage read_breakage(const TomlTable& tranche, const std::optional<Amount>& face) {
  StatedBreakage stated;
  const auto breakage = tranche.table("breakage", "breakage = { method = \"remote\" }");
  if (!breakage) return stated;
  breakage->refuse_unknown_keys(terms_keys::breakage);
  breakage->require("method", "write  method = \"remote\"  or  method = \"proportional\"");
  static constexpr std::array<std::string_view, 2> methods{"remote", "proportional"};
  const auto method =
      choice_kept(*breakage, "method", methods, "escheat", "use \"remote\" or \"proportional\"");
  const auto expected = expected_unused(*breakage, "expected", face);
  if (!method) return stated;

  stated.method = *method == 0 ? BreakageMethod::remote : BreakageMethod::proportional;
  if (stated.method == BreakageMethod::proportional) {
    breakage->require("expected", expected_hint("expected", {}));
    stated.expected_unused = expected;
  } else if (breakage->has("expected")) {
    breakage->refuse("expected",
                     Error{.code = ErrorCode::bad_value,
                           .message = "breakage that is remote expects nothing to stay unused",
                           .hint = "remove expected, or write  method = \"proportional\""});
  }
  return stated;
}

void refuse_empty_window(const TomlTable& tranche, const StatedWindow& window) {
  const std::optional<Date> begin_on = std::max(window.issued_on, window.begins_on);
  if (!begin_on || !window.expires_on || *window.expires_on > *begin_on) return;
  tranche.refuse(
      "expires",
      Error{.code = ErrorCode::empty_interval,
            .message = fmt::format("expires, {}, is not after the begin, {}",
                                   window.expires_on->to_string(), begin_on->to_string()),
            .hint = "expires is the first day on which the grant pays nothing"});
}

void refuse_twice(const std::vector<std::pair<std::string, TomlSpan>>& named, std::string_view what,
                  TomlErrors& errors) {
  std::map<std::string_view, std::size_t> first_line;
  for (const auto& [name, span] : named) {
    const auto [first, is_new] = first_line.emplace(name, span.line);
    if (is_new) continue;
    errors.add(span, Error{.code = ErrorCode::duplicate_id,
                           .message = fmt::format("{} {} stands twice", what, shown(name)),
                           .notes = {fmt::format("lines {} and {}", first->second, span.line)},
                           .hint = "give each its own name, or remove one"});
  }
}

}  // namespace accrue
