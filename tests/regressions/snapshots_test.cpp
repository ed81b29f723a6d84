// Balances worked out from something kept that was no longer so.

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/credit/burn_down.h"
#include "tests/regressions/figures.h"

using namespace accrue;
using namespace accrue_test;

namespace {

/// Consumption after so many half hours from the beginning of 1970.
struct Use {
  std::int64_t half_hours;
  std::int64_t amount;
};

void add(BurnDown& served, const std::vector<Use>& uses) {
  std::vector<OpenCharge> charges;
  for (const Use& use : uses) {
    const Date on{static_cast<std::int32_t>(use.half_hours / 48)};
    charges.push_back({Instant{use.half_hours * 1'800'000'000}, on, Period::of(on),
                       served.number_of({"lunar", "USD", "ba-1", "", "gpu", "h100", "r1"}),
                       Charge::Kind::served, Decimal::from_integer(use.amount)});
  }
  served.add(charges);
}

/// Who pays what, charge by charge.
std::string draws(const BurnDown& served) {
  std::string text;
  for (const ServedSum& sum : served.sums()) {
    text += sum.at.to_string();
    for (const Draw& draw : served.draws_of(sum)) {
      text += " " + std::to_string(static_cast<int>(draw.payer)) + "/" +
              std::to_string(draw.grant) + "/" + draw.served_period.to_string() + " " +
              draw.amount.to_string();
    }
    text += "\n";
  }
  return text;
}

/// "A 500, B 400, cash 90".
std::string payers(const BurnDown& served) {
  Decimal cash;
  for (const auto& [key, amount] : served.cash_funded()) cash += amount;
  std::string text;
  for (const auto& [id, amount] : drawn_by_grant(served.totals())) {
    text += id + " " + amount.to_string() + ", ";
  }
  return text + "cash " + cash.to_string();
}

}  // namespace

// openmeter #4846: a snapshot had no usage to date, and more was used than was granted while a
// balance was left. openmeter #4845: after a change in the past a later snapshot was used again.
TEST_CASE("regressions: a charge and a refund far in the past count as if they had come in time") {
  std::vector<Use> in_time;
  for (std::int64_t hour = 0; hour < 1000; ++hour) in_time.push_back({2 * hour, 1});
  const Use late_charge{11, 10};   // between hours 5 and 6
  const Use late_refund{15, -20};  // between hours 7 and 8

  for (const std::size_t stride : {1u, 2u, 3u, 7u, 64u, 999u, 1000u, 5000u}) {
    CAPTURE(stride);
    BurnDown grown{{grant_of("A", 500, 1), grant_of("B", 400, 2)}, {}, stride};
    for (const Use& use : in_time) add(grown, {use});
    CHECK(payers(grown) == "A 500, B 400, cash 100");

    // Hours 0 to 5 use 6 of A and the late charge 10; A ends with hour 489, B with hour 889.
    add(grown, {late_charge});
    CHECK(payers(grown) == "A 500, B 400, cash 110");
    CHECK(grown.sums()[490].at == Instant{489 * 3'600'000'000});
    CHECK(grown.draws_of(grown.sums()[490])[0].grant == 0);
    CHECK(grown.draws_of(grown.sums()[491])[0].grant == 1);

    // At its turn 18 stand served, all of A: two of the 20 find nothing, and stay cash below zero.
    // A pays 18 hours more, to 507, B to 907, and 92 hours are cash.
    add(grown, {late_refund});
    CHECK(payers(grown) == "A 500, B 400, cash 90");
    CHECK(grown.draws_of(grown.sums()[509])[0].grant == 0);
    CHECK(grown.draws_of(grown.sums()[510])[0].grant == 1);

    std::vector<Use> all = in_time;
    all.insert(all.end(), {late_charge, late_refund});
    BurnDown whole{{grant_of("A", 500, 1), grant_of("B", 400, 2)}, {}};
    add(whole, all);
    CHECK(draws(grown) == draws(whole));
  }
}

TEST_CASE("regressions: the book of a backdated charge is that of the charge in time") {
  const Scratch late;
  const Scratch in_time;
  std::vector<MeteredEvent> events;
  for (int i = 10; i < 30; ++i) {
    events.push_back({std::to_string(i), "2024-04-" + std::to_string(i) + "T10:00:00Z", "6"});
  }
  const std::vector<MeteredEvent> backdated{{"b", "2024-04-05T10:00:00Z", "15.5"},
                                            {"r", "2024-04-12T11:00:00Z", "-7.25"}};
  for (const Scratch* scratch : {&late, &in_time}) {
    open_book(*scratch, {{"T1", "50 USD", "2024-04-01", "2024-04-20"}, {"T2", "40 USD"}});
  }
  for (const MeteredEvent& event : events) send(late, {event});
  for (const MeteredEvent& event : backdated) send(late, {event});
  std::vector<MeteredEvent> ordered = events;
  ordered.insert(ordered.begin() + 3, backdated[1]);
  ordered.insert(ordered.begin(), backdated[0]);
  send(in_time, ordered);

  // In time: 15.50, then 6 on each of three days, less 7.25: 26.25. Seven more 6, of which the
  // first three leave 5.75 of T1; the fourth takes them and 0.25 of T2. T2 pays 18 of the
  // next three, 18.25 in all, and 21.75 of the ten after the 19th: 60. Cash pays 38.25.
  CHECK(has(grant_figures(late, "T1"), "drawn 50.00"));
  CHECK(has(grant_figures(late, "T2"), "drawn 40.00"));
  CHECK(funding(late) == "credits 90.00, cash 38.25");
  for (const char* report : {"grant list", "drawdown list", "report trial-balance 2024-04",
                             "report period 2024-04", "report rollforward 2024-04"}) {
    CAPTURE(report);
    const std::string wanted = in_time.run(std::string{report} + " -f csv").out;
    CHECK(wanted.size() > 100);
    CHECK(late.run(std::string{report} + " -f csv").out == wanted);
  }
}

TEST_CASE("regressions: closes and reopenings lose nothing of what was used before them") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  const char* const months[] = {"2024-04", "2024-05", "2024-06"};
  for (const std::string month : months) {
    send(scratch, {{month, month + "-10T00:00:00Z", "40"}});
    run_well(scratch, "close " + month);
  }
  CHECK(has(grant_figures(scratch, "T1"), "drawn 100.00, expired 0.00, left 0.00"));
  // 20 of June are cash; a late 10 of April too, for what closes froze does not move.
  send(scratch, {{"late", "2024-04-01T00:00:00Z", "10"}});
  CHECK(funding(scratch) == "credits 100.00, cash 30.00");
  CHECK(funding(scratch, "--origin 2024-04") == "credits 40.00, cash 10.00");
  // Taken back, they are free again: April 50, May 40, June 10 of its 40.
  for (const std::string month : {"2024-06", "2024-05", "2024-04"}) {
    run_well(scratch, "reopen " + month + " --reason late --yes");
  }
  CHECK(funding(scratch) == "credits 100.00, cash 30.00");
  CHECK(funding(scratch, "--origin 2024-04") == "credits 50.00, cash 0.00");
  CHECK(funding(scratch, "--origin 2024-06") == "credits 10.00, cash 30.00");
}

// openmeter #4999: a calculation begun before a change wrote what it had found after it.
TEST_CASE("regressions: usage read before a deal was added is not recorded after it") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  std::string terms = terms_of("other", {{"T2", "100 USD"}});
  terms.replace(terms.find("ba-1"), 4, "ba-2");
  terms.replace(terms.find("Lunar"), 5, "Nova");
  scratch.write("other.toml", terms);
  const std::string pipe = (scratch.folder() / "pipe.csv").string();
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const pid_t reader = ::fork();
  if (reader == 0) {
    // Its answer has a file of its own: the other command runs in the same folder.
    ::execlp("sh", "sh", "-c",
             ("cd '" + scratch.folder().string() + "' && '" ACCRUE_PROGRAM
              "' import usage pipe.csv --author ana --now 2024-07-01T08:00:00Z"
              " >reader.out 2>reader.err").c_str(),
             static_cast<char*>(nullptr));
    ::_exit(127);
  }
  // Opens when the reader has it open, and it looked at the book before.
  const int writer = ::open(pipe.c_str(), O_WRONLY);
  REQUIRE(writer >= 0);
  run_well(scratch, "investment add other.toml");
  const std::string before = standing(scratch);
  const std::string file = focus_file(usage_row("ba-2", "2024-04-10T00:00:00Z", "40"));
  CHECK(::write(writer, file.data(), file.size()) == static_cast<ssize_t>(file.size()));
  ::close(writer);
  int status = -1;
  ::waitpid(reader, &status, 0);
  CHECK(WEXITSTATUS(status) == 1);
  CHECK(has(scratch.read("reader.err"), "error[book_busy]: a deal was added to the book"));
  CHECK(standing(scratch) == before);

  // Read again it is the new deal's.
  scratch.write("again.csv", file);
  run_well(scratch, "import usage again.csv");
  CHECK(has(grant_figures(scratch, "T2"), "drawn 40.00"));
}
