#include "ledger/intake/focus_commitments.h"

#include <algorithm>
#include <map>
#include <span>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"
#include "ledger/intake/focus_feed.h"

namespace accrue {

namespace {

using focus::Feed;
using focus::FeedColumn;

constexpr auto optional = FeedColumn::Need::optional;

constexpr std::string_view contract_id = "ContractId";
constexpr std::string_view contract_begin = "ContractPeriodStart";
constexpr std::string_view contract_end = "ContractPeriodEnd";
constexpr std::string_view id = "ContractCommitmentId";
constexpr std::string_view category = "ContractCommitmentCategory";
constexpr std::string_view cost = "ContractCommitmentCost";
constexpr std::string_view currency = "BillingCurrency";
constexpr std::string_view begin = "ContractCommitmentPeriodStart";
constexpr std::string_view end = "ContractCommitmentPeriodEnd";
constexpr std::string_view status = "ContractCommitmentLifecycleStatus";
constexpr std::string_view model = "ContractCommitmentModel";

constexpr FeedColumn columns[] = {
    {contract_id},
    {contract_begin, optional},
    {contract_end, optional},
    {id},
    {category},
    {cost},
    {currency},
    {begin},
    {end},
    {status, optional},
    {model, optional},
    {"ContractCommitmentDescription", optional},
    {"ContractCommitmentType", optional},
    {"ContractCommitmentBenefitCategory", optional},
    {"ContractCommitmentOfferCategory", optional},
    {"ContractCommitmentDurationType", optional},
    {"ContractCommitmentFulfillmentInterval", optional},
    {"ContractCommitmentQuantity", optional},
    {"ContractCommitmentUnit", optional},
    {"PricingCurrency", optional},
    {"PricingCurrencyContractCommitmentCost", optional},
    {"ContractCommitmentDiscountPercentage", optional},
    {"ContractCommitmentDiscount%", optional},
    {"ContractCommitmentPaymentModel", optional},
    {"ContractCommitmentPaymentInterval", optional},
    {"ContractCommitmentPaymentUpfrontPercentage", optional},
    {"ContractCommitmentPaymentUpfront%", optional},
    {"ContractCommitmentApplicability", optional},
    {"ContractCommitmentCreated", optional},
    {"ContractCommitmentLastUpdated", optional},
    {"InvoiceIssuerName", optional},
    {"ServiceProviderName", optional},
};
/// What is stated beside the terms: from here on, and the status and model before it.
constexpr std::size_t first_stated = 9;

struct OpenWords {
  std::string_view column;
  std::vector<std::string_view> words;
};

/// The values FOCUS 1.4 lists.
const std::vector<OpenWords>& open_words() {
  static const std::vector<OpenWords> all{
      {category, {"Spend", "Usage"}},
      {status,
       {"Proposed", "Pending", "Active", "Exhausted", "Expired", "Canceled", "Superseded"}},
      {model, {"Continuous", "Discontinuous"}},
      {"ContractCommitmentBenefitCategory", {"Discount", "Entitlement", "Availability", "Other"}},
      {"ContractCommitmentOfferCategory", {"Negotiated", "Public"}},
      {"ContractCommitmentFulfillmentInterval",
       {"Hourly", "Daily", "Weekly", "Monthly", "Quarterly", "Semi-Annual", "Annual",
        "Full Commitment Period", "Transactional", "Custom"}},
      {"ContractCommitmentPaymentModel", {"No Upfront", "Partial Upfront", "All Upfront"}},
      {"ContractCommitmentPaymentInterval",
       {"One-Time", "Monthly", "Quarterly", "Semi-Annual", "Annual", "Custom"}},
  };
  return all;
}

/// A value of an open enumeration: as FOCUS spells it, or as the file does, with a warning.
std::string open_value(Feed& feed, const OpenWords& enumeration) {
  const std::string_view found = feed.text(enumeration.column);
  if (found.empty()) return {};
  if (const auto word = feed.word(enumeration.column, enumeration.words)) {
    return std::string{enumeration.words[*word]};
  }
  feed.warn("unknown_value",
            fmt::format("{} {} is none of {}", enumeration.column, shown(found),
                        fmt::join(enumeration.words, ", ")),
            enumeration.column);
  return std::string{found};
}

/// The row in hand; nothing for a row that is refused.
std::optional<Commitment> read_row(Feed& feed) {
  feed.required_text(contract_id);
  std::string row_id = feed.required_text(id);
  feed.required_text(category);
  const auto value = feed.decimal(cost);
  const auto row_currency = feed.required_currency(currency);
  const auto begin_at = feed.required_instant(begin);
  const auto end_at = feed.required_instant(end);
  feed.instant(contract_begin);
  feed.instant(contract_end);
  if (begin_at && end_at && *end_at <= *begin_at) {
    feed.refuse(end, {.code = ErrorCode::empty_interval,
                      .message = fmt::format("{} is not after ContractCommitmentPeriodStart {}",
                                             shown(feed.text(end)), shown(feed.text(begin)))});
  }
  if (!feed.row_is_good()) return std::nullopt;

  Commitment row{.id = std::move(row_id), .currency = *row_currency};
  row.line = feed.line();
  row.cost = value;
  row.cost_text = feed.text(cost);
  row.begin_at = *begin_at;
  row.end_at = *end_at;
  for (const OpenWords& enumeration : open_words()) {
    std::string known = open_value(feed, enumeration);
    if (enumeration.column == category) row.category = std::move(known);
    else if (enumeration.column == status) row.status = std::move(known);
    else if (enumeration.column == model) row.model = std::move(known);
  }
  for (const FeedColumn& column : std::span{columns}.subspan(first_stated)) {
    const std::string_view text = feed.text(column.name);
    if (!text.empty()) row.stated.emplace_back(column.name, text);
  }
  return row;
}

Contract& contract_of(std::vector<Contract>& contracts, Feed& feed) {
  const std::string_view wanted = feed.text(contract_id);
  const auto found = std::ranges::find(contracts, wanted, &Contract::id);
  if (found != contracts.end()) return *found;
  return contracts.emplace_back(Contract{std::string{wanted}, feed.instant(contract_begin),
                                         feed.instant(contract_end), {}});
}

}  // namespace

Result<CommitmentsReading> read_commitments(const std::string& path) {
  ACCRUE_TRY(feed, Feed::open(path, focus::Dataset::contract_commitment, columns));
  struct First {
    std::int64_t line;
    std::string row_text;
  };
  std::map<std::string, First> firsts;
  CommitmentsReading reading;
  while (true) {
    ACCRUE_TRY(more, feed.advance());
    if (!more) break;
    auto row = read_row(feed);
    if (!row) continue;
    const auto [first, is_new] =
        firsts.emplace(row->id, First{row->line, std::string{feed.row_text()}});
    if (is_new) {
      contract_of(reading.contracts, feed).commitments.push_back(*std::move(row));
    } else if (first->second.row_text != feed.row_text()) {
      feed.refuse(id, {.code = ErrorCode::duplicate_id,
                       .message = shown(row->id) + " stands twice, and the rows differ",
                       .notes = {fmt::format("lines {} and {}", first->second.line, row->line)},
                       .hint = "keep the row that is right"});
    }
  }
  if (auto refusal = std::move(feed).refusal()) return *std::move(refusal);
  if (reading.contracts.empty()) {
    return Error{.code = ErrorCode::empty_file,
                 .message = shown(path) + " has a header and no commitments",
                 .place = {.file = path},
                 .hint = "deliver the rows of the contract"};
  }
  reading.warnings = std::move(feed).warnings();
  return reading;
}

}  // namespace accrue
