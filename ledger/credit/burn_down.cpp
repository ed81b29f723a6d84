#include "ledger/credit/burn_down.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace accrue {

namespace {

constexpr std::int64_t overage_rank = -1;

/// Where an amount stands served. The order is the order in which a refund takes back: newest
/// period first, in it overage first, then the grants in reverse order of paying, then by
/// (service, SKU, region).
struct Standing {
  std::int32_t newest_first;  ///< the served period, negated
  std::int64_t last_payer_first;
  std::uint32_t what;
  friend auto operator<=>(const Standing&, const Standing&) = default;
};

std::map<Consumed, std::uint32_t> rank_consumed(const DrawTotals& frozen,
                                                const OpenCharges& open) {
  std::map<Consumed, std::uint32_t> ranks;
  for (const auto& [key, amount] : frozen) ranks.emplace(Consumed{key.service, key.sku, key.region}, 0);
  for (const ChargeKey& key : open.keys) ranks.emplace(Consumed{key.service, key.sku, key.region}, 0);
  std::uint32_t next = 0;
  for (auto& [consumed, rank] : ranks) rank = next++;
  return ranks;
}

/// Sums per instant and key over all records, in the order of serving.
std::vector<ServedSum> sum_in_order(const OpenCharges& open) {
  std::vector<std::uint32_t> by_key(open.keys.size());
  std::iota(by_key.begin(), by_key.end(), 0U);
  std::sort(by_key.begin(), by_key.end(),
            [&](std::uint32_t a, std::uint32_t b) { return open.keys[a] < open.keys[b]; });
  std::vector<std::uint32_t> rank(open.keys.size());
  for (std::uint32_t i = 0; i < by_key.size(); ++i) rank[by_key[i]] = i;

  std::vector<std::uint32_t> order(open.charges.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const OpenCharge& left = open.charges[a];
    const OpenCharge& right = open.charges[b];
    return std::tie(left.at, rank[left.key]) < std::tie(right.at, rank[right.key]);
  });

  std::vector<ServedSum> sums;
  for (const std::uint32_t i : order) {
    const OpenCharge& charge = open.charges[i];
    if (!sums.empty() && sums.back().at == charge.at && sums.back().key == charge.key) {
      sums.back().amount += charge.amount;
    } else {
      sums.push_back({charge.at, charge.period, charge.key, charge.amount, 0, 0});
    }
  }
  // At one instant all sums above zero come before all refunds.
  for (auto first = sums.begin(); first != sums.end();) {
    const auto last = std::find_if(first, sums.end(),
                                   [&](const ServedSum& sum) { return sum.at != first->at; });
    std::stable_partition(first, last, [](const ServedSum& sum) { return sum.amount.sign() >= 0; });
    first = last;
  }
  return sums;
}

using Standings = std::map<Standing, Decimal>;

/// The grants of one investee and currency, and what stands served for them by service.
struct Wallet {
  std::vector<std::uint32_t> grants;  ///< in the order of paying
  std::map<std::string, Standings, std::less<>> by_service;
};

class Server {
 public:
  Server(std::span<const Grant> grants, const DrawTotals& frozen, const OpenCharges& open)
      : grants_{grants}, open_{open}, consumed_ranks_{rank_consumed(frozen, open)} {
    fill_wallets(frozen);
    for (const ChargeKey& key : open_.keys) describe_key(key);
  }

  BurnDown serve() && {
    result_.sums = sum_in_order(open_);
    for (ServedSum& sum : result_.sums) {
      sum.first_draw = result_.draws.size();
      if (sum.amount.sign() > 0) pay(sum);
      if (sum.amount.sign() < 0) refund(sum);
      sum.draw_count = result_.draws.size() - sum.first_draw;
    }
    for (const auto& [consumed, rank] : consumed_ranks_) result_.consumed.push_back(consumed);
    collect_totals();
    return std::move(result_);
  }

 private:
  struct KeyInfo {
    const Wallet* wallet;
    Standings* standings;  ///< of the key's service
    std::uint32_t what;
    std::vector<std::uint32_t> payers;  ///< grants in scope, in the order of paying
  };

  void fill_wallets(const DrawTotals& frozen) {
    std::vector<std::uint32_t> order(grants_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return pays_before(grants_[a], grants_[b]);
    });
    paying_rank_.resize(grants_.size());
    std::map<std::string, std::uint32_t> by_id;
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
      const Grant& grant = grants_[order[rank]];
      paying_rank_[order[rank]] = rank;
      by_id.emplace(grant.id, order[rank]);
      left_.push_back(Decimal{});
      wallet_of(grant.investee, grant.face.currency.code()).grants.push_back(order[rank]);
    }
    for (std::uint32_t i = 0; i < grants_.size(); ++i) left_[i] = grants_[i].face.value;
    for (const auto& [key, amount] : frozen) {
      const std::uint32_t what = consumed_ranks_.at({key.service, key.sku, key.region});
      std::int64_t payer = overage_rank;
      if (!key.grant.empty()) {
        const std::uint32_t grant = by_id.at(key.grant);
        left_[grant] -= amount;
        payer = paying_rank_[grant];
      }
      Wallet& wallet = wallet_of(key.investee, key.currency);
      stand(wallet.by_service[key.service], key.served_period, payer, what, amount);
    }
  }

  Wallet& wallet_of(std::string_view investee, std::string_view currency) {
    return wallets_[{std::string{investee}, std::string{currency}}];
  }

  void describe_key(const ChargeKey& key) {
    Wallet& wallet = wallet_of(key.investee, key.currency);
    KeyInfo info{&wallet, &wallet.by_service[key.service],
                 consumed_ranks_.at({key.service, key.sku, key.region}), {}};
    for (const std::uint32_t grant : info.wallet->grants) {
      if (grants_[grant].scope.admits(key.service, key.region, key.sku)) {
        info.payers.push_back(grant);
      }
    }
    keys_.push_back(std::move(info));
  }

  static Standing where(Period served, std::int64_t payer_rank, std::uint32_t what) {
    // Overage has rank -1 and comes before every grant; the last grant to pay comes first.
    const std::int64_t order = payer_rank == overage_rank ? INT64_MIN : -payer_rank;
    return {-served.months, order, what};
  }

  static void stand(Standings& standings, Period served, std::int64_t payer_rank,
                    std::uint32_t what, const Decimal& amount) {
    standings[where(served, payer_rank, what)] += amount;
  }

  void pay(const ServedSum& sum) {
    const KeyInfo& key = keys_[sum.key];
    Decimal rest = sum.amount;
    for (const std::uint32_t i : key.payers) {
      const Grant& grant = grants_[i];
      if (sum.at < grant.begins_at || (grant.ends_at && sum.at >= *grant.ends_at)) continue;
      if (left_[i].sign() <= 0) continue;
      const Decimal paid = std::min(rest, left_[i]);
      left_[i] -= paid;
      rest -= paid;
      draw(Payer::grant, i, sum.period, key.what, paid);
      stand(*key.standings, sum.period, paying_rank_[i], key.what, paid);
      if (rest.is_zero()) return;
    }
    draw(Payer::overage, 0, sum.period, key.what, rest);
    stand(*key.standings, sum.period, overage_rank, key.what, rest);
  }

  void refund(const ServedSum& sum) {
    const ChargeKey& key = open_.keys[sum.key];
    const KeyInfo& info = keys_[sum.key];
    Decimal rest = -sum.amount;
    for (auto& [standing, amount] : *info.standings) {
      if (rest.is_zero()) return;
      if (amount.sign() <= 0 || !is_refunded_by(key, standing.what)) continue;
      const Decimal taken = std::min(rest, amount);
      amount -= taken;
      rest -= taken;
      const Period served{-standing.newest_first};
      if (standing.last_payer_first == INT64_MIN) {
        draw(Payer::overage, 0, served, standing.what, -taken);
      } else {
        const std::uint32_t grant = grant_of_rank(-standing.last_payer_first);
        left_[grant] += taken;
        draw(Payer::grant, grant, served, standing.what, -taken);
      }
    }
    if (!rest.is_zero()) draw(Payer::nobody, 0, sum.period, info.what, -rest);
  }

  /// An empty SKU or region in the refund matches any.
  bool is_refunded_by(const ChargeKey& refund, std::uint32_t what) {
    if (consumed_by_rank_.empty()) {
      for (const auto& [consumed, rank] : consumed_ranks_) consumed_by_rank_.push_back(&consumed);
    }
    const Consumed& consumed = *consumed_by_rank_[what];
    return consumed.service == refund.service && (refund.sku.empty() || refund.sku == consumed.sku) &&
           (refund.region.empty() || refund.region == consumed.region);
  }

  std::uint32_t grant_of_rank(std::int64_t rank) const {
    const auto found = std::find(paying_rank_.begin(), paying_rank_.end(), rank);
    return static_cast<std::uint32_t>(found - paying_rank_.begin());
  }

  void draw(Payer payer, std::uint32_t grant, Period served, std::uint32_t what,
            const Decimal& amount) {
    result_.draws.push_back({payer, grant, served, what, amount});
  }

  void collect_totals() {
    using Cell = std::tuple<const Wallet*, std::int64_t, std::int32_t, std::int32_t, std::uint32_t>;
    std::map<Cell, std::pair<Decimal, const ServedSum*>> cells;
    for (const ServedSum& sum : result_.sums) {
      for (std::size_t i = 0; i < sum.draw_count; ++i) {
        const Draw& draw = result_.draws[sum.first_draw + i];
        if (draw.payer == Payer::nobody) continue;
        const std::int64_t payer = draw.payer == Payer::grant ? draw.grant : overage_rank;
        auto& cell = cells[{keys_[sum.key].wallet, payer, sum.period.months,
                            draw.served_period.months, draw.what}];
        cell.first += draw.amount;
        cell.second = &sum;
      }
    }
    for (const auto& [cell, total] : cells) {
      const auto& [amount, sum] = total;
      if (amount.is_zero()) continue;
      const std::int64_t payer = std::get<1>(cell);
      const Consumed& consumed = result_.consumed[std::get<4>(cell)];
      const ChargeKey& key = open_.keys[sum->key];
      result_.totals.emplace(
          DrawKey{key.investee, key.currency,
                  payer == overage_rank ? std::string{} : grants_[static_cast<std::size_t>(payer)].id,
                  Period{std::get<2>(cell)}, Period{std::get<3>(cell)}, consumed.service,
                  consumed.sku, consumed.region},
          amount);
    }
  }

  std::span<const Grant> grants_;
  const OpenCharges& open_;
  std::map<Consumed, std::uint32_t> consumed_ranks_;
  std::vector<const Consumed*> consumed_by_rank_;
  std::vector<std::int64_t> paying_rank_;
  std::vector<Decimal> left_;
  std::map<std::pair<std::string, std::string>, Wallet> wallets_;
  std::vector<KeyInfo> keys_;
  BurnDown result_;
};

}  // namespace

BurnDown burn_down(std::span<const Grant> grants, const DrawTotals& frozen,
                   const OpenCharges& open) {
  return Server{grants, frozen, open}.serve();
}

std::map<std::string, Decimal> drawn_by_grant(const DrawTotals& totals) {
  std::map<std::string, Decimal> drawn;
  for (const auto& [key, amount] : totals) {
    if (!key.grant.empty()) drawn[key.grant] += amount;
  }
  return drawn;
}

}  // namespace accrue
