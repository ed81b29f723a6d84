#pragma once

// Short ways to say the facts of a test, and to ask a book: one investee, dollars, January 2024.

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/oracle/oracle.h"

namespace oracle::facts {

inline Second noon(int year, int month, int day_of_month) {
  return Second{86'400} * day(year, month, day_of_month) + 43'200;
}

inline Charge use(Second at, const std::string& amount, const std::string& service = "gpu",
                  const std::string& region = "r1", const std::string& sku = "s1") {
  Charge charge;
  charge.at = at;
  charge.investee = "lunar";
  charge.currency = "USD";
  charge.billing_account = "b1";
  charge.service = service;
  charge.region = region;
  charge.sku = sku;
  charge.amount = decimal(amount);
  return charge;
}

inline Tranche tranche(const std::string& id, const std::string& face) {
  Tranche terms;
  terms.id = id;
  terms.face = decimal(face);
  terms.face_currency = "USD";
  terms.issued = day(2024, 1, 1);
  return terms;
}

/// A deal without cash, of 2024-01-01, whose fair value is the price of all tranches.
inline Investment deal(const std::string& id, const std::string& price,
                       std::vector<Tranche> tranches) {
  Investment investment;
  investment.id = id;
  investment.investee = "lunar";
  investment.signed_on = day(2024, 1, 1);
  investment.currency = "USD";
  investment.fair_value = decimal(price);
  investment.tranches = std::move(tranches);
  return investment;
}

using Choice = std::function<bool(const Key&)>;

inline long long sum(const Book& book, const Choice& choice) {
  long long total = 0;
  for (const auto& [key, amount] : book.balances()) {
    if (choice(key)) total += amount;
  }
  return total;
}

/// Credit positive: revenue of a posting month, or of a grant, or of a kind ("": any).
inline long long revenue(const Book& book, std::optional<Month> posting = {},
                         const std::string& kind = "", const std::string& grant = "") {
  return -sum(book, [&](const Key& key) {
    return key.account == Account::revenue && (!posting || key.posting == *posting) &&
           (kind.empty() || key.revenue == kind) && (grant.empty() || key.grant == grant);
  });
}

inline long long liability(const Book& book, std::optional<Month> through = {}) {
  return -sum(book, [&](const Key& key) {
    return key.account == Account::liability && (!through || key.posting <= *through);
  });
}

inline const Month jan = month(2024, 1);
inline const Month feb = month(2024, 2);
inline const Month mar = month(2024, 3);

}  // namespace oracle::facts
