#include "ledger/proof/signing_key.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>
#include <optional>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "ledger/error/check.h"
#include "ledger/proof/base64.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

/// The identifier of Ed25519 among the signature types of C2SP signed-note.
constexpr char ed25519_type = '\x01';
constexpr std::size_t signature_size = 64;
constexpr std::string_view private_prefix = "PRIVATE+KEY+";

using PkeyPointer = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using ContextPointer = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* as_octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string_view as_bytes(const KeyBytes& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

void require(int status) { LEDGER_CHECK(status == 1, std::to_string(status), "1"); }

ContextPointer new_context() {
  ContextPointer context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  LEDGER_CHECK(context != nullptr, "no memory", "a signature context");
  return context;
}

PkeyPointer private_key_of(const KeyBytes& seed) {
  PkeyPointer key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()),
                  &EVP_PKEY_free};
  LEDGER_CHECK(key != nullptr, "no Ed25519", "libcrypto provides Ed25519");
  return key;
}

KeyBytes public_key_of(const KeyBytes& seed) {
  const PkeyPointer key = private_key_of(seed);
  KeyBytes public_key;
  std::size_t size = public_key.size();
  require(EVP_PKEY_get_raw_public_key(key.get(), public_key.data(), &size));
  return public_key;
}

std::uint32_t id_of(const std::string& name, const KeyBytes& public_key) {
  std::string bytes = name + '\n' + ed25519_type;
  bytes += as_bytes(public_key);
  const Digest digest = sha256(bytes);
  return std::uint32_t{digest[0]} << 24 | std::uint32_t{digest[1]} << 16 |
         std::uint32_t{digest[2]} << 8 | std::uint32_t{digest[3]};
}

std::string id_text(std::uint32_t id) {
  char text[9];
  std::snprintf(text, sizeof text, "%08x", id);
  return text;
}

bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return c > ' ' && c < '\x7f' && c != '+'; });
}

/// `NAME+ID+KEY`, taken apart.
struct KeyText {
  std::string name;
  std::string id;
  KeyBytes key;
};

std::optional<KeyText> take_apart(std::string_view text) {
  const std::size_t first = text.find('+');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = text.find('+', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  std::optional<std::string> bytes = from_base64(text.substr(second + 1));
  KeyText parts{std::string{text.substr(0, first)},
                std::string{text.substr(first + 1, second - first - 1)},
                {}};
  const bool is_whole = bytes && bytes->size() == 1 + parts.key.size() &&
                        bytes->front() == ed25519_type && is_name(parts.name);
  if (is_whole) std::copy(bytes->begin() + 1, bytes->end(), parts.key.begin());
  if (bytes) OPENSSL_cleanse(bytes->data(), bytes->size());
  if (!is_whole) return std::nullopt;
  return parts;
}

Error bad_key(std::string message) {
  return Error{.code = ErrorCode::bad_key,
               .message = std::move(message),
               .hint = "make a key with `accrue keygen FILE --name NAME`"};
}

}  // namespace

VerifierKey::VerifierKey(std::string name, const KeyBytes& public_key)
    : name_{std::move(name)}, id_{id_of(name_, public_key)}, public_key_{public_key} {}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  if (text.starts_with(private_prefix)) {
    return bad_key("a private key stands where a verifier key belongs");
  }
  const std::optional<KeyText> parts = take_apart(text);
  if (!parts) {
    return bad_key("'" + std::string{text.substr(0, 120)} +
                   "' is no verifier key: NAME+ID+KEY is needed, KEY being Ed25519 in base 64");
  }
  VerifierKey key{parts->name, parts->key};
  if (id_text(key.id_) == parts->id) return key;
  Error error =
      bad_key("the id of verifier key '" + std::string{text} + "' is not that of its key");
  error.notes = {"stated:  " + parts->id, "derived: " + id_text(key.id_)};
  error.hint = "copy the whole key again: a character of it is wrong";
  return error;
}

std::string VerifierKey::text() const {
  std::string bytes(1, ed25519_type);
  bytes += as_bytes(public_key_);
  return name_ + "+" + id_text(id_) + "+" + to_base64(bytes);
}

bool VerifierKey::verifies(std::string_view message, std::string_view signature) const {
  if (signature.size() != signature_size) return false;
  const PkeyPointer key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key_.data(),
                                                    public_key_.size()),
                        &EVP_PKEY_free};
  LEDGER_CHECK(key != nullptr, "no Ed25519", "libcrypto provides Ed25519");
  const ContextPointer context = new_context();
  require(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()));
  return EVP_DigestVerify(context.get(), as_octets(signature), signature.size(), as_octets(message),
                          message.size()) == 1;
}

SigningKey::SigningKey(VerifierKey verifier, const KeyBytes& seed)
    : verifier_{std::move(verifier)}, seed_{seed} {}

SigningKey::~SigningKey() { OPENSSL_cleanse(seed_.data(), seed_.size()); }

Result<SigningKey> SigningKey::from_seed(const std::string& name, const KeyBytes& seed) {
  if (!is_name(name)) {
    return Error{.code = ErrorCode::bad_key,
                 .message = "'" + name + "' cannot name a key",
                 .notes = {"a name is made of visible ASCII characters, without spaces and '+'"},
                 .hint = "for instance: --name ledger.example.com"};
  }
  return SigningKey{VerifierKey{name, public_key_of(seed)}, seed};
}

Result<SigningKey> SigningKey::parse(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  const std::string form =
      "a private key is one line, PRIVATE+KEY+NAME+ID+SEED, SEED being Ed25519 in base 64";
  if (!text.starts_with(private_prefix)) return bad_key("no private key: " + form);
  std::optional<KeyText> parts = take_apart(text.substr(private_prefix.size()));
  if (!parts) return bad_key("no private key: " + form);
  Result<SigningKey> key = from_seed(parts->name, parts->key);
  OPENSSL_cleanse(parts->key.data(), parts->key.size());
  if (key.ok() && id_text(key->verifier_.id_) != parts->id) {
    return bad_key("the id of private key '" + parts->name + "' is not that of its key");
  }
  return key;
}

std::string SigningKey::text() const {
  std::string bytes(1, ed25519_type);
  bytes += as_bytes(seed_);
  return std::string{private_prefix} + verifier_.name() + "+" + id_text(verifier_.id()) + "+" +
         to_base64(bytes);
}

std::string SigningKey::sign(std::string_view message) const {
  const PkeyPointer key = private_key_of(seed_);
  const ContextPointer context = new_context();
  require(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()));
  std::string signature(signature_size, '\0');
  std::size_t size = signature.size();
  require(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                         as_octets(message), message.size()));
  return signature;
}

}  // namespace accrue
