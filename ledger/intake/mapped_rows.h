#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/intake/csv.h"
#include "ledger/intake/usage.h"
#include "ledger/intake/usage_columns.h"
#include "ledger/intake/usage_map.h"
#include "ledger/intake/usage_row.h"
#include "ledger/intake/usage_values.h"
#include "ledger/intake/usage_warnings.h"

namespace accrue::usage {

class MapHeader;

/// Reads the rows of files of another format, as a map says.
class MappedRows {
 public:
  MappedRows(UsageMap map, const DeliveryTerms& terms);

  /// Binds the columns that the map names to those of the header that `csv` stands on.
  /// Errors: missing_column (all of them), duplicate_column.
  Result<Done> bind(CsvReader& csv, Warnings& warnings);
  /// Reads the row that `csv` stands on; on refusal the error, with its place.
  std::optional<Error> read(CsvReader& csv, Row& row, Warnings& warnings);

  /// Those that the costs of the row read last were taken from.
  const Columns& columns() const { return cost_sets_[cost_set_].columns; }
  const TimeZone& zone() const { return map_.zone; }

 private:
  struct Term {
    std::size_t field;
    bool is_subtracted;
    std::optional<std::size_t> loose_number;
  };
  /// Where the costs stand, in rows of some values of the category column.
  struct CostSet {
    Columns columns;
    std::array<std::vector<Term>, cost_count> sums;
    std::string missing;  ///< a column it needs and the file lacks
  };
  /// The last time read of a column: files repeat them.
  struct KeptTime {
    std::string text;
    Instant at;
    Period month;
    bool is_set = false;
  };

  CostSet cost_set(const UsageMap::Costs& costs, const Columns& shared, MapHeader& header) const;
  std::optional<Error> read_category(CsvReader& csv, Row& row, Warnings& warnings);
  std::optional<Error> read_class(CsvReader& csv, Row& row, Warnings& warnings);
  std::optional<Error> read_account(CsvReader& csv, Row& row);
  std::optional<Error> read_times(CsvReader& csv, Row& row);
  std::optional<Error> read_kept(CsvReader& csv, Column column, DateForm form, KeptTime& kept);
  std::optional<Error> read_costs(CsvReader& csv, Row& row, Warnings& warnings);
  std::optional<Error> read_term(CsvReader& csv, Term& term, Cost& cost, bool& is_null,
                                 Warnings& warnings);
  std::string_view decimal_text(std::string_view text);
  bool is_null(std::string_view text) const;
  std::string_view text_of(CsvReader& csv, Column column, const UsageMap::Field& field) const;

  UsageMap map_;
  std::string absent_currency_;
  Basis basis_;
  std::vector<CostSet> cost_sets_;  ///< the first of all rows, the others of single values
  std::vector<std::size_t> cost_set_of_value_;
  std::vector<std::string> header_;
  std::size_t cost_set_ = 0;
  KeptValue category_;
  KeptValue charge_class_;
  std::string good_currency_;
  KeptTime charge_start_;
  KeptTime charge_end_;
  KeptTime billing_period_;
  std::string with_point_;
};

}  // namespace accrue::usage
