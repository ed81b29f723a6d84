#include "cli/scenario_walks.h"

#include <algorithm>
#include <utility>

#include "cli/library_versions.h"
#include "cli/output.h"
#include "cli/scenario_file.h"

namespace accrue {

namespace {

bool starts_alike(const Scenario& a, const Scenario& b) {
  if (a.start.index() != b.start.index()) return false;
  if (const auto* close = std::get_if<FromClose>(&a.start)) {
    return close->period == std::get<FromClose>(b.start).period;
  }
  if (const auto* record = std::get_if<FromRecord>(&a.start)) {
    return record->record == std::get<FromRecord>(b.start).record;
  }
  return true;
}

}  // namespace

Result<std::vector<OpenedScenario>> open_scenarios(const Context& context,
                                                   const std::vector<std::string>& paths) {
  std::vector<OpenedScenario> opened;
  for (const std::string& path : paths) {
    ACCRUE_TRY(scenario, read_scenario(path));
    opened.push_back({std::move(scenario), nullptr});
  }
  ACCRUE_TRY(store, context.open_to_read());
  for (OpenedScenario& item : opened) {
    const auto alike = std::find_if(opened.begin(), opened.end(), [&](const OpenedScenario& other) {
      return other.start != nullptr && starts_alike(other.scenario, item.scenario);
    });
    if (alike != opened.end()) {
      item.start = alike->start;
      continue;
    }
    ACCRUE_TRY(start, starting_book(store, item.scenario.start));
    item.start = std::make_shared<const StartingBook>(std::move(start));
  }
  return opened;
}

Result<OpenedScenario> open_scenario(const Context& context, const std::string& path) {
  ACCRUE_TRY(opened, open_scenarios(context, {path}));
  return std::move(opened.front());
}

Walk walk_of(const std::vector<OpenedScenario>& opened) {
  return [&opened](const Scenario& varied, const Shocks& shocks) {
    const auto alike = std::find_if(opened.begin(), opened.end(), [&](const OpenedScenario& item) {
      return starts_alike(item.scenario, varied);
    });
    return walk(varied, *alike->start, shocks);
  };
}

OpenedView view_of(const Forecast& forecast) {
  Store copy = forecast.books.store().copy_in_memory();
  BookView view = load_view(copy, copy.record_count());
  return {std::move(copy), std::move(view)};
}

Result<PeriodRange> range_of(const std::optional<std::string>& period, PeriodRange months,
                             const BookState& state) {
  if (!period) return months;
  return period_range(*period, state);
}

Result<Done> put_reports(const Context& context, const std::string& title,
                         const std::vector<Report>& reports) {
  const std::optional<Format>& format = context.options().format;
  if (format != Format::xlsx && format != Format::html) {
    return put_report(context, reports.front());
  }
  return put_document(context, {.title = title,
                                .reports = reports,
                                .explanations = {},
                                .filters = context.options().filters,
                                .program = this_program()});
}

}  // namespace accrue
