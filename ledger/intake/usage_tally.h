#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/credit/matching.h"
#include "ledger/intake/usage.h"
#include "ledger/intake/usage_cost.h"
#include "ledger/intake/usage_row.h"

namespace accrue::usage {

/// Mixes a word into a hash. Of quality enough for tables whose entries are compared in full.
inline std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  const auto product = static_cast<unsigned __int128>(hash ^ word) * 0x9E3779B97F4A7C15u;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  hash = mix(hash, text.size() + 1);
  while (!text.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(text.size(), sizeof word);
    std::memcpy(&word, text.data(), size);
    hash = mix(hash, word);
    text.remove_prefix(size);
  }
  return hash;
}

/// Finds entries of a vector by hash; the vector stays with the caller and only grows.
class HashIndex {
 public:
  /// The position of the entry for which `equal(position)` holds, or `next`, which is then taken
  /// as the position of the entry that the caller appends.
  template <typename Equal>
  std::size_t find_or_add(std::uint64_t hash, std::size_t next, const Equal& equal) {
    if ((next + 1) * 2 > slots_.size()) grow();
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].position != free) {
      if (slots_[at].hash == hash && equal(slots_[at].position)) return slots_[at].position;
      at = (at + 1) & (slots_.size() - 1);
    }
    slots_[at] = {hash, next};
    return next;
  }

 private:
  static constexpr std::size_t free = static_cast<std::size_t>(-1);
  struct Slot {
    std::uint64_t hash = 0;
    std::size_t position = free;
  };
  void grow();
  std::vector<Slot> slots_;
};

struct Tally {
  std::int64_t row_count = 0;
  CostSum sum;

  void add(const Cost& cost) {
    ++row_count;
    sum.add(cost);
  }
  RowsAndAmount total() const { return {row_count, sum.total()}; }
};

/// A (billing account, sub account, currency) that rows of the delivery name.
struct Account {
  std::string billing_account;
  std::string sub_account;
  std::string currency;
  std::array<Tally, 5> by_category;  ///< in the basis of the delivery

  // What was last found out about it, for the instants for which it holds.
  bool is_asked = false;
  AccountMatcher::Answer answer;
  bool grant_missing = false;

  // Where usage of nobody's was last counted.
  Period other_period;
  std::size_t other_position = static_cast<std::size_t>(-1);
};

/// Gathers what the rows of a delivery add up to. Memory grows with the accounts, months and
/// charges, never with the rows.
class Gatherer {
 public:
  /// The account of a row; the same for equal texts. Stays where it is.
  std::size_t account_of(std::string_view billing_account, std::string_view sub_account,
                         std::string_view currency);
  Account& account(std::size_t number) { return accounts_[number]; }

  void add_other(std::size_t account, Period period, const Cost& cost);
  void add_charge(std::size_t account, const Row& row, Charge::Kind kind, const Cost& cost,
                  RowAddress address);

  void write_to(Delivery& delivery) const;

 private:
  /// What of a charge's key the account does not say.
  struct Item {
    std::size_t account;
    std::string service;
    std::string sku;
    std::string region;
  };
  struct Slot {
    Instant at;
    std::size_t item;
    const AccountMatcher::Match* match;
    Charge::Kind kind;
    ChargeCategory category;
    ChargeClass charge_class;
    Period billing_period;
    RowSpan rows;
    Tally tally;
  };
  struct Other {
    std::size_t account;
    Period period;
    Tally tally;
  };

  std::size_t item_of(std::size_t account, const Row& row);
  void write_charges_to(Delivery& delivery) const;

  std::vector<Account> accounts_;
  std::vector<Item> items_;
  std::vector<Slot> slots_;
  std::vector<Other> others_;
  HashIndex account_index_;
  HashIndex item_index_;
  HashIndex slot_index_;
  HashIndex other_index_;
  std::size_t last_account_ = 0;
};

}  // namespace accrue::usage
