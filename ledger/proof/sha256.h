#pragma once

#include <memory>
#include <string_view>

#include "ledger/proof/merkle.h"

namespace accrue {

/// SHA-256 of bytes that arrive in pieces.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  Sha256& add(std::string_view bytes);
  /// The digest of all that was added. Starts anew.
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace accrue
