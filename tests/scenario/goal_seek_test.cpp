// Goal seek over figures that are worked by hand.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/questions/goal_seek.h"
#include "tests/scenario/assumed.h"

namespace accrue::testing {

namespace {

using Lines = std::vector<std::string>;
/// A figure of a volume that is counted in hundredths of a percent.
using Rule = std::function<std::optional<Decimal>(std::int64_t hundredths)>;

constexpr std::int64_t one = 100;

Scenario one_drawdown() {
  Scenario scenario = bare_scenario(3);
  scenario.drawdowns = {
      drawdown_of("Lunar", RampCurve{decimal_of("100"), decimal_of("0"), std::nullopt})};
  return scenario;
}

std::int64_t volume_of(const Varied& varied) {
  const Int256 units = varied.scenario.drawdowns[0].seasonal_percent.at(0).units();
  return static_cast<std::int64_t>(units / Int256{power_of_ten(Decimal::fraction_digits - 2)});
}

GoalSeekQuestion question(std::string_view low, std::string_view high, std::string_view target) {
  return {parse_varied_key("volume").value(), decimal_of(low), decimal_of(high),
          {ForecastFigure::revenue, std::nullopt, range_of("2024-04")}, decimal_of(target)};
}

std::string shown_point(const SeenPoint& point) {
  return point.value.to_string() + ": " + (point.figure ? point.figure->to_string() : "none");
}

struct Found {
  GoalSeekAnswer answer;
  int walks = 0;
};

Found found(const GoalSeekQuestion& asked, const Rule& rule) {
  std::map<std::int64_t, int> looked;
  const Outcome outcome = [&](const Varied& varied) -> Result<std::optional<Decimal>> {
    ++looked[volume_of(varied)];
    return rule(volume_of(varied));
  };
  int said = 0;
  Found result;
  result.answer = seek({one_drawdown(), {}}, asked, outcome, [&](int done, int all) {
                    said = done;
                    CHECK(done <= all);
                  }).value();
  for (const auto& each : looked) CHECK(each.second == 1);
  result.walks = static_cast<int>(looked.size());
  CHECK(said == result.walks);
  return result;
}

Lines solutions(const GoalSeekAnswer& answer) {
  Lines lines;
  for (const GoalSolution& solution : answer.solutions) {
    const bool is_met = solution.kind == GoalSolution::Kind::met;
    lines.push_back((is_met ? "met " : "passed ") + shown_point(solution.from) + " to " +
                    solution.to.value.to_string() + ", beside " +
                    (solution.beside ? shown_point(*solution.beside) : "nothing"));
  }
  return lines;
}

Lines solutions(const GoalSeekQuestion& asked, const Rule& rule) {
  return solutions(found(asked, rule).answer);
}

std::optional<Decimal> hundredths(std::int64_t value) { return Decimal::from_scaled(value, 2); }
std::optional<Decimal> whole(std::int64_t value) { return Decimal::from_integer(value); }

}  // namespace

TEST_CASE("goal seek: a figure that rises meets its target once") {
  const Found one_answer =
      found(question("0", "160", "100.5"), [](std::int64_t v) { return hundredths(2 * v); });
  CHECK(solutions(one_answer.answer) ==
        Lines{"met 50.25: 100.5 to 50.25, beside 50.26: 100.52"});
  CHECK(one_answer.answer.course == Course::rises);
  CHECK(one_answer.answer.looked_at.size() == 17);
  CHECK(shown_point(one_answer.answer.looked_at[1]) == "10: 20");
  // Sixteen gaps of a thousand steps, and ten halvings of one of them.
  CHECK(one_answer.walks <= 17 + 2 * 10 + 1);
  CHECK(solutions(question("0", "50.25", "100.5"), [](std::int64_t v) {
          return hundredths(2 * v);
        }) == Lines{"met 50.25: 100.5 to 50.25, beside 50.24: 100.48"});
}

TEST_CASE("goal seek: a target that no step meets lies between two of them") {
  // v x v is 1.9881 at 1.41 and 2.0164 at 1.42.
  const Rule square = [](std::int64_t v) { return Decimal::from_scaled(v * v, 4); };
  CHECK(solutions(question("0", "2", "2"), square) ==
        Lines{"passed 1.41: 1.9881 to 1.41, beside 1.42: 2.0164"});
  CHECK(solutions(question("0", "2", "2.01"), square) ==
        Lines{"passed 1.42: 2.0164 to 1.42, beside 1.41: 1.9881"});
  const Rule falling = [](std::int64_t v) { return Decimal::from_scaled(-v * v, 4); };
  const GoalSeekAnswer answer = found(question("0", "2", "-2"), falling).answer;
  CHECK(solutions(answer) == Lines{"passed 1.41: -1.9881 to 1.41, beside 1.42: -2.0164"});
  CHECK(answer.course == Course::falls);
}

TEST_CASE("goal seek: more than one value is found, and each is told") {
  // (v - 31) x (v - 147), in percent.
  const GoalSeekAnswer answer =
      found(question("0", "200", "0"), [](std::int64_t v) {
        return Decimal::from_scaled((v - 31 * one) * (v - 147 * one), 4);
      }).answer;
  CHECK(solutions(answer) == Lines{"met 31: 0 to 31, beside 31.01: -1.1599",
                                   "met 147: 0 to 147, beside 147.01: 1.1601"});
  CHECK(answer.course == Course::turns);
}

TEST_CASE("goal seek: where the target is never met the nearest is told") {
  const GoalSeekAnswer low =
      found(question("0", "160", "-7"), [](std::int64_t v) { return hundredths(2 * v); }).answer;
  CHECK(low.solutions.empty());
  CHECK(shown_point(low.nearest) == "0: 0");
  // Highest in the middle, at 80.
  const GoalSeekAnswer hill =
      found(question("0", "160", "9000"), [](std::int64_t v) {
        return Decimal::from_scaled(v * (160 * one - v), 4);
      }).answer;
  CHECK(hill.solutions.empty());
  CHECK(shown_point(hill.nearest) == "80: 6400");
  CHECK(hill.course == Course::turns);
  const GoalSeekAnswer flat =
      found(question("0", "160", "3"), [](std::int64_t) { return whole(2); }).answer;
  CHECK(flat.solutions.empty());
  CHECK(flat.course == Course::stays);
}

TEST_CASE("goal seek: a figure in whole months meets its target over a range") {
  // None below 10.01; ten months up to 40, nine up to 60, then seven.
  const Rule months = [](std::int64_t v) -> std::optional<Decimal> {
    if (v <= 10 * one) return std::nullopt;
    return whole(v <= 40 * one ? 10 : v <= 60 * one ? 9 : 7);
  };
  CHECK(solutions(question("0", "100", "9"), months) ==
        Lines{"met 40.01: 9 to 60, beside 60.01: 7"});
  CHECK(solutions(question("0", "100", "8"), months) ==
        Lines{"passed 60: 9 to 60, beside 60.01: 7"});
  CHECK(solutions(question("0", "100", "7"), months) ==
        Lines{"met 60.01: 7 to 100, beside 60: 9"});
  CHECK(solutions(question("0", "100", "12"), months) ==
        Lines{"passed 10.01: 10 to 10.01, beside 10: none"});
  CHECK(solutions(question("0", "8", "9"), months).empty());
  // A range narrower than one of the sixteen gaps is found by halving.
  const Rule narrow = [](std::int64_t v) {
    return whole(v < 51 * one ? 1 : v < 51 * one + 7 ? 2 : 3);
  };
  CHECK(solutions(question("0", "160", "2"), narrow) ==
        Lines{"met 51: 2 to 51.06, beside 51.07: 3"});
  CHECK(solutions(question("0", "160", "5"), [](std::int64_t) { return whole(5); }) ==
        Lines{"met 0: 5 to 160, beside nothing"});
}

TEST_CASE("goal seek: keys have their own step, and what lies between steps is refused") {
  CHECK(step_of(parse_varied_key("delay:T2").value()) == decimal_of("1"));
  CHECK(step_of(parse_varied_key("rate:EUR").value()) == decimal_of("0.0001"));
  for (const char* key : {"volume", "price", "growth", "estimate", "others"}) {
    CHECK(step_of(parse_varied_key(key).value()) == decimal_of("0.01"));
  }
  const auto refusal = [](std::string_view low, std::string_view high) {
    const Result<GoalSeekAnswer> answer =
        seek({one_drawdown(), {}}, question(low, high, "1"),
             [](const Varied&) -> Result<std::optional<Decimal>> { return whole(1); });
    if (answer.ok()) return std::string{};
    CHECK(answer.error().code == ErrorCode::bad_value);
    return answer.error().message;
  };
  CHECK(refusal("5", "5") == "the range 5..5 does not go up");
  CHECK(refusal("0.001", "5") == "the range 0.001..5 does not begin and end on a step of volume");
  CHECK(refusal("0", "5.001") == "the range 0..5.001 does not begin and end on a step of volume");
  CHECK(refusal("0", "10000000.01") == "the range 0..10000000.01 has more than 10^9 steps");
  CHECK(refusal("0", "10000000").empty());
}

TEST_CASE("goal seek: a delay is sought in whole months, each walked once") {
  GoalSeekQuestion asked = question("0", "6", "4");
  asked.key = parse_varied_key("delay:T2").value();
  int walks = 0;
  const Outcome outcome = [&](const Varied& varied) -> Result<std::optional<Decimal>> {
    ++walks;
    return whole(7 - varied.shocks.delay_months.at("T2"));
  };
  const GoalSeekAnswer answer = seek({one_drawdown(), {}}, asked, outcome).value();
  CHECK(solutions(answer) == Lines{"met 3: 4 to 3, beside 4: 3"});
  CHECK(walks == 7);
}

TEST_CASE("goal seek: what a walk refuses is told with the value at which it was") {
  const Result<GoalSeekAnswer> answer =
      seek({one_drawdown(), {}}, question("0", "160", "1"),
           [](const Varied& varied) -> Result<std::optional<Decimal>> {
             if (volume_of(varied) < 20 * one) return whole(0);
             return Error{.code = ErrorCode::rate_missing, .message = "no rate"};
           });
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().message == "no rate");
  CHECK(answer.error().notes == Lines{"with volume at 20"});
  CHECK(seek({one_drawdown(), {}}, question("-5", "5", "1"),
             [](const Varied&) -> Result<std::optional<Decimal>> { return whole(0); })
            .error()
            .notes == Lines{"with volume at -5"});
}

namespace {

/// 2,160 of credits from April, 90 used in each of six months, all closed: 1,620 are left.
SampleBook half_a_year() {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-04-01", .face = "2160"});
  for (const char* month : {"04", "05", "06", "07", "08", "09"}) {
    const std::string period = std::string{"2024-"} + month;
    book.import_usage({{"Lunar", period + "-30", "90"}});
    book.close(period);
  }
  return book;
}

Result<Report> solved(const SampleBook& book, const Scenario& scenario,
                      const GoalSeekQuestion& asked) {
  const StartingBook start = starting_book(book.store(), scenario.start).value();
  return goal_seek_report(scenario, asked, [&](const Scenario& varied, const Shocks& shocks) {
    return walk(varied, start, shocks);
  });
}

const Lines solution_columns{"point", "number",        "value",         "value_to", "figure",
                             "difference", "beside_value", "beside_figure", "reached"};

}  // namespace

TEST_CASE("goal seek: the report has the answer, the ends and what the scenario says") {
  Scenario scenario = bare_scenario(3);
  scenario.drawdowns = {drawdown_of("Lunar", TrailingCurve{3})};
  GoalSeekQuestion asked = question("0", "400", "222.23");
  asked.outcome = {ForecastFigure::revenue, "Lunar", range_of("2024-11")};
  const SampleBook book = half_a_year();
  const Report report = solved(book, scenario, asked).value();
  // 246.92 percent of 90 are 222.228, and 246.93 percent are 222.237.
  CHECK(rows_text(report, solution_columns) ==
        Lines{"high | null | 400.00 | null | 360.00 | 137.77 | null | null | no",
              "low | null | 0.00 | null | 0.00 | -222.23 | null | null | no",
              "scenario | null | null | null | 90.00 | -132.23 | null | null | no",
              "solution | 1 | 246.92 | 246.92 | 222.23 | 0.00 | 246.93 | 222.24 | met"});
  CHECK(total(report, "answer") == "one");
  CHECK(total(report, "solutions") == "1");
  CHECK(total(report, "target") == "222.23");
  CHECK(total(report, "course") == "rises throughout");
  CHECK(report.title == "Scenario what-if, not booked: volume for which revenue of Lunar in 2024-11 "
                        "is 222.23");
  CHECK(report.as_of.records == book.store().record_count());

  // From here the credits do not last: 1,620 in the first month at 1,800 percent.
  asked = question("1800", "2000", "5000");
  asked.outcome.range = range_of("2024-10");
  const Report none = solved(book, scenario, asked).value();
  CHECK(total(none, "answer") == "none");
  CHECK(total(none, "course") == "stays the same");
  CHECK(rows_text(none, {"point", "value", "figure", "difference"}) ==
        Lines{"high | 2000.00 | 1620.00 | -3380.00", "low | 1800.00 | 1620.00 | -3380.00",
              "nearest | 1800.00 | 1620.00 | -3380.00", "scenario | null | 90.00 | -4910.00"});
}

TEST_CASE("goal seek: credits that do not run out are later than any month") {
  Scenario scenario = bare_scenario(12);
  scenario.drawdowns = {drawdown_of("Lunar", TrailingCurve{3})};
  GoalSeekQuestion asked = question("100", "400", "11");
  asked.outcome.figure = ForecastFigure::run_out;
  const SampleBook book = half_a_year();
  const Report report = solved(book, scenario, asked).value();
  // At 100 percent twelve months of 90 leave 540. They are gone in the eleventh from 163.64 percent
  // (147.28 a month: 11 x 147.28 = 1,620.08) up to 179.99 (161.99 x 10 = 1,619.90).
  CHECK(rows_text(report, {"point", "value", "value_to", "figure", "beside_value",
                           "beside_figure", "reached"}) ==
        Lines{"high | 400.00 | null | 5 | null | null | no",
              "low | 100.00 | null | null | null | null | no",
              "scenario | null | null | null | null | null | no",
              "solution | 163.64 | 179.99 | 11 | 180.00 | 10 | met"});
  CHECK(total(report, "course") == "falls throughout");
}

TEST_CASE("goal seek: how much must be drawn for growth without investees to read ten percent") {
  // The external revenue of a real group a year before is 77% of 28,066, which is 21,611 (millions);
  // it is assumed to grow by 11%, to 23,988.21. Without what is drawn C it grows by
  // (23,988.21 - C) / 21,611 - 1, which reads 10.00% from 9.995% (C = 217.19) to 10.005%
  // (C = 215.03). Of 90 a month C is 2.70 for each percent of volume: 79.64 percent are 71.68 a
  // month and 215.04, 80.43 are 72.39 and 217.17, and 80.44 are 72.40 and 217.20.
  SampleBook book = half_a_year();
  book.import_segment("cloud", "external", "2023-Q4", "21611");
  book.import_segment("cloud", "external", "2024-Q4", "23988.21");
  book.import_base("Lunar", "cloud", "2023-Q4", "0");
  Scenario scenario = bare_scenario(3);
  scenario.drawdowns = {drawdown_of("Lunar", TrailingCurve{3})};
  GoalSeekQuestion asked = question("0", "160", "10");
  asked.outcome = {ForecastFigure::growth_without_investees, std::nullopt, range_of("2024-Q4")};
  const Report report = solved(book, scenario, asked).value();
  CHECK(rows_text(report, {"point", "value", "value_to", "figure", "beside_value",
                           "beside_figure"}) ==
        Lines{"high | 160.00 | null | 9.00 | null | null",
              "low | 0.00 | null | 11.00 | null | null",
              "scenario | null | null | 9.75 | null | null",
              "solution | 79.64 | 80.43 | 10.00 | 80.44 | 9.99"});
}

}  // namespace accrue::testing
