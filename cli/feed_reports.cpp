#include "cli/feed_reports.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "accounting/posting/provider_periods.h"
#include "accounting/report/ref.h"
#include "cli/summary.h"

namespace accrue {

namespace {

std::string word_of(ProviderPeriod::Status status) {
  switch (status) {
    case ProviderPeriod::Status::open: return "Open";
    case ProviderPeriod::Status::closed: return "Closed";
  }
  return {};
}

std::string word_of(BookSide side) {
  switch (side) {
    case BookSide::before_book: return "before the book";
    case BookSide::open: return "open";
    case BookSide::closed: return "closed";
  }
  return {};
}

std::string ref_of(std::int64_t record) { return make_ref({"record", std::to_string(record)}); }

struct EventTotal {
  std::int64_t count = 0;
  Decimal amount;
  Instant first_at;
  Instant last_at;
};

}  // namespace

void add_provider_periods(Report& report, const std::vector<ProviderPeriod>& rows,
                          const BookState& state, std::int64_t record) {
  report.columns = {{"issuer", ColumnKind::key},        {"period", ColumnKind::key},
                    {"provider", ColumnKind::text},     {"book", ColumnKind::text},
                    {"begins_at", ColumnKind::text, 2}, {"ends_at", ColumnKind::text, 3},
                    {"updated_at", ColumnKind::text, 1}, {"ref", ColumnKind::text, 9}};
  for (const ProviderPeriod& row : rows) {
    report.rows.push_back({row.issuer, row.period.to_string(), word_of(row.status),
                           word_of(book_side_of(row.period, state)), row.begin_at.to_string(),
                           row.end_at.to_string(),
                           row.updated_at ? Cell{row.updated_at->to_string()} : Cell{},
                           ref_of(record)});
  }
}

void add_rate_card(Report& report, const RateCardAdded& fact, std::int64_t record) {
  report.columns = {{"service", ColumnKind::key},  {"sku", ColumnKind::key},
                    {"region", ColumnKind::key},   {"unit", ColumnKind::key},
                    {"effective", ColumnKind::key}, {"price", ColumnKind::figure},
                    {"currency", ColumnKind::text}, {"ref", ColumnKind::text, 9}};
  for (const UnitPrice& price : fact.card.prices) {
    report.rows.push_back({cell_of(price.service), cell_of(price.sku), cell_of(price.region),
                           price.unit, price.effective_on.to_string(), Figure{price.price, 0},
                           std::string{fact.card.currency.code()}, ref_of(record)});
  }
  report.notes.push_back("rate card " + fact.card.id + " from " + fact.file +
                         "; an empty service, SKU or region is any");
}

void add_events(Report& report, const EventsAccepted& fact, std::int64_t record) {
  report.columns = {{"investee", ColumnKind::key},   {"currency", ColumnKind::key},
                    {"events", ColumnKind::count},   {"amount", ColumnKind::figure},
                    {"first_at", ColumnKind::text},  {"last_at", ColumnKind::text},
                    {"ref", ColumnKind::text, 9}};
  std::map<std::pair<std::string, std::string>, EventTotal> totals;
  for (const Event& event : fact.events) {
    const auto [found, is_new] = totals.emplace(
        std::pair{event.key.investee, event.key.currency}, EventTotal{0, {}, event.at, event.at});
    EventTotal& total = found->second;
    ++total.count;
    total.amount += event.amount;
    total.first_at = std::min(total.first_at, event.at);
    total.last_at = std::max(total.last_at, event.at);
  }
  bool has_others = false;
  for (const auto& [key, total] : totals) {
    const Result<Currency> currency = Currency::from_code(key.second);
    has_others = has_others || key.first.empty();
    report.rows.push_back({cell_of(key.first), key.second, total.count,
                           Figure{total.amount, currency.ok() ? currency->minor_digits() : 0},
                           total.first_at.to_string(), total.last_at.to_string(), ref_of(record)});
  }
  if (has_others) report.notes.push_back("without an investee: events of other customers");
}

}  // namespace accrue
