#include "cli/page/anchors.h"

#include <set>

#include <fmt/format.h>

#include "accounting/report/cells.h"
#include "cli/page/markup.h"
#include "cli/render_text.h"

namespace accrue {

Anchors::Anchors(const Document& document) {
  std::size_t number = 0;
  for (std::size_t report = 0; report < document.reports.size(); ++report) {
    for (const Row& row : document.reports[report].rows) {
      const std::string ref = ref_of(row);
      const auto found = document.explanations.find(ref);
      if (found == document.explanations.end() || report_of_.contains(ref)) continue;
      report_of_.emplace(ref, report);
      ++number;
      ids_.insert_or_assign(ref, fmt::format("e{}", number));
      for (std::size_t step = 1; step < found->second.size(); ++step) {
        ids_.emplace(found->second[step].ref, fmt::format("e{}-{}", number, step));
      }
    }
  }
}

std::string Anchors::id_of(const std::string& row_ref, std::string_view column) const {
  if (ids_.empty()) return {};
  const std::string of_figure = id_of(row_ref + "#" + std::string{column});
  return of_figure.empty() ? id_of(row_ref) : of_figure;
}

std::string Anchors::id_of(const std::string& ref) const {
  const auto found = ids_.find(ref);
  return found == ids_.end() ? std::string{} : found->second;
}

bool Anchors::stands_below(const std::string& row_ref, std::size_t report) const {
  const auto found = report_of_.find(row_ref);
  return found != report_of_.end() && found->second == report;
}

namespace {

std::string_view word_of(Link link) {
  switch (link) {
    case Link::plus:
      return "plus";
    case Link::minus:
      return "less";
    case Link::same:
      return "the same as";
    case Link::figure:
      return "figure";
    case Link::source:
      return "from";
  }
  return {};
}

std::string value_markup(const std::optional<Figure>& value, const std::string& unit) {
  if (!value) return {};
  return fmt::format(" <span class=\"n\">{}{}{}</span>", figure_text(*value, true),
                     unit.empty() ? "" : " ", escaped(unit));
}

std::string part_markup(const ExplainedPart& part, const Anchors& anchors) {
  const std::string id = anchors.id_of(part.ref);
  const std::string ref = "<code>" + long_text(part.ref) + "</code>";
  return fmt::format("<li><span class=\"what\"><em>{}</em> {}</span>{} {}</li>\n",
                     word_of(part.link), long_text(part.what), value_markup(part.value, part.unit),
                     id.empty() ? ref : fmt::format("<a href=\"#{}\">{}</a>", id, ref));
}

std::string step_body(const ExplainedStep& step, const Anchors& anchors) {
  std::string markup;
  for (const std::string& line : step.how)
    markup += "<p class=\"how\">" + long_text(line) + "</p>\n";
  if (!step.parts.empty()) {
    markup += "<ul class=\"parts\">\n";
    for (const ExplainedPart& part : step.parts) markup += part_markup(part, anchors);
    markup += "</ul>\n";
  }
  return markup + "<p class=\"how\"><code>accrue explain " + long_text(step.ref) + "</code></p>\n";
}

/// The step of a row, which unfolds, with those of its figures in it.
std::string row_markup(const std::vector<ExplainedStep>& steps, const std::string& id,
                       const Anchors& anchors) {
  std::string markup = fmt::format(
      "<details id=\"{}\">\n<summary><span class=\"what\">{}</span>{}</summary>\n", id,
      long_text(steps.front().what), value_markup(steps.front().value, steps.front().unit));
  markup += step_body(steps.front(), anchors);
  for (std::size_t i = 1; i < steps.size(); ++i) {
    markup += fmt::format(
        "<div class=\"step\" id=\"{}-{}\">\n<p class=\"head\"><strong>{}</strong>{}"
        "</p>\n{}</div>\n",
        id, i, long_text(steps[i].what), value_markup(steps[i].value, steps[i].unit),
        step_body(steps[i], anchors));
  }
  return markup + "</details>\n";
}

}  // namespace

std::string explanations_markup(const Document& document, std::size_t report,
                                const Anchors& anchors) {
  std::string markup;
  std::set<std::string> shown;
  for (const Row& row : document.reports[report].rows) {
    const std::string ref = ref_of(row);
    if (!anchors.stands_below(ref, report) || !shown.insert(ref).second) continue;
    const std::vector<ExplainedStep>& steps = document.explanations.at(ref);
    if (!steps.empty()) markup += row_markup(steps, anchors.id_of(ref), anchors);
  }
  if (markup.empty()) return {};
  // Below the heading of its section, or, where there is but one, of the page.
  const char* const heading = document.reports.size() > 1 ? "h3" : "h2";
  return fmt::format("<div class=\"explained\">\n<{0}>How these figures come about</{0}>\n{1}</div>\n",
                     heading, markup);
}

}  // namespace accrue
