#include "ledger/credit/replacement.h"

#include <map>
#include <tuple>

namespace accrue {

namespace {

/// What makes two charges one in what stands. The order is that of a delivery's charges.
using Slot = std::tuple<Instant, ChargeKey, Charge::Kind, ChargeCategory, ChargeClass,
                        std::optional<Period>>;

Slot slot_of(const Charge& charge) {
  return {charge.at,       charge.key,          charge.kind,
          charge.category, charge.charge_class, charge.billing_period};
}

struct Rows {
  std::int64_t count = 0;
  Decimal amount;
};

using LineKey = std::tuple<std::string, std::string, std::string, std::string>;

LineKey line_of(const Charge& charge) {
  const ChargeKey& key = charge.key;
  return {key.investee, key.service, key.sku, key.currency};
}

}  // namespace

std::vector<Charge> replacement(std::span<const Charge> standing,
                                std::span<const Charge> delivered) {
  std::map<Slot, Rows> slots;
  for (const Charge& charge : delivered) {
    Rows& rows = slots[slot_of(charge)];
    rows.count += charge.row_count;
    rows.amount += charge.amount;
  }
  for (const Charge& charge : standing) {
    Rows& rows = slots[slot_of(charge)];
    rows.count -= charge.row_count;
    rows.amount -= charge.amount;
  }
  std::vector<Charge> changes;
  for (const auto& [slot, rows] : slots) {
    if (rows.amount.is_zero()) continue;
    const auto& [at, key, kind, category, charge_class, bill] = slot;
    changes.push_back({at, key, kind, category, charge_class, bill, rows.count, rows.amount});
  }
  return changes;
}

std::vector<ReplacedLine> replaced_lines(std::span<const Charge> delivered,
                                         std::span<const Charge> changes) {
  std::map<LineKey, ReplacedLine> lines;
  for (const Charge& change : changes) {
    const ChargeKey& key = change.key;
    ReplacedLine& line =
        lines.try_emplace(line_of(change),
                          ReplacedLine{key.investee, key.service, key.sku, key.currency, {}, {}})
            .first->second;
    line.before -= change.amount;
  }
  bool has_stood = false;
  for (const Charge& charge : delivered) {
    const auto line = lines.find(line_of(charge));
    if (line == lines.end()) {
      has_stood = has_stood || !charge.amount.is_zero();  // a line that did not change
      continue;
    }
    line->second.before += charge.amount;
    line->second.after += charge.amount;
  }
  std::vector<ReplacedLine> list;
  for (auto& [key, line] : lines) {
    has_stood = has_stood || !line.before.is_zero();
    list.push_back(std::move(line));
  }
  if (!has_stood) list.clear();
  return list;
}

}  // namespace accrue
