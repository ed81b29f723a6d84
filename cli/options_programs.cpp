#include "cli/read_words.h"

namespace accrue {

namespace {

Result<Decimal> read_interval(const ParsedLine& line) {
  const std::optional<std::string> text = line.text("--interval");
  if (!text) {
    return usage("--mus needs the interval between the monetary units",
                 "for instance: --mus --interval 50000");
  }
  const Result<Decimal> interval = Decimal::parse(*text);
  if (interval.ok() && interval->sign() > 0) return interval;
  return usage("--interval is an amount above zero, not '" + *text + "'",
               "for instance: --interval 50000");
}

Result<std::variant<MonetaryUnits, RandomItems>> read_method(const ParsedLine& line) {
  using Method = std::variant<MonetaryUnits, RandomItems>;
  const std::optional<std::string> random = line.text("--random");
  if (line.has("--mus") == random.has_value()) {
    return usage("a sample is of monetary units or of random items",
                 "either --mus --interval AMOUNT, or --random N");
  }
  if (!random) {
    ACCRUE_TRY(interval, read_interval(line));
    return Method{MonetaryUnits{interval}};
  }
  if (line.has("--interval")) {
    return usage("--interval is of monetary units", "use --mus, or leave --interval out");
  }
  constexpr std::int64_t most_items = 1'000'000;
  ACCRUE_TRY(count, read_count("--random", *random, most_items));
  return Method{RandomItems{count}};
}

Result<PopulationTerms> read_population(const ParsedLine& line) {
  static constexpr Choice<SampleOf> populations[] = {{"draws", SampleOf::draws},
                                                     {"cash-funded", SampleOf::cash_funded},
                                                     {"entries", SampleOf::entries}};
  static constexpr Choice<AccountRole> roles[] = {
      {"revenue", AccountRole::revenue},
      {"contract_liability", AccountRole::contract_liability},
      {"investment", AccountRole::investment},
      {"cash", AccountRole::cash},
      {"unbilled_receivable", AccountRole::unbilled_receivable}};
  PopulationTerms terms;
  ACCRUE_TRY(of, choose(line, "--of", populations));
  ACCRUE_TRY(role, choose(line, "--account", roles));
  terms.of = of.value_or(SampleOf::draws);
  if (role && terms.of != SampleOf::entries) {
    return usage("--account is of entries", "add --of entries, or leave --account out");
  }
  terms.role = role.value_or(AccountRole::revenue);
  if (const std::optional<std::string> code = line.text("--currency")) {
    if (terms.of == SampleOf::entries) {
      return usage("entries are in the book's currency", "leave --currency out");
    }
    ACCRUE_TRY(currency, Currency::from_code(*code));
    terms.currency = currency;
  }
  return terms;
}

Result<Command> read_sample(const ParsedLine& line) {
  static constexpr Choice<Strata> strata[] = {{"investee", Strata::by_investee}};
  for (const char* flag : {"--period", "--seed"}) {
    if (line.has(flag)) continue;
    return usage(std::string{"a sample needs "} + flag,
                 "for instance: accrue audit sample --period 2024-06 --random 25 --seed 7");
  }
  ACCRUE_TRY(population, read_population(line));
  ACCRUE_TRY(method, read_method(line));
  ACCRUE_TRY(seed, read_count("--seed", *line.text("--seed"), INT64_MAX));
  ACCRUE_TRY(by, choose(line, "--by", strata));
  return Command{AuditSampleCommand{
      *line.text("--period"),
      {population, method, seed, by.value_or(Strata::none)},
      line.has("--excluded") ? SampleRows::excluded : SampleRows::selected}};
}

Result<Command> read_evaluate(const ParsedLine& line) {
  // The words of `audit sample` are known here too; the sample states what they would.
  for (const char* flag : {"--period", "--mus", "--interval", "--random", "--seed", "--of",
                           "--account", "--currency", "--by", "--excluded"}) {
    if (!line.has(flag)) continue;
    return usage(std::string{"'accrue audit sample evaluate' does not take "} + flag,
                 "leave it out: the sample states it");
  }
  AuditSampleEvaluateCommand command{*line.text("SAMPLE"), *line.text("FINDINGS")};
  if (const std::optional<std::string> text = line.text("--confidence")) {
    constexpr std::int64_t least = 50;
    constexpr std::int64_t most = 99;
    ACCRUE_TRY(confidence, read_count("--confidence", *text, most));
    if (confidence < least) {
      return usage("--confidence is 50 to 99 percent, not '" + *text + "'",
                   "for instance: --confidence 95");
    }
    command.confidence_percent = static_cast<int>(confidence);
  }
  return Command{command};
}

Result<Command> read_completeness(const ParsedLine& line) {
  if (line.has("PERIOD") && line.has("--invoice")) {
    return usage("an invoice file states its own billing periods", "leave PERIOD out");
  }
  return Command{AuditCompletenessCommand{line.text("PERIOD"), line.text("--invoice")}};
}

Result<Command> read_cutoff(const ParsedLine& line) {
  constexpr std::int64_t most_days = 366;
  AuditCutoffCommand command{.period = *line.text("PERIOD")};
  if (const std::optional<std::string> text = line.text("--days")) {
    ACCRUE_TRY(days, read_count("--days", *text, most_days));
    command.days = static_cast<std::int32_t>(days);
  }
  return Command{command};
}

/// Microseconds after midnight, from HH:MM; 24:00 is the end of the day.
std::optional<std::int64_t> read_clock(std::string_view text) {
  constexpr std::int64_t minute = std::int64_t{60} * 1'000'000;
  const auto digit = [&](std::size_t at) { return text[at] - '0'; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0u, 1u, 3u, 4u}) {
    if (digit(at) < 0 || digit(at) > 9) return std::nullopt;
  }
  const int hours = digit(0) * 10 + digit(1);
  const int minutes = digit(3) * 10 + digit(4);
  if (minutes > 59 || hours * 60 + minutes > 24 * 60) return std::nullopt;
  return (hours * 60 + minutes) * minute;
}

Result<WorkingHours> read_hours(const std::string& text) {
  if (text.size() == 11 && text[5] == '-') {
    const std::optional<std::int64_t> opens = read_clock(std::string_view{text}.substr(0, 5));
    const std::optional<std::int64_t> shuts = read_clock(std::string_view{text}.substr(6));
    if (opens && shuts && *opens < *shuts) return WorkingHours{*opens, *shuts};
  }
  return usage("--hours goes from one time of a day to a later one, not '" + text + "'",
               "for instance: --hours 08:00-18:00");
}

Result<Command> read_journal_tests(const ParsedLine& line) {
  AuditJournalTestsCommand command{.period = *line.text("PERIOD"),
                                   .hours = {},
                                   .threshold = line.text("--threshold")};
  ACCRUE_TRY(hours, read_hours(line.text("--hours").value_or("08:00-18:00")));
  command.hours = hours;
  if (const std::optional<std::string> round = line.text("--round")) command.round = *round;
  return Command{command};
}

const CommandReader readers[] = {
    {"audit sample", read_sample},
    {"audit sample evaluate", read_evaluate},
    {"audit completeness", read_completeness},
    {"audit cutoff", read_cutoff},
    {"audit je-tests", read_journal_tests},
    {"audit lookback",
     [](Words l) -> Result<Command> { return Command{AuditLookbackCommand{l.text("PERIOD")}}; }},
};

}  // namespace

std::span<const CommandReader> audit_program_readers() { return readers; }

}  // namespace accrue
