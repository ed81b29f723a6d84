#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accounting/posting/books.h"
#include "accounting/posting/view.h"
#include "accounting/report/report.h"

// Books small enough to work out by hand: USD, UTC, no rounding unless a test wants it.

namespace accrue::testing {

/// One tranche of a deal; its price is its face unless the fair value says otherwise.
struct DealLine {
  std::string id;
  std::string investee;
  std::string signed_on;
  std::string face;              ///< in USD
  std::string expires_on = {};   ///< empty: never
  std::string service = {};      ///< empty: pays for every service
  std::string expected_unused_percent = {};  ///< empty: remote breakage
};

/// Consumption of one investee at noon of a day.
struct Use {
  std::string investee;
  std::string on;
  std::string amount;
  std::string service = "gpu";
  std::string region = "r1";
  std::string sku = "sku";
};

class SampleBook {
 public:
  /// `start` as YYYY-MM, or empty; `materiality_percent` as digits, or empty.
  explicit SampleBook(std::string_view start = "", std::string_view materiality_percent = "");

  void add_deal(const DealLine& line);
  void import_usage(const std::vector<Use>& uses,
                    CatchUpClass catch_up = CatchUpClass::new_information);
  void import_segment(std::string_view segment, std::string_view basis, std::string_view range,
                      std::string_view revenue, std::string_view published = "",
                      std::string_view currency = "USD");
  void import_base(std::string_view investee, std::string_view segment, std::string_view range,
                   std::string_view revenue);
  void import_rate(std::string_view currency, std::string_view on, std::string_view rate);
  void close(std::string_view period, DrawForecast forecast = usual_draw_forecast);
  void reopen(std::string_view period);
  /// Fails the test when the book refuses.
  void record(Fact fact);

  /// The codes that stand against closing a period, with their subjects.
  std::vector<std::string> exceptions(std::string_view period);

  const Store& store() const { return books_.store(); }
  BookView view() const { return load_view(books_.store(), books_.store().record_count()); }

 private:
  Books books_;
  std::int64_t seconds_ = 0;
  std::int64_t files_ = 0;
};

PeriodRange range_of(std::string_view text);

/// A cell as JSON would show it, without quotes; "null" for nothing.
std::string shown(const Cell& cell);
/// The cell of a row, by column name.
std::string cell(const Report& report, std::size_t row, std::string_view column);
/// A row as "a | b | c" of the columns named.
std::string row_text(const Report& report, std::size_t row,
                     const std::vector<std::string>& columns);
/// All rows so.
std::vector<std::string> rows_text(const Report& report, const std::vector<std::string>& columns);
std::string total(const Report& report, std::string_view name);
/// Names of the checks that do not hold.
std::vector<std::string> broken_checks(const Report& report);

}  // namespace accrue::testing
