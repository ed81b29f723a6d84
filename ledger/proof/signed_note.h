#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/proof/signing_key.h"

namespace accrue {

/// A line below a note: who claims to have signed it.
struct NoteSignature {
  std::string key_name;
  std::uint32_t key_id = 0;
  std::string signature;
};

/// A text and the signatures below it. Nothing in it is to be believed before check_note().
/// Source: C2SP signed-note, https://c2sp.org/signed-note.
struct SignedNote {
  std::string text;  ///< ends in a line break
  std::vector<NoteSignature> signatures;
};

/// Signs a text that ends in a line break.
SignedNote sign_note(std::string text, const SigningKey& key);

std::string to_string(const SignedNote& note);

/// Errors: bad_note.
Result<SignedNote> parse_note(std::string_view bytes);

enum class NoteCheck {
  signed_by_known,  ///< a signature of a known key holds, and none of a known key fails
  unknown_key,      ///< none of the keys known has signed
  wrong_signature,  ///< a signature claims to be of a known key, and is not
};
NoteCheck check_note(const SignedNote& note, std::span<const VerifierKey> known);

}  // namespace accrue
