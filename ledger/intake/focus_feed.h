#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/intake/csv.h"
#include "ledger/intake/focus_dataset.h"
#include "ledger/intake/usage_warnings.h"
#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"
#include "ledger/time/date.h"

namespace accrue::focus {

/// A column that a small dataset is read by.
struct FeedColumn {
  std::string_view name;
  enum class Need { required, optional } need = Need::required;
};

/// The rows of one of the small FOCUS datasets by column name; columns that it does not know are
/// passed over. The first thing wrong with a row refuses it; every such row is listed up to 20 and
/// then counted.
class Feed {
 public:
  /// Opens the file and binds the columns.
  /// Warnings: column_case. Errors: file_unreadable, bad_gzip, empty_file, bad_quoting,
  /// bad_encoding, wrong_dataset, missing_column (all of them), duplicate_column.
  static Result<Feed> open(const std::string& path, Dataset dataset,
                           std::span<const FeedColumn> columns);

  /// Goes to the next row that has as many fields as the header; false at the end.
  /// Errors: those of CsvReader; every row refused before is listed with it.
  Result<bool> advance();
  bool row_is_good() const { return !row_refused_; }
  std::int64_t line() const { return reader_.line(); }
  std::string_view row_text() const { return reader_.row_text(); }
  /// After the last row.
  std::string sha256() const { return reader_.source().sha256(); }

  // Fields of the row in hand. A column that the file lacks is null in every row.

  /// Empty where it is null.
  std::string_view text(std::string_view column);
  /// Errors of the row: null_not_allowed.
  std::string required_text(std::string_view column);
  /// None where it is null. Errors of the row: bad_date.
  std::optional<Instant> instant(std::string_view column);
  /// None where the row is refused for it: null_not_allowed, bad_date.
  std::optional<Instant> required_instant(std::string_view column);
  /// None where it is null. Errors of the row: bad_decimal, decimal_too_wide.
  std::optional<Decimal> decimal(std::string_view column);
  /// None where the row is refused for it: null_not_allowed, bad_currency.
  std::optional<Currency> required_currency(std::string_view column);
  /// The place of the text in `words`, with a warning value_case where its case differs; none for
  /// a text that is none of them.
  std::optional<std::size_t> word(std::string_view column, std::span<const std::string_view> words);

  void refuse(std::string_view column, Error error);
  void warn(std::string_view code, std::string message, std::string_view column);

  /// All that was refused, when anything was.
  std::optional<Refusal> refusal() &&;
  std::vector<Warning> warnings() && { return std::move(warnings_).take(); }

 private:
  Feed(CsvReader reader, std::span<const FeedColumn> columns)
      : reader_{std::move(reader)}, columns_{columns} {}
  Result<Done> bind(Dataset dataset);
  std::optional<std::size_t> field_of(std::string_view column) const;
  void keep(Error error);

  CsvReader reader_;
  std::span<const FeedColumn> columns_;
  std::vector<std::pair<std::string_view, std::size_t>> bound_;
  std::size_t header_count_ = 0;
  bool row_refused_ = false;
  usage::Warnings warnings_;
  Refusal refusal_;
};

}  // namespace accrue::focus
