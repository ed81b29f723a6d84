#include "accounting/audit/leaf_list.h"

#include <doctest/doctest.h>

namespace {

using namespace accrue;

const std::string a(64, 'a');
const std::string zero(64, '0');

}  // namespace

TEST_CASE("leaf list: what is written is read") {
  LeafList list{"accrue/00", {Digest{}, Digest{}}};
  list.leaves[1].fill(0xaa);
  const std::string text = "accrue.leaves/1\naccrue/00\n" + zero + "\n" + a + "\n";
  CHECK(to_string(list) == text);
  const LeafList back = parse_leaf_list(text).value();
  CHECK(back.origin == list.origin);
  CHECK(back.leaves == list.leaves);
}

TEST_CASE("leaf list: any other text is refused") {
  const std::string head = "accrue.leaves/1\no\n";
  const std::string refused[] = {"",
                                 head,
                                 "accrue.leaves/2\no\n" + a + "\n",
                                 head + a,
                                 head + a + "a\n",
                                 head + a.substr(1) + "\n",
                                 head + a.substr(1) + "A\n",
                                 head + a.substr(1) + "g\n",
                                 head + a + "\n\n"};
  for (const std::string& text : refused) {
    CAPTURE(text);
    const Result<LeafList> list = parse_leaf_list(text);
    REQUIRE_FALSE(list.ok());
    CHECK(list.error().code == ErrorCode::bad_note);
  }
}

TEST_CASE("leaf tree: its roots are those of the tree") {
  LeafTree tree;
  tree.add(leaf_hash("a"));
  tree.add(leaf_hash("b"));
  tree.add(leaf_hash("c"));
  const Digest two = node_hash(leaf_hash("a"), leaf_hash("b"));
  CHECK(tree.root(1) == leaf_hash("a"));
  CHECK(tree.root(2) == two);
  CHECK(tree.root(3) == node_hash(two, leaf_hash("c")));
  CHECK(tree.leaf(1) == leaf_hash("b"));
}
