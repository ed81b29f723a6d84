#include <atomic>
#include <csignal>
#include <thread>

#include "accounting/scenario/montecarlo/path_check.h"
#include "accounting/scenario/montecarlo/simulation.h"
#include "accounting/scenario/montecarlo/simulation_input.h"
#include "accounting/scenario/montecarlo/simulation_report.h"
#include "cli/command_scenario.h"
#include "cli/output.h"
#include "cli/scenario_walks.h"

namespace accrue {

namespace {

// A handler of signals knows nothing but what stands still.
std::atomic<bool> is_interrupted{false};
extern "C" void note_interrupt(int) { is_interrupted = true; }

/// While it lives, Ctrl-C ends the simulation and not the program: what is in is shown.
class Interruption {
 public:
  Interruption() : before_{std::signal(SIGINT, note_interrupt)} {
    if (before_ == SIG_IGN) std::signal(SIGINT, SIG_IGN);
  }
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption() { std::signal(SIGINT, before_); }

 private:
  void (*before_)(int);
};

unsigned threads_of(const ScenarioMonteCarloCommand& command) {
  return command.thread_count.value_or(std::max(1U, std::thread::hardware_concurrency()));
}

/// A table is for people: of all investees together, and of few percentiles unless some are asked
/// for. Every other form has each investee.
SimulationShown shown_of(const Context& context, const ScenarioMonteCarloCommand& command) {
  const bool is_table = context.options().format.value_or(Format::table) == Format::table;
  SimulationShown shown{is_table ? few_percentiles : usual_percentiles,
                        is_table ? SimulatedSubjects::all_together : SimulatedSubjects::each};
  if (!command.percentiles.empty()) shown.percentiles = command.percentiles;
  return shown;
}

/// Whether the simulation holds more than the table shows.
void note_what_is_not_shown(Report& report, const SimulationShown& shown,
                            const Simulation& simulation) {
  if (shown.of != SimulatedSubjects::all_together || simulation.subject_count == 1) return;
  report.notes.emplace_back("months of all investees together; those of each: -f csv, -f json, "
                            "or a page, -o FILE.html");
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ScenarioMonteCarloCommand& command) {
  ACCRUE_TRY(opened, open_scenario(context, command.path));
  const Scenario& scenario = opened.scenario;
  const StartingBook& start = *opened.start;
  ACCRUE_TRY(input, simulation_input(scenario, start));
  if (command.one_path) {
    ACCRUE_TRY(report, path_check(scenario, start, input, command.seed, *command.one_path));
    ACCRUE_TRY_DONE(put_report(context, report));
    return ExitStatus::done;
  }
  ACCRUE_TRY_DONE(require_room(input, command.path_count));
  Simulation simulation;
  {
    const Interruption interruption;
    ProgressLine progress{"simulating", context.options().loudness};
    simulation = simulate(input, {.seed = command.seed,
                                  .path_count = command.path_count,
                                  .thread_count = threads_of(command),
                                  .interrupted = &is_interrupted,
                                  .progress = [&](std::uint32_t done, std::uint32_t all) {
                                    progress.show(done, all);
                                  }});
  }
  if (simulation.path_count == 0) {
    context.say("interrupted before the first path was in");
    return ExitStatus::interrupted;
  }
  const SimulationShown shown = shown_of(context, command);
  std::vector<Report> reports{simulation_report(scenario, start, input, simulation, shown),
                              simulation_events_report(scenario, start, input, simulation)};
  note_what_is_not_shown(reports.front(), shown, simulation);
  if (command.view == MonteCarloView::events) std::swap(reports[0], reports[1]);
  ACCRUE_TRY_DONE(put_reports(context, "Simulation of " + scenario.name + ", not booked", reports));
  return is_interrupted ? ExitStatus::interrupted : ExitStatus::done;
}

}  // namespace accrue
