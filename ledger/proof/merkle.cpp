#include "ledger/proof/merkle.h"

#include <optional>

#include "ledger/proof/sha256.h"

namespace accrue {

namespace {

std::string_view as_bytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

constexpr std::string_view leaf_prefix{"\x00", 1};
constexpr std::string_view node_prefix{"\x01", 1};

}  // namespace

std::string to_hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string to_hex(const Digest& digest) { return to_hex(as_bytes(digest)); }

Digest leaf_hash(std::string_view bytes) {
  thread_local Sha256 hash;
  return hash.add(leaf_prefix).add(bytes).finish();
}

Digest node_hash(const Digest& left, const Digest& right) {
  thread_local Sha256 hash;
  return hash.add(node_prefix).add(as_bytes(left)).add(as_bytes(right)).finish();
}

void append_leaf(std::int64_t leaf_count, const Digest& leaf,
                 const std::function<Digest(NodeAddress)>& node,
                 const std::function<void(NodeAddress, const Digest&)>& keep) {
  Digest subtree = leaf;
  NodeAddress address{0, leaf_count};
  keep(address, subtree);
  // A right child completes its parent; the parent may be a right child in turn.
  while (address.index % 2 == 1) {
    subtree = node_hash(node({address.level, address.index - 1}), subtree);
    address = {address.level + 1, address.index / 2};
    keep(address, subtree);
  }
}

Digest tree_root(std::int64_t leaf_count, const std::function<Digest(NodeAddress)>& node) {
  // The complete subtrees are the binary digits of the count; they join from the right.
  std::optional<Digest> root;
  for (std::int32_t level = 0; leaf_count >> level != 0; ++level) {
    const std::int64_t subtree_count = leaf_count >> level;
    if (subtree_count % 2 == 0) continue;
    const Digest left = node({level, subtree_count - 1});
    root = root ? node_hash(left, *root) : left;
  }
  return root ? *root : sha256("");
}

}  // namespace accrue
