#include "ledger/intake/fact_rows.h"

#include <algorithm>

#include <fmt/ranges.h>

#include "ledger/error/suggest.h"
#include "ledger/intake/excerpt.h"

namespace accrue {

namespace {

constexpr std::size_t most_listed = 20;

}  // namespace

void FactRows::keep(Error error) {
  if (refusal_.errors.size() < most_listed) {
    refusal_.errors.push_back(std::move(error));
  } else {
    ++refusal_.unlisted_count;
  }
}

Result<Done> FactRows::read_header() {
  ACCRUE_TRY(has_header, reader_.advance());
  if (!has_header) {
    return Error{.code = ErrorCode::empty_file,
                 .message = fmt::format("{} is empty", shown(reader_.file())),
                 .place = Place{.file = reader_.file()},
                 .hint = "a file has a header and a row for each fact"};
  }
  header_count_ = reader_.field_count();
  std::vector<std::string_view> names;
  for (const FactColumn& column : columns_) names.push_back(column.name);
  for (std::size_t i = 0; i < header_count_; ++i) {
    const std::string name{reader_.field(i)};
    const auto column = std::ranges::find(columns_, std::string_view{name}, &FactColumn::name);
    if (column == columns_.end() && others_ == OtherColumns::passed_over) continue;
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
  for (const FactColumn& column : columns_) {
    if (column.need == FactColumn::Need::optional || field_of(column.name)) continue;
    keep(Error{.code = ErrorCode::missing_column,
               .message = fmt::format("the column '{}' is missing", column.name),
               .place = reader_.place(),
               .hint = fmt::format("the columns: {}", fmt::join(names, ","))});
  }
  if (any_refused()) return take_refusal();
  return Done{};
}

Result<bool> FactRows::advance() {
  while (true) {
    const Result<bool> more = reader_.advance();
    if (!more.ok()) {
      Refusal refusal = take_refusal();
      refusal.errors.push_back(more.error());
      return refusal;
    }
    if (!*more) return false;
    row_refused_ = false;
    if (reader_.field_count() == header_count_) return true;
    keep(Error{.code = ErrorCode::ragged_row,
               .message = fmt::format("the row has {} fields, the header {}", reader_.field_count(),
                                      header_count_),
               .place = reader_.place(),
               .hint = "mend the commas or the quotes of the row"});
  }
}

std::optional<std::size_t> FactRows::field_of(std::string_view column) const {
  const auto found =
      std::ranges::find(bound_, column, &std::pair<std::string_view, std::size_t>::first);
  if (found == bound_.end()) return std::nullopt;
  return found->second;
}

void FactRows::refuse(std::string_view column, Error error) {
  if (row_refused_) return;
  row_refused_ = true;
  error.place = reader_.place_of(field_of(column).value_or(0));
  keep(std::move(error));
}

std::optional<std::string> FactRows::filled(std::string_view column) {
  const auto field = field_of(column);
  if (!field || reader_.field(*field).empty()) return std::nullopt;
  return std::string{reader_.field(*field)};
}

std::string FactRows::text(std::string_view column) {
  auto text = filled(column);
  if (text) return *std::move(text);
  refuse(column, Error{.code = ErrorCode::null_not_allowed,
                       .message = fmt::format("{} is empty", column),
                       .hint = "give it a value"});
  return {};
}

Decimal FactRows::decimal(std::string_view column) {
  const std::string written = text(column);
  const auto value = Decimal::parse(written);
  if (value.ok()) return *value;
  refuse(column, Error{.code = value.error().code,
                       .message = fmt::format("{}: {}", column, value.error().message),
                       .hint = std::string{page_of(value.error().code).fix}});
  return {};
}

std::optional<Currency> FactRows::currency(std::string_view column) {
  const std::string written = text(column);
  const auto currency = Currency::from_code(written);
  if (currency.ok()) return *currency;
  refuse(column, Error{.code = ErrorCode::bad_currency,
                       .message = fmt::format("{}: {} is not a currency of ISO 4217", column,
                                              shown(written)),
                       .hint = "write the three capital letters, such as USD"});
  return std::nullopt;
}

PeriodRange FactRows::period(std::string_view column, FiscalCalendar calendar) {
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

Date FactRows::date(std::string_view column) {
  const std::string written = text(column);
  const auto date = Date::parse(written);
  if (date.ok()) return *date;
  refuse(column, Error{.code = ErrorCode::bad_date,
                       .message = fmt::format("{}: {} is not a date", column, shown(written)),
                       .hint = "write it like 2024-06-01"});
  return {};
}

}  // namespace accrue
