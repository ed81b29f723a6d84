#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/error/error.h"

namespace accrue {

/// The 32 bytes that an Ed25519 key is made of: the secret seed, or the public key.
using KeyBytes = std::array<std::uint8_t, 32>;

/// What a signature is checked with, written `NAME+ID+KEY`: ID is eight hexadecimal digits, KEY the
/// base 64 of 0x01 and the public key. Anybody may have it.
/// Source: C2SP signed-note; golang.org/x/mod/sumdb/note.
class VerifierKey {
 public:
  /// Errors: bad_key.
  static Result<VerifierKey> parse(std::string_view text);

  const std::string& name() const { return name_; }
  /// The first four bytes of SHA-256(name || 0x0A || 0x01 || public key), big-endian.
  std::uint32_t id() const { return id_; }
  const KeyBytes& public_key() const { return public_key_; }
  std::string text() const;

  /// Whether the signature is an Ed25519 signature of the message by this key (RFC 8032).
  bool verifies(std::string_view message, std::string_view signature) const;

  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;

 private:
  friend class SigningKey;
  VerifierKey(std::string name, const KeyBytes& public_key);

  std::string name_;
  std::uint32_t id_ = 0;
  KeyBytes public_key_;
};

/// What signs, written `PRIVATE+KEY+NAME+ID+SEED`. Never kept in a book; its memory is wiped.
class SigningKey {
 public:
  /// A name is made of visible ASCII characters without `+`. Errors: bad_key.
  static Result<SigningKey> from_seed(const std::string& name, const KeyBytes& seed);
  /// The text may end in a line break. No error shows what was read. Errors: bad_key.
  static Result<SigningKey> parse(std::string_view text);

  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  const VerifierKey& verifier() const { return verifier_; }
  std::string text() const;
  /// 64 bytes; equal messages give equal signatures.
  std::string sign(std::string_view message) const;

 private:
  SigningKey(VerifierKey verifier, const KeyBytes& seed);

  VerifierKey verifier_;
  KeyBytes seed_;
};

}  // namespace accrue
