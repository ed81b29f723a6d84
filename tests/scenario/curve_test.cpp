// The shapes of usage, worked by hand.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/curve.h"

using namespace accrue;

namespace {

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

std::vector<Decimal> decimals(const std::vector<std::string>& texts) {
  std::vector<Decimal> values;
  for (const std::string& text : texts) values.push_back(decimal(text));
  return values;
}

CurveInput input(int month_count, const std::vector<std::string>& history = {},
                 std::string_view left = "0") {
  return {Period::of(2025, 1), month_count, decimals(history), decimal(left)};
}

std::vector<std::string> amounts(const Curve& curve, const CurveInput& given) {
  std::vector<std::string> texts;
  for (const Ratio& amount : evaluate(curve, given).value().amounts) texts.push_back(amount.str());
  return texts;
}

std::string refusal(const Curve& curve, const CurveInput& given) {
  const Result<CurvePath> path = evaluate(curve, given);
  if (path.ok()) return "";
  CHECK(path.error().code == ErrorCode::bad_value);
  return path.error().message;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("curve: a table goes month by month, and then as it says") {
  TableCurve table{decimals({"10", "20.5"}), TableCurve::Then::nothing};
  CHECK(amounts(table, input(4)) == Texts{"10", "41/2", "0", "0"});
  CHECK(amounts(table, input(1)) == Texts{"10"});
  CHECK(amounts(table, input(0)).empty());
  table.then = TableCurve::Then::last;
  CHECK(amounts(table, input(4)) == Texts{"10", "41/2", "41/2", "41/2"});
  CHECK(amounts(table, input(1)) == Texts{"10"});
  table.amounts.clear();
  CHECK(amounts(table, input(2)) == Texts{"0", "0"});
}

TEST_CASE("curve: a trailing average is of the last months, of fewer where usage began later") {
  CHECK(amounts(TrailingCurve{3}, input(2, {"100", "10", "20", "40"})) == Texts{"70/3", "70/3"});
  CHECK(amounts(TrailingCurve{6}, input(1, {"30", "10"})) == Texts{"20"});
  CHECK(amounts(TrailingCurve{1}, input(1, {"30", "10"})) == Texts{"10"});
  // More was refunded than used.
  CHECK(amounts(TrailingCurve{3}, input(1, {"10", "-40"})) == Texts{"0"});
  CHECK(refusal(TrailingCurve{3}, input(1)) == "an average of a book without usage");
  CHECK(refusal(TrailingCurve{0}, input(1, {"1"})) ==
        "the months of a trailing average is 0, and must be one or more");
}

TEST_CASE("curve: a ramp grows from its start and stays at its cap") {
  const RampCurve capped{decimal("100"), decimal("10"), decimal("115")};
  CHECK(amounts(capped, input(4)) == Texts{"100", "110", "115", "115"});
  const RampCurve open{decimal("100"), decimal("10"), std::nullopt};
  CHECK(amounts(open, input(3)) == Texts{"100", "110", "121"});
  const RampCurve low_cap{decimal("100"), decimal("-50"), decimal("60")};
  CHECK(amounts(low_cap, input(3)) == Texts{"60", "30", "15"});
  const RampCurve from_history{std::nullopt, decimal("10"), std::nullopt};
  CHECK(amounts(from_history, input(2, {"90", "20", "30", "40"})) == Texts{"30", "33"});
  const RampCurve gone{decimal("100"), decimal("-100"), std::nullopt};
  CHECK(amounts(gone, input(3)) == Texts{"100", "0", "0"});

  CHECK(refusal(from_history, input(1)) == "an average of a book without usage");
  CHECK(refusal(RampCurve{decimal("1"), decimal("-100.01"), std::nullopt}, input(1)) ==
        "a ramp falls by more than all: -100.01%");
  CHECK(refusal(RampCurve{decimal("-1"), decimal("0"), std::nullopt}, input(1)) ==
        "the start of a curve is below zero: -1");
  CHECK(refusal(RampCurve{decimal("1"), decimal("0"), decimal("-1")}, input(1)) ==
        "the cap of a curve is below zero: -1");
}

TEST_CASE("curve: weights share a total out, each over its months") {
  const WeightsCurve ramp{decimal("120"), decimals({"1", "2", "3"}), 2};
  CHECK(amounts(ramp, input(7)) == Texts{"10", "10", "20", "20", "30", "30", "0"});
  CHECK(amounts(ramp, input(3)) == Texts{"10", "10", "20"});
  const WeightsCurve of_left{std::nullopt, decimals({"1", "2", "0"}), 1};
  CHECK(amounts(of_left, input(3, {}, "100")) == Texts{"100/3", "200/3", "0"});

  const std::string none = "the weights of a curve sum to zero";
  CHECK(refusal(WeightsCurve{decimal("1"), {}, 1}, input(1)) == none);
  CHECK(refusal(WeightsCurve{decimal("1"), decimals({"0", "0"}), 1}, input(1)) == none);
  CHECK(refusal(WeightsCurve{decimal("1"), decimals({"2", "-1"}), 1}, input(1)) ==
        "a weight of a curve is below zero: -1");
  CHECK(refusal(WeightsCurve{decimal("1"), decimals({"1"}), 0}, input(1)) ==
        "the months of a weight is 0, and must be one or more");
}

TEST_CASE("curve: an S-curve is slow, fast and slow, and comes to its total exactly") {
  // To date 5/32, 16/32, 27/32 and all of it.
  CHECK(amounts(SCurve{decimal("32"), 4}, input(5)) == Texts{"5", "11", "11", "5", "0"});
  // 7/27 and 20/27.
  CHECK(amounts(SCurve{std::nullopt, 3}, input(3, {}, "27")) == Texts{"7", "13", "7"});
  const CurvePath path = evaluate(SCurve{decimal("810.01"), 7}, input(7)).value();
  Ratio sum = 0;
  for (const Ratio& amount : path.amounts) sum += amount;
  CHECK(sum.str() == "81001/100");
  CHECK(refusal(SCurve{decimal("1"), 0}, input(1)) ==
        "the months of an S-curve is 0, and must be one or more");
  CHECK(refusal(SCurve{decimal("-1"), 2}, input(1)) ==
        "the total of a curve is below zero: -1");
}

TEST_CASE("curve: a plan has its months, and nothing in those it does not name") {
  const PlanCurve plan{"plan.csv",
                       {{Period::of(2024, 12), decimal("9")},
                        {Period::of(2025, 1), decimal("1")},
                        {Period::of(2025, 3), decimal("3.5")},
                        {Period::of(2025, 4), decimal("8")}}};
  CHECK(amounts(plan, input(3)) == Texts{"1", "0", "7/2"});
  CHECK(refusal(PlanCurve{"p", {{Period::of(2025, 1), decimal("-2")}}}, input(1)) ==
        "an amount of a curve is below zero: -2");
}
