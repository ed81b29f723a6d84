#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "ledger/proof/merkle.h"

namespace accrue {

/// Finds the complete subtrees that append_leaf() handed out.
using NodeReader = std::function<Digest(NodeAddress)>;

/// The leaves from `begin` to before `end`, which a tree over them splits as RFC 6962 says.
struct LeafRange {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  std::int64_t count() const { return end - begin; }
  LeafRange left() const;   ///< of two leaves or more
  LeafRange right() const;  ///< of two leaves or more
};

/// Whether the range is a subtree of some tree that begins with leaf 0.
bool is_subtree(LeafRange range);

/// The root over the leaves of a subtree.
Digest subtree_root(LeafRange range, const NodeReader& node);

/// Shows that a leaf is part of a tree. Source: RFC 6962, section 2.1.1.
struct InclusionProof {
  std::int64_t leaf_index = 0;  ///< from 0
  std::int64_t tree_size = 0;
  Digest leaf = {};
  std::vector<Digest> path = {};  ///< from the leaf to the root
};

/// Shows that a tree only grew. Source: RFC 6962, section 2.1.2.
struct ConsistencyProof {
  std::int64_t old_size = 0;
  std::int64_t new_size = 0;
  Digest old_root = {};
  Digest new_root = {};
  std::vector<Digest> path = {};
};

/// The subtrees whose roots are the paths of the proofs below, in their order.
std::vector<LeafRange> inclusion_path(std::int64_t leaf_index, std::int64_t tree_size);
std::vector<LeafRange> consistency_path(std::int64_t old_size, std::int64_t new_size);

/// The proof for a leaf of the tree over the first `tree_size` leaves; leaf_index < tree_size.
InclusionProof prove_inclusion(std::int64_t leaf_index, std::int64_t tree_size,
                               const NodeReader& node);

/// The proof between two sizes of one tree; 1 <= old_size <= new_size.
ConsistencyProof prove_consistency(std::int64_t old_size, std::int64_t new_size,
                                   const NodeReader& node);

/// The root that the proof leads to, for comparison with one that is trusted; none where the path
/// has not the length of such a proof. Source: RFC 9162, section 2.1.3.2.
std::optional<Digest> root_of(const InclusionProof& proof);

/// Whether the path leads to both roots. Source: RFC 9162, section 2.1.4.2.
bool holds(const ConsistencyProof& proof);

}  // namespace accrue
