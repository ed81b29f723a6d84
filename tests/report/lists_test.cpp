#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/reports.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

SampleBook sample() {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T2", .investee = "nova", .signed_on = "2024-03-02", .face = "50"});
  book.add_deal({.id = "T1",
                 .investee = "lunar",
                 .signed_on = "2024-03-01",
                 .face = "12",
                 .expires_on = "2024-04-01"});
  book.import_usage({{"lunar", "2024-03-05", "10"}, {"nova", "2024-04-05", "7.5"}});
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-20", "5"}});
  return book;
}

}  // namespace

TEST_CASE("lists: investments and grants are sorted by id and show what is left") {
  const SampleBook book = sample();
  const Report deals = investment_list(book.view()).value();
  CHECK(rows_text(deals, {"investment", "investee", "signed", "cash", "face", "face_currency",
                          "transaction_price", "ref"}) ==
        std::vector<std::string>{
            "lunar-deal-T1 | lunar | 2024-03-01 | null | 12.00 | USD | 12.00 | "
            "investment:lunar-deal-T1",
            "nova-deal-T2 | nova | 2024-03-02 | null | 50.00 | USD | 50.00 | "
            "investment:nova-deal-T2"});
  const Report grants = grant_list(book.view()).value();
  CHECK(rows_text(grants, {"grant", "face", "drawn", "expired", "left", "recognised",
                           "contract_liability", "expires", "expected_unused", "ref"}) ==
        std::vector<std::string>{
            "T1 | 12.00 | 12.00 | 0.00 | 0.00 | 12.00 | 0.00 | 2024-04-01 | null | grant:T1",
            "T2 | 50.00 | 7.50 | 0.00 | 42.50 | 7.50 | 42.50 | null | null | grant:T2"});
}

TEST_CASE("lists: drawdowns say who paid, when it was booked and where it belongs") {
  const SampleBook book = sample();
  const std::vector<std::string> columns{"posting_period", "origin_period", "investee", "grant",
                                         "funding",        "amount",        "currency"};
  const Report all = drawdown_list(book.view(), {}).value();
  CHECK(rows_text(all, columns) ==
        std::vector<std::string>{"2024-03 | 2024-03 | lunar | T1 | credits | 10.00 | USD",
                                 "2024-04 | 2024-03 | lunar | null | cash | 3.00 | USD",
                                 "2024-04 | 2024-03 | lunar | T1 | credits | 2.00 | USD",
                                 "2024-04 | 2024-04 | nova | T2 | credits | 7.50 | USD"});
  CHECK(total(all, "drawn_USD") == "19.50");
  CHECK(total(all, "cash_funded_USD") == "3.00");
  CHECK(cell(all, 0, "ref") == "drawdown:2024-03:2024-03:2024-03:lunar:T1:gpu:sku:r1:USD");
  CHECK(drawdown_list(book.view(), {.investee = "nova", .range = {}}).value().rows.size() == 1);
  CHECK(drawdown_list(book.view(), {.investee = {}, .range = range_of("2024-03")})
            .value()
            .rows.size() == 1);
  CHECK(drawdown_list(book.view(), {.investee = "nowa", .range = {}}).error().hint ==
        "did you mean 'nova'?");
}

TEST_CASE("lists: drawdowns are filtered by each of their keys") {
  struct Row {
    const char* why;
    DrawdownFilter filter;
    std::vector<std::string> amounts;
  };
  const Row rows[] = {
      {"a grant", {.grant = "T1"}, {"10.00", "2.00"}},
      {"a grant by its deal", {.grant = "nova-deal-T2/T2"}, {"7.50"}},
      {"credits", {.funding = Funding::credits}, {"10.00", "2.00", "7.50"}},
      {"cash", {.funding = Funding::cash}, {"3.00"}},
      {"an origin", {.origin = range_of("2024-03")}, {"10.00", "3.00", "2.00"}},
      {"booked in April for March",
       {.range = range_of("2024-04"), .origin = range_of("2024-03")},
       {"3.00", "2.00"}},
      {"a service", {.service = "gpu"}, {"10.00", "3.00", "2.00", "7.50"}},
      {"another service", {.service = "net"}, {}},
      {"a region", {.region = "r1"}, {"10.00", "3.00", "2.00", "7.50"}},
      {"another region", {.region = "r2"}, {}},
      {"a SKU", {.sku = "sku"}, {"10.00", "3.00", "2.00", "7.50"}},
      {"the SKU that is none", {.sku = ""}, {}},
  };
  const SampleBook book = sample();
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(rows_text(drawdown_list(book.view(), row.filter).value(), {"amount"}) == row.amounts);
  }
  CHECK(drawdown_list(book.view(), {.grant = "T3"}).error().code == ErrorCode::unknown_id);
}

TEST_CASE("lists: entries have one row each") {
  const SampleBook book = sample();
  const Report entries = entry_list(book.store(), book.view(), range_of("2024-03")).value();
  CHECK(row_text(entries, 0, {"entry", "record", "date", "lines", "amount", "ref"}) ==
        "1 | 2 | 2024-03-02 | 2 | 50.00 | entry:1");
}

TEST_CASE("lists: periods are open, closed or reopened, and the earlier close stays visible") {
  SampleBook book = sample();
  const std::vector<std::string> columns{"period", "state", "closed_by", "reopened_by", "begin"};
  const Report closed = period_list(book.store(), book.view()).value();
  CHECK(rows_text(closed, columns) ==
        std::vector<std::string>{"2024-03 | closed | 5 | null | 2024-03-01T00:00:00Z",
                                 "2024-04 | open | null | null | 2024-04-01T00:00:00Z"});
  CHECK(cell(closed, 0, "trial_balance_hash").size() == 64);
  CHECK(cell(closed, 0, "end") == "2024-04-01T00:00:00Z");
  book.reopen("2024-03");
  const Report reopened = period_list(book.store(), book.view()).value();
  CHECK(row_text(reopened, 0, columns) ==
        "2024-03 | reopened | null | 7 | 2024-03-01T00:00:00Z");
  CHECK(reopened.notes == std::vector<std::string>{
                              "2024-03 was closed by record 5 and reopened by record 7"});
  // What the book knew before.
  CHECK(rows_text(period_list(book.store(), load_view(book.store(), 6)).value(), columns) ==
        rows_text(closed, columns));
  book.close("2024-03");
  CHECK(row_text(period_list(book.store(), book.view()).value(), 0, columns) ==
        "2024-03 | closed | 8 | null | 2024-03-01T00:00:00Z");
}

TEST_CASE("lists: an empty book lists nothing") {
  const SampleBook book;
  CHECK(investment_list(book.view()).value().rows.empty());
  CHECK(grant_list(book.view()).value().rows.empty());
  CHECK(drawdown_list(book.view(), {}).value().rows.empty());
  CHECK(period_list(book.store(), book.view()).value().rows.empty());
}
