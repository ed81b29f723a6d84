#include "cli/command_words.h"

namespace accrue {

using namespace command_words;

void add_log_commands(std::vector<CommandSpec>& table) {
  table.push_back(
      {"audit log", audit, Effect::reads_as_of,
       "who did what, when and why: one row per record",
       {any_period},
       {{"--kind", "KIND", "records of one kind, such as period_closed"},
        {"--recorded-by", "NAME", "records of one author"},
        {"--only", "MARK",
         "reopenings, exceptions (accepted), estimates, late (revenue) or refused (attempts)"}},
       {"audit log", "audit log 2024-Q2 --only late", "audit log --recorded-by ana -f csv"}});
  table.push_back({"audit approvals", audit, Effect::reads_as_of,
                   "who prepared and who approved each close, reopening, estimate and key",
                   {any_period},
                   {{"--matrix", "", "count how often who approved what whom prepared"}},
                   {"audit approvals 2024", "audit approvals --matrix -f csv"}});
  table.push_back({"audit reperform", audit, Effect::reads,
                   "derive a report that was handed over again, and compare every cell",
                   {{"FILE", Count::one, "JSON that `accrue report` wrote"}}, {},
                   {"audit reperform revenue-2024-06.json"}});
}

}  // namespace accrue
