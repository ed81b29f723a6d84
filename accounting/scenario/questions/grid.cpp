#include "accounting/scenario/questions/grid.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "accounting/report/ref.h"
#include "accounting/scenario/questions/month_cells.h"

namespace accrue {

namespace {

Error refused(std::string message, std::string hint) {
  return {.code = ErrorCode::bad_value, .message = std::move(message), .hint = std::move(hint)};
}

Result<std::vector<Decimal>> values_between(const Decimal& from, const Decimal& to,
                                            const Decimal& step, std::string_view text) {
  const std::string said{text};
  if (step.sign() <= 0) return refused("the step of '" + said + "' is not above zero", "FROM..TO:STEP");
  if (to < from) return refused("'" + said + "' goes down", "write FROM..TO:STEP with FROM below TO");
  if ((to - from).units() / step.units() >= Int256{most_grid_runs}) {
    return refused("'" + said + "' has more than " + std::to_string(most_grid_runs) + " values",
                   "take a larger step");
  }
  std::vector<Decimal> values;
  for (Decimal value = from; value <= to; value += step) values.push_back(value);
  return values;
}

/// Letters in lower case and digits; whatever else is one `_`.
std::string sanitised(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      name += c;
    } else if (c >= 'A' && c <= 'Z') {
      name += static_cast<char>(c - 'A' + 'a');
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  return name;
}

Result<Done> check_size(const std::vector<VariedSteps>& steps) {
  if (steps.empty()) return refused("a grid varies one key or more", "--vary KEY=FROM..TO:STEP");
  std::set<std::string> keys;
  std::size_t runs = 1;
  for (const VariedSteps& each : steps) {
    const std::string key = to_string(each.key);
    if (!keys.insert(key).second) return refused(key + " is varied twice", "name each key once");
    if (each.values.empty()) return refused(key + " has no value", "KEY=FROM..TO:STEP");
    // No overflow: neither factor is above the limit.
    runs *= std::min(each.values.size(), most_grid_runs + 1);
    if (runs > most_grid_runs) {
      return refused("the grid has more than " + std::to_string(most_grid_runs) + " runs",
                     "take larger steps, or fewer keys");
    }
  }
  return Done{};
}

class Grid {
 public:
  Grid(const Scenario& scenario, const std::vector<VariedSteps>& steps, const Walk& walk,
       const WalkProgress& progress)
      : scenario_{scenario}, steps_{steps}, walk_{walk}, progress_{progress} {
    for (const VariedSteps& each : steps_) run_count_ *= each.values.size();
  }

  Result<Report> build() {
    for (std::size_t run = 0; run < run_count_; ++run) {
      const std::vector<Decimal> values = values_of(run);
      Result<Forecast> forecast = walked(values);
      if (!forecast.ok()) return with_values(forecast.refusal(), values);
      if (run == 0) start(*forecast);
      add_rows(static_cast<std::int64_t>(run + 1), values, *forecast);
      if (progress_) progress_(static_cast<int>(run + 1), static_cast<int>(run_count_));
    }
    return std::move(report_);
  }

 private:
  std::vector<Decimal> values_of(std::size_t run) const {
    std::vector<Decimal> values(steps_.size());
    for (std::size_t i = steps_.size(); i-- > 0;) {
      values[i] = steps_[i].values[run % steps_[i].values.size()];
      run /= steps_[i].values.size();
    }
    return values;
  }

  Result<Forecast> walked(const std::vector<Decimal>& values) const {
    Varied varied{scenario_, {}};
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      ACCRUE_TRY(moved, vary(varied, steps_[i].key, values[i]));
      varied = std::move(moved);
    }
    return walk_(varied.scenario, varied.shocks);
  }

  Refusal with_values(Refusal refusal, const std::vector<Decimal>& values) const {
    std::string note = "with";
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      note += (i == 0 ? " " : ", ") + to_string(steps_[i].key) + " at " + values[i].to_string();
    }
    for (Error& error : refusal.errors) error.notes.push_back(note);
    return refusal;
  }

  void start(const Forecast& first) {
    report_ = start_scenario_report(first, "scenario-grid", "Every combination of values");
    mark_assumed(report_, scenario_, first);
    report_.columns = {{"run", ColumnKind::key}, {"period", ColumnKind::key}};
    const std::vector<std::string> names = grid_columns(steps_);
    for (std::size_t i = 0; i < names.size(); ++i) {
      report_.columns.push_back({names[i], ColumnKind::figure});
      report_.notes.push_back("column " + names[i] + ": " + to_string(steps_[i].key));
    }
    for (const Column& column : month_columns()) report_.columns.push_back(column);
    report_.columns.push_back({"ref", ColumnKind::text, 9});
    report_.row_sums = {month_sum()};
    report_.totals = {{"runs", static_cast<std::int64_t>(run_count_)}};
  }

  void add_rows(std::int64_t run, const std::vector<Decimal>& values, const Forecast& forecast) {
    for (const ForecastMonth& month : forecast.by_month) {
      const std::string period = month.period.to_string();
      std::vector<Cell> row{run, period};
      for (const Decimal& value : values) row.emplace_back(Figure{value, 2, Measure::number});
      for (Cell& cell : month_cells(month, forecast)) row.push_back(std::move(cell));
      row.emplace_back(
          assumed_ref(scenario_, make_ref({report_.name, std::to_string(run), period})));
      report_.rows.push_back(std::move(row));
    }
  }

  const Scenario& scenario_;
  const std::vector<VariedSteps>& steps_;
  const Walk& walk_;
  const WalkProgress& progress_;
  std::size_t run_count_ = 1;
  Report report_;
};

}  // namespace

Result<VariedSteps> parse_varied_steps(std::string_view text) {
  // The name of an investee may hold the sign; no number does.
  const std::size_t equals = text.rfind('=');
  if (equals == std::string_view::npos) {
    return refused("'" + std::string{text} + "' says no values", "write KEY=FROM..TO:STEP");
  }
  ACCRUE_TRY(key, parse_varied_key(text.substr(0, equals)));
  const std::string_view range = text.substr(equals + 1);
  const std::size_t dots = range.find("..");
  if (dots == std::string_view::npos) {
    ACCRUE_TRY(value, Decimal::parse(range));
    return VariedSteps{std::move(key), {value}};
  }
  const std::size_t colon = range.find(':', dots);
  if (colon == std::string_view::npos) {
    return refused("'" + std::string{text} + "' says no step", "write KEY=FROM..TO:STEP");
  }
  ACCRUE_TRY(from, Decimal::parse(range.substr(0, dots)));
  ACCRUE_TRY(to, Decimal::parse(range.substr(dots + 2, colon - dots - 2)));
  ACCRUE_TRY(step, Decimal::parse(range.substr(colon + 1)));
  ACCRUE_TRY(values, values_between(from, to, step, text));
  return VariedSteps{std::move(key), std::move(values)};
}

std::vector<std::string> grid_columns(const std::vector<VariedSteps>& steps) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const VariedSteps& each : steps) {
    const std::string name = sanitised(to_string(each.key));
    std::string unique = name;
    for (int number = 2; !taken.insert(unique).second; ++number) {
      unique = name + "_" + std::to_string(number);
    }
    names.push_back(std::move(unique));
  }
  return names;
}

Result<Report> grid_report(const Scenario& scenario, const std::vector<VariedSteps>& steps,
                           const Walk& walk, const WalkProgress& progress) {
  ACCRUE_TRY_DONE(check_size(steps));
  return Grid{scenario, steps, walk, progress}.build();
}

}  // namespace accrue
