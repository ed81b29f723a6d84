#include "cli/page/frame.h"

#include <algorithm>

#include <fmt/format.h>

#include "accounting/report/ref.h"
#include "cli/page/markup.h"
#include "cli/page/style.h"
#include "cli/page/svg.h"
#include "cli/page/tables.h"

namespace accrue {

namespace {

/// The report that says most of the frame: the first with a period, else the first of a book.
const Report* framing_report(const Document& document) {
  const auto with_period = std::ranges::find_if(
      document.reports, [](const Report& report) { return report.period.has_value(); });
  if (with_period != document.reports.end()) return &*with_period;
  const auto of_a_book = std::ranges::find_if(
      document.reports, [](const Report& report) { return !report.book_id.empty(); });
  return of_a_book == document.reports.end() ? nullptr : &*of_a_book;
}

std::string fact(std::string_view name, const std::string& value) {
  if (value.empty()) return {};
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
}

std::string origin(std::string_view name, const std::string& value) {
  if (value.empty()) return {};
  return fmt::format("<dt>{}</dt><dd><code>{}</code></dd>\n", name, value);
}

std::string verdict(const Document& document) {
  const CheckCount count = count_checks(document.reports);
  if (count.all == 0) return {};
  const std::string text = count.failed == 0
                               ? fmt::format("all {} hold", count.all)
                               : fmt::format("{} of {} DIFFER", count.failed, count.all);
  return fmt::format("<a href=\"#checks\"{}>{}</a>", count.failed == 0 ? "" : " class=\"failed\"",
                     text);
}

/// The words that shaped the answer: "report rollforward, period 2026-Q2, by origin".
std::string asked_for(const Filters& filters) {
  std::string text = filters.command;
  for (const auto& [name, value] : filters.words) {
    std::string word = name;
    std::ranges::replace(word, '_', ' ');
    if (const auto* const is_set = std::get_if<bool>(&value)) {
      if (*is_set) text += ", " + word;
    } else if (const auto* const one = std::get_if<std::string>(&value)) {
      text += ", " + word + " " + *one;
    } else if (const auto* const many = std::get_if<std::vector<std::string>>(&value)) {
      for (const std::string& each : *many) text += ", " + word + " " + each;
    }
  }
  return long_text(text);
}

std::string program_text(const Program& program) {
  if (program.name.empty()) return {};
  return escaped(program.name + " " + program.version + ", build " + program.build);
}

std::string facts_markup(const Document& document) {
  const Report* const report = framing_report(document);
  std::string facts;
  std::string origins;
  if (report != nullptr) {
    if (report->period) facts += fact("Period", to_text(*report->period));
    facts += fact("State", escaped(report->state));
    facts += fact("Currency", escaped(report->currency));
    facts += fact("Translated", escaped(translation_text(*report)));
    if (report->as_of.records > 0) {
      facts += fact("As of", "record " + std::to_string(report->as_of.records));
    }
    origins +=
        origin("Book", escaped(report->book_id)) + origin("Root", escaped(report->as_of.root));
  }
  facts += fact("Checks", verdict(document));
  origins += origin("Asked for", asked_for(document.filters)) +
             origin("Program", program_text(document.program));
  std::string markup;
  if (!facts.empty()) markup += "<dl class=\"facts\">\n" + facts + "</dl>\n";
  if (!origins.empty()) markup += "<dl class=\"origin\">\n" + origins + "</dl>\n";
  return markup;
}

std::string contents(const Document& document) {
  std::string items;
  for (std::size_t i = 0; i < document.reports.size(); ++i) {
    items += fmt::format("<li><a href=\"#r{}\">{}</a></li>\n", i + 1,
                         long_text(document.reports[i].title));
  }
  return "<nav aria-label=\"Contents\">\n<ol>\n" + items +
         "<li><a href=\"#checks\">Checks</a></li>\n"
         "<li><a href=\"#method\">Method and policies</a></li>\n"
         "<li><a href=\"#verify\">How to verify</a></li>\n</ol>\n</nav>\n";
}

/// At the foot of every printed sheet, so that a loose one is not taken for another book's.
std::string sheet_foot(const Document& document) {
  const Report* const report = framing_report(document);
  if (report == nullptr) return {};
  return fmt::format("As of record {} root {}", report->as_of.records,
                     report->as_of.root.substr(0, 16));
}

}  // namespace

std::string translation_text(const Report& report) {
  if (!report.translation) return {};
  const Translation& by = *report.translation;
  return fmt::format("from {0} at {1} {0} per {2} of {3}, for convenience", by.from,
                     by.rate.to_string(), report.currency, by.rate_on);
}

std::string page_head(const Document& document) {
  const std::string title = escaped(cut(document.title, 200));
  const Report* const framing = framing_report(document);
  const std::string name = framing == nullptr ? "" : framing->book_name;
  const std::string entity =
      name.empty() ? std::string{} : "<p class=\"entity\">" + long_text(name) + "</p>\n";
  // A pack prints what its reader has unfolded, a report all of it.
  const std::string kind = document.reports.size() > 1 ? " class=\"pack\"" : "";
  std::string markup =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'; img-src data:\" />\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
      "<meta name=\"color-scheme\" content=\"light dark\" />\n<title>" +
      title + "</title>\n<style>" + page_style(sheet_foot(document)) +
      "</style>\n</head>\n<body" + kind +
      ">\n<a class=\"skip\" href=\"#main\">Skip to the figures</a>\n" +
      pattern_definitions() + "<header>\n" + entity + "<h1>" + title + "</h1>\n" +
      facts_markup(document) + "</header>\n";
  if (document.reports.size() > 1) markup += contents(document);
  return markup;
}

std::string page_end(const Document& document) {
  const Report* const report = framing_report(document);
  std::string line =
      program_text(document.program).empty()
          ? std::string{}
          : escaped("Made by " + document.program.name + " " + document.program.version + ". ");
  if (report != nullptr && report->as_of.records > 0) {
    line += fmt::format("What the book knew at record {}.", report->as_of.records);
  }
  const std::string foot =
      line.empty() ? std::string{} : "<footer>\n<p>" + line + "</p>\n</footer>\n";
  return foot + "</body>\n</html>\n";
}

}  // namespace accrue
