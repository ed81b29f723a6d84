#include "ledger/proof/tree_proof.h"

#include <map>
#include <string>
#include <utility>

#include <doctest/doctest.h>

namespace {

using namespace accrue;

using Leaves = std::vector<Digest>;

// The definitions of RFC 6962, section 2.1, word for word, over lists of leaves: slow, and without
// a kept node. What the tested code makes and checks is compared with them.

std::size_t split(std::size_t count) {
  std::size_t k = 1;
  while (k * 2 < count) k *= 2;
  return k;
}
Leaves first(const Leaves& d, std::size_t k) {
  return {d.begin(), d.begin() + static_cast<std::ptrdiff_t>(k)};
}
Leaves behind(const Leaves& d, std::size_t k) {
  return {d.begin() + static_cast<std::ptrdiff_t>(k), d.end()};
}
Digest mth(const Leaves& d) {
  if (d.empty()) return sha256("");
  if (d.size() == 1) return d[0];
  const std::size_t k = split(d.size());
  return node_hash(mth(first(d, k)), mth(behind(d, k)));
}
Leaves joined(Leaves a, const Digest& b) {
  a.push_back(b);
  return a;
}
Leaves path(std::size_t m, const Leaves& d) {
  if (d.size() == 1) return {};
  const std::size_t k = split(d.size());
  return m < k ? joined(path(m, first(d, k)), mth(behind(d, k)))
               : joined(path(m - k, behind(d, k)), mth(first(d, k)));
}
Leaves subproof(std::size_t m, const Leaves& d, bool b) {
  const std::size_t n = d.size();
  if (m == n) return b ? Leaves{} : Leaves{mth(d)};
  const std::size_t k = split(n);
  return m <= k ? joined(subproof(m, first(d, k), b), mth(behind(d, k)))
                : joined(subproof(m - k, behind(d, k), false), mth(first(d, k)));
}

/// A tree whose complete subtrees were kept as it grew.
struct Tree {
  std::map<std::pair<std::int32_t, std::int64_t>, Digest> nodes;

  explicit Tree(const Leaves& leaves) {
    std::int64_t count = 0;
    for (const Digest& leaf : leaves) {
      append_leaf(count++, leaf, reader(), [this](NodeAddress address, const Digest& digest) {
        nodes[{address.level, address.index}] = digest;
      });
    }
  }
  NodeReader reader() const {
    return [this](NodeAddress address) { return nodes.at({address.level, address.index}); };
  }
};

Leaves numbered_leaves(int count) {
  Leaves leaves;
  for (int i = 0; i < count; ++i) leaves.push_back(leaf_hash("leaf " + std::to_string(i)));
  return leaves;
}

/// The leaves of the Certificate Transparency test vectors.
Leaves published_leaves() {
  const std::string inputs[] = {
      "",
      std::string(1, '\0'),
      "\x10",
      "\x20\x21",
      "\x30\x31",
      "\x40\x41\x42\x43",
      "\x50\x51\x52\x53\x54\x55\x56\x57",
      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
  };
  Leaves leaves;
  for (const std::string& input : inputs) leaves.push_back(leaf_hash(input));
  return leaves;
}

std::vector<std::string> hex(const Leaves& digests) {
  std::vector<std::string> texts;
  for (const Digest& digest : digests) texts.push_back(to_hex(digest));
  return texts;
}

constexpr int exhaustive = 70;

}  // namespace

// Vectors: github.com/transparency-dev/merkle, proof of the eight leaves of the reference tree.
TEST_CASE("tree proof: the inclusion proofs are the published ones") {
  const Tree tree{published_leaves()};
  struct Row {
    std::int64_t leaf, size;
    std::vector<std::string> path;
  };
  const Row rows[] = {
      {0, 1, {}},
      {0,
       8,
       {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
      {5,
       8,
       {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
      {2, 3, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
      {1,
       5,
       {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.leaf);
    CAPTURE(row.size);
    CHECK(hex(prove_inclusion(row.leaf, row.size, tree.reader()).path) == row.path);
  }
}

TEST_CASE("tree proof: the consistency proofs are the published ones") {
  const Tree tree{published_leaves()};
  struct Row {
    std::int64_t old_size, new_size;
    std::vector<std::string> path;
  };
  const Row rows[] = {
      {1, 1, {}},
      {1,
       8,
       {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
      {6,
       8,
       {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
      {2,
       5,
       {"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.old_size);
    CAPTURE(row.new_size);
    CHECK(hex(prove_consistency(row.old_size, row.new_size, tree.reader()).path) == row.path);
  }
}

TEST_CASE("tree proof: every inclusion proof is that of the definition, and leads to the root") {
  const Leaves leaves = numbered_leaves(exhaustive);
  const Tree tree{leaves};
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    const Leaves part = first(leaves, size);
    const Digest root = mth(part);
    for (std::size_t leaf = 0; leaf < size; ++leaf) {
      CAPTURE(size);
      CAPTURE(leaf);
      const InclusionProof proof = prove_inclusion(static_cast<std::int64_t>(leaf),
                                                   static_cast<std::int64_t>(size), tree.reader());
      REQUIRE(proof.path == path(leaf, part));
      REQUIRE(proof.leaf == leaves[leaf]);
      REQUIRE(root_of(proof) == root);
    }
  }
}

TEST_CASE("tree proof: every consistency proof is that of the definition, and holds") {
  const Leaves leaves = numbered_leaves(exhaustive);
  const Tree tree{leaves};
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    const Leaves part = first(leaves, size);
    for (std::size_t old = 1; old <= size; ++old) {
      CAPTURE(size);
      CAPTURE(old);
      const ConsistencyProof proof = prove_consistency(
          static_cast<std::int64_t>(old), static_cast<std::int64_t>(size), tree.reader());
      REQUIRE(proof.path == subproof(old, part, true));
      REQUIRE(proof.old_root == mth(first(part, old)));
      REQUIRE(proof.new_root == mth(part));
      REQUIRE(holds(proof));
    }
  }
}

TEST_CASE("tree proof: an inclusion proof with any one thing changed leads elsewhere") {
  const Leaves leaves = numbered_leaves(20);
  const Tree tree{leaves};
  for (std::int64_t size = 1; size <= 20; ++size) {
    const Digest root = tree_root(size, tree.reader());
    for (std::int64_t leaf = 0; leaf < size; ++leaf) {
      CAPTURE(size);
      CAPTURE(leaf);
      const InclusionProof right = prove_inclusion(leaf, size, tree.reader());
      const auto leads_elsewhere = [&](auto change) {
        InclusionProof wrong = right;
        change(wrong);
        return root_of(wrong) != root;
      };
      CHECK(leads_elsewhere([](InclusionProof& proof) { proof.leaf[7] ^= 1; }));
      CHECK(leads_elsewhere([](InclusionProof& proof) { proof.leaf_index = -1; }));
      CHECK(leads_elsewhere([](InclusionProof& proof) { proof.leaf_index = proof.tree_size; }));
      CHECK(leads_elsewhere([](InclusionProof& proof) { proof.path.push_back(proof.leaf); }));
      CHECK(leads_elsewhere([](InclusionProof& proof) { proof.tree_size *= 4; }));
      if (size > 1) {
        CHECK(leads_elsewhere([](InclusionProof& proof) { proof.leaf_index ^= 1; }));
        CHECK(leads_elsewhere([](InclusionProof& proof) { proof.path.pop_back(); }));
      }
      for (std::size_t at = 0; at < right.path.size(); ++at) {
        CHECK(leads_elsewhere([at](InclusionProof& proof) { proof.path[at][31] ^= 128; }));
      }
    }
  }
}

TEST_CASE("tree proof: a consistency proof with any one thing changed does not hold") {
  const Leaves leaves = numbered_leaves(20);
  const Tree tree{leaves};
  for (std::int64_t size = 2; size <= 20; ++size) {
    for (std::int64_t old = 1; old < size; ++old) {
      CAPTURE(size);
      CAPTURE(old);
      const ConsistencyProof right = prove_consistency(old, size, tree.reader());
      const auto fails = [&](auto change) {
        ConsistencyProof wrong = right;
        change(wrong);
        return !holds(wrong);
      };
      CHECK(fails([](ConsistencyProof& proof) { proof.old_root[0] ^= 1; }));
      CHECK(fails([](ConsistencyProof& proof) { proof.new_root[0] ^= 1; }));
      CHECK(fails([](ConsistencyProof& proof) { proof.old_size = 0; }));
      CHECK(fails([](ConsistencyProof& proof) { proof.old_size = proof.new_size + 1; }));
      CHECK(fails([](ConsistencyProof& proof) { proof.old_size = proof.new_size; }));
      // The same path in a tree with more levels.
      CHECK(fails([](ConsistencyProof& proof) { proof.new_size *= 4; }));
      CHECK(fails([](ConsistencyProof& proof) { proof.path.pop_back(); }));
      CHECK(fails([](ConsistencyProof& proof) { proof.path.clear(); }));
      CHECK(fails([](ConsistencyProof& proof) { proof.path.push_back(proof.new_root); }));
      for (std::size_t at = 0; at < right.path.size(); ++at) {
        CHECK(fails([at](ConsistencyProof& proof) { proof.path[at][16] ^= 4; }));
      }
    }
  }
  ConsistencyProof same = prove_consistency(5, 5, tree.reader());
  CHECK(holds(same));
  same.new_root[0] ^= 1;
  CHECK_FALSE(holds(same));
}

TEST_CASE("tree proof: a rewritten leaf has no proof to the root that was held") {
  Leaves leaves = numbered_leaves(12);
  const Tree before{leaves};
  const Digest held = tree_root(9, before.reader());
  leaves[3] = leaf_hash("another");
  const Tree after{leaves};
  ConsistencyProof proof = prove_consistency(9, 12, after.reader());
  CHECK(holds(proof));
  proof.old_root = held;
  CHECK_FALSE(holds(proof));
}

// Of a tree over seven leaves: 0-4, 4-7; 0-2, 2-4, 4-6, 6-7; and the leaves.
TEST_CASE("tree proof: which ranges of leaves are subtrees") {
  for (const LeafRange range : {LeafRange{0, 7}, LeafRange{0, 4}, LeafRange{4, 7}, LeafRange{2, 4},
                                LeafRange{4, 6}, LeafRange{6, 7}, LeafRange{5, 6}}) {
    CAPTURE(range.begin);
    CAPTURE(range.end);
    CHECK(is_subtree(range));
  }
  for (const LeafRange range : {LeafRange{1, 3}, LeafRange{2, 5}, LeafRange{2, 6}, LeafRange{3, 3},
                                LeafRange{5, 4}, LeafRange{-1, 0}, LeafRange{6, 9}}) {
    CAPTURE(range.begin);
    CAPTURE(range.end);
    CHECK_FALSE(is_subtree(range));
  }
}
