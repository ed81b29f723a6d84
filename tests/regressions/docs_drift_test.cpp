// An order of paying that the documentation told and the code did not follow.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/credit/grant.h"
#include "tests/regressions/figures.h"

using namespace accrue;

namespace {

std::string page(const std::string& name) {
  std::ifstream in{std::string{ACCRUE_SOURCE_DIR} + "/docs/" + name};
  return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

/// The part of a page from one text to the next after it.
std::string part(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  REQUIRE(begin != std::string::npos);
  const std::size_t end = text.find(to, begin + from.size());
  REQUIRE(end != std::string::npos);
  return text.substr(begin, end - begin);
}

/// A key of the order: makes a grant the first, or the last, by it.
struct Key {
  void (*first)(Grant&);
  void (*last)(Grant&);
};

/// By the words with which the pages name a key and what is first in it.
const std::map<std::string, Key>& keys() {
  static const std::map<std::string, Key> known{
      {"priority: lowest",
       {[](Grant& grant) { grant.priority = 1; }, [](Grant& grant) { grant.priority = 2; }}},
      {"end: earliest",
       {[](Grant& grant) { grant.ends_at = Instant{1'000}; },
        [](Grant& grant) { grant.ends_at = std::nullopt; }}},
      {"scope: limited",
       {[](Grant& grant) { grant.scope.services = {"gpu"}; },
        [](Grant& grant) { grant.scope = {}; }}},
      {"price: lowest",
       {[](Grant& grant) { grant.price_per_unit = Ratio{1, 3}; },
        [](Grant& grant) { grant.price_per_unit = Ratio{1, 2}; }}},
      {"begin: earliest",
       {[](Grant& grant) { grant.begins_at = Instant{1}; },
        [](Grant& grant) { grant.begins_at = Instant{2}; }}},
      {"id: lowest",
       {[](Grant& grant) { grant.id = "A"; }, [](Grant& grant) { grant.id = "B"; }}},
  };
  return known;
}

/// Each key decides against all that stand after it, and not against one before it.
void check_order(const std::vector<std::string>& order) {
  REQUIRE(order.size() == keys().size());
  for (std::size_t decisive = 0; decisive < order.size(); ++decisive) {
    CAPTURE(order[decisive]);
    Grant first = accrue_test::grant_of("T1", 1);
    Grant last = first;
    for (std::size_t i = 0; i < order.size(); ++i) {
      REQUIRE(keys().contains(order[i]));
      const Key& key = keys().at(order[i]);
      key.first(i > decisive ? last : first);
      (i < decisive ? key.first : key.last)(i > decisive ? first : last);
    }
    CHECK(pays_before(first, last));
    CHECK_FALSE(pays_before(last, first));
  }
}

}  // namespace

// OpenMeter's ledger and Flexprice: a key of the order, or all of it, was told otherwise.
TEST_CASE("regressions: grants pay in the order that the semantics print") {
  const std::string table = part(page("semantics.md"), "**Order of grants.**", "**Refunds.**");
  const std::map<std::string, std::string> words{
      {"priority (100 when not stated) = lowest", "priority: lowest"},
      {"end of the window = earliest; no end comes last", "end: earliest"},
      {"scope = any list given, before none", "scope: limited"},
      {"price per unit of face in functional currency, exact, before the parts are rounded "
       "(section 5) = lowest",
       "price: lowest"},
      {"begin of the window = earliest", "begin: earliest"},
      {"id ([0003](decisions/0003-grant-ids.md)) = lowest", "id: lowest"}};
  static const std::regex row{R"(\| ([1-9]) \| ([^|]*) \| ([^|]*) \|)"};
  std::vector<std::string> order;
  for (std::sregex_iterator found{table.begin(), table.end(), row}, end; found != end; ++found) {
    CHECK((*found)[1].str() == std::to_string(order.size() + 1));
    const std::string said = (*found)[2].str() + " = " + (*found)[3].str();
    REQUIRE_MESSAGE(words.contains(said), "not known to this test: ", said);
    order.push_back(words.at(said));
  }
  check_order(order);
}

TEST_CASE("regressions: grants pay in the order that the concepts tell") {
  const std::string sentence =
      part(page("concepts.md"), "Grants are tried in this order: ", ". Each pays");
  const std::map<std::string, std::string> words{
      {"lowest priority number", "priority: lowest"},
      {"earliest end", "end: earliest"},
      {"a limited scope before none", "scope: limited"},
      {"lowest price per unit of face", "price: lowest"},
      {"earliest begin", "begin: earliest"},
      {"id", "id: lowest"}};
  std::vector<std::string> order;
  std::string rest = sentence.substr(sentence.find(':') + 2);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string said = std::regex_replace(rest.substr(0, end), std::regex{"\\s+"}, " ");
    rest.erase(0, std::min(end + 2, rest.size()));
    REQUIRE_MESSAGE(words.contains(said), "not known to this test: ", said);
    order.push_back(words.at(said));
  }
  check_order(order);
}
