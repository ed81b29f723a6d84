#pragma once

#include <functional>
#include <string>
#include <vector>

#include "accounting/posting/books.h"
#include "ledger/proof/signing_key.h"

// A small book with something in every table, for those who alter it.

namespace accrue::testing {

/// Told the number of a record and its fact before it is recorded; may change it.
using FactChange = std::function<void(std::int64_t record, Fact& fact)>;

enum class Checkpoints { kept, none };

/// The key that signs the checkpoints of the book; the book names it in record 2.
SigningKey audited_key();

/// Two deals, deliveries, events, a card, rates, a close taken back, and two checkpoints, one
/// after each month. Equal arguments give equal books. Without checkpoints the records that would
/// keep them are left out.
Books audited_book(Store store, Checkpoints checkpoints = Checkpoints::kept,
                   const FactChange& change = {});

/// The note that the book kept in the last of its checkpoints.
std::string last_note(const Store& store);

/// Every row of every table, as text.
std::vector<std::string> dump(const Store& store);

/// Runs SQL on a book file behind its guards, which are there again afterwards.
void alter(const std::string& path, const std::string& sql);

}  // namespace accrue::testing
