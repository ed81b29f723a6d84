#include "accounting/audit/earlier_evidence.h"

#include <doctest/doctest.h>

#include "accounting/audit/verify.h"
#include "tests/audit/audited_book.h"

namespace {

using namespace accrue;
using namespace accrue::testing;

KeptCheckpoint kept(const std::string& file, const std::string& bytes) {
  const SignedNote note = parse_note(bytes).value();
  return {file, note, parse_checkpoint(note.text).value()};
}

/// The checkpoints that a book keeps, as an auditor who was sent each would hold them.
std::vector<KeptCheckpoint> checkpoints_of(const Store& store) {
  std::vector<KeptCheckpoint> list;
  for (const HeldCheckpoint& held : load_state(store, store.record_count()).checkpoints) {
    list.push_back(kept(std::to_string(held.checkpoint.size) + ".note", to_string(held.note)));
  }
  return list;
}

KeptLeaves leaves_of(const Store& store, std::int64_t size) {
  KeptLeaves leaves{std::to_string(size) + ".leaves",
                    {origin_of_book("00112233445566778899aabbccddeeff"), {}}};
  for (std::int64_t i = 0; i < size; ++i) leaves.list.leaves.push_back(store.node({0, i}));
  return leaves;
}

AuditReport compared(const Store& book, const EarlierEvidence& evidence) {
  AuditReport report;
  compare_with_earlier(book, evidence, report);
  return report;
}

/// Record 8, usage of April: what lunar used costs 90.25 and not 100.25.
void less_usage(std::int64_t record, Fact& fact) {
  if (record != 8) return;
  auto& charges = std::get<UsageImported>(fact).delivery.charges;
  charges.front().amount = Decimal::parse("90.25").value();
}

}  // namespace

TEST_CASE("earlier evidence: an untouched book, grown since, is the same history") {
  const Books books = audited_book(Store::in_memory());
  const EarlierEvidence evidence{checkpoints_of(books.store()),
                                 {leaves_of(books.store(), 9), leaves_of(books.store(), 18)},
                                 {audited_key().verifier()},
                                 &books.store()};
  CHECK(evidence.checkpoints.size() == 2);
  const AuditReport report = compared(books.store(), evidence);
  CHECK(report.findings.empty());
  CHECK(verdict_of(report) == Verdict::ok);
}

// The attacker has the program, and even the key: every hash, entry and signature is made anew.
TEST_CASE("earlier evidence: a rewritten history verifies alone and fails against what was kept") {
  const Books before = audited_book(Store::in_memory());
  const Books after = audited_book(Store::in_memory(), Checkpoints::kept, less_usage);
  CHECK(verify(after.store(), {}).findings.empty());
  CHECK(before.store().root(7) == after.store().root(7));
  CHECK(before.store().root(8) != after.store().root(8));

  SUBCASE("a checkpoint alone says between which sizes the difference lies") {
    std::vector<KeptCheckpoint> checkpoints = checkpoints_of(before.store());
    const AuditReport report = compared(after.store(), {checkpoints, {}, {}, nullptr});
    CHECK(verdict_of(report) == Verdict::differs);
    REQUIRE(report.findings.size() == 2);
    CHECK(report.findings[0].what ==
          "checkpoint 9.note: another history, first differing in records 1 to 9");
    CHECK(report.findings[0].derived == "root " + to_hex(before.store().root(9)));
    CHECK(report.findings[0].stored == "root " + to_hex(after.store().root(9)));
  }
  SUBCASE("with the leaves that were kept beside it the first differing record is named") {
    const AuditReport report =
        compared(after.store(),
                 {checkpoints_of(before.store()), {leaves_of(before.store(), 9)}, {}, nullptr});
    REQUIRE(report.findings.size() == 3);
    CHECK(report.findings[0].record == 8);
    CHECK(report.findings[0].what == "leaves 9.leaves: the first record that differs");
    CHECK(report.findings[1].record == 8);
    CHECK(report.findings[1].what == "checkpoint 9.note: another history");
  }
  SUBCASE("against an older copy the record is named, and what of it differs") {
    const AuditReport report = compared(after.store(), {{}, {}, {}, &before.store()});
    REQUIRE(report.findings.size() >= 2);
    CHECK(report.findings[0].record == 8);
    CHECK(report.findings[0].what == "older book: the first record that differs");
    CHECK(report.findings[1].record == 8);
    CHECK(report.findings[1].what == "fact");
  }
}

TEST_CASE("earlier evidence: a later rewriting lies behind the checkpoint that still agrees") {
  const Books before = audited_book(Store::in_memory());
  const Books after =
      audited_book(Store::in_memory(), Checkpoints::kept, [](std::int64_t record, Fact& fact) {
        if (record == 13)
          std::get<EstimateChanged>(fact).expected_unused.value = Decimal::parse("20").value();
      });
  const AuditReport report =
      compared(after.store(), {checkpoints_of(before.store()), {}, {}, nullptr});
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].what ==
        "checkpoint 16.note: another history, first differing in records 10 to 16");
}

TEST_CASE("earlier evidence: a book shorter than what was kept is an older copy") {
  const Books whole = audited_book(Store::in_memory());
  Books shorter =
      Books::create(
          Store::in_memory(),
          std::get<BookOpened>(decode(RecordKind::book_opened, whole.store().read_record(1).fact)),
          {whole.store().read_record(1).recorded_at, "ada", "a new book"})
          .value();
  for (const char* what : {"checkpoint", "leaves", "older book"}) {
    CAPTURE(std::string{what});
    EarlierEvidence evidence;
    evidence.verifiers = {audited_key().verifier()};
    if (std::string{what} == "checkpoint") evidence.checkpoints = checkpoints_of(whole.store());
    if (std::string{what} == "leaves") evidence.leaf_lists = {leaves_of(whole.store(), 18)};
    if (std::string{what} == "older book") evidence.older_book = &whole.store();
    const AuditReport report = compared(shorter.store(), evidence);
    REQUIRE_FALSE(report.findings.empty());
    CHECK(report.findings[0].what.starts_with(what));
    CHECK(report.findings[0].what.ends_with("the book is an older copy"));
    CHECK(report.findings[0].stored == "1 record");
  }
}

TEST_CASE("earlier evidence: a signature that fails differs; one of a stranger is incomplete") {
  const Books books = audited_book(Store::in_memory());
  const std::string note = last_note(books.store());
  const SigningKey stranger = SigningKey::from_seed("stranger", KeyBytes{9}).value();
  const VerifierKey other =
      SigningKey::from_seed("ledger.example.com", KeyBytes{9}).value().verifier();

  std::string forged = note;
  forged.replace(forged.size() - 4, 1, forged[forged.size() - 4] == 'A' ? "B" : "A");
  AuditReport report = compared(books.store(), {{kept("a", forged)}, {}, {}, nullptr});
  CHECK(verdict_of(report) == Verdict::differs);
  CHECK(report.findings.at(0).what == "checkpoint a: signature");

  report = compared(books.store(), {{kept("a", note)}, {}, {other}, nullptr});
  CHECK(verdict_of(report) == Verdict::incomplete);
  CHECK(report.findings.at(0).stored.find("key 'ledger.example.com'") != std::string::npos);

  const SignedNote by_stranger = sign_note(parse_note(note).value().text, stranger);
  report = compared(books.store(), {{kept("a", to_string(by_stranger))}, {}, {}, nullptr});
  CHECK(verdict_of(report) == Verdict::incomplete);
  report = compared(books.store(),
                    {{kept("a", to_string(by_stranger))}, {}, {stranger.verifier()}, nullptr});
  CHECK(verdict_of(report) == Verdict::ok);
}

TEST_CASE("earlier evidence: of another book, and leaves that are not the checkpoint's") {
  const Books books = audited_book(Store::in_memory());
  KeptCheckpoint foreign = kept("a", last_note(books.store()));
  foreign.checkpoint.origin = "accrue/ff";
  AuditReport report = compared(books.store(), {{foreign}, {}, {}, nullptr});
  CHECK(report.findings.at(0).what == "checkpoint a: of another book");

  KeptLeaves wrong = leaves_of(books.store(), 9);
  wrong.list.leaves[3][0] ^= 1;
  report = compared(books.store(), {checkpoints_of(books.store()), {wrong}, {}, nullptr});
  CHECK(verdict_of(report) == Verdict::incomplete);
  CHECK(report.findings.at(0).stored ==
        "incomplete: leaves 9.leaves are not those of checkpoint 9.note");
}

TEST_CASE("earlier evidence: an attacker without the key cannot keep the checkpoints of the book") {
  const Books before = audited_book(Store::in_memory());
  // The notes that were signed, kept in the rewritten book: it does not take them.
  const std::string note = to_string(checkpoints_of(before.store())[0].note);
  Books after = audited_book(Store::in_memory(), Checkpoints::none, less_usage);
  const Result<Recorded> refused = after.record(
      CheckpointSigned{note}, {after.state().last_recorded_at, "eve", ""}, RunMode::write);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::checkpoint_differs);
}
