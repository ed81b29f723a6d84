#pragma once

#include <string>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/time/period.h"

namespace accrue {

/// A file of the sample: its name within the demo's folder and its text.
struct DemoFile {
  std::string name;
  std::string text;
};

/// The terms of the sample deals, the segment's revenue and the investees' base before the book.
/// Illustrative: shaped like what was reported of real deals, invented in every figure.
std::vector<DemoFile> demo_terms_and_revenue();

/// One month of hourly FOCUS usage of three investees and other customers, from a seed: equal
/// months give equal bytes. Amounts are made in whole units of 10^-7.
std::string demo_usage(Period month);

}  // namespace accrue
