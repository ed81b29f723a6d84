#include "cli/command_import.h"

#include <algorithm>
#include <filesystem>

#include "cli/files.h"
#include "cli/import_summary.h"
#include "cli/notices.h"
#include "cli/output.h"
#include "cli/warnings.h"
#include "ledger/credit/matching.h"
#include "ledger/intake/usage_map.h"

namespace accrue {

namespace {

namespace fs = std::filesystem;

constexpr const char* default_source = "usage";

/// What the source said last, under what is said now. How to treat rows refused is said anew
/// every time.
DeliveryTerms terms_of(const ImportUsageCommand& command, const BookState& state) {
  const std::string source = command.source.value_or(default_source);
  DeliveryTerms terms = state.source_terms(source).value_or(DeliveryTerms{});
  terms.source = source;
  terms.on_error = command.on_error.value_or(OnError::stop);
  terms.absent_currency = state.functional().code();
  terms.basis = command.basis.value_or(terms.basis);
  if (command.credit_rows) terms.credit_rows = command.credit_rows;
  terms.slash_dates = command.slash_dates.value_or(terms.slash_dates);
  std::vector<std::string>& currencies = terms.overage_currencies;
  currencies.insert(currencies.end(), command.overage_currencies.begin(),
                    command.overage_currencies.end());
  std::sort(currencies.begin(), currencies.end());
  currencies.erase(std::unique(currencies.begin(), currencies.end()), currencies.end());
  return terms;
}

/// The map as given, or else the one kept with the source. Errors: file_unreadable, those of
/// read_usage_map.
Result<std::optional<MapFile>> map_of(const ImportUsageCommand& command,
                                      const DeliveryTerms& terms) {
  if (!command.map) return terms.map;
  ACCRUE_TRY(text, read_file(*command.map));
  // Looked at here, so that what is wrong with it has the path that was given.
  ACCRUE_TRY(map, read_usage_map(text, *command.map));
  return std::optional{MapFile{file_name(map.name), text}};
}

/// Which bills a delivery that replaces stands for. Errors: empty_file (none is named).
Result<Done> settle_bills(const ImportUsageCommand& command, Delivery& delivery) {
  delivery.mode = command.mode;
  std::vector<Period>& bills = delivery.billing_periods;
  bills.insert(bills.end(), command.billing_periods.begin(), command.billing_periods.end());
  std::sort(bills.begin(), bills.end());
  bills.erase(std::unique(bills.begin(), bills.end()), bills.end());
  if (delivery.mode == DeliveryMode::append || !bills.empty()) return Done{};
  return Error{.code = ErrorCode::empty_file,
               .message = "the delivery has no row, so that no bill is named for it to replace",
               .hint = "name the bill that is now empty: --billing-period 2024-06"};
}

Result<DeliveryReading> read_delivery(const Context& context, const ImportUsageCommand& command,
                                      const BookState& state) {
  const std::vector<Investment> investments = state.investment_list();
  const AccountMatcher matcher{investments, state.zone};
  ProgressLine progress{"reading", context.options().loudness};
  DeliveryTerms terms = terms_of(command, state);
  ACCRUE_TRY(map, map_of(command, terms));
  terms.map = std::move(map);
  ACCRUE_TRY(reading,
             read_usage(command.files, std::move(terms),
                    {.matcher = matcher,
                     .zone = state.zone,
                     .has_grant =
                         [&](const std::string& investee, const std::string& currency) {
                           return state.has_grant(investee, currency);
                         },
                     .progress = [&](std::int64_t done,
                                     std::int64_t all) { progress.show(done, all); }}));
  ACCRUE_TRY_DONE(settle_bills(command, reading.delivery));
  return Result<DeliveryReading>{std::move(reading)};
}

/// The rows set aside, in a file beside the book that is there before the record that counts them
/// and goes when the record is not written.
class QuarantineFile {
 public:
  QuarantineFile(std::string book, std::int64_t record)
      : book_{std::move(book)}, path_{path_of(record)} {}
  QuarantineFile(const QuarantineFile&) = delete;
  QuarantineFile& operator=(const QuarantineFile&) = delete;
  ~QuarantineFile() {
    std::error_code unknown;
    if (is_kept_ || !is_written_) return;
    fs::remove(path_, unknown);
    fs::remove(fs::path{path_}.parent_path(), unknown);  // only when it is empty
  }

  Result<Done> write(const std::string& csv) {
    std::error_code failure;
    fs::create_directories(fs::path{path_}.parent_path(), failure);
    ACCRUE_TRY_DONE(write_file(path_, csv));
    is_written_ = true;
    return Done{};
  }

  /// Another writer may have come between: the file takes the number of the record as written.
  void keep(std::int64_t record) {
    is_kept_ = true;
    std::error_code failure;
    const std::string path = path_of(record);
    if (path == path_) return;
    fs::rename(path_, path, failure);
    if (!failure) path_ = path;
  }

  const std::string& path() const { return path_; }

 private:
  std::string path_of(std::int64_t record) const { return quarantine_path(book_, record); }
  std::string book_;
  std::string path_;
  bool is_written_ = false;
  bool is_kept_ = false;
};

Result<Recorded> record_delivery(const Context& context, Books& books,
                                 const DeliveryReading& reading) {
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  const RunMode mode = context.options().mode;
  if (reading.quarantine_csv.empty() || mode == RunMode::dry_run) {
    return books.record(UsageImported{reading.delivery}, stamp, mode);
  }
  QuarantineFile file{context.book().value, books.state().record_count + 1};
  ACCRUE_TRY_DONE(file.write(reading.quarantine_csv));
  ACCRUE_TRY(recorded, books.record(UsageImported{reading.delivery}, stamp, mode));
  if (recorded.record == 0) return recorded;
  file.keep(recorded.record);
  context.say("rows set aside: " + file.path());
  return recorded;
}

void say_next_step(const Context& context, const Books& books, const Delivery& delivery) {
  if (context.options().mode == RunMode::dry_run || delivery.charges.empty()) return;
  const std::optional<Period> open = first_open_period(books.state());
  if (open) context.say_next("period check " + open->to_string());
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ImportUsageCommand& command) {
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(reading, read_delivery(context, command, books.state()));
  reading.delivery.catch_up = command.catch_up;
  say_warnings(context, reading.warnings);
  const std::optional<Instant> time_before = book_time(books.store(), books.state());
  ACCRUE_TRY(recorded, record_delivery(context, books, reading));
  ImportSummary summary = summarise(books, reading.delivery, reading.warnings, recorded,
                                    context.options().mode);
  summary.notices = notices_of(books, recorded, time_before);
  if (summary.quarantined_count > 0 && context.options().mode == RunMode::write) {
    summary.quarantine_file = quarantine_path(context.book().value, recorded.record);
  }
  ACCRUE_TRY_DONE(put_report(context, import_report(summary), import_json(summary)));
  if (recorded.record == 0) {
    context.say("nothing changed: the delivery equals what stands");
    return ExitStatus::done;
  }
  say_notices(context, summary.notices);
  say_recorded(context, recorded);
  say_next_step(context, books, reading.delivery);
  return ExitStatus::done;
}

}  // namespace accrue
