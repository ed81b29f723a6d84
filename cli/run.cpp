#include "cli/run.h"

#include <algorithm>
#include <string_view>
#include <variant>

#include "cli/command_approve.h"
#include "cli/command_audit.h"
#include "cli/command_checkpoint.h"
#include "cli/command_deal.h"
#include "cli/command_events.h"
#include "cli/command_export.h"
#include "cli/command_explain.h"
#include "cli/command_facts.h"
#include "cli/command_feeds.h"
#include "cli/command_import.h"
#include "cli/command_keys.h"
#include "cli/command_line.h"
#include "cli/command_log.h"
#include "cli/command_period.h"
#include "cli/command_prove.h"
#include "cli/command_programs.h"
#include "cli/command_report.h"
#include "cli/command_scenario.h"
#include "cli/command_saved_forecasts.h"
#include "cli/command_start.h"
#include "cli/context.h"
#include "cli/demo.h"
#include "cli/error_json.h"
#include "cli/error_text.h"
#include "cli/files.h"
#include "cli/options.h"
#include "cli/refused_attempts.h"
#include "cli/terminal.h"

namespace accrue {

namespace {

/// How errors are to be said, read from the words alone: the command line itself may be what is
/// wrong.
struct ErrorStyle {
  Format format = Format::table;
  ColorChoice color = ColorChoice::automatic;
};

/// The value of a flag: in its own word, or behind it as in --format=json and -fjson.
std::string value_of(const std::vector<std::string>& words, std::string_view long_name,
                     std::string_view short_name) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == long_name || (word == short_name && !short_name.empty())) {
      return i + 1 < words.size() ? words[i + 1] : "";
    }
    if (word.starts_with(std::string{long_name} + "=")) {
      return std::string{word.substr(long_name.size() + 1)};
    }
    if (!short_name.empty() && word.starts_with(short_name)) {
      return std::string{word.substr(short_name.size())};
    }
  }
  return {};
}

ErrorStyle error_style(const std::vector<std::string>& words) {
  ErrorStyle style;
  const bool is_json = std::find(words.begin(), words.end(), "--json") != words.end();
  if (is_json || value_of(words, "--format", "-f") == "json") style.format = Format::json;
  const std::string color = value_of(words, "--color", "");
  if (color == "always") style.color = ColorChoice::always;
  if (color == "never") style.color = ColorChoice::never;
  return style;
}

ExitStatus say_refusal(const std::vector<std::string>& words, const Refusal& refusal) {
  const ErrorStyle style = error_style(words);
  if (style.format == Format::json) {
    write_text(Stream::err, error_json(refusal));
  } else {
    write_text(Stream::err, error_text(refusal, colors_of(style.color, Stream::err)));
  }
  return page_of(refusal.errors.front().code).exit_status;
}

/// Whether -o names a folder, which the command looks at and makes itself.
bool makes_folder(const Command& command) {
  if (const auto* exported = std::get_if<ExportCommand>(&command)) {
    return exported->folder.has_value();
  }
  if (const auto* pack = std::get_if<ReportPackCommand>(&command)) {
    return !pack->path.ends_with(".xlsx") && !pack->path.ends_with(".html");
  }
  const auto* pack = std::get_if<AuditPackCommand>(&command);
  return pack != nullptr && !pack->path.ends_with(".zip");
}

Result<ExitStatus> run_words(const std::vector<std::string>& words) {
  ACCRUE_TRY(line, parse_words(words));
  ACCRUE_TRY(invocation, read_options(line));
  const Context context{invocation.global};
  // Looked at before anything is recorded: an answer that cannot be given must stop the command.
  const auto& output = invocation.global.output;
  if (output && !makes_folder(invocation.command)) ACCRUE_TRY_DONE(require_writable(*output));
  Result<ExitStatus> status = std::visit(
      [&](const auto& command) { return run(context, command); }, invocation.command);
  if (status.ok() || line.command == nullptr) return status;
  return with_attempt_recorded(context, line, words, status.refusal());
}

}  // namespace

ExitStatus run_program(const std::vector<std::string>& words) {
  const Result<ExitStatus> status = run_words(words);
  return status.ok() ? *status : say_refusal(words, status.refusal());
}

ExitStatus report_failure(const std::vector<std::string>& words, const std::string& what) {
  return say_refusal(words, Refusal{{Error{.code = ErrorCode::machine_failed, .message = what,
                                           .hint = "see accrue doctor and accrue audit verify"}},
                                    0});
}

}  // namespace accrue
