#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "accounting/posting/thresholds.h"
#include "ledger/number/decimal.h"
#include "ledger/time/period.h"

namespace accrue {

/// What a figure measures: decides what a change of unit or of currency does to it.
enum class Measure {
  number,   ///< a rate, a factor, a quantity
  money,    ///< of the report's currency
  amount,   ///< of the currency that a column beside it, or its name, says: face, usage
  percent,  ///< or points of a percentage
};

/// A number that a report shows: exact, with the fraction digits it is printed with.
struct Figure {
  Decimal value;
  int digits = 0;
  Measure measure = Measure::number;
};

/// One field of a row: nothing (null), a text, a count, or a figure (a decimal string in JSON).
using Cell = std::variant<std::monostate, std::string, std::int64_t, Figure>;

/// How a column is read: keys come first and sort the rows.
enum class ColumnKind { key, text, count, figure };

struct Column {
  std::string name;
  ColumnKind kind = ColumnKind::text;
  /// When a table is too wide for a terminal the columns of the highest rank go first; those of
  /// rank 0 stay. A column of amounts that are not zero always has rank 0.
  int hide_rank = 0;
};

struct NamedCell {
  std::string name;
  Cell value;
};

/// A check of a report: it holds when the difference is zero.
struct ReportCheck {
  std::string name;
  Figure difference;
};

/// What the book knew when the report was made.
struct AsOf {
  std::int64_t records = 0;
  std::string root;  ///< hexadecimal
};

/// A column whose cells are the sum of other cells of their row.
struct RowSum {
  std::string column;
  std::vector<std::string> of;
};

/// A total that is the sum of a column over the rows whose texts are as said.
struct ColumnSum {
  std::string total;
  std::string column;
  std::vector<std::pair<std::string, std::string>> where = {};
};

/// How a figure of one report follows from one of another: it is the sum of its sources.
struct FigureSource {
  enum class Sign { plus, minus };
  std::string figure;  ///< of this report, "REF#COLUMN"
  Sign sign = Sign::plus;
  std::string of;  ///< of another report of the same range, "REF#COLUMN"
};

/// The report in another currency than the book's, for convenience: every amount of money
/// divided by one rate.
struct Translation {
  std::string from;  ///< the book's currency
  Decimal rate;      ///< units of the book's currency per one of the report's
  std::string rate_on;  ///< the day of the rate
};

/// Facts that are assumed and in no book: figures from a month on follow from them too.
struct AssumedFacts {
  std::string scenario;
  std::string file;    ///< of the scenario
  std::string sha256;  ///< hexadecimal, of its files
  Period from;
};

/// How a page lays the rows out: as a table, or, where they are sentences, each as a paragraph.
enum class Layout { grid, paragraphs };

/// A report as data: what every renderer (table, CSV, JSON) prints. Rows are flat and sorted;
/// the last column of every row is `ref`, an address the book can be asked about.
struct Report {
  std::string name;    ///< "rollforward"; the schema is accrue.report.NAME/1
  std::string title;   ///< for people
  std::string book_id;
  std::string book_name;  ///< whose book it is
  std::optional<PeriodRange> period;
  std::string state;   ///< of the period: "open", "closed", "partly closed"; empty without one
  std::string currency;
  AsOf as_of;
  Layout layout = Layout::grid;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<NamedCell> totals;
  std::vector<ReportCheck> checks;
  // How its figures follow from each other: for whoever recomputes them, such as a workbook.
  std::vector<RowSum> row_sums;
  std::vector<ColumnSum> column_sums;
  std::vector<FigureSource> sources;
  std::optional<Translation> translation;
  std::optional<AssumedFacts> assumed;
  std::vector<std::string> notes;  ///< said under the table, and in JSON as "notes"
  /// Of a command that watches the thresholds of grants; in JSON as "notices".
  std::optional<std::vector<Notice>> notices;
};

}  // namespace accrue
