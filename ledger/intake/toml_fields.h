#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/intake/toml_document.h"
#include "ledger/number/decimal.h"
#include "ledger/number/money.h"
#include "ledger/time/date.h"

namespace accrue {

/// The errors of one document, gathered while it is read.
class TomlErrors {
 public:
  explicit TomlErrors(const TomlDocument& document) : document_{&document} {}

  void add(const TomlSpan& span, Error error);
  bool any() const { return !found_.empty(); }
  std::string_view source_of(const TomlSpan& span) const { return document_->source_of(span); }

  /// All of them with their places, in the order of the lines; of more than 1,000 the number.
  Refusal in_line_order() const;

 private:
  const TomlDocument* document_;
  std::vector<std::pair<TomlSpan, Error>> found_;
};

/// Adds what is wrong with the document's `schema`. True when the file is one of this schema, or
/// may be: only its first line is missing. Errors: bad_schema.
bool check_schema(const TomlDocument& document, std::string_view schema, TomlErrors& errors);

/// The least value an amount may have.
enum class Floor { zero, above_zero };

/// A table of a document, read key by key. What a key asks for and does not find in the form asked
/// for is added to the errors; nothing is then returned, as for a key that is absent.
class TomlTable {
 public:
  /// `name` is how messages call the table: "[[tranche]]".
  TomlTable(const TomlNode& node, std::string name, TomlErrors& errors)
      : node_{&node}, name_{std::move(name)}, errors_{&errors} {}

  const TomlNode* find(std::string_view key) const { return node_->find(key); }
  /// In the order of the file: of a table whose keys are not a closed set.
  std::vector<std::string> keys() const;
  bool has(std::string_view key) const { return find(key) != nullptr; }
  const TomlSpan& span() const { return node_->span; }
  /// Of the value of `key`; of the table when the key is absent.
  const TomlSpan& span_of(std::string_view key) const;
  void refuse(std::string_view key, Error error) const {
    errors_->add(span_of(key), std::move(error));
  }

  void refuse_unknown_keys(std::span<const std::string_view> known) const;
  void require(std::string_view key, std::string_view hint) const;
  /// For a key that the schema has and this version does not keep.
  void refuse_unsupported(std::string_view key, std::string_view hint) const;

  std::optional<std::string> text(std::string_view key) const;
  /// Letters, digits, dot, underscore and hyphen, at most 64.
  std::optional<std::string> id(std::string_view key) const;
  std::optional<bool> boolean(std::string_view key) const;
  std::optional<std::int32_t> integer(std::string_view key) const;
  std::optional<Date> date(std::string_view key) const;
  std::optional<Amount> amount(std::string_view key, Floor floor) const;
  std::optional<Decimal> percent(std::string_view key) const;
  std::optional<Decimal> rate(std::string_view key) const;
  /// The text of a value that must be in quotes: a bare number would be a binary float. `hint`
  /// makes the hint of the key and the value as it is written.
  const TomlNode* quoted(std::string_view key,
                         std::string (*hint)(std::string_view, std::string_view)) const;
  /// The place in `words` of the text.
  std::optional<std::size_t> choice(std::string_view key,
                                    std::span<const std::string_view> words) const;
  /// A list of one or more texts, none of them empty.
  std::optional<std::vector<std::string>> texts(std::string_view key) const;
  /// A table in this one, `[name.key]` or `key = { ... }`.
  std::optional<TomlTable> table(std::string_view key, std::string_view form) const;

 private:
  void refuse_kind(const TomlNode& node, ErrorCode code, std::string_view wanted,
                   std::string hint) const;
  const TomlNode* node_;
  std::string name_;
  TomlErrors* errors_;
};

}  // namespace accrue
