#include "ledger/number/currency.h"

#include <string>

#include <doctest/doctest.h>

using namespace accrue;

TEST_CASE("currency: a code of ISO 4217 has its number of minor digits") {
  struct Row {
    int digits;
    const char* codes;
  };
  const Row rows[] = {
      {0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"},
      {2,
       "AED ALL AUD BRL CAD CHF CNY EUR GBP HKD HUF IDR INR MGA MRU MXN NOK SAR SEK SGD TWD USD"},
      {2, "VES VED XCD XCG XAD ZAR ZMW ZWG SLE STN COU BOV CHE CHW MXV USN"},
      {2, "ANG BGN CUC HRK SLL ZWL"},  // withdrawn since 2019
      {3, "BHD IQD JOD KWD LYD OMR TND"},
      {4, "CLF UYW"},
  };
  for (const Row& row : rows) {
    for (std::string codes = row.codes; codes.size() >= 3; codes.erase(0, 4)) {
      const std::string code = codes.substr(0, 3);
      CAPTURE(code);
      const auto currency = Currency::from_code(code);
      REQUIRE(currency.ok());
      CHECK(currency->code() == code);
      CHECK(currency->minor_digits() == row.digits);
    }
  }
}

TEST_CASE("currency: 165 codes in use and 6 withdrawn ones are known, and no other") {
  int known = 0;
  std::string code = "AAA";
  for (code[0] = 'A'; code[0] <= 'Z'; ++code[0]) {
    for (code[1] = 'A'; code[1] <= 'Z'; ++code[1]) {
      for (code[2] = 'A'; code[2] <= 'Z'; ++code[2]) known += Currency::from_code(code).ok();
    }
  }
  CHECK(known == 171);
}

TEST_CASE("currency: no minor unit, no code, or another spelling is refused") {
  const std::string rows[] = {"",    "US",  "USDT", "usd", "Usd", " USD", "USD ", "US$", "$",
                              "XAU", "XAG", "XPT",  "XPD", "XDR", "XSU",  "XUA",  "XBA", "XTS",
                              "XXX", "AAA", "ZZZ",  "DEM", "840", "BTC",  "RMB"};
  for (const std::string& code : rows) {
    CAPTURE(code);
    const auto currency = Currency::from_code(code);
    REQUIRE_FALSE(currency.ok());
    CHECK(currency.error().code == ErrorCode::bad_currency);
  }
}

TEST_CASE("currency: currencies are equal and ordered by their codes") {
  const Currency usd = Currency::from_code("USD").value();
  CHECK(usd == Currency::from_code("USD").value());
  CHECK(usd != Currency::from_code("USN").value());
  CHECK(Currency::from_code("EUR").value() < usd);
}
