#include "ledger/credit/burn_down.h"

#include <algorithm>
#include <numeric>

namespace accrue {

namespace {

constexpr std::int64_t overage_payer = -1;

/// Where overage stands in the order of taking back: before every grant.
constexpr std::int64_t overage_first = INT64_MIN;

}  // namespace

BurnDown::BurnDown(std::vector<Grant> grants, const DrawTotals& frozen, std::size_t stride)
    : grants_{std::move(grants)}, stride_{stride} {
  by_paying_rank_.resize(grants_.size());
  std::iota(by_paying_rank_.begin(), by_paying_rank_.end(), 0U);
  std::sort(by_paying_rank_.begin(), by_paying_rank_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return pays_before(grants_[a], grants_[b]); });
  paying_rank_.resize(grants_.size());
  for (std::uint32_t rank = 0; rank < by_paying_rank_.size(); ++rank) {
    const std::uint32_t number = by_paying_rank_[rank];
    const Grant& grant = grants_[number];
    paying_rank_[number] = rank;
    const std::string currency{grant.face.currency.code()};
    wallets_[wallet_of(grant.investee, currency)].grants.push_back(number);
  }
  for (const Grant& grant : grants_) now_.left.push_back(grant.face.value);
  stand_frozen(frozen);
  kept_.push_back(now_);
}

void BurnDown::stand_frozen(const DrawTotals& frozen) {
  std::map<std::string_view, std::uint32_t> by_id;
  for (std::uint32_t i = 0; i < grants_.size(); ++i) by_id.emplace(grants_[i].id, i);
  for (const auto& [key, amount] : frozen) {
    std::int64_t payer = overage_payer;
    if (!key.grant.empty()) {
      const std::uint32_t grant = by_id.at(key.grant);
      now_.left[grant] -= amount;
      payer = grant;
    }
    Wallet& wallet = wallets_[wallet_of(key.investee, key.currency)];
    stand(now_.standings[standings_of(wallet, key.service)], key.served_period, payer,
          number_of(Consumed{key.service, key.sku, key.region}), amount);
  }
}

std::size_t BurnDown::wallet_of(const std::string& investee, const std::string& currency) {
  const auto [known, is_new] = wallet_numbers_.try_emplace({investee, currency}, wallets_.size());
  if (is_new) wallets_.push_back({investee, currency, {}, {}});
  return known->second;
}

std::size_t BurnDown::standings_of(Wallet& wallet, const std::string& service) {
  const auto [known, is_new] = wallet.standings.try_emplace(service, now_.standings.size());
  if (is_new) {
    now_.standings.emplace_back();
    for (Progress& kept : kept_) kept.standings.emplace_back();
  }
  return known->second;
}

std::uint32_t BurnDown::number_of(const Consumed& consumed) {
  const auto next = static_cast<std::uint32_t>(consumed_.size());
  const auto [known, is_new] = consumed_numbers_.try_emplace(consumed, next);
  if (is_new) consumed_.push_back(&known->first);
  return known->second;
}

std::uint32_t BurnDown::number_of(const ChargeKey& key) {
  const auto next = static_cast<std::uint32_t>(keys_.size());
  const auto [known, is_new] = key_numbers_.try_emplace(key, next);
  if (!is_new) return known->second;
  keys_.push_back(key);
  const std::size_t number = wallet_of(key.investee, key.currency);
  Wallet& wallet = wallets_[number];
  KeyInfo info{number, standings_of(wallet, key.service),
               number_of(Consumed{key.service, key.sku, key.region}), {}};
  for (const std::uint32_t grant : wallet.grants) {
    if (grants_[grant].scope.admits(key.service, key.region, key.sku)) {
      info.payers.push_back(grant);
    }
  }
  key_infos_.push_back(std::move(info));
  return next;
}

void BurnDown::add(std::span<const OpenCharge> charges) {
  std::vector<ServedSum> added;
  for (const OpenCharge& charge : charges) {
    if (charge.kind == Charge::Kind::reduction) {
      const KeyInfo& key = key_infos_[charge.key];
      reductions_[{key.wallet, charge.on.days, key.what}] += charge.amount;
    } else {
      added.push_back({charge.at, charge.on, charge.period, charge.key, charge.amount, 0, 0});
    }
  }
  first_served_ = sums_.size();
  if (added.empty()) return;
  const auto earliest = std::min_element(
      added.begin(), added.end(),
      [](const ServedSum& a, const ServedSum& b) { return a.at < b.at; });
  go_back_before(earliest->at);
  first_served_ = now_.sum_count;
  std::vector<ServedSum> waiting{sums_.begin() + static_cast<std::ptrdiff_t>(now_.sum_count),
                                 sums_.end()};
  sums_.resize(now_.sum_count);
  draws_.resize(now_.draw_count);
  waiting.insert(waiting.end(), added.begin(), added.end());
  for (ServedSum& sum : in_order(std::move(waiting))) serve(std::move(sum));
}

/// To the last state kept in which every sum served lies before the instant.
void BurnDown::go_back_before(Instant at) {
  while (kept_.back().sum_count > 0 && sums_[kept_.back().sum_count - 1].at >= at) {
    kept_.pop_back();
  }
  // What was served since stays when all of it lies before too.
  if (now_.sum_count > 0 && sums_[now_.sum_count - 1].at < at) return;
  now_ = kept_.back();
}

/// Sums per instant and key, in the order of serving.
std::vector<ServedSum> BurnDown::in_order(std::vector<ServedSum> sums) const {
  std::vector<std::uint32_t> rank(keys_.size());
  std::uint32_t next = 0;
  for (const auto& [key, number] : key_numbers_) rank[number] = next++;
  std::sort(sums.begin(), sums.end(), [&](const ServedSum& a, const ServedSum& b) {
    return a.at != b.at ? a.at < b.at : rank[a.key] < rank[b.key];
  });

  std::vector<ServedSum> ordered;
  for (ServedSum& sum : sums) {
    if (!ordered.empty() && ordered.back().at == sum.at && ordered.back().key == sum.key) {
      ordered.back().amount += sum.amount;
    } else {
      ordered.push_back(std::move(sum));
    }
  }
  // At one instant all sums above zero come before all refunds.
  for (auto first = ordered.begin(); first != ordered.end();) {
    const auto last = std::find_if(first, ordered.end(),
                                   [&](const ServedSum& sum) { return sum.at != first->at; });
    std::stable_partition(first, last, [](const ServedSum& sum) { return sum.amount.sign() >= 0; });
    first = last;
  }
  return ordered;
}

void BurnDown::serve(ServedSum sum) {
  if (sums_.size() >= kept_.back().sum_count + stride_) kept_.push_back(now_);
  sum.first_draw = draws_.size();
  if (sum.amount.sign() > 0) pay(sum);
  if (sum.amount.sign() < 0) refund(sum);
  sum.draw_count = draws_.size() - sum.first_draw;
  sums_.push_back(std::move(sum));
  now_.sum_count = sums_.size();
  now_.draw_count = draws_.size();
}

void BurnDown::stand(Standings& standings, Period served, std::int64_t payer, std::uint32_t what,
                     const Decimal& amount) {
  const std::int64_t order = payer == overage_payer
                                 ? overage_first
                                 : -paying_rank_[static_cast<std::size_t>(payer)];
  standings[{-served.months, order, what, consumed_[what]}] += amount;
}

void BurnDown::pay(const ServedSum& sum) {
  const KeyInfo& key = key_infos_[sum.key];
  Standings& standings = now_.standings[key.standings];
  Decimal rest = sum.amount;
  for (const std::uint32_t i : key.payers) {
    const Grant& grant = grants_[i];
    if (sum.at < grant.begins_at || (grant.ends_at && sum.at >= *grant.ends_at)) continue;
    if (now_.left[i].sign() <= 0) continue;
    const Decimal paid = std::min(rest, now_.left[i]);
    now_.left[i] -= paid;
    rest -= paid;
    draw(sum, Payer::grant, i, sum.period, key.what, paid);
    stand(standings, sum.period, i, key.what, paid);
    if (rest.is_zero()) return;
  }
  draw(sum, Payer::overage, 0, sum.period, key.what, rest);
  stand(standings, sum.period, overage_payer, key.what, rest);
}

void BurnDown::refund(const ServedSum& sum) {
  const ChargeKey& key = keys_[sum.key];
  const KeyInfo& info = key_infos_[sum.key];
  Decimal rest = -sum.amount;
  for (auto& [standing, amount] : now_.standings[info.standings]) {
    if (rest.is_zero()) return;
    if (amount.sign() <= 0 || !is_refunded_by(key, *standing.consumed)) continue;
    const Decimal taken = std::min(rest, amount);
    amount -= taken;
    rest -= taken;
    const Period served{-standing.newest_first};
    if (standing.last_payer_first == overage_first) {
      draw(sum, Payer::overage, 0, served, standing.what, -taken);
    } else {
      const std::uint32_t grant =
          by_paying_rank_[static_cast<std::size_t>(-standing.last_payer_first)];
      now_.left[grant] += taken;
      draw(sum, Payer::grant, grant, served, standing.what, -taken);
    }
  }
  if (!rest.is_zero()) draw(sum, Payer::nobody, 0, sum.period, info.what, -rest);
}

/// An empty SKU or region in the refund matches any.
bool BurnDown::is_refunded_by(const ChargeKey& refund, const Consumed& consumed) const {
  return consumed.service == refund.service && (refund.sku.empty() || refund.sku == consumed.sku) &&
         (refund.region.empty() || refund.region == consumed.region);
}

void BurnDown::draw(const ServedSum& sum, Payer payer, std::uint32_t grant, Period served,
                    std::uint32_t what, const Decimal& amount) {
  draws_.push_back({payer, grant, served, what, amount});
  const std::size_t wallet = key_infos_[sum.key].wallet;
  if (payer != Payer::grant) now_.cash[{wallet, sum.on.days, what}] += amount;
  if (payer == Payer::nobody) return;
  const std::int64_t by = payer == Payer::grant ? std::int64_t{grant} : overage_payer;
  now_.totals[{wallet, by, sum.period.months, served.months, what}] += amount;
}

DrawTotals BurnDown::totals() const {
  DrawTotals totals;
  for (const auto& [cell, amount] : now_.totals) {
    if (amount.is_zero()) continue;
    const auto& [wallet, payer, origin, served, what] = cell;
    const Consumed& consumed = *consumed_[what];
    totals.emplace(
        DrawKey{wallets_[wallet].investee, wallets_[wallet].currency,
                payer == overage_payer ? "" : grants_[static_cast<std::size_t>(payer)].id,
                Period{origin}, Period{served}, consumed.service, consumed.sku, consumed.region},
        amount);
  }
  return totals;
}

CashFunded BurnDown::cash_funded() const {
  CashFunded sums;
  for (const auto* cells : {&now_.cash, &reductions_}) {
    for (const auto& [cell, amount] : *cells) {
      const auto& [wallet, day, what] = cell;
      const Consumed& consumed = *consumed_[what];
      sums[{wallets_[wallet].investee, wallets_[wallet].currency, Date{day}, consumed.service,
            consumed.region}] += amount;
    }
  }
  return sums;
}

DrawnByGrant drawn_by_grant(const DrawTotals& totals) {
  DrawnByGrant drawn;
  for (const auto& [key, amount] : totals) {
    if (!key.grant.empty()) drawn[key.grant] += amount;
  }
  return drawn;
}

}  // namespace accrue
