#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/credit/grant.h"
#include "tests/cli/program.h"

// A small deal, events to draw on it, and the figures that the program then shows.

namespace accrue_test {

struct TrancheTerms {
  std::string id;
  std::string face;  ///< with its currency
  std::string issued = "2024-04-01";
  std::string expires = {};  ///< empty: never
  std::string keys = {};     ///< further lines of the tranche
};

/// Terms of Lunar, account ba-1, signed on 2024-04-01 without cash. Without a fair value among
/// `keys` the price of a tranche is its face.
std::string terms_of(const std::string& id, const std::vector<TrancheTerms>& tranches,
                     const std::string& keys = {});

/// A book in `book.accrue` with that deal, `deal`.
void open_book(const Scratch& scratch, const std::vector<TrancheTerms>& tranches,
               const std::string& keys = {}, const std::string& init_flags = {});

/// Runs a command that must end with 0.
Run run_well(const Scratch& scratch, const std::string& command);

/// An event of account ba-1 with an amount in USD.
struct MeteredEvent {
  std::string id;
  std::string time;
  std::string amount;
  std::string sku = "h100";
  std::string service = "gpu";
};

std::string event_of(const MeteredEvent& event);
/// A stream of events, in the order given; what `import events` answers.
std::string send(const Scratch& scratch, const std::vector<MeteredEvent>& events,
                 const std::string& flags = {});

/// One row of `grant list`: "drawn 85.00, expired 0.00, left 15.00, recognised 85.00".
std::string grant_figures(const Scratch& scratch, const std::string& grant);
/// All that was drawn, and all that no grant paid: "credits 85.00, cash 25.00".
std::string funding(const Scratch& scratch, const std::string& flags = {});
/// What `report period` shows, one "grant kind service revenue" a row; `cash` is no grant.
std::string revenue(const Scratch& scratch, const std::string& period);
/// "3 records, root 2a95...": equal only when nothing was recorded in between.
std::string standing(const Scratch& scratch);

/// A grant of `lunar` in USD that pays everything for ever, of price 1 per unit.
accrue::Grant grant_of(const std::string& id, std::int64_t face, std::int32_t priority = 100);

bool has(const std::string& text, const std::string& part);

}  // namespace accrue_test
