#include "cli/output.h"

#include <algorithm>
#include <csignal>
#include <cstdio>

#include <sys/wait.h>

#include "cli/files.h"
#include "cli/library_versions.h"
#include "cli/page/render_html.h"
#include "cli/render_csv.h"
#include "cli/render_json.h"
#include "cli/render_table.h"
#include "cli/workbook/render_xlsx.h"

namespace accrue {

namespace {

constexpr int shell_found_no_pager = 127;

std::string pager_command() {
  for (const char* name : {"ACCRUE_PAGER", "PAGER"}) {
    if (const std::optional<std::string> pager = environment(name)) return *pager;
  }
  return "less -FRSX";
}

/// False when there was no pager to run: then nothing was shown.
bool show_in_pager(const std::string& text) {
  FILE* const pager = ::popen(pager_command().c_str(), "w");
  if (pager == nullptr) return false;
  // From here on it is the pager that is interrupted.
  std::signal(SIGINT, SIG_IGN);
  std::fwrite(text.data(), 1, text.size(), pager);
  const int status = ::pclose(pager);
  return !(WIFEXITED(status) && WEXITSTATUS(status) == shell_found_no_pager);
}

bool wants_pager(const Context& context, const std::string& text) {
  const std::optional<ScreenSize> screen = screen_size();
  return screen && context.options().paging == Paging::automatic &&
         context.options().format.value_or(Format::table) == Format::table &&
         std::count(text.begin(), text.end(), '\n') >= screen->rows;
}

Result<Done> put_text(const Context& context, const std::string& text) {
  if (context.options().output) return write_file(*context.options().output, text);
  if (wants_pager(context, text) && show_in_pager(text)) return Done{};
  write_text(Stream::out, text);
  return Done{};
}

std::string table_of(const Context& context, const Report& report) {
  TableStyle style;
  if (!context.options().output) {
    if (const std::optional<ScreenSize> screen = screen_size()) style.width = screen->columns;
    style.color = colors_of(context.options().color, Stream::out) == Colors::yes;
  }
  return render_table(report, style);
}

}  // namespace

Result<Done> put_document(const Context& context, const Document& document) {
  const bool is_workbook = context.options().format == Format::xlsx;
  if (!context.options().output && is_terminal(Stream::out)) {
    return Error{.code = ErrorCode::format_conflict,
                 .message = std::string{"a "} + (is_workbook ? "workbook" : "page") +
                            " is not for a terminal",
                 .hint = std::string{"add -o FILE."} + (is_workbook ? "xlsx" : "html")};
  }
  if (is_workbook) return put_text(context, render_xlsx(document));
  return put_text(context, render_html(document));
}

Result<Done> put_report(const Context& context, const Report& report, const std::string& json) {
  switch (context.options().format.value_or(Format::table)) {
    case Format::table: return put_text(context, table_of(context, report));
    case Format::csv: return put_text(context, render_csv(report));
    case Format::json: return put_text(context, json);
    case Format::xlsx:
    case Format::html:
      return put_document(context, {.title = report.title,
                                    .reports = {report},
                                    .explanations = {},
                                    .filters = context.options().filters,
                                    .program = this_program()});
  }
  return Done{};
}

Result<Done> put_report(const Context& context, const Report& report) {
  if (context.options().format != Format::json) return put_report(context, report, "");
  return put_report(context, report, render_json(report, context.options().filters, this_program()));
}

Result<Done> put_page(const Context& context, const std::string& text) {
  return put_text(context, text);
}

}  // namespace accrue
