#include "accounting/scenario/montecarlo/simulation.h"

#include <algorithm>
#include <string>
#include <thread>

#include "accounting/scenario/montecarlo/block_run.h"
#include "accounting/scenario/montecarlo/path.h"

namespace accrue {

namespace {

Simulation blank(const SimulationInput& input, const SimulationOptions& options) {
  const std::size_t paths = options.path_count;
  const std::size_t figures = simulated_measures.size() * input.month_count() * paths;
  std::size_t subjects = input.investees.size() + 1;
  if (figures * subjects > most_figures_kept) subjects = 1;
  std::vector<std::vector<std::vector<double>>> contribution;
  for (const SimulatedSpan& span : input.spans) {
    std::vector<std::vector<double>>& kept = contribution.emplace_back(subjects);
    for (std::size_t subject = 0; subject < subjects; ++subject) {
      if (subject == 0 || span.year_ago[subject - 1]) kept[subject].resize(paths);
    }
  }
  return {.seed = options.seed,
          .asked_count = options.path_count,
          .path_count = 0,
          .month_count = input.month_count(),
          .subject_count = subjects,
          .values = std::vector<double>(figures * subjects, 0),
          .exhausted_month = std::vector<std::vector<int>>(input.investees.size(),
                                                           std::vector<int>(paths, never)),
          .expired_part = std::vector<std::vector<double>>(input.grants.size(),
                                                           std::vector<double>(paths, -1)),
          .contribution = std::move(contribution),
          .share = std::vector<std::vector<double>>(input.spans.size(),
                                                    std::vector<double>(paths, 0))};
}

/// Hands out blocks in order, so that those that are done when it stops are the first ones.
class Blocks {
 public:
  Blocks(const SimulationInput& input, const SimulationOptions& options, Simulation& simulation)
      : input_{input}, options_{options}, simulation_{simulation} {}

  void work() {
    BlockRun block{input_, simulation_};
    while (run_next(block)) {
    }
  }

  void work_and_tell() {
    BlockRun block{input_, simulation_};
    while (run_next(block)) {
      if (options_.progress) options_.progress(done_, options_.path_count);
    }
  }

  std::uint32_t taken() const { return std::min(next_.load(), options_.path_count); }

 private:
  bool run_next(BlockRun& block) {
    if (options_.interrupted != nullptr && *options_.interrupted) return false;
    const std::uint32_t first = next_.fetch_add(paths_per_block);
    if (first >= options_.path_count) return false;
    const std::uint32_t count =
        std::min(static_cast<std::uint32_t>(paths_per_block), options_.path_count - first);
    block.run({.first_path = first + 1, .path_count = count, .place = first});
    done_ += count;
    return true;
  }

  const SimulationInput& input_;
  const SimulationOptions& options_;
  Simulation& simulation_;
  std::atomic<std::uint32_t> next_ = 0;
  std::atomic<std::uint32_t> done_ = 0;
};

}  // namespace

Result<Done> require_room(const SimulationInput& input, std::uint32_t path_count) {
  const std::size_t of_a_path =
      simulated_measures.size() * input.month_count() + input.investees.size() +
      input.grants.size() + input.spans.size() * (input.investees.size() + 2);
  const std::size_t most = most_figures / of_a_path;
  if (path_count <= most) return Done{};
  return Error{.code = ErrorCode::bad_value,
               .message = std::to_string(path_count) + " paths of " +
                          std::to_string(input.month_count()) +
                          " months are too many to keep: a path has " +
                          std::to_string(of_a_path) + " figures",
               .hint = "at most --paths " + std::to_string(most) + ", or fewer months"};
}

Simulation simulate(const SimulationInput& input, const SimulationOptions& options) {
  Simulation simulation = blank(input, options);
  Blocks blocks{input, options, simulation};
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < options.thread_count; ++i) {
    others.emplace_back([&blocks] { blocks.work(); });
  }
  blocks.work_and_tell();
  others.clear();
  simulation.path_count = blocks.taken();
  return simulation;
}

Simulation simulate_path(const SimulationInput& input, std::uint64_t seed, std::uint32_t path) {
  Simulation simulation = blank(input, {.seed = seed, .path_count = 1});
  BlockRun{input, simulation}.run({.first_path = path, .path_count = 1, .place = 0});
  simulation.path_count = 1;
  return simulation;
}

}  // namespace accrue
