#include "accounting/posting/make_grant.h"

#include <algorithm>

namespace accrue {

Grant make_grant(const BookState& state, const Investment& deal, const Tranche& tranche,
                 const TranchePrice& price) {
  Grant grant{.id = state.find_grant(tranche.id) == nullptr ? tranche.id
                                                            : deal.id + "/" + tranche.id,
              .investment = deal.id,
              .tranche = tranche.id,
              .investee = deal.investee,
              .face = tranche.face,
              .price_minor_units = price.price_minor_units,
              .price_per_unit = price.price_per_unit,
              .received_on = price.received_on,
              .issued_on = tranche.issued_on,
              .begins_at = state.zone.midnight(
                  std::max(tranche.issued_on, tranche.begins_on.value_or(tranche.issued_on))),
              .ends_at = std::nullopt,
              .expiry_period = std::nullopt,
              .priority = tranche.priority,
              .scope = tranche.scope,
              .breakage_method = tranche.breakage_method,
              .expected_unused = tranche.expected_unused};
  if (tranche.expires_on) {
    grant.ends_at = state.zone.midnight(*tranche.expires_on);
    grant.expiry_period = state.zone.period_of(Instant{grant.ends_at->microseconds - 1});
  }
  return grant;
}

}  // namespace accrue
