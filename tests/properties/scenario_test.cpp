// A forecast against what the book says once the assumed facts have come true.

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "accounting/report/cells.h"
#include "accounting/report/make_report.h"
#include "accounting/scenario/walk/forecast.h"
#include "tests/properties/history.h"
#include "tests/properties/random_scenario.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

bool record(Books& books, Fact fact) {
  const Stamp stamp{books.state().last_recorded_at, "controller", "as it happened"};
  return books.record(std::move(fact), stamp, RunMode::write).ok();
}

bool close(Books& books, Period period) {
  PeriodClosed close{.period = period,
                     .first_period = period,
                     .begin_at = {},
                     .end_at = {},
                     .accepted = {},
                     .trial_balance_hash = {}};
  const Result<std::vector<Exception>> standing = books.exceptions(period);
  if (!standing.ok()) return false;
  for (const Exception& exception : *standing) {
    close.accepted.push_back({exception.code, exception.subject});
  }
  return record(books, std::move(close));
}

/// The deals that follow exhaustion, signed in the month.
bool sign_deals(Books& books, const Forecast& forecast, Period period) {
  const Store& assumed = forecast.books.store();
  for (std::int64_t at = forecast.start_records + 1; at <= assumed.record_count(); ++at) {
    const Record next = assumed.read_record(at);
    if (next.kind != RecordKind::investment_added) continue;
    const Fact fact = decode(next.kind, next.fact);
    const bool is_now =
        Period::of(std::get<InvestmentAdded>(fact).investment.signed_on) == period;
    if (is_now && !record(books, fact)) return false;
  }
  return true;
}

/// What is assumed comes true: month by month, usage in two deliveries.
std::optional<std::string> come_true(Books& books, const Forecast& forecast,
                                     std::mt19937_64& random) {
  const std::optional<Period> closed = books.state().closed_through();
  Period period = closed ? closed->next() : *books.state().earliest;
  for (; period < forecast.months.first; period = period.next()) {
    if (!close(books, period)) return "the close of " + period.to_string() + " was refused";
  }
  std::int64_t files = 0;
  for (; period <= forecast.months.last; period = period.next()) {
    if (!sign_deals(books, forecast, period)) return "a deal was refused";
    Delivery halves[2];
    for (const Charge& charge : forecast.assumed_charges) {
      if (books.state().zone.period_of(charge.at) != period) continue;
      halves[random() % 2].charges.push_back(charge);
    }
    for (Delivery& delivery : halves) {
      if (delivery.charges.empty()) continue;
      delivery.terms.source = "provider";
      std::string digest(32, 'r');
      digest.replace(0, 8, std::to_string(10'000'000 + ++files));
      delivery.files = {{.name = "usage.csv", .sha256 = digest}};
      delivery.billing_periods = {period};
      if (!record(books, UsageImported{std::move(delivery)})) return "usage was refused";
    }
    if (!close(books, period)) return "the close of " + period.to_string() + " was refused";
  }
  return std::nullopt;
}

std::string shown(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
  if (const auto* figure = std::get_if<Figure>(&cell)) return figure->value.to_string();
  return "-";
}

/// Rows, totals and checks, without what names the records.
std::string figures_of(const Report& report) {
  std::string text;
  const std::optional<std::size_t> record = column_named(report, "record");
  const std::optional<std::size_t> entry = column_named(report, "entry");
  for (const Row& row : report.rows) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      if (i != record && i != entry) text += shown(row[i]) + " | ";
    }
    text += '\n';
  }
  for (const NamedCell& total : report.totals) text += total.name + " " + shown(total.value) + '\n';
  for (const ReportCheck& check : report.checks) text += check.name + " " + shown(check.difference) + '\n';
  return text;
}

constexpr ReportKind compared[] = {
    ReportKind::period,        ReportKind::rollforward,      ReportKind::waterfall,
    ReportKind::rpo,           ReportKind::disaggregation,   ReportKind::related_party,
    ReportKind::deal,          ReportKind::breakage,         ReportKind::contract_balances,
    ReportKind::cash_flow,     ReportKind::burn_down,        ReportKind::trial_balance};

std::optional<std::string> compare(const Books& assumed, const Books& actual, PeriodRange months) {
  const BookView then = load_view(assumed.store(), assumed.store().record_count());
  const BookView now = load_view(actual.store(), actual.store().record_count());
  for (const ReportKind kind : compared) {
    const Result<Report> forecast =
        make_report(assumed.store(), then, kind, months, OriginView::as_reported, {});
    const Result<Report> came =
        make_report(actual.store(), now, kind, months, OriginView::as_reported, {});
    if (!forecast.ok() || !came.ok()) return std::string{to_string(kind)} + " was refused";
    if (figures_of(*forecast) != figures_of(*came)) {
      return std::string{to_string(kind)} + ":\nforecast\n" + figures_of(*forecast) +
             "came\n" + figures_of(*came);
    }
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("scenario: a forecast is what the book says once its assumptions have come true") {
  int walked = 0;
  std::int64_t assumed_charges = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    const History history = random_history(seed, Mix{.operations = 10});
    Books books = book_of(history);
    if (books.state().grants.empty()) continue;
    std::mt19937_64 random{seed};
    const Scenario scenario = random_scenario(random, books.state());
    const Digest before = books.store().root(books.store().record_count());
    const Result<StartingBook> start = starting_book(books.store(), scenario.start);
    REQUIRE(start.ok());
    const Result<Forecast> forecast = walk(scenario, *start, {});
    if (!forecast.ok()) {
      // Books without rates refuse cash in other currencies, as they would for real.
      CHECK_MESSAGE(forecast.error().code == ErrorCode::rate_missing, forecast.error().message);
      continue;
    }
    ++walked;
    assumed_charges += static_cast<std::int64_t>(forecast->assumed_charges.size());
    CHECK(books.store().root(books.store().record_count()) == before);
    const std::optional<std::string> refused = come_true(books, *forecast, random);
    REQUIRE_MESSAGE(!refused, *refused);
    const std::optional<std::string> difference =
        compare(forecast->books, books, forecast->months);
    CHECK_MESSAGE(!difference, difference.value_or(""));
    if (difference) break;
  }
  CHECK(walked > 100);
  CHECK(assumed_charges > 5'000);
}
