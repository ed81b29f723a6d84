#include "accounting/posting/saved_forecasts.h"

#include <string>

#include <doctest/doctest.h>

#include "accounting/audit/log.h"
#include "accounting/audit/verify.h"
#include "ledger/book/codec.h"
#include "ledger/proof/merkle.h"
#include "tests/audit/audited_book.h"
#include "tests/cli/program.h"
#include "tests/report/saved_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

SampleBook book_with_plan() {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "100",
                 .expected_unused_percent = "10"});
  save(book, saved("plan", "2024-02..2024-04", {{"2024-02", "lunar", "A", "10", "0", "10", "0"}}));
  return book;
}

/// The code of the refusal, if the book as it stands refuses the fact.
std::optional<ErrorCode> refused(const SampleBook& book, const Fact& fact) {
  BookState state = book.view().state;
  const Result<Done> added = add_fact(state, fact, state.record_count + 1);
  if (added.ok()) return std::nullopt;
  return added.error().code;
}

EstimateChanged estimate(std::optional<CitedForecast> evidence) {
  return {"A",
          {ExpectedUnused::Measure::percent_of_face, Decimal::parse("20").value()},
          Period::of(2024, 1),
          std::move(evidence)};
}

PeriodClosed close_of(int month, ClosingForecast forecast) {
  PeriodClosed close;
  close.period = Period::of(2024, month);
  close.forecast = std::move(forecast);
  return close;
}

}  // namespace

TEST_CASE("saved forecasts: a name is given once") {
  const SampleBook book = book_with_plan();
  CHECK(refused(book, saved("plan", "2025-01", {})) == ErrorCode::duplicate_id);
  CHECK(refused(book, saved("other", "2025-01", {})) == std::nullopt);
}

TEST_CASE("saved forecasts: one starts from records of the book, and no other") {
  const SampleBook book = book_with_plan();
  ForecastSaved fact = std::get<ForecastSaved>(
      decode(RecordKind::forecast_saved, book.store().read_record(3).fact));
  CHECK(fact.start_records == 2);
  CHECK(require_known_start(fact, book.store()).ok());
  fact.start_records = 3;
  CHECK(require_known_start(fact, book.store()).error().code == ErrorCode::bad_value);
  fact.start_records = 4;
  CHECK(require_known_start(fact, book.store()).error().code == ErrorCode::bad_value);
  fact.start_records = 0;
  CHECK_FALSE(require_known_start(fact, book.store()).ok());
}

TEST_CASE("saved forecasts: they are cited by the leaf of their record, also in a book read again") {
  const SampleBook book = book_with_plan();
  const Record record = book.store().read_record(3);
  REQUIRE(record.kind == RecordKind::forecast_saved);
  const CitedForecast cited = last_citation(book);
  CHECK(cited.record == 3);
  CHECK(to_hex(cited.leaf_hash) == to_hex(leaf_hash(leaf_bytes(record))));
}

TEST_CASE("saved forecasts: an estimate and a close cite one that is there, as it is") {
  SampleBook book = book_with_plan();
  const CitedForecast cited = last_citation(book);
  const CitedForecast of_a_deal{2, cited.leaf_hash};
  const CitedForecast of_another{3, std::string(32, 'x')};
  CHECK(refused(book, estimate(cited)) == std::nullopt);
  CHECK(refused(book, estimate(of_a_deal)) == ErrorCode::unknown_id);
  CHECK(refused(book, estimate(of_another)) == ErrorCode::bad_value);
  CHECK(refused(book, close_of(1, cited)) == std::nullopt);
  CHECK(refused(book, close_of(1, of_a_deal)) == ErrorCode::unknown_id);
  CHECK(refused(book, close_of(1, of_another)) == ErrorCode::bad_value);
  // What was written is held against the book in each later look at it.
  book.record(estimate(cited));
  book.record(close_of(1, cited));
  const BookState state = book.view().state;
  CHECK(state.estimates.back().evidence == cited);
  CHECK(state.closes.back().forecast == ClosingForecast{cited});
}

TEST_CASE("saved forecasts: a close needs one that says what comes after the period") {
  struct Row {
    const char* months;
    bool holds;
  };
  for (const Row& row : {Row{"2024-01..2024-02", true}, Row{"2024-02", true},
                         Row{"2023-06..2024-06", true}, Row{"2024-03..2024-09", false},
                         Row{"2023-10..2024-01", false}}) {
    CAPTURE(row.months);
    const ForecastSaved forecast = saved("plan", row.months, {});
    CHECK(require_months_after(forecast, Period::of(2024, 1)).ok() == row.holds);
  }
}

TEST_CASE("saved forecasts: the log names what is cited") {
  SampleBook book = book_with_plan();
  const CitedForecast cited = last_citation(book);
  book.record(estimate(cited));
  book.record(close_of(1, cited));
  book.close("2024-02");
  const Report log = audit_log(book.store(), book.view(), {});
  const std::string by = "forecast 'plan' of record 3, digest " + to_hex(cited.leaf_hash);
  CHECK(cell(log, 2, "what") == "saved the forecast 'plan' of plan.toml, 2024-02 to 2024-04, from "
                                "the book's first 2 records");
  CHECK(cell(log, 3, "what").ends_with("20 of 100 USD, was 10, as " + by + " says"));
  CHECK(cell(log, 4, "what") == "closed 2024-01, " + by);
  CHECK(cell(log, 5, "what") == "closed 2024-02");
}

TEST_CASE("saved forecasts: an audit replays what cites one, and finds one that was changed since") {
  SampleBook book = book_with_plan();
  book.record(estimate(last_citation(book)));
  book.record(close_of(1, last_citation(book)));
  CHECK(verify(book.store(), {}).findings.empty());
  // The same book, every hash made anew, but for one figure of the forecast.
  Store store = Store::in_memory();
  auto transaction = store.begin();
  for (std::int64_t sequence = 1; sequence <= book.store().record_count(); ++sequence) {
    Record record = book.store().read_record(sequence);
    if (record.kind == RecordKind::forecast_saved) {
      ForecastSaved fact = std::get<ForecastSaved>(decode(record.kind, record.fact));
      fact.rows.front().drawn = Decimal::parse("9").value();
      record.fact = encode(fact);
    }
    store.append(record);
  }
  transaction->commit();
  const AuditReport report = verify(store, {});
  const auto found = std::ranges::find(report.findings, 4, &Finding::record);
  REQUIRE(found != report.findings.end());
  CHECK(found->derived == "refused: record 3 is not the forecast that is cited");
}

TEST_CASE("saved forecasts: an assumption of a scenario is refused in a file, and found there") {
  const accrue_test::Scratch scratch;
  const std::string path = (scratch.folder() / "book.accrue").string();
  {
    Books books = audited_book(Store::create(path).value());
    Record last = books.store().read_record(books.store().record_count());
    ++last.sequence;
    last.kind = RecordKind::tranche_assumed;
    last.fact = encode(TrancheAssumed{"T1", {}, {}, {}, 7});
    last.entries.clear();
    Store store = Store::open(path, Store::Access::write).value();
    auto transaction = store.begin();
    store.append(last);
    transaction->commit();
  }
  const Store store = Store::open(path, Store::Access::read).value();
  CHECK_THROWS_AS(load_state(store, store.record_count()), StoreFailure);
  const AuditReport report = verify(store, {});
  const auto found = std::ranges::find(report.findings, store.record_count(), &Finding::record);
  REQUIRE(found != report.findings.end());
  CHECK(found->stored.find("an assumption of a scenario") != std::string::npos);
}
