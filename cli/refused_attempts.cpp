#include "cli/refused_attempts.h"

#include <optional>
#include <string_view>
#include <utility>

#include "accounting/audit/log_facts.h"
#include "cli/files.h"
#include "cli/request.h"

namespace accrue {

namespace {

/// The words without the paths of keys: where a person keeps a key is nobody's business.
std::vector<std::string> told_words(const std::vector<std::string>& words) {
  constexpr std::string_view key_flag = "--key";
  constexpr std::string_view untold = "...";
  std::vector<std::string> told;
  for (const std::string& word : words) {
    if (!told.empty() && told.back() == key_flag) {
      told.emplace_back(untold);
    } else if (word.starts_with(std::string{key_flag} + "=")) {
      told.push_back(std::string{key_flag} + "=" + std::string{untold});
    } else {
      told.push_back(word);
    }
  }
  return told;
}

/// The last period that the words name; none where they name none.
std::optional<Period> period_of(const ParsedLine& line, const BookState& state) {
  std::optional<std::string> text = line.text("PERIOD");
  if (!text) text = line.text("--from");
  if (!text) return std::nullopt;
  const Result<PeriodRange> range = period_range(*text, state);
  if (!range.ok()) return std::nullopt;
  return range->last;
}

/// The last period that a request asks to change; none where it cannot be read, or names none.
std::optional<Period> period_of_request(const std::string& file, const BookState& state) {
  const Result<std::string> text = read_file(file);
  if (!text.ok()) return std::nullopt;
  const Result<Request> request = read_request(*text, file);
  if (!request.ok()) return std::nullopt;
  const Result<Fact> fact = fact_of(*request, file);
  if (!fact.ok()) return std::nullopt;
  const ToldFact told = tell(*fact, state.record_count + 1, state);
  if (told.periods.empty()) return std::nullopt;
  return told.periods.back().last;
}

bool is_approval(const ParsedLine& line) { return line.command->path == "approve"; }

/// What may be an attempt on a closed period, or of a wrong person at an approval.
bool may_be_attempt(ErrorCode code, const ParsedLine& line) {
  if (code == ErrorCode::period_closed || code == ErrorCode::period_not_closed) return true;
  return is_approval(line) &&
         (code == ErrorCode::own_approval || code == ErrorCode::key_unknown ||
          code == ErrorCode::signature_wrong);
}

/// To reopen a period that is open is a slip, and touches nothing.
bool is_slip(ErrorCode code, std::optional<Period> period, const BookState& state) {
  return code == ErrorCode::period_not_closed && !(period && state.is_closed(*period));
}

/// The number of the record; 0: the refusal is of another kind. Throws StoreFailure.
Result<std::int64_t> record_attempt(const Context& context, const ParsedLine& line,
                                    const std::vector<std::string>& words, const Error& error) {
  ACCRUE_TRY(books, context.open_to_write());
  const std::optional<Period> period = is_approval(line)
                                           ? period_of_request(*line.text("FILE"), books.state())
                                           : period_of(line, books.state());
  if (is_slip(error.code, period, books.state())) return std::int64_t{0};
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  ACCRUE_TRY(recorded,
             books.record(AttemptRefused{told_words(words), std::string{name_of(error.code)},
                                         error.message, period},
                          stamp, RunMode::write));
  return recorded.record;
}

}  // namespace

Refusal with_attempt_recorded(const Context& context, const ParsedLine& line,
                              const std::vector<std::string>& words, Refusal refusal) {
  const bool is_for_show = line.has("--dry-run") || line.command->effect != Effect::writes;
  if (is_for_show || !may_be_attempt(refusal.errors.front().code, line)) return refusal;
  std::vector<std::string>& notes = refusal.errors.front().notes;
  try {
    const Result<std::int64_t> record =
        record_attempt(context, line, words, refusal.errors.front());
    if (!record.ok()) {
      notes.push_back("the attempt could not be recorded: " + record.error().message);
    } else if (*record > 0) {
      notes.push_back("recorded as record " + std::to_string(*record));
    }
  } catch (const StoreFailure& failure) {
    // The refusal is the answer; that it left no trace is said with it.
    notes.push_back(std::string{"the attempt could not be recorded: "} + failure.what());
  }
  return refusal;
}

}  // namespace accrue
