#include "ledger/proof/base64.h"

#include <climits>

#include <openssl/evp.h>

#include "ledger/error/check.h"

namespace accrue {

namespace {

int length_of(std::string_view bytes) {
  LEDGER_CHECK(bytes.size() < INT_MAX / 2, std::to_string(bytes.size()), "a text of 1 GB at most");
  return static_cast<int>(bytes.size());
}

const unsigned char* as_octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string to_base64(std::string_view bytes) {
  // libcrypto writes a zero behind the text: a string has that byte.
  std::string text((bytes.size() + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), as_octets(bytes),
                  length_of(bytes));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), as_octets(text),
                                   length_of(text));
  if (size < 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  // libcrypto takes more than it writes.
  if (to_base64(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace accrue
