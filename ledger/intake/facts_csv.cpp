#include "ledger/intake/facts_csv.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/error/suggest.h"
#include "ledger/intake/byte_source.h"
#include "ledger/intake/csv.h"
#include "ledger/intake/excerpt.h"

namespace accrue {

namespace {

constexpr std::size_t most_listed = 20;

struct Column {
  std::string_view name;
  enum class Need { required, optional } need = Need::required;
};

constexpr Column segment_columns[] = {{"segment"},
                                      {"basis"},
                                      {"period"},
                                      {"currency"},
                                      {"revenue"},
                                      {"source"},
                                      {"published_growth_pct", Column::Need::optional},
                                      {"note", Column::Need::optional}};
constexpr Column base_columns[] = {{"investee"}, {"segment"}, {"period"},
                                   {"currency"}, {"revenue"}, {"source"}};
constexpr Column rate_columns[] = {{"date"}, {"from"}, {"to"}, {"rate"}, {"source"}};

/// The rows of a file by column name. The first thing wrong with a row refuses it; the others of
/// the row are then not looked for.
class Rows {
 public:
  Rows(CsvReader reader, std::span<const Column> columns)
      : reader_{std::move(reader)}, columns_{columns} {}

  /// Binds the columns. Errors: those of the reader, empty_file, and all that is wrong with the
  /// header.
  Result<Done> read_header();
  /// Goes to the next row that has a field for every column; false at the end.
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
  std::span<const Column> columns_;
  std::vector<std::pair<std::string_view, std::size_t>> bound_;
  std::size_t header_count_ = 0;
  bool row_refused_ = false;
  Refusal refusal_;
};

void Rows::keep(Error error) {
  if (refusal_.errors.size() < most_listed) {
    refusal_.errors.push_back(std::move(error));
  } else {
    ++refusal_.unlisted_count;
  }
}

Result<Done> Rows::read_header() {
  ACCRUE_TRY(has_header, reader_.advance());
  if (!has_header) {
    return Error{.code = ErrorCode::empty_file,
                 .message = fmt::format("{} is empty", shown(reader_.file())),
                 .place = Place{.file = reader_.file()},
                 .hint = "a file has a header and a row for each fact"};
  }
  header_count_ = reader_.field_count();
  std::vector<std::string_view> names;
  for (const Column& column : columns_) names.push_back(column.name);
  for (std::size_t i = 0; i < header_count_; ++i) {
    const std::string name{reader_.field(i)};
    const auto column = std::ranges::find(columns_, std::string_view{name}, &Column::name);
    if (column == columns_.end()) {
      const auto meant = suggest(name, names);
      keep(Error{.code = ErrorCode::unknown_key,
                 .message = fmt::format("unknown column {}", shown(name)),
                 .place = reader_.place_of(i),
                 .hint = meant ? fmt::format("did you mean '{}'?", *meant)
                               : fmt::format("the columns: {}", fmt::join(names, ","))});
    } else if (field_of(name)) {
      keep(Error{.code = ErrorCode::duplicate_column,
                 .message = fmt::format("the column '{}' stands twice", name),
                 .place = reader_.place_of(i),
                 .hint = "deliver it once"});
    } else {
      bound_.emplace_back(column->name, i);
    }
  }
  for (const Column& column : columns_) {
    if (column.need == Column::Need::optional || field_of(column.name)) continue;
    keep(Error{.code = ErrorCode::missing_column,
               .message = fmt::format("the column '{}' is missing", column.name),
               .place = reader_.place(),
               .hint = fmt::format("the columns: {}", fmt::join(names, ","))});
  }
  if (any_refused()) return take_refusal();
  return Done{};
}

Result<bool> Rows::advance() {
  while (true) {
    ACCRUE_TRY(more, reader_.advance());
    if (!more) return false;
    row_refused_ = false;
    if (reader_.field_count() == header_count_) return true;
    keep(Error{.code = ErrorCode::ragged_row,
               .message = fmt::format("the row has {} fields, the header {}", reader_.field_count(),
                                      header_count_),
               .place = reader_.place(),
               .hint = "mend the commas or the quotes of the row"});
  }
}

std::optional<std::size_t> Rows::field_of(std::string_view column) const {
  const auto found =
      std::ranges::find(bound_, column, &std::pair<std::string_view, std::size_t>::first);
  if (found == bound_.end()) return std::nullopt;
  return found->second;
}

void Rows::refuse(std::string_view column, Error error) {
  if (row_refused_) return;
  row_refused_ = true;
  error.place = reader_.place_of(field_of(column).value_or(0));
  keep(std::move(error));
}

std::optional<std::string> Rows::filled(std::string_view column) {
  const auto field = field_of(column);
  if (!field || reader_.field(*field).empty()) return std::nullopt;
  return std::string{reader_.field(*field)};
}

std::string Rows::text(std::string_view column) {
  auto text = filled(column);
  if (text) return *std::move(text);
  refuse(column, Error{.code = ErrorCode::null_not_allowed,
                       .message = fmt::format("{} is empty", column),
                       .hint = "give it a value"});
  return {};
}

Decimal Rows::decimal(std::string_view column) {
  const std::string written = text(column);
  const auto value = Decimal::parse(written);
  if (value.ok()) return *value;
  refuse(column, Error{.code = value.error().code,
                       .message = fmt::format("{}: {}", column, value.error().message),
                       .hint = std::string{page_of(value.error().code).fix}});
  return {};
}

std::optional<Currency> Rows::currency(std::string_view column) {
  const std::string written = text(column);
  const auto currency = Currency::from_code(written);
  if (currency.ok()) return *currency;
  refuse(column, Error{.code = ErrorCode::bad_currency,
                       .message = fmt::format("{}: {} is not a currency of ISO 4217", column,
                                              shown(written)),
                       .hint = "write the three capital letters, such as USD"});
  return std::nullopt;
}

PeriodRange Rows::period(std::string_view column, FiscalCalendar calendar) {
  const std::string written = text(column);
  const auto period = parse_period_range(written, calendar);
  const bool is_span = written.find("..") != std::string::npos;
  if (period.ok() && !is_span && period->month_count() <= 3) return *period;
  refuse(column, Error{.code = ErrorCode::bad_value,
                       .message = fmt::format("{}: {} is not one month or one quarter", column,
                                              shown(written)),
                       .hint = "write it like 2024-06, 2024-Q2 or FY2025-Q1"});
  return {};
}

Date Rows::date(std::string_view column) {
  const std::string written = text(column);
  const auto date = Date::parse(written);
  if (date.ok()) return *date;
  refuse(column, Error{.code = ErrorCode::bad_date,
                       .message = fmt::format("{}: {} is not a date", column, shown(written)),
                       .hint = "write it like 2024-06-01"});
  return {};
}

/// Reads every row with `read_row`, which returns nothing for a row it has refused. Rows of one
/// `key_of` must be `same`; `key_column` is where the caret stands when they are not.
template <typename Row, typename ReadRow, typename KeyOf, typename Same>
Result<FactsFile<Row>> read_rows(const std::string& path, std::span<const Column> columns,
                                 std::string_view key_column, ReadRow read_row, KeyOf key_of,
                                 Same same) {
  ACCRUE_TRY(source, ByteSource::open(path));
  Rows rows{CsvReader{std::move(source), path}, columns};
  ACCRUE_TRY_DONE(rows.read_header());

  struct First {
    std::size_t index;
    std::int64_t line;
  };
  std::map<decltype(key_of(std::declval<const Row&>())), First> firsts;
  FactsFile<Row> file;
  while (true) {
    auto more = rows.advance();
    if (!more.ok()) {
      Refusal refusal = rows.take_refusal();
      refusal.errors.push_back(more.error());
      return refusal;
    }
    if (!*more) break;
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

std::pair<std::int32_t, std::int32_t> months_of(PeriodRange period) {
  return {period.first.months, period.last.months};
}

}  // namespace

Result<FactsFile<SegmentRevenue>> read_segment_csv(const std::string& path,
                                                   FiscalCalendar calendar) {
  const auto read_row = [&](Rows& rows) -> std::optional<SegmentRevenue> {
    std::string segment = rows.text("segment");
    std::string basis = rows.text("basis");
    const PeriodRange period = rows.period("period", calendar);
    const auto currency = rows.currency("currency");
    const Decimal revenue = rows.decimal("revenue");
    std::string source = rows.text("source");
    std::optional<Decimal> growth_pct;
    if (rows.filled("published_growth_pct")) growth_pct = rows.decimal("published_growth_pct");
    if (!currency) return std::nullopt;
    return SegmentRevenue{
        std::move(segment), std::move(basis),   period, *currency, revenue, std::move(source),
        growth_pct,         rows.filled("note")};
  };
  return read_rows<SegmentRevenue>(
      path, segment_columns, "period", read_row,
      [](const SegmentRevenue& row) {
        return std::tuple{row.segment, row.basis, months_of(row.period)};
      },
      [](const SegmentRevenue& a, const SegmentRevenue& b) {
        return a.currency == b.currency && a.revenue == b.revenue &&
               a.published_growth_pct == b.published_growth_pct;
      });
}

Result<FactsFile<BaseRevenue>> read_base_csv(const std::string& path, FiscalCalendar calendar) {
  const auto read_row = [&](Rows& rows) -> std::optional<BaseRevenue> {
    std::string investee = rows.text("investee");
    std::string segment = rows.text("segment");
    const PeriodRange period = rows.period("period", calendar);
    const auto currency = rows.currency("currency");
    const Decimal revenue = rows.decimal("revenue");
    std::string source = rows.text("source");
    if (!currency) return std::nullopt;
    return BaseRevenue{std::move(investee), std::move(segment), period, *currency, revenue,
                       std::move(source)};
  };
  return read_rows<BaseRevenue>(
      path, base_columns, "period", read_row,
      [](const BaseRevenue& row) {
        return std::tuple{row.investee, row.segment, months_of(row.period)};
      },
      [](const BaseRevenue& a, const BaseRevenue& b) {
        return a.currency == b.currency && a.revenue == b.revenue;
      });
}

Result<FactsFile<ExchangeRate>> read_rates_csv(const std::string& path, Currency functional) {
  const auto read_row = [&](Rows& rows) -> std::optional<ExchangeRate> {
    const Date on = rows.date("date");
    const auto from = rows.currency("from");
    const auto to = rows.currency("to");
    if (!from || !to) return std::nullopt;
    if (*from == functional) {
      rows.refuse("from",
                  Error{.code = ErrorCode::bad_value,
                        .message = fmt::format("{} is the book's own currency", functional.code()),
                        .hint = "a rate is from another currency to the book's"});
    }
    if (*to != functional) {
      rows.refuse(
          "to", Error{.code = ErrorCode::bad_value,
                      .message = fmt::format("a rate to {}; the book is kept in {}", to->code(),
                                             functional.code()),
                      .hint = fmt::format("give {} per one {}", functional.code(), from->code())});
    }
    const Decimal rate = rows.decimal("rate");
    if (rate.sign() <= 0) {
      rows.refuse(
          "rate",
          Error{.code = ErrorCode::bad_value,
                .message = fmt::format("the rate is {}; it must be above zero", rate.to_string()),
                .hint = fmt::format("give {} per one {}", functional.code(), from->code())});
    }
    return ExchangeRate{on, *from, rate, rows.text("source")};
  };
  return read_rows<ExchangeRate>(
      path, rate_columns, "date", read_row,
      [](const ExchangeRate& row) {
        return std::pair{row.on, row.from};
      },
      [](const ExchangeRate& a, const ExchangeRate& b) { return a.rate == b.rate; });
}

}  // namespace accrue
