#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/error/error.h"

namespace accrue {

/// Where a key or a value stands: lines and columns from 1, columns in code points, the end out.
struct TomlSpan {
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t end_line = 0;
  std::size_t end_column = 0;
};

/// A value of a TOML document with its place, and with its key when it stands in a table.
struct TomlNode {
  enum class Kind { text, integer, floating, boolean, date, time, array, table };

  Kind kind = Kind::table;
  TomlSpan span;
  std::string key;
  TomlSpan key_span;
  std::string text;  ///< a text's content; a date as YYYY-MM-DD
  std::int64_t integer = 0;
  bool boolean = false;
  std::vector<TomlNode> children;  ///< of an array or a table, in the order of the file

  const TomlNode* find(std::string_view wanted) const;
  /// "an integer", "a table": for messages.
  std::string_view kind_name() const;
};

/// A parsed TOML file that still knows its lines. (Keeps toml++ out of every other file.)
class TomlDocument {
 public:
  /// Errors: bad_toml, at the first place where the syntax breaks.
  static Result<TomlDocument> parse(std::string_view text, std::string_view file);

  const TomlNode& root() const { return root_; }
  const std::string& file() const { return file_; }
  /// The first line of `span` with the caret under the part of it that `span` covers.
  Place place_of(const TomlSpan& span) const;
  /// A value as it is written, when it stands on one line; else nothing.
  std::string_view source_of(const TomlSpan& span) const;

 private:
  TomlDocument(std::string_view text, std::string_view file);

  std::string file_;
  std::vector<std::string> lines_;
  TomlNode root_;
};

}  // namespace accrue
