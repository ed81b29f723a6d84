#include "ledger/intake/usage_tally.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace accrue::usage {

void HashIndex::grow() {
  constexpr std::size_t least = 64;
  std::vector<Slot> wider(std::max(slots_.size() * 2, least));
  for (const Slot& slot : slots_) {
    if (slot.position == free) continue;
    std::size_t at = slot.hash & (wider.size() - 1);
    while (wider[at].position != free) at = (at + 1) & (wider.size() - 1);
    wider[at] = slot;
  }
  slots_ = std::move(wider);
}

std::size_t Gatherer::account_of(std::string_view billing_account, std::string_view sub_account,
                                 std::string_view currency) {
  const auto equal = [&](std::size_t number) {
    const Account& account = accounts_[number];
    return account.billing_account == billing_account && account.sub_account == sub_account &&
           account.currency == currency;
  };
  // Rows of one account mostly stand together.
  if (last_account_ < accounts_.size() && equal(last_account_)) return last_account_;
  const std::uint64_t hash = mix(mix(mix(1, billing_account), sub_account), currency);
  const std::size_t number = account_index_.find_or_add(hash, accounts_.size(), equal);
  if (number == accounts_.size()) {
    Account& account = accounts_.emplace_back();
    account.billing_account = billing_account;
    account.sub_account = sub_account;
    account.currency = currency;
  }
  last_account_ = number;
  return number;
}

std::size_t Gatherer::item_of(std::size_t account, const Row& row) {
  const std::uint64_t hash = mix(mix(mix(mix(2, account), row.service), row.sku), row.region);
  const std::size_t number =
      item_index_.find_or_add(hash, items_.size(), [&](std::size_t position) {
        const Item& item = items_[position];
        return item.account == account && item.service == row.service && item.sku == row.sku &&
               item.region == row.region;
      });
  if (number == items_.size()) {
    items_.push_back(
        Item{account, std::string{row.service}, std::string{row.sku}, std::string{row.region}});
  }
  return number;
}

void Gatherer::add_other(std::size_t account, Period period, const Cost& cost) {
  Account& of = accounts_[account];
  if (of.other_period != period || of.other_position >= others_.size()) {
    const std::uint64_t hash = mix(mix(3, account), static_cast<std::uint64_t>(period.months));
    const std::size_t number =
        other_index_.find_or_add(hash, others_.size(), [&](std::size_t position) {
          return others_[position].account == account && others_[position].period == period;
        });
    if (number == others_.size()) others_.push_back(Other{account, period, {}});
    of.other_period = period;
    of.other_position = number;
  }
  others_[of.other_position].tally.add(cost);
}

void Gatherer::add_charge(std::size_t account, const Row& row, Charge::Kind kind,
                          const Cost& cost, RowAddress address) {
  const std::size_t item = item_of(account, row);
  const std::uint64_t nature = static_cast<std::uint64_t>(row.billing_period.months) << 24 |
                               static_cast<std::uint64_t>(kind) << 16 |
                               static_cast<std::uint64_t>(row.category) << 8 |
                               static_cast<std::uint64_t>(row.charge_class);
  const Instant at = row.charge_start;
  const std::uint64_t hash =
      mix(mix(mix(4, item), static_cast<std::uint64_t>(at.microseconds)), nature);
  const std::size_t number =
      slot_index_.find_or_add(hash, slots_.size(), [&](std::size_t position) {
        const Slot& slot = slots_[position];
        return slot.at == at && slot.item == item && slot.kind == kind &&
               slot.category == row.category && slot.charge_class == row.charge_class &&
               slot.billing_period == row.billing_period;
      });
  if (number == slots_.size()) {
    const AccountMatcher::Match* match = accounts_[account].answer.match;
    slots_.push_back(
        Slot{at, item, match, kind, row.category, row.charge_class, row.billing_period,
             {address, address}, {}});
  }
  slots_[number].rows.last = address;
  slots_[number].tally.add(cost);
}

/// In the order of the keys: a few thousand items are put in order by their texts once, then the
/// charges by numbers.
void Gatherer::write_charges_to(Delivery& delivery) const {
  const auto text_of = [&](std::size_t number) {
    const Item& item = items_[number];
    const Account& account = accounts_[item.account];
    return std::tie(account.currency, account.billing_account, account.sub_account, item.service,
                    item.sku, item.region);
  };
  std::vector<std::size_t> in_order(items_.size());
  std::iota(in_order.begin(), in_order.end(), std::size_t{0});
  std::ranges::sort(in_order,
                    [&](std::size_t a, std::size_t b) { return text_of(a) < text_of(b); });
  std::vector<std::size_t> rank(items_.size());
  for (std::size_t i = 0; i < in_order.size(); ++i) rank[in_order[i]] = i;

  std::vector<const Slot*> slots;
  slots.reserve(slots_.size());
  for (const Slot& slot : slots_) slots.push_back(&slot);
  std::ranges::sort(slots, [&](const Slot* a, const Slot* b) {
    if (a->at != b->at) return a->at < b->at;
    if (const int order = a->match->investee.compare(b->match->investee)) return order < 0;
    const auto order_of = [&](const Slot& slot) {
      return std::tuple{rank[slot.item], slot.kind, slot.category, slot.charge_class,
                        slot.billing_period};
    };
    return order_of(*a) < order_of(*b);
  });

  std::vector<Charge>& charges = delivery.charges;
  charges.reserve(slots.size());
  delivery.rows_of_charges.reserve(slots.size());
  for (const Slot* slot : slots) {
    const Item& item = items_[slot->item];
    const Account& account = accounts_[item.account];
    charges.push_back(Charge{.at = slot->at,
                             .key = {.investee = slot->match->investee,
                                     .currency = account.currency,
                                     .billing_account = account.billing_account,
                                     .sub_account = account.sub_account,
                                     .service = item.service,
                                     .sku = item.sku,
                                     .region = item.region},
                             .kind = slot->kind,
                             .category = slot->category,
                             .charge_class = slot->charge_class,
                             .billing_period = slot->billing_period,
                             .row_count = slot->tally.row_count,
                             .amount = slot->tally.sum.total()});
    delivery.rows_of_charges.push_back(slot->rows);
  }
}

void Gatherer::write_to(Delivery& delivery) const {
  const auto add = [](RowsAndAmount& to, const Tally& tally) {
    to.row_count += tally.row_count;
    to.amount += tally.sum.total();
  };
  for (const Account& account : accounts_) {
    for (std::size_t i = 0; i < account.by_category.size(); ++i) {
      const Tally& tally = account.by_category[i];
      if (tally.row_count == 0) continue;
      add(delivery.by_category[{static_cast<ChargeCategory>(i), account.currency}], tally);
      add(delivery.by_account[{account.billing_account, account.currency}], tally);
    }
  }
  for (const Other& other : others_) {
    const Account& account = accounts_[other.account];
    add(delivery.other_customers[{account.billing_account, other.period, account.currency}],
        other.tally);
  }
  write_charges_to(delivery);
}

}  // namespace accrue::usage
