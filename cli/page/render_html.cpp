#include "cli/page/render_html.h"

#include <fmt/format.h>

#include "accounting/report/ref.h"
#include "cli/page/anchors.h"
#include "accounting/report/cells.h"
#include "cli/page/charts.h"
#include "cli/page/frame.h"
#include "cli/page/markup.h"
#include "cli/page/method.h"
#include "cli/page/summary.h"
#include "cli/page/tables.h"

namespace accrue {

namespace {

/// What a report among others says of itself below its title.
std::string report_meta(const Report& report) {
  std::string line;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) line += (line.empty() ? "" : ", ") + part;
  };
  if (report.period) add(to_text(*report.period));
  add(report.currency);
  add(report.state);
  add(translation_text(report));
  return line.empty() ? line : "<p class=\"meta\">" + escaped(line) + "</p>\n";
}

std::string section_markup(const Document& document, std::size_t at, const Anchors& anchors) {
  const Report& report = document.reports[at];
  // The title of the only report is that of the page.
  const std::string heading = document.reports.size() == 1
                                  ? fmt::format("<section id=\"r{}\" aria-label=\"{}\">\n", at + 1,
                                                escaped(cut(report.title, 200)))
                                  : fmt::format("<section id=\"r{}\">\n<h2>{}</h2>\n{}", at + 1,
                                                long_text(report.title), report_meta(report));
  std::string markup = heading;
  const std::vector<Chart> charts = charts_of(report);
  for (std::size_t i = 0; i < charts.size(); ++i) {
    markup += figure_markup(charts[i], fmt::format("c{}-{}", at + 1, i + 1));
  }
  return markup + tables_markup(report, anchors) + explanations_markup(document, at, anchors) +
         "</section>\n";
}

std::string checks_section(const Document& document) {
  const std::string checks = checks_markup(document.reports);
  if (checks.empty() && document.reports.size() == 1) return {};
  return "<section id=\"checks\">\n<h2>Checks</h2>\n" +
         (checks.empty() ? "<p>These reports have no checks.</p>\n" : checks) + "</section>\n";
}

std::string first_ref(const Document& document) {
  for (const Report& report : document.reports) {
    if (!report.rows.empty()) return ref_of(report.rows.front());
  }
  return {};
}

}  // namespace

std::string render_html(const Document& document) {
  const Anchors anchors{document};
  const bool is_pack = document.reports.size() > 1;
  std::string page = page_head(document) + "<main id=\"main\">\n";
  page += summary_markup(document.reports);
  for (std::size_t i = 0; i < document.reports.size(); ++i) {
    page += section_markup(document, i, anchors);
  }
  page += checks_section(document);
  if (is_pack) {
    page += method_markup() +
            verification_markup(first_ref(document), document.reports.front().as_of.root);
  }
  return page + "</main>\n" + page_end(document);
}

}  // namespace accrue
