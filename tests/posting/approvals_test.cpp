#include "accounting/posting/approvals.h"

#include <string>

#include <doctest/doctest.h>

#include "accounting/posting/books.h"
#include "ledger/proof/signing_key.h"

using namespace accrue;

namespace {

SigningKey key_of(const std::string& name, std::uint8_t seed) {
  KeyBytes bytes{};
  bytes.fill(seed);
  return SigningKey::from_seed(name, bytes).value();
}

const SigningKey bo = key_of("bo-2024", 1);
const SigningKey cy = key_of("cy-2024", 2);
const SigningKey stranger = key_of("stranger", 3);

Stamp stamp_at(std::int64_t seconds, const std::string& author) {
  Stamp stamp{Instant::parse("2024-05-01T00:00:00Z").value(), author, "because", {author, "host"}};
  stamp.now.microseconds += seconds * 1'000'000;
  return stamp;
}

Approver approver(const std::string& person, const SigningKey& key) {
  return {person, {person, "host"}, [key](std::string_view bytes) { return key.sign(bytes); }};
}

enum class Control { dual, single };

/// Records 1 to 3: the book, and keys of bo and cy, whom nobody had to approve.
Books book_of(Control control) {
  BookOpened opened{.name = "sample",
                    .book_id = "00112233445566778899aabbccddeeff",
                    .functional_currency = Currency::from_code("USD").value(),
                    .time_zone = "UTC",
                    .time_zone_data = TimeZone::data_version(),
                    .fiscal_start_month = 1,
                    .first_period = Period::of(2024, 4)};
  opened.dual_control = control == Control::dual;
  Books books =
      std::move(Books::create(Store::in_memory(), opened, stamp_at(0, "ana"))).value();
  REQUIRE(books.record(KeyRegistered{"bo", bo.verifier().text()}, stamp_at(1, "bo"), RunMode::write)
              .ok());
  REQUIRE(books.record(KeyRegistered{"cy", cy.verifier().text()}, stamp_at(2, "cy"), RunMode::write)
              .ok());
  return books;
}

Fact april() {
  PeriodClosed close;
  close.period = Period::of(2024, 4);
  return close;
}

/// Nothing where the book takes it.
std::optional<ErrorCode> outcome(Books& books, const Fact& fact, Stamp stamp, std::optional<Approver> second) {
  stamp.approver = std::move(second);
  const Result<Recorded> recorded = books.record(fact, stamp, RunMode::write);
  if (recorded.ok()) return std::nullopt;
  return recorded.error().code;
}

}  // namespace

TEST_CASE("approvals: under dual control a close needs another person's registered key") {
  struct Row {
    const char* why;
    const char* author;
    std::optional<Approver> second;
    std::optional<ErrorCode> refused;
  };
  Approver broken = approver("bo", bo);
  broken.sign = [](std::string_view bytes) { return bo.sign(std::string{bytes} + "!"); };
  Approver short_one = approver("bo", bo);
  short_one.sign = [](std::string_view) { return std::string{"short"}; };
  const Row rows[] = {
      {"nobody approved", "ana", std::nullopt, ErrorCode::approval_needed},
      {"the preparer did", "bo", approver("bo", bo), ErrorCode::own_approval},
      {"the preparer did, in other letters", "BO", approver("bo", bo), ErrorCode::own_approval},
      {"a person without a key", "ana", approver("dee", stranger), ErrorCode::key_unknown},
      {"a key of nobody", "ana", approver("bo", stranger), ErrorCode::signature_wrong},
      {"the key of another", "ana", approver("bo", cy), ErrorCode::signature_wrong},
      {"a signature over something else", "ana", broken, ErrorCode::signature_wrong},
      {"no signature at all", "ana", short_one, ErrorCode::signature_wrong},
      {"another person", "ana", approver("bo", bo), std::nullopt},
  };
  Books books = book_of(Control::dual);
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const std::int64_t before = books.state().record_count;
    CHECK(outcome(books, april(), stamp_at(3, row.author), row.second) == row.refused);
    CHECK(books.state().record_count == before + (row.refused ? 0 : 1));
  }
  const Record record = books.store().read_record(4);
  REQUIRE(record.approval.has_value());
  CHECK(record.author == "ana");
  CHECK(record.approval->person == "bo");
  CHECK(record.approval->identity == Identity{"bo", "host"});
}

TEST_CASE("approvals: which facts need a second person") {
  Books dual = book_of(Control::dual);
  Books single = book_of(Control::single);
  const EstimateChanged estimate{
      "T1", {ExpectedUnused::Measure::percent_of_face, Decimal{}}, Period::of(2024, 4)};
  struct Row {
    Fact fact;
    SecondPerson under_dual_control;
  };
  const Row rows[] = {
      {april(), SecondPerson::needed},
      {PeriodReopened{Period::of(2024, 4)}, SecondPerson::needed},
      {estimate, SecondPerson::needed},
      {KeyRegistered{"dee", ""}, SecondPerson::needed},
      {UsageImported{}, SecondPerson::not_needed},
      {RatesImported{}, SecondPerson::not_needed},
      {AttemptRefused{}, SecondPerson::not_needed},
  };
  for (const Row& row : rows) {
    CAPTURE(to_string(kind_of(row.fact)));
    CHECK(second_person(dual.state(), row.fact) == row.under_dual_control);
    CHECK(second_person(single.state(), row.fact) == SecondPerson::not_needed);
  }
}

TEST_CASE("approvals: two keys of one person are not two persons") {
  Books books = book_of(Control::dual);
  BookState one = books.state();
  one.keys[1].person = "bo";
  CHECK(second_person(one, KeyRegistered{"dee", ""}) == SecondPerson::not_needed);
  // Nobody brings in a key of their own once two persons hold one.
  const Fact third = KeyRegistered{"dee", stranger.verifier().text()};
  CHECK(outcome(books, third, stamp_at(3, "dee"), std::nullopt) == ErrorCode::approval_needed);
  CHECK(outcome(books, third, stamp_at(3, "dee"), approver("dee", stranger)) == ErrorCode::own_approval);
  CHECK(outcome(books, third, stamp_at(3, "eve"), approver("dee", stranger)) == ErrorCode::key_unknown);
  CHECK(outcome(books, third, stamp_at(3, "dee"), approver("bo", bo)) == std::nullopt);
}

TEST_CASE("approvals: a key is one person's, under whatever name it comes") {
  Books books = book_of(Control::dual);
  KeyBytes seed{};
  seed.fill(1);  // that of bo
  const SigningKey alias = SigningKey::from_seed("other-name", seed).value();
  const Result<Recorded> recorded =
      books.record(KeyRegistered{"ana", alias.verifier().text()}, stamp_at(3, "ana"),
                   RunMode::dry_run);
  REQUIRE_FALSE(recorded.ok());
  CHECK(recorded.error().code == ErrorCode::duplicate_id);
}

TEST_CASE("approvals: a dry run needs none, and the approver signs what stands then") {
  Books books = book_of(Control::dual);
  const Result<Recorded> planned = books.record(april(), stamp_at(3, "ana"), RunMode::dry_run);
  REQUIRE(planned.ok());
  CHECK(planned->record == 4);
  CHECK(books.state().record_count == 3);

  // What was signed for the book of three records does not pass for the same close in one of four.
  std::string signature;
  Approver once = approver("bo", bo);
  once.sign = [&](std::string_view bytes) { return signature = bo.sign(bytes); };
  Books other = book_of(Control::dual);
  CHECK(outcome(other, april(), stamp_at(3, "ana"), once) == std::nullopt);
  REQUIRE(books.record(AttemptRefused{}, stamp_at(3, "ana"), RunMode::write).ok());
  Approver again = once;
  again.sign = [&](std::string_view) { return signature; };
  CHECK(outcome(books, april(), stamp_at(3, "ana"), again) == ErrorCode::signature_wrong);
}

TEST_CASE("approvals: what was made for the book of then is refused when others wrote since") {
  Books books = book_of(Control::dual);
  Stamp stamp = stamp_at(3, "ana");
  stamp.after = 2;
  CHECK(outcome(books, april(), stamp, approver("bo", bo)) == ErrorCode::book_busy);
  stamp.after = 3;
  CHECK(outcome(books, april(), stamp, approver("bo", bo)) == std::nullopt);
}
