#include "cli/command_line.h"

#include <algorithm>
#include <iterator>

#include <CLI/CLI.hpp>

#include "ledger/error/suggest.h"

namespace accrue {

namespace {

std::vector<std::string> words_of(std::string_view path) {
  std::vector<std::string> words;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find(' '), path.size());
    words.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return words;
}

/// The words that are among `chosen`, in the order of `words`.
std::vector<std::string> in_order_of(const std::vector<std::string>& words,
                                     const std::vector<std::string>& chosen) {
  std::vector<std::string> ordered;
  std::copy_if(words.begin(), words.end(), std::back_inserter(ordered), [&](const auto& word) {
    return std::find(chosen.begin(), chosen.end(), word) != chosen.end();
  });
  return ordered;
}

void add_flag(CLI::App& app, const Flag& flag) {
  if (flag.value.empty()) {
    app.add_flag(std::string{flag.names});
    return;
  }
  CLI::Option* option = app.add_option(std::string{flag.names});
  option->expected(1);
  option->type_name(std::string{flag.value});
  if (flag.count == Count::many) option->take_all();
}

void add_command(CLI::App& root, const CommandSpec& spec) {
  CLI::App* app = &root;
  for (const std::string& word : words_of(spec.path)) {
    const auto known = app->get_subcommands(
        [&](const CLI::App* command) { return command->get_name() == word; });
    CLI::App* next = known.empty() ? nullptr : known.front();
    if (next == nullptr) {
      next = app->add_subcommand(word);
      next->require_subcommand(0, 1);
    }
    app = next;
  }
  for (const Positional& positional : spec.positionals) {
    CLI::Option* option = app->add_option(std::string{positional.name});
    option->expected(1, positional.count == Count::many ? -1 : 1);
    // What makes CLI11 go on with the words behind a flag.
    option->allow_extra_args(positional.count == Count::many);
  }
  for (const Flag& flag : spec.flags) add_flag(*app, flag);
}

/// The words of the command as far as they are known.
std::string chosen_path(const CLI::App& root) {
  std::string path;
  const CLI::App* app = &root;
  while (!app->get_subcommands().empty()) {
    app = app->get_subcommands().front();
    path += (path.empty() ? "" : " ") + app->get_name();
  }
  return path;
}

void take_values(const CLI::App& app, ParsedLine& line) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() == 0) continue;
    const std::string name =
        option->get_positional() ? option->get_name(true) : "--" + option->get_lnames().front();
    line.values.emplace(name, option->results());
  }
  for (const CLI::App* chosen : app.get_subcommands()) take_values(*chosen, line);
}

Error unknown_flag(const std::string& flag, const std::string& path) {
  const std::string name = flag.substr(0, flag.find('='));
  std::vector<std::string_view> known;
  for (const Flag& global : global_flags()) known.push_back(global.long_name());
  if (const CommandSpec* spec = find_command(path)) {
    for (const Flag& own : spec->flags) known.push_back(own.long_name());
  }
  Error error{.code = ErrorCode::unknown_flag,
              .message = path.empty() ? "unknown flag '" + name + "'"
                                      : "'accrue " + path + "' has no flag '" + name + "'"};
  if (const std::optional<std::string> near = suggest(name, known)) {
    error.hint = "did you mean '" + *near + "'?";
  } else {
    error.hint = "its flags: accrue " + path + (path.empty() ? "" : " ") + "--help";
  }
  return error;
}

Error unexpected_word(const std::vector<std::string>& typed, const std::vector<std::string>& extras,
                      const std::string& path) {
  if (find_command(path) != nullptr && typed.front() != extras.front()) {
    return Error{.code = ErrorCode::usage,
                 .message = "'accrue " + path + "' does not take the word '" + extras.front() + "'",
                 .hint = "its form: accrue " + path + " --help"};
  }
  std::string name = typed.front();
  if (name != extras.front()) name = path + " " + extras.front();
  Error error{.code = ErrorCode::unknown_command, .message = "unknown command '" + name + "'"};
  const std::string near = suggest_command(typed);
  error.hint = near.empty() ? "the list of commands: accrue help" : "did you mean " + near + "?";
  return error;
}

Result<Done> require_positionals(const ParsedLine& line) {
  if (line.command == nullptr || line.has("--help")) return Done{};
  for (const Positional& positional : line.command->positionals) {
    const bool may_miss = positional.count == Count::optional || line.command->path == "help";
    if (may_miss || line.has(positional.name)) continue;
    return Error{.code = ErrorCode::usage,
                 .message = "'accrue " + std::string{line.command->path} + "' needs " +
                            std::string{positional.name} + ": " + std::string{positional.what},
                 .hint = "for instance: accrue " + std::string{line.command->examples.front()}};
  }
  return Done{};
}

std::string quoted_command(std::string_view path) {
  return "'accrue " + std::string{path} + "'";
}

}  // namespace

std::optional<std::string> ParsedLine::text(std::string_view name) const {
  const auto found = values.find(name);
  if (found == values.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> ParsedLine::texts(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::vector<std::string>{} : found->second;
}

std::string suggest_command(const std::vector<std::string>& words) {
  std::vector<std::string_view> paths;
  std::vector<std::string_view> last_words;
  for (const CommandSpec& spec : command_table()) {
    paths.push_back(spec.path);
    last_words.push_back(spec.path.substr(spec.path.rfind(' ') + 1));
  }
  const std::string first = words.front();
  const std::string two = words.size() > 1 ? first + " " + words[1] : first;
  if (const std::optional<std::string> path = suggest(two, paths)) return quoted_command(*path);
  if (const std::optional<std::string> path = suggest(first, paths)) return quoted_command(*path);
  // The end of a name without its begin: every command that ends so.
  const std::optional<std::string> meant = suggest(first, last_words);
  if (!meant) return {};
  std::string all;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (last_words[i] != *meant) continue;
    all += (all.empty() ? "" : " or ") + quoted_command(paths[i]);
  }
  return all;
}

Result<ParsedLine> parse_words(const std::vector<std::string>& words) {
  CLI::App app;
  app.set_help_flag();
  app.fallthrough();
  app.allow_extras();
  app.require_subcommand(0, 1);
  for (const Flag& flag : global_flags()) add_flag(app, flag);
  for (const CommandSpec& spec : command_table()) add_command(app, spec);
  try {
    app.parse(std::vector<std::string>{words.rbegin(), words.rend()});
  } catch (const CLI::ParseError& error) {
    return Error{.code = ErrorCode::usage, .message = error.what(),
                 .hint = "its form: accrue " + chosen_path(app) + " --help"};
  }
  const std::string path = chosen_path(app);
  const std::vector<std::string> extras = app.remaining(true);
  const auto flag = std::find_if(extras.begin(), extras.end(), [](const std::string& word) {
    return word.size() > 1 && word.starts_with('-') && word != "--";
  });
  // An unknown flag leaves its value among the words: the flag is what is wrong.
  if (flag != extras.end()) return unknown_flag(*flag, path);
  if (!extras.empty()) {
    std::vector<std::string> typed = words_of(path);
    typed.insert(typed.end(), extras.begin(), extras.end());
    return unexpected_word(in_order_of(words, typed), extras, path);
  }

  ParsedLine line{.command = find_command(path), .group = path};
  take_values(app, line);
  ACCRUE_TRY_DONE(require_positionals(line));
  return line;
}

}  // namespace accrue
