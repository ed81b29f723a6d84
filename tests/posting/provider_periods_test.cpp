#include "accounting/posting/provider_periods.h"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace accrue;

namespace {

using Status = ProviderPeriod::Status;

Period month(const char* text) { return Period::parse(text).value(); }

/// A book that begins in April 2024 with April closed, so that May is the first open month.
BookState book() {
  BookState state{{"Test", "id", Currency::from_code("USD").value(), "UTC", "", 1, {}, {}},
                  TimeZone::named("UTC").value(),
                  {}};
  state.first_period = month("2024-04");
  state.closes.push_back({2, month("2024-04")});
  return state;
}

ProviderPeriod row(const char* issuer, const char* period, Status status,
                   std::optional<const char*> updated = std::nullopt) {
  ProviderPeriod made{issuer, month(period), {}, {}, status, {}};
  if (updated) made.updated_at = Instant::parse(*updated).value();
  return made;
}

void hold(BookState& state, const ProviderPeriod& held) {
  state.provider_periods.insert_or_assign({held.issuer, held.period}, held);
}

std::vector<std::string> names(const std::vector<ProviderPeriod>& rows) {
  std::vector<std::string> all;
  for (const ProviderPeriod& each : rows) all.push_back(each.issuer + " " + each.period.to_string());
  return all;
}

std::vector<std::string> codes(const std::vector<Warning>& warnings) {
  std::vector<std::string> all;
  for (const Warning& warning : warnings) all.push_back(warning.code);
  return all;
}

}  // namespace

TEST_CASE("provider periods: what the provider closed and the book holds open, by month") {
  BookState state = book();
  for (const char* period : {"2024-03", "2024-04", "2024-05", "2024-06"}) {
    hold(state, row("Acme", period, Status::closed));
  }
  hold(state, row("Zeta", "2024-05", Status::closed));
  hold(state, row("Beta", "2024-05", Status::open));
  CHECK(names(closed_by_provider(state)) ==
        std::vector<std::string>{"Acme 2024-05", "Zeta 2024-05", "Acme 2024-06"});
}

TEST_CASE("provider periods: how the book holds a month") {
  BookState state = book();
  CHECK(book_side_of(month("2024-03"), state) == BookSide::before_book);
  CHECK(book_side_of(month("2024-04"), state) == BookSide::closed);
  CHECK(book_side_of(month("2024-05"), state) == BookSide::open);

  // A book without a close begins where its first fact posts; without one it holds no month.
  state.closes.clear();
  CHECK(book_side_of(month("2024-03"), state) == BookSide::before_book);
  CHECK(book_side_of(month("2024-04"), state) == BookSide::open);
  state.first_period.reset();
  CHECK(book_side_of(month("2024-04"), state) == BookSide::before_book);
  state.earliest = month("2024-02");
  CHECK(book_side_of(month("2024-01"), state) == BookSide::before_book);
  CHECK(book_side_of(month("2024-02"), state) == BookSide::open);
}

TEST_CASE("provider periods: a close is warned of the bills of its month that are still open") {
  BookState state = book();
  hold(state, row("Acme", "2024-05", Status::open));
  hold(state, row("Beta", "2024-05", Status::closed));
  hold(state, row("Zeta", "2024-05", Status::open));
  hold(state, row("Acme", "2024-06", Status::open));
  CHECK(names(open_at_provider(state, month("2024-05"))) ==
        std::vector<std::string>{"Acme 2024-05", "Zeta 2024-05"});
  CHECK(open_at_provider(state, month("2024-04")).empty());
}

TEST_CASE("provider periods: a warning names the issuer, the month and when it was said") {
  const Warning closed =
      warning_of(row("Acme", "2024-05", Status::closed, "2024-06-04T09:30:00Z"));
  CHECK(closed.code == "provider_closed");
  CHECK(closed.message == "Acme's bill of 2024-05 is Closed, and the book holds the month open, "
                          "updated 2024-06-04T09:30:00Z");
  const Warning open = warning_of(row("Acme", "2024-05", Status::open));
  CHECK(open.code == "provider_open");
  CHECK(open.message ==
        "Acme's bill of 2024-05 is still Open: usage of the month may yet come");
}

TEST_CASE("provider periods: what a file says that the book does not hold yet") {
  const char* const before = "2024-06-01T00:00:00Z";
  const char* const after = "2024-06-02T00:00:00Z";
  struct Case {
    const char* why;
    std::optional<ProviderPeriod> held;
    ProviderPeriod said;
    std::size_t row_count;
    std::vector<std::string> codes;
  };
  const Case cases[] = {
      {"the first word", std::nullopt, row("Acme", "2024-05", Status::open), 1, {}},
      {"the same again", row("Acme", "2024-05", Status::open, before),
       row("Acme", "2024-05", Status::open, before), 0, {}},
      {"the same of another issuer", row("Acme", "2024-05", Status::open, before),
       row("Beta", "2024-05", Status::open, before), 1, {}},
      {"closed now", row("Acme", "2024-05", Status::open, before),
       row("Acme", "2024-05", Status::closed, after), 1, {}},
      {"open again", row("Acme", "2024-05", Status::closed, before),
       row("Acme", "2024-05", Status::open, after), 1, {"provider_reopened"}},
      {"open again, and no one says when", row("Acme", "2024-05", Status::closed),
       row("Acme", "2024-05", Status::open), 1, {"provider_reopened"}},
      {"an older word is left out", row("Acme", "2024-05", Status::closed, after),
       row("Acme", "2024-05", Status::open, before), 0, {"provider_older"}},
      {"a word without a time is the later one", row("Acme", "2024-05", Status::open, after),
       row("Acme", "2024-05", Status::closed), 1, {}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.why);
    BookState state = book();
    if (each.held) hold(state, *each.held);
    const ProviderNews news = news_of({each.said}, state);
    CHECK(news.rows.size() == each.row_count);
    CHECK(codes(news.warnings) == each.codes);
  }
}

TEST_CASE("provider periods: one new row brings its file along, and an older row stays out") {
  BookState state = book();
  const ProviderPeriod same = row("Acme", "2024-04", Status::closed, "2024-05-05T00:00:00Z");
  hold(state, same);
  hold(state, row("Acme", "2024-05", Status::closed, "2024-06-05T00:00:00Z"));
  const ProviderNews news = news_of({same, row("Acme", "2024-05", Status::open, "2024-06-04"),
                                     row("Acme", "2024-06", Status::open)},
                                    state);
  CHECK(names(news.rows) == std::vector<std::string>{"Acme 2024-04", "Acme 2024-06"});
  REQUIRE(codes(news.warnings) == std::vector<std::string>{"provider_older"});
  CHECK(news.warnings.front().message ==
        "the file's word on Acme's bill of 2024-05 is left out, updated 2024-06-04T00:00:00Z; the "
        "book holds a later one, updated 2024-06-05T00:00:00Z");
}

TEST_CASE("provider periods: going back to open names both") {
  BookState state = book();
  hold(state, row("Acme", "2024-05", Status::closed, "2024-06-05T00:00:00Z"));
  const ProviderNews news =
      news_of({row("Acme", "2024-05", Status::open, "2024-06-09T00:00:00Z")}, state);
  REQUIRE(news.warnings.size() == 1);
  CHECK(news.warnings.front().message ==
        "Acme's bill of 2024-05 was Closed, updated 2024-06-05T00:00:00Z, and is Open now, updated "
        "2024-06-09T00:00:00Z: FOCUS has that only where the customer asked for it");
}
