#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/book/record.h"
#include "ledger/credit/draw_forecast.h"
#include "ledger/credit/investment.h"
#include "ledger/intake/event.h"
#include "ledger/intake/facts.h"
#include "ledger/intake/usage.h"
#include "ledger/intake/rate_card.h"
#include "ledger/time/period.h"

namespace accrue {

/// The first record: what the book is.
struct BookOpened {
  std::string name;
  std::string book_id;  ///< 32 hexadecimal digits
  Currency functional_currency;
  std::string time_zone;
  std::string time_zone_data;  ///< version of the IANA data
  int fiscal_start_month = 1;
  std::optional<Period> first_period;
  /// Catch-ups above this part of a period's revenue ask for a reason at its close.
  std::optional<Decimal> materiality_percent = {};
  /// Whether judgements need a second person, who signs them.
  bool dual_control = false;
};

struct InvestmentAdded {
  Investment investment;
  std::string file;  ///< name of the terms file
  std::string text;  ///< its bytes, as accepted
};

struct UsageImported {
  Delivery delivery;
};

/// A new estimate of what will never be drawn, from a period on.
/// Source: ASC 606-10-32-14, 606-10-32-42..43.
struct EstimateChanged {
  std::string grant;
  ExpectedUnused expected_unused;
  Period from;
  std::optional<CitedForecast> evidence = {};
};

struct SegmentImported {
  std::string file;
  std::string sha256;
  std::vector<SegmentRevenue> rows;
};
struct BaseImported {
  std::string file;
  std::string sha256;
  std::vector<BaseRevenue> rows;
};
struct RatesImported {
  std::string file;
  std::string sha256;
  std::vector<ExchangeRate> rows;
};

/// An exception that a person accepted for the close.
struct AcceptedException {
  std::string code;
  std::string subject;
};

struct PeriodClosed {
  Period period;
  Period first_period;  ///< of the book, as settled by the first close
  Instant begin_at;
  Instant end_at;
  std::vector<AcceptedException> accepted;
  std::string trial_balance_hash;  ///< 32 bytes; derived again by replay
  /// How what is not recognised yet is expected to be: what disclosures of the period rest on.
  ClosingForecast forecast = usual_draw_forecast;
};

struct PeriodReopened {
  Period period;
};

/// Metering events, each taken once for ever and priced when it was taken.
struct EventsAccepted {
  CatchUpClass catch_up = CatchUpClass::new_information;  ///< of what falls in closed periods
  std::vector<Event> events;  ///< in the order in which they came
};

/// Unit prices that events which state a quantity are priced by.
struct RateCardAdded {
  RateCard card;
  std::string file;
  std::string text;  ///< its bytes, as accepted
};

struct BillingPeriodsImported {
  std::string file;
  std::string sha256;
  std::vector<ProviderPeriod> rows;
};

/// A command that would have written and was refused. It is evidence only: no figure follows from
/// it (docs/decisions/0029-refused-attempts.md).
struct AttemptRefused {
  std::vector<std::string> command;  ///< its words, without the paths of keys
  std::string code;                  ///< of the error: "period_closed"
  std::string message;
  std::optional<Period> period;  ///< the one that was to be changed
};

/// A key that a person signs with from here on.
struct KeyRegistered {
  std::string person;
  std::string verifier_key;  ///< NAME+ID+KEY
};

/// A signed head of this book, as it left it: over records before this one.
struct CheckpointSigned {
  std::string note;  ///< the whole file
};

/// What an authority said of when a checkpoint was there (RFC 3161).
struct TimestampAttached {
  std::int64_t checkpoint = 0;  ///< the record that keeps the checkpoint
  std::string response;         ///< DER
};

/// What a forecast comes to in one month for one grant, or, with no grant, for what an investee
/// pays in cash.
struct ForecastRow {
  Period period;
  std::string investee;
  std::string grant;
  std::string currency;  ///< of the two amounts below
  Decimal drawn;         ///< or used and paid in cash
  Decimal expired;       ///< face lost undrawn
  std::int64_t usage_revenue = 0;  ///< minor units of the functional currency
  std::int64_t breakage_revenue = 0;
};

/// A forecast that was put into the book to be looked back at: it posts nothing and never changes.
/// Disclosures and estimates can rest on it.
struct ForecastSaved {
  std::string name;
  std::string file;           ///< of the scenario
  std::string text;           ///< its bytes
  std::string sha256;         ///< 32 bytes, of them and of every file they name
  std::int64_t start_records = 0;  ///< of the book it starts from
  std::string start_root;          ///< 32 bytes, over those records
  PeriodRange months;
  std::vector<ForecastRow> rows;  ///< in order of (period, investee, grant, currency)
};

/// A tranche that comes otherwise than its terms say: of a scenario, never of a book. What is left
/// out stays.
struct TrancheAssumed {
  std::string grant;
  std::optional<Date> issued_on;
  std::optional<Date> begins_on;
  std::optional<Date> expires_on;
  std::optional<std::int32_t> priority;
};

/// What a record states, in memory. Everything else in a book follows from these.
///
/// Copied, moved and destroyed by functions of its own: each source that handles a fact would else
/// compile those of every alternative again.
struct Fact : std::variant<BookOpened, InvestmentAdded, UsageImported, EstimateChanged,
                           SegmentImported, BaseImported, RatesImported, PeriodClosed,
                           PeriodReopened, EventsAccepted, RateCardAdded, BillingPeriodsImported,
                           AttemptRefused, KeyRegistered, CheckpointSigned, TimestampAttached,
                           ForecastSaved, TrancheAssumed> {
  using variant::variant;
  Fact(const Fact& other);
  Fact(Fact&& other) noexcept;
  Fact& operator=(const Fact& other);
  Fact& operator=(Fact&& other) noexcept;
  ~Fact();
};

RecordKind kind_of(const Fact& fact);

/// Canonical bytes: equal facts give equal bytes.
std::string encode(const Fact& fact);
/// What a delivery's fact says before its totals and charges. Its bytes come first, so that a
/// prefix of the fact is enough. Throws DamagedBytes where the prefix is too short.
struct DeliveryHead {
  DeliveryTerms terms;
  DeliveryMode mode = DeliveryMode::append;
  CatchUpClass catch_up = CatchUpClass::new_information;
  std::vector<UsageFile> files;
  std::vector<Period> billing_periods;
};
DeliveryHead decode_delivery_head(std::string_view fact_prefix);

/// How accepted events class what falls in closed periods: their fact's second byte says it.
/// Throws DamagedBytes.
inline constexpr std::int64_t events_class_bytes = 2;
CatchUpClass decode_events_class(std::string_view fact_prefix);

/// "new_information", "estimate", "error".
std::string_view to_string(CatchUpClass catch_up);

/// Throws DamagedBytes.
Fact decode(RecordKind kind, std::string_view bytes);

}  // namespace accrue
