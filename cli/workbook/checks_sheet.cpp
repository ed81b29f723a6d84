#include "cli/workbook/checks_sheet.h"

#include <algorithm>

#include "cli/render_text.h"
#include "cli/workbook/report_sheet.h"
#include "cli/workbook/spreadsheet_number.h"

namespace accrue {

namespace {

constexpr std::uint32_t header_row = 4;
constexpr std::uint32_t first_row = header_row + 1;
enum : std::uint16_t { sheet_column, check_column, stated_column, found_column, difference_column };

Look look_of(Look::Ink ink, int digits) {
  return {.number_format = number_format(Measure::money, digits), .ink = ink};
}

void put_side(Sheet& sheet, CellAt at, const CheckSide& side, int digits) {
  const double value = nearest_spreadsheet_number(side.value);
  if (side.formula.empty()) {
    sheet.put_number(at, value, look_of(Look::Ink::input, digits));
  } else {
    sheet.put_formula(at, "=" + side.formula, value, look_of(Look::Ink::black, digits));
  }
}

void put_line(Sheet& sheet, std::uint32_t row, const CheckLine& line) {
  const double difference = nearest_spreadsheet_number(line.difference);
  const CellAt at{row, difference_column};
  const bool is_cut = !spreadsheet_number(line.difference);
  sheet.put_text({row, sheet_column}, line.sheet);
  sheet.put_text({row, check_column},
                 line.check + (is_cut ? " (exactly " + line.difference.to_string() + ")" : ""));
  if (!line.sides) {
    sheet.put_number(at, difference, look_of(Look::Ink::input, line.digits));
    return;
  }
  const CellAt stated{row, stated_column};
  const CellAt found{row, found_column};
  put_side(sheet, stated, line.sides->first, line.digits);
  put_side(sheet, found, line.sides->second, line.digits);
  sheet.put_formula(at,
                    "=ROUND(" + address(found) + "-" + address(stated) + "," +
                        std::to_string(line.digits) + ")",
                    difference, look_of(Look::Ink::black, line.digits));
}

void set_widths(Sheet& sheet, const std::vector<CheckLine>& lines) {
  constexpr int amount_width = 22;
  constexpr int widest = 80;
  int sheets = 12;
  int checks = 30;
  for (const CheckLine& line : lines) {
    sheets = std::max(sheets, text_width(line.sheet) + 2);
    checks = std::max(checks, text_width(harmless(line.check)) + 2);
  }
  sheet.set_width(sheet_column, std::min(sheets, widest));
  sheet.set_width(check_column, std::min(checks, widest));
  for (const int column : {stated_column, found_column, difference_column}) {
    sheet.set_width(column, amount_width);
  }
}

/// The absolutes of the differences, whatever they are of: zero only where each of them is.
void put_verdict(Sheet& sheet, const std::vector<CheckLine>& lines) {
  Decimal sum;
  int digits = 0;
  for (const CheckLine& line : lines) {
    sum += line.difference.sign() < 0 ? -line.difference : line.difference;
    digits = std::max(digits, line.digits);
  }
  const Look look{.number_format = number_format(Measure::money, digits),
                  .face = Look::Face::bold};
  const std::string span = span_address(
      {first_row, difference_column},
      {static_cast<std::uint32_t>(first_row + lines.size() - 1), difference_column});
  sheet.put_text({verdict_at().row, 0}, "Absolute differences, added up: must be zero",
                 {.face = Look::Face::bold});
  if (lines.empty()) {
    sheet.put_number(verdict_at(), 0, look);
  } else {
    sheet.put_formula(verdict_at(), "=SUMPRODUCT(ABS(" + span + "))",
                      nearest_spreadsheet_number(sum), look);
    sheet.mark_unless_zero({first_row, difference_column},
                           {static_cast<std::uint32_t>(first_row + lines.size() - 1),
                            difference_column});
  }
  sheet.mark_unless_zero(verdict_at(), verdict_at());
}

}  // namespace

CellAt verdict_at() { return {2, difference_column}; }

bool all_hold(const std::vector<CheckLine>& lines) {
  return std::ranges::all_of(lines,
                             [](const CheckLine& line) { return line.difference.is_zero(); });
}

void write_checks_sheet(WorkbookFile& file, const std::vector<CheckLine>& lines,
                        const std::string& root) {
  Sheet sheet{file, checks_sheet_name};
  sheet.put_text({0, 0}, "Checks", {.face = Look::Face::title});
  sheet.put_text({1, 0}, "Blue: as the ledger states it. Black: computed in this workbook.",
                 {.ink = Look::Ink::grey});
  const char* const headers[] = {"sheet", "check", "figure", "compared with", "difference"};
  for (std::uint16_t column = 0; column < std::size(headers); ++column) {
    Look look{.face = Look::Face::bold, .rule = Look::Rule::below};
    if (column >= stated_column) look.align = Look::Align::right;
    sheet.put_text({header_row, column}, headers[column], look);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    put_line(sheet, static_cast<std::uint32_t>(first_row + i), lines[i]);
  }
  put_verdict(sheet, lines);
  set_widths(sheet, lines);
  worksheet_freeze_panes(sheet.handle(), first_row, 0);
  require(worksheet_repeat_rows(sheet.handle(), header_row, header_row), "print titles");
  sheet.set_page(root);
}

}  // namespace accrue
