#include "ledger/proof/sha256.h"

#include <openssl/evp.h>

#include "ledger/error/check.h"

namespace accrue {

namespace {

/// Fetched once: looking the algorithm up costs more than hashing a leaf.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  LEDGER_CHECK(fetched != nullptr, "no SHA-256", "libcrypto provides SHA-256");
  return fetched;
}

void require(int status) { LEDGER_CHECK(status == 1, std::to_string(status), "1"); }

}  // namespace

struct Sha256::State {
  State() : context{EVP_MD_CTX_new()} {
    LEDGER_CHECK(context != nullptr, "no memory", "a hash context");
    require(EVP_DigestInit_ex2(context, algorithm(), nullptr));
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { EVP_MD_CTX_free(context); }

  EVP_MD_CTX* context;
};

Sha256::Sha256() : state_{std::make_unique<State>()} {}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

Sha256& Sha256::add(std::string_view bytes) {
  require(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()));
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  require(EVP_DigestFinal_ex(state_->context, digest.data(), nullptr));
  require(EVP_DigestInit_ex2(state_->context, nullptr, nullptr));
  return digest;
}

Digest sha256(std::string_view bytes) {
  thread_local Sha256 hash;
  return hash.add(bytes).finish();
}

}  // namespace accrue
