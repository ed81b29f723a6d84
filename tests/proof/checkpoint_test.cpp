#include "ledger/proof/checkpoint.h"

#include <doctest/doctest.h>

namespace {

using namespace accrue;

// The example of https://c2sp.org/tlog-checkpoint.
const std::string published =
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

}  // namespace

TEST_CASE("checkpoint: the published example is read and written byte for byte") {
  const Checkpoint checkpoint = parse_checkpoint(published).value();
  CHECK(checkpoint.origin == "example.com/behind-the-sofa");
  CHECK(checkpoint.size == 20'852'163);
  CHECK(to_hex(checkpoint.root) ==
        "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62");
  CHECK(checkpoint.extensions.empty());
  CHECK(to_string(checkpoint) == published);
}

TEST_CASE("checkpoint: lines behind the root are kept; a tree without a leaf has size 0") {
  const std::string extended = published + "one\ntwo\n";
  const Checkpoint checkpoint = parse_checkpoint(extended).value();
  CHECK(checkpoint.extensions == std::vector<std::string>{"one", "two"});
  CHECK(to_string(checkpoint) == extended);
  const Checkpoint empty{"o", 0, sha256("")};
  CHECK(to_string(empty) == "o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  CHECK(parse_checkpoint(to_string(empty)).value().size == 0);
}

TEST_CASE("checkpoint: the origin of a book is its id") {
  CHECK(origin_of_book("00ff") == "accrue/00ff");
}

TEST_CASE("checkpoint: what is none is refused") {
  const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
  const std::string refused[] = {std::string{},
                                 std::string{"o\n"},
                                 std::string{"o\n1\n"},
                                 "o\n1\n" + root,
                                 "\n1\n" + root + "\n",
                                 "o\n01\n" + root + "\n",
                                 "o\n+1\n" + root + "\n",
                                 "o\n-1\n" + root + "\n",
                                 "o\n1 \n" + root + "\n",
                                 "o\n1.0\n" + root + "\n",
                                 "o\n9223372036854775808\n" + root + "\n",
                                 "o\n\n" + root + "\n",
                                 "o\n1\n" + root.substr(0, 40) + "\n",
                                 "o\n1\n" + root.substr(0, 43) + "\n",
                                 "o\n1\n" + root + "AAAA\n",
                                 "o\n1\n" + root + "\n\nx\n"};
  for (const std::string& text : refused) {
    CAPTURE(text);
    const Result<Checkpoint> checkpoint = parse_checkpoint(text);
    REQUIRE_FALSE(checkpoint.ok());
    CHECK(checkpoint.error().code == ErrorCode::bad_note);
  }
}
