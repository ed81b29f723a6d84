#include "cli/page/tables.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/page/table_parts.h"
#include "accounting/report/cells.h"
#include "accounting/report/total_label.h"
#include "cli/page/markup.h"
#include "cli/page/words.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr std::string_view nothing =
    "<span aria-hidden=\"true\">–</span><span class=\"vh\">none</span>";

bool is_number(const Column& column) {
  return column.kind == ColumnKind::figure || column.kind == ColumnKind::count;
}

std::string content_of(const Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return std::string{nothing};
  if (const auto* const text = std::get_if<std::string>(&cell)) return long_text(*text);
  return cell_text(cell);
}

/// A region that scrolls on its own where the screen is too narrow, with the keyboard too.
std::string scrolling(const std::string& label, const std::string& table) {
  return fmt::format(
      "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table: {}\">\n{}</div>\n",
      escaped(cut(label, 200)), table);
}

/// The tables of the rows of one report.
class RowTables {
 public:
  RowTables(const Report& report, const Anchors& anchors) : report_{report}, anchors_{anchors} {}

  std::string markup() const {
    const TablePlan plan = plan_table(report_);
    std::string markup;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
      const bool is_only = plan.parts.size() == 1;
      const std::string label =
          is_only ? report_.title
                  : fmt::format("{}, part {} of {}", report_.title, i + 1, plan.parts.size());
      markup += scrolling(label, table(plan.parts[i], label, is_only ? " class=\"vh\"" : ""));
    }
    if (!plan.left_out.empty()) {
      std::string names;
      for (const std::size_t column : plan.left_out) {
        names += (names.empty() ? "" : ", ") + heading_of(report_.columns[column].name);
      }
      markup += "<p class=\"note\">Zero in every row and not shown: " + escaped(names) + ".</p>\n";
    }
    return markup;
  }

 private:
  std::string table(const TablePart& part, const std::string& label, const char* caption_class) const {
    std::string markup =
        fmt::format("<table{}>\n<caption{}>{}</caption>\n<thead><tr>",
                    part.is_wide() ? " class=\"wide\"" : "", caption_class, long_text(label));
    for (const std::size_t column : part.columns) {
      markup += fmt::format("<th scope=\"col\"{}>{}</th>",
                            is_number(report_.columns[column]) ? " class=\"n\"" : "",
                            escaped(heading_of(report_.columns[column].name)));
    }
    markup += "</tr></thead>\n<tbody>\n";
    for (const Row& row : report_.rows) {
      if (!is_total(row)) markup += line(part, row, "<tr>");
    }
    for (const Row& row : report_.rows) {
      if (is_total(row)) markup += line(part, row, "<tr class=\"total\">");
    }
    return markup + "</tbody>\n" + foot(part) + "</table>\n";
  }

  std::string line(const TablePart& part, const Row& row, const char* begin) const {
    const std::string ref = ref_of(row);
    std::string markup = begin;
    for (const std::size_t column : part.columns) markup += cell(row, column, ref);
    return markup + "</tr>\n";
  }

  std::string cell(const Row& row, std::size_t at, const std::string& ref) const {
    const Column& column = report_.columns[at];
    const std::string content = content_of(row[at]);
    if (is_number(column)) {
      const std::string id = std::holds_alternative<Figure>(row[at])
                                 ? anchors_.id_of(ref, column.name)
                                 : std::string{};
      return "<td class=\"n\">" +
             (id.empty() ? content : fmt::format("<a href=\"#{}\">{}</a>", id, content)) + "</td>";
    }
    if (at + 1 == report_.columns.size()) return "<td class=\"ref\">" + content + "</td>";
    const char* const breaks = is_long_text(cell_text(row[at])) ? " class=\"w\"" : "";
    const bool heads_the_row = column.kind == ColumnKind::key && !cell_text(row[at]).empty();
    if (!heads_the_row) return fmt::format("<td{}>{}</td>", breaks, content);
    const bool is_total_row = at == 0 && is_total(row);
    return fmt::format("<th scope=\"row\"{}>{}{}</th>", breaks, content,
                       is_total_row ? " total" : "");
  }

  /// The totals that have a column, where this table has one of them.
  std::string foot(const TablePart& part) const {
    const auto total_of = [&](std::size_t column) {
      return total_in(report_, report_.columns[column].name);
    };
    const auto first = std::ranges::find_if(
        part.columns, [&](std::size_t column) { return total_of(column) != nullptr; });
    if (first == part.columns.end()) return {};
    const auto lead = first - part.columns.begin();
    std::string markup = "<tfoot><tr>";
    if (lead > 0) {
      markup += fmt::format("<th scope=\"row\" colspan=\"{}\">{}</th>", lead,
                            content_of(total_label(report_)));
    }
    for (auto column = first; column != part.columns.end(); ++column) {
      const char* const kind = is_number(report_.columns[*column]) ? " class=\"n\"" : "";
      const Cell* const total = total_of(*column);
      markup += fmt::format("<td{}>{}</td>", kind, total == nullptr ? "" : content_of(*total));
    }
    return markup + "</tr></tfoot>\n";
  }

  const Report& report_;
  const Anchors& anchors_;
};

/// Rows that are sentences: the question, the answer, then where it comes from.
std::string paragraphs(const Report& report) {
  std::string markup = "<ol class=\"answers\">\n";
  const std::size_t count = report.columns.size();
  for (const Row& row : report.rows) {
    markup += "<li>";
    for (std::size_t i = 1; i < count; ++i) {
      if (std::holds_alternative<std::monostate>(row[i])) continue;
      const bool is_source = i + 1 == count || report.columns[i].name == "command";
      const std::string text = content_of(row[i]);
      markup += i == 1      ? "<p class=\"question\">" + text + "</p>"
                : is_source ? "<p class=\"how\"><code>" + text + "</code></p>"
                            : "<p>" + text + "</p>";
    }
    markup += "</li>\n";
  }
  return markup + "</ol>\n";
}

/// Totals that no table has a column for.
std::string other_totals(const Report& report) {
  std::string lines;
  for (const NamedCell& total : report.totals) {
    if (!report.rows.empty() && column_named(report, total.name)) continue;
    lines += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td></tr>\n",
                         escaped(heading_of(total.name)), content_of(total.value));
  }
  if (lines.empty()) return {};
  return scrolling("Totals of " + report.title,
                   "<table class=\"totals\">\n<caption>Totals</caption>\n<tbody>\n" + lines +
                       "</tbody>\n</table>\n");
}

}  // namespace

std::string tables_markup(const Report& report, const Anchors& anchors) {
  std::string markup;
  if (report.rows.empty()) {
    markup = "<p>Nothing to list.</p>\n";
  } else if (report.layout == Layout::paragraphs) {
    markup = paragraphs(report);
  } else {
    markup = RowTables{report, anchors}.markup();
  }
  markup += other_totals(report);
  for (const std::string& note : report.notes) {
    markup += "<p class=\"note\">Note: " + long_text(note) + "</p>\n";
  }
  return markup;
}

CheckCount count_checks(const std::vector<Report>& reports) {
  CheckCount count;
  for (const Report& report : reports) {
    count.all += report.checks.size();
    count.failed += static_cast<std::size_t>(std::ranges::count_if(
        report.checks, [](const ReportCheck& check) { return !check.difference.value.is_zero(); }));
  }
  return count;
}

std::string checks_markup(const std::vector<Report>& reports) {
  const bool names_reports = reports.size() > 1;
  std::string lines;
  for (const Report& report : reports) {
    for (const ReportCheck& check : report.checks) {
      const bool holds = check.difference.value.is_zero();
      const std::string report_cell =
          names_reports ? "<td>" + long_text(report.title) + "</td>" : std::string{};
      lines +=
          fmt::format("<tr>{}<th scope=\"row\">{}</th><td class=\"n\">{}</td><td{}>{}</td></tr>\n",
                      report_cell, long_text(check.name), figure_text(check.difference, true),
                      holds ? "" : " class=\"failed\"", holds ? "ok" : "DIFFERS");
    }
  }
  if (lines.empty()) return {};
  return scrolling("Checks",
                   std::string{"<table class=\"checks\">\n<caption class=\"vh\">Checks</caption>\n"
                               "<thead><tr>"} +
                       (names_reports ? "<th scope=\"col\">Report</th>" : "") +
                       "<th scope=\"col\">Check</th><th scope=\"col\" class=\"n\">Difference</th>"
                       "<th scope=\"col\">Result</th></tr></thead>\n<tbody>\n" +
                       lines + "</tbody>\n</table>\n");
}

}  // namespace accrue
