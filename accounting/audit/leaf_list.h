#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/proof/merkle.h"

namespace accrue {

/// The leaf of every record of a book up to a size: with it, and not with a root alone, the first
/// record that differs can be named.
struct LeafList {
  std::string origin;
  std::vector<Digest> leaves;
};

/// `accrue.leaves/1`, the origin and each leaf in hexadecimal, each on a line.
std::string to_string(const LeafList& list);
/// Errors: bad_note.
Result<LeafList> parse_leaf_list(std::string_view text);

/// A tree made of leaves, and its roots.
class LeafTree {
 public:
  void add(const Digest& leaf);
  std::int64_t size() const { return size_; }
  const Digest& leaf(std::int64_t index) const { return nodes_.at({0, index}); }
  /// Over the first `size` leaves.
  Digest root(std::int64_t size) const;

 private:
  std::int64_t size_ = 0;
  std::map<std::pair<std::int32_t, std::int64_t>, Digest> nodes_;
};

}  // namespace accrue
