#include "accounting/scenario/file/read_curve.h"

#include <array>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "accounting/scenario/file/scenario_fields.h"
#include "accounting/scenario/file/scenario_keys.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/quoted.h"

namespace accrue {

namespace {

constexpr WholeRange months_of_curve{1, 120};

/// Reads the keys of one curve.
class CurveReader {
 public:
  CurveReader(TomlTable table, DrawdownMeasure& measure, PlanFiles& plans, TomlErrors& errors)
      : table_{std::move(table)}, measure_{&measure}, plans_{&plans}, errors_{&errors} {}

  std::optional<Curve> table();
  std::optional<Curve> trailing();
  std::optional<Curve> ramp();
  std::optional<Curve> weights();
  std::optional<Curve> linear();
  std::optional<Curve> burst();
  std::optional<Curve> commitment_ramp();
  std::optional<Curve> s_curve();
  std::optional<Curve> fit();
  std::optional<Curve> plan();
  std::optional<Curve> linear8();
  std::optional<Curve> scurve8();
  std::optional<Curve> burst4();
  std::optional<Curve> front_tail6();
  std::optional<Curve> commit_ramp12();

 private:
  /// Weights that are known by a name, a quarter each.
  std::optional<Curve> quarters(std::vector<Decimal> weights);
  std::optional<Decimal> amount(const TomlNode& item, std::string_view key, Floor floor);
  std::optional<Decimal> amount(std::string_view key, Floor floor);
  std::optional<Decimal> total();
  void refuse_history_of_units();
  std::vector<Decimal> numbers(std::string_view key);
  std::optional<int> required_months();

  TomlTable table_;
  DrawdownMeasure* measure_;
  PlanFiles* plans_;
  TomlErrors* errors_;
};

std::string unit_hint(std::string_view key, std::string_view) {
  return fmt::format("write it like  {} = \"1200\", in units of the drawdown", key);
}

/// An amount of the drawdown: of its currency, or a plain number of its unit.
std::optional<Decimal> CurveReader::amount(const TomlNode& item, std::string_view key,
                                           Floor floor) {
  const auto refuse = [&](ErrorCode code, std::string message, std::string hint) {
    errors_->add(item.span,
                 Error{.code = code, .message = std::move(message), .hint = std::move(hint)});
    return std::nullopt;
  };
  const auto above_floor = [&](const Decimal& value) {
    return value.sign() > 0 || (value.is_zero() && floor == Floor::zero);
  };
  const std::string_view floor_words = floor == Floor::zero ? "zero or more" : "above zero";
  if (measure_->unit) {
    const auto number = parse_rate(key, item.text);
    if (!number.ok()) {
      return refuse(number.error().code, number.error().message, unit_hint(key, {}));
    }
    if (above_floor(*number)) return *number;
    return refuse(ErrorCode::bad_value,
                  fmt::format("{}: {} must be {}", key, number->to_string(), floor_words),
                  unit_hint(key, {}));
  }
  const auto amount = parse_amount(key, item.text, Precision::minor_units);
  if (!amount.ok()) return refuse(amount.error().code, amount.error().message, amount.error().hint);
  if (!above_floor(amount->value)) {
    return refuse(ErrorCode::bad_value,
                  fmt::format("{}: {} must be {}", key, shown_amount(*amount), floor_words),
                  "usage is never below zero");
  }
  if (!measure_->currency) measure_->currency = amount->currency;
  if (*measure_->currency == amount->currency) return amount->value;
  return refuse(
      ErrorCode::bad_value,
      fmt::format("{} is in {}, the drawdown in {}", key, amount->currency.code(),
                  measure_->currency->code()),
      fmt::format("state it in {}, or give each currency a drawdown", measure_->currency->code()));
}

std::optional<Decimal> CurveReader::amount(std::string_view key, Floor floor) {
  const TomlNode* value = table_.quoted(key, measure_->unit ? unit_hint : amount_hint);
  if (value == nullptr) return std::nullopt;
  return amount(*value, key, floor);
}

/// Left out it is the face that is left: an amount, which says nothing of units.
std::optional<Decimal> CurveReader::total() {
  if (measure_->unit) {
    table_.require("total", "state how many units: the face that is left is an amount");
  }
  return amount("total", Floor::above_zero);
}

void CurveReader::refuse_history_of_units() {
  if (!measure_->unit) return;
  refuse_value(table_, "shape", "the book knows what was paid, not how many units were used",
               "take a shape that states its units, or leave `unit` out");
}

std::vector<Decimal> CurveReader::numbers(std::string_view key) {
  std::vector<Decimal> numbers;
  bool any = false;
  const auto items = quoted_items(table_, key, "[\"2\", \"5\"]", *errors_);
  for (const TomlNode* item : items) {
    const auto number = parse_rate(key, item->text);
    const bool good = number.ok() && number->sign() >= 0;
    if (good) {
      numbers.push_back(*number);
      any = any || !number->is_zero();
      continue;
    }
    any = true;
    errors_->add(item->span,
                 Error{.code = number.ok() ? ErrorCode::bad_value : number.error().code,
                       .message = number.ok() ? fmt::format("{}: {} must be zero or more", key,
                                                            number->to_string())
                                              : number.error().message,
                       .hint = fmt::format("write it like  {} = [\"2\", \"5\"]", key)});
  }
  if (!items.empty() && !any) {
    refuse_value(table_, key, fmt::format("{} are all zero", key), "give one above zero");
  }
  return numbers;
}

std::optional<int> CurveReader::required_months() {
  table_.require("months", "write it like  months = 24");
  return whole_number(table_, "months", months_of_curve);
}

std::optional<Curve> CurveReader::table() {
  table_.refuse_unknown_keys(scenario_keys::table_curve);
  table_.require("amounts", "write it like  amounts = [\"10 USD\", \"12 USD\"]");
  TableCurve curve;
  const std::string_view example = measure_->unit ? "[\"10\", \"12\"]" : "[\"10 USD\", \"12 USD\"]";
  for (const TomlNode* item : quoted_items(table_, "amounts", example, *errors_)) {
    if (const auto value = amount(*item, "amounts", Floor::zero)) curve.amounts.push_back(*value);
  }
  static constexpr std::array<std::string_view, 2> then{"nothing", "last"};
  if (const auto word = table_.choice("then", then)) {
    curve.then = *word == 0 ? TableCurve::Then::nothing : TableCurve::Then::last;
  }
  return curve;
}

std::optional<Curve> CurveReader::trailing() {
  table_.refuse_unknown_keys(scenario_keys::trailing_curve);
  refuse_history_of_units();
  TrailingCurve curve;
  curve.months = whole_number(table_, "months", months_of_curve).value_or(curve.months);
  return curve;
}

std::optional<Curve> CurveReader::ramp() {
  table_.refuse_unknown_keys(scenario_keys::ramp_curve);
  if (measure_->unit) {
    table_.require("from", "state how many units: the book knows what was paid, not units");
  }
  table_.require("growth", "write it like  growth = \"1.0%\", a month");
  const auto from = amount("from", Floor::zero);
  const auto growth = percent_within(table_, "growth", PercentRange::above_minus_hundred);
  const auto cap = amount("cap", Floor::above_zero);
  if (from && cap && *cap < *from) {
    refuse_value(table_, "cap",
                 fmt::format("cap, {}, is below from, {}", cap->to_string(), from->to_string()),
                 "the cap is the most of any month");
  }
  return RampCurve{from, growth.value_or(Decimal{}), cap};
}

std::optional<Curve> CurveReader::weights() {
  table_.refuse_unknown_keys(scenario_keys::weights_curve);
  table_.require("weights", "write it like  weights = [\"2\", \"5\"]");
  WeightsCurve curve;
  curve.total = total();
  curve.weights = numbers("weights");
  curve.months_per_weight =
      whole_number(table_, "months_per_weight", months_of_curve).value_or(curve.months_per_weight);
  return curve;
}

std::optional<Curve> CurveReader::linear() {
  table_.refuse_unknown_keys(scenario_keys::spread_curve);
  return WeightsCurve{total(), {Decimal::from_integer(1)}, required_months().value_or(1)};
}

std::vector<Decimal> whole_weights(std::initializer_list<int> weights) {
  std::vector<Decimal> decimals;
  for (const int weight : weights) decimals.push_back(Decimal::from_integer(weight));
  return decimals;
}

std::vector<Decimal> rising_weights(int count) {
  std::vector<Decimal> weights;
  for (int weight = 1; weight <= count; ++weight) weights.push_back(Decimal::from_integer(weight));
  return weights;
}

std::optional<Curve> CurveReader::burst() {
  table_.refuse_unknown_keys(scenario_keys::spread_curve);
  const auto whole = total();
  const int months = required_months().value_or(4);
  if (months % 4 != 0) {
    refuse_value(table_, "months",
                 fmt::format("months is {}; a burst has four equal parts", months),
                 "write a number of months that divides by 4");
  }
  return WeightsCurve{whole, whole_weights({10, 30, 35, 25}), months / 4};
}

std::optional<Curve> CurveReader::commitment_ramp() {
  table_.refuse_unknown_keys(scenario_keys::spread_curve);
  const auto whole = total();
  return WeightsCurve{whole, rising_weights(required_months().value_or(1)), 1};
}

std::optional<Curve> CurveReader::s_curve() {
  table_.refuse_unknown_keys(scenario_keys::spread_curve);
  const auto whole = total();
  return SCurve{whole, required_months().value_or(1)};
}

std::optional<Curve> CurveReader::quarters(std::vector<Decimal> weights) {
  table_.refuse_unknown_keys(scenario_keys::preset_curve);
  return WeightsCurve{total(), std::move(weights), 3};
}

std::optional<Curve> CurveReader::fit() {
  table_.refuse_unknown_keys(scenario_keys::fit_curve);
  refuse_history_of_units();
  static constexpr std::array<std::string_view, 4> models{"mean", "linear", "growth", "seasonal"};
  static constexpr std::array<FitCurve::Model, 4> meant{
      FitCurve::Model::mean, FitCurve::Model::linear, FitCurve::Model::growth,
      FitCurve::Model::seasonal};
  static constexpr std::array<int, 4> fewest_months{1, 2, 2, 12};
  table_.require("model", "write  model = \"mean\", \"linear\", \"growth\" or \"seasonal\"");
  FitCurve curve;
  const auto model = table_.choice("model", models);
  if (model) curve.model = meant[*model];
  const auto months = whole_number(table_, "months", months_of_curve);
  curve.months = months.value_or(curve.months);
  if (model && months && *months < fewest_months[*model]) {
    refuse_value(table_, "months",
                 fmt::format("months is {}; the model {} looks at {} or more", *months,
                             models[*model], fewest_months[*model]),
                 "write  months = 12, or leave it out");
  }
  return curve;
}

std::optional<Curve> CurveReader::plan() {
  table_.refuse_unknown_keys(scenario_keys::plan_curve);
  table_.require("file", "write it like  file = \"plan.csv\"");
  if (!table_.has("file")) return std::nullopt;
  auto taken = plans_->take(table_, {measure_->investee, measure_->currency, measure_->unit});
  if (!taken) return std::nullopt;
  if (!measure_->unit) measure_->currency = taken->currency;
  return std::move(taken->curve);
}

std::optional<Curve> CurveReader::linear8() {
  return quarters(whole_weights({1, 1, 1, 1, 1, 1, 1, 1}));
}
std::optional<Curve> CurveReader::scurve8() {
  return quarters(whole_weights({2, 5, 9, 13, 17, 19, 19, 16}));
}
std::optional<Curve> CurveReader::burst4() { return quarters(whole_weights({10, 30, 35, 25})); }
std::optional<Curve> CurveReader::front_tail6() {
  return quarters(whole_weights({40, 25, 15, 10, 6, 4}));
}
std::optional<Curve> CurveReader::commit_ramp12() { return quarters(rising_weights(12)); }

/// In the order of scenario_keys::shapes.
constexpr std::optional<Curve> (CurveReader::*read_shape[])() = {&CurveReader::table,
                                                                 &CurveReader::trailing,
                                                                 &CurveReader::ramp,
                                                                 &CurveReader::weights,
                                                                 &CurveReader::linear,
                                                                 &CurveReader::burst,
                                                                 &CurveReader::commitment_ramp,
                                                                 &CurveReader::s_curve,
                                                                 &CurveReader::fit,
                                                                 &CurveReader::plan,
                                                                 &CurveReader::linear8,
                                                                 &CurveReader::scurve8,
                                                                 &CurveReader::burst4,
                                                                 &CurveReader::front_tail6,
                                                                 &CurveReader::commit_ramp12};
static_assert(std::size(read_shape) == scenario_keys::shapes.size());

}  // namespace

std::optional<Curve> read_curve(const TomlTable& drawdown, DrawdownMeasure& measure,
                                PlanFiles& plans, TomlErrors& errors) {
  const auto table = drawdown.table("curve", "curve = { shape = \"trailing\", months = 3 }");
  if (!table) return std::nullopt;
  table->require("shape", "write it like  shape = \"trailing\"");
  const auto shape = table->choice("shape", scenario_keys::shapes);
  if (!shape) return std::nullopt;
  CurveReader reader{*table, measure, plans, errors};
  return (reader.*read_shape[*shape])();
}

}  // namespace accrue
