#include "cli/render_csv.h"

#include <algorithm>
#include <string_view>

namespace accrue {

namespace {

std::string quoted_field(std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{field};
  std::string text{'"'};
  for (const char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

/// One apostrophe more than the text has, so that taking one off gives the text back.
std::string text_field(std::string_view text) {
  constexpr std::string_view starts_a_formula = "=+-@\t\r";
  const std::size_t begin = text.find_first_not_of('\'');
  const bool is_formula = begin != std::string_view::npos &&
                          starts_a_formula.find(text[begin]) != std::string_view::npos;
  return quoted_field(is_formula ? "'" + std::string{text} : std::string{text});
}

struct FieldOf {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return text_field(text); }
  std::string operator()(std::int64_t count) const { return std::to_string(count); }
  std::string operator()(const Figure& figure) const {
    return figure.value.to_string(figure.digits);
  }
};

/// Whether the amounts of the rows would stand there without a currency. Faces have their own.
bool needs_currency(const Report& report) {
  const bool has_figures = std::ranges::any_of(report.columns, [](const Column& column) {
    return column.kind == ColumnKind::figure && !column.name.starts_with("face_");
  });
  const bool has_currency = std::ranges::any_of(
      report.columns, [](const Column& column) { return column.name == "currency"; });
  return has_figures && !has_currency;
}

}  // namespace

std::string csv_line(const std::vector<Cell>& row) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) line += ',';
    line += std::visit(FieldOf{}, row[i]);
  }
  return line + '\n';
}

std::string render_csv(const Report& report) {
  const bool adds_currency = needs_currency(report);
  std::string csv;
  const auto end_line = [&](std::string_view currency, std::string_view ref) {
    if (adds_currency) csv += std::string{currency} + ',';
    csv += std::string{ref} + '\n';
  };
  const std::size_t last = report.columns.size() - 1;  // ref
  for (std::size_t i = 0; i < last; ++i) csv += text_field(report.columns[i].name) + ',';
  end_line("currency", report.columns[last].name);
  for (const std::vector<Cell>& row : report.rows) {
    for (std::size_t i = 0; i < last; ++i) csv += std::visit(FieldOf{}, row[i]) + ',';
    end_line(report.currency, std::visit(FieldOf{}, row[last]));
  }
  return csv;
}

}  // namespace accrue
