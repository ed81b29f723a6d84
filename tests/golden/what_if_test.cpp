// Scenarios over published revenue, against tables worked by hand.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/golden/reports.h"

using accrue_test::report;
using accrue_test::Scratch;

namespace {

struct Span {
  std::string range;
  std::string growth;
  std::string points;
  std::string without;
  std::string share;  ///< empty: no meaning
};

std::string text(const nlohmann::json& value) {
  return value.is_null() ? "" : value.get<std::string>();
}

void check_spans(const nlohmann::json& growth, const std::string& basis,
                 const std::vector<Span>& expected) {
  for (const Span& span : expected) {
    CAPTURE(span.range);
    std::size_t found = 0;
    for (const nlohmann::json& row : growth.at("rows")) {
      if (row.at("range") != span.range || row.at("basis") != basis) continue;
      ++found;
      CHECK(text(row.at("growth_pct")) == span.growth);
      CHECK(text(row.at("investees_contribution_pp")) == span.points);
      CHECK(text(row.at("growth_without_investees_pct")) == span.without);
      CHECK(text(row.at("investees_share_of_growth_pct")) == span.share);
    }
    CHECK(found == 1);
  }
}

}  // namespace

// By hand from the quarters' revenue: growth R_t / R_t-4 - 1; points (C_t - C_t-4) / R_t-4; without
// (R_t - C_t) / (R_t-4 - C_t-4) - 1; share (C_t - C_t-4) / (R_t - R_t-4). 2,160m by quarter: evenly 270m;
// 43.2, 108, 194.4, 280.8, 367.2, 410.4, 410.4 and 345.6m; 216, 648, 756 and 540m.
TEST_CASE("what-if: five curves of use, as scenarios of a book that knows no deal") {
  const Scratch scratch;
  accrue_test::tell_story(scratch, "what-if");
  const std::string folder = ACCRUE_SOURCE_DIR "/examples/what-if/";
  const auto growth_of = [&](const std::string& name) {
    return report(scratch, "-b cloud.accrue scenario run " + folder + name +
                               ".toml --report growth");
  };
  const nlohmann::json linear = growth_of("s1-linear");
  check_spans(linear, "as reported",
              {{"2024-Q2", "5.92", "1.08", "4.84", "18.19"},
               {"2024-Q3", "7.10", "0.98", "6.12", "13.76"},
               {"2024-Q4", "13.10", "0.96", "12.14", "7.34"},
               {"2025-Q1", "17.71", "1.05", "16.65", "5.96"},
               {"2025-Q2", "25.80", "0.00", "26.06", "0.00"},
               {"2026-Q1", "38.17", "0.00", "38.51", "0.00"}});
  check_spans(linear, "segment of FY2027", {{"2026-Q2", "45.03", "-0.81", "46.21", ""}});
  check_spans(linear, "external (estimate)", {{"2024-Q4", "11.00", "1.25", "9.75", "11.36"}});
  check_spans(growth_of("s2-s-curve"), "as reported",
              {{"2024-Q2", "5.92", "0.17", "5.75", "2.91"},
               {"2024-Q3", "7.10", "0.39", "6.71", "5.50"},
               {"2024-Q4", "13.10", "0.69", "12.41", "5.29"},
               {"2025-Q1", "17.71", "1.10", "16.61", "6.20"},
               {"2025-Q2", "25.80", "1.22", "24.62", "4.73"},
               {"2025-Q3", "34.50", "1.02", "33.60", "2.96"},
               {"2025-Q4", "36.36", "0.68", "35.90", "1.87"},
               {"2026-Q1", "38.17", "0.22", "38.31", "0.56"}});
  const nlohmann::json burst = growth_of("s3-burst");
  check_spans(burst, "as reported",
              {{"2024-Q2", "5.92", "0.86", "5.06", "14.56"},
               {"2024-Q3", "7.10", "2.34", "4.75", "33.03"},
               {"2024-Q4", "13.10", "2.69", "10.40", "20.57"},
               {"2025-Q1", "17.71", "2.11", "15.60", "11.92"},
               {"2025-Q2", "25.80", "-0.81", "26.83", ""},
               {"2025-Q3", "34.50", "-2.19", "37.50", ""}});
  check_spans(burst, "external (estimate)", {{"2024-Q4", "11.00", "3.50", "7.50", "31.80"}});
  check_spans(growth_of("s4-upper-bound"), "as reported",
              {{"2024-Q2", "5.92", "1.40", "4.52", "23.65"},
               {"2024-Q3", "7.10", "1.27", "5.83", "17.89"},
               {"2024-Q4", "13.10", "1.25", "11.85", "9.55"},
               {"2025-Q1", "17.71", "1.37", "16.34", "7.74"}});
  const nlohmann::json four = growth_of("s5-four-investees");
  check_spans(four, "as reported",
              {{"2024-Q2", "5.92", "2.51", "3.41", "42.45"},
               {"2024-Q4", "13.10", "2.24", "10.85", "17.14"},
               {"2025-Q2", "25.80", "0.00", "26.42", "0.00"}});
  check_spans(four, "external (estimate)", {{"2024-Q4", "11.00", "2.92", "8.08", "26.50"}});
  check_spans(four, "segment of FY2027", {{"2026-Q2", "45.03", "-1.89", "47.82", ""}});
}

// Without it growth reads 10.00% from 215.02945m to 217.19055m drawn, of 270m: 79.65 to 80.44% in
// steps of a hundredth.
TEST_CASE("what-if: how much of external growth may be credits so that the rest reads ten percent") {
  const Scratch scratch;
  accrue_test::tell_story(scratch, "what-if");
  const nlohmann::json solved =
      report(scratch, "-b cloud.accrue scenario solve " ACCRUE_SOURCE_DIR
                      "/examples/what-if/s1-linear.toml --vary volume=10..200 --figure "
                      "growth_without_investees --period FY2025-Q3 --basis 'external (estimate)' "
                      "--to 10");
  CAPTURE(solved.dump());
  std::size_t found = 0;
  for (const nlohmann::json& row : solved.at("rows")) {
    if (row.at("point") != "solution") continue;
    ++found;
    CHECK(row.at("value") == "79.65");
    CHECK(row.at("value_to") == "80.44");
    CHECK(row.at("figure") == "10.00");
  }
  CHECK(found == 1);
}
