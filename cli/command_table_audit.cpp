#include "cli/command_words.h"

namespace accrue {

using namespace command_words;

void add_audit_commands(std::vector<CommandSpec>& table) {
  table.push_back({"audit verify", audit, Effect::reads,
                   "check every record, hash, entry, table and tie of the book", {}, {},
                   {"audit verify"}});
  table.push_back({"audit replay", audit, Effect::reads_as_of,
                   "derive every entry again from the facts, and compare",
                   {},
                   {{"--into", "FILE", "keep the fresh book in a new file"}},
                   {"audit replay", "audit replay --into again.accrue"}});
  table.push_back(
      {"audit log", audit, Effect::reads_as_of,
       "who did what, when and why: one row per record",
       {any_period},
       {{"--kind", "KIND", "records of one kind, such as period_closed"},
        {"--recorded-by", "NAME", "records of one author"},
        {"--only", "MARK",
         "reopenings, exceptions (accepted), estimates, late (revenue) or refused (attempts)"}},
       {"audit log", "audit log 2024-Q2 --only late", "audit log --recorded-by ana -f csv"}});
}

}  // namespace accrue
