#include "accounting/posting/checkpoints.h"

#include <doctest/doctest.h>

#include "ledger/proof/checkpoint.h"
#include "ledger/proof/signed_note.h"
#include "tests/audit/audited_book.h"

namespace {

using namespace accrue;
using accrue::testing::audited_book;
using accrue::testing::audited_key;
using accrue::testing::last_note;

Result<Recorded> keep(Books& books, const std::string& note, RunMode mode = RunMode::write) {
  return books.record(CheckpointSigned{note}, {books.state().last_recorded_at, "ada", ""}, mode);
}

Checkpoint head_of(const Books& books) {
  const std::int64_t size = books.store().record_count();
  return {origin_of_book(books.state().opened.book_id), size, books.store().root(size)};
}

std::string signed_by(const SigningKey& key, const Checkpoint& checkpoint) {
  return to_string(sign_note(to_string(checkpoint), key));
}

}  // namespace

TEST_CASE("checkpoints: the head that is signed is that of the book, and the book keeps it") {
  Books books = audited_book(Store::in_memory());
  const CheckpointSigned fact = sign_head(books.store(), books.state(), audited_key()).value();
  CHECK(fact.note == signed_by(audited_key(), head_of(books)));
  const Recorded recorded = keep(books, fact.note).value();
  CHECK(recorded.entries.empty());
  const HeldCheckpoint* const held = books.state().find_checkpoint(recorded.record);
  REQUIRE(held != nullptr);
  CHECK(held->checkpoint.size == recorded.record - 1);
  CHECK(to_string(held->note) == fact.note);
  CHECK(last_note(books.store()) == fact.note);
  CHECK(books.state().find_checkpoint(recorded.record - 1) == nullptr);
}

TEST_CASE("checkpoints: of an earlier size too, but not of the record itself or beyond") {
  Books books = audited_book(Store::in_memory());
  Checkpoint checkpoint = head_of(books);
  checkpoint.size = 5;
  checkpoint.root = books.store().root(5);
  CHECK(keep(books, signed_by(audited_key(), checkpoint)).ok());
  for (const std::int64_t size : {std::int64_t{0}, books.store().record_count() + 1}) {
    CAPTURE(size);
    checkpoint.size = size;
    const Result<Recorded> refused = keep(books, signed_by(audited_key(), checkpoint));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::checkpoint_differs);
  }
}

TEST_CASE("checkpoints: what is not signed, of another book, or over other records is refused") {
  Books books = audited_book(Store::in_memory());
  const std::int64_t count = books.store().record_count();
  const SigningKey stranger = SigningKey::from_seed("stranger", KeyBytes{9}).value();
  Checkpoint foreign = head_of(books);
  foreign.origin = "accrue/ff";
  Checkpoint altered = head_of(books);
  altered.root[0] ^= 1;
  std::string forged = signed_by(audited_key(), head_of(books));
  const std::size_t last = forged.size() - 4;
  forged[last] = forged[last] == 'A' ? 'B' : 'A';
  struct Row {
    const char* why;
    std::string note;
    ErrorCode code;
  };
  const Row rows[] = {
      {"a key the book has not registered", signed_by(stranger, head_of(books)),
       ErrorCode::key_unknown},
      {"a signature that fails", forged, ErrorCode::signature_wrong},
      {"another book", signed_by(audited_key(), foreign), ErrorCode::checkpoint_differs},
      {"another root", signed_by(audited_key(), altered), ErrorCode::checkpoint_differs},
      {"no note", "note", ErrorCode::bad_note},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string{row.why});
    const Result<Recorded> refused = keep(books, row.note);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == row.code);
    CHECK(books.store().record_count() == count);
    CHECK(books.state().checkpoints.size() == 2);
  }
  // A replay of an altered book keeps one over other records, for the audit to name.
  CHECK(keep(books, signed_by(audited_key(), altered), RunMode::replay).ok());
  CHECK_FALSE(sign_head(books.store(), books.state(), stranger).ok());
}

TEST_CASE("checkpoints: a key is registered once, under its name and id") {
  Books books = audited_book(Store::in_memory());
  const auto add = [&](const std::string& person, const std::string& key) {
    return books.record(KeyRegistered{person, key}, {books.state().last_recorded_at, "ada", ""},
                        RunMode::write);
  };
  CHECK(add("bob", audited_key().verifier().text()).error().code == ErrorCode::duplicate_id);
  CHECK(add("bob", "bob+00000000+AAAA").error().code == ErrorCode::bad_key);
  const VerifierKey second =
      SigningKey::from_seed("ledger.example.com", KeyBytes{8}).value().verifier();
  REQUIRE(add("bob", second.text()).ok());
  REQUIRE(books.state().keys.size() == 2);
  CHECK(books.state().keys[0].person == "ada");
  CHECK(books.state().keys[1].person == "bob");
  CHECK(books.state().keys[1].key == second);
}

TEST_CASE("checkpoints: a time stamp is of a checkpoint, and over its very bytes") {
  Books books = audited_book(Store::in_memory());
  const auto attach = [&](std::int64_t record) {
    return books
        .record(TimestampAttached{record, "no response"},
                {books.state().last_recorded_at, "ada", ""}, RunMode::write)
        .error()
        .code;
  };
  CHECK(attach(8) == ErrorCode::unknown_id);
  CHECK(attach(10) == ErrorCode::timestamp_refused);
  CHECK(books.state().time_stamps.empty());
}
