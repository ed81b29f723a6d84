#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "accounting/scenario/scenario.h"
#include "accounting/scenario/uncertainty.h"

namespace accrue {

/// A distribution in floating point, as a function of one uniform or one normal number.
struct DrawnDistribution {
  enum class Kind { normal, lognormal, triangular, uniform, bernoulli };
  Kind kind = Kind::uniform;
  double mean = 0;  ///< normal: of the factor
  double sd = 0;    ///< normal, lognormal
  double low = 0;   ///< triangular, uniform
  double mode = 0;  ///< triangular
  double high = 0;  ///< triangular, uniform
  double probability = 0;  ///< bernoulli

  bool is_of_normal() const { return kind == Kind::normal || kind == Kind::lognormal; }
  /// Of standard normal numbers, for the two kinds that are made of one.
  void make_of_normal(std::span<double> numbers) const;
  /// Of a uniform number, for the others; bernoulli: zero when it happens, else one.
  double of_uniform(double u) const;
};

/// One uncertainty, drawn for one subject.
struct DrawnShock {
  std::uint32_t stream = 0;
  Uncertainty::Lasts lasts = Uncertainty::Lasts::month;
  DrawnDistribution distribution;
};

/// Subjects that share their factors: the product of what is drawn for them.
struct FactorColumn {
  std::vector<std::string> subjects;
  std::vector<DrawnShock> shocks;
};

/// A grant that may come later, by at most so many whole months.
struct DelayedGrant {
  std::string grant;
  int most_months = 0;
  std::vector<DrawnShock> shocks;  ///< added up
};

struct StoppingInvestee {
  std::string investee;
  std::vector<DrawnShock> shocks;  ///< any of them stops it
};

struct UncertainDeal {
  std::string investment;
  std::uint32_t stream = 0;
  double probability = 0;
};

/// What is drawn for a path, in the order of the names.
struct ShockPlan {
  std::size_t month_count = 0;
  Period first_month;
  double common = 0;  ///< part of the variance of volume shocks that all investees share
  std::vector<FactorColumn> volume;  ///< one investee each
  std::vector<FactorColumn> price;   ///< SKUs that the same uncertainties are about
  std::vector<DelayedGrant> delays;
  std::vector<StoppingInvestee> stops;
  std::vector<UncertainDeal> deals;
};

/// A grant that can come later, and how many months are left to it before it must have begun.
struct GrantToCome {
  std::string grant;
  int most_months = 0;
};

/// Who and what the uncertainties of a scenario can be about; each list in order.
struct ShockSubjects {
  PeriodRange months;
  std::vector<std::string> investees;
  std::vector<std::string> skus;
  std::vector<GrantToCome> grants_to_come;
};

/// Each uncertainty draws for each subject that its pattern fits; a price uncertainty draws once
/// for all of its SKUs, which move together.
ShockPlan shock_plan(const Scenario& scenario, const ShockSubjects& subjects);

}  // namespace accrue
