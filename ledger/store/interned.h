#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/book/account.h"
#include "ledger/credit/charge.h"
#include "ledger/store/query.h"

namespace accrue {

/// How a value that rows refer to by number is kept in its own table.
template <typename Value>
struct InternTable;

/// The values of such a table with their numbers, which count from 1 without a gap. Read when
/// first asked for; others may have added since, so what is not found is looked up again.
template <typename Value>
class Interned {
 public:
  using Table = InternTable<Value>;

  explicit Interned(Statements& statements) : statements_{&statements} {}

  const Value& at(std::int64_t id) {
    if (!knows(id)) read_new();
    if (!knows(id)) {
      statements_->fail(std::string{Table::name} + " " + std::to_string(id) + " is missing");
    }
    return *values_[static_cast<std::size_t>(id - 1)];
  }

  /// Adds the value when it is new. Within a transaction.
  std::int64_t id_of(const Value& value) {
    if (const auto found = ids_.find(value); found != ids_.end()) return found->second;
    if (!current_) {
      read_new();
      current_ = true;
      return id_of(value);
    }
    const std::int64_t id = next_id();
    Table::insert(*statements_, id, value);
    keep(id, value);
    return id;
  }

  /// A transaction began: nobody else adds until it ends.
  void begin() { current_ = false; }
  /// It was rolled back: what it added is gone.
  void forget() {
    values_.clear();
    ids_.clear();
  }

 private:
  struct Hash {
    std::size_t operator()(const Value& value) const {
      std::size_t hash = 0;
      Table::for_each_text(value, [&](const std::string& text) {
        hash = hash * 1'000'003 ^ std::hash<std::string_view>{}(text);
      });
      return hash;
    }
  };

  bool knows(std::int64_t id) const { return id > 0 && id < next_id(); }
  std::int64_t next_id() const { return static_cast<std::int64_t>(values_.size()) + 1; }

  void keep(std::int64_t id, const Value& value) {
    values_.push_back(&ids_.emplace(value, id).first->first);
  }

  void read_new() {
    Query query{*statements_, Table::select_from, next_id()};
    while (query.step()) {
      if (query.integer(0) != next_id()) {
        statements_->fail(std::string{Table::name} + " " + std::to_string(next_id()) +
                          " is missing");
      }
      keep(next_id(), Table::read(query));
    }
  }

  Statements* statements_;
  std::unordered_map<Value, std::int64_t, Hash> ids_;
  std::vector<const Value*> values_;  ///< keys of `ids_`, which stay where they are
  bool current_ = false;
};

template <>
struct InternTable<Account> {
  static constexpr const char* name = "account";
  static constexpr const char* select_from =
      "SELECT id, role, kind, investee, investment, grant, service, region FROM account "
      "WHERE id >= ? ORDER BY id";
  static Account read(Query& query);
  static void insert(Statements& statements, std::int64_t id, const Account& account);
  template <typename Visit>
  static void for_each_text(const Account& account, Visit visit) {
    visit(account.investee);
    visit(account.investment);
    visit(account.grant);
    visit(account.service);
    visit(account.region);
  }
};

/// Who sends events: CloudEvents `source`.
struct EventSource {
  std::string name;
  friend bool operator==(const EventSource&, const EventSource&) = default;
};

template <>
struct InternTable<EventSource> {
  static constexpr const char* name = "event_source";
  static constexpr const char* select_from =
      "SELECT id, name FROM event_source WHERE id >= ? ORDER BY id";
  static EventSource read(Query& query);
  static void insert(Statements& statements, std::int64_t id, const EventSource& source);
  template <typename Visit>
  static void for_each_text(const EventSource& source, Visit visit) {
    visit(source.name);
  }
};

template <>
struct InternTable<ChargeKey> {
  static constexpr const char* name = "charge_key";
  static constexpr const char* select_from =
      "SELECT id, investee, currency, billing_account, sub_account, service, sku, region "
      "FROM charge_key WHERE id >= ? ORDER BY id";
  static ChargeKey read(Query& query);
  static void insert(Statements& statements, std::int64_t id, const ChargeKey& key);
  template <typename Visit>
  static void for_each_text(const ChargeKey& key, Visit visit) {
    visit(key.investee);
    visit(key.currency);
    visit(key.billing_account);
    visit(key.sub_account);
    visit(key.service);
    visit(key.sku);
    visit(key.region);
  }
};

}  // namespace accrue
