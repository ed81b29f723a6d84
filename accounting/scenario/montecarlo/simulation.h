#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "accounting/scenario/montecarlo/simulation_input.h"
#include "ledger/error/error.h"

namespace accrue {

/// What is kept of every month of every path. Functional minor units; left in minor units of the
/// credits.
enum class SimulatedMeasure { revenue, credit_revenue, cash_revenue, breakage, liability, left };
inline constexpr std::array simulated_measures{
    SimulatedMeasure::revenue,  SimulatedMeasure::credit_revenue, SimulatedMeasure::cash_revenue,
    SimulatedMeasure::breakage, SimulatedMeasure::liability,      SimulatedMeasure::left};

struct SimulationOptions {
  std::uint64_t seed = 0;
  std::uint32_t path_count = 0;  ///< paths are numbered from 1
  unsigned thread_count = 1;
  /// Looked at before each block of paths; what has begun is finished.
  const std::atomic<bool>* interrupted = nullptr;
  /// Told by the calling thread how many paths are done.
  std::function<void(std::uint32_t done, std::uint32_t all)> progress = {};
};

/// Figures of the paths that are in, each a function of the seed and the number of its path.
struct Simulation {
  std::uint64_t seed = 0;
  std::uint32_t asked_count = 0;
  std::uint32_t path_count = 0;  ///< that are in: the first ones, all unless interrupted
  std::size_t month_count = 0;
  std::size_t subject_count = 0;  ///< all investees together, then one by one where that is kept
  std::vector<double> values;     ///< by measure, subject, month and path
  std::vector<std::vector<int>> exhausted_month;  ///< by investee and path; `never`
  /// By grant and path: the part of its face that expired in the forecast; below zero: it did not.
  std::vector<std::vector<double>> expired_part;
  /// By span, subject and path, in points; empty where the year before is not known.
  std::vector<std::vector<std::vector<double>>> contribution;
  /// By span and path: what investees are of the segment, in percent.
  std::vector<std::vector<double>> share;

  std::span<const double> of(SimulatedMeasure measure, std::size_t subject,
                             std::size_t month) const {
    return std::span{values}.subspan(offset(measure, subject, month), path_count);
  }
  std::size_t offset(SimulatedMeasure measure, std::size_t subject, std::size_t month) const {
    const std::size_t row =
        (static_cast<std::size_t>(measure) * subject_count + subject) * month_count + month;
    return row * asked_count;
  }
};

/// More figures than this are kept of all investees together only.
inline constexpr std::size_t most_figures_kept = 100'000'000;

/// And not more than this are kept at all: 2 GB.
inline constexpr std::size_t most_figures = 250'000'000;

/// Whether so many paths of an input can be kept. Errors: bad_value.
Result<Done> require_room(const SimulationInput& input, std::uint32_t path_count);

/// Goes through the paths, for which there is room. Equal inputs and seeds give equal figures, whatever the threads, and a
/// path has the same figures however many there are.
Simulation simulate(const SimulationInput& input, const SimulationOptions& options);

/// One path alone, in the first place.
Simulation simulate_path(const SimulationInput& input, std::uint64_t seed, std::uint32_t path);

}  // namespace accrue
