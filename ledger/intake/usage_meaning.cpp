#include "ledger/intake/usage_meaning.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"

namespace accrue::usage {

namespace {

/// By hours and by the days of `zone`: a month of 31 days with an hour put in is a month all the
/// same.
bool is_too_long(const Row& row, const TimeZone& zone) {
  constexpr std::int64_t microseconds_per_day = 86'400'000'000;
  constexpr std::int32_t most_days = 31;
  const std::int64_t length = row.charge_end.microseconds - row.charge_start.microseconds;
  if (length <= most_days * microseconds_per_day) return false;
  const Date begin = zone.date_of(row.charge_start);
  const std::int64_t time_of_day =
      row.charge_start.microseconds - zone.midnight(begin).microseconds;
  const Instant last = zone.midnight(Date{begin.days + most_days});
  return row.charge_end.microseconds > last.microseconds + time_of_day;
}

Error too_long(const RowPlace& place) {
  const Columns& columns = place.columns;
  return columns.refusal(
      place.csv, Column::charge_period_end, ErrorCode::charge_too_long,
      fmt::format("{} is more than 31 days after {} {}",
                  shown(place.csv.field(columns.at(Column::charge_period_end))),
                  columns.name_of(Column::charge_period_start),
                  shown(place.csv.field(columns.at(Column::charge_period_start)))));
}

}  // namespace

RowMeaning::RowMeaning(DeliveryTerms terms, const DeliveryContext& context) : context_{context} {
  delivery_.terms = std::move(terms);
}

void RowMeaning::ask_for_match(Account& account, Instant at) {
  if (account.is_asked && account.answer.holds_at(at)) return;
  account.is_asked = true;
  account.answer = context_.matcher.answer(account.billing_account, account.sub_account, at);
  account.grant_missing =
      account.answer.match != nullptr &&
      std::ranges::count(delivery_.terms.overage_currencies, account.currency) == 0 &&
      !context_.has_grant(account.answer.match->investee, account.currency);
}

void RowMeaning::look_at_month(Instant at) {
  if (month_begin_ <= at && at < month_end_) return;
  month_ = context_.zone.period_of(at);
  month_begin_ = context_.zone.begin_of(month_);
  month_end_ = context_.zone.end_of(month_);
}

void RowMeaning::keep_undecided(const Account& account, const RowPlace& place, Column column,
                                ErrorCode code, std::string message, std::string hint) {
  const bool per_currency = code == ErrorCode::no_grant_in_currency;
  const std::string investee = per_currency ? account.answer.match->investee : "";
  const std::string currency = per_currency ? account.currency : "";
  for (Undecided& known : undecided_) {
    if (known.code == code && known.investee == investee && known.currency == currency) {
      ++known.row_count;
      return;
    }
  }
  undecided_.push_back(Undecided{code, investee, currency,
                                 Error{.code = code,
                                       .message = std::move(message),
                                       .place = place.columns.place_of(place.csv, column),
                                       .hint = std::move(hint)},
                                 1});
}

void RowMeaning::keep_settled(const Account& account, const Cost& cost) {
  CostSum settled;
  settled.add(cost);
  RowsAndAmount& total = delivery_.settled[{account.answer.match->investee, account.currency}];
  ++total.row_count;
  total.amount += settled.total();
}

std::optional<Error> RowMeaning::take_charge(std::size_t number, const Row& row,
                                             const RowPlace& place, Charge::Kind kind,
                                             Basis basis) {
  const Account& account = gatherer_.account(number);
  const Column column = column_of(basis);
  const auto index = static_cast<std::size_t>(column);
  if (row.is_null[index]) {
    return place.columns.refusal(place.csv, column, ErrorCode::null_not_allowed,
                                 "is null, and is what the charge burns at");
  }
  const Cost& cost = row.costs[index];
  if (!cost.is_zero() && is_too_long(row, place.zone)) return too_long(place);
  if (account.grant_missing) {
    keep_undecided(
        account, place,
        place.columns.has(Column::billing_currency) ? Column::billing_currency : column,
        ErrorCode::no_grant_in_currency,
        fmt::format("{} has charges in {} and no grant in {}", account.answer.match->investee,
                    account.currency, account.currency),
        fmt::format("add --overage-currency {} if they are to be cash-funded", account.currency));
    return std::nullopt;
  }
  look_at_month(row.charge_start);
  if (row.charge_end > month_end_ && !cost.is_zero()) {
    CostSum crossing;
    crossing.add(cost);
    delivery_.crossing[account.currency] += crossing.total();
  }
  const RowAddress address{place.file, place.csv.line()};
  gatherer_.add_charge(number, row, kind, cost, address);
  if (context_.charge_row) tell_charge_row(account, row, kind, cost, address, place.csv);
  return std::nullopt;
}

void RowMeaning::tell_charge_row(const Account& account, const Row& row, Charge::Kind kind,
                                 const Cost& cost, RowAddress address,
                                 const CsvReader& csv) const {
  CostSum amount;
  amount.add(cost);
  context_.charge_row({address,
                       Charge{.at = row.charge_start,
                              .key = {.investee = account.answer.match->investee,
                                      .currency = account.currency,
                                      .billing_account = account.billing_account,
                                      .sub_account = account.sub_account,
                                      .service = std::string{row.service},
                                      .sku = std::string{row.sku},
                                      .region = std::string{row.region}},
                              .kind = kind,
                              .category = row.category,
                              .charge_class = row.charge_class,
                              .billing_period = row.billing_period,
                              .row_count = 1,
                              .amount = amount.total()},
                       std::string{csv.row_text()}});
}

/// Which rows of an investee's account are charges, and what a Credit row is.
std::optional<Error> RowMeaning::take_match(std::size_t number, const Row& row,
                                            const RowPlace& place) {
  if (row.category == ChargeCategory::tax) return std::nullopt;
  const Account& account = gatherer_.account(number);
  const AccountMatcher::Match& match = *account.answer.match;
  const Basis basis = match.basis.value_or(delivery_.terms.basis);
  const Column column = column_of(basis);
  if (!place.columns.has(column)) {
    return Error{.code = ErrorCode::missing_column,
                 .message = fmt::format("the column {} is missing, which is the basis of {}",
                                        place.columns.name_of(column), match.investment),
                 .place = place.csv.place(),
                 .hint = std::string{page_of(ErrorCode::missing_column).fix}};
  }
  const Cost& cost = row.costs[static_cast<std::size_t>(column)];
  switch (row.category) {
    case ChargeCategory::usage:
    case ChargeCategory::adjustment:
      return take_charge(number, row, place, Charge::Kind::served, basis);
    case ChargeCategory::purchase:
      // A covering purchase is zero at effective cost; elsewhere it is money, not consumption.
      if (basis != Basis::effective || cost.is_zero()) return std::nullopt;
      return take_charge(number, row, place, Charge::Kind::served, basis);
    case ChargeCategory::tax:
    case ChargeCategory::credit:
      break;
  }
  if (!delivery_.terms.credit_rows) {
    keep_undecided(account, place, Column::charge_category, ErrorCode::credit_rows_undecided,
                   "has Credit rows of matched accounts, and the source does not say what they "
                   "mean",
                   std::string{page_of(ErrorCode::credit_rows_undecided).fix});
    return std::nullopt;
  }
  if (*delivery_.terms.credit_rows == CreditRows::reduces) {
    return take_charge(number, row, place, Charge::Kind::reduction, basis);
  }
  keep_settled(account, cost);
  return std::nullopt;
}

std::optional<Error> RowMeaning::take(const Row& row, const RowPlace& place) {
  const std::size_t number =
      gatherer_.account_of(row.billing_account, row.sub_account, row.currency);
  Account& account = gatherer_.account(number);
  ask_for_match(account, row.charge_start);
  const Cost& cost = row.costs[static_cast<std::size_t>(column_of(delivery_.terms.basis))];
  if (account.answer.match == nullptr) {
    look_at_month(row.charge_start);
    gatherer_.add_other(number, month_, cost);
  } else if (auto error = take_match(number, row, place)) {
    return error;
  }
  account.by_category[static_cast<std::size_t>(row.category)].add(cost);
  if (row.billing_period != last_billing_period_) {
    billing_periods_.insert(row.billing_period);
    last_billing_period_ = row.billing_period;
  }
  return std::nullopt;
}

std::vector<Error> RowMeaning::undecided() const {
  std::vector<Error> errors;
  for (const Undecided& undecided : undecided_) {
    errors.push_back(undecided.error);
    errors.back().notes.push_back(fmt::format("rows: {}", undecided.row_count));
  }
  return errors;
}

Delivery RowMeaning::finish() && {
  gatherer_.write_to(delivery_);
  delivery_.billing_periods.assign(billing_periods_.begin(), billing_periods_.end());
  return std::move(delivery_);
}

}  // namespace accrue::usage
