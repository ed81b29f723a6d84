#include "cli/command_events.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "accounting/posting/events.h"
#include "cli/dead_letters.h"
#include "cli/files.h"
#include "cli/line_stream.h"
#include "cli/notices.h"
#include "cli/notices_json.h"
#include "ledger/intake/event_reader.h"

namespace accrue {

namespace {

/// The versions of the rate card that the stream is priced by: of the card given, or of the only
/// one in the book. A card that is new to the book is recorded before the first event.
Result<std::vector<RateCard>> rate_card_of(const Context& context, Books& books,
                                           const std::optional<std::string>& file) {
  std::optional<RateCard> given;
  if (file) {
    ACCRUE_TRY(text, read_file(*file));
    ACCRUE_TRY(card, parse_rate_card(text, *file));
    const std::vector<HeldRateCard>& held = books.state().rate_cards;
    const bool is_known = std::any_of(held.begin(), held.end(), [&](const HeldRateCard& version) {
      return version.text == text;
    });
    if (!is_known) {
      ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
      ACCRUE_TRY_DONE(books.record(RateCardAdded{card, file_name(*file), text}, stamp,
                                   context.options().mode));
    }
    given = std::move(card);
  }
  std::vector<RateCard> versions;
  for (const HeldRateCard& held : books.state().rate_cards) {
    if (given && held.card.id != given->id) continue;
    if (!given && held.card.id != books.state().rate_cards.front().card.id) {
      return std::vector<RateCard>{};  // several cards, and none named
    }
    versions.push_back(held.card);
  }
  // What a dry run has not recorded prices its events all the same.
  if (given && context.options().mode == RunMode::dry_run) versions.push_back(*given);
  return versions;
}

/// A line of the stream on its way into the book.
struct WaitingLine {
  std::string text;
  std::size_t number = 0;
  Event event;
};

/// What the stream has done so far.
struct StreamTotals {
  std::int64_t taken = 0;
  std::int64_t known = 0;
  std::int64_t refused = 0;
  std::int64_t records = 0;
};

/// Gathers lines into groups and takes each as one record.
class EventStream {
 public:
  EventStream(const Context& context, const ImportEventsCommand& command, Books& books,
              EventTerms terms)
      : context_{context},
        command_{command},
        books_{books},
        terms_{std::move(terms)},
        letters_{command.dead_letters.value_or(dead_letter_path(context.book().value))},
        book_time_{book_time(books.store(), books.state())} {}

  /// Errors: those of take_events. What was acknowledged stays.
  Result<ExitStatus> run(LineStream& lines) {
    using Clock = LineStream::Clock;
    Clock::time_point deadline = Clock::time_point::max();
    while (true) {
      const LineStream::Next next = lines.next(deadline);
      if (next == LineStream::Next::line) {
        take_line(lines);
        const bool is_dry = context_.options().mode == RunMode::dry_run;
        if (line_count_ == 1 && !is_dry) deadline = Clock::now() + command_.group_time;
        const bool is_full = line_count_ >= command_.group_count;
        if (is_dry || (!is_full && Clock::now() < deadline)) continue;
      }
      if (line_count_ > 0) ACCRUE_TRY_DONE(commit_group(lines.name()));
      deadline = Clock::time_point::max();
      if (next == LineStream::Next::end) return ExitStatus::done;
      if (next == LineStream::Next::interrupted) return ExitStatus::interrupted;
    }
  }

  const StreamTotals& totals() const { return totals_; }
  const DeadLetters& letters() const { return letters_; }

 private:
  void take_line(const LineStream& lines) {
    if (lines.line().find_first_not_of(" \t") == std::string_view::npos) return;
    ++line_count_;
    Result<Event> event = read_event(lines.line());
    if (event.ok()) {
      last_id_ = event->id;
      waiting_.push_back({std::string{lines.line()}, lines.line_number(), std::move(*event)});
    } else {
      refuse(event.error(), lines.name(), lines.line_number(), lines.line());
    }
  }

  void refuse(Error error, const std::string& file, std::size_t line, std::string_view text) {
    error.place.file = file;
    error.place.line = line;
    letters_.add(error, text);
    ++totals_.refused;
    ++refused_in_group_;
    // Enough to see what is wrong; the rest lies in the file.
    constexpr std::int64_t most_said = 20;
    if (totals_.refused <= most_said) {
      context_.say(fmt::format("refused[{}]: {}:{}: {}", accrue::name_of(error.code), file, line,
                               error.message));
      for (const std::string& note : error.notes) context_.say("  note: " + note);
    }
    if (totals_.refused == most_said) context_.say("more may be refused in silence");
  }

  Result<Done> commit_group(const std::string& file) {
    std::vector<Event> events;
    events.reserve(waiting_.size());
    for (WaitingLine& line : waiting_) events.push_back(std::move(line.event));
    ACCRUE_TRY(taken, take_events(
                          books_, events, terms_,
                          [this](Instant last) { return context_.stamp(last); },
                          context_.options().mode));
    for (const RefusedEvent& refused : taken.refused) {
      const WaitingLine& line = waiting_[refused.index];
      refuse(refused.error, file, line.number, line.text);
    }
    if (context_.options().mode == RunMode::write) letters_.write();
    totals_.taken += taken.taken_count;
    totals_.known += taken.known_count;
    if (taken.recorded.record > 0) ++totals_.records;
    const std::vector<Notice> notices = notices_of(books_, taken.recorded, book_time_);
    book_time_ = time_with(taken.recorded, book_time_);
    acknowledge(taken, notices);
    say_notices(context_, notices);
    waiting_.clear();
    line_count_ = 0;
    refused_in_group_ = 0;
    return Done{};
  }

  /// Said only when the group is on the disk: a feeder may forget what it sent so far.
  void acknowledge(const TakenEvents& taken, const std::vector<Notice>& notices) const {
    if (context_.options().mode == RunMode::dry_run) return;
    const bool is_recorded = taken.recorded.record > 0;
    const std::string root = is_recorded ? to_hex(taken.recorded.root) : "";
    if (context_.options().format == Format::json) {
      nlohmann::ordered_json ack = {{"schema", "accrue.import.events/1"},
                                    {"count", line_count_},
                                    {"taken", taken.taken_count},
                                    {"known", taken.known_count},
                                    {"refused", refused_in_group_},
                                    {"last_id", last_id_},
                                    {"record", nullptr},
                                    {"root", nullptr}};
      if (is_recorded) ack["record"] = taken.recorded.record;
      if (is_recorded) ack["root"] = root;
      ack["notices"] = notices_json(notices);
      write_text(Stream::out, ack.dump() + "\n");
      return;
    }
    write_text(Stream::out,
               fmt::format("ack count={} taken={} known={} refused={} record={} root={} last_id={}\n",
                           line_count_, taken.taken_count, taken.known_count, refused_in_group_,
                           is_recorded ? std::to_string(taken.recorded.record) : "-",
                           is_recorded ? root : "-", last_id_));
  }

  const Context& context_;
  const ImportEventsCommand& command_;
  Books& books_;
  EventTerms terms_;
  DeadLetters letters_;
  StreamTotals totals_;
  std::optional<Instant> book_time_;

  // Of the group in hand.
  std::vector<WaitingLine> waiting_;
  std::int64_t line_count_ = 0;
  std::int64_t refused_in_group_ = 0;
  std::string last_id_;
};

/// Acknowledgements go to standard output as they come. Errors: format_conflict.
Result<Done> require_acknowledgements(const GlobalOptions& options) {
  if (!options.output && options.format != Format::csv) return Done{};
  return Error{.code = ErrorCode::format_conflict,
               .message = "acknowledgements are lines of text or JSON on standard output, each "
                          "printed when its group is on the disk",
               .hint = options.output ? "redirect them: accrue import events FILE >acknowledged"
                                      : "use -f json, or leave -f out"};
}

void say_totals(const Context& context, const EventStream& stream) {
  const StreamTotals& totals = stream.totals();
  const bool is_dry = context.options().mode == RunMode::dry_run;
  context.say(fmt::format("{}events: {} taken in {} records, {} known, {} refused",
                          is_dry ? "dry run: " : "", totals.taken, totals.records, totals.known,
                          totals.refused));
  if (totals.refused > 0 && !is_dry) context.say("refused events: " + stream.letters().path());
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ImportEventsCommand& command) {
  ACCRUE_TRY_DONE(require_acknowledgements(context.options()));
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(rate_card, rate_card_of(context, books, command.rate_card));
  EventTerms terms{command.catch_up, std::move(rate_card), command.overage_currencies};
  ACCRUE_TRY(lines, LineStream::open(command.file));
  EventStream stream{context, command, books, std::move(terms)};
  const Result<ExitStatus> status = stream.run(lines);
  say_totals(context, stream);
  return status;
}

}  // namespace accrue
