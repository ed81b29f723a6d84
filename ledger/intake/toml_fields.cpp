#include "ledger/intake/toml_fields.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/error/suggest.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/quoted.h"

namespace accrue {

namespace {

constexpr std::size_t most_listed = 1000;
constexpr std::size_t longest_id = 64;

bool is_id_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

}  // namespace

void TomlErrors::add(const TomlSpan& span, Error error) {
  found_.emplace_back(span, std::move(error));
}

Refusal TomlErrors::in_line_order() const {
  std::vector<const std::pair<TomlSpan, Error>*> sorted;
  sorted.reserve(found_.size());
  for (const auto& found : found_) sorted.push_back(&found);
  std::ranges::stable_sort(sorted, {}, [](const auto* found) {
    return std::pair{found->first.line, found->first.column};
  });
  Refusal refusal;
  for (const auto* found : sorted) {
    if (refusal.errors.size() == most_listed) break;
    refusal.errors.push_back(found->second);
    refusal.errors.back().place = document_->place_of(found->first);
  }
  refusal.unlisted_count = static_cast<std::int64_t>(found_.size() - refusal.errors.size());
  return refusal;
}

bool check_schema(const TomlDocument& document, std::string_view schema, TomlErrors& errors) {
  const TomlNode* stated = document.root().find("schema");
  if (stated != nullptr && stated->kind == TomlNode::Kind::text && stated->text == schema) {
    return true;
  }
  constexpr TomlSpan first_line{1, 1, 2, 1};
  errors.add(stated == nullptr ? first_line : stated->span,
             Error{.code = ErrorCode::bad_schema,
                   .message = stated == nullptr
                                  ? "the file does not name its schema"
                                  : fmt::format("the schema is not \"{}\"", schema),
                   .hint = fmt::format("start the file with  schema = \"{}\"", schema)});
  return stated == nullptr;
}

const TomlSpan& TomlTable::span_of(std::string_view key) const {
  const TomlNode* value = node_->find(key);
  return value == nullptr ? node_->span : value->span;
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> keys;
  for (const TomlNode& child : node_->children) keys.push_back(child.key);
  return keys;
}

void TomlTable::refuse_unknown_keys(std::span<const std::string_view> known) const {
  for (const TomlNode& child : node_->children) {
    if (std::ranges::find(known, child.key) != known.end()) continue;
    const auto meant = suggest(child.key, known);
    errors_->add(child.key_span,
                 Error{.code = ErrorCode::unknown_key,
                       .message = fmt::format("unknown key {} in {}", shown(child.key), name_),
                       .hint = meant ? fmt::format("did you mean '{}'?", *meant)
                                     : fmt::format("its keys: {}", fmt::join(known, ", "))});
  }
}

void TomlTable::require(std::string_view key, std::string_view hint) const {
  if (has(key)) return;
  errors_->add(node_->span, Error{.code = ErrorCode::missing_key,
                                  .message = fmt::format("{} has no '{}'", name_, key),
                                  .hint = std::string{hint}});
}

void TomlTable::refuse_unsupported(std::string_view key, std::string_view hint) const {
  const TomlNode* value = node_->find(key);
  if (value == nullptr) return;
  errors_->add(value->key_span,
               Error{.code = ErrorCode::unsupported_term,
                     .message = fmt::format("'{}' is known but not kept by this version", key),
                     .hint = std::string{hint}});
}

void TomlTable::refuse_kind(const TomlNode& node, ErrorCode code, std::string_view wanted,
                            std::string hint) const {
  errors_->add(node.span, Error{.code = code,
                                .message = fmt::format("{} takes {}, found {}", node.key, wanted,
                                                       node.kind_name()),
                                .hint = std::move(hint)});
}

std::optional<std::string> TomlTable::text(std::string_view key) const {
  const TomlNode* value = node_->find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind != TomlNode::Kind::text) {
    const std::string_view written = errors_->source_of(value->span);
    const bool plain = !written.empty() && written.find_first_of("\"'[{") == written.npos;
    refuse_kind(*value, ErrorCode::bad_value, "a quoted string",
                plain ? fmt::format("write  {} = \"{}\"", key, written)
                      : fmt::format("write it like  {} = \"text\"", key));
    return std::nullopt;
  }
  const bool blank = std::ranges::all_of(value->text, [](char c) { return c == ' ' || c == '\t'; });
  if (blank) {
    refuse(key, Error{.code = ErrorCode::bad_value,
                      .message = fmt::format("{} is empty", key),
                      .hint = "give it a value, or remove the key"});
    return std::nullopt;
  }
  return value->text;
}

std::optional<std::string> TomlTable::id(std::string_view key) const {
  auto id = text(key);
  if (!id) return std::nullopt;
  if (id->size() > longest_id || !std::ranges::all_of(*id, is_id_letter)) {
    refuse(key, Error{.code = ErrorCode::bad_value,
                      .message = fmt::format("{} is not an id", shown(*id)),
                      .hint = "an id has letters, digits, '.', '_' and '-', at most 64 of them"});
    return std::nullopt;
  }
  return id;
}

std::optional<bool> TomlTable::boolean(std::string_view key) const {
  const TomlNode* value = node_->find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind != TomlNode::Kind::boolean) {
    refuse_kind(*value, ErrorCode::bad_value, "true or false",
                fmt::format("write  {} = true  without quotes", key));
    return std::nullopt;
  }
  return value->boolean;
}

std::optional<std::int32_t> TomlTable::integer(std::string_view key) const {
  const TomlNode* value = node_->find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind != TomlNode::Kind::integer) {
    refuse_kind(*value, ErrorCode::bad_value, "a whole number",
                fmt::format("write it like  {} = 100", key));
    return std::nullopt;
  }
  if (!std::in_range<std::int32_t>(value->integer)) {
    refuse(key, Error{.code = ErrorCode::bad_value,
                      .message = fmt::format("{}: {} does not fit 32 bits", key, value->integer),
                      .hint = fmt::format("write it like  {} = 100", key)});
    return std::nullopt;
  }
  return static_cast<std::int32_t>(value->integer);
}

std::optional<Date> TomlTable::date(std::string_view key) const {
  const TomlNode* value = node_->find(key);
  if (value == nullptr) return std::nullopt;
  const std::string hint = fmt::format("write it like  {} = 2026-01-15", key);
  if (value->kind != TomlNode::Kind::date && value->kind != TomlNode::Kind::text) {
    refuse_kind(*value, ErrorCode::bad_date, "a date", hint);
    return std::nullopt;
  }
  const auto date = Date::parse(value->text);
  if (!date.ok()) {
    refuse(key, Error{.code = ErrorCode::bad_date,
                      .message = fmt::format("{}: {} is not a date", key, shown(value->text)),
                      .hint = hint});
    return std::nullopt;
  }
  return *date;
}

const TomlNode* TomlTable::quoted(std::string_view key,
                                  std::string (*hint)(std::string_view, std::string_view)) const {
  const TomlNode* value = node_->find(key);
  if (value == nullptr || value->kind == TomlNode::Kind::text) return value;
  const bool is_number =
      value->kind == TomlNode::Kind::integer || value->kind == TomlNode::Kind::floating;
  refuse_kind(*value, is_number ? ErrorCode::money_not_quoted : ErrorCode::bad_value,
              "a quoted string", hint(key, errors_->source_of(value->span)));
  return nullptr;
}

std::optional<Amount> TomlTable::amount(std::string_view key, Floor floor) const {
  const TomlNode* value = quoted(key, amount_hint);
  if (value == nullptr) return std::nullopt;
  const auto amount = parse_amount(key, value->text, Precision::minor_units);
  if (!amount.ok()) {
    refuse(key, amount.error());
    return std::nullopt;
  }
  if (amount->value.sign() < 0 || (floor == Floor::above_zero && amount->value.is_zero())) {
    refuse(key, Error{.code = ErrorCode::bad_value,
                      .message = fmt::format("{} is {}; it must be {}", key, shown_amount(*amount),
                                             floor == Floor::zero ? "zero or more" : "above zero"),
                      .hint = amount_hint(key, "")});
    return std::nullopt;
  }
  return *amount;
}

std::optional<Decimal> TomlTable::percent(std::string_view key) const {
  const TomlNode* value = quoted(key, percent_hint);
  if (value == nullptr) return std::nullopt;
  const auto percent = parse_percent(key, value->text);
  if (percent.ok()) return *percent;
  refuse(key, percent.error());
  return std::nullopt;
}

std::optional<Decimal> TomlTable::rate(std::string_view key) const {
  const TomlNode* value = quoted(key, rate_hint);
  if (value == nullptr) return std::nullopt;
  const auto rate = parse_rate(key, value->text);
  if (!rate.ok()) {
    refuse(key, rate.error());
    return std::nullopt;
  }
  if (rate->sign() <= 0) {
    refuse(key,
           Error{.code = ErrorCode::bad_value,
                 .message = fmt::format("{} is {}; it must be above zero", key, rate->to_string()),
                 .hint = rate_hint(key, "")});
    return std::nullopt;
  }
  return *rate;
}

std::optional<std::size_t> TomlTable::choice(std::string_view key,
                                             std::span<const std::string_view> words) const {
  const auto word = text(key);
  if (!word) return std::nullopt;
  const auto found = std::ranges::find(words, *word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const auto meant = suggest(*word, words);
  refuse(key, Error{.code = ErrorCode::bad_value,
                    .message = fmt::format("{} is not a value of {}", shown(*word), key),
                    .notes = {fmt::format("its values: {}", fmt::join(words, ", "))},
                    .hint = meant ? fmt::format("did you mean '{}'?", *meant)
                                  : std::string{"write one of its values"}});
  return std::nullopt;
}

std::optional<std::vector<std::string>> TomlTable::texts(std::string_view key) const {
  const TomlNode* value = node_->find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind != TomlNode::Kind::array) {
    const std::string_view written = errors_->source_of(value->span);
    refuse_kind(*value, ErrorCode::bad_value, "a list",
                value->kind == TomlNode::Kind::text
                    ? fmt::format("write  {} = [{}]", key, written)
                    : fmt::format("write it like  {} = [\"one\", \"two\"]", key));
    return std::nullopt;
  }
  if (value->children.empty()) {
    refuse(key, Error{.code = ErrorCode::bad_value,
                      .message = fmt::format("{} is an empty list", key),
                      .hint = fmt::format("name at least one, or remove '{}'", key)});
    return std::nullopt;
  }
  std::vector<std::string> texts;
  bool refused = false;
  for (const TomlNode& item : value->children) {
    if (item.kind == TomlNode::Kind::text && !item.text.empty()) {
      texts.push_back(item.text);
      continue;
    }
    refused = true;
    const bool empty = item.kind == TomlNode::Kind::text;
    errors_->add(item.span,
                 Error{.code = ErrorCode::bad_value,
                       .message = fmt::format("{} lists {}, not {}", key,
                                              empty ? "non-empty strings" : "strings",
                                              empty ? "an empty one" : item.kind_name()),
                       .hint = fmt::format("write it like  {} = [\"one\", \"two\"]", key)});
  }
  if (refused) return std::nullopt;
  return texts;
}

std::optional<TomlTable> TomlTable::table(std::string_view key, std::string_view form) const {
  const TomlNode* value = node_->find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind != TomlNode::Kind::table) {
    refuse_kind(*value, ErrorCode::bad_value, "a table", fmt::format("write it like  {}", form));
    return std::nullopt;
  }
  return TomlTable{*value, std::string{key}, *errors_};
}

}  // namespace accrue
