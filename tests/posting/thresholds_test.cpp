#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/posting/record_draws.h"
#include "accounting/posting/thresholds.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using List = std::vector<std::string>;

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }
Instant instant(std::string_view text) { return Instant::parse(text).value(); }

List codes(const std::vector<Notice>& notices) {
  List list;
  for (const Notice& notice : notices) list.push_back(notice.grant + " " + notice.code);
  return list;
}

/// T1 of 1,000 expires on 2025-04-01, T2 of 10 never.
SampleBook two_grants() {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T2", .investee = "nova", .signed_on = "2024-04-01", .face = "10"});
  book.add_deal({.id = "T1",
                 .investee = "lunar",
                 .signed_on = "2024-04-01",
                 .face = "1000",
                 .expires_on = "2025-04-01"});
  return book;
}

}  // namespace

TEST_CASE("thresholds: the highest that was not reached before is crossed") {
  struct Row {
    const char* before;
    const char* after;
    const char* code;  ///< empty: none
  };
  const Row rows[] = {
      {"0", "499.99", ""},
      {"499.99", "500", "50"},
      {"0", "799.999999", "50"},
      {"0", "800", "80"},
      {"500", "799", ""},
      {"500", "800", "80"},
      {"899.99", "900", "90"},
      {"900", "999.99", ""},
      {"999.99", "1000", "100"},
      {"0", "1000", "100"},
      {"1000", "1000", ""},
      {"950", "850", ""},  // a refund
      {"850", "950", "90"},
      {"950", "0", ""},
  };
  const BookState state = two_grants().view().state;
  for (const Row& row : rows) {
    CAPTURE(row.before);
    CAPTURE(row.after);
    const List expected =
        *row.code == '\0' ? List{} : List{"T1 grant_" + std::string{row.code} + "_percent_drawn"};
    CHECK(codes(crossings(state, {{"T1", decimal(row.before)}}, {{"T1", decimal(row.after)}})) ==
          expected);
  }
}

TEST_CASE("thresholds: a notice has its figures, and notices stand in order of grant") {
  const BookState state = two_grants().view().state;
  const std::vector<Notice> notices =
      reached(state, {{"T2", decimal("5")}, {"T1", decimal("812.505")}});
  CHECK(codes(notices) == List{"T1 grant_80_percent_drawn", "T2 grant_50_percent_drawn"});
  CHECK(notices[0].message ==
        "grant T1 of lunar is 81.25% drawn: 812.505 of 1000.00 USD, 187.495 left");
  CHECK(notices[0].percent == 80);
  CHECK(notices[0].left() == decimal("187.495"));
  CHECK(notices[0].expires_on == Date::of(2025, 4, 1));
  CHECK(notices[1].investee == "nova");
  CHECK_FALSE(notices[1].expires_on);
}

TEST_CASE("thresholds: an expiry is near from so many days before it, while face is left") {
  struct Row {
    const char* now;
    const char* drawn;
    std::int64_t within_days;
    bool near;
  };
  const Row rows[] = {
      {"2025-03-01T23:59:59Z", "0", 30, false},
      {"2025-03-02T00:00:00Z", "0", 30, true},
      {"2025-03-02T00:00:00Z", "0", 29, false},
      {"2025-03-31T23:59:59Z", "999.99", 30, true},
      {"2025-03-31T23:59:59Z", "1000", 30, false},
      {"2025-04-01T00:00:00Z", "0", 30, false},
      {"2024-04-01T00:00:00Z", "0", 365, true},
  };
  const BookState state = two_grants().view().state;
  for (const Row& row : rows) {
    CAPTURE(row.now);
    CAPTURE(row.drawn);
    const List expected = row.near ? List{"T1 grant_expires_soon"} : List{};
    CHECK(codes(expiring(state, {{"T1", decimal(row.drawn)}}, instant(row.now),
                         row.within_days)) == expected);
  }
  CHECK(expiring(state, {{"T1", decimal("100")}}, instant("2025-03-31T00:00:00Z"), 30)[0].message ==
        "grant T1 of lunar expires on 2025-04-01, in 1 day, with 900.00 of 1000.00 USD left");
}

TEST_CASE("thresholds: what came near its expiry is told of once, what passed it too") {
  const BookState state = two_grants().view().state;  // T1 came with record 3
  const Instant far = instant("2025-02-01T00:00:00Z");
  const Instant near = instant("2025-03-10T00:00:00Z");
  const Instant nearer = instant("2025-03-20T00:00:00Z");
  const Instant past = instant("2025-05-01T00:00:00Z");
  const auto came = [&](std::optional<Instant> before, std::optional<Instant> now,
                        std::int64_t record = 9) {
    return codes(came_near_expiry(state, {}, record, before, now));
  };
  CHECK(came(far, near) == List{"T1 grant_expires_soon"});
  CHECK(came(std::nullopt, near) == List{"T1 grant_expires_soon"});
  CHECK(came(near, nearer).empty());
  CHECK(came(far, far).empty());
  CHECK(came(far, past) == List{"T1 grant_expired"});
  CHECK(came(near, past).empty());
  CHECK(came(std::nullopt, std::nullopt).empty());
  // The record that brought the grant tells of it, whatever the time before.
  CHECK(came(near, near, 3) == List{"T1 grant_expires_soon"});
  CHECK(codes(came_near_expiry(state, {{"T1", decimal("1000")}}, 9, far, near)).empty());
}

TEST_CASE("thresholds: the book's time is its latest charge or the end of its last close") {
  SampleBook book = two_grants();
  const auto time_at = [&](std::int64_t records) {
    const std::optional<Instant> time =
        book_time(book.store(), load_state(book.store(), records));
    return time ? time->to_string() : "none";
  };
  book.import_usage({{"lunar", "2024-04-05", "800"}, {"lunar", "2024-04-20", "1"}});  // record 4
  book.import_usage({{"lunar", "2024-04-07", "1"}});
  book.close("2024-04");
  book.import_usage({{"lunar", "2024-04-30", "1"}});
  book.import_usage({{"lunar", "2024-06-02", "1"}});
  book.reopen("2024-04");
  CHECK(time_at(3) == "none");
  CHECK(time_at(4) == "2024-04-20T12:00:00Z");
  CHECK(time_at(5) == "2024-04-20T12:00:00Z");
  CHECK(time_at(6) == "2024-05-01T00:00:00Z");
  CHECK(time_at(7) == "2024-05-01T00:00:00Z");
  CHECK(time_at(8) == "2024-06-02T12:00:00Z");
  CHECK(time_at(9) == "2024-06-02T12:00:00Z");
  CHECK(drawn_in(book.view()).at("T1") == decimal("804"));
}

TEST_CASE("thresholds: what a record drew is what its coming changed, whatever came later") {
  SampleBook book = two_grants();
  book.import_usage({{"nova", "2024-04-10", "8"}});                            // record 4
  book.import_usage({{"nova", "2024-04-05", "6"}, {"lunar", "2024-04-05", "3"}});
  book.close("2024-04");
  book.import_usage({{"nova", "2024-04-05", "-1"}});  // record 7
  const auto drew = [&](std::int64_t record, const std::string& grant) {
    Decimal sum;
    for (const auto& [key, amount] : draws_of_record(book.store(), record)) {
      if (key.grant == grant) sum += amount;
    }
    return sum.to_string();
  };
  CHECK(drew(4, "T2") == "8");
  // Of the 10 the earlier 6 take first; 4 are left for the 8: 2 more in all, and 4 are cash.
  CHECK(drew(5, "T2") == "2");
  CHECK(drew(5, "") == "4");
  CHECK(drew(5, "T1") == "3");
  CHECK(draws_of_record(book.store(), 6).empty());
  // The refund takes back cash-funded usage first.
  CHECK(drew(7, "") == "-1");
  CHECK(drew(7, "T2") == "0");
}
