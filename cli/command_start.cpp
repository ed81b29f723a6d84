#include "cli/command_start.h"

#include <algorithm>
#include <filesystem>
#include <random>

#include <fmt/format.h>
#include <unistd.h>

#include "accounting/posting/provider_periods.h"
#include "accounting/posting/thresholds.h"
#include "accounting/report/ref.h"
#include "cli/dead_letters.h"
#include "cli/files.h"
#include "cli/library_versions.h"
#include "cli/output.h"
#include "cli/summary.h"
#include "ledger/proof/sha256.h"

namespace accrue {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t book_id_digits = 32;

/// From the system's random source; from the book's own particulars where the time is given, so
/// that equal inputs give equal bytes.
std::string new_book_id(const std::string& name, const std::optional<Instant>& given_now,
                        Currency currency) {
  std::string seed;
  if (given_now) {
    seed = name + "\n" + given_now->to_string() + "\n" + std::string{currency.code()};
  } else {
    std::random_device source;
    for (int i = 0; i < 8; ++i) seed += std::to_string(source()) + " ";
  }
  return to_hex(sha256(seed)).substr(0, book_id_digits);
}

Result<BookOpened> read_particulars(const Context& context, const InitCommand& command) {
  ACCRUE_TRY(currency, Currency::from_code(command.currency));
  // Before the file is made: a book in an unknown zone must not leave one behind.
  ACCRUE_TRY_DONE(TimeZone::named(command.time_zone));
  ACCRUE_TRY(given_now, context.given_now());
  const std::string name =
      command.name.value_or(fs::path{context.book().value}.stem().string());
  return BookOpened{name,
                    new_book_id(name, given_now, currency),
                    currency,
                    command.time_zone,
                    TimeZone::data_version(),
                    command.fiscal_start_month,
                    command.start,
                    command.materiality_percent,
                    command.has_dual_control};
}

Result<Store> new_store(const Context& context) {
  if (context.options().mode == RunMode::write) return Store::create(context.book().value);
  std::error_code unknown;
  if (!fs::exists(context.book().value, unknown)) return Store::in_memory();
  return Error{.code = ErrorCode::book_exists,
               .message = "there is a file at '" + context.book().value + "' already"};
}

/// A report of named facts: item, value.
class FactList {
 public:
  FactList(std::string name, std::string title) {
    report_.name = std::move(name);
    report_.title = std::move(title);
    report_.columns = {{"item", ColumnKind::text}, {"value", ColumnKind::text},
                       {"ref", ColumnKind::text, 9}};
  }
  void add(const std::string& item, const std::string& value) {
    report_.rows.push_back({item, value.empty() ? Cell{} : Cell{value}, report_.name + ":" + item});
  }
  void add(const Notice& notice) {
    report_.rows.push_back({"notice", notice.code + ": " + notice.message,
                            make_ref({"grant", notice.grant})});
  }
  void add(const std::string& item, std::size_t count) { add(item, std::to_string(count)); }
  Report& report() { return report_; }

 private:
  Report report_;
};

std::string text_of(const std::optional<Period>& period) {
  return period ? period->to_string() : "";
}

/// How many exceptions stand against closing the first open period.
Result<std::string> exception_count(const OpenedView& opened) {
  const BookView& view = opened.view;
  const std::optional<Period> open = first_open_period(view.state);
  if (!open) return std::string{};
  ACCRUE_TRY(standing, exceptions_standing(*open, opened.store, view.state, view.balances));
  return std::to_string(standing.size());
}

/// The months that a provider has closed and the book still holds open.
std::string provider_closed(const BookState& state) {
  std::string all;
  for (const ProviderPeriod& row : closed_by_provider(state)) {
    all += (all.empty() ? "" : ", ") + row.period.to_string() + " (" + row.issuer + ")";
  }
  return all;
}

std::string next_step(const OpenedView& opened, const std::string& exceptions) {
  const BookState& state = opened.view.state;
  if (state.investments.empty()) return "investment add FILE.toml";
  if (!opened.store.first_charge_period(state.record_count)) return "import usage FILE";
  const std::optional<Period> open = first_open_period(state);
  if (!open) return "import usage FILE";
  const bool standing = !exceptions.empty() && exceptions != "0";
  return (standing ? "exceptions " : "period check ") + open->to_string();
}

std::string materiality_text(const BookOpened& opened) {
  return opened.materiality_percent ? opened.materiality_percent->to_string() + "%" : "";
}

/// The time against which expiries are near: the one given, else the book's own. Errors: usage.
Result<std::optional<Instant>> time_of(const Context& context, const OpenedView& opened) {
  ACCRUE_TRY(given, context.given_now());
  return given ? given : book_time(opened.store, opened.view.state);
}

void add_notices(FactList& facts, const BookView& view, std::optional<Instant> time,
                 std::int64_t within_days) {
  const DrawnByGrant drawn = drawn_in(view);
  std::vector<Notice> notices = reached(view.state, drawn);
  if (time) {
    for (Notice& notice : expiring(view.state, drawn, *time, within_days)) {
      notices.push_back(std::move(notice));
    }
  }
  facts.add("time", time ? time->to_string() : "");
  for (const Notice& notice : notices) facts.add(notice);
  facts.report().notices = std::move(notices);
}

void add_book_facts(FactList& facts, const BookView& view) {
  const BookState& state = view.state;
  facts.add("name", state.opened.name);
  facts.add("id", state.opened.book_id);
  facts.add("currency", std::string{state.functional().code()});
  facts.add("time_zone", state.opened.time_zone + ", data " + state.opened.time_zone_data);
  facts.add("fiscal_year_start", std::to_string(state.opened.fiscal_start_month));
  facts.add("materiality", materiality_text(state.opened));
  if (state.opened.dual_control) {
    facts.add("dual_control", "closes, reopenings, estimates and keys need a second person");
  }
  facts.add("records", std::to_string(state.record_count));
  facts.add("root", view.root);
  facts.add("last_recorded_at", state.last_recorded_at.to_string());
  facts.add("investments", state.investments.size());
  facts.add("grants", state.grants.size());
  facts.add("deliveries", state.deliveries.size());
  facts.add("closed_through",
            state.closes.empty() ? "" : state.closes.back().period.to_string());
  facts.add("first_open_period", text_of(first_open_period(state)));
}

/// How long ago the last checkpoint left the book, and what was recorded since: as much could be
/// rewritten without anybody outside being able to tell.
std::string last_checkpoint(const OpenedView& opened, Instant now) {
  const BookState& state = opened.view.state;
  if (state.checkpoints.empty()) return "none has left the book";
  const HeldCheckpoint& held = state.checkpoints.back();
  const Instant at = opened.store.read_record(held.record).recorded_at;
  constexpr std::int64_t microseconds_a_day = 86'400'000'000;
  const std::int64_t days =
      std::max<std::int64_t>(now.microseconds - at.microseconds, 0) / microseconds_a_day;
  const std::int64_t since = state.record_count - held.record;
  return "over " + std::to_string(held.checkpoint.size) + " records, left " + at.to_string() +
         ": " + std::to_string(days) + " days ago, " + std::to_string(since) + " records since";
}

bool is_writable(const std::string& path) { return ::access(path.c_str(), W_OK) == 0; }

void add_doctor_book(FactList& facts, const Context& context) {
  const std::string path = context.book().value;
  facts.add("book", path + " (from " + context.book().from + ")");
  const Result<Store> store = context.open_to_read();
  if (!store.ok()) {
    facts.add("book_state", store.error().message);
    return;
  }
  facts.add("book_writable", is_writable(path) ? "yes" : "no");
  try {
    const BookState state = load_state(*store, store->record_count());
    facts.add("book_state", std::to_string(state.record_count) + " records");
    const std::string here = TimeZone::data_version();
    facts.add("book_time_zone_data",
              state.opened.time_zone_data +
                  (state.opened.time_zone_data == here ? "" : ", here " + here));
  } catch (const StoreFailure& failure) {
    // What is wrong with the book is what is asked for here.
    facts.add("book_state", failure.what());
  }
}

}  // namespace

Result<ExitStatus> run(const Context& context, const InitCommand& command) {
  ACCRUE_TRY(opened, read_particulars(context, command));
  ACCRUE_TRY(stamp, context.stamp(std::nullopt));
  ACCRUE_TRY(store, new_store(context));
  ACCRUE_TRY(books, Books::create(std::move(store), opened, stamp));
  Report report = start_summary(books, "init", "Book " + opened.name);
  report.columns = {{"name", ColumnKind::text},        {"id", ColumnKind::text},
                    {"currency", ColumnKind::text},    {"time_zone", ColumnKind::text},
                    {"fiscal_year_start", ColumnKind::count}, {"start", ColumnKind::text},
                    {"materiality", ColumnKind::text},        {"ref", ColumnKind::text, 9}};
  report.rows = {{opened.name, opened.book_id, std::string{opened.functional_currency.code()},
                  opened.time_zone, std::int64_t{opened.fiscal_start_month},
                  opened.first_period ? Cell{opened.first_period->to_string()} : Cell{},
                  opened.materiality_percent ? Cell{materiality_text(opened)} : Cell{},
                  "record:1"}};
  ACCRUE_TRY_DONE(put_report(context, report));
  if (context.options().mode == RunMode::dry_run) {
    context.say("dry run: nothing was written");
  } else {
    context.say("book created: " + context.book().value);
    context.say_next("investment add FILE.toml");
  }
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const StatusCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  const BookView& view = opened.view;
  ACCRUE_TRY(exceptions, exception_count(opened));
  ACCRUE_TRY(time, time_of(context, opened));
  FactList facts{"status", "Book " + view.state.opened.name};
  facts.report().book_id = view.state.opened.book_id;
  facts.report().currency = std::string{view.state.functional().code()};
  facts.report().as_of = {view.state.record_count, view.root};
  add_book_facts(facts, view);
  add_notices(facts, view, time, command.expiring_within_days);
  ACCRUE_TRY(stamp, context.stamp(view.state.last_recorded_at));
  facts.add("last_checkpoint", last_checkpoint(opened, stamp.now));
  facts.add("exceptions", exceptions);
  if (!view.state.provider_periods.empty()) {
    facts.add("provider_closed", provider_closed(view.state));
  }
  const std::string letters = dead_letter_path(context.book().value);
  if (const std::int64_t count = dead_letter_count(letters); count > 0) {
    facts.add("dead_letters", std::to_string(count) + " in " + letters);
  }
  facts.add("next", "accrue " + next_step(opened, exceptions));
  ACCRUE_TRY_DONE(put_report(context, facts.report()));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const DoctorCommand&) {
  FactList facts{"doctor", "accrue " + program_version()};
  facts.add("version", program_version());
  for (const LibraryVersion& library : library_versions()) {
    facts.add(library.name, library.version);
  }
  facts.add("time_zone_data", TimeZone::data_version());
  add_doctor_book(facts, context);
  facts.add("author", context.author().value + " (from " + context.author().from + ")");
  ACCRUE_TRY(now, context.given_now());
  facts.add("now", now ? now->to_string() + " (given)" : "the clock");
  facts.add("color", colors_of(context.options().color, Stream::out) == Colors::yes ? "yes" : "no");
  ACCRUE_TRY_DONE(put_report(context, facts.report()));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const VersionCommand&) {
  if (context.options().format.value_or(Format::table) == Format::table) {
    ACCRUE_TRY_DONE(put_page(context, "accrue " + program_version() + "\n"));
    return ExitStatus::done;
  }
  FactList facts{"version", "accrue " + program_version()};
  facts.add("accrue", program_version());
  facts.add("build", this_program().build);
  for (const LibraryVersion& library : library_versions()) {
    facts.add(library.name, library.version);
  }
  facts.add("time zone data", TimeZone::data_version());
  ACCRUE_TRY_DONE(put_report(context, facts.report()));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const HelpCommand& command) {
  ACCRUE_TRY_DONE(put_page(context, command.text));
  return ExitStatus::done;
}

}  // namespace accrue
