#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/credit/charge.h"
#include "ledger/error/error.h"
#include "ledger/time/zone.h"

namespace accrue {

/// How a day, a time or a month stands in a cell. All but the months may be followed by a space or
/// `T` and a time of day; only `iso` may state a zone.
enum class DateForm {
  iso,             ///< 2026-05-31
  month_day_year,  ///< 5/31/2026, 05/31/26
  day_month_year,  ///< 31/5/2026
  year_month_day,  ///< 2026/5/31
  dotted,          ///< 31.5.2026
  digits,          ///< 20260531
  month,           ///< 2026-05
  month_digits,    ///< 202605
};

/// How a map writes it: "M/D/Y".
std::string_view name_of(DateForm form);

/// When a charge ends whose row states its start only: an hour later, or with the day or the month
/// of its start.
enum class ChargeLength { hour, day, month };

/// How the columns of another format are read as the rows of a usage file (docs/maps.md).
struct UsageMap {
  /// What is read from a column, or stands for one that is not there and for a null cell of it.
  struct Field {
    std::optional<std::string> column = {};
    std::optional<std::string> otherwise = {};
  };
  /// The columns that are added up to a cost, and those that are taken off. None at all: zero.
  struct Sum {
    std::vector<std::string> added = {};
    std::vector<std::string> subtracted = {};
  };
  /// Billed, effective, list, contracted; nothing for a cost that the format does not tell.
  using Costs = std::array<std::optional<Sum>, 4>;

  /// What a value of the category column means.
  struct CategoryValue {
    std::string text;
    ChargeCategory category = ChargeCategory::usage;
    /// Costs that rows of this value take from other columns than the rest.
    std::optional<Costs> costs = std::nullopt;
  };
  struct ClassValue {
    std::string text;
    ChargeClass charge_class = ChargeClass::regular;
  };

  std::string name;  ///< of its file, for messages
  TimeZone zone;     ///< of times that state none, of days and of months

  Field billing_account = {};
  Field sub_account = {};
  Field currency = {};
  Field service = {};
  Field sku = {};
  Field region = {};

  std::optional<std::string> category_column = {};
  std::vector<CategoryValue> categories = {};
  std::optional<ChargeCategory> null_category = {};   ///< of a null cell, or without a column
  std::optional<ChargeCategory> other_category = {};  ///< of a value that is not listed
  std::optional<std::string> class_column = {};
  std::vector<ClassValue> classes = {};

  std::string charge_start = {};
  std::optional<std::string> charge_end = {};
  std::optional<ChargeLength> charge_length = {};  ///< set when there is no charge_end
  std::optional<std::string> billing_period = {};  ///< none: the month of the charge's start
  DateForm date_form = DateForm::iso;
  DateForm billing_period_form = DateForm::iso;

  Costs costs = {};
  bool negates = false;                 ///< the format writes what is owed below zero
  char decimal_mark = '.';              ///< or ','
  std::vector<std::string> nulls = {};  ///< beside the empty text
};

/// Reads a map (TOML, schema accrue.map/1): `text` is the file's bytes, `file` its name for
/// messages. All that is wrong with it is listed.
///
/// Errors: bad_toml, bad_schema, unknown_key, missing_key, bad_value, bad_currency,
///         bad_time_zone.
Result<UsageMap> read_usage_map(std::string_view text, std::string_view file);

}  // namespace accrue
