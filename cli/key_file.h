#pragma once

#include <optional>
#include <string>

#include "cli/context.h"
#include "ledger/proof/signing_key.h"

namespace accrue {

/// A new key, from the entropy of the machine. Errors: bad_key (the name).
Result<SigningKey> new_key(const std::string& name);

/// Writes the private key to a new file that only its owner may read, and the verifier key beside
/// it, to FILE.pub. Nothing is ever overwritten. Errors: file_unwritable.
Result<Done> write_key_files(const std::string& path, const SigningKey& key);
std::string public_path(const std::string& path);

/// The key that `--key` names, or ACCRUE_KEY; none where neither does.
/// Errors: file_unreadable, bad_key.
Result<std::optional<SigningKey>> signing_key(const std::optional<std::string>& given);
/// As signing_key, where there must be one. Errors: usage as well.
Result<SigningKey> required_signing_key(const std::optional<std::string>& given);

/// A verifier key as it is, or the file that holds one. Errors: bad_key, file_unreadable.
Result<VerifierKey> verifier_key(const std::string& key_or_file);

}  // namespace accrue
