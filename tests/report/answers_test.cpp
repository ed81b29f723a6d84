#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/exhaustion.h"
#include "accounting/report/reports.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

SampleBook sample() {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-04-01", .face = "12000"});
  book.import_usage({{"lunar", "2024-04-05", "1000"},
                     {"lunar", "2024-05-05", "2000"},
                     {"lunar", "2024-06-05", "3000"}});
  return book;
}

std::vector<std::string> answers(const SampleBook& book, std::string_view range) {
  const ReplayVerdict replay{.ok = true, .records = 3, .root = "ab12"};
  return rows_text(
      answers_report(book.view(), range_of(range), OriginView::as_reported, {}, replay).value(),
      {"figure"});
}

}  // namespace

TEST_CASE("answers: one page, each line with its figure") {
  SampleBook book = sample();
  CHECK(answers(book, "2024-Q2") ==
        std::vector<std::string>{
            "12,000.00 USD of credits: 100.00% of 12,000.00 USD; transaction price 12,000.00 USD",
            "used 6,000.00 USD (50.00% of 12,000.00 USD), left 6,000.00 USD",
            "6,000.00 USD: paid with credits 6,000.00 USD, paid in cash 0.00 USD",
            "cannot be said: the book holds no segment revenue to measure growth on",
            // 2,000 a month: used up after three.
            "used up in 2024-09; left 6,000.00 USD, drawn 2,000.00 USD a month on average of the "
            "last 3 months",
            "yes: 3 records, root ab12"});
  book.import_segment("cloud", "A", "2024-Q2", "56000");
  book.import_segment("cloud", "A", "2023-Q2", "50000");
  book.import_base("lunar", "cloud", "2023-Q2", "1000");
  // 50,000 against 49,000; 5,000/50,000.
  CHECK(answers(book, "2024-Q2")[3] ==
        "no: 2.04% without them, 12.00% with them; they brought 10.00 points of it");
}

TEST_CASE("answers: every line has its command and a ref") {
  const SampleBook book = sample();
  const Report report = answers_report(book.view(), range_of("2024-Q2"), OriginView::as_reported,
                                       {}, {.ok = false, .records = 3, .root = "ab12"})
                            .value();
  CHECK(rows_text(report, {"line", "command", "ref"}) ==
        std::vector<std::string>{
            "1 | accrue investment show lunar-deal-T1 | answers:2024-Q2:stake:lunar-deal-T1",
            "2 | accrue report rollforward 2024-Q2 | answers:2024-Q2:used:lunar-deal-T1",
            "3 | accrue report period 2024-Q2 | answers:2024-Q2:revenue",
            "4 | accrue report growth 2024-Q2 | answers:2024-Q2:growth",
            "5 | accrue grant list | answers:2024-Q2:exhaustion:lunar:USD",
            "6 | accrue audit replay | answers:2024-Q2:replay"});
  CHECK(cell(report, 5, "figure") == "NO: 3 records, root ab12");
  CHECK(broken_checks(report).empty());
}

TEST_CASE("exhaustion: what expires first is said, and the average knows a late start") {
  struct Row {
    const char* why;
    std::vector<DealLine> deals;
    std::vector<Use> uses;
    const char* figure;
  };
  const DealLine early{"T1", "a", "2024-04-01", "100", "2024-08-01"};
  const DealLine later{"T2", "a", "2024-04-01", "100"};
  const Row rows[] = {
      {"40 left after June, 20 a month: July leaves 20",
       {early},
       {{"a", "2024-04-05", "40"}, {"a", "2024-06-05", "20"}},
       "T1 expires in 2024-07, before it is used up, with 20.00 USD left; left 40.00 USD, drawn "
       "20.00 USD a month on average of the last 3 months"},
      {"the other is used up after the first expired",
       {early, later},
       {{"a", "2024-04-05", "60"}},
       "T1 expires in 2024-07, before it is used up, with 20.00 USD left; the rest is used up in "
       "2024-12; left 140.00 USD, drawn 20.00 USD a month on average of the last 3 months"},
      {"a first draw in June is no average of three months",
       {later},
       {{"a", "2024-06-05", "50"}},
       "used up in 2024-07; left 50.00 USD, drawn 50.00 USD a month on average of the last month"},
      {"without draws nothing runs out",
       {later},
       {},
       "not at this rate; left 100.00 USD, drawn 0.00 USD a month on average of the last month"},
      {"all is drawn", {later}, {{"a", "2024-06-05", "100"}}, "nothing is left to draw"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    SampleBook book{"2024-04"};
    for (const DealLine& deal : row.deals) book.add_deal(deal);
    if (!row.uses.empty()) book.import_usage(row.uses);
    const std::vector<std::string> page = answers(book, "2024-Q2");
    CHECK(page[page.size() - 2] == row.figure);
  }
}

TEST_CASE("answers: by origin the page counts what belongs to the range, and says so") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "100"});
  book.import_usage({{"lunar", "2024-03-05", "10"}});
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-20", "5"}, {"lunar", "2024-04-02", "20"}});
  const ReplayVerdict replay{.ok = true, .records = 4, .root = "ab12"};
  const auto march = [&](OriginView by) {
    return answers_report(book.view(), range_of("2024-03"), by, {}, replay).value();
  };
  const Report reported = march(OriginView::as_reported);
  const Report origin = march(OriginView::by_origin);
  CHECK(cell(reported, 1, "figure") == "used 10.00 USD (10.00% of 100.00 USD), left 90.00 USD");
  CHECK(cell(origin, 1, "figure") == "used 15.00 USD (15.00% of 100.00 USD), left 85.00 USD");
  CHECK(cell(reported, 2, "figure") ==
        "10.00 USD: paid with credits 10.00 USD, paid in cash 0.00 USD");
  CHECK(cell(origin, 2, "figure") ==
        "15.00 USD: paid with credits 15.00 USD, paid in cash 0.00 USD");
  // 90 left at 10 a month, 85 left at 15.
  CHECK(cell(reported, 4, "figure").starts_with("used up in 2024-12; left 90.00 USD"));
  CHECK(cell(origin, 4, "figure").starts_with("used up in 2024-09; left 85.00 USD"));
  CHECK(cell(origin, 1, "command") == "accrue report rollforward 2024-03 --by-origin");
  CHECK(cell(origin, 2, "command") == "accrue report period 2024-03 --by-origin");
  CHECK(cell(origin, 3, "command") == "accrue report growth 2024-03 --by-origin");
  CHECK(cell(origin, 2, "ref") == "answers/by-origin:2024-03:revenue");
  CHECK(origin.notes.size() == 1);
  CHECK(broken_checks(origin).empty());
}
