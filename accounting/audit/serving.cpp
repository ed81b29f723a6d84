#include "accounting/audit/serving.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "accounting/posting/served.h"
#include "ledger/error/check.h"

namespace accrue {

namespace {

constexpr std::size_t sums_between_states = 1'024;

void add_draws(std::vector<Decimal>& drawn, std::span<const Draw> draws) {
  for (const Draw& draw : draws) {
    if (draw.payer == Payer::grant) drawn[draw.grant] += draw.amount;
  }
}

}  // namespace

Serving Serving::of_close(const Store& store, const HeldClose& close) {
  return {store, load_state(store, close.record - 1), close.period};
}

Serving Serving::of_open(const Store& store, const BookState& now) {
  return {store, now, std::nullopt};
}

Serving::Serving(const Store& store, BookState state, std::optional<Period> closing)
    : state_{std::move(state)},
      closing_{closing},
      frozen_{load_frozen_draws(store, state_)},
      served_{serve_open_charges(store, state_, frozen_)} {
  find_charges(store);
  sum_draws();
}

void Serving::sum_draws() {
  std::vector<Decimal> drawn(state_.grants.size());
  const std::vector<ServedSum>& sums = served_.sums();
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (i % sums_between_states == 0) drawn_before_.push_back(drawn);
    add_draws(drawn, served_.draws_of(sums[i]));
  }
}

void Serving::find_charges(const Store& store) {
  const std::vector<ServedSum>& sums = served_.sums();
  charges_.resize(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    sum_numbers_.emplace(std::pair{sums[i].at, served_.keys()[sums[i].key]}, i);
  }
  const Period through = state_.closes.empty() ? Period{INT32_MIN} : state_.closes.back().period;
  std::set<std::int64_t> records;
  store.for_each_open_charge(state_.last_close_record(), through, state_.record_count,
                             [&](const StoredCharge& stored) { records.insert(stored.record); });
  for (const std::int64_t record : records) {
    std::int64_t position = 0;
    store.for_each_charge_of(record, [&](const StoredCharge& stored) {
      ++position;
      if (state_.is_frozen(record, stored.period) || !holds(stored.period)) return;
      AddressedCharge found{{record, position}, stored.charge, stored.period};
      if (stored.charge.kind == Charge::Kind::reduction) {
        reductions_.push_back(std::move(found));
        return;
      }
      const auto sum = sum_of(stored.charge.at, stored.charge.key);
      LEDGER_CHECK(sum.has_value(), stored.charge.key.service, "a charge of a served sum");
      charges_[*sum].push_back(std::move(found));
    });
  }
}

std::optional<std::size_t> Serving::sum_of(Instant at, const ChargeKey& key) const {
  const auto found = sum_numbers_.find({at, key});
  return found == sum_numbers_.end() ? std::nullopt : std::optional{found->second};
}

Eligibility Serving::eligibility(const Grant& grant, const ServedSum& sum,
                                 const Decimal& left) const {
  const ChargeKey& key = served_.keys()[sum.key];
  if (!grant.scope.admits(key.service, key.region, key.sku)) return Eligibility::out_of_scope;
  if (sum.at < grant.begins_at) return Eligibility::before_window;
  if (grant.ends_at && sum.at >= *grant.ends_at) return Eligibility::after_window;
  return left.sign() > 0 ? Eligibility::pays : Eligibility::nothing_left;
}

std::vector<Candidate> Serving::candidates(std::size_t sum) const {
  const std::vector<ServedSum>& sums = served_.sums();
  const ChargeKey& key = served_.keys()[sums[sum].key];
  const DrawnByGrant frozen = drawn_by_grant(frozen_);
  const std::size_t state = sum / sums_between_states;
  std::vector<Decimal> drawn = drawn_before_[state];
  for (std::size_t before = state * sums_between_states; before < sum; ++before) {
    add_draws(drawn, served_.draws_of(sums[before]));
  }
  std::vector<Candidate> candidates;
  for (std::uint32_t i = 0; i < state_.grants.size(); ++i) {
    const Grant& grant = state_.grants[i].grant;
    if (grant.investee != key.investee || grant.face.currency.code() != key.currency) continue;
    const auto stood = frozen.find(grant.id);
    const Decimal left =
        grant.face.value - drawn[i] - (stood == frozen.end() ? Decimal{} : stood->second);
    candidates.push_back({i, eligibility(grant, sums[sum], left), left});
  }
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    return pays_before(state_.grants[a.grant].grant, state_.grants[b.grant].grant);
  });
  return candidates;
}

const Target& Serving::target(const Balances& booked) {
  if (!target_) {
    const DrawTotals drawn = served_.totals();
    Result<Target> derived =
        derive_target({state_, booked, frozen_, served_, drawn, closing_});
    LEDGER_CHECK(derived.ok(), "a rate is missing", "what was posted can be derived again");
    target_ = std::move(derived).value();
  }
  return *target_;
}

}  // namespace accrue
