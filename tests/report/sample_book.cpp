#include "tests/report/sample_book.h"

#include <doctest/doctest.h>

namespace accrue::testing {

namespace {

Currency usd() { return Currency::from_code("USD").value(); }
Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }
Date date(std::string_view text) { return Date::parse(text).value(); }

Books created(std::string_view start, std::string_view materiality_percent) {
  BookOpened opened{.name = "sample",
                    .book_id = "00112233445566778899aabbccddeeff",
                    .functional_currency = usd(),
                    .time_zone = "UTC",
                    .time_zone_data = TimeZone::data_version(),
                    .fiscal_start_month = 1,
                    .first_period = std::nullopt};
  if (!start.empty()) opened.first_period = Period::parse(start).value();
  if (!materiality_percent.empty()) opened.materiality_percent = decimal(materiality_percent);
  const Stamp stamp{Instant::parse("2030-01-01T00:00:00Z").value(), "tester", ""};
  return std::move(Books::create(Store::in_memory(), opened, stamp)).value();
}

std::string digest_of(std::int64_t number) {
  std::string digest(32, 'x');
  digest.replace(0, 8, std::to_string(10'000'000 + number).substr(0, 8));
  return digest;
}

}  // namespace

SampleBook::SampleBook(std::string_view start, std::string_view materiality_percent)
    : books_{created(start, materiality_percent)} {}

void SampleBook::record(Fact fact) {
  Stamp stamp{Instant::parse("2030-01-01T00:00:00Z").value(), "tester", "because"};
  stamp.now.microseconds += ++seconds_ * 1'000'000;
  const Result<Recorded> recorded = books_.record(std::move(fact), stamp, RunMode::write);
  if (!recorded.ok()) FAIL(recorded.error().message);
}

void SampleBook::add_deal(const DealLine& line) {
  Investment deal;
  deal.id = line.investee + "-deal-" + line.id;
  deal.investee = line.investee;
  deal.signed_on = date(line.signed_on);
  deal.matching.billing_accounts = {line.investee};
  Tranche tranche{.id = line.id,
                  .face = {decimal(line.face), usd()},
                  .issued_on = date(line.signed_on),
                  .begins_on = std::nullopt,
                  .expires_on = std::nullopt,
                  .priority = 100,
                  .transaction_price = std::nullopt,
                  .bonus = false,
                  .scope = {},
                  .breakage_method = BreakageMethod::remote,
                  .expected_unused = std::nullopt};
  if (!line.expires_on.empty()) tranche.expires_on = date(line.expires_on);
  if (!line.service.empty()) tranche.scope.services = {line.service};
  if (!line.expected_unused_percent.empty()) {
    tranche.breakage_method = BreakageMethod::proportional;
    tranche.expected_unused = ExpectedUnused{ExpectedUnused::Measure::percent_of_face,
                                             decimal(line.expected_unused_percent)};
  }
  deal.tranches.push_back(tranche);
  record(InvestmentAdded{deal, line.id + ".toml", "terms of " + line.id});
}

void SampleBook::import_usage(const std::vector<Use>& uses, CatchUpClass catch_up) {
  Delivery delivery;
  delivery.catch_up = catch_up;
  delivery.files.push_back({"usage.csv", digest_of(++files_), 1, 1, 0});
  for (const Use& use : uses) {
    Charge charge;
    charge.at = Instant::parse(use.on + "T12:00:00Z").value();
    charge.key = {use.investee, "USD", use.investee, "", use.service, use.sku, use.region};
    charge.row_count = 1;
    charge.amount = decimal(use.amount);
    delivery.charges.push_back(charge);
  }
  std::stable_sort(delivery.charges.begin(), delivery.charges.end(),
                   [](const Charge& a, const Charge& b) {
                     return std::tie(a.at, a.key) < std::tie(b.at, b.key);
                   });
  record(UsageImported{std::move(delivery)});
}

void SampleBook::import_segment(std::string_view segment, std::string_view basis,
                                std::string_view range, std::string_view revenue,
                                std::string_view published, std::string_view currency) {
  SegmentRevenue row{.segment = std::string{segment},
                     .basis = std::string{basis},
                     .period = range_of(range),
                     .currency = Currency::from_code(currency).value(),
                     .revenue = decimal(revenue),
                     .source = "release",
                     .published_growth_pct = std::nullopt,
                     .note = std::nullopt};
  if (!published.empty()) row.published_growth_pct = decimal(published);
  record(SegmentImported{"segment.csv", digest_of(++files_), {row}});
}

void SampleBook::import_base(std::string_view investee, std::string_view segment,
                             std::string_view range, std::string_view revenue) {
  record(BaseImported{"base.csv",
                      digest_of(++files_),
                      {{std::string{investee}, std::string{segment}, range_of(range), usd(),
                        decimal(revenue), "invoices"}}});
}

void SampleBook::import_rate(std::string_view currency, std::string_view on,
                             std::string_view rate) {
  record(RatesImported{"rates.csv",
                       digest_of(++files_),
                       {{date(on), Currency::from_code(currency).value(), decimal(rate), "fixing"}}});
}

void SampleBook::close(std::string_view period, DrawForecast forecast) {
  PeriodClosed fact;
  fact.forecast = forecast;
  fact.period = Period::parse(period).value();
  record(fact);
}

void SampleBook::reopen(std::string_view period) {
  record(PeriodReopened{Period::parse(period).value()});
}

std::vector<std::string> SampleBook::exceptions(std::string_view period) {
  std::vector<std::string> list;
  for (const Exception& exception : books_.exceptions(Period::parse(period).value()).value()) {
    list.push_back(exception.code + " " + exception.subject);
  }
  return list;
}

PeriodRange range_of(std::string_view text) {
  return parse_period_range(text, FiscalCalendar{1}).value();
}

std::string shown(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
  if (const auto* figure = std::get_if<Figure>(&cell)) {
    return figure->value.to_string(figure->digits);
  }
  return "null";
}

std::string cell(const Report& report, std::size_t row, std::string_view column) {
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    if (report.columns[i].name == column) return shown(report.rows.at(row).at(i));
  }
  return "no column " + std::string{column};
}

std::string row_text(const Report& report, std::size_t row,
                     const std::vector<std::string>& columns) {
  std::string text;
  for (const std::string& column : columns) {
    text += (text.empty() ? "" : " | ") + cell(report, row, column);
  }
  return text;
}

std::vector<std::string> rows_text(const Report& report, const std::vector<std::string>& columns) {
  std::vector<std::string> rows;
  for (std::size_t row = 0; row < report.rows.size(); ++row) {
    rows.push_back(row_text(report, row, columns));
  }
  return rows;
}

std::string total(const Report& report, std::string_view name) {
  for (const NamedCell& named : report.totals) {
    if (named.name == name) return shown(named.value);
  }
  return "no total " + std::string{name};
}

std::vector<std::string> broken_checks(const Report& report) {
  std::vector<std::string> names;
  for (const ReportCheck& check : report.checks) {
    if (!check.difference.value.is_zero()) names.push_back(check.name);
  }
  return names;
}

}  // namespace accrue::testing
