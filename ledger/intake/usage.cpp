#include "ledger/intake/usage.h"

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "ledger/intake/csv.h"
#include "ledger/intake/focus_rows.h"
#include "ledger/intake/mapped_rows.h"
#include "ledger/intake/usage_map.h"
#include "ledger/intake/usage_meaning.h"
#include "ledger/intake/usage_warnings.h"
#include "ledger/number/currency.h"

namespace accrue {

namespace {

using namespace usage;

/// How the rows of a delivery are read.
using RowReader = std::variant<FocusRows, MappedRows>;

constexpr std::size_t most_listed = 20;

/// A field as CSV.
std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

class DeliveryReader {
 public:
  DeliveryReader(RowReader rows, DeliveryTerms terms, const DeliveryContext& context,
                 std::int64_t all_bytes)
      : context_{context},
        all_bytes_{all_bytes},
        rows_{std::move(rows)},
        meaning_{std::move(terms), context} {}

  Result<Done> read_file(const std::string& path);
  Result<DeliveryReading> finish() &&;

 private:
  Result<Done> read_file_content(CsvReader& csv);
  template <typename Rows>
  Result<Done> read_rows(CsvReader& csv, Rows& rows);
  void keep_refused(const CsvReader& csv, Error error);
  void report_progress(const CsvReader& csv) const;

  const DeliveryContext& context_;
  std::int64_t all_bytes_;
  std::int64_t bytes_before_ = 0;  ///< of the files read through

  RowReader rows_;
  RowMeaning meaning_;
  Warnings warnings_;
  Refusal refusal_;
  std::string quarantine_;
  std::vector<UsageFile> files_;
};

void DeliveryReader::keep_refused(const CsvReader& csv, Error error) {
  if (meaning_.terms().on_error == OnError::quarantine) {
    UsageFile& file = files_.back();
    ++file.quarantined_count;
    if (quarantine_.empty()) quarantine_ = "file,line,code,message,row\n";
    quarantine_ +=
        fmt::format("{},{},{},{},{}\n", csv_field(file.name), csv.line(), name_of(error.code),
                    csv_field(error.message), csv_field(csv.row_text()));
  } else if (refusal_.errors.size() < most_listed) {
    refusal_.errors.push_back(std::move(error));
  } else {
    ++refusal_.unlisted_count;
  }
}

void DeliveryReader::report_progress(const CsvReader& csv) const {
  if (context_.progress) {
    context_.progress(bytes_before_ + csv.source().byte_count(), all_bytes_);
  }
}

template <typename Rows>
Result<Done> DeliveryReader::read_rows(CsvReader& csv, Rows& rows) {
  constexpr std::int64_t rows_between_reports = 1 << 14;
  ACCRUE_TRY_DONE(rows.bind(csv, warnings_));
  UsageFile& file = files_.back();
  const std::int64_t file_number = static_cast<std::int64_t>(files_.size()) - 1;
  Row row;
  while (true) {
    ACCRUE_TRY(more, csv.advance());
    if (!more) return Done{};
    ++file.row_count;
    if (file.row_count % rows_between_reports == 0) report_progress(csv);
    auto error = rows.read(csv, row, warnings_);
    if (!error) error = meaning_.take(row, {csv, rows.columns(), rows.zone(), file_number});
    if (!error) continue;
    // Of a column that only some rows ask for: none of them could be read.
    if (error->code == ErrorCode::missing_column) return std::move(*error);
    keep_refused(csv, std::move(*error));
  }
}

Result<Done> DeliveryReader::read_file_content(CsvReader& csv) {
  ACCRUE_TRY(any, csv.advance());
  if (!any) {
    return Error{.code = ErrorCode::empty_file,
                 .message = csv.file() + " has no header",
                 .place = Place{.file = csv.file()},
                 .hint = std::string{page_of(ErrorCode::empty_file).fix}};
  }
  return std::visit([&](auto& rows) { return read_rows(csv, rows); }, rows_);
}

Result<Done> DeliveryReader::read_file(const std::string& path) {
  ACCRUE_TRY(source, ByteSource::open(path));
  CsvReader csv{std::move(source), path};
  files_.emplace_back().name = std::filesystem::path{path}.filename().string();
  if (auto read = read_file_content(csv); !read.ok()) {
    // What rows before it were refused for is said too.
    for (const Error& error : read.refusal().errors) refusal_.errors.push_back(error);
    return std::move(refusal_);
  }
  UsageFile& file = files_.back();
  file.sha256 = csv.source().sha256();
  file.byte_count = csv.source().byte_count();
  bytes_before_ += file.byte_count;
  for (const UsageFile& other : files_) {
    if (&other == &file || other.sha256 != file.sha256) continue;
    return Error{.code = ErrorCode::already_imported,
                 .message = other.name + " and " + file.name + " have the same content",
                 .place = Place{.file = path},
                 .hint = "name each file once"};
  }
  return Done{};
}

Result<DeliveryReading> DeliveryReader::finish() && {
  // What stops the whole delivery comes before what is wrong with single rows.
  Refusal refusal{.errors = meaning_.undecided(), .unlisted_count = refusal_.unlisted_count};
  refusal.errors.insert(refusal.errors.end(), refusal_.errors.begin(), refusal_.errors.end());
  if (!refusal.errors.empty()) return refusal;

  DeliveryReading reading{.delivery = std::move(meaning_).finish(),
                          .warnings = std::move(warnings_).take(),
                          .quarantine_csv = std::move(quarantine_)};
  reading.delivery.files = std::move(files_);
  return reading;
}

Result<RowReader> row_reader(const DeliveryTerms& terms, const TimeZone& book_zone) {
  if (!terms.map) return RowReader{FocusRows{terms, book_zone}};
  ACCRUE_TRY(map, read_usage_map(terms.map->text, terms.map->name));
  return RowReader{MappedRows{std::move(map), terms}};
}

}  // namespace

std::int64_t quarantined_count(std::span<const UsageFile> files) {
  std::int64_t count = 0;
  for (const UsageFile& file : files) count += file.quarantined_count;
  return count;
}

Result<DeliveryReading> read_usage(const std::vector<std::string>& paths, DeliveryTerms terms,
                                   const DeliveryContext& context) {
  if (!terms.absent_currency.empty()) {
    ACCRUE_TRY(currency, Currency::from_code(terms.absent_currency));
    terms.absent_currency = currency.code();
  }
  ACCRUE_TRY(rows, row_reader(terms, context.zone));
  std::int64_t all_bytes = 0;
  for (const std::string& path : paths) {
    std::error_code unknown;
    const auto size = std::filesystem::file_size(path, unknown);
    if (!unknown) all_bytes += static_cast<std::int64_t>(size);
  }
  DeliveryReader reader{std::move(rows), std::move(terms), context, all_bytes};
  for (const std::string& path : paths) ACCRUE_TRY_DONE(reader.read_file(path));
  return std::move(reader).finish();
}

}  // namespace accrue
