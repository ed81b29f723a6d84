#include "cli/command_words.h"

namespace accrue {

using namespace command_words;

namespace {

const Flag json_flag{"--json", "", "as -f json"};
const Flag key_flag{"--key", "FILE", "the private key to sign with (env ACCRUE_KEY)"};

void add_keys(std::vector<CommandSpec>& table) {
  table.push_back({"keygen", audit, Effect::none,
                   "make a key that signs: FILE is private, FILE.pub is for everybody",
                   {{"FILE", Count::one, "a new file, apart from the book"}},
                   {{"--name", "NAME", "the key's name, such as ledger.example.com"}},
                   {"keygen ledger.key --name ledger.example.com"}});
  table.push_back({"key register", audit, Effect::writes,
                   "keep whose key it is in the book: what it signs can be checked from then on",
                   {{"KEY", Count::one, "a verifier key, or a file that holds one"}},
                   {{"--person", "NAME", "who signs with it"}, request_flag},
                   {"key register ledger.key.pub --person ada"}});
  table.push_back({"key list", audit, Effect::reads_as_of, "the keys that the book has registered",
                   {}, {}, {"key list"}});
}

void add_checkpoints(std::vector<CommandSpec>& table) {
  table.push_back({"audit checkpoint", audit, Effect::writes,
                   "sign the book as it is; the note is for somebody outside to keep", {},
                   {key_flag,
                    {"--leaves", "FILE", "write the leaf of every record too: with it the first "
                                         "record that differs can be named"},
                    {"--record", "N", "print the checkpoint kept in a record again"}},
                   {"audit checkpoint --key ledger.key -o 2024-06.note",
                    "audit checkpoint --key ledger.key --leaves 2024-06.leaves -o 2024-06.note",
                    "audit checkpoint --record 12 -o again.note"}});
  table.push_back({"audit checkpoints", audit, Effect::reads_as_of,
                   "the checkpoints that left the book, and the time stamps over them", {}, {},
                   {"audit checkpoints"}});
  table.push_back({"audit timestamp request", audit, Effect::none,
                   "what to send to a time-stamping authority (RFC 3161)",
                   {{"NOTE", Count::one, "a checkpoint that audit checkpoint wrote"}}, {},
                   {"audit timestamp request 2024-06.note -o 2024-06.tsq"}});
  table.push_back({"audit timestamp attach", audit, Effect::writes,
                   "check an authority's answer and keep it with the checkpoint",
                   {{"RECORD", Count::one, "the record that keeps the checkpoint"},
                    {"FILE", Count::one, "the answer, in DER"}},
                   {{"--ca", "FILE", "PEM: the certificates that the authority's leads to"}},
                   {"audit timestamp attach 12 2024-06.tsr --ca authority.pem"}});
}

}  // namespace

void add_audit_commands(std::vector<CommandSpec>& table) {
  table.push_back({"explain", audit, Effect::reads_as_of,
                   "where a figure comes from: formula, entries, draws, charges, lines of files",
                   {{"REF", Count::one, "a ref as a report prints it, in its last column"}},
                   {{"--depth", "N", "how many steps down (default 3)"},
                    {"--limit", "N", "how many parts of each step (default 10)"}},
                   {"explain rollforward:2024-Q2:T1", "explain charge:4:17 -f json",
                    "explain 'rollforward:2024-Q2:T1#usage' --depth 9 --limit 2"}});
  table.push_back({"audit vouch", audit, Effect::reads_as_of,
                   "read imported files again: the same content, charges and totals, or not",
                   {{"FILE", Count::many, "files of one delivery, as they were imported"}},
                   {{"--charge", "REF", "list the lines behind a charge: charge:RECORD:POSITION"}},
                   {"audit vouch focus-2024-06.csv.gz",
                    "audit vouch focus-2024-06.csv.gz --charge charge:4:17"}});
  table.push_back({"audit verify", audit, Effect::reads,
                   "check every record, hash, entry, table and tie of the book", {},
                   {{"--checkpoint", "FILE", "a checkpoint kept elsewhere; may be repeated",
                     Count::many},
                    {"--leaves", "FILE", "the leaves kept with one; may be repeated", Count::many},
                    {"--against", "BOOK", "an older copy of the book"},
                    {"--verifier", "KEY", "trust this key, or the file that holds it, and not "
                                          "those the book names; may be repeated",
                     Count::many},
                    {"--ca", "FILE", "PEM: check who signed the time stamps"},
                    json_flag},
                   {"audit verify", "audit verify --checkpoint 2024-06.note --leaves 2024-06.leaves",
                    "audit verify --checkpoint 2024-06.note --verifier ledger.key.pub --json",
                    "audit verify --against backup/book.accrue"}});
  table.push_back({"audit replay", audit, Effect::reads_as_of,
                   "derive every entry again from the facts, and compare",
                   {},
                   {{"--into", "FILE", "keep the fresh book in a new file"},
                    {"--through", "PERIOD", "stop after the close of a month"},
                    {"--rules", "WHICH", "recorded (default): those each record names; present: "
                                         "those of this program"},
                    json_flag},
                   {"audit replay", "audit replay --into again.accrue",
                    "audit replay --through 2024-06 --json"}});
  table.push_back({"audit prove", audit, Effect::reads,
                   "prove that a record is in the book, or that the book only grew", {},
                   {{"--record", "N", "the record to prove"},
                    {"--size", "M", "in the tree over the first M records (default: all)"},
                    {"--leaf", "FILE", "write the bytes that the record's leaf hashes"},
                    {"--from", "N", "the size that the book had"},
                    {"--to", "M", "the size that it grew to (default: all)"},
                    json_flag},
                   {"audit prove --record 7 --json", "audit prove --from 12 --to 40"}});
  add_checkpoints(table);
  add_keys(table);
}

}  // namespace accrue
