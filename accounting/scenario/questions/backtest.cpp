#include "accounting/scenario/questions/backtest.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "accounting/audit/monetary_unit_limit.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/scenario/exact.h"

namespace accrue {

namespace {

constexpr std::array months_ahead{1, 3, 6, 12};
constexpr std::int64_t most_percent = 1'000'000'000;
constexpr std::int64_t most_amount = 1'000'000'000'000'000;

/// Of every month from the first with usage to the last.
std::vector<Decimal> history_of(const MonthlyUsage& usage, Period last) {
  std::vector<Decimal> history;
  if (usage.empty()) return history;
  for (Period period = usage.begin()->first; period <= last; period = period.next()) {
    const auto found = usage.find(period);
    history.push_back(found == usage.end() ? Decimal{} : found->second);
  }
  return history;
}

/// A growth that is carried on far enough leaves every decimal: such an error is no figure.
Cell percent_cell(const std::optional<Ratio>& percent) {
  if (!percent || abs(*percent) > most_percent) return {};
  return Figure{rounded(*percent, 2), 2, Measure::percent};
}

/// Whose usage, by which curve, so many months ahead.
struct Series {
  std::string investee;
  std::string currency;
  std::string curve;
  std::int64_t months_ahead;
  friend auto operator<=>(const Series&, const Series&) = default;
};

struct ComparedMonth {
  Period closed;
  Period period;
  Ratio forecast;
  Decimal actual;
};

using Compared = std::map<Series, std::vector<ComparedMonth>>;

/// The forecasts made at one close; a curve that cannot be made of what was known makes none.
void compare(const KnownUsage& known, const KnownUsage& last,
             const std::optional<std::string>& investee, Compared& compared) {
  for (const auto& [whom, usage] : known.by_whom) {
    if (investee && whom.first != *investee) continue;
    const CurveInput input{.first = known.closed.next(),
                           .month_count = months_ahead.back(),
                           .history = history_of(usage, known.closed),
                           .left = {}};
    const MonthlyUsage& actual = last.by_whom.at(whom);
    for (const NamedCurve& named : backtested_curves()) {
      const Result<CurvePath> path = evaluate(named.curve, input);
      if (!path.ok()) continue;
      for (const int ahead : months_ahead) {
        const Period period{known.closed.months + ahead};
        if (period > last.closed) continue;
        const auto found = actual.find(period);
        compared[{whom.first, whom.second, named.name, ahead}].push_back(
            {known.closed, period, path->amounts[static_cast<std::size_t>(ahead - 1)],
             found == actual.end() ? Decimal{} : found->second});
      }
    }
  }
}

ForecastErrors errors_of_months(const std::vector<ComparedMonth>& months) {
  std::vector<std::pair<Ratio, Decimal>> pairs;
  for (const ComparedMonth& month : months) pairs.emplace_back(month.forecast, month.actual);
  return errors_of(pairs);
}

std::string ref_of(const Series& series, PeriodRange closes) {
  return make_ref({"scenario-backtest", to_text(closes), series.investee, series.currency,
                   series.curve, std::to_string(series.months_ahead)});
}

void add_common_notes(Report& report, PeriodRange closes) {
  report.notes = {
      "a forecast is made of the usage that the book knew when it recorded the close; what came "
      "in later is not in it",
      "what happened is the usage of the month as the book knew it at its last close, " +
          closes.last.to_string()};
}

Report errors_report(const BookView& book, const Compared& compared, PeriodRange closes) {
  Report report = start_report(book, "scenario-backtest",
                               "Forecasts of usage against what then happened", closes);
  report.columns = {{"investee", ColumnKind::key},
                    {"currency", ColumnKind::key, 3},
                    {"curve", ColumnKind::key},
                    {"months_ahead", ColumnKind::key},
                    {"comparisons", ColumnKind::count},
                    {"mape_pct", ColumnKind::figure},
                    {"bias_pct", ColumnKind::figure},
                    {"ref", ColumnKind::text, 9}};
  for (const auto& [series, months] : compared) {
    const ForecastErrors errors = errors_of_months(months);
    report.rows.push_back({series.investee, series.currency, series.curve, series.months_ahead,
                           static_cast<std::int64_t>(errors.comparisons),
                           percent_cell(errors.mean_absolute_percent),
                           percent_cell(errors.bias_percent), ref_of(series, closes)});
  }
  sort_rows(report);
  add_common_notes(report, closes);
  report.notes.emplace_back(
      "mape: the mean of |forecast - actual| / actual over months with usage; bias: the sum of "
      "forecast - actual over the sum of actual");
  report.notes.emplace_back(
      "a curve that cannot be made of what was known, such as a season of fewer than twelve "
      "months, is left out; an error above 10^9 percent has no figure");
  return report;
}

/// In minor units, half to even; a growth that leaves every decimal has no figure.
Cell amount_cell(const Ratio& value, const Currency& currency) {
  if (abs(value) > most_amount) return {};
  return exact_figure(rounded(value, currency.minor_digits()), currency);
}

Report months_report(const BookView& book, const Compared& compared, PeriodRange closes) {
  Report report = start_report(book, "scenario-backtest-months",
                               "Each forecast of usage beside what then happened", closes);
  report.columns = {{"investee", ColumnKind::key},
                    {"currency", ColumnKind::key, 3},
                    {"curve", ColumnKind::key},
                    {"months_ahead", ColumnKind::key},
                    {"close", ColumnKind::key},
                    {"period", ColumnKind::text},
                    {"forecast", ColumnKind::figure},
                    {"actual", ColumnKind::figure},
                    {"difference", ColumnKind::figure},
                    {"error_pct", ColumnKind::figure},
                    {"ref", ColumnKind::text, 9}};
  for (const auto& [series, months] : compared) {
    const Currency currency = Currency::from_code(series.currency).value();
    for (const ComparedMonth& month : months) {
      const Ratio actual = ratio_of(month.actual);
      const Ratio difference = month.forecast - actual;
      report.rows.push_back({series.investee, series.currency, series.curve, series.months_ahead,
                             month.closed.to_string(), month.period.to_string(),
                             amount_cell(month.forecast, currency), amount_cell(actual, currency),
                             amount_cell(difference, currency),
                             actual > 0 ? percent_cell(Ratio{100 * difference / actual}) : Cell{},
                             ref_of(series, closes) + ":" + month.closed.to_string()});
    }
  }
  sort_rows(report);
  add_common_notes(report, closes);
  report.notes.emplace_back(
      "each amount is rounded for itself, half to even; error: the difference over what happened, "
      "before any rounding");
  return report;
}

}  // namespace

std::vector<NamedCurve> backtested_curves() {
  using Model = FitCurve::Model;
  return {{"trailing 3", TrailingCurve{3}},
          {"trailing 6", TrailingCurve{6}},
          {"trailing 12", TrailingCurve{12}},
          {"fit mean", FitCurve{Model::mean, 12}},
          {"fit linear", FitCurve{Model::linear, 12}},
          {"fit growth", FitCurve{Model::growth, 12}},
          {"fit seasonal", FitCurve{Model::seasonal, 24}}};
}

std::vector<KnownUsage> usage_known_at_closes(const Store& store, const BookView& book) {
  std::vector<KnownUsage> known;
  KnownUsage usage{};
  std::int64_t read = 0;
  for (const HeldClose& close : book.state.closes) {
    for (std::int64_t record = read + 1; record < close.record; ++record) {
      store.for_each_charge_of(record, [&](const StoredCharge& stored) {
        const Charge& charge = stored.charge;
        // A reduction of the price is no usage.
        if (charge.kind != Charge::Kind::served) return;
        usage.by_whom[{charge.key.investee, charge.key.currency}][stored.period] += charge.amount;
      });
    }
    read = close.record;
    usage.closed = close.period;
    known.push_back(usage);
    // Days of the next month that have come in already tell nothing of a whole month.
    for (auto& [whom, months] : known.back().by_whom) {
      months.erase(months.upper_bound(close.period), months.end());
    }
  }
  return known;
}

ForecastErrors errors_of(const std::vector<std::pair<Ratio, Decimal>>& months) {
  ForecastErrors errors;
  errors.comparisons = static_cast<int>(months.size());
  Ratio percents = 0;
  int months_with_usage = 0;
  Ratio misses = 0;
  Ratio actual_sum = 0;
  for (const auto& [forecast, actual] : months) {
    const Ratio happened = ratio_of(actual);
    const Ratio miss = forecast - happened;
    misses += miss;
    actual_sum += happened;
    if (happened <= 0) continue;
    percents += 100 * abs(miss) / happened;
    ++months_with_usage;
  }
  if (months_with_usage > 0) errors.mean_absolute_percent = Ratio{percents / months_with_usage};
  if (actual_sum > 0) errors.bias_percent = Ratio{100 * misses / actual_sum};
  return errors;
}

Result<Report> backtest_report(const Store& store, const BookView& book,
                               const BacktestOptions& options) {
  if (options.investee) ACCRUE_TRY_DONE(require_investee(book.state, *options.investee));
  if (options.first_close < 1) {
    return Error{.code = ErrorCode::bad_value,
                 .message =
                     "a backtest cannot begin at close " + std::to_string(options.first_close),
                 .hint = "closes count from 1"};
  }
  const std::vector<KnownUsage> known = usage_known_at_closes(store, book);
  const auto first = static_cast<std::size_t>(options.first_close - 1);
  Compared compared;
  for (std::size_t i = first; i + 1 < known.size(); ++i) {
    compare(known[i], known.back(), options.investee, compared);
  }
  if (compared.empty()) {
    return Error{.code = ErrorCode::nothing_to_report,
                 .message = "the book has " + std::to_string(known.size()) +
                            " closes: there is no usage to forecast at close " +
                            std::to_string(options.first_close) + " and to compare after it",
                 .hint = "close more periods, or begin at an earlier one"};
  }
  const PeriodRange closes{known[first].closed, known.back().closed};
  return options.view == BacktestView::months ? months_report(book, compared, closes)
                                              : errors_report(book, compared, closes);
}

}  // namespace accrue
