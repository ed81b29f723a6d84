#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ledger/intake/usage.h"
#include "tests/intake/scratch_file.h"

namespace accrue::testing {

/// A Cost and Usage file with the columns that are read, made of what each row has of its own.
class FocusSample {
 public:
  using Cells = std::map<std::string, std::string>;

  FocusSample& row(Cells cells) {
    rows_.push_back(std::move(cells));
    return *this;
  }
  FocusSample& without(const std::string& column) {
    std::erase(columns_, column);
    return *this;
  }
  FocusSample& renamed(const std::string& column, std::string name) {
    names_[column] = std::move(name);
    return *this;
  }
  FocusSample& with(std::string column) {
    columns_.push_back(std::move(column));
    return *this;
  }

  std::string text() const {
    std::string text;
    for (const std::string& column : columns_) {
      const auto name = names_.find(column);
      text += (text.empty() ? "" : ",") + (name == names_.end() ? column : name->second);
    }
    for (const Cells& cells : rows_) {
      char before = '\n';
      for (const std::string& column : columns_) {
        const auto own = cells.find(column);
        text += before + (own == cells.end() ? usual(column) : own->second);
        before = ',';
      }
    }
    return text + '\n';
  }

 private:
  static std::string usual(const std::string& column) {
    static const Cells cells{{"BilledCost", "1"},
                             {"EffectiveCost", "1"},
                             {"ListCost", "1"},
                             {"ContractedCost", "1"},
                             {"BillingAccountId", "ba-1"},
                             {"SubAccountId", "sub-1"},
                             {"BillingCurrency", "USD"},
                             {"BillingPeriodStart", "2026-05-01T00:00:00Z"},
                             {"BillingPeriodEnd", "2026-06-01T00:00:00Z"},
                             {"ChargePeriodStart", "2026-05-01T00:00:00Z"},
                             {"ChargePeriodEnd", "2026-05-01T01:00:00Z"},
                             {"ChargeCategory", "Usage"},
                             {"ServiceName", "GPU"},
                             {"SkuId", "sku-1"},
                             {"RegionId", "us-east-1"}};
    const auto found = cells.find(column);
    return found == cells.end() ? "" : found->second;
  }

  std::vector<std::string> columns_{
      "BilledCost",       "EffectiveCost",     "ListCost",        "ContractedCost",
      "BillingAccountId", "SubAccountId",      "BillingCurrency", "BillingPeriodStart",
      "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory",
      "ChargeClass",      "ServiceName",       "SkuId",           "RegionId"};
  Cells names_;
  std::vector<Cells> rows_;
};

/// The deals, the zone and the terms that a delivery is read with.
struct FocusReading {
  DeliveryTerms terms = {};
  std::vector<Investment> investments = {};
  std::string zone = "UTC";
  std::vector<std::string> grant_currencies = {"USD"};

  Result<DeliveryReading> of(const std::vector<std::string>& texts) const {
    std::vector<std::unique_ptr<ScratchFile>> files;
    std::vector<std::string> paths;
    for (const std::string& text : texts) {
      files.push_back(std::make_unique<ScratchFile>(
          text, "usage" + std::string(files.empty() ? "" : std::to_string(files.size())) + ".csv"));
      paths.push_back(files.back()->path());
    }
    return of_paths(paths);
  }
  Result<DeliveryReading> of(const FocusSample& sample) const { return of({sample.text()}); }

  Result<DeliveryReading> of_paths(const std::vector<std::string>& paths) const {
    const TimeZone book_zone = TimeZone::named(zone).value();
    const AccountMatcher matcher{investments, book_zone};
    const DeliveryContext context{matcher,
                                  book_zone,
                                  [&](const std::string&, const std::string& currency) {
                                    return std::ranges::count(grant_currencies, currency) > 0;
                                  },
                                  {}};
    return read_usage(paths, terms, context);
  }
};

/// A deal that holds billing accounts at all times.
inline Investment holder(std::string investee, std::vector<std::string> billing_accounts) {
  Investment made;
  made.id = "deal-" + investee;
  made.investee = std::move(investee);
  made.matching.billing_accounts = std::move(billing_accounts);
  return made;
}

inline Investment sub_account_holder(std::string investee, std::string sub_account) {
  Investment made = holder(std::move(investee), {});
  made.matching.sub_accounts = {std::move(sub_account)};
  return made;
}

inline Period month(std::string_view text) { return Period::parse(text).value(); }

inline Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

}  // namespace accrue::testing
