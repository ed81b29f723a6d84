#include "ledger/proof/base64.h"

#include <doctest/doctest.h>

using accrue::from_base64;
using accrue::to_base64;

TEST_CASE("base64: the test vectors of RFC 4648, section 10, both ways") {
  struct Row {
    const char* bytes;
    const char* text;
  };
  const Row rows[] = {{"", ""},
                      {"f", "Zg=="},
                      {"fo", "Zm8="},
                      {"foo", "Zm9v"},
                      {"foob", "Zm9vYg=="},
                      {"fooba", "Zm9vYmE="},
                      {"foobar", "Zm9vYmFy"}};
  for (const Row& row : rows) {
    CAPTURE(row.bytes);
    CHECK(to_base64(row.bytes) == row.text);
    CHECK(from_base64(row.text) == row.bytes);
  }
  CHECK(to_base64(std::string("\x00\xff\xfe", 3)) == "AP/+");
  CHECK(from_base64("AP/+") == std::string("\x00\xff\xfe", 3));
}

TEST_CASE("base64: any other form is refused") {
  for (const char* text : {"Zg", "Zg=", "Z===", "====", " Zg==", "Zg== ", "Zm9v\n", "Zm 9",
                           "Zh==", "Zm9=", "Zm-v", "Zm_v", "Zg==Zg==", "=Zg=", "\xffm9v"}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64(text).has_value());
  }
}
