#include "accounting/audit/leaf_list.h"

namespace accrue {

namespace {

constexpr std::string_view head = "accrue.leaves/1";

Error bad_list(const std::string& why) {
  return Error{.code = ErrorCode::bad_note,
               .message = "the file is no list of leaves: " + why,
               .hint = "name a file that `accrue audit checkpoint --leaves FILE` wrote"};
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

Result<Digest> leaf_of(std::string_view line) {
  Digest leaf{};
  if (line.size() != leaf.size() * 2) return bad_list("'" + std::string{line} + "' is no leaf");
  for (std::size_t i = 0; i < leaf.size(); ++i) {
    const int high = digit_of(line[i * 2]);
    const int low = digit_of(line[i * 2 + 1]);
    if (high < 0 || low < 0) return bad_list("'" + std::string{line} + "' is no leaf");
    leaf[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return leaf;
}

}  // namespace

std::string to_string(const LeafList& list) {
  std::string text{head};
  text += "\n" + list.origin + "\n";
  for (const Digest& leaf : list.leaves) text += to_hex(leaf) + "\n";
  return text;
}

Result<LeafList> parse_leaf_list(std::string_view text) {
  LeafList list;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return bad_list("its last line is cut");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (number == 1) {
      if (line != head) return bad_list("it does not begin with accrue.leaves/1");
    } else if (number == 2) {
      list.origin = line;
    } else {
      ACCRUE_TRY(leaf, leaf_of(line));
      list.leaves.push_back(leaf);
    }
  }
  if (list.leaves.empty()) return bad_list("it holds none");
  return list;
}

void LeafTree::add(const Digest& leaf) {
  append_leaf(
      size_++, leaf,
      [&](NodeAddress address) {
        return nodes_.at({address.level, address.index});
      },
      [&](NodeAddress address, const Digest& digest) {
        nodes_[{address.level, address.index}] = digest;
      });
}

Digest LeafTree::root(std::int64_t size) const {
  return tree_root(size, [&](NodeAddress address) {
    return nodes_.at({address.level, address.index});
  });
}

}  // namespace accrue
