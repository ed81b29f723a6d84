#include "cli/workbook/sheet_plan.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "accounting/report/cells.h"
#include "ledger/store/store.h"

namespace accrue {

namespace {

/// Of a spreadsheet's sheet (ISO/IEC 29500-1 leaves it open; every program has this one).
constexpr std::size_t most_rows = 1'048'576;
constexpr std::size_t longest_sheet_name = 31;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Names of sheets, told apart without regard to case as spreadsheets do.
class SheetNames {
 public:
  std::string take(std::string_view wanted) {
    std::string base;
    for (const char c : wanted) base += is_plain(c) || c == '-' || c == ' ' ? c : '_';
    if (base.empty()) base = "report";
    base.resize(std::min(base.size(), longest_sheet_name));
    std::string name = base;
    for (int number = 2; !taken_.insert(lower(name)).second; ++number) {
      const std::string ending = " " + std::to_string(number);
      name = base.substr(0, longest_sheet_name - ending.size()) + ending;
    }
    return name;
  }

 private:
  // "History" is what Excel keeps for itself.
  std::set<std::string> taken_{"cover", "checks", "history"};
};

SheetPlan plan_of(const Report& report, std::string name) {
  SheetPlan plan{.report = &report, .name = std::move(name), .totals = {}, .notes_row = 0};
  std::uint32_t next = plan.total_row() + 2;
  for (const NamedCell& total : report.totals) {
    const auto column = column_named(report, total.name);
    plan.totals.push_back(
        column ? CellAt{plan.total_row(), static_cast<std::uint16_t>(*column)} : CellAt{next++, 1});
  }
  plan.notes_row = next + 1;
  return plan;
}

}  // namespace

std::vector<SheetPlan> plan_sheets(const Document& document) {
  std::vector<const Report*> ordered;
  for (const Report& report : document.reports) {
    const std::size_t beside = report.totals.size() + report.notes.size() + 100;
    if (report.rows.size() + beside > most_rows) {
      throw StoreFailure{"report " + report.name + " has " + std::to_string(report.rows.size()) +
                         " rows, and a sheet of a workbook at most " + std::to_string(most_rows) +
                         ": ask for fewer periods, or for -f csv"};
    }
    ordered.push_back(&report);
  }
  const auto is_input = [](const Report* report) { return report->name == "deal"; };
  std::stable_partition(ordered.begin(), ordered.end(), is_input);
  SheetNames names;
  std::vector<SheetPlan> plans;
  for (const Report* report : ordered) {
    plans.push_back(plan_of(*report, names.take(is_input(report) ? "Inputs" : report->name)));
  }
  return plans;
}

std::string defined_name(const std::string& sheet, const std::string& total) {
  // The library has room for 128 characters, and one is the mark of the end.
  constexpr std::size_t longest = 100;
  std::string name = sheet + "_" + total;
  for (char& c : name) c = is_plain(c) ? c : '_';
  if (name.front() >= '0' && name.front() <= '9') name.insert(name.begin(), '_');
  return name.substr(0, longest);
}

std::optional<Decimal> number_of(const Cell& cell) {
  if (const auto* figure = std::get_if<Figure>(&cell)) return figure->value;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return Decimal::from_integer(*count);
  return std::nullopt;
}

int shown_digits(const Cell& cell) {
  const auto* figure = std::get_if<Figure>(&cell);
  if (figure == nullptr) return 0;
  const std::string text = figure->value.to_string(figure->digits);
  const std::size_t point = text.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

}  // namespace accrue
