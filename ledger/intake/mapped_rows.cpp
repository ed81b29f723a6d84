#include "ledger/intake/mapped_rows.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/intake/excerpt.h"
#include "ledger/intake/map_header.h"
#include "ledger/intake/usage_time.h"

namespace accrue::usage {

namespace {

constexpr std::array<std::string_view, cost_count> cost_names{"billed", "effective", "list",
                                                              "contracted"};

/// "a + b - c": what messages call a cost.
std::string name_of(const UsageMap::Sum& sum) {
  std::string name = fmt::format("{}", fmt::join(sum.added, " + "));
  for (const std::string& column : sum.subtracted) name += (name.empty() ? "-" : " - ") + column;
  return name;
}

enum class Others { refused, kept };

/// A column holds few values: the first equal one, else the first but for capitals.
template <typename Value>
std::size_t find_value(const std::vector<Value>& values, std::string_view text) {
  auto found = std::ranges::find(values, text, &Value::text);
  if (found == values.end()) {
    found = std::ranges::find_if(
        values, [&](const Value& value) { return equal_but_for_case(value.text, text); });
  }
  return static_cast<std::size_t>(found - values.begin());
}

/// The place in `values` of the text of a column, kept for the rows that follow; their count for a
/// text that is none of them, when the map says what others mean.
template <typename Value>
std::optional<Error> read_listed(const CsvReader& csv, const Columns& columns, Column column,
                                 std::string_view text, const std::vector<Value>& values,
                                 Others others, std::string_view table, const UsageMap& map,
                                 KeptValue& kept, Warnings& warnings) {
  if (kept.holds(text)) {
    if (kept.warning) warnings.again(*kept.warning);
    return std::nullopt;
  }
  const std::size_t value = find_value(values, text);
  if (value == values.size() && others == Others::refused) {
    std::vector<std::string_view> texts;
    for (const Value& listed : values) texts.push_back(listed.text);
    return columns.refusal(csv, column, ErrorCode::not_allowed_value,
                           fmt::format("{} is none of {}", shown(text), fmt::join(texts, ", ")),
                           fmt::format("say what it means in [{}] of {}", table, map.name));
  }
  kept.keep(text, value);
  if (value < values.size() && values[value].text != text) {
    kept.warning = warnings.add("value_case",
                                fmt::format("{} {} is read as {}", columns.name_of(column),
                                            shown(text), values[value].text),
                                columns.place_of(csv, column));
  }
  return std::nullopt;
}

Instant end_of_charge(Instant start, ChargeLength length, const TimeZone& zone) {
  switch (length) {
    case ChargeLength::hour:
      return Instant{start.microseconds + std::int64_t{3'600'000'000}};
    case ChargeLength::day:
      return zone.midnight(Date{zone.date_of(start).days + 1});
    case ChargeLength::month:
      return zone.end_of(zone.period_of(start));
  }
  return start;
}

}  // namespace

MappedRows::MappedRows(UsageMap map, const DeliveryTerms& terms)
    : map_{std::move(map)}, absent_currency_{terms.absent_currency}, basis_{terms.basis} {}

/// `shared` holds the columns that are no costs.
MappedRows::CostSet MappedRows::cost_set(const UsageMap::Costs& costs, const Columns& shared,
                                         MapHeader& header) const {
  CostSet set{.columns = shared, .sums = {}, .missing = {}};
  const auto put = [&](std::vector<Term>& terms, const std::vector<std::string>& names,
                       bool is_subtracted) {
    for (const std::string& name : names) {
      const std::size_t field = header.find(name);
      if (field == MapHeader::none && set.missing.empty()) set.missing = name;
      terms.push_back({field, is_subtracted != map_.negates, std::nullopt});
    }
  };
  for (std::size_t i = 0; i < cost_count; ++i) {
    if (!costs[i]) continue;
    put(set.sums[i], costs[i]->added, false);
    put(set.sums[i], costs[i]->subtracted, true);
    const std::size_t place = set.sums[i].empty() ? Columns::no_place : set.sums[i].front().field;
    std::string name = name_of(*costs[i]);
    if (name.empty()) name = cost_names[i];
    set.columns.put(static_cast<Column>(i), place, std::move(name));
  }
  return set;
}

Result<Done> MappedRows::bind(CsvReader& csv, Warnings& warnings) {
  MapHeader header{csv, map_.name, warnings};
  Columns columns;
  columns.set_field_count(header.size());
  const auto put = [&](Column column, const std::optional<std::string>& name) {
    if (!name) return;
    const std::size_t place = header.require(*name);
    if (place != MapHeader::none) columns.put(column, place, *name);
  };
  put(Column::billing_account, map_.billing_account.column);
  put(Column::sub_account, map_.sub_account.column);
  put(Column::billing_currency, map_.currency.column);
  put(Column::service, map_.service.column);
  put(Column::sku, map_.sku.column);
  put(Column::region, map_.region.column);
  put(Column::charge_category, map_.category_column);
  put(Column::charge_class, map_.class_column);
  put(Column::billing_period_start, map_.billing_period);
  put(Column::charge_period_start, map_.charge_start);
  put(Column::charge_period_end, map_.charge_end ? map_.charge_end : map_.charge_start);
  for (const auto& cost : map_.costs) {
    if (!cost) continue;
    for (const std::string& name : cost->added) header.require(name);
    for (const std::string& name : cost->subtracted) header.require(name);
  }
  if (!map_.costs[static_cast<std::size_t>(column_of(basis_))]) {
    const std::string_view name = cost_names[static_cast<std::size_t>(column_of(basis_))];
    header.refuse(
        Error{.code = ErrorCode::missing_column,
              .message = fmt::format("the map {} tells no {} cost, which is the basis of "
                                     "this source",
                                     map_.name, name),
              .place = csv.place(),
              .hint = fmt::format("add '{}' to its [cost], or say another --basis", name)});
  }
  if (!map_.currency.column && !map_.currency.otherwise && absent_currency_.empty()) {
    header.refuse(Error{.code = ErrorCode::missing_column,
                        .message = fmt::format("the map {} names no currency", map_.name),
                        .place = csv.place(),
                        .hint = "name its column, or write it under [defaults]"});
  }

  cost_sets_.assign(1, cost_set(map_.costs, columns, header));
  cost_set_of_value_.assign(map_.categories.size(), 0);
  for (std::size_t i = 0; i < map_.categories.size(); ++i) {
    if (!map_.categories[i].costs) continue;
    cost_set_of_value_[i] = cost_sets_.size();
    cost_sets_.push_back(cost_set(*map_.categories[i].costs, columns, header));
  }
  if (!header.refusal().errors.empty()) return header.refusal();
  cost_set_ = 0;
  header_ = header.names();

  if (!map_.billing_account.column && !map_.billing_account.otherwise) {
    warnings.add(
        "absent_account",
        fmt::format("the map {} names no billing_account: it is the empty text", map_.name),
        csv.place());
  }
  if (!map_.currency.column && !map_.currency.otherwise) {
    warnings.add(
        "absent_currency",
        fmt::format("the map {} names no currency: it is read as {}", map_.name, absent_currency_),
        csv.place());
  }
  return Done{};
}

bool MappedRows::is_null(std::string_view text) const {
  return text.empty() || std::ranges::find(map_.nulls, text) != map_.nulls.end();
}

std::string_view MappedRows::text_of(CsvReader& csv, Column column,
                                     const UsageMap::Field& field) const {
  if (columns().has(column)) {
    const std::string_view text = csv.field(columns().at(column));
    if (!is_null(text)) return text;
  }
  return field.otherwise ? std::string_view{*field.otherwise} : std::string_view{};
}

std::optional<Error> MappedRows::read_category(CsvReader& csv, Row& row, Warnings& warnings) {
  constexpr Column column = Column::charge_category;
  cost_set_ = 0;
  const std::string_view text = columns().has(column) ? csv.field(columns().at(column)) : "";
  if (is_null(text)) {
    if (map_.null_category) {
      row.category = *map_.null_category;
      return std::nullopt;
    }
    return columns().refusal(csv, column, ErrorCode::null_not_allowed, "is null");
  }
  if (auto error = read_listed(csv, columns(), column, text, map_.categories,
                               map_.other_category ? Others::kept : Others::refused, "category",
                               map_, category_, warnings)) {
    return error;
  }
  if (category_.value == map_.categories.size()) {
    row.category = *map_.other_category;
    return std::nullopt;
  }
  row.category = map_.categories[category_.value].category;
  const std::size_t set = cost_set_of_value_[category_.value];
  if (!cost_sets_[set].missing.empty()) {
    return Error{.code = ErrorCode::missing_column,
                 .message = fmt::format("the column {} is missing, which the map {} names for {}",
                                        cost_sets_[set].missing, map_.name, shown(text)),
                 .place = csv.place(),
                 .hint = "deliver the column, or mend the map"};
  }
  cost_set_ = set;
  return std::nullopt;
}

std::optional<Error> MappedRows::read_class(CsvReader& csv, Row& row, Warnings& warnings) {
  constexpr Column column = Column::charge_class;
  row.charge_class = ChargeClass::regular;
  if (!columns().has(column)) return std::nullopt;
  const std::string_view text = csv.field(columns().at(column));
  if (is_null(text)) return std::nullopt;
  if (auto error = read_listed(csv, columns(), column, text, map_.classes, Others::refused, "class",
                               map_, charge_class_, warnings)) {
    return error;
  }
  row.charge_class = map_.classes[charge_class_.value].charge_class;
  return std::nullopt;
}

std::optional<Error> MappedRows::read_account(CsvReader& csv, Row& row) {
  row.billing_account = text_of(csv, Column::billing_account, map_.billing_account);
  if (row.billing_account.empty() && columns().has(Column::billing_account)) {
    return columns().refusal(csv, Column::billing_account, ErrorCode::null_not_allowed, "is null");
  }
  row.sub_account = text_of(csv, Column::sub_account, map_.sub_account);
  row.service = text_of(csv, Column::service, map_.service);
  row.sku = text_of(csv, Column::sku, map_.sku);
  row.region = text_of(csv, Column::region, map_.region);

  row.currency = text_of(csv, Column::billing_currency, map_.currency);
  if (row.currency.empty() && !columns().has(Column::billing_currency)) {
    row.currency = absent_currency_;
  }
  return check_currency(csv, columns(), row.currency, good_currency_);
}

/// Reads the time in a column into `kept`, which may hold it already.
std::optional<Error> MappedRows::read_kept(CsvReader& csv, Column column, DateForm form,
                                           KeptTime& kept) {
  const std::string_view text = csv.field(columns().at(column));
  if (kept.is_set && kept.text == text) return std::nullopt;
  if (is_null(text)) {
    return columns().refusal(csv, column, ErrorCode::null_not_allowed, "is null");
  }
  const auto at = read_time(text, form, map_.zone);
  if (!at.ok()) {
    return columns().refusal(csv, column, at.error().code, at.error().message, at.error().hint);
  }
  kept = {.text = std::string{text},
          .at = *at,
          .month = Period::of(map_.zone.date_of(*at)),
          .is_set = true};
  return std::nullopt;
}

std::optional<Error> MappedRows::read_times(CsvReader& csv, Row& row) {
  if (auto error = read_kept(csv, Column::charge_period_start, map_.date_form, charge_start_)) {
    return error;
  }
  row.charge_start = charge_start_.at;
  if (map_.charge_length) {
    row.charge_end = end_of_charge(row.charge_start, *map_.charge_length, map_.zone);
  } else {
    if (auto error = read_kept(csv, Column::charge_period_end, map_.date_form, charge_end_)) {
      return error;
    }
    row.charge_end = charge_end_.at;
    if (row.charge_end <= row.charge_start) {
      return columns().refusal(
          csv, Column::charge_period_end, ErrorCode::empty_interval,
          fmt::format("{} is not after {} {}", shown(charge_end_.text),
                      columns().name_of(Column::charge_period_start), shown(charge_start_.text)));
    }
  }
  row.billing_period = charge_start_.month;
  if (!map_.billing_period) return std::nullopt;
  if (auto error =
          read_kept(csv, Column::billing_period_start, map_.billing_period_form, billing_period_)) {
    return error;
  }
  row.billing_period = billing_period_.month;
  return std::nullopt;
}

/// `text` with a point for its decimal mark. One that has a point already is no number.
std::string_view MappedRows::decimal_text(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (map_.decimal_mark == '.') return text;
  if (text.find('.') != text.npos) return ".";
  if (comma == text.npos) return text;
  with_point_ = text;
  with_point_[comma] = '.';
  return with_point_;
}

std::optional<Error> MappedRows::read_term(CsvReader& csv, Term& term, Cost& cost, bool& null,
                                           Warnings& warnings) {
  const std::string_view cell = csv.field(term.field);
  const std::string_view text = decimal_text(cell);
  null = false;
  if (read_plain_cost(text, cost)) return std::nullopt;
  null = is_null(cell);
  if (null) {
    cost = Cost{};
    return std::nullopt;
  }
  const auto form = read_cost(text, cost);
  if (!form.ok()) {
    const bool is_number = form.error().code != ErrorCode::bad_decimal;
    return Error{
        .code = form.error().code,
        .message = header_[term.field] + ' ' +
                   (is_number ? form.error().message : shown(cell) + " is not a decimal number"),
        .place = csv.place_of(term.field),
        .hint = std::string{page_of(form.error().code).fix}};
  }
  if (*form == CostForm::loose) {
    warnings.add_loose_number(term.loose_number, header_[term.field], csv, term.field);
  }
  return std::nullopt;
}

/// A null in a sum is nothing to add, and a sum of nothing but nulls is null.
std::optional<Error> MappedRows::read_costs(CsvReader& csv, Row& row, Warnings& warnings) {
  CostSet& set = cost_sets_[cost_set_];
  for (std::size_t i = 0; i < cost_count; ++i) {
    std::vector<Term>& terms = set.sums[i];
    row.is_null[i] = !terms.empty() || !set.columns.has(static_cast<Column>(i));
    CostSum sum;
    for (Term& term : terms) {
      Cost cost;
      bool null = false;
      if (auto error = read_term(csv, term, cost, null, warnings)) return error;
      row.is_null[i] = row.is_null[i] && null;
      sum.add(term.is_subtracted ? -std::move(cost) : cost);
    }
    row.costs[i] = sum.as_cost();
  }
  return std::nullopt;
}

std::optional<Error> MappedRows::read(CsvReader& csv, Row& row, Warnings& warnings) {
  if (csv.field_count() != columns().field_count()) return ragged_row(csv, columns());
  if (auto error = read_category(csv, row, warnings)) return error;
  if (auto error = read_class(csv, row, warnings)) return error;
  if (auto error = read_account(csv, row)) return error;
  if (auto error = read_times(csv, row)) return error;
  return read_costs(csv, row, warnings);
}

}  // namespace accrue::usage
