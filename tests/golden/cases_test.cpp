// Published and derived examples, told to the program as terms and usage, with figures by hand.
// The ids are those of the collection that compare_with_published() reads.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/golden/reports.h"

using accrue_test::compare_with_published;
using accrue_test::Fields;
using accrue_test::must_run;
using accrue_test::report;
using accrue_test::Scratch;
using accrue_test::total;

namespace {

using Figures = std::vector<std::string>;

/// What an investee used in one hour.
struct Use {
  std::string day;
  std::string cost;
  std::string currency = "USD";
  std::string service = "GPU";
};

/// Terms of a deal "d" of Lunar, signed on the first day of 2024, whose account is ba-1.
std::string deal(const std::string& lines, const std::string& tranches) {
  return "schema = \"accrue.terms/1\"\n[investment]\nid = \"d\"\ninvestee = \"Lunar\"\n"
         "signed = 2024-01-01\n" + lines +
         "[matching]\nbilling_accounts = [\"ba-1\"]\n" + tranches;
}

std::string tranche(const std::string& id, const std::string& face, const std::string& lines = {}) {
  return "[[tranche]]\nid = \"" + id + "\"\nface = \"" + face + "\"\n" +
         (lines.find("issued") == std::string::npos ? "issued = 2024-01-01\n" : "") + lines;
}

/// The book of one case: facts go in as files, figures come out of reports.
class CaseBook {
 public:
  explicit CaseBook(const std::string& init = {}) {
    must_run(scratch_, "init --start 2024-01 " + init);
  }

  void add(const std::string& terms) {
    scratch_.write("deal.toml", terms);
    must_run(scratch_, "investment add deal.toml");
  }
  void import(const std::vector<Use>& uses, const std::string& flags = {}) {
    std::string rows;
    for (const Use& use : uses) {
      const std::string month = use.day.substr(0, 7);
      rows += "ba-1,Usage," + month + "-01T00:00:00Z," + month + "-28T00:00:00Z," + use.day +
              "T12:00:00Z," + use.day + "T13:00:00Z," + use.cost + "," + use.cost + "," +
              use.currency + "," + use.service + "\n";
    }
    scratch_.write("usage.csv", accrue_test::focus_file(rows));
    must_run(scratch_, "import usage usage.csv " + flags);
  }
  void run(const std::string& arguments) { must_run(scratch_, arguments); }
  void close(const std::string& period) { run("close " + period); }
  void write(const std::string& name, const std::string& text) { scratch_.write(name, text); }

  std::string revenue(const std::string& period, const Fields& where = {}) const {
    return total(report(scratch_, "report period " + period), "revenue", where);
  }
  std::string rollforward(const std::string& period, const std::string& column,
                          const Fields& where = {}) const {
    return total(report(scratch_, "report rollforward " + period), column, where);
  }
  std::string balance(const std::string& period, const std::string& account) const {
    return total(report(scratch_, "report trial-balance " + period), "balance",
                 {{"account", account}});
  }

 private:
  Scratch scratch_;
};

// --- One grant, month by month -----------------------------------------------------------------

struct Month {
  const char* used;
  const char* unused = nullptr;  ///< an estimate that starts in this month
};

struct Case;
struct Published {
  const char* field;
  Figures Case::*figures;
};

struct Case {
  const char* id;
  const char* currency;
  const char* face;
  const char* price;
  const char* unused;   ///< nothing: remote
  const char* expires;  ///< nothing: never
  std::vector<Month> months;
  Figures revenue;
  Figures liability;
  Figures breakage;  ///< of the revenue, all months
  std::vector<Published> published;
};

std::string two_digits(std::size_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string month_name(std::size_t index) {
  return std::to_string(2024 + index / 12) + "-" + two_digits(index % 12 + 1);
}

void check_case(const Case& row) {
  CAPTURE(row.id);
  const std::string currency = row.currency;
  std::string lines;
  if (row.expires != nullptr) lines = "expires = " + std::string{row.expires} + "\n";
  if (row.unused != nullptr) {
    lines += "breakage = { method = \"proportional\", expected = \"" + std::string{row.unused} +
             " " + currency + "\" }\n";
  }
  CaseBook book{"--currency " + currency};
  book.add(deal("fair_value_of_stake = \"" + std::string{row.price} + " " + currency +
                    "\"\naccept_price_above_face = true\n",
                tranche("T1", std::string{row.face} + " " + currency, lines)));
  for (std::size_t i = 0; i < row.months.size(); ++i) {
    const Month& month = row.months[i];
    const std::string name = month_name(i);
    CAPTURE(name);
    if (month.unused != nullptr) {
      book.run("estimate T1 breakage '" + std::string{month.unused} + " " + currency +
               "' --from " + name + " --reason 'as published'");
    }
    if (std::string{month.used} != "0") book.import({{name + "-10", month.used, currency}});
    book.close(name);
    CHECK(book.revenue(name) == row.revenue.at(i));
    CHECK(book.rollforward(name, "closing") == row.liability.at(i));
  }
  const std::string whole = "2024-01.." + month_name(row.months.size() - 1);
  CHECK(Figures{book.revenue(whole, {{"kind", "breakage"}})} == row.breakage);
  for (const Published& published : row.published) {
    compare_with_published(row.id, published.field, row.*published.figures);
  }
}

}  // namespace

TEST_CASE("cases: unused rights in proportion to those used") {
  const Case rows[] = {
      // 22,500 x 50 / 45.
      {"BRK-01", "USD", "50_000", "50_000", "5_000", nullptr,
       {{"22500"}}, {"25000.00"}, {"25000.00"}, {"2500.00"},
       {{"/expected/revenue", &Case::revenue},
        {"/expected/contract_liability_close", &Case::liability},
        {"/expected/breakage_revenue", &Case::breakage}}},
      // 540 / 900 = 0.6.
      {"BRK-02", "USD", "1_000", "1_000", "100", nullptr,
       {{"540"}}, {"600.00"}, {"400.00"}, {"60.00"},
       {{"/expected/revenue_total", &Case::revenue},
        {"/expected/contract_liability_close", &Case::liability},
        {"/expected/breakage_revenue", &Case::breakage}}},
      // Half of the 450 that will be used.
      {"BRK-05", "USD", "500", "500", "50", nullptr,
       {{"225"}}, {"250.00"}, {"250.00"}, {"25.00"},
       {{"/expected/revenue", &Case::revenue},
        {"/expected/contract_liability_close", &Case::liability},
        {"/expected/breakage_revenue", &Case::breakage}}},
      // 300 of 900; 500 of 950 = 526.32 to date; 950 of 950.
      {"BRK-08", "USD", "1_000", "1_000", "100", nullptr,
       {{"300"}, {"200", "50"}, {"450"}},
       {"333.33", "192.99", "473.68"}, {"666.67", "473.68", "0.00"}, {"50.00"},
       {{"/expected/revenue_by_period", &Case::revenue},
        {"/engine_cents/revenue_by_period", &Case::revenue},
        {"/expected/contract_liability_close", &Case::liability}}},
      // 57 of 285; 120 of 294 = 122,448,979.59 to date; 294 of 294.
      {"DEAL-04", "USD", "300_000_000", "300_000_000", "15_000_000", nullptr,
       {{"57000000"}, {"63000000", "6_000_000"}, {"174000000"}},
       {"60000000.00", "62448979.59", "177551020.41"},
       {"240000000.00", "177551020.41", "0.00"}, {"6000000.00"},
       {{"/expected/revenue", &Case::revenue},
        {"/engine_cents/revenue_cents", &Case::revenue}}},
  };
  for (const Case& row : rows) check_case(row);
}

TEST_CASE("cases: points, of which fewer stay unused than was thought") {
  const Case rows[] = {
      // 8,676 x 4,500 / 9,500 = 4,109.7; 8,676 x 8,500 / 9,700 = 7,602.7 to date. Breakage is what
      // usage leaves of it: 8,676 x 0.85 = 7,374.6 -> 7,375; 7,603 - 7,375.
      {"LOY-01", "JPY", "10_000", "8_676", "500", nullptr,
       {{"4500"}, {"4000", "300"}}, {"4110", "3493"}, {"4566", "1073"}, {"228"},
       {{"/expected/revenue_points", &Case::revenue},
        {"/expected/contract_liability_close", &Case::liability}}},
      // 8,675.80 x 8,500 / 9,700 = 7,602.505 -> 7,602.51 to date. The collection's 3,492.91 is of
      // the price before it was cut to cents, 8,675.799: a book holds whole cents.
      {"LOY-01", "USD", "10_000", "8_675.80", "500", nullptr,
       {{"4500"}, {"4000", "300"}}, {"4109.59", "3492.92"}, {"4566.21", "1073.29"}, {"228.08"},
       {}},
      // 9,000 x 4,500 / 9,700 = 4,175.3; 9,000 x 8,500 / 9,900 = 7,727.3 to date; usage 7,650.
      {"LOY-02", "JPY", "10_000", "9_000", "300", nullptr,
       {{"4500"}, {"4000", "100"}}, {"4175", "3552"}, {"4825", "1273"}, {"77"},
       {{"/expected/revenue", &Case::revenue}}},
      // Half of 720,000; 8,100 of 9,000; the rest. A point's price is above its face of one.
      {"LOY-04", "USD", "10_000", "720_000", "2_000", nullptr,
       {{"4000"}, {"4100", "1_000"}, {"900"}},
       {"360000.00", "288000.00", "72000.00"}, {"360000.00", "72000.00", "0.00"}, {"72000.00"},
       {{"/expected/revenue_points", &Case::revenue},
        {"/expected/contract_liability_close", &Case::liability}}},
  };
  for (const Case& row : rows) check_case(row);
}

TEST_CASE("cases: what expires unused is revenue then, and not before") {
  std::vector<Month> two_years(24, Month{"0"});
  two_years.front() = {"270000000"};
  Figures two_years_of_revenue(24, "0.00");
  two_years_of_revenue.front() = "270000000.00";
  two_years_of_revenue.back() = "30000000.00";
  Figures two_years_of_liability(24, "30000000.00");
  two_years_of_liability.back() = "0.00";
  const Case rows[] = {
      {"BRK-06", "USD", "15_000", "15_000", nullptr, "2024-02-01",
       {{"0"}}, {"15000.00"}, {"0.00"}, {"15000.00"},
       {{"/expected/revenue_on_expiry", &Case::revenue}}},
      {"BRK-07", "USD", "1_000", "1_000", nullptr, "2024-05-01",
       {{"300"}, {"300"}, {"150"}, {"0"}},
       {"300.00", "300.00", "150.00", "250.00"}, {"700.00", "400.00", "250.00", "0.00"},
       {"250.00"},
       {{"/expected/revenue_by_period", &Case::revenue},
        {"/expected/contract_liability_close", &Case::liability}}},
      {"DEAL-05", "USD", "300_000_000", "300_000_000", nullptr, "2026-01-01",
       two_years, two_years_of_revenue, two_years_of_liability, {"30000000.00"},
       {{"/expected/revenue_at_expiry", &Case::revenue},
        {"/expected/liability_after", &Case::liability}}},
      {"USE-02", "USD", "100", "100", nullptr, nullptr,
       {{"30"}}, {"30.00"}, {"70.00"}, {"0.00"},
       {{"/expected/revenue", &Case::revenue},
        {"/expected/credit_balance", &Case::liability}}},
  };
  for (const Case& row : rows) check_case(row);
  compare_with_published("DEAL-05", "/expected/revenue_before_expiry", {"270000000.00"});
}

TEST_CASE("cases: USE-11, unused minutes shape the days inside the month, not the month") {
  // 200 minutes for 30: 30 x 75 / 150 by the 15th, of which used 30 x 75 / 200 = 11.25.
  CaseBook book;
  book.add(deal("fair_value_of_stake = \"30 USD\"\n",
                tranche("T1", "200 USD",
                        "expires = 2024-02-01\n"
                        "breakage = { method = \"proportional\", expected = \"50 USD\" }\n")));
  book.import({{"2024-01-15", "75"}});
  CHECK(book.revenue("2024-01") == "15.00");
  CHECK(book.revenue("2024-01", {{"kind", "usage"}}) == "11.25");
  book.import({{"2024-01-31", "75"}});
  book.close("2024-01");
  CHECK(book.revenue("2024-01") == "30.00");
  CHECK(book.revenue("2024-01", {{"kind", "usage"}}) == "22.50");
  CHECK(book.rollforward("2024-01", "closing") == "0.00");
  compare_with_published("USE-11", "/expected/revenue_to_day_15", {"15.00"});
  compare_with_published("USE-11", "/expected/revenue_month", {"30.00"});
  compare_with_published("USE-11", "/expected/liability_month_end", {"0.00"});
}

// --- What no grant pays ------------------------------------------------------------------------

namespace {

/// A deal whose one credit is for another service: all use of GPUs is paid in cash.
std::string deal_without_gpu() {
  return deal("fair_value_of_stake = \"1 USD\"\n",
              tranche("T1", "1 USD", "services = [\"Paper\"]\n"));
}

}  // namespace

TEST_CASE("cases: USE-01, two hundred calls on one day are revenue of that day") {
  CaseBook book;
  book.add(deal_without_gpu());
  book.import(std::vector<Use>(200, Use{"2024-01-03", "0.05"}));
  CHECK(book.revenue("2024-01") == "10.00");
  CHECK(book.revenue("2024-01", {{"funding", "cash"}, {"kind", "usage"}}) == "10.00");
  CHECK(book.balance("2024-01", "Unbilled receivable:Lunar") == "10.00");
  compare_with_published("USE-01", "/expected/revenue_3_jan", {"10.00"});
  compare_with_published("USE-01", "/expected/unbilled", {"10.00"});
}

TEST_CASE("cases: USE-14, a million small amounts are rounded once") {
  // 1,000,000 x 0.0000123, a hundred to a row; each row alone would round to nothing.
  CaseBook book;
  book.add(deal_without_gpu());
  std::vector<Use> uses;
  for (std::size_t i = 0; i < 10'000; ++i) {
    uses.push_back({"2024-01-" + two_digits(i % 31 + 1), "0.00123"});
  }
  book.import(uses);
  CHECK(book.revenue("2024-01") == "12.30");
  compare_with_published("USE-14", "/expected/revenue", {"12.30"});
  compare_with_published("USE-14", "/engine_cents/revenue_cents", {"12.30"});
}

TEST_CASE("cases: USE-13, usage of a closed month is booked in the open one, under its origin") {
  CaseBook book;
  book.add(deal_without_gpu());
  book.close("2024-01");
  book.import({{"2024-01-20", "3.00"}});
  CHECK(book.revenue("2024-01") == "0.00");
  CHECK(book.revenue("2024-02") == "3.00");
  CHECK(book.revenue("2024-01 --by-origin") == "3.00");
  CHECK(book.revenue("2024-02 --by-origin") == "0.00");
  compare_with_published("USE-13", "/expected/posted/Jan", {"0.00"});
  compare_with_published("USE-13", "/expected/posted/Feb", {"3.00"});
}

// --- Deals -------------------------------------------------------------------------------------

TEST_CASE("cases: FX-03, a grant keeps the rate of its contract") {
  CaseBook book{"--currency CNY"};
  book.write("rates.csv",
             "date,from,to,rate,source\n2024-01-01,USD,CNY,7.10,x\n2024-02-01,USD,CNY,7.35,x\n");
  book.run("import rates rates.csv");
  book.add(deal("fair_value_of_stake = \"300_000_000 USD\"\nfixed_rate = \"7.20\"\n",
                tranche("T1", "300_000_000 USD")));
  CHECK(book.rollforward("2024-01", "granted") == "2160000000.00");
  book.import({{"2024-01-09", "60000000"}});
  book.close("2024-01");
  book.import({{"2024-02-09", "90000000"}});
  book.close("2024-02");
  CHECK(book.revenue("2024-01") == "432000000.00");
  CHECK(book.revenue("2024-02") == "648000000.00");
  CHECK(book.rollforward("2024-02", "closing") == "1080000000.00");
  compare_with_published("FX-03", "/expected/contract_liability_cny", {"2160000000.00"});
  compare_with_published("FX-03", "/expected/revenue_cny", {"432000000.00", "648000000.00"});
  compare_with_published("FX-03", "/expected/liability_close_cny", {"1080000000.00"});
}

TEST_CASE("cases: DEAL-01, cash and credits for a stake") {
  CaseBook book;
  book.add(deal("stake = \"36%\"\ncash = \"500_000_000 USD\"\n"
                "fair_value_of_stake = \"800_000_000 USD\"\n",
                tranche("T1", "300_000_000 USD")));
  CHECK(book.balance("2024-01", "Investment:Lunar:d") == "800000000.00");
  CHECK(book.balance("2024-01", "Cash:Lunar:d") == "-500000000.00");
  CHECK(book.balance("2024-01", "Contract liability:Lunar:T1") == "-300000000.00");
  book.import({{"2024-03-01", "60000000"}});
  CHECK(book.revenue("2024-Q1") == "60000000.00");
  CHECK(book.rollforward("2024-Q1", "closing") == "240000000.00");
  CHECK(book.balance("2024-03", "Investment:Lunar:d") == "800000000.00");
  compare_with_published("DEAL-01", "/expected/investment_carrying", {"800000000.00"});
  compare_with_published("DEAL-01", "/expected/contract_liability", {"300000000.00"});
  compare_with_published("DEAL-01", "/expected/revenue_q1", {"60000000.00"});
  compare_with_published("DEAL-01", "/expected/liability_q1", {"240000000.00"});
}

TEST_CASE("cases: DEAL-02, what is paid above the stake's value takes it off the price") {
  // 740 - 500 = 240 for a face of 300: 0.80 a unit.
  CaseBook book;
  book.add(deal("cash = \"500_000_000 USD\"\nfair_value_of_stake = \"740_000_000 USD\"\n",
                tranche("T1", "300_000_000 USD")));
  CHECK(book.rollforward("2024-01", "granted") == "240000000.00");
  CHECK(book.balance("2024-01", "Investment:Lunar:d") == "740000000.00");
  book.import({{"2024-03-01", "60000000"}});
  CHECK(book.revenue("2024-Q1") == "48000000.00");
  CHECK(book.rollforward("2024-Q1", "closing") == "192000000.00");
  compare_with_published("DEAL-02", "/expected/transaction_price", {"240000000.00"});
  compare_with_published("DEAL-02", "/expected/revenue_q1", {"48000000.00"});
  compare_with_published("DEAL-02", "/expected/liability_q1", {"192000000.00"});
}

TEST_CASE("cases: DEAL-10, a roll-forward with a top-up and an expiry") {
  // 300 at the start of February, 95 of it in a tranche that draws 90 and loses 5 by its end; 50
  // issued in February, for another service, of which 10 are drawn.
  CaseBook book;
  book.add(deal("fair_value_of_stake = \"350 USD\"\nshares = \"with_tranche\"\n",
                tranche("A", "95 USD", "expires = 2024-03-01\n") + tranche("B", "205 USD") +
                    tranche("C", "50 USD",
                            "issued = 2024-02-01\npriority = 1\nservices = [\"ML\"]\n")));
  book.close("2024-01");
  book.import({{"2024-02-09", "90"}, {"2024-02-09", "10", "USD", "ML"}});
  book.close("2024-02");
  struct Row {
    const char* column;
    const char* a;
    const char* b;
    const char* c;
    const char* all;
  };
  const Row rows[] = {
      {"opening", "95.00", "205.00", "0.00", "300.00"},
      {"granted", "0.00", "0.00", "50.00", "50.00"},
      {"usage", "-90.00", "0.00", "-10.00", "-100.00"},
      {"breakage", "-5.00", "0.00", "0.00", "-5.00"},
      {"closing", "0.00", "205.00", "40.00", "245.00"},
      {"face_opening", "95.00", "205.00", "0.00", "300.00"},
      {"face_granted", "0.00", "0.00", "50.00", "50.00"},
      {"face_drawn", "-90.00", "0.00", "-10.00", "-100.00"},
      {"face_expired", "-5.00", "0.00", "0.00", "-5.00"},
      {"face_closing", "0.00", "205.00", "40.00", "245.00"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.column);
    CHECK(book.rollforward("2024-02", row.column, {{"grant", "A"}}) == row.a);
    CHECK(book.rollforward("2024-02", row.column, {{"grant", "B"}}) == row.b);
    CHECK(book.rollforward("2024-02", row.column, {{"grant", "C"}}) == row.c);
    CHECK(book.rollforward("2024-02", row.column) == row.all);
  }
  CHECK(book.revenue("2024-02") == "105.00");
  CHECK(book.revenue("2024-02", {{"grant", "A"}}) == "95.00");
  compare_with_published("DEAL-10", "/expected/closing", {"245.00"});
  compare_with_published("DEAL-10", "/expected/revenue_from_opening_balance", {"95.00"});
  compare_with_published("DEAL-10", "/expected/revenue_total", {"105.00"});
}
