#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "accounting/recognition/rates.h"
#include "accounting/recognition/transaction_price.h"
#include "ledger/credit/grant.h"
#include "ledger/intake/fact.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/signed_note.h"
#include "ledger/store/store.h"
#include "ledger/time/zone.h"

namespace accrue {

/// An investment as the book holds it.
struct HeldInvestment {
  std::int64_t record = 0;
  Investment investment;
  DealPrice price;
  std::string file;
  std::string terms_text;
};

/// A grant with the record that brought it.
struct HeldGrant {
  std::int64_t record = 0;
  Grant grant;
};

/// An estimate of what a grant will never draw. Holds in a period: the latest start not after it;
/// of equal starts the last recorded.
struct HeldEstimate {
  std::int64_t record = 0;
  std::string grant;
  ExpectedUnused expected_unused;
  Period from;
  std::optional<CitedForecast> evidence = {};
};

/// A close that has not been taken back.
struct HeldClose {
  std::int64_t record = 0;
  Period period;
  ClosingForecast forecast = usual_draw_forecast;
};

/// A delivery without its charges.
struct HeldDelivery {
  std::int64_t record = 0;
  DeliveryTerms terms;
  DeliveryMode mode = DeliveryMode::append;
  CatchUpClass catch_up = CatchUpClass::new_information;
  std::int64_t quarantined_count = 0;
  std::vector<Period> billing_periods;  ///< in order
};

/// A rate card as it was added; cards of one id are versions of each other.
struct HeldRateCard {
  std::int64_t record = 0;
  RateCard card;
  std::string text;
};

/// A key that a person was registered with.
struct HeldKey {
  std::int64_t record = 0;
  std::string person;
  VerifierKey key;
};

/// A checkpoint that left the book.
struct HeldCheckpoint {
  std::int64_t record = 0;
  SignedNote note;
  Checkpoint checkpoint;
};

/// A time stamp over a checkpoint of the book.
struct HeldTimeStamp {
  std::int64_t record = 0;
  std::int64_t checkpoint_record = 0;
  std::string response;
};

/// A forecast that was saved.
struct HeldForecast {
  std::int64_t record = 0;
  ForecastSaved fact;
  std::string leaf_hash = {};  ///< 32 bytes: of the record; what others cite it by
};

/// What the facts of the first `record_count` records say, without open charges and balances:
/// what every command needs at once. Its size follows deals and periods, not usage.
struct BookState {
  BookState(BookOpened book, TimeZone time_zone, Instant opened_at);

  BookOpened opened;
  TimeZone zone;
  std::int64_t record_count = 1;
  Instant last_recorded_at;

  std::vector<HeldInvestment> investments;
  std::vector<HeldGrant> grants;
  std::vector<HeldEstimate> estimates;
  RateTable rates;
  std::vector<SegmentRevenue> segments;
  std::vector<BaseRevenue> bases;
  std::vector<HeldDelivery> deliveries;  ///< in order of record
  std::vector<HeldRateCard> rate_cards;
  /// The last word on each (issuer, period), in order.
  std::map<std::pair<std::string, Period>, ProviderPeriod> provider_periods;
  std::vector<HeldKey> keys;                ///< in order of record
  std::vector<HeldCheckpoint> checkpoints;  ///< in order of record
  std::vector<HeldTimeStamp> time_stamps;   ///< in order of record
  std::vector<HeldForecast> forecasts;      ///< in order of record
  std::vector<HeldClose> closes;  ///< in order of period
  /// The first period in which any fact posts: the book's first until a close settles it.
  std::optional<Period> earliest;
  /// Settled by `init --start` or by the first close.
  std::optional<Period> first_period;

  Currency functional() const { return opened.functional_currency; }
  FiscalCalendar fiscal() const { return {opened.fiscal_start_month}; }
  /// The sequence of the last close, 0 if none.
  std::int64_t last_close_record() const { return closes.empty() ? 0 : closes.back().record; }
  /// The last period that counts as closed; none while every period is open.
  std::optional<Period> closed_through() const;
  bool is_closed(Period period) const;
  /// Where a posting of an origin period goes: the origin if it is open, else the first open one.
  Period posting_period_of(Period origin) const;
  /// Whether the last close covers a fact of a record and period, so that it is booked for good.
  bool is_frozen(std::int64_t record, Period period) const;

  const HeldGrant* find_grant(std::string_view id) const;
  const HeldInvestment* find_investment(std::string_view id) const;
  /// Null for a record that keeps no checkpoint.
  const HeldCheckpoint* find_checkpoint(std::int64_t record) const;
  /// The keys registered, whoever they are of.
  std::vector<VerifierKey> verifier_keys() const;
  /// Null for a record that is no delivery.
  const HeldDelivery* find_delivery(std::int64_t record) const;
  /// The grant a person means by `T1` or `moonshot/T1`. Errors: unknown_id, with a suggestion.
  Result<const HeldGrant*> grant_named(std::string_view name) const;
  std::vector<Grant> grant_list() const;
  std::vector<Investment> investment_list() const;
  /// What is expected never to be drawn of a grant in a period, in units of face.
  Decimal expected_unused(const Grant& grant, Period period) const;
  bool has_grant(std::string_view investee, std::string_view currency) const;
  /// The last terms recorded for a source, if any.
  std::optional<DeliveryTerms> source_terms(std::string_view source) const;
  /// Functional units per one unit of a charge's currency on a day: 1, the fixed rate that all the
  /// investee's deals share, or the latest imported rate. Errors: rate_missing.
  Result<Decimal> overage_rate(std::string_view investee, std::string_view currency,
                               Date day) const;
};

/// Adds a fact to the state, or says why the book's state forbids it. Nothing is posted.
///
/// Errors: duplicate_id, account_taken, basis_conflict, the errors of price_deal, unknown_id,
///         estimate_for_remote, bad_value, period_closed, earlier_period_open, period_not_closed,
///         bad_time_zone, bad_key, bad_note, checkpoint_differs; those of cited_forecast (a close,
///         an estimate) and of require_months_after (a close).
Result<Done> add_fact(BookState& state, const Fact& fact, std::int64_t record);

/// The state after the first `record_count` records.
BookState load_state(const Store& store, std::int64_t record_count);

}  // namespace accrue
