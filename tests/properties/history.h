#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "accounting/posting/books.h"
#include "tests/oracle/oracle.h"

namespace accrue::testing {

// A random book as a list of operations that the engine and the oracle both take.

struct AddDeal {
  oracle::Investment deal;
};
struct AddRates {
  std::vector<oracle::Rate> rates;
};
struct Import {
  std::vector<oracle::Charge> charges;
};
/// A file delivery of a source, by the bills its rows stand in.
struct Deliver {
  std::string source;
  bool replaces = false;
  std::vector<oracle::Month> bills;  ///< sorted; those of the rows, and perhaps more
  std::vector<oracle::Book::Billed> rows;
};
/// Metering events as they come: some again, some with what came before. Event n always states
/// what event_charge(n) says.
struct Stream {
  std::vector<int> events;
};
struct ChangeEstimate {
  std::string grant;
  oracle::Rational unused;
  oracle::Month from;
};
/// The next period in order.
struct CloseNext {};
/// The last closed period.
struct ReopenLast {};

using Operation = std::variant<AddDeal, AddRates, Import, Deliver, Stream, ChangeEstimate,
                               CloseNext, ReopenLast>;

struct History {
  std::optional<oracle::Month> first_month;
  std::vector<Operation> operations;
};

/// What a random history may hold.
struct Mix {
  int operations = 12;
  bool closes = true;
  bool reopens = true;
  bool estimates = true;
  bool refunds = true;
  bool reduce = true;   ///< credit rows that reduce the price
};

History random_history(std::uint64_t seed, const Mix& mix);
std::vector<oracle::Charge> random_charges(std::mt19937_64& random, const Mix& mix,
                                           oracle::Month first, int months);

Deliver random_delivery(std::mt19937_64& random, const Mix& mix);
oracle::Charge event_charge(int number);

std::string to_string(const Operation& operation);

/// An engine book in memory without any record but the first.
Books empty_books(const History& history);

/// Runs one operation on the engine; recorded time advances a second an operation. False where it
/// was refused.
bool apply(Books& books, const Operation& operation);
/// The engine's book of a history; what is refused is left out.
Books book_of(const History& history);
/// False where it was refused.
bool apply(oracle::Book& book, const Operation& operation);
oracle::Book empty_oracle(const History& history);

/// The engine's balances in the oracle's words; zero cells left out.
std::map<oracle::Key, long long> balances_of(const Books& books);

Delivery delivery_of(const std::vector<oracle::Charge>& charges, std::int64_t nonce);
Decimal decimal_of(const oracle::Rational& value);

/// A property over histories: what is wrong, or nothing.
using Property = std::function<std::optional<std::string>(const History&)>;

/// Checks the property on `cases` histories from consecutive seeds. On a failure removes
/// operations while it still fails, then reports the seed and the shortest history.
void check_property(const std::string& name, int cases, const Mix& mix, const Property& property);

}  // namespace accrue::testing
