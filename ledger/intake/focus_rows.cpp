#include "ledger/intake/focus_rows.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/intake/bill.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/focus_dataset.h"

namespace accrue::usage {

namespace {

constexpr std::array always_required{
    Column::billed_cost,         Column::billing_period_start, Column::billing_period_end,
    Column::charge_period_start, Column::charge_period_end,    Column::charge_category,
};

using focus::is_null;

/// Puts the columns that the header names, capitals aside. Errors: duplicate_column.
Result<Columns> named_columns(const CsvReader& csv, const std::vector<std::string_view>& header,
                              Warnings& warnings) {
  Columns columns;
  columns.set_field_count(header.size());
  for (std::size_t i = 0; i < header.size(); ++i) {
    for (std::size_t number = 0; number < column_count; ++number) {
      const auto column = static_cast<Column>(number);
      const std::string_view name = focus_name_of(column);
      if (!equal_but_for_case(header[i], name)) continue;
      if (columns.has(column)) {
        return Error{.code = ErrorCode::duplicate_column,
                     .message = fmt::format("the column {} stands twice", name),
                     .place = csv.place_of(i),
                     .hint = "deliver it once"};
      }
      columns.put(column, i, std::string{name});
      if (header[i] == name) continue;
      warnings.add("column_case",
                   fmt::format("the column {} is read as {}", shown(header[i]), name),
                   csv.place_of(i));
    }
  }
  return columns;
}

/// The place of `text` in `allowed`, capitals aside, with a warning where they differ.
std::optional<Error> read_enumeration(const CsvReader& csv, const Columns& columns, Column column,
                                      std::string_view text,
                                      std::span<const std::string_view> allowed, KeptValue& kept,
                                      Warnings& warnings) {
  if (kept.holds(text)) {
    if (kept.warning) warnings.again(*kept.warning);
    return std::nullopt;
  }
  const auto found = std::ranges::find_if(
      allowed, [&](std::string_view value) { return equal_but_for_case(value, text); });
  if (found == allowed.end()) {
    return columns.refusal(csv, column, ErrorCode::not_allowed_value,
                           fmt::format("{} is none of {}", shown(text), fmt::join(allowed, ", ")));
  }
  kept.keep(text, static_cast<std::size_t>(found - allowed.begin()));
  if (*found != text) {
    kept.warning = warnings.add(
        "value_case",
        fmt::format("{} {} is read as {}", columns.name_of(column), shown(text), *found),
        columns.place_of(csv, column));
  }
  return std::nullopt;
}

}  // namespace

FocusRows::FocusRows(const DeliveryTerms& terms, const TimeZone& book_zone)
    : absent_currency_{terms.absent_currency},
      basis_{terms.basis},
      zone_{book_zone},
      instants_{terms.slash_dates} {}

Result<Done> FocusRows::bind(CsvReader& csv, Warnings& warnings) {
  std::vector<std::string_view> header(csv.field_count());
  for (std::size_t i = 0; i < header.size(); ++i) header[i] = csv.field(i);
  const std::optional<focus::Dataset> dataset = focus::dataset_of(header);
  if (dataset && *dataset != focus::Dataset::cost_and_usage) {
    return focus::wrong_dataset(*dataset, csv.place());
  }
  ACCRUE_TRY(columns, named_columns(csv, header, warnings));

  Refusal missing;
  const auto require = [&](Column column, std::string_view why) {
    if (columns.has(column)) return;
    missing.errors.push_back(
        Error{.code = ErrorCode::missing_column,
              .message = fmt::format("the column {} is missing{}", focus_name_of(column), why),
              .place = csv.place(),
              .hint = "deliver the column; columns are bound by their header names"});
  };
  for (const Column column : always_required) require(column, "");
  if (column_of(basis_) != Column::billed_cost) {
    require(column_of(basis_), ", which is the basis of this source");
  }
  if (absent_currency_.empty()) require(Column::billing_currency, "");
  if (!missing.errors.empty()) return missing;

  if (!columns.has(Column::billing_account)) {
    warnings.add("absent_account",
                 "the file has no BillingAccountId: its account is the empty text", csv.place());
  }
  if (!columns.has(Column::billing_currency)) {
    warnings.add("absent_currency",
                 "the file has no BillingCurrency: it is read as " + absent_currency_, csv.place());
  }
  columns_ = columns;
  return Done{};
}

std::string_view FocusRows::cell(CsvReader& csv, Column column) const {
  return csv.field(columns_.at(column));
}

std::string_view FocusRows::text_or_empty(CsvReader& csv, Column column) const {
  if (!columns_.has(column)) return {};
  const std::string_view text = cell(csv, column);
  return is_null(text) ? std::string_view{} : text;
}

std::optional<Error> FocusRows::read_categories(CsvReader& csv, Row& row, Warnings& warnings) {
  constexpr Column category = Column::charge_category;
  const std::string_view text = cell(csv, category);
  if (is_null(text)) {
    return columns_.refusal(csv, category, ErrorCode::null_not_allowed, "is null");
  }
  if (auto error =
          read_enumeration(csv, columns_, category, text, category_names, category_, warnings)) {
    return error;
  }
  row.category = static_cast<ChargeCategory>(category_.value);

  row.charge_class = ChargeClass::regular;
  const std::string_view class_text = text_or_empty(csv, Column::charge_class);
  if (class_text.empty()) return std::nullopt;
  static constexpr std::array<std::string_view, 1> classes{correction_name};
  if (auto error = read_enumeration(csv, columns_, Column::charge_class, class_text, classes,
                                    charge_class_, warnings)) {
    return error;
  }
  row.charge_class = ChargeClass::correction;
  return std::nullopt;
}

std::optional<Error> FocusRows::read_account(CsvReader& csv, Row& row) {
  row.billing_account = text_or_empty(csv, Column::billing_account);
  if (row.billing_account.empty() && columns_.has(Column::billing_account)) {
    return columns_.refusal(csv, Column::billing_account, ErrorCode::null_not_allowed, "is null");
  }
  row.sub_account = text_or_empty(csv, Column::sub_account);
  row.currency = absent_currency_;
  if (!columns_.has(Column::billing_currency)) return std::nullopt;
  row.currency = text_or_empty(csv, Column::billing_currency);
  return check_currency(csv, columns_, row.currency, good_currency_);
}

std::optional<Error> FocusRows::read_instant(CsvReader& csv, Column column, Instant& at) {
  const std::string_view text = cell(csv, column);
  if (is_null(text)) {
    return columns_.refusal(csv, column, ErrorCode::null_not_allowed, "is null");
  }
  auto read = instants_.read(text);
  if (!read.ok()) {
    const Error& error = read.error();
    return columns_.refusal(csv, column, error.code, error.message, error.hint);
  }
  at = *read;
  return std::nullopt;
}

std::optional<Error> FocusRows::read_instants(CsvReader& csv, Row& row) {
  std::pair<Instant, Instant> bill;
  struct Cell {
    Column column;
    Instant& at;
  };
  for (const auto& [column, at] : {Cell{Column::billing_period_start, bill.first},
                                   Cell{Column::billing_period_end, bill.second},
                                   Cell{Column::charge_period_start, row.charge_start},
                                   Cell{Column::charge_period_end, row.charge_end}}) {
    if (instants_.read_known_day(cell(csv, column), at)) continue;
    if (auto error = read_instant(csv, column, at)) return error;
  }
  const auto not_after = [&](Column end, Column start) {
    return columns_.refusal(csv, end, ErrorCode::empty_interval,
                            fmt::format("{} is not after {} {}", shown(cell(csv, end)),
                                        focus_name_of(start), shown(cell(csv, start))));
  };
  if (bill.second <= bill.first) {
    return not_after(Column::billing_period_end, Column::billing_period_start);
  }
  if (row.charge_end <= row.charge_start) {
    return not_after(Column::charge_period_end, Column::charge_period_start);
  }

  if (bill != bill_) {
    bill_ = bill;
    bill_month_ = month_of_bill(bill.first, bill.second, zone_);
  }
  row.billing_period = bill_month_;
  return std::nullopt;
}

std::optional<Error> FocusRows::read_costs(CsvReader& csv, Row& row, Warnings& warnings) {
  for (std::size_t i = 0; i < cost_count; ++i) {
    const auto column = static_cast<Column>(i);
    Cost& cost = row.costs[i];
    cost = Cost{};  // null counts as zero, not as the row before
    row.is_null[i] = true;
    if (!columns_.has(column)) continue;
    const std::string_view text = cell(csv, column);
    if (read_plain_cost(text, cost)) {
      row.is_null[i] = false;
      continue;
    }
    if (is_null(text)) {
      // FOCUS allows null in none of the four; files in the wild have it in the last two.
      if (column == Column::billed_cost || column == Column::effective_cost) {
        return columns_.refusal(csv, column, ErrorCode::null_not_allowed, "is null");
      }
      continue;
    }
    const auto form = read_cost(text, cost);
    if (!form.ok()) {
      const bool is_number = form.error().code != ErrorCode::bad_decimal;
      return columns_.refusal(
          csv, column, form.error().code,
          is_number ? form.error().message : shown(text) + " is not a decimal number");
    }
    if (*form == CostForm::loose) {
      warnings.add_loose_number(loose_numbers_[i], focus_name_of(column), csv, columns_.at(column));
    }
    row.is_null[i] = false;
  }
  return std::nullopt;
}

std::optional<Error> FocusRows::read(CsvReader& csv, Row& row, Warnings& warnings) {
  if (csv.field_count() != columns_.field_count()) return ragged_row(csv, columns_);
  if (auto error = read_categories(csv, row, warnings)) return error;
  if (auto error = read_account(csv, row)) return error;
  if (auto error = read_instants(csv, row)) return error;
  row.service = text_or_empty(csv, Column::service);
  row.sku = text_or_empty(csv, Column::sku);
  row.region = text_or_empty(csv, Column::region);
  return read_costs(csv, row, warnings);
}

}  // namespace accrue::usage
