// The two books of examples/lunar-credits, quarter by quarter, to the fen. Every figure is worked
// by hand from the terms and the use of the quarter.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/golden/reports.h"

using accrue_test::Fields;
using accrue_test::must_run;
using accrue_test::report;
using accrue_test::Scratch;
using accrue_test::tell_story;
using accrue_test::total;

namespace {

/// The books of the story, told once.
const Scratch& books() {
  static const Scratch scratch;
  static const std::string told = tell_story(scratch, "lunar-credits");
  return scratch;
}

nlohmann::json rollforward(const std::string& book, const std::string& period) {
  return report(books(), "-b " + book + ".accrue report rollforward " + period);
}

std::string revenue(const std::string& book, const std::string& period, const Fields& where = {}) {
  return total(report(books(), "-b " + book + ".accrue report period " + period), "revenue", where);
}

/// A quarter, its face in CNY; what is taken from it is below zero, as in the roll-forward.
struct FaceRow {
  const char* quarter;
  const char* opening;
  const char* granted;
  const char* drawn;
  const char* expired;
  const char* closing;
};

// 864m on 2024-03-01, 756m on 2024-09-15, 540m on 2025-06-01; 20m of the last are never drawn.
const FaceRow faces[] = {
    {"FY2024-Q4", "0.00", "864000000.00", "-20000000.00", "0.00", "844000000.00"},
    {"FY2025-Q1", "844000000.00", "0.00", "-90000000.00", "0.00", "754000000.00"},
    {"FY2025-Q2", "754000000.00", "756000000.00", "-160000000.00", "0.00", "1350000000.00"},
    {"FY2025-Q3", "1350000000.00", "0.00", "-240000000.00", "0.00", "1110000000.00"},
    {"FY2025-Q4", "1110000000.00", "0.00", "-300000000.00", "0.00", "810000000.00"},
    {"FY2026-Q1", "810000000.00", "540000000.00", "-330000000.00", "0.00", "1020000000.00"},
    {"FY2026-Q2", "1020000000.00", "0.00", "-340000000.00", "0.00", "680000000.00"},
    {"FY2026-Q3", "680000000.00", "0.00", "-300000000.00", "0.00", "380000000.00"},
    {"FY2026-Q4", "380000000.00", "0.00", "-200000000.00", "0.00", "180000000.00"},
    {"FY2027-Q1", "180000000.00", "0.00", "-100000000.00", "0.00", "80000000.00"},
    {"FY2027-Q2", "80000000.00", "0.00", "-40000000.00", "0.00", "40000000.00"},
    {"FY2027-Q3", "40000000.00", "0.00", "-15000000.00", "0.00", "25000000.00"},
    {"FY2027-Q4", "25000000.00", "0.00", "-5000000.00", "0.00", "20000000.00"},
    {"FY2028-Q1", "20000000.00", "0.00", "0.00", "-20000000.00", "0.00"},
};

/// The money of a quarter in CNY.
struct MoneyRow {
  const char* quarter;
  const char* opening;
  const char* granted;
  const char* usage;
  const char* breakage;
  const char* revenue;
  const char* closing;
};

// The price is the face, so usage is what was drawn, and the rest is revenue when it expires.
const MoneyRow remote[] = {
    {"FY2024-Q4", "0.00", "864000000.00", "-20000000.00", "0.00", "20000000.00", "844000000.00"},
    {"FY2025-Q1", "844000000.00", "0.00", "-90000000.00", "0.00", "90000000.00", "754000000.00"},
    {"FY2025-Q2", "754000000.00", "756000000.00", "-160000000.00", "0.00", "160000000.00",
     "1350000000.00"},
    {"FY2025-Q3", "1350000000.00", "0.00", "-240000000.00", "0.00", "240000000.00",
     "1110000000.00"},
    {"FY2025-Q4", "1110000000.00", "0.00", "-300000000.00", "0.00", "300000000.00", "810000000.00"},
    {"FY2026-Q1", "810000000.00", "540000000.00", "-330000000.00", "0.00", "330000000.00",
     "1020000000.00"},
    {"FY2026-Q2", "1020000000.00", "0.00", "-340000000.00", "0.00", "340000000.00", "680000000.00"},
    {"FY2026-Q3", "680000000.00", "0.00", "-300000000.00", "0.00", "300000000.00", "380000000.00"},
    {"FY2026-Q4", "380000000.00", "0.00", "-200000000.00", "0.00", "200000000.00", "180000000.00"},
    {"FY2027-Q1", "180000000.00", "0.00", "-100000000.00", "0.00", "100000000.00", "80000000.00"},
    {"FY2027-Q2", "80000000.00", "0.00", "-40000000.00", "0.00", "40000000.00", "40000000.00"},
    {"FY2027-Q3", "40000000.00", "0.00", "-15000000.00", "0.00", "15000000.00", "25000000.00"},
    {"FY2027-Q4", "25000000.00", "0.00", "-5000000.00", "0.00", "5000000.00", "20000000.00"},
    {"FY2028-Q1", "20000000.00", "0.00", "0.00", "-20000000.00", "20000000.00", "0.00"},
};

// T3, with 27m of its 540m expected unused: 540 x D / 513 of revenue to date. D to date and what it
// makes are in `t3_to_date`; the breakage of a quarter is what its revenue has more than its use,
// 160 of the 300 drawn in FY26Q3 being T3's.
//   FY26Q3  308,421,052.63 - 300m      FY26Q4  378,947,368.42 - 168,421,052.63 - 200m
//   FY27Q1  484,210,526.32 - 378,947,368.42 - 100m
//   FY27Q2  526,315,789.47 - 484,210,526.32 - 40m
//   FY27Q3  540m - 526,315,789.47 - 15m: use overtakes the estimate, breakage falls
//   FY27Q4  0 - 5m
const MoneyRow proportional[] = {
    {"FY2024-Q4", "0.00", "864000000.00", "-20000000.00", "0.00", "20000000.00", "844000000.00"},
    {"FY2025-Q1", "844000000.00", "0.00", "-90000000.00", "0.00", "90000000.00", "754000000.00"},
    {"FY2025-Q2", "754000000.00", "756000000.00", "-160000000.00", "0.00", "160000000.00",
     "1350000000.00"},
    {"FY2025-Q3", "1350000000.00", "0.00", "-240000000.00", "0.00", "240000000.00",
     "1110000000.00"},
    {"FY2025-Q4", "1110000000.00", "0.00", "-300000000.00", "0.00", "300000000.00", "810000000.00"},
    {"FY2026-Q1", "810000000.00", "540000000.00", "-330000000.00", "0.00", "330000000.00",
     "1020000000.00"},
    {"FY2026-Q2", "1020000000.00", "0.00", "-340000000.00", "0.00", "340000000.00", "680000000.00"},
    {"FY2026-Q3", "680000000.00", "0.00", "-300000000.00", "-8421052.63", "308421052.63",
     "371578947.37"},
    {"FY2026-Q4", "371578947.37", "0.00", "-200000000.00", "-10526315.79", "210526315.79",
     "161052631.58"},
    {"FY2027-Q1", "161052631.58", "0.00", "-100000000.00", "-5263157.90", "105263157.90",
     "55789473.68"},
    {"FY2027-Q2", "55789473.68", "0.00", "-40000000.00", "-2105263.15", "42105263.15",
     "13684210.53"},
    {"FY2027-Q3", "13684210.53", "0.00", "-15000000.00", "1315789.47", "13684210.53", "0.00"},
    {"FY2027-Q4", "0.00", "0.00", "-5000000.00", "5000000.00", "0.00", "0.00"},
    {"FY2028-Q1", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"},
};

void check_money(const std::string& book, const MoneyRow& row) {
  CAPTURE(book);
  CAPTURE(row.quarter);
  const nlohmann::json quarter = rollforward(book, row.quarter);
  CHECK(total(quarter, "opening") == row.opening);
  CHECK(total(quarter, "granted") == row.granted);
  CHECK(total(quarter, "usage") == row.usage);
  CHECK(total(quarter, "breakage") == row.breakage);
  CHECK(total(quarter, "modification") == "0.00");
  CHECK(total(quarter, "refunded") == "0.00");
  CHECK(total(quarter, "other") == "0.00");
  CHECK(total(quarter, "closing") == row.closing);
  CHECK(revenue(book, row.quarter) == row.revenue);
}

}  // namespace

TEST_CASE("lunar: the face of both books") {
  for (const char* book : {"remote", "proportional"}) {
    CAPTURE(book);
    for (const FaceRow& row : faces) {
      CAPTURE(row.quarter);
      const nlohmann::json quarter = rollforward(book, row.quarter);
      CHECK(total(quarter, "face_opening") == row.opening);
      CHECK(total(quarter, "face_granted") == row.granted);
      CHECK(total(quarter, "face_drawn") == row.drawn);
      CHECK(total(quarter, "face_expired") == row.expired);
      CHECK(total(quarter, "face_voided") == "0.00");
      CHECK(total(quarter, "face_closing") == row.closing);
    }
  }
}

TEST_CASE("lunar: liability and revenue, all grants remote") {
  for (const MoneyRow& row : remote) check_money("remote", row);
}

TEST_CASE("lunar: liability and revenue, T3 in proportion") {
  for (const MoneyRow& row : proportional) check_money("proportional", row);
}

TEST_CASE("lunar: T3 in proportion, to date") {
  struct Row {
    const char* to_date;
    const char* drawn;  // of the face; as the price is the face, also the revenue from use
    const char* recognised;
    const char* breakage;
  };
  const Row rows[] = {
      {"2025-06..2025-09", "0.00", "0.00", "0.00"},
      {"2025-06..2025-12", "160000000.00", "168421052.63", "8421052.63"},
      {"2025-06..2026-03", "360000000.00", "378947368.42", "18947368.42"},
      {"2025-06..2026-06", "460000000.00", "484210526.32", "24210526.32"},
      {"2025-06..2026-09", "500000000.00", "526315789.47", "26315789.47"},
      {"2025-06..2026-12", "515000000.00", "540000000.00", "25000000.00"},
      {"2025-06..2027-03", "520000000.00", "540000000.00", "20000000.00"},
      {"2025-06..2027-06", "520000000.00", "540000000.00", "20000000.00"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.to_date);
    const nlohmann::json faces_to_date = rollforward("proportional", row.to_date);
    const std::string drawn = total(faces_to_date, "face_drawn", {{"grant", "T3"}});
    CHECK((drawn == "0.00" ? drawn : drawn.substr(1)) == row.drawn);
    CHECK(revenue("proportional", row.to_date, {{"grant", "T3"}}) == row.recognised);
    CHECK(revenue("proportional", row.to_date, {{"grant", "T3"}, {"kind", "usage"}}) == row.drawn);
    CHECK(revenue("proportional", row.to_date, {{"grant", "T3"}, {"kind", "breakage"}}) ==
          row.breakage);
  }
}

TEST_CASE("lunar: the earliest expiry is drawn first, across tranches") {
  // 810m of T1's 864m were drawn before; 54m of FY26Q1's 330m are its last.
  const nlohmann::json quarter = rollforward("remote", "FY2026-Q1");
  CHECK(total(quarter, "face_drawn", {{"grant", "T1"}}) == "-54000000.00");
  CHECK(total(quarter, "face_drawn", {{"grant", "T2"}}) == "-276000000.00");
  CHECK(total(quarter, "face_drawn", {{"grant", "T3"}}) == "0.00");
  CHECK(total(rollforward("remote", "FY2026-Q3"), "face_drawn", {{"grant", "T2"}}) ==
        "-140000000.00");
}

TEST_CASE("lunar: both methods bring the whole price, 2,160m") {
  for (const char* book : {"remote", "proportional"}) {
    CAPTURE(book);
    CHECK(revenue(book, "2024-03..2027-06") == "2160000000.00");
    CHECK(revenue(book, "2024-03..2027-06", {{"kind", "usage"}}) == "2140000000.00");
    CHECK(revenue(book, "2024-03..2027-06", {{"kind", "breakage"}}) == "20000000.00");
    must_run(books(), "-b " + std::string{book} + ".accrue audit verify");
    must_run(books(), "-b " + std::string{book} + ".accrue audit replay");
  }
}
