#include "accounting/report/row_refs.h"

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

std::string period_row_ref(OriginView by, PeriodRange range, const Account& account) {
  return make_ref({ref_head("period", by), to_text(range), account.investee, account.grant,
                   std::string{to_string(account.kind)}, account.service, account.region});
}

std::string rollforward_row_ref(OriginView by, PeriodRange range, const std::string& grant) {
  return make_ref({ref_head("rollforward", by), to_text(range), grant});
}

std::string trial_balance_row_ref(OriginView by, PeriodRange range, const Account& account) {
  // The name is a ref's tail as it stands: it is escaped the same way.
  return make_ref({ref_head("trial-balance", by), to_text(range)}) + ":" + account.name();
}

}  // namespace accrue
