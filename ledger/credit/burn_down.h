#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/credit/charge.h"
#include "ledger/credit/draw.h"
#include "ledger/credit/grant.h"

namespace accrue {

/// A charge that no close has frozen.
struct OpenCharge {
  Instant at;
  Date on;        ///< the day of `at` in the book's zone
  Period period;  ///< of that day
  std::uint32_t key = 0;  ///< as BurnDown::number_of() gave it
  Charge::Kind kind = Charge::Kind::served;
  Decimal amount;
};

/// Who pays a draw.
enum class Payer : std::uint8_t { grant, overage, nobody };

/// The part of a served sum that one payer pays; below zero for what a refund takes back.
/// `nobody` is a refund that found nothing: negative overage, an exception at close.
struct Draw {
  Payer payer = Payer::overage;
  std::uint32_t grant = 0;  ///< index into the grants, for Payer::grant
  Period served_period;
  std::uint32_t what = 0;  ///< index into BurnDown::consumed()
  Decimal amount;
};

/// What is consumed, without by whom.
struct Consumed {
  std::string service;
  std::string sku;
  std::string region;
  friend auto operator<=>(const Consumed&, const Consumed&) = default;
};

/// All open charges of one instant and key, summed over records, with the draws that pay them.
struct ServedSum {
  Instant at;
  Date on;
  Period period;
  std::uint32_t key = 0;
  Decimal amount;
  std::size_t first_draw = 0;
  std::size_t draw_count = 0;
};

/// What no grant pays, by the day whose rate it is translated at.
struct CashFundedKey {
  std::string investee;
  std::string currency;
  Date on;
  std::string service;
  std::string region;
  friend auto operator<=>(const CashFundedKey&, const CashFundedKey&) = default;
};
using CashFunded = std::map<CashFundedKey, Decimal>;

/// Serves all open charges together from the face that the frozen draws left (semantics,
/// section 4, order policy 1), and goes on serving when more are added: what lies before the
/// first of them stays served, the rest is served again. The result is that of serving all at
/// once.
///
/// Draws of a sum and what it leaves over add up to the sum exactly.
class BurnDown {
 public:
  /// How many sums are served between two states that are kept to go back to.
  static constexpr std::size_t usual_stride = 16'384;

  /// `grants` in any order; `frozen` holds what stands served by closes.
  BurnDown(std::vector<Grant> grants, const DrawTotals& frozen,
           std::size_t stride = usual_stride);

  /// The number of a key, the same for equal keys.
  std::uint32_t number_of(const ChargeKey& key);
  void add(std::span<const OpenCharge> charges);

  const std::vector<ChargeKey>& keys() const { return keys_; }
  const std::vector<ServedSum>& sums() const { return sums_; }  ///< in the order of serving
  std::span<const Draw> draws_of(const ServedSum& sum) const {
    return std::span{draws_}.subspan(sum.first_draw, sum.draw_count);
  }
  const Consumed& consumed(const Draw& draw) const { return *consumed_[draw.what]; }
  /// The first of the sums that the last add() served; all before it stayed as they were.
  std::size_t first_served() const { return first_served_; }

  /// Of the open charges; what sums to zero is left out.
  DrawTotals totals() const;
  /// Overage, refunds that found nothing and reductions.
  CashFunded cash_funded() const;

 private:
  /// Where an amount stands served. The order is the order in which a refund takes back: newest
  /// period first, in it overage first, then the grants in reverse order of paying, then by
  /// (service, SKU, region).
  struct Standing {
    std::int32_t newest_first;  ///< the served period, negated
    std::int64_t last_payer_first;
    std::uint32_t what;
    const Consumed* consumed;  ///< of `what`

    friend bool operator<(const Standing& a, const Standing& b) {
      if (a.newest_first != b.newest_first) return a.newest_first < b.newest_first;
      if (a.last_payer_first != b.last_payer_first) return a.last_payer_first < b.last_payer_first;
      return a.what != b.what && *a.consumed < *b.consumed;
    }
  };
  using Standings = std::map<Standing, Decimal>;

  /// The grants of one investee and currency, and what stands served for them by service.
  struct Wallet {
    std::string investee;
    std::string currency;
    std::vector<std::uint32_t> grants;  ///< in the order of paying
    std::map<std::string, std::size_t, std::less<>> standings;  ///< index, by service
  };

  /// What of a key serving asks for.
  struct KeyInfo {
    std::size_t wallet;
    std::size_t standings;  ///< of the key's service
    std::uint32_t what;
    std::vector<std::uint32_t> payers;  ///< grants in scope, in the order of paying
  };

  /// A cell of the totals: wallet, payer (overage_payer or a grant), origin and served period, what.
  using TotalCell =
      std::tuple<std::size_t, std::int64_t, std::int32_t, std::int32_t, std::uint32_t>;
  using CashCell = std::tuple<std::size_t, std::int32_t, std::uint32_t>;  ///< wallet, day, what

  /// What serving changes; kept now and then, to go back to.
  struct Progress {
    std::size_t sum_count = 0;
    std::size_t draw_count = 0;
    std::vector<Decimal> left;  ///< face, by grant
    std::vector<Standings> standings;
    std::map<TotalCell, Decimal> totals;
    std::map<CashCell, Decimal> cash;
  };

  void stand_frozen(const DrawTotals& frozen);
  std::size_t wallet_of(const std::string& investee, const std::string& currency);
  std::size_t standings_of(Wallet& wallet, const std::string& service);
  std::uint32_t number_of(const Consumed& consumed);

  void go_back_before(Instant at);
  std::vector<ServedSum> in_order(std::vector<ServedSum> sums) const;
  void serve(ServedSum sum);
  void pay(const ServedSum& sum);
  void refund(const ServedSum& sum);
  bool is_refunded_by(const ChargeKey& refund, const Consumed& consumed) const;
  void stand(Standings& standings, Period served, std::int64_t payer, std::uint32_t what,
             const Decimal& amount);
  void draw(const ServedSum& sum, Payer payer, std::uint32_t grant, Period served,
            std::uint32_t what, const Decimal& amount);

  std::vector<Grant> grants_;
  std::size_t stride_;
  std::vector<std::uint32_t> by_paying_rank_;  ///< grants
  std::vector<std::int64_t> paying_rank_;      ///< by grant
  std::map<Consumed, std::uint32_t> consumed_numbers_;
  std::vector<const Consumed*> consumed_;
  std::vector<Wallet> wallets_;
  std::map<std::pair<std::string, std::string>, std::size_t> wallet_numbers_;
  std::map<ChargeKey, std::uint32_t> key_numbers_;
  std::vector<ChargeKey> keys_;
  std::vector<KeyInfo> key_infos_;

  std::vector<ServedSum> sums_;
  std::vector<Draw> draws_;
  std::map<CashCell, Decimal> reductions_;
  Progress now_;
  std::vector<Progress> kept_;  ///< in order; the first is that of nothing served
  std::size_t first_served_ = 0;
};

/// Drawn from each grant, net of refunds, by grant id.
using DrawnByGrant = std::map<std::string, Decimal>;
DrawnByGrant drawn_by_grant(const DrawTotals& totals);

}  // namespace accrue
