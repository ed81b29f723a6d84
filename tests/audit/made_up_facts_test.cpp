// A book may hold facts that no command would have recorded: somebody wrote them, and every hash
// anew. An audit of it ends with a finding, whatever they say.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/audit/verify.h"
#include "ledger/book/codec.h"
#include "tests/audit/audited_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

Decimal decimal(const std::string& text) { return Decimal::parse(text).value(); }

/// What is made up of a fact of one kind.
struct MadeUp {
  std::string what;
  std::function<bool(Fact&)> make;  ///< false for a fact of another kind
};

template <typename F, typename Change>
MadeUp of(const std::string& what, Change change) {
  return {what, [change](Fact& fact) {
            F* const found = std::get_if<F>(&fact);
            if (found != nullptr) change(*found);
            return found != nullptr;
          }};
}

const std::string huge = "1" + std::string(36, '0');

std::vector<MadeUp> made_up() {
  const auto tranche = [](const std::string& what, auto change) {
    return of<InvestmentAdded>(what, [change](InvestmentAdded& added) {
      change(added.investment.tranches.front());
    });
  };
  const auto usage = [](const std::string& what, auto change) {
    return of<UsageImported>(what, [change](UsageImported& imported) {
      for (Charge& charge : imported.delivery.charges) change(charge);
    });
  };
  const auto unused = [](ExpectedUnused::Measure measure, const std::string& value) {
    return ExpectedUnused{measure, decimal(value)};
  };
  return {
      tranche("a huge face", [](Tranche& t) { t.face.value = decimal(huge); }),
      tranche("a face of nothing", [](Tranche& t) { t.face.value = {}; }),
      tranche("a face below zero", [](Tranche& t) { t.face.value = decimal("-5"); }),
      tranche("a tiny face", [](Tranche& t) { t.face.value = decimal("0." + std::string(15, '0') + "1"); }),
      tranche("a huge price",
              [](Tranche& t) { t.transaction_price = Amount{decimal(huge), t.face.currency}; }),
      tranche("a price below zero",
              [](Tranche& t) { t.transaction_price = Amount{decimal("-7"), t.face.currency}; }),
      tranche("an end before the begin", [](Tranche& t) { t.expires_on = Date::of(2020, 1, 1); }),
      tranche("no end", [](Tranche& t) { t.expires_on = std::nullopt; }),
      tranche("more unused than all",
              [unused](Tranche& t) {
                t.expected_unused = unused(ExpectedUnused::Measure::percent_of_face, "1000");
              }),
      tranche("an id twice", [](Tranche& t) { t.id = "T1"; }),
      of<InvestmentAdded>("no tranche", [](InvestmentAdded& f) { f.investment.tranches.clear(); }),
      of<InvestmentAdded>("a deal twice", [](InvestmentAdded& f) { f.investment.id = "lunar-2024"; }),
      of<InvestmentAdded>("huge cash",
                          [](InvestmentAdded& f) { f.investment.cash->value = decimal(huge); }),
      of<InvestmentAdded>("no stand-alone price",
                          [](InvestmentAdded& f) { f.investment.ssp_percent = {}; }),
      of<InvestmentAdded>("a rate of nothing",
                          [](InvestmentAdded& f) { f.investment.fixed_rate = Decimal{}; }),
      usage("huge charges", [](Charge& c) { c.amount = decimal(huge); }),
      usage("huge refunds", [](Charge& c) { c.amount = decimal("-" + huge); }),
      usage("nobody's charges", [](Charge& c) { c.key.investee = "nobody"; }),
      usage("no currency", [](Charge& c) { c.key.currency = "XXX"; }),
      usage("another currency", [](Charge& c) { c.key.currency = "JPY"; }),
      usage("charges long ago", [](Charge& c) { c.at = Instant::parse("1900-01-01T00:00:00Z").value(); }),
      usage("charges far ahead", [](Charge& c) { c.at = Instant::parse("2199-01-01T00:00:00Z").value(); }),
      usage("reductions", [](Charge& c) { c.kind = Charge::Kind::reduction; }),
      of<UsageImported>("rows of more charges than there are",
                        [](UsageImported& f) { f.delivery.rows_of_charges.resize(99); }),
      of<UsageImported>("a file twice", [](UsageImported& f) {
        f.delivery.files.front().sha256 = std::string(32, 'a');
      }),
      of<EstimateChanged>("an estimate of nobody", [](EstimateChanged& f) { f.grant = "T9"; }),
      of<EstimateChanged>("a huge estimate", [unused](EstimateChanged& f) {
        f.expected_unused = unused(ExpectedUnused::Measure::amount, huge);
      }),
      of<EstimateChanged>("an estimate below zero", [unused](EstimateChanged& f) {
        f.expected_unused = unused(ExpectedUnused::Measure::percent_of_face, "-50");
      }),
      of<EventsAccepted>("a huge event",
                         [](EventsAccepted& f) { f.events.front().amount = decimal(huge); }),
      of<EventsAccepted>("an event twice",
                         [](EventsAccepted& f) { f.events.back() = f.events.front(); }),
      of<RatesImported>("a rate of zero", [](RatesImported& f) { f.rows.front().rate = {}; }),
      of<PeriodClosed>("a close far ahead", [](PeriodClosed& f) { f.period = Period::of(2190, 1); }),
      of<PeriodClosed>("a close of another hash",
                       [](PeriodClosed& f) { f.trial_balance_hash = std::string(32, 'x'); }),
      of<PeriodReopened>("a reopening of what is open",
                         [](PeriodReopened& f) { f.period = Period::of(2030, 1); }),
      of<CheckpointSigned>("a note of words", [](CheckpointSigned& f) { f.note = "trust me\n"; }),
      of<KeyRegistered>("a key of words", [](KeyRegistered& f) { f.verifier_key = "words"; }),
      of<SegmentImported>("huge revenue",
                          [](SegmentImported& f) { f.rows.front().revenue = decimal(huge); }),
  };
}

/// The book again, but for the fact of one record; its hashes are those of what it says.
Store rewritten(const Store& book, std::int64_t changed, const Fact& fact) {
  Store store = Store::in_memory();
  auto transaction = store.begin();
  REQUIRE(transaction.ok());
  for (std::int64_t sequence = 1; sequence <= book.record_count(); ++sequence) {
    Record record = book.read_record(sequence);
    if (sequence == changed) record.fact = encode(fact);
    store.append(record);
  }
  transaction->commit();
  return store;
}

}  // namespace

TEST_CASE("made-up facts: every audit ends with a finding") {
  const Books book = audited_book(Store::in_memory());
  for (const MadeUp& made : made_up()) {
    CAPTURE(made.what);
    int count = 0;
    for (std::int64_t sequence = 1; sequence <= book.store().record_count(); ++sequence) {
      CAPTURE(sequence);
      const Record record = book.store().read_record(sequence);
      Fact fact = decode(record.kind, record.fact);
      if (!made.make(fact)) continue;
      ++count;
      const AuditReport report = verify(rewritten(book.store(), sequence, fact), {});
      CHECK(verdict_of(report) != Verdict::ok);
      CHECK_FALSE(report.findings.empty());
    }
    CHECK(count > 0);
  }
}
