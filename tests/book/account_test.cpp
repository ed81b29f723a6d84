#include "ledger/book/account.h"

#include <set>

#include <doctest/doctest.h>

namespace {

using namespace accrue;

Account revenue(std::string investee, std::string grant, std::string service, std::string region) {
  return {AccountRole::revenue, RevenueKind::usage, std::move(investee), "",
          std::move(grant),     std::move(service), std::move(region)};
}

}  // namespace

TEST_CASE("account: a name has the parts of its role, marked where they could be misread") {
  struct Row {
    const char* why;
    Account account;
    const char* name;
    AccountType type;
  };
  const Row rows[] = {
      {"per investment",
       {AccountRole::investment, RevenueKind::none, "lunar", "lunar-2024", "", "", ""},
       "Investment:lunar:lunar-2024",
       AccountType::asset},
      {"per investment",
       {AccountRole::cash, RevenueKind::none, "lunar", "lunar-2024", "", "", ""},
       "Cash:lunar:lunar-2024",
       AccountType::asset},
      {"per investee",
       {AccountRole::unbilled_receivable, RevenueKind::none, "lunar", "", "", "", ""},
       "Unbilled receivable:lunar",
       AccountType::asset},
      {"per grant",
       {AccountRole::contract_liability, RevenueKind::none, "lunar", "", "T1", "", ""},
       "Contract liability:lunar:T1",
       AccountType::liability},
      {"all parts", revenue("lunar", "T1", "GPU", "cn-north"),
       "Revenue:lunar:T1:usage:GPU:cn-north", AccountType::revenue},
      {"an empty part", revenue("lunar", "", "GPU", ""), "Revenue:lunar:-:usage:GPU:-",
       AccountType::revenue},
      {"a part that is the mark of an empty one", revenue("lunar", "-", "GPU", "a-b"),
       "Revenue:lunar:%2D:usage:GPU:a-b", AccountType::revenue},
      {"marks inside a part", revenue("lunar", "T:1", "100% GPU", "x"),
       "Revenue:lunar:T%3A1:usage:100%25 GPU:x", AccountType::revenue},
      {"breakage",
       {AccountRole::revenue, RevenueKind::breakage, "lunar", "", "T1", "GPU", "x"},
       "Revenue:lunar:T1:breakage:GPU:x",
       AccountType::revenue},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(row.account.name() == row.name);
    CHECK(row.account.type() == row.type);
  }
}

TEST_CASE("account: no two accounts share a name") {
  const char* parts[] = {"", "-", "%2D", ":", "a", "a:", ":a", "%3A", "-:-"};
  std::set<std::string> names;
  std::size_t count = 0;
  for (const char* grant : parts) {
    for (const char* service : parts) {
      for (const char* region : parts) {
        names.insert(revenue("lunar", grant, service, region).name());
        ++count;
      }
    }
  }
  CHECK(names.size() == count);
}
