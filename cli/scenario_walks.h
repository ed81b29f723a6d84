#pragma once

#include <memory>
#include <string>
#include <vector>

#include "accounting/scenario/questions/walks.h"
#include "accounting/scenario/walk/starting_book.h"
#include "cli/context.h"
#include "cli/terminal.h"

// What the commands of modelers share: a scenario with the book it starts from.

namespace accrue {

/// A scenario and the copy of the book that it starts from.
struct OpenedScenario {
  Scenario scenario;
  std::shared_ptr<const StartingBook> start;  ///< shared by scenarios that start alike
};

/// Scenarios of one book, in order. Errors: those of read_scenario, of opening the book and of
/// starting_book.
Result<std::vector<OpenedScenario>> open_scenarios(const Context& context,
                                                   const std::vector<std::string>& paths);
Result<OpenedScenario> open_scenario(const Context& context, const std::string& path);

/// Walks each of the scenarios, and what is made of it, from where it starts.
Walk walk_of(const std::vector<OpenedScenario>& opened);

/// The copy that a forecast was walked in, to make reports of.
OpenedView view_of(const Forecast& forecast);

/// Months of a forecast, as words or all of them. Errors: bad_period.
Result<PeriodRange> range_of(const std::optional<std::string>& period, PeriodRange months,
                             const BookState& state);

/// Reports in one answer: together in a workbook or on a page; else the first alone.
Result<Done> put_reports(const Context& context, const std::string& title,
                         const std::vector<Report>& reports);

}  // namespace accrue
