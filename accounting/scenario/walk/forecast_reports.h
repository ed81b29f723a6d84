#pragma once

#include <string>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "accounting/scenario/walk/forecast.h"
#include "ledger/error/error.h"

namespace accrue {

/// The book at the end of a walk.
BookView book_at_end(const Forecast& forecast);

/// Marks a report as one of assumed facts, made from the book as it stood at the start: its title, its
/// state, a note, and the refs of its rows say so.
void mark_assumed(Report& report, const Scenario& scenario, const Forecast& forecast);

/// The ref of a row once its report is marked: no booked figure has such a ref.
std::string assumed_ref(const Scenario& scenario, const std::string& ref);

/// Month by month and investee what a scenario comes to: usage, revenue by who paid, liability,
/// face left; cost and margin where the scenario states what serving costs. Notes say when credits
/// run out, how fits fared, and everything that was assumed. Checks: revenue = revenue accounts.
Report forecast_report(const Scenario& scenario, const Forecast& forecast);

/// What becomes of each grant: face, when it expires, what it loses then, what is left.
Report forecast_grants_report(const Scenario& scenario, const Forecast& forecast);

/// Growth in the spans whose segment revenue is known or assumed, between two ends: with all that
/// investees bring, and without; and, where the scenario says which part of usage would not be
/// there otherwise, without that part. Errors: those of growth_report.
Result<Report> forecast_growth_report(const Scenario& scenario, const Forecast& forecast);

}  // namespace accrue
