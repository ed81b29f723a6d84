#include "ledger/proof/tree_proof.h"

#include <bit>

#include "ledger/error/check.h"

namespace accrue {

namespace {

/// The largest power of two below `count`, which is above 1.
std::int64_t split_of(std::int64_t count) {
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(count - 1)));
}

bool is_power_of_two(std::int64_t count) {
  return std::has_single_bit(static_cast<std::uint64_t>(count));
}

/// PATH(m, D[n]).
void add_inclusion_path(std::int64_t leaf_index, LeafRange range, std::vector<LeafRange>& path) {
  if (range.count() == 1) return;
  const bool goes_left = leaf_index < range.left().end;
  add_inclusion_path(leaf_index, goes_left ? range.left() : range.right(), path);
  path.push_back(goes_left ? range.right() : range.left());
}

/// Whether the subtree at hand is the whole tree whose root the verifier has.
enum class Known { yes, no };

/// SUBPROOF(m, D[n], b).
void add_consistency_path(std::int64_t old_end, LeafRange range, Known known,
                          std::vector<LeafRange>& path) {
  if (old_end == range.end) {
    if (known == Known::no) path.push_back(range);
    return;
  }
  if (old_end <= range.left().end) {
    add_consistency_path(old_end, range.left(), known, path);
    path.push_back(range.right());
  } else {
    add_consistency_path(old_end, range.right(), Known::no, path);
    path.push_back(range.left());
  }
}

std::vector<Digest> roots_of(const std::vector<LeafRange>& subtrees, const NodeReader& node) {
  std::vector<Digest> roots;
  for (const LeafRange subtree : subtrees) roots.push_back(subtree_root(subtree, node));
  return roots;
}

bool is_right_child(std::int64_t index) { return (index & 1) == 1; }

/// Where a path stands: the node reached, and the last node of its level.
struct Climb {
  std::int64_t node;
  std::int64_t last;

  void up() {
    node >>= 1;
    last >>= 1;
  }
  /// The sibling of the path is on the left: of a right child, or of the last node of a level that
  /// has no right sibling and so went up unpaired.
  bool sibling_is_left() const { return is_right_child(node) || node == last; }
  void skip_unpaired() {
    while (!is_right_child(node) && node != 0) up();
  }
};

}  // namespace

LeafRange LeafRange::left() const { return {begin, begin + split_of(count())}; }
LeafRange LeafRange::right() const { return {begin + split_of(count()), end}; }

bool is_subtree(LeafRange range) {
  if (range.begin < 0 || range.count() < 1) return false;
  const auto span = std::bit_ceil(static_cast<std::uint64_t>(range.count()));
  return static_cast<std::uint64_t>(range.begin) % span == 0;
}

Digest subtree_root(LeafRange range, const NodeReader& node) {
  if (is_power_of_two(range.count())) {
    const int level = std::countr_zero(static_cast<std::uint64_t>(range.count()));
    return node({level, range.begin >> level});
  }
  return node_hash(subtree_root(range.left(), node), subtree_root(range.right(), node));
}

std::vector<LeafRange> inclusion_path(std::int64_t leaf_index, std::int64_t tree_size) {
  std::vector<LeafRange> path;
  add_inclusion_path(leaf_index, {0, tree_size}, path);
  return path;
}

std::vector<LeafRange> consistency_path(std::int64_t old_size, std::int64_t new_size) {
  std::vector<LeafRange> path;
  add_consistency_path(old_size, {0, new_size}, Known::yes, path);
  return path;
}

InclusionProof prove_inclusion(std::int64_t leaf_index, std::int64_t tree_size,
                               const NodeReader& node) {
  LEDGER_CHECK(0 <= leaf_index && leaf_index < tree_size, std::to_string(leaf_index),
               "a leaf of " + std::to_string(tree_size));
  return {leaf_index, tree_size, node({0, leaf_index}),
          roots_of(inclusion_path(leaf_index, tree_size), node)};
}

ConsistencyProof prove_consistency(std::int64_t old_size, std::int64_t new_size,
                                   const NodeReader& node) {
  LEDGER_CHECK(1 <= old_size && old_size <= new_size, std::to_string(old_size),
               "1 to " + std::to_string(new_size));
  return {old_size, new_size, tree_root(old_size, node), tree_root(new_size, node),
          roots_of(consistency_path(old_size, new_size), node)};
}

std::optional<Digest> root_of(const InclusionProof& proof) {
  if (proof.leaf_index < 0 || proof.leaf_index >= proof.tree_size) return std::nullopt;
  Climb climb{proof.leaf_index, proof.tree_size - 1};
  Digest root = proof.leaf;
  for (const Digest& sibling : proof.path) {
    if (climb.last == 0) return std::nullopt;
    if (climb.sibling_is_left()) {
      root = node_hash(sibling, root);
      climb.skip_unpaired();
    } else {
      root = node_hash(root, sibling);
    }
    climb.up();
  }
  if (climb.last != 0) return std::nullopt;
  return root;
}

bool holds(const ConsistencyProof& proof) {
  if (proof.old_size < 1 || proof.old_size > proof.new_size) return false;
  if (proof.old_size == proof.new_size) {
    return proof.path.empty() && proof.old_root == proof.new_root;
  }
  auto next = proof.path.begin();
  // The old tree of a power of two is a node of the new one: its root is the begin of the path.
  Digest begin = proof.old_root;
  if (!is_power_of_two(proof.old_size)) {
    if (next == proof.path.end()) return false;
    begin = *next++;
  }
  Climb climb{proof.old_size - 1, proof.new_size - 1};
  while (is_right_child(climb.node)) climb.up();
  Digest old_root = begin;
  Digest new_root = begin;
  for (; next != proof.path.end(); ++next) {
    if (climb.last == 0) return false;
    if (climb.sibling_is_left()) {
      old_root = node_hash(*next, old_root);
      new_root = node_hash(*next, new_root);
      climb.skip_unpaired();
    } else {
      new_root = node_hash(new_root, *next);
    }
    climb.up();
  }
  return climb.last == 0 && old_root == proof.old_root && new_root == proof.new_root;
}

}  // namespace accrue
