#include "ledger/proof/merkle.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/proof/sha256.h"

namespace {

using namespace accrue;

/// The kept subtrees of a tree that grows leaf by leaf.
struct Tree {
  std::int64_t leaf_count = 0;
  std::map<std::pair<std::int32_t, std::int64_t>, Digest> nodes;

  auto reader() {
    return [this](NodeAddress address) { return nodes.at({address.level, address.index}); };
  }
  void append(std::string_view bytes) {
    append_leaf(leaf_count, leaf_hash(bytes), reader(),
                [this](NodeAddress address, const Digest& digest) {
                  CHECK(nodes.emplace(std::pair{address.level, address.index}, digest).second);
                });
    ++leaf_count;
  }
  Digest root(std::int64_t count) { return tree_root(count, reader()); }
};

/// RFC 6962, section 2.1, as it is written there.
Digest root_by_definition(const std::vector<std::string>& leaves, std::size_t first,
                          std::size_t count) {
  if (count == 0) return sha256("");
  if (count == 1) return leaf_hash(leaves[first]);
  std::size_t split = 1;
  while (split * 2 < count) split *= 2;
  return node_hash(root_by_definition(leaves, first, split),
                   root_by_definition(leaves, first + split, count - split));
}

}  // namespace

TEST_CASE("sha256: the digests are those of FIPS 180-4, whole or in pieces") {
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 hash;
  CHECK(hash.add("a").add("").add("bc").finish() == sha256("abc"));
  CHECK(hash.add("abc").finish() == sha256("abc"));
  CHECK(Sha256{}.finish() == sha256(""));
}

TEST_CASE("merkle: the roots are those of the Certificate Transparency test vectors") {
  const std::vector<std::string> leaves{
      "",
      std::string(1, '\0'),
      "\x10",
      "\x20\x21",
      "\x30\x31",
      "\x40\x41\x42\x43",
      "\x50\x51\x52\x53\x54\x55\x56\x57",
      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
  };
  const char* roots[] = {
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  };
  Tree tree;
  CHECK(to_hex(tree.root(0)) == roots[0]);
  for (const std::string& leaf : leaves) {
    tree.append(leaf);
    CHECK(to_hex(tree.root(tree.leaf_count)) == roots[tree.leaf_count]);
  }
}

TEST_CASE("merkle: every root is that of the definition, also of a tree that has grown since") {
  std::vector<std::string> leaves;
  Tree tree;
  for (int i = 0; i < 130; ++i) {
    leaves.push_back("leaf " + std::to_string(i));
    tree.append(leaves.back());
  }
  for (std::size_t count = 0; count <= leaves.size(); ++count) {
    CAPTURE(count);
    CHECK(tree.root(static_cast<std::int64_t>(count)) == root_by_definition(leaves, 0, count));
  }
}

TEST_CASE("merkle: a leaf is never taken for a node, nor an order for another") {
  const Digest a = leaf_hash("a");
  const Digest b = leaf_hash("b");
  CHECK(node_hash(a, b) != node_hash(b, a));
  std::string both{reinterpret_cast<const char*>(a.data()), a.size()};
  both.append(reinterpret_cast<const char*>(b.data()), b.size());
  CHECK(leaf_hash(both) != node_hash(a, b));
  CHECK(leaf_hash("a") != sha256("a"));
}
