#include "accounting/scenario/questions/varied.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "accounting/scenario/exact.h"
#include "ledger/error/suggest.h"

namespace accrue {

namespace {

using Of = VariedKey::Of;

struct Named {
  std::string_view word;
  Of of;
};
constexpr std::array<Named, 7> words{{{"volume", Of::volume},
                                      {"price", Of::price},
                                      {"growth", Of::growth},
                                      {"delay", Of::delay},
                                      {"estimate", Of::estimate},
                                      {"others", Of::others},
                                      {"rate", Of::rate}}};

/// A price that was always so: before the first month of any forecast.
constexpr Period always = Period{1900 * 12};
constexpr int most_months_of_delay = 120;

Error refused(const VariedKey& key, const std::string& why, std::string hint) {
  return {.code = ErrorCode::bad_value,
          .message = to_string(key) + " " + why,
          .hint = std::move(hint)};
}

Error out_of_range(const VariedKey& key, const Decimal& value, const std::string& range) {
  return refused(key, "cannot be " + value.to_string() + ": it is " + range, "");
}

/// Nothing of the scenario is of the key; says what there is.
Error nothing_of(const VariedKey& key, const std::set<std::string>& known) {
  std::string list;
  for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
  const std::vector<std::string_view> names{known.begin(), known.end()};
  const std::optional<std::string> near = suggest(key.subject, names);
  std::string hint = known.empty() ? "the scenario has none of them" : "the scenario has " + list;
  if (near) hint = "did you mean '" + *near + "'?";
  return refused(key, "is nothing that the scenario assumes", std::move(hint));
}

/// A drawdown is meant by its name, and with all others of its investee by that.
std::vector<std::string> names_of(const Drawdown& drawdown) {
  if (drawdown.investee.empty()) return {drawdown.name};
  return {drawdown.name, drawdown.investee};
}

/// Moves those of `all` that `can_move` and that the key means, by one of their names.
template <typename T, typename CanMove, typename Names, typename Move>
Result<Done> move_each(const VariedKey& key, std::vector<T>& all, const CanMove& can_move,
                       const Names& names, const Move& move) {
  std::set<std::string> known;
  bool found = false;
  for (T& one : all) {
    if (!can_move(one)) continue;
    const std::vector<std::string> called = names(one);
    known.insert(called.begin(), called.end());
    if (!key.subject.empty() && std::ranges::count(called, key.subject) == 0) continue;
    found = true;
    ACCRUE_TRY_DONE(move(one));
  }
  if (!found) return nothing_of(key, known);
  return Done{};
}

/// What every month of the year is of the curve takes the factor.
Result<Done> scale(Drawdown& drawdown, const Decimal& percent) {
  ACCRUE_TRY(factor, product_of(percent, Decimal::from_scaled(1, 2)));
  std::vector<Decimal>& months = drawdown.seasonal_percent;
  if (months.empty()) months.assign(12, Decimal::from_integer(100));
  for (Decimal& month : months) {
    ACCRUE_TRY(moved, product_of(month, factor));
    month = moved;
  }
  return Done{};
}

Result<Done> vary_volume(Varied& varied, const VariedKey& key, const Decimal& value) {
  if (value.sign() < 0) return out_of_range(key, value, "zero percent or more");
  return move_each(
      key, varied.scenario.drawdowns, [](const Drawdown&) { return true; }, names_of,
      [&](Drawdown& drawdown) { return scale(drawdown, value); });
}

Result<Done> vary_price(Varied& varied, const VariedKey& key, const Decimal& value) {
  if (value.sign() < 0) return out_of_range(key, value, "zero percent or more");
  varied.scenario.price_changes.push_back(
      {key.subject.empty() ? "*" : key.subject, always, value - Decimal::from_integer(100)});
  return Done{};
}

Result<Done> vary_growth(Varied& varied, const VariedKey& key, const Decimal& value) {
  if (value < Decimal::from_integer(-100)) {
    return out_of_range(key, value, "-100 percent a month or more");
  }
  return move_each(
      key, varied.scenario.drawdowns,
      [](const Drawdown& drawdown) { return std::holds_alternative<RampCurve>(drawdown.curve); },
      names_of, [&](Drawdown& drawdown) {
        std::get<RampCurve>(drawdown.curve).growth_percent = value;
        return Result<Done>{Done{}};
      });
}

Result<Done> vary_delay(Varied& varied, const VariedKey& key, const Decimal& value) {
  const Int256 one = power_of_ten(Decimal::fraction_digits);
  const bool is_whole = value.units() % one == 0;
  if (!is_whole || value.sign() < 0 || value > Decimal::from_integer(most_months_of_delay)) {
    return out_of_range(key, value, "whole months, from 0 to 120");
  }
  varied.shocks.delay_months[key.subject] = static_cast<int>(Int256{value.units() / one});
  return Done{};
}

Result<Done> vary_estimate(Varied& varied, const VariedKey& key, const Decimal& value) {
  if (value.sign() < 0 || value >= Decimal::from_integer(100)) {
    return out_of_range(key, value, "a percentage of the face, from 0 to below 100");
  }
  return move_each(
      key, varied.scenario.estimates, [](const AssumedEstimate&) { return true; },
      [](const AssumedEstimate& estimate) { return std::vector{estimate.grant}; },
      [&](AssumedEstimate& estimate) {
        estimate.expected_unused = {ExpectedUnused::Measure::percent_of_face, value};
        return Result<Done>{Done{}};
      });
}

Result<Done> vary_others(Varied& varied, const VariedKey& key, const Decimal& value) {
  if (value < Decimal::from_integer(-100)) return out_of_range(key, value, "-100 percent or more");
  return move_each(
      key, varied.scenario.segments,
      [](const SegmentGrowth& segment) { return segment.of == SegmentGrowth::Of::others; },
      [](const SegmentGrowth& segment) { return std::vector{segment.segment}; },
      [&](SegmentGrowth& segment) {
        segment.percent = value;
        return Result<Done>{Done{}};
      });
}

Result<Done> vary_rate(Varied& varied, const VariedKey& key, const Decimal& value) {
  if (value.sign() <= 0) return out_of_range(key, value, "above zero");
  return move_each(
      key, varied.scenario.rates, [](const AssumedRate&) { return true; },
      [](const AssumedRate& rate) { return std::vector{std::string{rate.from.code()}}; },
      [&](AssumedRate& rate) {
        rate.rate = value;
        return Result<Done>{Done{}};
      });
}

bool needs_subject(Of of) { return of == Of::delay || of == Of::rate; }

std::string_view word_of(Of of) {
  return std::ranges::find(words, of, &Named::of)->word;
}

}  // namespace

Result<VariedKey> parse_varied_key(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view word = text.substr(0, colon);
  const auto known = std::ranges::find(words, word, &Named::word);
  if (known == words.end()) {
    std::vector<std::string_view> names;
    std::string list;
    for (const Named& named : words) {
      names.push_back(named.word);
      list += (list.empty() ? "" : ", ") + std::string{named.word};
    }
    const std::optional<std::string> near = suggest(word, names);
    return Error{.code = ErrorCode::bad_value,
                 .message = "nothing of a scenario is called '" + std::string{word} + "'",
                 .hint = near ? "did you mean '" + *near + "'?" : "one of " + list};
  }
  VariedKey key{known->of, ""};
  if (colon != std::string_view::npos) key.subject = text.substr(colon + 1);
  const bool names_nobody = colon != std::string_view::npos && key.subject.empty();
  if (names_nobody || (key.subject.empty() && needs_subject(key.of))) {
    const std::string example = key.of == Of::rate ? "rate:EUR" : std::string{word} + ":NAME";
    return Error{.code = ErrorCode::bad_value,
                 .message = "'" + std::string{text} + "' does not say of whom",
                 .hint = "write " + example};
  }
  return key;
}

std::string to_string(const VariedKey& key) {
  const std::string word{word_of(key.of)};
  return key.subject.empty() ? word : word + ":" + key.subject;
}

Result<Varied> vary(const Varied& of, const VariedKey& key, const Decimal& value) {
  Varied varied = of;
  Result<Done> moved = Done{};
  switch (key.of) {
    case Of::volume: moved = vary_volume(varied, key, value); break;
    case Of::price: moved = vary_price(varied, key, value); break;
    case Of::growth: moved = vary_growth(varied, key, value); break;
    case Of::delay: moved = vary_delay(varied, key, value); break;
    case Of::estimate: moved = vary_estimate(varied, key, value); break;
    case Of::others: moved = vary_others(varied, key, value); break;
    case Of::rate: moved = vary_rate(varied, key, value); break;
  }
  ACCRUE_TRY_DONE(moved);
  return varied;
}

}  // namespace accrue
