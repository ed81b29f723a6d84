#include "cli/workbook/cover_sheet.h"

#include <algorithm>
#include <string>
#include <variant>

#include "accounting/report/ref.h"
#include "cli/workbook/checks_sheet.h"
#include "cli/workbook/report_sheet.h"

namespace accrue {

namespace {

struct WordOf {
  std::string operator()(bool is_set) const { return is_set ? "yes" : "no"; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const std::vector<std::string>& texts) const {
    std::string list;
    for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + text;
    return list;
  }
};

class Cover {
 public:
  Cover(WorkbookFile& file, const Document& document, const std::vector<SheetPlan>& plans,
        const std::vector<CheckLine>& lines)
      : document_{document}, plans_{plans}, lines_{lines}, sheet_{file, cover_sheet_name} {}

  void write() {
    sheet_.put_text({0, 0}, document_.title, {.face = Look::Face::title});
    row_ = 2;
    put_line("entity", document_.reports.front().book_name);
    put_report(document_.reports.front());
    put_line("program", document_.program.name + " " + document_.program.version);
    put_line("build", document_.program.build);
    put_verdict();
    put_filters();
    put_sheets();
    constexpr int label_width = 24;
    constexpr int text_width = 80;
    sheet_.set_width(0, label_width);
    sheet_.set_width(1, text_width);
    sheet_.set_page(document_.reports.empty() ? "" : document_.reports.front().as_of.root);
  }

 private:
  void put_line(std::string label, const std::string& text) {
    if (text.find_first_not_of(' ') == std::string::npos) return;
    std::ranges::replace(label, '_', ' ');
    sheet_.put_text({row_, 0}, label, {.ink = Look::Ink::grey});
    sheet_.put_text({row_++, 1}, text);
  }

  /// All reports are of one book, as it was known at one record.
  void put_report(const Report& report) {
    put_line("book", report.book_id);
    if (report.period) put_line("period", to_text(*report.period));
    put_line("state", report.state);
    put_line("currency", report.currency);
    if (report.as_of.records > 0) put_line("as of record", std::to_string(report.as_of.records));
    put_line("root", report.as_of.root);
  }

  /// What to ask for, to be given the same again.
  void put_filters() {
    if (document_.filters.command.empty()) return;
    ++row_;
    put_head("asked for", "");
    put_line("command", document_.filters.command);
    for (const auto& [name, value] : document_.filters.words) {
      put_line(name, std::visit(WordOf{}, value));
    }
  }

  void put_head(const char* left, const char* right) {
    const Look look{.face = Look::Face::bold, .rule = Look::Rule::below};
    sheet_.put_text({row_, 0}, left, look);
    sheet_.put_text({row_++, 1}, right, look);
  }

  void put_verdict() {
    constexpr const char* good = "all checks hold";
    constexpr const char* bad = "CHECKS DIFFER: see the sheet Checks";
    sheet_.put_text({row_, 0}, "checks", {.ink = Look::Ink::grey});
    const CellAt at{row_++, 1};
    if (lines_.empty()) {
      sheet_.put_text(at, "none is stated");
      return;
    }
    const std::string formula = "=IF(" + address(checks_sheet_name, verdict_at()) + "=0,\"" +
                                good + "\",\"" + bad + "\")";
    sheet_.put_text_formula(at, formula, all_hold(lines_) ? good : bad,
                            {.face = Look::Face::bold});
  }

  void put_sheets() {
    ++row_;
    put_head("sheet", "what it holds");
    for (const SheetPlan& plan : plans_) {
      sheet_.put_sheet_link({row_, 0}, plan.name);
      sheet_.put_text({row_++, 1}, plan.report->title);
    }
    sheet_.put_sheet_link({row_, 0}, checks_sheet_name);
    sheet_.put_text({row_++, 1}, "every check of the ledger and of this workbook");
  }

  const Document& document_;
  const std::vector<SheetPlan>& plans_;
  const std::vector<CheckLine>& lines_;
  Sheet sheet_;
  std::uint32_t row_ = 0;
};

}  // namespace

void write_cover_sheet(WorkbookFile& file, const Document& document,
                       const std::vector<SheetPlan>& plans, const std::vector<CheckLine>& lines) {
  Cover{file, document, plans, lines}.write();
}

}  // namespace accrue
