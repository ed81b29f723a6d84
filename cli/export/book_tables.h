#pragma once

#include <string>

#include "accounting/posting/view.h"
#include "ledger/store/store.h"

// What a book holds, as CSV tables that a stranger can reckon with. docs/formats.md, "Tables",
// says what each column means. Amounts of money are in the functional currency, with its digits;
// amounts of usage and faces are exact, in the currency that stands beside them.

namespace accrue {

std::string records_table(const Store& store, const BookView& view);
std::string entries_table(const Store& store, const BookView& view);
std::string balances_table(const BookView& view);
std::string closes_table(const Store& store, const BookView& view);
std::string grants_table(const BookView& view);
std::string estimates_table(const BookView& view);
std::string draws_table(const BookView& view);
/// One row a charge; without a range all of them, else those whose time lies in it.
std::string charges_table(const Store& store, const BookView& view,
                          std::optional<PeriodRange> range);
/// One row an imported file, and one an import that had none.
std::string inputs_table(const Store& store, const BookView& view);

}  // namespace accrue
