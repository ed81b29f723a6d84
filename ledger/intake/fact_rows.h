#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ledger/error/error.h"
#include "ledger/intake/byte_source.h"
#include "ledger/intake/csv.h"
#include "ledger/intake/facts_csv.h"
#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"
#include "ledger/time/period.h"

// What the readers of small CSV files share: columns by header name, every row refused listed.

namespace accrue {

struct FactColumn {
  std::string_view name;
  enum class Need { required, optional } need = Need::required;
};

/// What becomes of columns that the reader does not know.
enum class OtherColumns { refused, passed_over };

/// The rows of a file by column name. The first thing wrong with a row refuses it; the others of
/// the row are then not looked for.
class FactRows {
 public:
  FactRows(CsvReader reader, std::span<const FactColumn> columns, OtherColumns others)
      : reader_{std::move(reader)}, columns_{columns}, others_{others} {}

  /// Binds the columns. Errors: those of the reader, empty_file, and all that is wrong with the
  /// header.
  Result<Done> read_header();
  /// Goes to the next row that has a field for every column; false at the end. Errors: all that was
  /// refused, and that of the reader.
  Result<bool> advance();
  bool row_is_good() const { return !row_refused_; }
  std::int64_t line() const { return reader_.line(); }
  std::string sha256() const { return reader_.source().sha256(); }

  void refuse(std::string_view column, Error error);
  Refusal take_refusal() { return std::move(refusal_); }
  bool any_refused() const { return !refusal_.errors.empty(); }

  /// Of a column that is there and not empty in the row.
  std::optional<std::string> filled(std::string_view column);
  std::string text(std::string_view column);
  Decimal decimal(std::string_view column);
  std::optional<Currency> currency(std::string_view column);
  PeriodRange period(std::string_view column, FiscalCalendar calendar);
  Date date(std::string_view column);

 private:
  std::optional<std::size_t> field_of(std::string_view column) const;
  void keep(Error error);

  CsvReader reader_;
  std::span<const FactColumn> columns_;
  OtherColumns others_;
  std::vector<std::pair<std::string_view, std::size_t>> bound_;
  std::size_t header_count_ = 0;
  bool row_refused_ = false;
  Refusal refusal_;
};

/// Reads every row with `read_row`, which returns nothing for a row it has refused. Rows of one
/// `key_of` must be `same`; `key_column` is where the caret stands when they are not.
template <typename Row, typename ReadRow, typename KeyOf, typename Same>
Result<FactsFile<Row>> read_rows(const std::string& path, std::span<const FactColumn> columns,
                                 std::string_view key_column, ReadRow read_row, KeyOf key_of,
                                 Same same, OtherColumns others = OtherColumns::refused) {
  ACCRUE_TRY(source, ByteSource::open(path));
  FactRows rows{CsvReader{std::move(source), path}, columns, others};
  ACCRUE_TRY_DONE(rows.read_header());

  struct First {
    std::size_t index;
    std::int64_t line;
  };
  std::map<decltype(key_of(std::declval<const Row&>())), First> firsts;
  FactsFile<Row> file;
  while (true) {
    ACCRUE_TRY(more, rows.advance());
    if (!more) break;
    std::optional<Row> row = read_row(rows);
    if (!row || !rows.row_is_good()) continue;
    const auto [first, is_new] = firsts.emplace(key_of(*row), First{file.rows.size(), rows.line()});
    if (is_new) {
      file.rows.push_back(*std::move(row));
    } else if (!same(file.rows[first->second.index], *row)) {
      rows.refuse(key_column,
                  Error{.code = ErrorCode::duplicate_id,
                        .message = "two rows state the same with different figures",
                        .notes = {fmt::format("lines {} and {}", first->second.line, rows.line())},
                        .hint = "keep the one that is right"});
    }
  }
  if (rows.any_refused()) return rows.take_refusal();
  file.sha256 = rows.sha256();
  return file;
}

}  // namespace accrue
