#include "accounting/posting/served.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace accrue {

namespace {

/// Charges as they are served. Those of one key and one day mostly stand together.
class OpenChargeReader {
 public:
  OpenChargeReader(BurnDown& served, const TimeZone& zone) : served_{served}, zone_{zone} {}

  OpenCharge read(const StoredCharge& stored) {
    const Charge& charge = stored.charge;
    if (!key_ || charge.key != last_key_) {
      last_key_ = charge.key;
      key_ = served_.number_of(charge.key);
    }
    if (charge.at < day_begin_ || charge.at >= day_end_) {
      day_ = zone_.date_of(charge.at);
      day_begin_ = zone_.midnight(day_);
      day_end_ = zone_.midnight(Date{day_.days + 1});
    }
    return {charge.at, day_, stored.period, *key_, charge.kind, charge.amount};
  }

 private:
  BurnDown& served_;
  const TimeZone& zone_;
  std::optional<std::uint32_t> key_;
  ChargeKey last_key_;
  Date day_;
  Instant day_begin_;
  Instant day_end_;
};

}  // namespace

DrawTotals load_frozen_draws(const Store& store, const BookState& state) {
  DrawTotals frozen;
  for (const HeldClose& close : state.closes) {
    for (const auto& [key, amount] : store.read_draws(close.record)) frozen[key] += amount;
  }
  return frozen;
}

void serve_charges(BurnDown& served, std::span<const StoredCharge> charges, const TimeZone& zone) {
  OpenChargeReader reader{served, zone};
  std::vector<OpenCharge> open;
  open.reserve(charges.size());
  for (const StoredCharge& stored : charges) open.push_back(reader.read(stored));
  served.add(open);
}

BurnDown serve_open_charges(const Store& store, const BookState& state, const DrawTotals& frozen) {
  BurnDown served{state.grant_list(), frozen};
  OpenChargeReader reader{served, state.zone};
  std::vector<OpenCharge> open;
  const Period through = state.closes.empty() ? Period{INT32_MIN} : state.closes.back().period;
  store.for_each_open_charge(
      state.last_close_record(), through, state.record_count,
      [&](const StoredCharge& stored) { open.push_back(reader.read(stored)); });
  served.add(open);
  return served;
}

}  // namespace accrue
