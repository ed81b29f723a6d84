#include "cli/workbook/report_sheet.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "accounting/report/ref.h"
#include "accounting/report/total_label.h"
#include "cli/render_text.h"
#include "cli/workbook/spreadsheet_number.h"
#include "ledger/error/check.h"

namespace accrue {

namespace {

constexpr int narrowest_column = 8;
constexpr int widest_column = 60;
/// Keys stay in sight up to this width: frozen cells wider than a window could not be scrolled.
constexpr int widest_frozen = 60;
/// Room beside a text, and for the button of the filter beside a header.
constexpr int beside_text = 2;
constexpr int beside_header = 4;
constexpr std::size_t most_spans_named = 40;

std::string header_of(const Column& column) {
  std::string text = column.name;
  std::ranges::replace(text, '_', ' ');
  return text;
}

bool is_number(const Column& column) {
  return column.kind == ColumnKind::figure || column.kind == ColumnKind::count;
}

class ReportSheet {
 public:
  ReportSheet(WorkbookFile& file, const std::vector<SheetPlan>& plans, std::size_t sheet,
              const LiveFormulas& formulas)
      : file_{file},
        plan_{plans[sheet]},
        report_{*plan_.report},
        index_{sheet},
        formulas_{formulas},
        sheet_{file, plan_.name} {}

  void write() {
    sheet_.put_text({0, 0}, report_.title, {.face = Look::Face::title});
    sheet_.put_text({1, 0}, what_it_is_of(report_), {.ink = Look::Ink::grey});
    measure_and_head();
    for (std::size_t row = 0; row < report_.rows.size(); ++row) {
      for (std::size_t column = 0; column < report_.rows[row].size(); ++column) {
        put_cell(plan_.cell(row, column), report_.rows[row][column], row_look());
      }
    }
    put_totals();
    put_notes();
    set_view();
  }

 private:
  Look row_look() const {
    Look look;
    if (report_.layout == Layout::paragraphs) look.breaks = Look::Breaks::wrapped;
    return look;
  }

  void put_cell(CellAt at, const Cell& cell, Look look) {
    if (const auto* text = std::get_if<std::string>(&cell)) sheet_.put_text(at, *text, look);
    const std::optional<Decimal> value = number_of(cell);
    if (!value) return;
    const auto* figure = std::get_if<Figure>(&cell);
    const std::optional<double> number = spreadsheet_number(*value);
    if (!number) {
      look.align = Look::Align::right;
      sheet_.put_text(at, value->to_string(shown_digits(cell)), look);
      texts_.push_back(at);
      return;
    }
    look.number_format =
        number_format(figure == nullptr ? Measure::number : figure->measure, shown_digits(cell));
    const auto formula = formulas_.texts.find(SheetCell{index_, at});
    if (formula == formulas_.texts.end()) {
      sheet_.put_number(at, *number, look);
    } else {
      sheet_.put_formula(at, formula->second, *number, look);
    }
  }

  static int width_of(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return text_width(harmless(*text));
    if (const auto* figure = std::get_if<Figure>(&cell)) {
      return text_width(figure_text(*figure, true));
    }
    if (const auto* count = std::get_if<std::int64_t>(&cell)) {
      return static_cast<int>(std::to_string(*count).size());
    }
    return 0;
  }

  void measure_and_head() {
    for (std::size_t i = 0; i < report_.columns.size(); ++i) {
      const Column& column = report_.columns[i];
      const std::string header = header_of(column);
      int width = text_width(header) + beside_header;
      const auto look_at = [&](const Cell& cell) {
        width = std::max(width, width_of(cell) + beside_text);
      };
      for (const std::vector<Cell>& row : report_.rows) look_at(row[i]);
      for (std::size_t total = 0; total < report_.totals.size(); ++total) {
        if (plan_.totals[total].column == i) look_at(report_.totals[total].value);
        if (i == 0) look_at(shown_name(report_.totals[total].name));
      }
      widths_.push_back(std::clamp(width, narrowest_column, widest_column));
      sheet_.set_width(static_cast<int>(i), widths_.back());
      Look look{.face = Look::Face::bold, .rule = Look::Rule::below};
      if (is_number(column)) look.align = Look::Align::right;
      sheet_.put_text({SheetPlan::header_row, static_cast<std::uint16_t>(i)}, header, look);
    }
  }

  static std::string shown_name(std::string name) {
    std::ranges::replace(name, '_', ' ');
    return name;
  }

  void put_totals() {
    const Look look{.face = Look::Face::bold, .rule = Look::Rule::above};
    bool has_row = false;
    bool has_first = false;
    for (std::size_t i = 0; i < report_.totals.size(); ++i) {
      const NamedCell& total = report_.totals[i];
      const CellAt at = plan_.totals[i];
      const bool in_row = at.row == plan_.total_row();
      has_row = has_row || in_row;
      has_first = has_first || (in_row && at.column == 0);
      if (!in_row) sheet_.put_text({at.row, 0}, shown_name(total.name));
      put_cell(at, total.value, in_row ? look : Look{.face = Look::Face::bold});
      name_total(total, at);
    }
    if (!has_row || has_first) return;
    sheet_.put_text({plan_.total_row(), 0}, total_label(report_), look);
  }

  void name_total(const NamedCell& total, CellAt at) {
    if (!number_of(total.value)) return;
    const std::string name = defined_name(plan_.name, total.name);
    if (!names_.insert(name).second) return;
    const std::string cell = address(CellAt{0, at.column});
    file_.define_name(name, "='" + plan_.name + "'!$" + cell.substr(0, cell.size() - 1) + "$" +
                                std::to_string(at.row + 1));
  }

  void put_notes() {
    std::uint32_t row = plan_.notes_row;
    for (const std::string& note : report_.notes) sheet_.put_text({row++, 0}, "note: " + note);
    if (!texts_.empty()) sheet_.put_text({row, 0}, note_on_texts(), {.ink = Look::Ink::input});
  }

  std::string note_on_texts() const {
    std::vector<CellAt> cells = texts_;
    std::ranges::sort(cells, {}, [](CellAt at) { return std::pair{at.column, at.row}; });
    std::string list;
    std::size_t count = 0;
    std::size_t named = 0;
    for (std::size_t i = 0; i < cells.size() && count < most_spans_named; ++count) {
      const CellAt first = cells[i];
      CellAt last = first;
      for (++i; i < cells.size() && cells[i] == CellAt{last.row + 1, last.column}; ++i) {
        last = cells[i];
      }
      named = i;
      list += (list.empty() ? "" : ", ") + span_address(first, last);
    }
    if (named < cells.size()) list += " and " + std::to_string(cells.size() - named) + " more";
    return "text, not numbers: " + list + ". A spreadsheet keeps " +
           std::to_string(spreadsheet_digits) +
           " digits of a number and these have more; what sums them is stated, not computed";
  }

  void set_view() {
    std::uint16_t frozen = 0;
    int width = 0;
    while (frozen < report_.columns.size() &&
           report_.columns[frozen].kind == ColumnKind::key &&
           (width += widths_[frozen]) <= widest_frozen) {
      ++frozen;
    }
    worksheet_freeze_panes(sheet_.handle(), SheetPlan::first_row, frozen);
    if (!report_.rows.empty()) {
      const CellAt last = plan_.cell(report_.rows.size() - 1, report_.columns.size() - 1);
      require(worksheet_autofilter(sheet_.handle(), SheetPlan::header_row, 0, last.row,
                                   last.column),
              "filter");
    }
    require(worksheet_repeat_rows(sheet_.handle(), SheetPlan::header_row, SheetPlan::header_row),
            "print titles");
    sheet_.set_page(report_.as_of.root);
  }

  WorkbookFile& file_;
  const SheetPlan& plan_;
  const Report& report_;
  std::size_t index_;
  const LiveFormulas& formulas_;
  Sheet sheet_;
  std::vector<int> widths_;
  std::vector<CellAt> texts_;
  std::set<std::string> names_;
};

}  // namespace

std::string what_it_is_of(const Report& report) {
  std::string text;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  };
  if (!report.book_id.empty()) add("book " + report.book_id);
  if (report.period) add(to_text(*report.period));
  add(report.state);
  add(report.currency);
  if (report.translation) {
    add("translated from " + report.translation->from + " at " +
        report.translation->rate.to_string() + " of " + report.translation->rate_on);
  }
  if (report.as_of.records > 0) add("as of record " + std::to_string(report.as_of.records));
  return text;
}

std::string number_format(Measure measure, int digits) {
  std::string format = measure == Measure::number ? "0" : "#,##0";
  if (digits > 0) format += "." + std::string(static_cast<std::size_t>(digits), '0');
  return format;
}

void write_report_sheet(WorkbookFile& file, const std::vector<SheetPlan>& plans, std::size_t sheet,
                        const LiveFormulas& formulas) {
  ReportSheet{file, plans, sheet, formulas}.write();
}

}  // namespace accrue
