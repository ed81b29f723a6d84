#include "ledger/intake/usage_map.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"
#include "ledger/intake/toml_fields.h"
#include "ledger/intake/usage_columns.h"
#include "ledger/intake/usage_values.h"
#include "ledger/number/currency.h"

namespace accrue {

namespace {

constexpr std::string_view schema_name = "accrue.map/1";

// In the order of the enumerations that they name.
constexpr std::array<std::string_view, 8> form_names{"ISO",   "M/D/Y",    "D/M/Y",   "Y/M/D",
                                                     "D.M.Y", "YYYYMMDD", "YYYY-MM", "YYYYMM"};
constexpr std::array<std::string_view, 3> length_names{"hour", "day", "month"};
constexpr std::array<std::string_view, 4> cost_names{"billed", "effective", "list", "contracted"};
constexpr std::array<std::string_view, 2> class_names{"Regular", usage::correction_name};

constexpr std::array<std::string_view, 8> document_keys{"schema",   "columns", "defaults", "cost",
                                                        "category", "class",   "cells",    "dates"};
constexpr std::array<std::string_view, 11> column_keys{
    "billing_account", "sub_account", "currency",       "service",      "sku",       "region",
    "category",        "class",       "billing_period", "charge_start", "charge_end"};
constexpr std::array<std::string_view, 7> default_keys{
    "billing_account", "sub_account", "currency", "service", "sku", "region", "category"};
constexpr std::array<std::string_view, 6> cost_keys{"billed",     "effective", "list",
                                                    "contracted", "sign",      "when"};
constexpr std::array<std::string_view, 2> sum_keys{"add", "subtract"};
constexpr std::array<std::string_view, 6> category_keys{"Usage",  "Purchase",   "Tax",
                                                        "Credit", "Adjustment", "other"};
constexpr std::array<std::string_view, 2> cell_keys{"nulls", "decimal_mark"};
constexpr std::array<std::string_view, 4> date_keys{"format", "billing_period_format", "time_zone",
                                                    "charge_length"};

/// A map while its file is read.
struct Draft {
  UsageMap map;
  std::optional<TomlTable> columns;
  std::optional<TomlTable> defaults;
};

UsageMap::Field field(const Draft& draft, std::string_view key) {
  UsageMap::Field field;
  if (draft.columns) field.column = draft.columns->text(key);
  if (draft.defaults) field.otherwise = draft.defaults->text(key);
  return field;
}

void read_defaults(const TomlTable& table, UsageMap& map) {
  table.refuse_unknown_keys(default_keys);
  if (const auto category = table.choice("category", usage::category_names)) {
    map.null_category = static_cast<ChargeCategory>(*category);
  }
  const auto currency = table.text("currency");
  if (!currency) return;
  if (const auto known = Currency::from_code(*currency); !known.ok()) {
    Error error = known.error();
    if (error.hint.empty()) error.hint = page_of(error.code).fix;
    table.refuse("currency", std::move(error));
  }
}

void read_columns(Draft& draft, TomlErrors& errors) {
  UsageMap& map = draft.map;
  if (draft.columns) {
    draft.columns->refuse_unknown_keys(column_keys);
    draft.columns->require("charge_start", "write it like  charge_start = \"UsageStartDate\"");
  } else {
    errors.add({}, Error{.code = ErrorCode::missing_key,
                         .message = "the map has no [columns]",
                         .hint = "add it, with charge_start at least"});
  }
  map.billing_account = field(draft, "billing_account");
  map.sub_account = field(draft, "sub_account");
  map.currency = field(draft, "currency");
  map.service = field(draft, "service");
  map.sku = field(draft, "sku");
  map.region = field(draft, "region");
  if (!draft.columns) return;
  map.category_column = draft.columns->text("category");
  map.class_column = draft.columns->text("class");
  map.charge_start = draft.columns->text("charge_start").value_or("");
  map.charge_end = draft.columns->text("charge_end");
  map.billing_period = draft.columns->text("billing_period");
  if (draft.columns->has("category") || map.null_category) return;
  draft.columns->require("category",
                         "name the column, or write  category = \"Usage\"  under [defaults]");
}

/// One column, a list of columns to be added up, or columns to add and to subtract.
std::optional<UsageMap::Sum> read_sum(const TomlTable& table, std::string_view key) {
  const TomlNode* value = table.find(key);
  if (value == nullptr) return std::nullopt;
  switch (value->kind) {
    case TomlNode::Kind::array:
      if (value->children.empty()) return UsageMap::Sum{};
      return UsageMap::Sum{.added = table.texts(key).value_or(std::vector<std::string>{})};
    case TomlNode::Kind::table: {
      const auto parts = table.table(key, "");
      parts->refuse_unknown_keys(sum_keys);
      if (!parts->has("subtract")) parts->require("add", "write it like  { add = [\"one\"] }");
      return UsageMap::Sum{
          .added = parts->texts("add").value_or(std::vector<std::string>{}),
          .subtracted = parts->texts("subtract").value_or(std::vector<std::string>{})};
    }
    case TomlNode::Kind::text:
    case TomlNode::Kind::integer:
    case TomlNode::Kind::floating:
    case TomlNode::Kind::boolean:
    case TomlNode::Kind::date:
    case TomlNode::Kind::time:
      break;
  }
  const auto column = table.text(key);
  if (!column) return std::nullopt;
  return UsageMap::Sum{.added = {*column}};
}

UsageMap::Costs read_costs(const TomlTable& table) {
  UsageMap::Costs costs;
  for (std::size_t i = 0; i < cost_names.size(); ++i) costs[i] = read_sum(table, cost_names[i]);
  return costs;
}

/// [cost.when.VALUE]: what rows of one category value take from other columns.
void read_exceptions(const TomlTable& when, UsageMap& map, TomlErrors& errors) {
  for (const std::string& value : when.keys()) {
    const auto table = when.table(value, fmt::format("[cost.when.{}]", value));
    if (!table) continue;
    table->refuse_unknown_keys(cost_names);
    UsageMap::Costs costs = read_costs(*table);
    const auto known = std::ranges::find(map.categories, value, &UsageMap::CategoryValue::text);
    if (known == map.categories.end() || !map.category_column) {
      errors.add(when.find(value)->key_span,
                 Error{.code = ErrorCode::bad_value,
                       .message = fmt::format("{} is no value of the category column that "
                                              "[category] lists",
                                              shown(value)),
                       .hint = "list it in [category], or remove its table"});
      continue;
    }
    for (std::size_t i = 0; i < costs.size(); ++i) {
      if (!costs[i]) costs[i] = map.costs[i];
    }
    known->costs = std::move(costs);
  }
}

void read_cost_table(const TomlTable& top, UsageMap& map, TomlErrors& errors) {
  const auto table = top.table("cost", "[cost]");
  if (!table) {
    top.require("cost", "add  [cost]  with  effective = \"COLUMN\"");
    return;
  }
  table->refuse_unknown_keys(cost_keys);
  map.costs = read_costs(*table);
  if (std::ranges::none_of(cost_names, [&](std::string_view key) { return table->has(key); })) {
    table->require("effective",
                   "name the column of one cost at least: effective, billed, list or "
                   "contracted");
  }
  static constexpr std::array<std::string_view, 2> signs{"as_is", "negated"};
  map.negates = table->choice("sign", signs).value_or(0) == 1;
  if (const auto when = table->table("when", "[cost.when.VALUE]")) {
    read_exceptions(*when, map, errors);
  }
}

/// The texts listed under each of `names`, with the place of the name; one that is listed twice is
/// refused.
std::vector<std::pair<std::string, std::size_t>> listed_values(
    const TomlTable& table, std::span<const std::string_view> names) {
  std::vector<std::pair<std::string, std::size_t>> values;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto texts = table.texts(names[i]);
    if (!texts) continue;
    for (const std::string& text : *texts) {
      const auto known =
          std::ranges::find(values, text, &std::pair<std::string, std::size_t>::first);
      if (known == values.end()) {
        values.emplace_back(text, i);
        continue;
      }
      table.refuse(names[i],
                   Error{.code = ErrorCode::bad_value,
                         .message = fmt::format("{} is listed under {} and under {}", shown(text),
                                                names[known->second], names[i]),
                         .hint = "list each value once"});
    }
  }
  return values;
}

/// A table that says what the values of a column mean is of no use without the column.
void require_column(const TomlTable& top, std::string_view key,
                    const std::optional<std::string>& column) {
  if (column || !top.has("columns")) return;
  top.refuse(key, Error{.code = ErrorCode::bad_value,
                        .message = fmt::format("[{}] says what the values of a column mean that "
                                               "[columns] does not name",
                                               key),
                        .hint = fmt::format("write  {} = \"COLUMN\"  under [columns]", key)});
}

/// What the values of the category column mean. Without [category] they are those of FOCUS.
void read_categories(const TomlTable& top, UsageMap& map) {
  const auto table = top.table("category", "[category]");
  if (!table) {
    for (std::size_t i = 0; i < usage::category_names.size(); ++i) {
      map.categories.push_back(
          {std::string{usage::category_names[i]}, static_cast<ChargeCategory>(i)});
    }
    return;
  }
  require_column(top, "category", map.category_column);
  table->refuse_unknown_keys(category_keys);
  for (auto& [text, category] : listed_values(*table, usage::category_names)) {
    map.categories.push_back({std::move(text), static_cast<ChargeCategory>(category)});
  }
  if (const auto other = table->choice("other", usage::category_names)) {
    map.other_category = static_cast<ChargeCategory>(*other);
  }
}

/// What the values of the class column mean. Without [class] it is that of FOCUS.
void read_classes(const TomlTable& top, UsageMap& map) {
  const auto table = top.table("class", "[class]");
  if (!table) {
    map.classes.push_back({std::string{usage::correction_name}, ChargeClass::correction});
    return;
  }
  require_column(top, "class", map.class_column);
  table->refuse_unknown_keys(class_names);
  for (auto& [text, charge_class] : listed_values(*table, class_names)) {
    map.classes.push_back({std::move(text), static_cast<ChargeClass>(charge_class)});
  }
}

void read_cells(const TomlTable& top, UsageMap& map) {
  map.nulls.assign(usage::usual_nulls.begin(), usage::usual_nulls.end());
  const auto table = top.table("cells", "[cells]");
  if (!table) return;
  table->refuse_unknown_keys(cell_keys);
  if (auto nulls = table->texts("nulls")) map.nulls = *std::move(nulls);
  static constexpr std::array<std::string_view, 2> marks{".", ","};
  map.decimal_mark = table->choice("decimal_mark", marks).value_or(0) == 0 ? '.' : ',';
}

void read_dates(const TomlTable& top, const TomlTable* columns, UsageMap& map) {
  const auto table = top.table("dates", "[dates]");
  const std::string_view length_hint =
      "name the column charge_end, or write  charge_length = \"day\"  under [dates]";
  if (!table) {
    if (columns != nullptr) columns->require("charge_end", length_hint);
    return;
  }
  table->refuse_unknown_keys(date_keys);
  if (const auto form = table->choice("format", form_names)) {
    map.date_form = static_cast<DateForm>(*form);
  }
  map.billing_period_form = map.date_form;
  if (const auto form = table->choice("billing_period_format", form_names)) {
    map.billing_period_form = static_cast<DateForm>(*form);
  }
  if (const auto name = table->text("time_zone")) {
    const auto zone = TimeZone::named(*name);
    if (zone.ok()) {
      map.zone = *zone;
    } else {
      table->refuse("time_zone", Error{.code = zone.error().code,
                                       .message = zone.error().message,
                                       .hint = "write it like  time_zone = \"Asia/Shanghai\""});
    }
  }
  if (const auto length = table->choice("charge_length", length_names)) {
    map.charge_length = static_cast<ChargeLength>(*length);
  }
  if (columns == nullptr) return;
  if (!table->has("charge_length")) {
    columns->require("charge_end", length_hint);
  } else if (columns->has("charge_end")) {
    table->refuse("charge_length",
                  Error{.code = ErrorCode::bad_value,
                        .message = "the map states both charge_length and the column charge_end",
                        .hint = "remove one of them"});
  }
}

}  // namespace

std::string_view name_of(DateForm form) { return form_names[static_cast<std::size_t>(form)]; }

Result<UsageMap> read_usage_map(std::string_view text, std::string_view file) {
  ACCRUE_TRY(document, TomlDocument::parse(text, file));
  TomlErrors errors{document};
  if (!check_schema(document, schema_name, errors)) return errors.in_line_order();

  const TomlTable top{document.root(), "the map", errors};
  top.refuse_unknown_keys(document_keys);
  ACCRUE_TRY(utc, TimeZone::named("UTC"));
  Draft draft{.map = {.name = std::string{file}, .zone = utc},
              .columns = top.table("columns", "[columns]"),
              .defaults = top.table("defaults", "[defaults]")};
  UsageMap& map = draft.map;
  if (draft.defaults) read_defaults(*draft.defaults, map);
  read_columns(draft, errors);
  read_categories(top, map);
  read_classes(top, map);
  read_cost_table(top, map, errors);
  read_cells(top, map);
  read_dates(top, draft.columns ? &*draft.columns : nullptr, map);
  if (errors.any()) return errors.in_line_order();
  return std::move(draft.map);
}

}  // namespace accrue
