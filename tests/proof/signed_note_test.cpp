#include "ledger/proof/signed_note.h"

#include <doctest/doctest.h>

namespace {

using namespace accrue;

// The example of golang.org/x/mod/sumdb/note: Ed25519 signs the same text the same way, so that the
// whole note must come out byte for byte.
const std::string go_text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string go_note = go_text +
                            "\n\xe2\x80\x94 PeterNeumann "
                            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfq"
                            "dngotpRZb6KE6RyyBwJnAM=\n";
constexpr const char* go_signer =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

// The example of C2SP signed-note, "Verifier keys".
constexpr const char* c2sp_verifier =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const std::string c2sp_note =
    "This is an example message.\n"
    "\n\xe2\x80\x94 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";

SigningKey go_key() { return SigningKey::parse(go_signer).value(); }

SignedNote joined(SignedNote a, const SignedNote& b) {
  a.signatures.insert(a.signatures.end(), b.signatures.begin(), b.signatures.end());
  return a;
}

}  // namespace

TEST_CASE("signed note: the published note is written and read byte for byte") {
  const SignedNote made = sign_note(go_text, go_key());
  CHECK(to_string(made) == go_note);
  const SignedNote read = parse_note(go_note).value();
  CHECK(read.text == go_text);
  REQUIRE(read.signatures.size() == 1);
  CHECK(read.signatures[0].key_name == "PeterNeumann");
  CHECK(read.signatures[0].key_id == 0xc74f20a3);
  CHECK(read.signatures[0].signature == made.signatures[0].signature);
  CHECK(to_string(read) == go_note);
}

TEST_CASE("signed note: known keys, unknown keys and wrong signatures are told apart") {
  const VerifierKey known[] = {go_key().verifier()};
  const VerifierKey other[] = {VerifierKey::parse(c2sp_verifier).value()};
  const VerifierKey both[] = {other[0], known[0]};
  CHECK(check_note(parse_note(go_note).value(), known) == NoteCheck::signed_by_known);
  CHECK(check_note(parse_note(c2sp_note).value(), other) == NoteCheck::signed_by_known);
  CHECK(check_note(parse_note(go_note).value(), other) == NoteCheck::unknown_key);
  CHECK(check_note(parse_note(go_note).value(), {}) == NoteCheck::unknown_key);

  SignedNote changed = parse_note(go_note).value();
  changed.text.replace(0, 2, "As");
  CHECK(check_note(changed, known) == NoteCheck::wrong_signature);
  CHECK(check_note(changed, other) == NoteCheck::unknown_key);

  // One that holds does not outweigh one of a known key that fails; one of an unknown key is none.
  const SignedNote mixed = joined(sign_note(go_text, go_key()), parse_note(c2sp_note).value());
  CHECK(check_note(mixed, known) == NoteCheck::signed_by_known);
  CHECK(check_note(mixed, both) == NoteCheck::wrong_signature);

  // The name alone does not make a key known.
  const SigningKey namesake = SigningKey::from_seed("PeterNeumann", {1}).value();
  CHECK(check_note(sign_note(go_text, namesake), known) == NoteCheck::unknown_key);
}

TEST_CASE("signed note: the text may hold empty lines; the last one parts it from the signatures") {
  const std::string text = "a\n\nb\n";
  const SignedNote note = parse_note(to_string(sign_note(text, go_key()))).value();
  CHECK(note.text == text);
  const VerifierKey known[] = {go_key().verifier()};
  CHECK(check_note(note, known) == NoteCheck::signed_by_known);
}

TEST_CASE("signed note: what is no signed note is refused") {
  const std::string signature = go_note.substr(go_text.size() + 1);
  std::string hundred_and_one = "a\n\n";
  for (int i = 0; i <= 100; ++i) hundred_and_one += signature;
  const std::string refused[] = {std::string{},
                                 std::string{"\n"},
                                 go_text,
                                 go_text + "\n",
                                 go_text + signature,
                                 go_note + "\n",
                                 go_note.substr(0, go_note.size() - 1),
                                 "\n\n" + signature,
                                 go_text + "\n\n",
                                 "a\r\n\n" + signature,
                                 "a\tb\n\n" + signature,
                                 std::string("a\0b\n\n", 5) + signature,
                                 "\xff\n\n" + signature,
                                 "a\n\n- PeterNeumann x08go/Y=\n",
                                 "a\n\n\xe2\x80\x94  x08go/Y=\n",
                                 "a\n\n\xe2\x80\x94 PeterNeumann\n",
                                 "a\n\n\xe2\x80\x94 PeterNeumann x08g\n",
                                 "a\n\n\xe2\x80\x94 PeterNeumann x08gow==\n",
                                 "a\n\n\xe2\x80\x94 Peter+Neumann x08go/Y=\n",
                                 "a\n\n\xe2\x80\x94 PeterNeumann x08go/Y\n",
                                 "a\n\n\xe2\x80\x94 Peter Neumann x08go/Y=\n",
                                 hundred_and_one,
                                 std::string(1'000'001, 'a') + "\n\n" + signature};
  for (const std::string& bytes : refused) {
    CAPTURE(bytes.substr(0, 200));
    const Result<SignedNote> note = parse_note(bytes);
    REQUIRE_FALSE(note.ok());
    CHECK(note.error().code == ErrorCode::bad_note);
  }
}
