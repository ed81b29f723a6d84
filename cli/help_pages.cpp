#include "cli/help_pages.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/command_line.h"
#include "cli/help_topics.h"
#include "ledger/error/suggest.h"

namespace accrue {

namespace {

constexpr int name_width = 24;

std::string_view first_word(std::string_view path) { return path.substr(0, path.find(' ')); }

/// "import usage FILE... [--source NAME]".
std::string form_of(const CommandSpec& spec) {
  std::string form = "accrue " + std::string{spec.path};
  for (const Positional& positional : spec.positionals) {
    const std::string name{positional.name};
    switch (positional.count) {
      case Count::one: form += " " + name; break;
      case Count::optional: form += " [" + name + "]"; break;
      case Count::many: form += " " + name + "..."; break;
    }
  }
  if (!spec.flags.empty()) form += " [flags]";
  return form;
}

std::string flag_line(const Flag& flag) {
  std::string name{flag.names};
  std::replace(name.begin(), name.end(), ',', ' ');
  if (!flag.value.empty()) name += " " + std::string{flag.value};
  return fmt::format("  {:<{}} {}\n", name, name_width, flag.what);
}

/// The global flags that a command of this effect takes.
bool takes(Effect effect, std::string_view flag) {
  const bool has_book = effect != Effect::none;
  if (flag == "--book") return has_book;
  if (flag == "--as-of") return effect == Effect::reads_as_of || effect == Effect::reports;
  if (flag == "--by-origin") return effect == Effect::reports;
  for (const std::string_view writing : {"--dry-run", "--author", "--reason", "--now", "--yes"}) {
    if (flag == writing) return effect == Effect::writes;
  }
  return true;
}

std::string exit_line(ExitStatus status) {
  return fmt::format("exit status {}", static_cast<int>(status));
}

}  // namespace

std::string overview_page() {
  std::string page =
      "accrue: a compute-credit ledger and revenue-recognition engine\n"
      "\n"
      "  accrue [flags] COMMAND\n";
  std::string_view group;
  for (const CommandSpec& spec : command_table()) {
    if (spec.group != group) page += fmt::format("\n{}\n", spec.group);
    group = spec.group;
    page += fmt::format("  {:<{}} {}\n", spec.path, name_width, spec.what);
  }
  page += "\nHelp on: ";
  for (const HelpTopic& topic : help_topics()) {
    page += std::string{topic.name} + (&topic == &help_topics().back() ? "\n" : ", ");
  }
  page += "accrue COMMAND --help shows examples; accrue help CODE explains an error.\n";
  return page;
}

std::string command_page(const CommandSpec& spec) {
  std::string page;
  for (const std::string_view example : spec.examples) {
    page += fmt::format("  accrue {}\n", example);
  }
  page += fmt::format("\n{}\n  {}\n", form_of(spec), spec.what);
  if (!spec.positionals.empty()) page += "\n";
  for (const Positional& positional : spec.positionals) {
    page += fmt::format("  {:<{}} {}\n", positional.name, name_width, positional.what);
  }
  if (!spec.flags.empty()) page += "\nFlags\n";
  for (const Flag& flag : spec.flags) page += flag_line(flag);
  page += "\nFlags of many commands\n";
  for (const Flag& flag : global_flags()) {
    if (takes(spec.effect, flag.long_name())) page += flag_line(flag);
  }
  return page;
}

std::string group_page(std::string_view group) {
  std::string page;
  for (const CommandSpec& spec : command_table()) {
    if (first_word(spec.path) != group) continue;
    page += fmt::format("  {:<46} {}\n", form_of(spec), spec.what);
  }
  return page;
}

std::string commands_of_group(std::string_view group) {
  std::string names;
  for (const CommandSpec& spec : command_table()) {
    if (first_word(spec.path) != group || spec.path == group) continue;
    names += (names.empty() ? "" : ", ") + std::string{spec.path.substr(group.size() + 1)};
  }
  return names;
}

std::string error_page(const ErrorPage& page) {
  return fmt::format("error[{}]   {}\n\nCause: {}\nFix:   {}\n", page.name,
                     exit_line(page.exit_status), page.cause, page.fix);
}

Result<std::string> help_page(const std::string& name) {
  if (name.empty()) return overview_page();
  const std::optional<ErrorCode> code = error_code_named(name);
  std::vector<std::string_view> known;
  for (const HelpTopic& topic : help_topics()) {
    known.push_back(topic.name);
    if (topic.name != name) continue;
    std::string page = fmt::format("{}: {}\n\n{}", topic.name, topic.title, topic.text);
    // One word may be a topic and a code.
    if (code) page += "\n" + error_page(page_of(*code));
    return page;
  }
  if (code) return error_page(page_of(*code));
  if (const CommandSpec* spec = find_command(name)) return command_page(*spec);
  if (std::string page = group_page(name); !page.empty()) return page;
  for (const CommandSpec& spec : command_table()) known.push_back(spec.path);
  for (const ErrorPage& page : error_pages()) known.push_back(page.name);
  Error error{.code = ErrorCode::unknown_topic, .message = "no help on '" + name + "'"};
  error.hint = "the list: accrue help";
  if (const std::optional<std::string> near = suggest(name, known)) {
    error.hint = "did you mean 'accrue help " + *near + "'?";
  } else if (const std::string command = suggest_command({name}); !command.empty()) {
    error.hint = "did you mean " + command + "?";
  }
  return error;
}

}  // namespace accrue
