#include "ledger/proof/signed_note.h"

#include <algorithm>
#include <climits>

#include <openssl/asn1.h>

#include "ledger/error/check.h"
#include "ledger/proof/base64.h"

namespace accrue {

namespace {

constexpr std::string_view signature_begin = "\xe2\x80\x94 ";  // em dash, space
constexpr std::size_t most_bytes = 1'000'000;
constexpr std::size_t most_signatures = 100;
constexpr std::size_t key_id_size = 4;

Error bad_note(std::string message) {
  return Error{.code = ErrorCode::bad_note,
               .message = std::move(message),
               .hint = "deliver the file as it was signed, byte for byte"};
}

bool is_utf8_without_controls(std::string_view bytes) {
  while (!bytes.empty()) {
    unsigned long letter = 0;
    const int size = UTF8_getc(reinterpret_cast<const unsigned char*>(bytes.data()),
                               static_cast<int>(bytes.size()), &letter);
    if (size <= 0 || (letter < 0x20 && letter != '\n')) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

std::string key_id_bytes(std::uint32_t id) {
  return {static_cast<char>(id >> 24), static_cast<char>(id >> 16), static_cast<char>(id >> 8),
          static_cast<char>(id)};
}

/// A line without its line break.
Result<NoteSignature> parse_signature(std::string_view line) {
  const Error wrong = bad_note("'" + std::string{line} + "' is no signature line");
  if (!line.starts_with(signature_begin)) return wrong;
  line.remove_prefix(signature_begin.size());
  const std::size_t space = line.find(' ');
  if (space == 0 || space == std::string_view::npos) return wrong;
  const std::string_view name = line.substr(0, space);
  const std::optional<std::string> bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= key_id_size || name.find('+') != std::string_view::npos) {
    return wrong;
  }
  NoteSignature signature{std::string{name}, 0, bytes->substr(key_id_size)};
  for (std::size_t i = 0; i < key_id_size; ++i) {
    signature.key_id = signature.key_id << 8 | static_cast<unsigned char>((*bytes)[i]);
  }
  return signature;
}

}  // namespace

SignedNote sign_note(std::string text, const SigningKey& key) {
  LEDGER_CHECK(text.ends_with('\n'), text, "a text that ends in a line break");
  const VerifierKey& verifier = key.verifier();
  NoteSignature signature{verifier.name(), verifier.id(), key.sign(text)};
  return {std::move(text), {std::move(signature)}};
}

std::string to_string(const SignedNote& note) {
  std::string bytes = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) {
    bytes += signature_begin;
    bytes += signature.key_name + " " +
             to_base64(key_id_bytes(signature.key_id) + signature.signature) + "\n";
  }
  return bytes;
}

Result<SignedNote> parse_note(std::string_view bytes) {
  if (bytes.size() > most_bytes) return bad_note("a signed note has a million bytes at most");
  if (!is_utf8_without_controls(bytes)) {
    return bad_note("a signed note is UTF-8 without control characters, and this is not");
  }
  // The last empty line parts the text from the signatures.
  const std::size_t blank = bytes.rfind("\n\n");
  if (blank == std::string_view::npos || blank == 0 || !bytes.ends_with('\n')) {
    return bad_note("a signed note is a text, an empty line and signature lines; this is not");
  }
  SignedNote note{std::string{bytes.substr(0, blank + 1)}, {}};
  std::string_view rest = bytes.substr(blank + 2);
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    ACCRUE_TRY(signature, parse_signature(rest.substr(0, end)));
    note.signatures.push_back(std::move(signature));
    rest.remove_prefix(end + 1);
  }
  if (note.signatures.empty()) return bad_note("the note has no signature");
  if (note.signatures.size() > most_signatures) {
    return bad_note("a signed note has a hundred signatures at most");
  }
  return note;
}

NoteCheck check_note(const SignedNote& note, std::span<const VerifierKey> known) {
  NoteCheck check = NoteCheck::unknown_key;
  for (const NoteSignature& signature : note.signatures) {
    const auto key = std::find_if(known.begin(), known.end(), [&](const VerifierKey& candidate) {
      return candidate.name() == signature.key_name && candidate.id() == signature.key_id;
    });
    if (key == known.end()) continue;
    if (!key->verifies(note.text, signature.signature)) return NoteCheck::wrong_signature;
    check = NoteCheck::signed_by_known;
  }
  return check;
}

}  // namespace accrue
