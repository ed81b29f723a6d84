#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "ledger/error/suggest.h"

// What the readers of command words share; those of one group of commands stand in one file.

namespace accrue {

/// A refused command line, with what to write instead.
Error usage(std::string message, std::string hint);

template <typename T>
struct Choice {
  std::string_view word;
  T value;
};

template <typename T, std::size_t size>
Result<std::optional<T>> choose(const ParsedLine& line, std::string_view flag,
                                const Choice<T> (&choices)[size]) {
  const std::optional<std::string> given = line.text(flag);
  if (!given) return std::optional<T>{};
  std::vector<std::string_view> words;
  std::string all;
  for (const Choice<T>& choice : choices) {
    if (choice.word == *given) return std::optional<T>{choice.value};
    words.push_back(choice.word);
    all += (all.empty() ? "" : ", ") + std::string{choice.word};
  }
  Error error = usage(std::string{flag} + " does not take '" + *given + "'", "it takes " + all);
  if (const std::optional<std::string> near = suggest(*given, words)) {
    error.notes.push_back("it takes " + all);
    error.hint = "did you mean '" + *near + "'?";
  }
  return error;
}

inline constexpr Choice<DrawForecast> forecast_words[] = {
    {"trailing-3", DrawForecast::trailing_3},
    {"trailing-6", DrawForecast::trailing_6},
    {"trailing-12", DrawForecast::trailing_12},
    {"even", DrawForecast::even}};

/// --forecast: one of those words, or a forecast that the book keeps, "scenario:NAME".
Result<std::optional<ForecastChoice>> read_forecast(const ParsedLine& line);

/// A whole number from 1 to `most`.
Result<std::int64_t> read_count(std::string_view what, const std::string& text, std::int64_t most);

/// Reads the words of one command of the table.
struct CommandReader {
  std::string_view path;
  Result<Command> (*read)(const ParsedLine&);
};
using Words = const ParsedLine&;
/// The reader of a command that takes no words of its own.
template <typename T>
constexpr auto plain = [](Words) -> Result<Command> { return Command{T{}}; };

std::span<const CommandReader> import_readers();
std::span<const CommandReader> report_readers();
std::span<const CommandReader> audit_readers();
std::span<const CommandReader> export_readers();
std::span<const CommandReader> audit_program_readers();
std::span<const CommandReader> log_readers();
std::span<const CommandReader> saved_forecast_readers();
std::span<const CommandReader> scenario_readers();

/// What the words of a report ask for beside its kind and its period.
Result<ReportOptions> read_report_options(const ParsedLine& line);

}  // namespace accrue
