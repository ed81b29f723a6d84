#include "cli/workbook/render_xlsx.h"

#include "cli/workbook/checks_sheet.h"
#include "cli/workbook/cover_sheet.h"
#include "cli/workbook/report_sheet.h"

namespace accrue {

std::string render_xlsx(const Document& document) {
  const std::vector<SheetPlan> plans = plan_sheets(document);
  const LiveFormulas formulas = live_formulas(plans);
  const std::vector<CheckLine> lines = check_lines(plans, formulas);
  WorkbookFile file;
  write_cover_sheet(file, document, plans, lines);
  for (std::size_t sheet = 0; sheet < plans.size(); ++sheet) {
    write_report_sheet(file, plans, sheet, formulas);
  }
  write_checks_sheet(file, lines,
                     document.reports.empty() ? "" : document.reports.front().as_of.root);
  return file.take_bytes();
}

}  // namespace accrue
