#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/credit/matching.h"
#include "ledger/intake/event.h"
#include "ledger/intake/rate_card.h"
#include "ledger/time/zone.h"

namespace accrue {

/// Reads one line of JSON Lines: a CloudEvents 1.0 object whose `data` states an account and an
/// amount with its currency, or a quantity with its unit. What it states is read and nothing else:
/// the event is matched to nobody and, where it states a quantity, without an amount. Numbers keep
/// every digit, as JSON numbers and as texts. Attributes and data that are not named here are
/// passed over. No place is set: the caller knows the file and the line.
///
/// Errors: bad_json, missing_key, bad_value, bad_decimal, decimal_too_wide, bad_date,
///         bad_currency.
Result<Event> read_event(std::string_view line);

/// What accepting an event needs to know of the book.
struct EventContext {
  const AccountMatcher& matcher;
  const TimeZone& zone;
  /// Whether the investee has a grant whose face is in the currency (its code).
  std::function<bool(const std::string& investee, const std::string& currency)> has_grant;
  /// The versions of the card that quantities are priced by; none: they are refused.
  std::span<const RateCard> rate_card;
  /// Charges in a currency for which the investee has no grant are accepted in these (codes).
  std::span<const std::string> overage_currencies;
};

/// The event matched to its investee and priced, once and for ever.
///
/// Errors: price_missing, bad_value (a currency that is not that of the rate card),
///         decimal_too_wide (quantity times price), no_grant_in_currency.
Result<Event> accept_event(Event event, const EventContext& context);

}  // namespace accrue
