#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace accrue {

/// A SHA-256 digest.
using Digest = std::array<std::uint8_t, 32>;

std::string to_hex(const Digest& digest);
std::string to_hex(std::string_view bytes);

Digest sha256(std::string_view bytes);

// The tree of RFC 6962, section 2.1: leaf = SHA-256(0x00 || bytes), node = SHA-256(0x01 || left ||
// right), the root of n leaves split at the largest power of two below n, of none SHA-256("").
Digest leaf_hash(std::string_view bytes);
Digest node_hash(const Digest& left, const Digest& right);

/// A complete subtree: level 0 is a leaf; `index` counts subtrees of that level from 0.
struct NodeAddress {
  std::int32_t level = 0;
  std::int64_t index = 0;
};

/// Appends leaf number `leaf_count` (from 0): hands each complete subtree it finishes to `keep`,
/// the leaf itself included. `node` finds those kept before.
void append_leaf(std::int64_t leaf_count, const Digest& leaf,
                 const std::function<Digest(NodeAddress)>& node,
                 const std::function<void(NodeAddress, const Digest&)>& keep);

/// The root over the first `leaf_count` leaves from the complete subtrees kept.
Digest tree_root(std::int64_t leaf_count, const std::function<Digest(NodeAddress)>& node);

}  // namespace accrue
