#include "tests/outside/pack_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "ledger/proof/merkle.h"

namespace accrue_test {

namespace fs = std::filesystem;

namespace {

using Row = PackFiles::Row;

std::string read_file_of(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// Fields in quotes, doubled quotes, and the apostrophe before what a spreadsheet would run.
std::vector<std::vector<std::string>> csv_rows(const std::string& text) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string& field = rows.back().back();
    if (text[i] == '"') {
      if (is_quoted && i + 1 < text.size() && text[i + 1] == '"') field += text[++i];
      else is_quoted = !is_quoted;
    } else if (text[i] == ',' && !is_quoted) {
      rows.back().emplace_back();
    } else if (text[i] == '\n' && !is_quoted) {
      rows.push_back({""});
    } else {
      field += text[i];
    }
  }
  rows.pop_back();
  for (auto& row : rows) {
    for (std::string& field : row) {
      const std::size_t begin = field.find_first_not_of('\'');
      if (begin != std::string::npos && begin > 0 &&
          std::string{"=+-@\t\r"}.find(field[begin]) != std::string::npos) {
        field.erase(0, 1);
      }
    }
  }
  return rows;
}

std::vector<Row> table(const fs::path& path) {
  const auto rows = csv_rows(read_file_of(path));
  std::vector<Row> table;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    Row row;
    REQUIRE(rows[i].size() == rows[0].size());
    for (std::size_t c = 0; c < rows[0].size(); ++c) row[rows[0][c]] = rows[i][c];
    table.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Rational rational(const std::string& text) {
  std::string digits = text;
  Integer scale = 1;
  if (const std::size_t point = text.find('.'); point != std::string::npos) {
    digits.erase(point, 1);
    for (std::size_t i = point; i < digits.size(); ++i) scale *= 10;
  }
  const bool is_negative = digits.front() == '-';
  if (is_negative) digits.erase(0, 1);
  // A zero in front would be read as octal.
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  const Rational value{Integer{digits}, scale};
  return is_negative ? Rational{-value} : value;
}

Integer round_half_even(const Rational& value) {
  const Rational doubled = value * 2;
  Integer floor = numerator(doubled) / denominator(doubled);
  if (floor * denominator(doubled) > numerator(doubled)) --floor;
  const bool is_exact = floor * denominator(doubled) == numerator(doubled);
  // An odd half: exactly between two, or above the middle.
  Integer whole = floor >= 0 ? Integer{floor / 2} : Integer{(floor - 1) / 2};
  if (floor - whole * 2 == 0) return whole;
  if (!is_exact) return whole + 1;
  return whole % 2 == 0 ? whole : Integer{whole + 1};
}

PackFiles::PackFiles(fs::path folder)
    : folder_{std::move(folder)},
      about_(nlohmann::json::parse(read_file_of(folder_ / "pack.json"))),
      grants_{table(folder_ / "tables/grants.csv")},
      estimates_{table(folder_ / "tables/estimates.csv")},
      draws_{table(folder_ / "tables/draws.csv")},
      balances_{table(folder_ / "tables/balances.csv")} {
  for (int i = 0; i < about_["book"]["minor_digits"].get<int>(); ++i) minor_units_ *= 10;
}

std::size_t PackFiles::check_revenue() const {
  std::size_t compared = 0;
  for (const Row& grant : grants_) {
    for (const std::string& period : periods()) {
      CAPTURE(grant.at("grant"));
      CAPTURE(period);
      const ToDate derived = to_date(grant, period);
      CHECK(booked(grant, period, "revenue", "usage") == -derived.usage);
      CHECK(booked(grant, period, "revenue", "breakage") == -derived.breakage);
      CHECK(booked(grant, period, "contract_liability", "none") == -derived.liability);
      ++compared;
    }
  }
  return compared;
}

void PackFiles::check_tree() const {
  const std::string bytes = read_file_of(folder_ / "records.bin");
  std::vector<accrue::Digest> level;
  const std::vector<Row> records = table(folder_ / "tables/records.csv");
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t length = 0;
    for (int i = 0; i < 8; ++i) length = length << 8 | static_cast<unsigned char>(bytes[at++]);
    REQUIRE(at + length <= bytes.size());
    level.push_back(accrue::leaf_hash(bytes.substr(at, length)));
    REQUIRE(level.size() <= records.size());
    CHECK(accrue::to_hex(level.back()) == records[level.size() - 1].at("leaf_hash"));
    at += length;
  }
  CHECK(level.size() == about_["as_of"]["records"].get<std::size_t>());
  CHECK(level.size() == records.size());
  // An odd one out goes up a level as it is: the same tree as RFC 6962's largest power of two.
  while (level.size() > 1) {
    std::vector<accrue::Digest> above;
    for (std::size_t i = 0; i + 1 < level.size(); i += 2) {
      above.push_back(accrue::node_hash(level[i], level[i + 1]));
    }
    if (level.size() % 2 == 1) above.push_back(level.back());
    level = above;
  }
  CHECK(accrue::to_hex(level.front()) == about_["as_of"]["root"].get<std::string>());
}

std::size_t PackFiles::check_entries() const {
  std::map<std::string, Rational> entries;
  std::map<std::string, Rational> cells;
  const auto cell = [](const Row& row) {
    return row.at("posting_period") + row.at("origin_period") + row.at("account");
  };
  for (const Row& line : table(folder_ / "tables/entries.csv")) {
    entries[line.at("entry")] += rational(line.at("amount"));
    cells[cell(line)] += rational(line.at("amount"));
  }
  for (const auto& [entry, sum] : entries) CHECK(sum == 0);
  for (const Row& balance : balances_) {
    CHECK(cells[cell(balance)] == rational(balance.at("amount")));
    cells.erase(cell(balance));
  }
  for (const auto& [name, sum] : cells) CHECK(sum == 0);
  return entries.size();
}

std::vector<std::string> PackFiles::periods() const {
  std::map<std::string, int> found;
  for (const Row& row : balances_) found[row.at("posting_period")];
  for (const Row& row : draws_) found[row.at("posting_period")];
  std::vector<std::string> list;
  for (const auto& [period, ignored] : found) list.push_back(period);
  return list;
}

Rational PackFiles::unused(const Row& grant, const std::string& period) const {
  if (grant.at("breakage") == "remote") return 0;
  Rational value = rational(grant.at("expected_unused"));
  std::string from;
  for (const Row& estimate : estimates_) {
    const std::string& start = estimate.at("from");
    if (estimate.at("grant") != grant.at("grant") || start > period || start < from) continue;
    from = start;
    value = rational(estimate.at("expected_unused"));
  }
  return value;
}

PackFiles::ToDate PackFiles::to_date(const Row& grant, const std::string& period) const {
  Rational drawn = 0;
  for (const Row& draw : draws_) {
    if (draw.at("grant") == grant.at("grant") && draw.at("posting_period") <= period) {
      drawn += rational(draw.at("amount"));
    }
  }
  const Rational price = rational(grant.at("price")) * minor_units_;
  const Rational face = rational(grant.at("face"));
  const Rational expected = face - unused(grant, period);
  const std::string& expired = grant.at("expiry_booked_in");
  const bool is_whole = (!expired.empty() && expired <= period) || drawn >= expected;
  const Integer total =
      is_whole ? numerator(price) : round_half_even(price * drawn / expected);
  ToDate figures;
  figures.usage = round_half_even(price * drawn / face);
  figures.breakage = total - figures.usage;
  figures.liability = (grant.at("received_in") <= period ? numerator(price) : Integer{0}) - total;
  return figures;
}

Integer PackFiles::booked(const Row& grant, const std::string& period, const std::string& role,
                          const std::string& kind) const {
  Rational sum = 0;
  for (const Row& row : balances_) {
    if (row.at("grant") == grant.at("grant") && row.at("role") == role &&
        row.at("kind") == kind && row.at("posting_period") <= period) {
      sum += rational(row.at("amount")) * minor_units_;
    }
  }
  REQUIRE(denominator(sum) == 1);
  return numerator(sum);
}

std::string verified_by_script(const std::filesystem::path& pack) {
  const std::filesystem::path said = pack.parent_path() / (pack.filename().string() + ".verified");
  const std::string command = "cd '" + pack.string() + "' && PYTHONDONTWRITEBYTECODE=1 python3 verify.py >'" +
                              said.string() + "' 2>&1";
  if (std::system(command.c_str()) == 0) return {};
  std::ifstream in{said};
  std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
  return text.empty() ? "verify.py ended without a word" : text;
}

}  // namespace accrue_test
