#include "cli/export/pack_readme.h"

#include <algorithm>
#include <string_view>

namespace accrue {

namespace {

struct Row {
  std::string_view path;  ///< a file, or a folder with `/` behind it
  std::string_view what;
};

constexpr Row rows[] = {
    {"verify.py", "checks this pack: python3 verify.py, in this folder; needs Python 3.11 and nothing else"},
    {"MANIFEST", "the SHA-256 of every other file: sha256sum -c MANIFEST"},
    {"FORMATS.md", "every file and column here, byte for byte where it matters"},
    {"pack.json", "which book, which periods, as of which record, by which program"},
    {"records.bin", "every record of the book as it is hashed: facts, entries, authors, times"},
    {"proofs/", "that the closes are in the tree, and that it grew out of each checkpoint"},
    {"checkpoints/", "signed heads of the tree, the keys that sign them, time stamps over them"},
    {"tables/records.csv", "the records: kind, time, author, reason, hash"},
    {"tables/entries.csv", "every line of every entry"},
    {"tables/balances.csv", "what the entries sum to, by account, posting and origin period"},
    {"tables/closes.csv", "the closes, with the hash of each trial balance"},
    {"tables/grants.csv", "the grants: face, price, window, breakage"},
    {"tables/estimates.csv", "what is expected never to be drawn, from when on"},
    {"tables/draws.csv", "what was drawn, from which grant, in which period"},
    {"tables/charges.csv", "the usage behind the draws, with its record and files"},
    {"tables/inputs.csv", "the files that were imported, with their hashes"},
    {"journal/", "the journal of the periods, for hledger, ledger and beancount"},
    {"audit-data-standard/", "the general ledger as the AICPA Audit Data Standards name it"},
    {"reports/", "every report of the periods, CSV and JSON"},
    {"reports/by-origin/", "the same, counted by the period that amounts belong to"},
    {"lists/", "deals, grants, draws, entries and periods"},
    {"terms/", "the deals' terms as they were accepted, byte for byte"},
    {"rate-cards/", "the rate cards, byte for byte"},
    {"maps/", "how usage files of other formats were read, byte for byte"},
};

bool holds(const std::vector<Member>& members, const Row& row) {
  if (row.path == "MANIFEST") return true;
  return std::any_of(members.begin(), members.end(), [&](const Member& member) {
    return row.path.ends_with('/') ? member.path.starts_with(row.path) : member.path == row.path;
  });
}

}  // namespace

std::string pack_readme(const std::vector<Member>& members, const BookView& view,
                        PeriodRange range) {
  const BookState& state = view.state;
  std::string text = "Audit pack of the book " + state.opened.book_id + "\n\nperiods  " +
                     range.first.to_string() + " to " + range.last.to_string() +
                     "\nrecords  " + std::to_string(state.record_count) + "\nroot     " +
                     view.root +
                     "\n\nThe root binds every record. Compare it with one you hold from elsewhere: "
                     "what this pack says\nof itself proves that it is whole, not that it is the "
                     "book you were shown before.\n\n";
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.path.size());
  for (const Row& row : rows) {
    if (!holds(members, row)) continue;
    text += std::string{row.path} + std::string(width - row.path.size() + 2, ' ') +
            std::string{row.what} + '\n';
  }
  return text;
}

}  // namespace accrue
