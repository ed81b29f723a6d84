#include "accounting/audit/single_draws.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

/// "record:position/number xN posting<-origin grant amount".
std::vector<std::string> shown(const std::vector<SingleDraw>& draws) {
  std::vector<std::string> rows;
  for (const SingleDraw& draw : draws) {
    rows.push_back(std::to_string(draw.first.record) + ":" +
                   std::to_string(draw.first.position) + "/" + std::to_string(draw.number) + " x" +
                   std::to_string(draw.charge_count) + " " + draw.posting_period.to_string() +
                   "<-" + draw.origin_period.to_string() + " " +
                   (draw.grant.empty() ? "cash" : draw.grant) + " " + draw.amount.to_string());
  }
  return rows;
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("single draws: a closed period as it was served, then what came late") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "12"});
  book.import_usage({{"lunar", "2024-03-05", "7"}, {"lunar", "2024-03-06", "1"}});
  book.close("2024-03");
  // Late and earlier in time than what is frozen: it gets what the frozen draws left.
  book.import_usage({{"lunar", "2024-03-02", "3"}, {"lunar", "2024-04-02", "5"}});
  const BookView view = book.view();
  CHECK(shown(single_draws(book.store(), view.state, range_of("2024-03"))) ==
        Rows{"3:1/1 x1 2024-03<-2024-03 T1 7", "3:2/1 x1 2024-03<-2024-03 T1 1"});
  CHECK(shown(single_draws(book.store(), view.state, range_of("2024-04"))) ==
        Rows{"5:1/1 x1 2024-04<-2024-03 T1 3", "5:2/1 x1 2024-04<-2024-04 T1 1",
             "5:2/2 x1 2024-04<-2024-04 cash 4"});
  book.close("2024-04");
  CHECK(shown(single_draws(book.store(), book.view().state, range_of("2024-03..2024-04"))) ==
        Rows{"3:1/1 x1 2024-03<-2024-03 T1 7", "3:2/1 x1 2024-03<-2024-03 T1 1",
             "5:1/1 x1 2024-04<-2024-03 T1 3", "5:2/1 x1 2024-04<-2024-04 T1 1",
             "5:2/2 x1 2024-04<-2024-04 cash 4"});
  CHECK(single_draws(book.store(), book.view().state, range_of("2024-05")).empty());
}

TEST_CASE("single draws: what a close found but did not cover is not of its period") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "12"});
  book.import_usage({{"lunar", "2024-03-05", "7"}, {"lunar", "2024-04-06", "1"}});
  book.close("2024-03");
  CHECK(shown(single_draws(book.store(), book.view().state, range_of("2024-03"))) ==
        Rows{"3:1/1 x1 2024-03<-2024-03 T1 7"});
  CHECK(shown(single_draws(book.store(), book.view().state, range_of("2024-04"))) ==
        Rows{"3:2/1 x1 2024-04<-2024-04 T1 1"});
}

TEST_CASE("single draws: charges of one instant and key are one sum, by its first charge") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "12"});
  book.import_usage({{"lunar", "2024-03-05", "7"}});
  book.import_usage({{"lunar", "2024-03-04", "2"}, {"lunar", "2024-03-05", "-3"}});
  CHECK(shown(single_draws(book.store(), book.view().state, range_of("2024-03"))) ==
        Rows{"4:1/1 x1 2024-03<-2024-03 T1 2", "3:1/1 x2 2024-03<-2024-03 T1 4"});
}

TEST_CASE("single draws: a refund takes back from each payer; one that found nothing is none") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "12"});
  book.import_usage({{"lunar", "2024-03-05", "15"},
                     {"lunar", "2024-03-06", "-5"},
                     {"lunar", "2024-03-07", "-4", "storage"}});
  CHECK(shown(single_draws(book.store(), book.view().state, range_of("2024-03"))) ==
        Rows{"3:1/1 x1 2024-03<-2024-03 T1 12", "3:1/2 x1 2024-03<-2024-03 cash 3",
             "3:2/1 x1 2024-03<-2024-03 cash -3", "3:2/2 x1 2024-03<-2024-03 T1 -2"});
}

TEST_CASE("single draws: a period that was reopened is served anew") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "5"});
  book.import_usage({{"lunar", "2024-03-05", "5"}});
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-02", "2"}});
  book.reopen("2024-03");
  CHECK(shown(single_draws(book.store(), book.view().state, range_of("2024-03"))) ==
        Rows{"5:1/1 x1 2024-03<-2024-03 T1 2", "3:1/1 x1 2024-03<-2024-03 T1 3",
             "3:1/2 x1 2024-03<-2024-03 cash 2"});
}
