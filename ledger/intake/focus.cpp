#include "ledger/intake/focus.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ledger/intake/csv.h"
#include "ledger/intake/excerpt.h"
#include "ledger/intake/focus_columns.h"
#include "ledger/intake/focus_cost.h"
#include "ledger/intake/focus_date.h"
#include "ledger/intake/focus_tally.h"
#include "ledger/intake/focus_warnings.h"
#include "ledger/number/currency.h"

namespace accrue {

namespace {

using namespace focus;

constexpr std::size_t most_listed = 20;
constexpr std::int64_t microseconds_per_day = 86'400'000'000;
constexpr std::size_t cost_count = 4;  ///< the first four columns
constexpr std::array<std::string_view, 5> categories{"Usage", "Purchase", "Tax", "Credit",
                                                     "Adjustment"};
constexpr std::array<std::string_view, 1> classes{"Correction"};

bool is_null(std::string_view text) {
  return text.empty() || text == "NULL" || text == "null" || text == "(null)";
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// A field as CSV.
std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

/// The last text read of a column that takes few values, and what became of it.
struct KeptValue {
  std::string text;
  std::size_t value = 0;
  std::optional<std::size_t> warning;
  bool is_set = false;
};

/// The cells of a row, read.
struct Row {
  ChargeCategory category = ChargeCategory::usage;
  ChargeClass charge_class = ChargeClass::regular;
  std::size_t account = 0;
  Instant billing_start;
  Instant billing_end;
  Instant charge_start;
  Instant charge_end;
  std::array<Cost, cost_count> costs;
  std::array<bool, cost_count> is_null{};
};

/// Something the source must decide before any of the delivery is taken; said once.
struct Undecided {
  ErrorCode code;
  std::string investee;
  std::string currency;
  Error error;
  std::int64_t row_count = 0;
};

class DeliveryReader {
 public:
  DeliveryReader(DeliveryTerms terms, const DeliveryContext& context, std::int64_t all_bytes)
      : context_{context}, all_bytes_{all_bytes}, instants_{terms.slash_dates} {
    delivery_.terms = std::move(terms);
  }

  Result<Done> read_file(const std::string& path);
  Result<DeliveryReading> finish() &&;

 private:
  Result<Done> read_rows(CsvReader& csv);
  Result<Done> read_file_content(CsvReader& csv);

  // What a row says: on refusal the error, with its place.
  std::optional<Error> read_row(CsvReader& csv);
  std::optional<Error> read_categories(CsvReader& csv);
  std::optional<Error> read_account(CsvReader& csv);
  std::optional<Error> read_instants(CsvReader& csv);
  std::optional<Error> read_costs(CsvReader& csv);
  std::optional<Error> read_enumeration(CsvReader& csv, Column column,
                                        std::span<const std::string_view> allowed, KeptValue& kept);
  std::optional<Error> read_instant(CsvReader& csv, Column column, Instant& at);
  void warn_of_loose_number(const CsvReader& csv, Column column);

  // What it means.
  std::optional<Error> take_row(CsvReader& csv);
  std::optional<Error> take_charge(CsvReader& csv, Charge::Kind kind, Basis basis);
  void ask_for_match(Account& account);
  bool is_too_long() const;
  void count_row();
  void count_billing_period();
  void look_at_month(Instant at);

  std::string_view cell(CsvReader& csv, Column column) const;
  std::string_view text_or_empty(CsvReader& csv, Column column) const;
  Error refuse(const CsvReader& csv, Column column, ErrorCode code, std::string message,
               std::string hint = "") const;
  void keep_refused(const CsvReader& csv, Error error);
  void keep_undecided(const CsvReader& csv, Column column, ErrorCode code, std::string message,
                      std::string hint);
  void report_progress(const CsvReader& csv) const;

  const DeliveryContext& context_;
  std::int64_t all_bytes_;
  std::int64_t bytes_before_ = 0;  ///< of the files read through

  Delivery delivery_;
  Gatherer gatherer_;
  Warnings warnings_;
  Refusal refusal_;
  std::vector<Undecided> undecided_;
  std::string quarantine_;

  // Of the file in hand.
  UsageFile* file_ = nullptr;
  Columns columns_;
  InstantReader instants_;
  Row row_;
  KeptValue category_;
  KeptValue charge_class_;
  std::string good_currency_;
  std::array<std::optional<std::size_t>, cost_count> loose_numbers_;

  // The month of the book that was last looked at, and the billing period that was last counted.
  Period month_;
  Instant month_begin_;
  Instant month_end_;
  std::optional<std::pair<Instant, Instant>> billing_period_;
  std::set<Period> billing_periods_;
};

std::string_view DeliveryReader::cell(CsvReader& csv, Column column) const {
  return csv.field(columns_.at(column));
}

std::string_view DeliveryReader::text_or_empty(CsvReader& csv, Column column) const {
  if (!columns_.has(column)) return {};
  const std::string_view text = cell(csv, column);
  return is_null(text) ? std::string_view{} : text;
}

Error DeliveryReader::refuse(const CsvReader& csv, Column column, ErrorCode code,
                             std::string message, std::string hint) const {
  if (hint.empty()) hint = page_of(code).fix;
  return Error{.code = code,
               .message = std::string{name_of(column)} + ' ' + std::move(message),
               .place = csv.place_of(columns_.at(column)),
               .hint = std::move(hint)};
}

std::optional<Error> DeliveryReader::read_enumeration(CsvReader& csv, Column column,
                                                      std::span<const std::string_view> allowed,
                                                      KeptValue& kept) {
  const std::string_view text = cell(csv, column);
  if (kept.is_set && kept.text == text) {
    if (kept.warning) warnings_.again(*kept.warning);
    return std::nullopt;
  }
  const auto found = std::ranges::find_if(
      allowed, [&](std::string_view value) { return equal_but_for_case(value, text); });
  if (found == allowed.end()) {
    return refuse(csv, column, ErrorCode::not_allowed_value,
                  shown(text) + " is none of " + fmt::format("{}", fmt::join(allowed, ", ")));
  }
  kept.text = text;
  kept.value = static_cast<std::size_t>(found - allowed.begin());
  kept.warning.reset();
  kept.is_set = true;
  if (*found != text) {
    kept.warning = warnings_.add(
        "value_case", fmt::format("{} {} is read as {}", name_of(column), shown(text), *found),
        csv.place_of(columns_.at(column)));
  }
  return std::nullopt;
}

std::optional<Error> DeliveryReader::read_categories(CsvReader& csv) {
  if (is_null(cell(csv, Column::charge_category))) {
    return refuse(csv, Column::charge_category, ErrorCode::null_not_allowed, "is null");
  }
  if (auto error = read_enumeration(csv, Column::charge_category, categories, category_)) {
    return error;
  }
  row_.category = static_cast<ChargeCategory>(category_.value);

  row_.charge_class = ChargeClass::regular;
  if (text_or_empty(csv, Column::charge_class).empty()) return std::nullopt;
  if (auto error = read_enumeration(csv, Column::charge_class, classes, charge_class_)) {
    return error;
  }
  row_.charge_class = ChargeClass::correction;
  return std::nullopt;
}

std::optional<Error> DeliveryReader::read_account(CsvReader& csv) {
  const std::string_view billing_account = text_or_empty(csv, Column::billing_account);
  if (billing_account.empty() && columns_.has(Column::billing_account)) {
    return refuse(csv, Column::billing_account, ErrorCode::null_not_allowed, "is null");
  }
  std::string_view currency = delivery_.terms.absent_currency;
  if (columns_.has(Column::billing_currency)) {
    currency = cell(csv, Column::billing_currency);
    if (currency.empty() || currency != good_currency_) {
      if (is_null(currency)) {
        return refuse(csv, Column::billing_currency, ErrorCode::null_not_allowed, "is null");
      }
      if (!Currency::from_code(currency).ok()) {
        return refuse(csv, Column::billing_currency, ErrorCode::bad_currency,
                      shown(currency) + " is not an ISO 4217 currency code");
      }
      good_currency_ = currency;
    }
  }
  row_.account =
      gatherer_.account_of(billing_account, text_or_empty(csv, Column::sub_account), currency);
  return std::nullopt;
}

std::optional<Error> DeliveryReader::read_instant(CsvReader& csv, Column column, Instant& at) {
  const std::string_view text = cell(csv, column);
  if (instants_.read_known_day(text, at)) return std::nullopt;
  if (is_null(text)) return refuse(csv, column, ErrorCode::null_not_allowed, "is null");
  auto read = instants_.read(text);
  if (!read.ok()) {
    const Error& error = read.error();
    return refuse(csv, column, error.code, error.message, error.hint);
  }
  at = *read;
  return std::nullopt;
}

std::optional<Error> DeliveryReader::read_instants(CsvReader& csv) {
  struct Cell {
    Column column;
    Instant& at;
  };
  for (const auto& [column, at] : {Cell{Column::billing_period_start, row_.billing_start},
                                   Cell{Column::billing_period_end, row_.billing_end},
                                   Cell{Column::charge_period_start, row_.charge_start},
                                   Cell{Column::charge_period_end, row_.charge_end}}) {
    if (auto error = read_instant(csv, column, at)) return error;
  }
  const auto not_after = [&](Column end, Column start) {
    return refuse(csv, end, ErrorCode::empty_interval,
                  fmt::format("{} is not after {} {}", shown(cell(csv, end)), name_of(start),
                              shown(cell(csv, start))));
  };
  if (row_.billing_end <= row_.billing_start) {
    return not_after(Column::billing_period_end, Column::billing_period_start);
  }
  if (row_.charge_end <= row_.charge_start) {
    return not_after(Column::charge_period_end, Column::charge_period_start);
  }
  return std::nullopt;
}

std::optional<Error> DeliveryReader::read_costs(CsvReader& csv) {
  for (std::size_t i = 0; i < cost_count; ++i) {
    const auto column = static_cast<Column>(i);
    Cost& cost = row_.costs[i];
    cost = Cost{};  // null counts as zero, not as the row before
    row_.is_null[i] = true;
    if (!columns_.has(column)) continue;
    const std::string_view text = cell(csv, column);
    if (read_plain_cost(text, cost)) {
      row_.is_null[i] = false;
      continue;
    }
    if (is_null(text)) {
      // FOCUS allows null in none of the four; files in the wild have it in the last two.
      if (column == Column::billed_cost || column == Column::effective_cost) {
        return refuse(csv, column, ErrorCode::null_not_allowed, "is null");
      }
      continue;
    }
    const auto form = read_cost(text, cost);
    if (!form.ok() && form.error().code == ErrorCode::bad_decimal) {
      return refuse(csv, column, ErrorCode::bad_decimal, shown(text) + " is not a decimal number");
    }
    if (!form.ok()) return refuse(csv, column, form.error().code, form.error().message);
    if (*form == CostForm::loose) warn_of_loose_number(csv, column);
    row_.is_null[i] = false;
  }
  return std::nullopt;
}

void DeliveryReader::warn_of_loose_number(const CsvReader& csv, Column column) {
  std::optional<std::size_t>& warning = loose_numbers_[static_cast<std::size_t>(column)];
  if (warning) {
    warnings_.again(*warning);
    return;
  }
  warning = warnings_.add("loose_number",
                          std::string{name_of(column)} +
                              " has numbers in a form that FOCUS does not allow: spaces around, or "
                              "an exponent written 'e' or 'E+'",
                          csv.place_of(columns_.at(column)));
}

std::optional<Error> DeliveryReader::read_row(CsvReader& csv) {
  if (csv.field_count() != columns_.field_count()) {
    return Error{.code = ErrorCode::ragged_row,
                 .message = fmt::format("the row has {} fields and the header {}",
                                        csv.field_count(), columns_.field_count()),
                 .place = csv.place(),
                 .hint = std::string{page_of(ErrorCode::ragged_row).fix}};
  }
  if (auto error = read_categories(csv)) return error;
  if (auto error = read_account(csv)) return error;
  if (auto error = read_instants(csv)) return error;
  return read_costs(csv);
}

void DeliveryReader::ask_for_match(Account& account) {
  if (account.is_asked && account.answer.holds_at(row_.charge_start)) return;
  account.is_asked = true;
  account.answer =
      context_.matcher.answer(account.billing_account, account.sub_account, row_.charge_start);
  account.grant_missing =
      account.answer.match != nullptr &&
      std::ranges::count(delivery_.terms.overage_currencies, account.currency) == 0 &&
      !context_.has_grant(account.answer.match->investee, account.currency);
}

void DeliveryReader::look_at_month(Instant at) {
  if (month_begin_ <= at && at < month_end_) return;
  month_ = context_.zone.period_of(at);
  month_begin_ = context_.zone.begin_of(month_);
  month_end_ = context_.zone.end_of(month_);
}

/// By hours and by the book's days: a month of 31 days with an hour put in is a month all the same.
bool DeliveryReader::is_too_long() const {
  constexpr std::int32_t most_days = 31;
  const std::int64_t length = row_.charge_end.microseconds - row_.charge_start.microseconds;
  if (length <= most_days * microseconds_per_day) return false;
  const Date begin = context_.zone.date_of(row_.charge_start);
  const std::int64_t time_of_day =
      row_.charge_start.microseconds - context_.zone.midnight(begin).microseconds;
  const Instant last = context_.zone.midnight(Date{begin.days + most_days});
  return row_.charge_end.microseconds > last.microseconds + time_of_day;
}

void DeliveryReader::count_billing_period() {
  const std::pair period{row_.billing_start, row_.billing_end};
  if (billing_period_ == period) return;
  billing_period_ = period;
  const std::int64_t length = std::min(
      row_.billing_end.microseconds - row_.billing_start.microseconds, 28 * microseconds_per_day);
  billing_periods_.insert(
      context_.zone.period_of(Instant{row_.billing_start.microseconds + length / 2}));
}

void DeliveryReader::count_row() {
  const auto basis = static_cast<std::size_t>(column_of(delivery_.terms.basis));
  gatherer_.account(row_.account)
      .by_category[static_cast<std::size_t>(row_.category)]
      .add(row_.costs[basis]);
  count_billing_period();
}

std::optional<Error> DeliveryReader::take_charge(CsvReader& csv, Charge::Kind kind, Basis basis) {
  const Column column = column_of(basis);
  const auto index = static_cast<std::size_t>(column);
  if (row_.is_null[index]) {
    return refuse(csv, column, ErrorCode::null_not_allowed,
                  "is null, and is what the charge burns at");
  }
  const Cost& cost = row_.costs[index];
  if (!cost.is_zero() && is_too_long()) {
    return refuse(csv, Column::charge_period_end, ErrorCode::charge_too_long,
                  fmt::format("{} is more than 31 days after ChargePeriodStart {}",
                              shown(cell(csv, Column::charge_period_end)),
                              shown(cell(csv, Column::charge_period_start))));
  }

  const Account& account = gatherer_.account(row_.account);
  if (account.grant_missing) {
    const Column place = columns_.has(Column::billing_currency) ? Column::billing_currency : column;
    keep_undecided(
        csv, place, ErrorCode::no_grant_in_currency,
        fmt::format("{} has charges in {} and no grant in {}", account.answer.match->investee,
                    account.currency, account.currency),
        fmt::format("add --overage-currency {} if they are to be cash-funded", account.currency));
    return std::nullopt;
  }
  look_at_month(row_.charge_start);
  if (row_.charge_end > month_end_ && !cost.is_zero()) {
    CostSum crossing;
    crossing.add(cost);
    delivery_.crossing[account.currency] += crossing.total();
  }
  gatherer_.add_charge(row_.account, text_or_empty(csv, Column::service),
                       text_or_empty(csv, Column::sku), text_or_empty(csv, Column::region),
                       row_.charge_start, kind, row_.category, row_.charge_class, cost);
  return std::nullopt;
}

/// Source: semantics, section 3: which rows are charges, and what a Credit row is.
std::optional<Error> DeliveryReader::take_row(CsvReader& csv) {
  Account& account = gatherer_.account(row_.account);
  ask_for_match(account);
  const AccountMatcher::Match* match = account.answer.match;
  if (match == nullptr) {
    const auto index = static_cast<std::size_t>(column_of(delivery_.terms.basis));
    look_at_month(row_.charge_start);
    gatherer_.add_other(row_.account, month_, row_.costs[index]);
    return std::nullopt;
  }

  if (row_.category == ChargeCategory::tax) return std::nullopt;
  const Basis basis = match->basis.value_or(delivery_.terms.basis);
  const Column column = column_of(basis);
  if (!columns_.has(column)) {
    return Error{.code = ErrorCode::missing_column,
                 .message = fmt::format("the column {} is missing, which is the basis of {}",
                                        name_of(column), match->investment),
                 .place = csv.place(),
                 .hint = std::string{page_of(ErrorCode::missing_column).fix}};
  }
  const auto index = static_cast<std::size_t>(column);
  const Cost& cost = row_.costs[index];
  switch (row_.category) {
    case ChargeCategory::usage:
    case ChargeCategory::adjustment:
      return take_charge(csv, Charge::Kind::served, basis);
    case ChargeCategory::purchase:
      // A covering purchase is zero at effective cost; elsewhere it is money, not consumption.
      if (basis != Basis::effective || cost.is_zero()) return std::nullopt;
      return take_charge(csv, Charge::Kind::served, basis);
    case ChargeCategory::tax:
    case ChargeCategory::credit:
      break;
  }
  if (!delivery_.terms.credit_rows) {
    keep_undecided(csv, Column::charge_category, ErrorCode::credit_rows_undecided,
                   "has Credit rows of matched accounts, and the source does not say what they "
                   "mean",
                   std::string{page_of(ErrorCode::credit_rows_undecided).fix});
    return std::nullopt;
  }
  if (*delivery_.terms.credit_rows == CreditRows::reduces) {
    return take_charge(csv, Charge::Kind::reduction, basis);
  }
  CostSum settled;
  settled.add(cost);
  RowsAndAmount& total = delivery_.settled[{match->investee, account.currency}];
  ++total.row_count;
  total.amount += settled.total();
  return std::nullopt;
}

void DeliveryReader::keep_refused(const CsvReader& csv, Error error) {
  if (delivery_.terms.on_error == OnError::quarantine) {
    ++file_->quarantined_count;
    if (quarantine_.empty()) quarantine_ = "file,line,code,message,row\n";
    quarantine_ += fmt::format("{},{},{},{},{}\n", csv_field(file_->name), csv.line(),
                               accrue::name_of(error.code), csv_field(error.message),
                               csv_field(csv.row_text()));
  } else if (refusal_.errors.size() < most_listed) {
    refusal_.errors.push_back(std::move(error));
  } else {
    ++refusal_.unlisted_count;
  }
}

void DeliveryReader::keep_undecided(const CsvReader& csv, Column column, ErrorCode code,
                                    std::string message, std::string hint) {
  const Account& account = gatherer_.account(row_.account);
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
                                       .place = csv.place_of(columns_.at(column)),
                                       .hint = std::move(hint)},
                                 1});
}

void DeliveryReader::report_progress(const CsvReader& csv) const {
  if (context_.progress) {
    context_.progress(bytes_before_ + csv.source().byte_count(), all_bytes_);
  }
}

Result<Done> DeliveryReader::read_rows(CsvReader& csv) {
  constexpr std::int64_t rows_between_reports = 1 << 14;
  while (true) {
    ACCRUE_TRY(more, csv.advance());
    if (!more) return Done{};
    ++file_->row_count;
    if (file_->row_count % rows_between_reports == 0) report_progress(csv);
    auto error = read_row(csv);
    if (!error) error = take_row(csv);
    if (!error) {
      count_row();
    } else if (error->code == ErrorCode::missing_column) {
      return std::move(*error);
    } else {
      keep_refused(csv, std::move(*error));
    }
  }
}

Result<Done> DeliveryReader::read_file_content(CsvReader& csv) {
  ACCRUE_TRY(any, csv.advance());
  if (!any) {
    return Error{.code = ErrorCode::empty_file,
                 .message = csv.file() + " has no header",
                 .place = Place{.file = csv.file()},
                 .hint = std::string{page_of(ErrorCode::empty_file).fix}};
  }
  ACCRUE_TRY(columns, Columns::bind(csv, delivery_.terms, warnings_));
  columns_ = columns;
  return read_rows(csv);
}

Result<Done> DeliveryReader::read_file(const std::string& path) {
  ACCRUE_TRY(source, ByteSource::open(path));
  CsvReader csv{std::move(source), path};
  file_ = &delivery_.files.emplace_back();
  file_->name = std::filesystem::path{path}.filename().string();
  if (auto read = read_file_content(csv); !read.ok()) {
    // What rows before it were refused for is said too.
    for (const Error& error : read.refusal().errors) refusal_.errors.push_back(error);
    return std::move(refusal_);
  }
  file_->sha256 = csv.source().sha256();
  file_->byte_count = csv.source().byte_count();
  bytes_before_ += file_->byte_count;
  for (const UsageFile& other : delivery_.files) {
    if (&other == file_ || other.sha256 != file_->sha256) continue;
    return Error{.code = ErrorCode::already_imported,
                 .message = other.name + " and " + file_->name + " have the same content",
                 .place = Place{.file = path},
                 .hint = "name each file once"};
  }
  return Done{};
}

Result<DeliveryReading> DeliveryReader::finish() && {
  // What stops the whole delivery comes before what is wrong with single rows.
  Refusal refusal;
  for (Undecided& undecided : undecided_) {
    undecided.error.notes.push_back(fmt::format("rows: {}", undecided.row_count));
    refusal.errors.push_back(std::move(undecided.error));
  }
  refusal.errors.insert(refusal.errors.end(), refusal_.errors.begin(), refusal_.errors.end());
  refusal.unlisted_count = refusal_.unlisted_count;
  if (!refusal.errors.empty()) return refusal;

  gatherer_.write_to(delivery_);
  delivery_.billing_periods.assign(billing_periods_.begin(), billing_periods_.end());
  return DeliveryReading{.delivery = std::move(delivery_),
                         .warnings = std::move(warnings_).take(),
                         .quarantine_csv = std::move(quarantine_)};
}

}  // namespace

Result<DeliveryReading> read_focus(const std::vector<std::string>& paths, DeliveryTerms terms,
                                   const DeliveryContext& context) {
  if (!terms.absent_currency.empty()) {
    ACCRUE_TRY(currency, Currency::from_code(terms.absent_currency));
    terms.absent_currency = currency.code();
  }
  std::int64_t all_bytes = 0;
  for (const std::string& path : paths) {
    std::error_code unknown;
    const auto size = std::filesystem::file_size(path, unknown);
    if (!unknown) all_bytes += static_cast<std::int64_t>(size);
  }
  DeliveryReader reader{std::move(terms), context, all_bytes};
  for (const std::string& path : paths) ACCRUE_TRY_DONE(reader.read_file(path));
  return std::move(reader).finish();
}

}  // namespace accrue
