#include "accounting/recognition/transaction_price.h"

#include <algorithm>

#include "ledger/error/check.h"
#include "ledger/number/allocate.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

using BigInt = boost::multiprecision::cpp_int;

Ratio to_ratio(const Decimal& value) {
  return Ratio{BigInt{value.units()}, BigInt{power_of_ten(Decimal::fraction_digits)}};
}

/// Product of two decimals to minor units of a currency, rounded once.
std::int64_t translate(const Decimal& amount, const Decimal& rate, int minor_digits) {
  return round_half_even(
      Int1024{amount.units()} * Int1024{rate.units()},
      Int1024{power_of_ten(Decimal::fraction_digits)} *
          Int1024{power_of_ten(Decimal::fraction_digits - minor_digits)});
}

class DealPricer {
 public:
  DealPricer(const Investment& investment, Currency functional, const RateTable& rates)
      : investment_{investment}, functional_{functional}, rates_{rates} {}

  Result<DealPrice> price() {
    for (const Tranche& tranche : investment_.tranches) deal_.face_total += tranche.face.value;
    ACCRUE_TRY_DONE(check_currencies());
    ACCRUE_TRY(total, credits_total());
    deal_.credits_total = total;
    ACCRUE_TRY(parts, split(total));
    for (std::size_t i = 0; i < parts.size(); ++i) {
      ACCRUE_TRY_DONE(add_tranche(investment_.tranches[i], parts[i]));
    }
    if (investment_.cash) {
      ACCRUE_TRY(rate, rate_of(investment_.cash->currency, investment_.signed_on));
      deal_.cash_minor_units =
          translate(investment_.cash->value, rate, functional_.minor_digits());
    }
    return std::move(deal_);
  }

 private:
  /// A tranche's share of the credits total, in the deal's currency: exact per unit of face, and
  /// in whole minor units.
  struct Part {
    Decimal minor;
    Ratio per_unit;
  };

  Currency deal_currency() const {
    if (investment_.fair_value_of_stake) return investment_.fair_value_of_stake->currency;
    for (const Tranche& tranche : investment_.tranches) {
      if (tranche.transaction_price) return tranche.transaction_price->currency;
    }
    return face_currency();
  }
  Currency face_currency() const { return investment_.tranches.front().face.currency; }

  Result<Done> check_currencies() const {
    const auto refuse = [&](std::string message) {
      return Error{.code = ErrorCode::bad_value,
                   .message = std::move(message),
                   .hint = "state the deal's amounts in one currency"};
    };
    if (investment_.fair_value_of_stake && investment_.cash &&
        investment_.fair_value_of_stake->currency != investment_.cash->currency) {
      return refuse("the fair value of the stake is in " +
                    std::string{investment_.fair_value_of_stake->currency.code()} +
                    " and the cash in " + std::string{investment_.cash->currency.code()} +
                    ": their difference is not defined");
    }
    for (const Tranche& tranche : investment_.tranches) {
      if (tranche.face.currency != face_currency()) {
        return refuse("the faces of the tranches are in different currencies");
      }
      if (tranche.transaction_price && tranche.transaction_price->currency != deal_currency()) {
        return refuse("the transaction price of tranche " + tranche.id +
                      " is not in the deal's currency, " + std::string{deal_currency().code()});
      }
    }
    return Done{};
  }

  Result<Decimal> credits_total() {
    const Decimal stated = stated_total();
    if (investment_.fair_value_of_stake) {
      Decimal total = investment_.fair_value_of_stake->value;
      if (investment_.cash) total -= investment_.cash->value;
      if (total.sign() < 0) {
        return Error{.code = ErrorCode::price_below_zero,
                     .message = "the cash paid for the stake of " + investment_.id +
                                " is more than its fair value",
                     .notes = {"fair value less cash is " + total.to_string() + " " +
                               std::string{deal_currency().code()}},
                     .hint = "check cash and fair_value_of_stake; a shortfall has no treatment yet"};
      }
      return total;
    }
    if (every_tranche_states_a_price()) return stated;
    deal_.assumptions.push_back("no fair value of the stake: the price is the stand-alone selling "
                                "price of the paid credits, " +
                                investment_.ssp_percent.to_string() + "% of face");
    if (deal_currency() != face_currency()) {
      return Error{.code = ErrorCode::bad_value,
                   .message = "without fair_value_of_stake a stated transaction price must be in "
                              "the faces' currency"};
    }
    Decimal paid;
    for (const Tranche& tranche : investment_.tranches) {
      if (!tranche.bonus) paid += tranche.face.value;
    }
    const int digits = deal_currency().minor_digits();
    const std::int64_t minor = round_half_even(
        Int1024{paid.units()} * Int1024{investment_.ssp_percent.units()},
        Int1024{power_of_ten(Decimal::fraction_digits + 2)} *
            Int1024{power_of_ten(Decimal::fraction_digits - digits)});
    return Decimal::from_scaled(minor, digits);
  }

  Decimal stated_total() const {
    Decimal total;
    for (const Tranche& tranche : investment_.tranches) {
      if (tranche.transaction_price) total += tranche.transaction_price->value;
    }
    return total;
  }

  bool every_tranche_states_a_price() const {
    return std::all_of(investment_.tranches.begin(), investment_.tranches.end(),
                       [](const Tranche& tranche) { return tranche.transaction_price.has_value(); });
  }

  Result<std::vector<Part>> split(const Decimal& total) const {
    const Decimal rest = total - stated_total();
    if (rest.sign() < 0 || (every_tranche_states_a_price() && !rest.is_zero())) {
      return Error{.code = ErrorCode::face_does_not_add_up,
                   .message = "the transaction prices the tranches of " + investment_.id +
                              " state do not add up to the price of the credits",
                   .notes = {"stated: " + stated_total().to_string() + ", price of the credits: " +
                             total.to_string() + " " + std::string{deal_currency().code()}}};
    }
    std::vector<const Tranche*> sharing;
    for (const Tranche& tranche : investment_.tranches) {
      if (!tranche.transaction_price) sharing.push_back(&tranche);
    }
    // Leftover units go to the first id in byte order.
    std::sort(sharing.begin(), sharing.end(),
              [](const Tranche* a, const Tranche* b) { return a->id < b->id; });
    std::vector<Decimal> weights;
    Decimal weight_total;
    for (const Tranche* tranche : sharing) {
      weights.push_back(tranche->face.value);
      weight_total += tranche->face.value;
    }
    const int digits = deal_currency().minor_digits();
    std::map<std::string, Part> by_id;
    if (!sharing.empty()) {
      ACCRUE_TRY(minors, allocate(round_to_minor(rest, digits), weights));
      const Ratio per_unit = to_ratio(rest) / to_ratio(weight_total);
      for (std::size_t i = 0; i < sharing.size(); ++i) {
        by_id.emplace(sharing[i]->id, Part{Decimal::from_scaled(minors[i], digits), per_unit});
      }
    }
    std::vector<Part> parts;
    for (const Tranche& tranche : investment_.tranches) {
      parts.push_back(tranche.transaction_price
                          ? Part{tranche.transaction_price->value,
                                 to_ratio(tranche.transaction_price->value) /
                                     to_ratio(tranche.face.value)}
                          : by_id.at(tranche.id));
    }
    return parts;
  }

  Result<Done> add_tranche(const Tranche& tranche, const Part& part) {
    const Date received_on =
        investment_.shares == Shares::at_closing ? investment_.signed_on : tranche.issued_on;
    ACCRUE_TRY(rate, rate_of(deal_currency(), received_on));
    TranchePrice price{tranche.id, translate(part.minor, rate, functional_.minor_digits()),
                       part.per_unit * to_ratio(rate), received_on};
    ACCRUE_TRY(face_rate, rate_of(face_currency(), received_on));
    if (price.price_per_unit > to_ratio(face_rate) && !investment_.accept_price_above_face) {
      return Error{.code = ErrorCode::price_above_face,
                   .message = "the transaction price of tranche " + tranche.id +
                              " is above its face",
                   .notes = {"price " + part.minor.to_string() + " " +
                             std::string{deal_currency().code()} + ", face " +
                             tranche.face.value.to_string() + " " +
                             std::string{face_currency().code()}},
                   .hint = "check the values; if it is so, set accept_price_above_face = true"};
    }
    deal_.tranches.push_back(std::move(price));
    return Done{};
  }

  Result<Decimal> rate_of(Currency currency, Date day) const {
    if (currency == functional_) return Decimal::from_integer(1);
    if (investment_.fixed_rate) return *investment_.fixed_rate;
    if (const auto rate = rates_.on(currency.code(), day)) return *rate;
    return Error{.code = ErrorCode::rate_missing,
                 .message = "no rate from " + std::string{currency.code()} + " to " +
                            std::string{functional_.code()} + " is known on or before " +
                            day.to_string(),
                 .hint = "accrue import rates FILE, or fixed_rate in the terms"};
  }

  const Investment& investment_;
  Currency functional_;
  const RateTable& rates_;
  DealPrice deal_;
};

}  // namespace

Result<DealPrice> price_deal(const Investment& investment, Currency functional,
                             const RateTable& rates) {
  return DealPricer{investment, functional, rates}.price();
}

}  // namespace accrue
