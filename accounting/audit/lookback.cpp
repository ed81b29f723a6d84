#include "accounting/audit/lookback.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "accounting/report/face.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

constexpr Period end_of_time{INT32_MAX - 1};

/// An estimate as it was made: by the terms of the grant, or by a record later.
struct Estimate {
  const HeldGrant* held;
  std::int64_t record;
  std::optional<Period> from;  ///< none: from the begin
  Decimal expected_unused;     ///< in units of face
};

enum class Outcome { running, refuted, expired };

std::string to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::running: return "running";
    case Outcome::refuted: return "refuted";
    case Outcome::expired: return "expired";
  }
  return {};
}

class Lookback {
 public:
  Lookback(const BookView& view, std::optional<PeriodRange> through)
      : state_{view.state},
        through_{through ? through->last : end_of_time},
        faces_{view, OriginView::as_reported},
        report_{start_report(view, "lookback", "Estimates of breakage against their outcome",
                             through)} {
    report_.columns = {{"grant", ColumnKind::key},
                       {"record", ColumnKind::key},
                       {"investee", ColumnKind::text},
                       {"from", ColumnKind::text},
                       {"outcome", ColumnKind::text},
                       {"currency", ColumnKind::text},
                       {"face", ColumnKind::figure, 4},
                       {"drawn", ColumnKind::figure, 4},
                       {"expected_unused", ColumnKind::figure},
                       {"unused", ColumnKind::figure},
                       {"difference", ColumnKind::figure},
                       {"estimate_was", ColumnKind::text},
                       {"price_of_difference", ColumnKind::figure},
                       {"ref", ColumnKind::text, 9}};
  }

  Report build() {
    for (const HeldGrant& held : state_.grants) {
      if (held.grant.breakage_method != BreakageMethod::proportional) continue;
      if (Period::of(held.grant.issued_on) > through_) continue;
      add({&held, held.record, std::nullopt,
           held.grant.expected_unused->of(held.grant.face.value)});
      for (const HeldEstimate& estimate : state_.estimates) {
        if (estimate.grant != held.grant.id || estimate.from > through_) continue;
        add({&held, estimate.record, estimate.from,
             estimate.expected_unused.of(held.grant.face.value)});
      }
    }
    sort_rows(report_);
    add_totals();
    return std::move(report_);
  }

 private:
  Outcome outcome_of(const Grant& grant, const Decimal& left, const Decimal& expected) const {
    const bool is_over = grant.expiry_period && *grant.expiry_period <= through_ &&
                         state_.is_closed(*grant.expiry_period);
    if (is_over) return Outcome::expired;
    return left < expected ? Outcome::refuted : Outcome::running;
  }

  /// What the difference is worth: price x difference / face.
  std::int64_t price_of(const Grant& grant, const Decimal& difference) const {
    return round_half_even(Int1024{grant.price_minor_units} * Int1024{difference.units()},
                           Int1024{grant.face.value.units()});
  }

  void add(const Estimate& estimate) {
    const Grant& grant = estimate.held->grant;
    const Decimal drawn = faces_.at_end_of(through_, *estimate.held).drawn;
    const Decimal unused = grant.face.value - drawn;
    const Outcome outcome = outcome_of(grant, unused, estimate.expected_unused);
    const Decimal difference = unused - estimate.expected_unused;
    const bool is_known = outcome != Outcome::running;
    std::string was;
    if (is_known) {
      was = difference.sign() > 0 ? "too low" : difference.sign() < 0 ? "too high" : "right";
      ++counts_[was];
      bias_ += price_of(grant, difference);
    }
    ++outcomes_[outcome];
    const Currency currency = grant.face.currency;
    report_.rows.push_back(
        {grant.id, estimate.record, grant.investee,
         estimate.from ? Cell{estimate.from->to_string()} : Cell{}, to_string(outcome),
         std::string{currency.code()}, exact_figure(grant.face.value, currency),
         exact_figure(drawn, currency), exact_figure(estimate.expected_unused, currency),
         exact_figure(unused, currency),
         is_known ? Cell{exact_figure(difference, currency)} : Cell{},
         is_known ? Cell{was} : Cell{},
         is_known ? Cell{money_figure(state_, price_of(grant, difference))} : Cell{},
         make_ref({"record", std::to_string(estimate.record)})});
  }

  void add_totals() {
    for (const Outcome outcome : {Outcome::expired, Outcome::refuted, Outcome::running}) {
      report_.totals.push_back({to_string(outcome), outcomes_[outcome]});
    }
    for (const char* was : {"too high", "too low", "right"}) {
      const auto found = counts_.find(was);
      std::string name{was};
      std::replace(name.begin(), name.end(), ' ', '_');
      report_.totals.push_back(
          {std::move(name), found == counts_.end() ? std::int64_t{0} : found->second});
    }
    report_.totals.push_back({"bias", money_figure(state_, bias_)});
    report_.notes.emplace_back(
        counts_.empty() ? "no outcome is known yet"
        : bias_ == 0    ? "no bias: what is known sums to zero"
        : bias_ > 0 ? "the estimates were too low on the whole: breakage was recognised late"
                    : "the estimates were too high on the whole: breakage was recognised early");
    report_.notes.emplace_back(
        "a refuted estimate counts with what is left to date, and can only get worse; a running "
        "one has no outcome yet");
  }

  const BookState& state_;
  Period through_;
  Faces faces_;
  Report report_;
  std::map<Outcome, std::int64_t> outcomes_;
  std::map<std::string, std::int64_t> counts_;
  std::int64_t bias_ = 0;
};

}  // namespace

Report lookback_report(const BookView& view, std::optional<PeriodRange> through) {
  return Lookback{view, through}.build();
}

}  // namespace accrue
