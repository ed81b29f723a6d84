#include "ledger/store/interned.h"

namespace accrue {

Account InternTable<Account>::read(Query& query) {
  const std::int64_t role = query.integer(1);
  const std::int64_t kind = query.integer(2);
  Account account{static_cast<AccountRole>(role),
                  static_cast<RevenueKind>(kind),
                  query.text(3),
                  query.text(4),
                  query.text(5),
                  query.text(6),
                  query.text(7)};
  if (role < 0 || role > static_cast<int>(AccountRole::revenue) || kind < 0 ||
      kind > static_cast<int>(RevenueKind::breakage)) {
    throw StoreFailure{"account " + std::to_string(query.integer(0)) +
                       " has a role or kind that does not exist"};
  }
  return account;
}

void InternTable<Account>::insert(Statements& statements, std::int64_t id, const Account& account) {
  const std::string name = account.name();
  Query{statements,
        "INSERT INTO account(id, name, role, kind, investee, investment, grant, service, region) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        name,
        static_cast<int>(account.role),
        static_cast<int>(account.kind),
        account.investee,
        account.investment,
        account.grant,
        account.service,
        account.region}
      .run();
}

EventSource InternTable<EventSource>::read(Query& query) { return {query.text(1)}; }

void InternTable<EventSource>::insert(Statements& statements, std::int64_t id,
                                      const EventSource& source) {
  Query{statements, "INSERT INTO event_source(id, name) VALUES(?, ?)", id, source.name}.run();
}

ChargeKey InternTable<ChargeKey>::read(Query& query) {
  return {query.text(1), query.text(2), query.text(3), query.text(4),
          query.text(5), query.text(6), query.text(7)};
}

void InternTable<ChargeKey>::insert(Statements& statements, std::int64_t id, const ChargeKey& key) {
  Query{statements,
        "INSERT INTO charge_key(id, investee, currency, billing_account, sub_account, service, "
        "sku, region) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        key.investee,
        key.currency,
        key.billing_account,
        key.sub_account,
        key.service,
        key.sku,
        key.region}
      .run();
}

}  // namespace accrue
