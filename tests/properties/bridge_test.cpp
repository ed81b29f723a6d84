#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/reports.h"
#include "tests/properties/history.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

constexpr oracle::Month first_month = 2024 * 12;
constexpr int months = 8;  // charges, expiries and what is booked after them

std::int64_t cents(const Figure& figure) {
  return static_cast<std::int64_t>(figure.value.units() / power_of_ten(28));
}

std::int64_t total_of(const Report& report, const std::string& name) {
  for (const NamedCell& total : report.totals) {
    if (total.name == name) return cents(std::get<Figure>(total.value));
  }
  FAIL("no total " << name);
  return 0;
}

/// Revenue of a month in cents, straight from the balances.
std::int64_t revenue_of(const BookView& view, Period period, bool by_origin) {
  std::int64_t revenue = 0;
  for (const auto& [key, amount] : view.balances) {
    if (key.account.role != AccountRole::revenue) continue;
    if ((by_origin ? key.origin_period : key.posting_period) == period) revenue -= amount;
  }
  return revenue;
}

std::optional<std::string> wrong_bridge(const Books& books) {
  const BookView view = load_view(books.store(), books.store().record_count());
  std::set<Period> periods;
  for (const auto& [key, amount] : view.balances) {
    periods.insert(key.posting_period);
    periods.insert(key.origin_period);
  }
  for (const Period period : periods) {
    const Result<Report> bridge =
        bridge_report(books.store(), view, {period, period}, OriginView::as_reported);
    if (!bridge.ok()) return period.to_string() + ": " + bridge.error().message;
    const auto says = [&](const std::string& what, std::int64_t a, std::int64_t b) {
      return period.to_string() + ", " + what + ": " + std::to_string(a) + " against " +
             std::to_string(b);
    };
    const std::int64_t reported = total_of(*bridge, "revenue_as_reported");
    const std::int64_t by_origin = total_of(*bridge, "revenue_by_origin");
    std::int64_t rows = 0;
    for (const std::vector<Cell>& row : bridge->rows) {
      for (std::size_t column = 0; column < row.size(); ++column) {
        if (bridge->columns[column].name == "revenue") rows += cents(std::get<Figure>(row[column]));
      }
    }
    if (reported + rows != by_origin) return says("rows", reported + rows, by_origin);
    const std::int64_t booked = revenue_of(view, period, false);
    if (reported != booked) return says("as reported", reported, booked);
    const std::int64_t belongs = revenue_of(view, period, true);
    if (by_origin != belongs) return says("by origin", by_origin, belongs);
    for (const ReportCheck& check : bridge->checks) {
      if (!check.difference.value.is_zero()) return period.to_string() + ", " + check.name;
    }
  }
  return std::nullopt;
}

/// What a report shows, without the record it is as of.
std::string text_of(const Result<Report>& report) {
  REQUIRE(report.ok());
  std::string text;
  const auto add = [&](const Cell& cell) {
    if (const auto* figure = std::get_if<Figure>(&cell)) text += figure->value.to_string();
    if (const auto* plain = std::get_if<std::string>(&cell)) text += *plain;
    if (const auto* count = std::get_if<std::int64_t>(&cell)) text += std::to_string(*count);
    text += '|';
  };
  for (const std::vector<Cell>& row : report->rows) {
    for (const Cell& cell : row) add(cell);
    text += '\n';
  }
  for (const NamedCell& total : report->totals) add(total.value);
  return text;
}

/// Every report of every month by both counts; of the bridge, which lists what came and went, its
/// ends.
std::string every_report(const Books& books) {
  const BookView view = load_view(books.store(), books.store().record_count());
  std::string text;
  for (int i = 0; i < months; ++i) {
    const PeriodRange range{Period{first_month + i}, Period{first_month + i}};
    for (const OriginView by : {OriginView::as_reported, OriginView::by_origin}) {
      text += range.first.to_string() + text_of(period_report(view, range, by)) +
              text_of(rollforward_report(view, range, by)) +
              text_of(trial_balance_report(view, range, by));
    }
    const Result<Report> bridge =
        bridge_report(books.store(), view, range, OriginView::as_reported);
    for (const char* total : {"revenue_as_reported", "belongs_earlier", "booked_later",
                              "revenue_by_origin", "catch_ups"}) {
      text += std::to_string(total_of(*bridge, total)) + "|";
    }
  }
  return text + text_of(grant_list(view));
}

}  // namespace

TEST_CASE("the bridge leads from as reported to by origin for every period of any book") {
  check_property("bridge", 300, Mix{}, [](const History& history) {
    Books books = book_of(history);
    return wrong_bridge(books);
  });
}

TEST_CASE("the bridge ties for every period of histories of a thousand steps") {
  Mix mix;
  mix.operations = 1000;
  check_property("long bridge", 3, mix, [](const History& history) {
    Books books = empty_books(history);
    int step = 0;
    for (const Operation& operation : history.operations) {
      apply(books, operation);
      if (++step % 250 != 0) continue;
      if (auto wrong = wrong_bridge(books)) return wrong;
    }
    return std::optional<std::string>{};
  });
}

TEST_CASE("a late event and its exact refund between two closes leave every report as it was") {
  check_property("late event and refund", 300, Mix{}, [](const History& history) {
    if (!history.first_month) return std::optional<std::string>{};
    Books books = book_of(history);
    const std::string before = every_report(books);
    std::mt19937_64 random{history.operations.size() * 31};
    Mix positive;
    positive.refunds = false;
    const std::vector<oracle::Charge> late = random_charges(random, positive, first_month, 2);
    std::vector<oracle::Charge> refunds = late;
    for (oracle::Charge& refund : refunds) refund.amount = -refund.amount;
    if (!apply(books, Import{late})) return std::optional<std::string>{};
    if (!apply(books, Import{refunds})) return std::optional{std::string{"the refund was refused"}};
    if (every_report(books) == before) return std::optional<std::string>{};
    return std::optional{std::string{"a report differs"}};
  });
}
