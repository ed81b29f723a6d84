#include "cli/warnings.h"

#include "cli/error_text.h"

namespace accrue {

void say_warnings(const Context& context, const std::vector<Warning>& warnings) {
  for (const Warning& warning : warnings) {
    const std::string more = warning.count > 1 ? " (" + std::to_string(warning.count) + " times)"
                                               : "";
    context.say("warning[" + warning.code + "]: " + warning.message + more);
    if (!warning.first.file.empty()) context.say("  --> " + place_text(warning.first));
  }
}

void say_warnings(const Context& context, const std::vector<Warning>& warnings, Report& report) {
  say_warnings(context, warnings);
  if (context.options().format != Format::json) return;
  for (const Warning& warning : warnings) {
    report.notes.push_back("warning[" + warning.code + "]: " + warning.message);
  }
}

}  // namespace accrue
