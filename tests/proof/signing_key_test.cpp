#include "ledger/proof/signing_key.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "ledger/proof/merkle.h"

namespace {

using namespace accrue;

std::string from_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string{text.substr(i, 2)}, nullptr, 16));
  }
  return bytes;
}

KeyBytes key_bytes(std::string_view text) {
  const std::string bytes = from_hex(text);
  KeyBytes key{};
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

// Keys of the documentation of golang.org/x/mod/sumdb/note and of C2SP signed-note.
constexpr const char* go_signer =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr const char* go_verifier =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr const char* c2sp_verifier =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

}  // namespace

TEST_CASE("signing key: keys and signatures are those of RFC 8032, section 7.1") {
  struct Row {
    const char* seed;
    const char* public_key;
    const char* message;
    const char* signature;
  };
  const Row rows[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf"
       "9"
       "b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f"
       "1"
       "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984"
       "d"
       "c6594a7c15e9716ed28dc027beceea1ec40a"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const SigningKey key = SigningKey::from_seed("a", key_bytes(row.seed)).value();
    CHECK(key.verifier().public_key() == key_bytes(row.public_key));
    CHECK(to_hex(key.sign(from_hex(row.message))) == row.signature);
    CHECK(key.verifier().verifies(from_hex(row.message), from_hex(row.signature)));
  }
}

TEST_CASE("signing key: any bit of a signature or of the message changed, and it is none") {
  const SigningKey key = SigningKey::parse(go_signer).value();
  const std::string message = "accrue/1\n7\n";
  const std::string signature = key.sign(message);
  REQUIRE(key.verifier().verifies(message, signature));
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    std::string wrong = signature;
    wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << bit % 8));
    CAPTURE(bit);
    CHECK_FALSE(key.verifier().verifies(message, wrong));
  }
  for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
    std::string wrong = message;
    wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << bit % 8));
    CAPTURE(bit);
    CHECK_FALSE(key.verifier().verifies(wrong, signature));
  }
  CHECK_FALSE(key.verifier().verifies(message, ""));
  CHECK_FALSE(key.verifier().verifies(message, signature + "x"));
  CHECK_FALSE(VerifierKey::parse(c2sp_verifier).value().verifies(message, signature));
}

TEST_CASE("signing key: the published keys read and write as they are published") {
  const SigningKey signer = SigningKey::parse(go_signer).value();
  CHECK(signer.text() == go_signer);
  CHECK(signer.verifier().text() == go_verifier);
  CHECK(SigningKey::parse(std::string{go_signer} + "\n").value().text() == go_signer);
  for (const char* text : {go_verifier, c2sp_verifier}) {
    CHECK(VerifierKey::parse(text).value().text() == text);
  }
  CHECK(VerifierKey::parse(go_verifier).value() == signer.verifier());
  CHECK(VerifierKey::parse(go_verifier).value().id() == 0xc74f20a3);
  CHECK(VerifierKey::parse(go_verifier).value().name() == "PeterNeumann");
}

TEST_CASE("signing key: what is no verifier key is refused") {
  const std::string refused[] = {
      "", "PeterNeumann", "PeterNeumann+c74f20a3", "+c74f20a3+AR",
      // one digit of the id, one letter of the key
      "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX",
      "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      // another algorithm, and a key too short
      "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy",
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"};
  for (const std::string& text : refused) {
    CAPTURE(text);
    const Result<VerifierKey> key = VerifierKey::parse(text);
    REQUIRE_FALSE(key.ok());
    CHECK(key.error().code == ErrorCode::bad_key);
  }
}

TEST_CASE("signing key: what is no private key is refused, and never shown") {
  const std::string secret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  const std::string refused[] = {std::string{},
                                 std::string{go_verifier},
                                 "PRIVATE+KEY+PeterNeumann+c74f20a4+" + secret,
                                 "PRIVATE+KEY+PeterNeumann+" + secret,
                                 "PRIVATE+KEY+Peter Neumann+c74f20a3+" + secret,
                                 "PRIVATE+KEY+PeterNeumann+c74f20a3+" + secret + "==",
                                 std::string{go_signer} + "\nmore"};
  for (const std::string& text : refused) {
    CAPTURE(text);
    const Result<SigningKey> key = SigningKey::parse(text);
    REQUIRE_FALSE(key.ok());
    CHECK(key.error().code == ErrorCode::bad_key);
    CHECK(key.error().message.find("EKFALVFGyNhPJE") == std::string::npos);
  }
}

TEST_CASE("signing key: a name without spaces, plus and letters beyond ASCII") {
  for (const char* name : {"", "a b", "a+b", "a\tb", "caf\xc3\xa9", "a\n"}) {
    CAPTURE(name);
    CHECK_FALSE(SigningKey::from_seed(name, {}).ok());
  }
  CHECK(SigningKey::from_seed("ledger.example.com/2024", {}).ok());
}
