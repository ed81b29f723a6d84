// The CSV reader against one that goes byte by byte: the same rows, or a refusal from both.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/error/check.h"
#include "ledger/intake/csv.h"
#include "ledger/intake/csv_scan.h"
#include "tests/fuzz/memory_file.h"

namespace {

using namespace accrue;
using Rows = std::vector<std::vector<std::string>>;

/// Nothing where a quote is not closed or is followed by text.
std::optional<Rows> rows_byte_by_byte(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Rows rows;
  std::vector<std::string> row;
  std::size_t at = 0;
  while (at < text.size()) {
    std::string field;
    if (text[at] == '"') {
      for (++at;; ++at) {
        if (at == text.size()) return std::nullopt;
        if (text[at] == '"') {
          if (at + 1 == text.size() || text[at + 1] != '"') break;
          ++at;
        }
        field += text[at];
      }
      ++at;
      if (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') {
        return std::nullopt;
      }
    } else if (row.empty() && (text[at] == '\n' || text[at] == '\r')) {
      ++at;  // blank
      continue;
    } else {
      while (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') {
        field += text[at++];
      }
    }
    row.push_back(std::move(field));
    const bool comma = at < text.size() && text[at] == ',';
    if (at < text.size()) ++at;
    if (comma && at == text.size()) row.emplace_back();
    if (comma && at < text.size()) continue;
    rows.push_back(std::move(row));
    row.clear();
  }
  return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Compressed bytes are zlib's to judge.
  if (size >= 2 && data[0] == 0x1F && data[1] == 0x8B) return 0;
  static fuzz::MemoryFile file;
  file.fill(data, size);
  const std::string_view text{reinterpret_cast<const char*>(data), size};

  CsvReader csv{ByteSource::open(file.path()).value(), "fuzz.csv"};
  Rows rows;
  std::vector<std::string_view> fields;
  std::int64_t line = 0;
  bool refused = false;
  while (true) {
    const auto more = csv.next(fields);
    refused = !more.ok();
    if (refused || !*more) break;
    rows.emplace_back(fields.begin(), fields.end());
    LEDGER_CHECK(csv.line() > line, std::to_string(csv.line()), std::to_string(line));
    line = csv.line();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const Place place = csv.place_of(i);
      LEDGER_CHECK(place.column >= place.excerpt_column && place.length >= 1,
                   std::to_string(place.column), std::to_string(place.excerpt_column));
    }
  }

  const auto expected = rows_byte_by_byte(text);
  const bool is_utf8 = csv::valid_utf8(text.data(), text.size()) == text.size();
  LEDGER_CHECK(refused == (!expected || !is_utf8), refused ? "refused" : "read",
               expected && is_utf8 ? "to be read" : "to be refused");
  LEDGER_CHECK(refused || rows == *expected, std::to_string(rows.size()) + " rows",
               std::to_string(expected ? expected->size() : 0) + " rows, or other fields");
  return 0;
}
