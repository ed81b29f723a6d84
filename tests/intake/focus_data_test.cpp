// Files of the wild and of the specification, against totals found by other means. They lie outside
// the project: in ACCRUE_SHARED, or in `shared` beside it.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "ledger/intake/usage.h"
#include "tests/intake/focus_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

namespace fs = std::filesystem;

std::optional<fs::path> data_folder() {
  const char* shared = std::getenv("ACCRUE_SHARED");
  const fs::path root =
      shared != nullptr ? fs::path{shared} : fs::path{ACCRUE_SOURCE_DIR}.parent_path() / "shared";
  const fs::path folder = root / "data" / "focus";
  if (fs::exists(folder / "control-totals.json")) return folder;
  MESSAGE("no ", folder.string(), ": skipped");
  return std::nullopt;
}

nlohmann::json control_totals(const fs::path& folder) {
  std::ifstream file{folder / "control-totals.json"};
  return nlohmann::json::parse(file);
}

FocusReading reading(Basis basis) {
  return {
      .terms = {.basis = basis, .slash_dates = SlashDates::month_first, .absent_currency = "USD"}};
}

std::string name_of(ChargeCategory category) {
  constexpr const char* names[] = {"Usage", "Purchase", "Tax", "Credit", "Adjustment"};
  return names[static_cast<std::size_t>(category)];
}

/// A total, which may be wider than any number that a file may hold.
Decimal total_of(const nlohmann::json& sums, const std::string& column) {
  const std::string text = sums.at(column).get<std::string>();
  const std::size_t point = text.find('.');
  if (point == std::string::npos) return dec(text);
  const Decimal fraction = dec("0" + text.substr(point));
  const Decimal whole = dec(text.substr(0, point));
  return text.starts_with('-') ? whole - fraction : whole + fraction;
}

/// What is refused, and why; every other file is read.
const std::map<std::string, ErrorCode> refused_files{
    // "$10,000.00 " in the cost columns.
    {"spec-examples-1.2/saas_examples/simple_agreements/simple_saas_agreements_a1.csv",
     ErrorCode::bad_decimal},
    {"spec-examples-1.2/saas_examples/simple_agreements/simple_saas_agreements_a2.csv",
     ErrorCode::bad_decimal},
    {"spec-examples-1.2/saas_examples/simple_agreements/simple_saas_agreements_a3.csv",
     ErrorCode::bad_decimal},
    {"spec-examples-1.2/saas_examples/simple_agreements/simple_saas_agreements_b.csv",
     ErrorCode::bad_decimal},
    {"spec-examples-1.2/saas_examples/simple_agreements/simple_saas_agreements_c.csv",
     ErrorCode::bad_decimal},
    // A charge period that ends at 2023-02-01T30:00:00Z.
    {"spec-examples-1.2/commitment_discount_scenarios/commitment_discount_purchase_scenario_2.csv",
     ErrorCode::bad_date},
    {"spec-examples-1.2/commitment_discount_scenarios/commitment_discount_purchase_scenario_3.csv",
     ErrorCode::bad_date},
    // Snippets without dates.
    {"toolkit-golden/golden/compatibility_golden/scenarios_correction_set.csv",
     ErrorCode::missing_column},
    {"toolkit-golden/golden/compatibility_golden/scenarios_sca_equal.csv",
     ErrorCode::missing_column},
    {"toolkit-golden/golden/compatibility_golden/scenarios_sca_negative.csv",
     ErrorCode::missing_column},
    {"toolkit-golden/golden/compatibility_golden/scenarios_sca_weighted.csv",
     ErrorCode::missing_column},
};

void check_totals(const nlohmann::json& control, const Delivery& delivery,
                  const std::string& column) {
  std::map<std::string, Decimal> by_category;
  std::int64_t row_count = 0;
  for (const auto& [key, total] : delivery.by_category) {
    by_category[name_of(key.first)] += total.amount;
    row_count += total.row_count;
  }
  CHECK(row_count == control.at("rows").get<std::int64_t>());
  CHECK(delivery.files.at(0).row_count == row_count);
  CHECK(delivery.files.at(0).byte_count == control.at("bytes").get<std::int64_t>());

  std::map<std::string, Decimal> expected;
  for (const auto& [category, sums] : control.at("sums_by_ChargeCategory").items()) {
    expected[category] = total_of(sums, column);
  }
  CHECK(by_category == expected);

  const auto by_account = control.value("by_account_currency", nlohmann::json::object());
  for (const auto& item : by_account.items()) {
    const std::string& key = item.key();
    const nlohmann::json& sums = item.value();
    CAPTURE(key);
    const std::size_t bar = key.rfind('|');
    const auto found = delivery.by_account.find({key.substr(0, bar), key.substr(bar + 1)});
    REQUIRE(found != delivery.by_account.end());
    CHECK(found->second.row_count == sums.at("rows").get<std::int64_t>());
    CHECK(found->second.amount == total_of(sums, column));
  }
}

std::string hexadecimal(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto value = static_cast<unsigned char>(byte);
    text += {digits[value >> 4], digits[value & 15]};
  }
  return text;
}

}  // namespace

TEST_CASE("focus data: every file sums to its control totals, to the last digit") {
  const auto folder = data_folder();
  if (!folder) return;
  const nlohmann::json control = control_totals(*folder);
  int read_count = 0;
  for (const auto& item : control.at("files").items()) {
    const std::string& name = item.key();
    const nlohmann::json& totals = item.value();
    CAPTURE(name);
    for (const Basis basis : {Basis::billed, Basis::effective}) {
      const auto read = reading(basis).of_paths({(*folder / name).string()});
      const bool is_other_dataset = name.find("contract_commitment") != std::string::npos;
      const auto refused = refused_files.find(name);
      if (is_other_dataset || refused != refused_files.end()) {
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().code == (is_other_dataset ? ErrorCode::wrong_dataset : refused->second));
        continue;
      }
      if (!read.ok()) FAIL_CHECK(read.error().message);
      REQUIRE(read.ok());
      check_totals(totals, read->delivery, basis == Basis::billed ? "BilledCost" : "EffectiveCost");
      CHECK(hexadecimal(read->delivery.files.at(0).sha256) ==
            totals.at("sha256").get<std::string>());
      ++read_count;
    }
  }
  // 11 refused, 4 of another dataset; each of the others at two bases.
  CHECK(read_count == 2 * (static_cast<int>(control.at("files").size()) - 11 - 4));
}

TEST_CASE("focus data: reject.csv is refused line by line, each for its reason") {
  const auto folder = data_folder();
  if (!folder) return;
  const auto read = FocusReading{}.of_paths({(*folder / "quirks" / "reject.csv").string()});
  REQUIRE_FALSE(read.ok());
  std::map<std::size_t, std::string> reasons;
  for (const Error& error : read.refusal().errors) {
    reasons[error.place.line] = accrue::name_of(error.code);
  }
  const std::map<std::size_t, std::string> expected{
      {2, "bad_decimal"},         // currency symbol and comma
      {3, "bad_decimal"},         // leading plus
      {5, "bad_decimal"},         // NaN
      {6, "bad_decimal"},         // Infinity
      {7, "bad_decimal"},         // hexadecimal
      {8, "bad_decimal"},         // two points
      {9, "null_not_allowed"},    // BilledCost
      {10, "null_not_allowed"},   // BillingAccountId
      {11, "bad_currency"},       // US$
      {12, "empty_interval"},     // billing period
      {13, "bad_date"},           // 30 February
      {14, "bad_date"},           // ambiguous
      {16, "not_allowed_value"},  // Support
      {17, "ragged_row"},         // a field missing
  };
  CHECK(reasons == expected);
  CHECK(read.refusal().errors.size() == expected.size());
  CHECK(read.refusal().unlisted_count == 0);

  // Lines 4 (35.2E+7) and 15 (usage) are read with a warning each; the rest is set aside.
  const DeliveryReading kept = FocusReading{.terms = {.on_error = OnError::quarantine}}
                                   .of_paths({(*folder / "quirks" / "reject.csv").string()})
                                   .value();
  CHECK(kept.delivery.files.at(0).quarantined_count == 14);
  CHECK(kept.delivery.by_account.at({"a", "USD"}).row_count == 2);
  REQUIRE(kept.warnings.size() == 2);
  CHECK(kept.warnings[0].code == "loose_number");
  CHECK(kept.warnings[0].first.line == 4);
  CHECK(kept.warnings[1].code == "value_case");
  CHECK(kept.warnings[1].first.line == 15);
}

TEST_CASE("focus data: the charges of a prepaid pool are what is drawn from it") {
  const auto folder = data_folder();
  if (!folder) return;
  FocusReading with_holder = reading(Basis::effective);
  with_holder.investments = {holder("Acme", {"acct-1001"})};
  const Delivery delivery = with_holder
                                .of_paths({(*folder / "spec-examples-wd" /
                                            "drawdown_via_prepayment_frontier_model_api.csv")
                                               .string()})
                                .value()
                                .delivery;
  // 20 of input and 30 of output tokens; the purchase of 500,000 is zero at effective cost.
  REQUIRE(delivery.charges.size() == 2);
  CHECK(delivery.charges[0].amount + delivery.charges[1].amount == dec("50"));
}

TEST_CASE("focus data: the real month splits into charges, credits and other customers") {
  const auto folder = data_folder();
  if (!folder) return;
  FocusReading with_holder = reading(Basis::billed);
  with_holder.terms.credit_rows = CreditRows::reduces;
  with_holder.investments = {holder("Lab", {"1234567890123"})};
  const Delivery delivery =
      with_holder.of_paths({(*folder / "focus-1.0-sample" / "focus_sample.csv").string()})
          .value()
          .delivery;
  Decimal served;
  Decimal reduced;
  std::int64_t row_count = 0;
  for (const Charge& charge : delivery.charges) {
    (charge.kind == Charge::Kind::served ? served : reduced) += charge.amount;
    row_count += charge.row_count;
  }
  // The account's 942 rows and 18.0066386184 of control-totals.json; of them one credit of -2.6137.
  CHECK(row_count == 942);
  CHECK(served == dec("20.6203386184"));
  CHECK(reduced == dec("-2.6137"));
  std::int64_t other_count = 0;
  for (const auto& [key, total] : delivery.other_customers) other_count += total.row_count;
  CHECK(other_count == 58);
}

TEST_CASE("focus data: corrections in the style of a ledger or of a delta come to the same") {
  const auto folder = data_folder();
  if (!folder) return;
  const auto total = [&](const std::string& style) {
    const std::string stem =
        (*folder / "spec-examples-wd" / "correction_closed_scenario_1_partial_reallocation_")
            .string();
    return reading(Basis::effective)
        .of_paths({stem + "original.csv", stem + style + ".csv"})
        .value()
        .delivery.by_account.at({"", "USD"})
        .amount;
  };
  CHECK(total("ledger") == dec("1500"));
  CHECK(total("delta") == dec("1500"));
}
