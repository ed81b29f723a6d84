#include "ledger/book/record.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/proof/merkle.h"

namespace {

using namespace accrue;

/// Everything an entry is made of, open to change.
struct Draft {
  Record record;
  Date dated_on = Date::of(1970, 1, 3);
  Period posting = Period{24293};
  Period origin = Period{24292};
  std::string memo = "m";
  std::vector<Line> lines{
      {Account{AccountRole::contract_liability, RevenueKind::none, "a", "", "g", "", ""}, 258},
      {Account{AccountRole::revenue, RevenueKind::usage, "a", "", "g", "s", "r"}, -258},
  };

  Draft() {
    record.sequence = 7;
    record.kind = RecordKind::usage_imported;
    record.recorded_at = Instant{1};
    record.author = "ada";
    record.reason = "";
    record.identity = {"os", "h"};
    record.fact = "fact";
  }
  std::string leaf() const {
    Record complete = record;
    complete.entries = {Entry::make(dated_on, posting, origin, memo, lines)};
    return leaf_bytes(complete);
  }
};

}  // namespace

TEST_CASE("record: the leaf bytes are those of docs/formats.md, worked by hand") {
  const char* expected =
      "000000000000000f"
      "6163637275652e7265636f72642f32"  // accrue.record/2
      "0000000000000007"                // sequence
      "03"                              // usage_imported
      "0000000000000001"                // a microsecond after 1970
      "0000000000000003"
      "616461"            // author
      "0000000000000000"  // reason
      "0000000000000002"
      "6f73"  // system user
      "0000000000000001"
      "68"                // host
      "00000001"          // rules
      "0000000000000004"
      "66616374"          // fact
      "0000000000000001"  // one entry
      "0000000000000002"  // 1970-01-03
      "0000000000005ee5"  // posting period 2024-06
      "0000000000005ee4"  // origin period 2024-05
      "0000000000000001"
      "6d"                // memo
      "0000000000000002"  // two lines
      "03"
      "00"  // contract liability
      "0000000000000001"
      "61"                // investee
      "0000000000000000"  // investment
      "0000000000000001"
      "67"  // grant
      "0000000000000000"
      "0000000000000000"  // service, region
      "0000000000000102"  // 258
      "04"
      "01"  // revenue, usage
      "0000000000000001"
      "61"
      "0000000000000000"
      "0000000000000001"
      "67"
      "0000000000000001"
      "73"
      "0000000000000001"
      "72"
      "fffffffffffffefe"  // -258
      "00";               // not approved
  CHECK(to_hex(Draft{}.leaf()) == expected);
}

TEST_CASE("record: every field of a record and of its entries is bound by its leaf") {
  struct Row {
    const char* what;
    std::function<void(Draft&)> change;
  };
  const Row rows[] = {
      {"nothing", [](Draft&) {}},
      {"sequence", [](Draft& d) { d.record.sequence = 8; }},
      {"kind", [](Draft& d) { d.record.kind = RecordKind::period_closed; }},
      {"recorded_at", [](Draft& d) { d.record.recorded_at.microseconds = 2; }},
      {"author", [](Draft& d) { d.record.author = "adb"; }},
      {"reason", [](Draft& d) { d.record.reason = "r"; }},
      {"the border of author and reason",
       [](Draft& d) { d.record.author = "ad", d.record.reason = "a"; }},
      {"system user", [](Draft& d) { d.record.identity.os_user = "ot"; }},
      {"host", [](Draft& d) { d.record.identity.host = "i"; }},
      {"approved", [](Draft& d) { d.record.approval.emplace(); }},
      {"approver", [](Draft& d) { d.record.approval = Approval{"bo", {}, ""}; }},
      {"system user of the approver",
       [](Draft& d) { d.record.approval = Approval{"", {"bo", ""}, ""}; }},
      {"host of the approver", [](Draft& d) { d.record.approval = Approval{"", {"", "bo"}, ""}; }},
      {"signature", [](Draft& d) { d.record.approval = Approval{"", {}, "bo"}; }},
      {"rules", [](Draft& d) { d.record.rules = 2; }},
      {"fact", [](Draft& d) { d.record.fact += '\0'; }},
      {"date", [](Draft& d) { d.dated_on.days += 1; }},
      {"posting period", [](Draft& d) { d.posting.months += 1; }},
      {"origin period", [](Draft& d) { d.origin.months -= 1; }},
      {"memo", [](Draft& d) { d.memo = "n"; }},
      {"role", [](Draft& d) { d.lines[0].account.role = AccountRole::cash; }},
      {"kind of revenue", [](Draft& d) { d.lines[1].account.kind = RevenueKind::breakage; }},
      {"investee", [](Draft& d) { d.lines[0].account.investee = "b"; }},
      {"investment", [](Draft& d) { d.lines[0].account.investment = "i"; }},
      {"grant", [](Draft& d) { d.lines[0].account.grant = "h"; }},
      {"service", [](Draft& d) { d.lines[1].account.service = "t"; }},
      {"region", [](Draft& d) { d.lines[1].account.region = "q"; }},
      {"amounts",
       [](Draft& d) { d.lines[0].amount_minor_units = 1, d.lines[1].amount_minor_units = -1; }},
      {"order of lines", [](Draft& d) { std::swap(d.lines[0], d.lines[1]); }},
      {"a line more",
       [](Draft& d) {
         d.lines.push_back({d.lines[0].account, 0});
       }},
  };
  std::set<std::string> leaves;
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Draft draft;
    row.change(draft);
    CHECK(leaves.insert(draft.leaf()).second);
  }
}
