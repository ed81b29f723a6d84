#include "cli/command_words.h"

namespace accrue {

using namespace command_words;

void add_export_commands(std::vector<CommandSpec>& table) {
  const auto add_journal = [&](std::string_view path, std::string_view what,
                               std::vector<std::string_view> words) {
    table.push_back({path, exports, Effect::reads_as_of, what, {any_period}, {}, std::move(words)});
  };
  add_journal("export hledger", "the journal for hledger, with the balances it must come to",
              {"export hledger -o book.journal", "export hledger 2024-Q2"});
  add_journal("export ledger", "the journal for ledger, with the balances it must come to",
              {"export ledger -o book.ledger"});
  add_journal("export beancount", "the journal for beancount, with the balances it must come to",
              {"export beancount -o book.beancount"});
  add_journal("export journal", "the general ledger in the files of the AICPA Audit Data Standards",
              {"export journal 2024-Q2 -o ads", "export journal -o ads"});
  add_journal("export usage", "the charges as CSV", {"export usage 2024-06 -o usage.csv"});
  table.push_back({"export terms", exports, Effect::reads_as_of,
                   "terms, rate cards and maps as they were accepted, byte for byte",
                   {{"DIR", Count::one, "a new folder"}}, {}, {"export terms accepted"}});
  add_journal("export all", "every export in one folder, with the hash of each file",
              {"export all -o exports", "export all 2024 -o exports"});
  table.push_back({"audit pack", audit, Effect::reads_as_of,
                   "everything an auditor needs of a period, with a program that checks it",
                   {period}, {}, {"audit pack 2024-Q2 -o pack.zip", "audit pack 2024-06 -o pack"}});
}

}  // namespace accrue
