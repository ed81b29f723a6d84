#pragma once

#include <string_view>

#include "accounting/posting/state.h"
#include "ledger/book/record.h"
#include "ledger/error/error.h"
#include "ledger/store/store.h"

// Forecasts that the book keeps, and how later records cite them.

namespace accrue {

/// Errors: unknown_id, with a suggestion.
Result<const HeldForecast*> saved_forecast(const BookState& state, std::string_view name);

CitedForecast citation_of(const HeldForecast& held);

/// The forecast that a close or an estimate rests on.
/// Errors: unknown_id (its record saved none), bad_value (its record is not the one that was cited).
Result<const HeldForecast*> cited_forecast(const BookState& state, const CitedForecast& cited);

/// Whether a forecast says what comes after a period: it starts in the month after it or before,
/// and goes beyond it. Errors: bad_value.
Result<Done> require_months_after(const ForecastSaved& forecast, Period period);

/// Whether the fact, if it saves a forecast, starts from records of this book: so many, with this
/// root. Errors: bad_value.
Result<Done> require_known_start(const Fact& fact, const Store& store);

/// What a record that saved a forecast is cited by; of every other record nothing is kept.
void keep_leaf_hash(BookState& state, const Record& record);

}  // namespace accrue
