#include "ledger/intake/facts_csv.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include "ledger/intake/excerpt.h"

using namespace accrue;

namespace {

/// A file with `content` that is gone with the value.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content)
      : path_{std::filesystem::temp_directory_path() /
              ("accrue-facts-" + std::to_string(::getpid()) + ".csv")} {
    std::ofstream{path_, std::ios::binary} << content;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

const Currency cny = Currency::from_code("CNY").value();
const Currency usd = Currency::from_code("USD").value();
const FiscalCalendar april{4};

const std::string segment_header = "segment,basis,period,currency,revenue,source\n";
const std::string growth_header =
    "segment,basis,period,currency,revenue,source,published_growth_pct,note\n";
const std::string base_header = "investee,segment,period,currency,revenue,source\n";
const std::string rate_header = "date,from,to,rate,source\n";

auto segments(const std::string& text) {
  return read_segment_csv(TemporaryFile{text}.path(), april);
}
auto bases(const std::string& text) { return read_base_csv(TemporaryFile{text}.path(), april); }
auto rates(const std::string& text) { return read_rates_csv(TemporaryFile{text}.path(), cny); }

/// "code line:column |underlined|", one per error.
template <typename T>
std::string refused(const Result<T>& read) {
  if (read.ok()) return "accepted";
  std::string all;
  for (const Error& error : read.refusal().errors) {
    CAPTURE(error.message);
    CHECK(!error.message.empty());
    const Place& place = error.place;
    const std::size_t begin = byte_of_column(place.excerpt, place.column);
    const std::size_t end = byte_of_column(place.excerpt, place.column + place.length);
    if (!all.empty()) all += "; ";
    all += std::string{name_of(error.code)} + " " + std::to_string(place.line) + ":" +
           std::to_string(place.column) + " |" + place.excerpt.substr(begin, end - begin) + "|";
  }
  return all;
}

struct Row {
  const char* why;
  std::string text;
  std::string want;
};

}  // namespace

TEST_CASE("facts: segment revenue arrives with its month or quarter") {
  const auto read = segments(growth_header +
                             "Cloud,as reported,2024-06,CNY,29998000000.55,6-K 2024-08-15,,\n"
                             "Cloud,as reported,2024-Q2,CNY,-1,6-K,5.92,\"recast, once\"\n"
                             "\"月 \"\"Cloud\"\"\",recast,FY2025-Q1,USD,0,10-K,-0.5,\n");
  REQUIRE(read.ok());
  REQUIRE(read->rows.size() == 3);
  CHECK(read->sha256.size() == 32);
  const SegmentRevenue& month = read->rows[0];
  CHECK(month.segment == "Cloud");
  CHECK(month.basis == "as reported");
  CHECK(month.period == PeriodRange{Period::of(2024, 6), Period::of(2024, 6)});
  CHECK(month.currency == cny);
  CHECK(month.revenue.to_string() == "29998000000.55");
  CHECK(month.source == "6-K 2024-08-15");
  CHECK(!month.published_growth_pct);
  CHECK(!month.note);
  const SegmentRevenue& quarter = read->rows[1];
  CHECK(quarter.period == PeriodRange{Period::of(2024, 4), Period::of(2024, 6)});
  CHECK(quarter.revenue.to_string() == "-1");
  CHECK(quarter.published_growth_pct->to_string() == "5.92");
  CHECK(quarter.note == "recast, once");
  const SegmentRevenue& fiscal = read->rows[2];
  CHECK(fiscal.segment == "月 \"Cloud\"");
  CHECK(fiscal.period == PeriodRange{Period::of(2024, 4), Period::of(2024, 6)});
  CHECK(fiscal.published_growth_pct->to_string() == "-0.5");
}

TEST_CASE("facts: base revenue and rates arrive") {
  const auto base = bases(base_header + "lunar,Cloud,2023-05,CNY,12.5,ledger 2023\n");
  REQUIRE(base.ok());
  CHECK(base->rows == std::vector<BaseRevenue>{{"lunar",
                                                "Cloud",
                                                {Period::of(2023, 5), Period::of(2023, 5)},
                                                cny,
                                                Decimal::parse("12.5").value(),
                                                "ledger 2023"}});
  const auto rate = rates(rate_header + "2024-02-15,USD,CNY,7.2,contract\n");
  REQUIRE(rate.ok());
  CHECK(rate->rows == std::vector<ExchangeRate>{
                          {Date::of(2024, 2, 15), usd, Decimal::parse("7.2").value(), "contract"}});
}

TEST_CASE("facts: columns are bound by name, in any order; unknown and missing ones are refused") {
  const Row rows[] = {
      {"another order", "source,rate,to,from,date\nx,7.2,CNY,USD,2024-01-01\n", "accepted"},
      {"no rows", rate_header, "accepted"},
      {"an unknown column", "date,from,to,rate,source,bank\n", "unknown_key 1:26 |bank|"},
      {"other capitals", "Date,from,to,rate,source\n",
       "unknown_key 1:1 |Date|; missing_column 1:1 |D|"},
      {"two missing", "date,from,to\n", "missing_column 1:1 |d|; missing_column 1:1 |d|"},
      {"twice", "date,from,to,rate,source,rate\n", "duplicate_column 1:26 |rate|"},
      {"empty", "", "empty_file 0:0 ||"},
      {"only blank lines", "\n\r\n", "empty_file 0:0 ||"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused(rates(row.text)) == row.want);
  }
  CHECK(rates("Date,from,to,rate,source\n").error().hint == "did you mean 'date'?");
  CHECK(refused(read_rates_csv("/nowhere/rates.csv", cny)).starts_with("file_unreadable"));
}

TEST_CASE("facts: a segment row that cannot be read is refused at the field") {
  const Row rows[] = {
      {"a year", "Cloud,r,2024,CNY,1,s\n", "bad_value 2:9 |2024|"},
      {"a fiscal year", "Cloud,r,FY2025,CNY,1,s\n", "bad_value 2:9 |FY2025|"},
      {"two months", "Cloud,r,2024-04..2024-05,CNY,1,s\n", "bad_value 2:9 |2024-04..2024-05|"},
      {"no period", "Cloud,r,June,CNY,1,s\n", "bad_value 2:9 |June|"},
      {"a thirteenth month", "Cloud,r,2024-13,CNY,1,s\n", "bad_value 2:9 |2024-13|"},
      {"a currency in words", "Cloud,r,2024-06,yuan,1,s\n", "bad_currency 2:17 |yuan|"},
      {"thousands commas", "Cloud,r,2024-06,CNY,\"1,000\",s\n", "bad_decimal 2:21 |\"1,000\"|"},
      {"too wide", "Cloud,r,2024-06,CNY,1E-31,s\n", "decimal_too_wide 2:21 |1E-31|"},
      {"no revenue", "Cloud,r,2024-06,CNY,,s\n", "null_not_allowed 2:21 |,|"},
      {"no segment", ",r,2024-06,CNY,1,s\n", "null_not_allowed 2:1 |,|"},
      {"no basis", "Cloud,,2024-06,CNY,1,s\n", "null_not_allowed 2:7 |,|"},
      {"no source", "Cloud,r,2024-06,CNY,1,\n", "null_not_allowed 2:23 ||"},
      {"a field too few", "Cloud,r,2024-06,CNY,1\n", "ragged_row 2:1 |C|"},
      {"a field too many", "Cloud,r,2024-06,CNY,1,s,\n", "ragged_row 2:1 |C|"},
      {"the first thing wrong is named", "Cloud,r,x,y,z,\n", "bad_value 2:9 |x|"},
      {"after Chinese text", "云智能,r,x,CNY,1,s\n", "bad_value 2:7 |x|"},
      {"after a tab", "C\td,r,x,CNY,1,s\n", "bad_value 2:7 |x|"},
      {"CRLF", "Cloud,r,2024-06,CNY,1,s\r\nCloud,r,x,CNY,1,s\r\n", "bad_value 3:9 |x|"},
      {"blank lines count", "\n\nCloud,r,x,CNY,1,s", "bad_value 4:9 |x|"},
      {"an open quote", "\"Cloud,r,2024-06,CNY,1,s\n", "bad_quoting 2:1 |\"|"},
      {"the same twice, the same figure", "C,r,2024-06,CNY,1,s\nC,r,2024-06,CNY,1.0,t\n",
       "accepted"},
      {"the same twice, two figures", "C,r,2024-06,CNY,1,s\nC,r,2024-06,CNY,2,s\n",
       "duplicate_id 3:5 |2024-06|"},
      {"the same twice, two currencies", "C,r,2024-06,CNY,1,s\nC,r,2024-06,USD,1,s\n",
       "duplicate_id 3:5 |2024-06|"},
      {"a quarter by two names", "C,r,2024-Q2,CNY,1,s\nC,r,FY2025-Q1,CNY,2,s\n",
       "duplicate_id 3:5 |FY2025-Q1|"},
      {"another basis is another series", "C,r,2024-06,CNY,1,s\nC,t,2024-06,CNY,2,s\n", "accepted"},
      {"another segment", "C,r,2024-06,CNY,1,s\nD,r,2024-06,CNY,2,s\n", "accepted"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused(segments(segment_header + row.text)) == row.want);
  }
  CHECK(refused(segments(growth_header + "C,r,2024-06,CNY,1,s,5%,\n")) == "bad_decimal 2:21 |5%|");
  CHECK(refused(segments(growth_header + "C,r,2024-06,CNY,1,s,5,\nC,r,2024-06,CNY,1,s,6,\n")) ==
        "duplicate_id 3:5 |2024-06|");
}

TEST_CASE("facts: a base row that cannot be read is refused at the field") {
  const Row rows[] = {
      {"no investee", ",C,2024-06,CNY,1,s\n", "null_not_allowed 2:1 |,|"},
      {"no segment", "l,,2024-06,CNY,1,s\n", "null_not_allowed 2:3 |,|"},
      {"a year", "l,C,2024,CNY,1,s\n", "bad_value 2:5 |2024|"},
      {"a currency", "l,C,2024-06,CN,1,s\n", "bad_currency 2:13 |CN|"},
      {"a revenue", "l,C,2024-06,CNY,one,s\n", "bad_decimal 2:17 |one|"},
      {"no source", "l,C,2024-06,CNY,1,\n", "null_not_allowed 2:19 ||"},
      {"two figures", "l,C,2024-06,CNY,1,s\nl,C,2024-06,CNY,2,s\n", "duplicate_id 3:5 |2024-06|"},
      {"two investees", "l,C,2024-06,CNY,1,s\nm,C,2024-06,CNY,2,s\n", "accepted"},
      {"two segments", "l,C,2024-06,CNY,1,s\nl,D,2024-06,CNY,2,s\n", "accepted"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused(bases(base_header + row.text)) == row.want);
  }
}

TEST_CASE("facts: a rate is above zero and to the book's currency") {
  const Row rows[] = {
      {"a small rate", "2024-01-01,JPY,CNY,0.0475,s\n", "accepted"},
      {"zero", "2024-01-01,USD,CNY,0,s\n", "bad_value 2:20 |0|"},
      {"below zero", "2024-01-01,USD,CNY,-7,s\n", "bad_value 2:20 |-7|"},
      {"not a number", "2024-01-01,USD,CNY,x,s\n", "bad_decimal 2:20 |x|"},
      {"to another currency", "2024-01-01,USD,EUR,0.9,s\n", "bad_value 2:16 |EUR|"},
      {"from the book's own", "2024-01-01,CNY,CNY,1,s\n", "bad_value 2:12 |CNY|"},
      {"from nothing", "2024-01-01,,CNY,1,s\n", "null_not_allowed 2:12 |,|"},
      {"to nothing known", "2024-01-01,USD,XXX,1,s\n", "bad_currency 2:16 |XXX|"},
      {"no such day", "2024-02-30,USD,CNY,7,s\n", "bad_date 2:1 |2024-02-30|"},
      {"slashes", "01/02/2024,USD,CNY,7,s\n", "bad_date 2:1 |01/02/2024|"},
      {"no source", "2024-01-01,USD,CNY,7,\n", "null_not_allowed 2:22 ||"},
      {"one day, two rates", "2024-01-01,USD,CNY,7,s\n2024-01-01,USD,CNY,7.1,s\n",
       "duplicate_id 3:1 |2024-01-01|"},
      {"one day, one rate", "2024-01-01,USD,CNY,7,s\n2024-01-01,USD,CNY,7.00,t\n", "accepted"},
      {"one day, two currencies", "2024-01-01,USD,CNY,7,s\n2024-01-01,EUR,CNY,8,s\n", "accepted"},
      {"two days", "2024-01-01,USD,CNY,7,s\n2024-01-02,USD,CNY,7.1,s\n", "accepted"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused(rates(rate_header + row.text)) == row.want);
  }
  const auto twice = rates(rate_header + "2024-01-01,USD,CNY,7,s\n\n2024-01-01,USD,CNY,7.1,s\n");
  CHECK(twice.error().notes == std::vector<std::string>{"lines 2 and 4"});
  const auto kept = rates(rate_header + "2024-01-01,USD,CNY,7,s\n2024-01-01,USD,CNY,7.00,t\n");
  REQUIRE(kept.ok());
  CHECK(kept->rows.size() == 1);
}

TEST_CASE("facts: twenty bad rows are listed and the rest is counted") {
  std::string text = rate_header;
  for (int i = 0; i < 25; ++i) text += "2024-01-01,USD,CNY,x,\n";
  const auto read = rates(text);
  REQUIRE(!read.ok());
  CHECK(read.refusal().errors.size() == 20);
  CHECK(read.refusal().unlisted_count == 5);
  CHECK(read.refusal().errors[19].place.line == 21);
  // The reader's own failure ends the list.
  const auto broken = rates(rate_header + "2024-01-01,USD,CNY,x,s\n\"2024");
  CHECK(refused(broken) == "bad_decimal 2:20 |x|; bad_quoting 3:1 |\"|");
}
