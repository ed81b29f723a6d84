#include "ledger/intake/focus_billing_periods.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ledger/intake/bill.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/focus_feed.h"

namespace accrue {

namespace {

using focus::Feed;
using focus::FeedColumn;

constexpr std::string_view issuer = "InvoiceIssuerName";
constexpr std::string_view begin = "BillingPeriodStart";
constexpr std::string_view end = "BillingPeriodEnd";
constexpr std::string_view status = "BillingPeriodStatus";
constexpr std::string_view updated = "BillingPeriodLastUpdated";

constexpr FeedColumn columns[] = {
    {issuer}, {begin}, {end}, {status}, {updated, FeedColumn::Need::optional}};
/// In the order of ProviderPeriod::Status.
constexpr std::array<std::string_view, 2> statuses{"Open", "Closed"};

/// The row in hand as the bill that it states; nothing for a row that is refused.
std::optional<ProviderPeriod> read_row(Feed& feed, const TimeZone& zone) {
  ProviderPeriod row;
  row.issuer = feed.required_text(issuer);
  const auto begin_at = feed.required_instant(begin);
  const auto end_at = feed.required_instant(end);
  feed.required_text(status);
  const auto word = feed.word(status, statuses);
  if (!word) {
    feed.refuse(status, {.code = ErrorCode::not_allowed_value,
                         .message = shown(feed.text(status)) + " is none of Open, Closed"});
  }
  row.updated_at = feed.instant(updated);
  if (begin_at && end_at && *end_at <= *begin_at) {
    feed.refuse(end, {.code = ErrorCode::empty_interval,
                      .message = fmt::format("{} is not after BillingPeriodStart {}",
                                             shown(feed.text(end)), shown(feed.text(begin)))});
  }
  if (!feed.row_is_good()) return std::nullopt;
  row.begin_at = *begin_at;
  row.end_at = *end_at;
  row.status = static_cast<ProviderPeriod::Status>(*word);
  row.period = month_of_bill(row.begin_at, row.end_at, zone);
  return row;
}

/// Adds a bill to the month it shares with others of its issuer.
void join(ProviderPeriod& month, const ProviderPeriod& bill) {
  month.begin_at = std::min(month.begin_at, bill.begin_at);
  month.end_at = std::max(month.end_at, bill.end_at);
  if (bill.status == ProviderPeriod::Status::open) month.status = bill.status;
  month.updated_at = std::max(month.updated_at, bill.updated_at);
}

}  // namespace

Result<BillingPeriodsReading> read_billing_periods(const std::string& path, const TimeZone& zone) {
  ACCRUE_TRY(feed, Feed::open(path, focus::Dataset::billing_period, columns));
  struct Bill {
    ProviderPeriod row;
    std::int64_t line;
  };
  std::map<std::pair<std::string, Instant>, Bill> bills;
  while (true) {
    ACCRUE_TRY(more, feed.advance());
    if (!more) break;
    const auto row = read_row(feed, zone);
    if (!row) continue;
    const auto [first, is_new] =
        bills.emplace(std::pair{row->issuer, row->begin_at}, Bill{*row, feed.line()});
    if (is_new || first->second.row == *row) continue;
    feed.refuse(begin, {.code = ErrorCode::duplicate_id,
                        .message = fmt::format("{} of {} stands twice, and the rows differ",
                                               shown(feed.text(begin)), shown(row->issuer)),
                        .notes = {fmt::format("lines {} and {}", first->second.line, feed.line())},
                        .hint = "keep the row that is right"});
  }
  BillingPeriodsReading reading;
  reading.file.sha256 = feed.sha256();
  if (auto refusal = std::move(feed).refusal()) return *std::move(refusal);
  std::map<std::pair<std::string, Period>, ProviderPeriod> months;
  for (const auto& [key, bill] : bills) {
    const auto [month, is_new] = months.emplace(std::pair{key.first, bill.row.period}, bill.row);
    if (!is_new) join(month->second, bill.row);
  }
  for (auto& [key, month] : months) reading.file.rows.push_back(std::move(month));
  reading.warnings = std::move(feed).warnings();
  return reading;
}

}  // namespace accrue
