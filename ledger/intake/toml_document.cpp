#include "ledger/intake/toml_document.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ledger/intake/excerpt.h"

namespace accrue {

namespace {

TomlSpan span_of(const toml::source_region& region) {
  return {region.begin.line, region.begin.column, region.end.line, region.end.column};
}

TomlNode node_of(const toml::node& source) {
  TomlNode node;
  node.span = span_of(source.source());
  source.visit([&](const auto& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    if constexpr (toml::is_table<Value>) {
      node.kind = TomlNode::Kind::table;
      for (const auto& [key, child] : value) {
        node.children.push_back(node_of(child));
        node.children.back().key = key.str();
        node.children.back().key_span = span_of(key.source());
      }
      std::ranges::stable_sort(node.children, {}, [](const TomlNode& child) {
        return std::tuple{child.key_span.line, child.key_span.column};
      });
    } else if constexpr (toml::is_array<Value>) {
      node.kind = TomlNode::Kind::array;
      for (const toml::node& child : value) node.children.push_back(node_of(child));
    } else if constexpr (toml::is_string<Value>) {
      node.kind = TomlNode::Kind::text;
      node.text = value.get();
    } else if constexpr (toml::is_integer<Value>) {
      node.kind = TomlNode::Kind::integer;
      node.integer = value.get();
    } else if constexpr (toml::is_floating_point<Value>) {
      node.kind = TomlNode::Kind::floating;
    } else if constexpr (toml::is_boolean<Value>) {
      node.kind = TomlNode::Kind::boolean;
      node.boolean = value.get();
    } else if constexpr (toml::is_date<Value>) {
      node.kind = TomlNode::Kind::date;
      const toml::date date = value.get();
      node.text = fmt::format("{:04}-{:02}-{:02}", date.year, int{date.month}, int{date.day});
    } else {
      node.kind = TomlNode::Kind::time;
    }
  });
  return node;
}

}  // namespace

const TomlNode* TomlNode::find(std::string_view wanted) const {
  const auto found = std::ranges::find(children, wanted, &TomlNode::key);
  return found == children.end() ? nullptr : &*found;
}

std::string_view TomlNode::kind_name() const {
  switch (kind) {
    case Kind::text:
      return "a string";
    case Kind::integer:
      return "an integer";
    case Kind::floating:
      return "a float";
    case Kind::boolean:
      return "a boolean";
    case Kind::date:
      return "a date";
    case Kind::time:
      return "a time";
    case Kind::array:
      return "a list";
    case Kind::table:
      return "a table";
  }
  return "";
}

TomlDocument::TomlDocument(std::string_view text, std::string_view file) : file_{file} {
  // toml++ counts columns after the byte order mark.
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines_.emplace_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
}

Result<TomlDocument> TomlDocument::parse(std::string_view text, std::string_view file) {
  TomlDocument document{text, file};
  try {
    document.root_ = node_of(toml::parse(text, file));
  } catch (const toml::parse_error& error) {
    return Error{.code = ErrorCode::bad_toml,
                 .message = printable_line(error.description()),
                 .place = document.place_of(span_of(error.source())),
                 .hint = std::string{page_of(ErrorCode::bad_toml).fix}};
  }
  return document;
}

Place TomlDocument::place_of(const TomlSpan& span) const {
  Place place{.file = file_, .line = span.line, .column = span.column};
  if (span.line == 0 || span.line > lines_.size()) return place;
  const std::string& line = lines_[span.line - 1];
  const std::size_t line_end = code_point_count(line) + 1;
  // Syntax may break at the carriage return, which the line here no longer has.
  place.column = std::min(span.column, line_end);
  const std::size_t end = span.end_line == span.line ? span.end_column : line_end;
  place.length = end > place.column ? end - place.column : 1;
  put_excerpt(place, line);
  return place;
}

std::string_view TomlDocument::source_of(const TomlSpan& span) const {
  if (span.line == 0 || span.line > lines_.size() || span.end_line != span.line) return {};
  const std::string_view line = lines_[span.line - 1];
  const std::size_t begin = byte_of_column(line, span.column);
  return line.substr(begin, byte_of_column(line, span.end_column) - begin);
}

}  // namespace accrue
