// Keys, checkpoints, proofs and what verify says of them, as a person meets them.

#include <filesystem>
#include <fstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "ledger/proof/checkpoint.h"
#include "ledger/proof/signed_note.h"
#include "ledger/proof/tree_proof.h"
#include "tests/cli/program.h"
#include "tests/proof/stamping_authority.h"

namespace {

using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::StampingAuthority;
using accrue_test::usage_row;
using nlohmann::json;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The key of the documentation of golang.org/x/mod/sumdb/note: no test makes a new one.
constexpr const char* private_key =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n";
constexpr const char* public_key =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

/// A book of three records that knows the key in `ledger.key`: init, a deal, the key.
void make_signed_book(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  scratch.write("ledger.key", private_key);
  const Run run = scratch.run(std::string{"key register "} + public_key +
                              " --person ada --now 2024-04-02T00:00:00Z");
  REQUIRE_MESSAGE(run.status == 0, run.err);
}

Run must_run(const Scratch& scratch, const std::string& words, const std::string& settings = {}) {
  Run run = scratch.run(words, settings);
  REQUIRE_MESSAGE(run.status == 0, words, "\n", run.err);
  return run;
}

accrue::Digest digest_of(const std::string& hex) {
  accrue::Digest digest;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<std::uint8_t>(std::stoi(hex.substr(i * 2, 2), nullptr, 16));
  }
  return digest;
}

std::vector<accrue::Digest> path_of(const json& object) {
  std::vector<accrue::Digest> path;
  for (const json& hash : object["path"]) path.push_back(digest_of(hash.get<std::string>()));
  return path;
}

std::string line_of(const std::string& text, const std::string& begin) {
  const std::size_t at = text.find(begin);
  return at == std::string::npos ? "" : text.substr(at, text.find('\n', at) - at);
}

}  // namespace

TEST_CASE("keygen: a private file that only its owner reads, a public one, nothing overwritten") {
  const Scratch scratch;
  const Run made = must_run(scratch, "keygen new.key --name ledger.example.com -f json");
  const std::string key = json::parse(made.out)["rows"][0]["verifier_key"];
  CHECK(key.starts_with("ledger.example.com+"));
  CHECK(scratch.read("new.key.pub") == key + "\n");
  CHECK(scratch.read("new.key").starts_with("PRIVATE+KEY+ledger.example.com+"));
  CHECK_FALSE(has(made.out + made.err, scratch.read("new.key").substr(45)));
  struct stat file = {};
  REQUIRE(::stat((scratch.folder() / "new.key").c_str(), &file) == 0);
  CHECK((file.st_mode & 0777) == 0600);

  const std::string before = scratch.read("new.key");
  CHECK(scratch.run("keygen new.key --name again").status == 1);
  std::filesystem::remove(scratch.folder() / "new.key.pub");
  CHECK(has(scratch.run("keygen new.key --name again").err, "a key is never overwritten"));
  CHECK(scratch.read("new.key") == before);
  must_run(scratch, "keygen other.key --name ledger.example.com");
  CHECK(scratch.read("other.key") != before);
  CHECK(scratch.run("keygen third.key --name 'a b'").status == 3);
  CHECK_FALSE(scratch.has("third.key"));
}

TEST_CASE("checkpoint: signed, kept in the book, and what the tools of others would verify") {
  const Scratch scratch;
  make_signed_book(scratch);
  must_run(scratch, "audit checkpoint --key ledger.key -o a.note --now 2024-04-03T00:00:00Z");
  const std::string bytes = scratch.read("a.note");
  const accrue::SignedNote note = accrue::parse_note(bytes).value();
  const accrue::VerifierKey known[] = {accrue::VerifierKey::parse(public_key).value()};
  CHECK(accrue::check_note(note, known) == accrue::NoteCheck::signed_by_known);
  const accrue::Checkpoint checkpoint = accrue::parse_checkpoint(note.text).value();
  CHECK(checkpoint.size == 3);
  const json status = json::parse(must_run(scratch, "status --as-of 3 -f json").out);
  CHECK(accrue::to_hex(checkpoint.root) == status["as_of"]["root"]);
  CHECK(checkpoint.origin == "accrue/" + status["book"].get<std::string>());

  CHECK(must_run(scratch, "audit checkpoint --record 4").out == bytes);
  const json rows = json::parse(must_run(scratch, "audit checkpoints -f json").out)["rows"];
  REQUIRE(rows.size() == 1);
  CHECK(rows[0]["record"] == 4);
  CHECK(rows[0]["records"] == 3);
  CHECK(rows[0]["key"] == "PeterNeumann");
  CHECK(rows[0]["stamped_at"].is_null());
  CHECK(json::parse(must_run(scratch, "key list -f json").out)["rows"][0]["person"] == "ada");
}

TEST_CASE("checkpoint: status says how long ago the last one left, and what came since") {
  const Scratch scratch;
  make_signed_book(scratch);
  CHECK(has(line_of(must_run(scratch, "status").out, "last_checkpoint"), "none has left the book"));
  must_run(scratch, "audit checkpoint --key ledger.key --now 2024-04-03T00:00:00Z");
  CHECK(has(line_of(must_run(scratch, "status --now 2024-04-03T23:59:59Z").out, "last_checkpoint"),
            "over 3 records, left 2024-04-03T00:00:00Z: 0 days ago, 0 records since"));
  must_run(scratch, "estimate T1 breakage 5% --reason x --now 2024-04-05T00:00:00Z");
  CHECK(has(line_of(must_run(scratch, "status --now 2024-04-13T00:00:00Z").out, "last_checkpoint"),
            "10 days ago, 1 records since"));
}

TEST_CASE("checkpoint: what cannot be signed leaves no record") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("ledger.key", private_key);
  CHECK(has(scratch.run("audit checkpoint --key ledger.key").err, "error[key_unknown]"));
  must_run(scratch, std::string{"key register "} + public_key + " --person ada");
  CHECK(has(scratch.run(std::string{"key register "} + public_key + " --person bob").err,
            "error[duplicate_id]"));
  CHECK(has(scratch.run("audit checkpoint").err, "error[usage]"));
  CHECK(has(scratch.run("audit checkpoint --key none").err, "error[file_unreadable]"));
  scratch.write("wrong.key", public_key);
  CHECK(has(scratch.run("audit checkpoint --key wrong.key").err, "error[bad_key]"));
  CHECK(must_run(scratch, "audit checkpoint --key ledger.key --dry-run").out.empty());
  CHECK(json::parse(must_run(scratch, "status -f json").out)["as_of"]["records"] == 3);
}

TEST_CASE("checkpoint: each close signs one when a key is given, beside the book") {
  const Scratch scratch;
  make_signed_book(scratch);
  const Run closed = must_run(scratch, "close 2024-05 --through --now 2024-06-01T00:00:00Z",
                              "ACCRUE_KEY=ledger.key");
  CHECK(has(closed.out, "book.accrue.checkpoints/2024-04-4.note"));
  for (const char* stem : {"2024-04-4", "2024-05-6"}) {
    CAPTURE(std::string{stem});
    const std::string file = std::string{"book.accrue.checkpoints/"} + stem;
    CHECK(scratch.has(file + ".leaves"));
    CHECK(must_run(scratch, "audit verify -q --checkpoint " + file + ".note --leaves " + file +
                                ".leaves --verifier " + public_key)
              .status == 0);
  }
  scratch.write("stranger.key", private_key);
  const Run refused = scratch.run("-b other.accrue close 2024-04 --key stranger.key");
  CHECK(refused.status == 4);
  // A key that the book does not know stops the close before it is one.
  const Scratch other;
  accrue_test::make_book(other);
  other.write("ledger.key", private_key);
  CHECK(has(other.run("close 2024-04 --key ledger.key").err, "error[key_unknown]"));
  CHECK(has(must_run(other, "period list -f csv").out, "open"));
  CHECK_FALSE(has(must_run(other, "audit log -f csv").out, "period_closed"));
}

TEST_CASE("prove: a record leads to the root, and the book grew, for anyone who can hash") {
  const Scratch scratch;
  make_signed_book(scratch);
  must_run(scratch, "audit checkpoint --key ledger.key");
  must_run(scratch, "estimate T1 breakage 5% --reason x");
  const json inclusion =
      json::parse(must_run(scratch, "audit prove --record 2 --leaf two.leaf --json").out);
  accrue::InclusionProof proof{inclusion["leaf_index"], inclusion["size"],
                               digest_of(inclusion["leaf"]), path_of(inclusion)};
  CHECK(proof.leaf_index == 1);
  CHECK(proof.tree_size == 5);
  CHECK(accrue::leaf_hash(scratch.read("two.leaf")) == proof.leaf);
  CHECK(accrue::root_of(proof) == digest_of(inclusion["root"]));
  CHECK(inclusion["root"] == json::parse(must_run(scratch, "status -f json").out)["as_of"]["root"]);
  CHECK(json::parse(must_run(scratch, "audit prove --record 2 --size 3 -f json").out)["size"] == 3);

  const json growth = json::parse(must_run(scratch, "audit prove --from 3 --json").out);
  const accrue::ConsistencyProof grown{growth["from"]["size"], growth["to"]["size"],
                                       digest_of(growth["from"]["root"]),
                                       digest_of(growth["to"]["root"]), path_of(growth)};
  CHECK(grown.old_size == 3);
  CHECK(grown.new_size == 5);
  CHECK(accrue::holds(grown));

  for (const char* words :
       {"audit prove", "audit prove --record 2 --from 1", "audit prove --from 1 --size 2",
        "audit prove --record 6", "audit prove --record 3 --size 2",
        "audit prove --record 1 --size 6", "audit prove --from 4 --to 3", "audit prove --from 6",
        "audit prove --record 0", "audit prove --from 1 --leaf x"}) {
    CAPTURE(std::string{words});
    CHECK(scratch.run(words).status == 2);
  }
  SQLite::Database book{(scratch.folder() / "book.accrue").string(), SQLite::OPEN_READWRITE};
  book.exec("UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND idx = 0");
  CHECK(scratch.run("audit prove --record 3").status == 5);
}

TEST_CASE("verify: a verdict of its own for what could not be looked at") {
  const Scratch scratch;
  make_signed_book(scratch);
  const auto verdict = [&](const std::string& words, int status) {
    const Run run = scratch.run("audit verify --json " + words);
    CHECK_MESSAGE(run.status == status, run.err);
    return json::parse(run.out)["verdict"].get<std::string>();
  };
  CHECK(verdict("", 0) == "ok");
  must_run(scratch, "audit checkpoint --key ledger.key -o a.note");
  CHECK(verdict("--checkpoint a.note", 0) == "ok");
  CHECK(verdict("--checkpoint a.note --verifier "
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                5) == "incomplete");
  CHECK(json::parse(scratch.run("audit verify --json -f csv").err)["code"] == "format_conflict");
  CHECK(has(scratch.run("audit verify --checkpoint ledger.key").err, "error[bad_note]"));
  CHECK(has(scratch.run("audit verify --leaves a.note").err, "error[bad_note]"));

  // An older copy of the book in its place.
  std::filesystem::copy_file(scratch.folder() / "book.accrue", scratch.folder() / "old.accrue");
  must_run(scratch, "estimate T1 breakage 5% --reason x");
  must_run(scratch, "audit checkpoint --key ledger.key -o b.note");
  const Run old = scratch.run("-b old.accrue audit verify --checkpoint b.note --checkpoint a.note");
  CHECK(old.status == 5);
  CHECK(has(old.out, "checkpoint b.note: the book is an older copy"));
  CHECK(must_run(scratch, "audit verify -q --against old.accrue").status == 0);
  CHECK(has(scratch.run("-b old.accrue audit verify --against book.accrue").out, "an older copy"));

  SQLite::Database book{(scratch.folder() / "book.accrue").string(), SQLite::OPEN_READWRITE};
  book.exec("UPDATE balance SET amount = amount + 1");
  CHECK(verdict("", 5) == "differs");
  book.exec("DROP TRIGGER record_is_never_changed");
  book.exec("UPDATE record SET rules = 7 WHERE sequence = 2");
  CHECK(verdict("", 5) == "incomplete");
  const Run recorded = scratch.run("audit replay");
  CHECK(has(recorded.err, "error[audit_incomplete]"));
  CHECK(has(recorded.out, "rule version"));
  const Run present = scratch.run("audit replay --rules present");
  CHECK(has(present.err, "error[audit_difference]"));
}

TEST_CASE("replay: to the close of a month, and figure by figure") {
  const Scratch scratch;
  make_signed_book(scratch);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100")));
  must_run(scratch, "import usage april.csv");
  must_run(scratch, "close 2024-04");
  must_run(scratch, "estimate T1 breakage 5% --reason x");
  const json april = json::parse(must_run(scratch, "audit replay --through 2024-04 --json").out);
  CHECK(april["records"] == 5);
  CHECK(april["root"] ==
        json::parse(must_run(scratch, "status --as-of 5 -f json").out)["as_of"]["root"]);
  CHECK(has(scratch.run("audit replay --through 2024-05").err, "error[period_not_closed]"));
  CHECK(scratch.run("audit replay --through 2024-04 --as-of 3").status == 2);

  // The lines of the usage doubled: 100 of 900 drawn at 90% is 100.00 of revenue, twice.
  SQLite::Database book{(scratch.folder() / "book.accrue").string(), SQLite::OPEN_READWRITE};
  book.exec("DROP TRIGGER line_is_never_changed");
  book.exec(
      "UPDATE line SET amount = amount * 2 WHERE entry = (SELECT number FROM entry WHERE "
      "record = 4)");
  const json differs = json::parse(scratch.run("audit replay --json").out);
  bool is_named = false;
  for (const json& difference : differs["differences"]) {
    is_named =
        is_named || (difference["record"].is_null() &&
                     has(difference["what"], "balance of Contract liability:Lunar") &&
                     has(difference["what"], "posted in 2024-04, of 2024-04") &&
                     difference["stored"] == "-700.00" && difference["derived"] == "-800.00");
  }
  CHECK_MESSAGE(is_named, differs.dump(1));
}

TEST_CASE("time stamp: asked for, checked against the authority, kept, and checked again") {
  if (!StampingAuthority::is_available()) {
    MESSAGE("skipped: there is no openssl command");
    return;
  }
  const StampingAuthority authority;
  const StampingAuthority stranger;
  const Scratch scratch;
  make_signed_book(scratch);
  must_run(scratch, "audit checkpoint --key ledger.key -o a.note");
  must_run(scratch, "audit timestamp request a.note -o a.tsq");
  scratch.write("a.tsr", authority.stamp(scratch.read("a.tsq")));
  scratch.write("ca.pem", authority.certificate());
  scratch.write("stranger.pem", stranger.certificate());
  CHECK(has(scratch.run("audit timestamp attach 4 a.tsr --ca stranger.pem").err,
            "error[timestamp_refused]"));
  CHECK(has(scratch.run("audit timestamp attach 3 a.tsr --ca ca.pem").err, "error[unknown_id]"));
  CHECK(scratch.run("audit timestamp attach 4 a.tsr").status == 2);
  must_run(scratch, "audit timestamp attach 4 a.tsr --ca ca.pem");
  const json rows = json::parse(must_run(scratch, "audit checkpoints -f json").out)["rows"];
  CHECK(rows[0]["stamped_at"].is_string());
  must_run(scratch, "audit verify -q --ca ca.pem");
  CHECK(has(scratch.run("audit verify --ca stranger.pem").out, "time stamp"));

  // Of another checkpoint.
  must_run(scratch, "audit checkpoint --key ledger.key -o b.note");
  CHECK(has(scratch.run("audit timestamp attach 6 a.tsr --ca ca.pem").err,
            "error[timestamp_refused]"));
}
