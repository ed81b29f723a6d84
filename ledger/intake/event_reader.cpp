#include "ledger/intake/event_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ledger/intake/excerpt.h"
#include "ledger/number/currency.h"

namespace accrue {

namespace {

/// What is read of an event: attributes first, then what stands in `data`.
enum class Field : std::size_t {
  specversion,
  id,
  source,
  type,
  subject,
  time,
  account,
  sub_account,
  service,
  sku,
  region,
  amount,
  currency,
  quantity,
  unit,
};
constexpr std::size_t field_count = 15;
constexpr std::size_t first_of_data = static_cast<std::size_t>(Field::account);
constexpr std::array<std::string_view, field_count> field_names{
    "specversion", "id",  "source", "type",   "subject",  "time",     "account", "sub_account",
    "service",     "sku", "region", "amount", "currency", "quantity", "unit"};

std::string_view name_of(Field field) { return field_names[static_cast<std::size_t>(field)]; }

/// The name of a field as messages show it, with where it stands.
std::string path_of(Field field) {
  const std::string name{name_of(field)};
  return static_cast<std::size_t>(field) < first_of_data ? name : "data." + name;
}

struct Value {
  enum class Kind { absent, text, number };
  Kind kind = Kind::absent;
  std::string text;
};

Error bad_json(std::string message) {
  return Error{.code = ErrorCode::bad_json,
               .message = std::move(message),
               .hint = "one CloudEvents 1.0 object a line"};
}

/// Takes the events of nlohmann's parser and keeps the fields of the first two floors. Numbers come
/// as they are written.
class FieldGatherer {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  bool null() { return put(Value::Kind::absent, {}); }
  bool boolean(bool) { return put_other("true or false"); }
  bool number_integer(number_integer_t value) {
    return put(Value::Kind::number, std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) {
    return put(Value::Kind::number, std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& written) {
    return put(Value::Kind::number, written);
  }
  bool string(string_t& value) { return put(Value::Kind::text, std::move(value)); }
  bool binary(binary_t&) { return false; }

  bool start_object(std::size_t) {
    if (depth_ == 0) is_object_ = true;
    if (depth_ == 1 && key_ == "data") {
      in_data_ = true;
      has_data_ = true;
    } else if (depth_ > 0 && !put_other("an object")) {
      return false;
    }
    ++depth_;
    return true;
  }
  bool end_object() {
    --depth_;
    if (depth_ == 1) in_data_ = false;
    return true;
  }
  bool start_array(std::size_t) {
    if (depth_ > 0 && !put_other("a list")) return false;
    ++depth_;
    return true;
  }
  bool end_array() {
    --depth_;
    return true;
  }
  bool key(string_t& value) {
    key_ = std::move(value);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception& exception) {
    std::string what = exception.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 5: ..."
    if (const std::size_t at = what.find(": "); at != std::string::npos) what.erase(0, at + 2);
    error_ = bad_json("not JSON: " + what);
    error_->place.column = position;
    return false;
  }

  std::optional<Error> error() const {
    if (error_) return error_;
    if (!is_object_) return bad_json("the line is no JSON object");
    if (!has_data_) return bad_json("the event has no object `data`");
    return std::nullopt;
  }
  const Value& operator[](Field field) const { return values_[static_cast<std::size_t>(field)]; }

 private:
  /// The field that the key in hand names on the floor in hand.
  std::optional<std::size_t> field_in_hand() const {
    const bool is_attribute = depth_ == 1;
    if (!is_attribute && !(depth_ == 2 && in_data_)) return std::nullopt;
    const std::size_t first = is_attribute ? 0 : first_of_data;
    const std::size_t last = is_attribute ? first_of_data : field_count;
    for (std::size_t i = first; i < last; ++i) {
      if (field_names[i] == key_) return i;
    }
    return std::nullopt;
  }

  bool put(Value::Kind kind, std::string text) {
    const std::optional<std::size_t> field = field_in_hand();
    if (!field) return true;
    if (is_set_[*field]) {
      error_ = bad_json(path_of(static_cast<Field>(*field)) + " stands twice");
      return false;
    }
    is_set_[*field] = true;
    values_[*field] = {kind, std::move(text)};
    return true;
  }

  bool put_other(std::string_view what) {
    const std::optional<std::size_t> field = field_in_hand();
    if (!field) return true;
    error_ = Error{.code = ErrorCode::bad_value,
                   .message = fmt::format("{} is {}", path_of(static_cast<Field>(*field)), what),
                   .hint = "deliver a text, or for amounts and quantities a number"};
    return false;
  }

  int depth_ = 0;
  bool in_data_ = false;
  bool is_object_ = false;
  bool has_data_ = false;
  std::string key_;
  std::array<Value, field_count> values_;
  std::array<bool, field_count> is_set_{};
  std::optional<Error> error_;
};

Error missing(Field field, std::string hint) {
  return Error{.code = ErrorCode::missing_key,
               .message = path_of(field) + " is missing",
               .hint = std::move(hint)};
}

Error bad_value(Field field, const std::string& problem, std::string hint) {
  return Error{.code = ErrorCode::bad_value,
               .message = path_of(field) + ' ' + problem,
               .hint = std::move(hint)};
}

/// The text of a field; empty when it is absent. A number is no text: `7` and `"7"` would be two
/// accounts or one, and nobody could say which.
Result<std::string> text_of(const FieldGatherer& fields, Field field) {
  const Value& value = fields[field];
  if (value.kind == Value::Kind::number) {
    return bad_value(field, "is the number " + value.text + ", not a text", "put it in quotes");
  }
  return value.text;
}

Result<std::string> text_needed(const FieldGatherer& fields, Field field) {
  ACCRUE_TRY(text, text_of(fields, field));
  if (text.empty()) return missing(field, "every event has it");
  return text;
}

/// JSON writes exponents as e, E, with a plus or without.
std::string plain_exponent(std::string text) {
  std::replace(text.begin(), text.end(), 'e', 'E');
  std::erase(text, '+');
  return text;
}

Result<std::optional<Decimal>> number_of(const FieldGatherer& fields, Field field) {
  const Value& value = fields[field];
  if (value.kind == Value::Kind::absent) return std::optional<Decimal>{};
  const Result<Decimal> number = Decimal::parse(
      value.kind == Value::Kind::number ? plain_exponent(value.text) : value.text);
  if (number.ok()) return std::optional{*number};
  Error error = number.error();
  error.message = path_of(field) + ' ' +
                  (error.code == ErrorCode::bad_decimal
                       ? shown(value.text) + " is not a decimal number"
                       : error.message);
  return error;
}

Result<Done> read_attributes(const FieldGatherer& fields, Event& event) {
  ACCRUE_TRY(specversion, text_needed(fields, Field::specversion));
  if (specversion != "1.0") {
    return bad_value(Field::specversion, "is " + shown(specversion) + ", not '1.0'",
                     "deliver CloudEvents 1.0");
  }
  ACCRUE_TRY(id, text_needed(fields, Field::id));
  ACCRUE_TRY(source, text_needed(fields, Field::source));
  ACCRUE_TRY(type, text_needed(fields, Field::type));
  ACCRUE_TRY(subject, text_of(fields, Field::subject));
  ACCRUE_TRY(time, text_needed(fields, Field::time));
  Result<Instant> at = Instant::parse(time);
  if (!at.ok()) {
    Error error = at.error();
    error.message = "time " + error.message;
    return error;
  }
  event.id = std::move(id);
  event.source = std::move(source);
  event.type = std::move(type);
  event.subject = std::move(subject);
  event.at = *at;
  return Done{};
}

Result<Done> read_key(const FieldGatherer& fields, Event& event) {
  ACCRUE_TRY(account, text_of(fields, Field::account));
  if (account.empty()) account = event.subject;
  if (account.empty()) return missing(Field::account, "or name the customer in `subject`");
  event.key.billing_account = std::move(account);
  ACCRUE_TRY(sub_account, text_of(fields, Field::sub_account));
  ACCRUE_TRY(service, text_of(fields, Field::service));
  ACCRUE_TRY(sku, text_of(fields, Field::sku));
  ACCRUE_TRY(region, text_of(fields, Field::region));
  ACCRUE_TRY(currency, text_of(fields, Field::currency));
  if (!currency.empty()) ACCRUE_TRY_DONE(Currency::from_code(currency));
  event.key.sub_account = std::move(sub_account);
  event.key.service = std::move(service);
  event.key.sku = std::move(sku);
  event.key.region = std::move(region);
  event.key.currency = std::move(currency);
  return Done{};
}

Result<Done> read_amount(const FieldGatherer& fields, Event& event) {
  ACCRUE_TRY(amount, number_of(fields, Field::amount));
  ACCRUE_TRY(quantity, number_of(fields, Field::quantity));
  ACCRUE_TRY(unit, text_of(fields, Field::unit));
  if (amount && quantity) {
    return bad_value(Field::quantity, "stands beside data.amount",
                     "state an amount, or a quantity for the rate card to price");
  }
  if (amount) {
    if (event.key.currency.empty()) return missing(Field::currency, "an amount has a currency");
    event.amount = *amount;
    return Done{};
  }
  if (!quantity) return missing(Field::amount, "or state data.quantity and data.unit");
  if (unit.empty()) return missing(Field::unit, "a quantity has a unit");
  event.metered = Metered{*quantity, unit, {}, {}};
  return Done{};
}

/// Quantity times price. Errors: decimal_too_wide.
Result<Decimal> priced(const Decimal& quantity, const Decimal& price) {
  const Int1024 product = Int1024{quantity.units()} * Int1024{price.units()};
  const Int1024 unit{power_of_ten(Decimal::fraction_digits)};
  const Int1024 units = product / unit;
  const Int1024 most{power_of_ten(Decimal::significant_digits + Decimal::fraction_digits)};
  if (units * unit != product || units >= most || units <= -most) {
    return Error{.code = ErrorCode::decimal_too_wide,
                 .message = quantity.to_string() + " times " + price.to_string() +
                            " has more than 30 fraction or 38 integer digits",
                 .hint = "accrue never rounds input: meter or price it with fewer digits"};
  }
  return Decimal::from_units(Int256{units});
}

Result<Done> price(Event& event, const EventContext& context) {
  const ChargeKey& key = event.key;
  const UnitPrice* const found =
      price_of(context.rate_card, {key.service, key.sku, key.region, event.metered->unit,
                                   context.zone.date_of(event.at)});
  if (found == nullptr) {
    return Error{.code = ErrorCode::price_missing,
                 .message = fmt::format(
                     "no price per {} for service {}, SKU {}, region {} on {}",
                     shown(event.metered->unit), shown(key.service), shown(key.sku),
                     shown(key.region), context.zone.date_of(event.at).to_string()),
                 .hint = std::string{page_of(ErrorCode::price_missing).fix}};
  }
  const RateCard& card = context.rate_card.front();
  if (!key.currency.empty() && key.currency != card.currency.code()) {
    return bad_value(Field::currency,
                     fmt::format("is {}, and rate card {} is in {}", key.currency, card.id,
                                 card.currency.code()),
                     "leave the currency of a quantity out");
  }
  ACCRUE_TRY(amount, priced(event.metered->quantity, found->price));
  event.amount = amount;
  event.metered->unit_price = found->price;
  event.metered->rate_card = card.id;
  event.key.currency = card.currency.code();
  return Done{};
}

}  // namespace

Result<Event> read_event(std::string_view line) {
  FieldGatherer fields;
  const bool is_read = nlohmann::json::sax_parse(line.begin(), line.end(), &fields);
  if (const std::optional<Error> error = fields.error()) return *error;
  if (!is_read) return bad_json("not JSON");
  Event event;
  ACCRUE_TRY_DONE(read_attributes(fields, event));
  ACCRUE_TRY_DONE(read_key(fields, event));
  ACCRUE_TRY_DONE(read_amount(fields, event));
  return event;
}

Result<Event> accept_event(Event event, const EventContext& context) {
  if (event.metered) ACCRUE_TRY_DONE(price(event, context));
  const AccountMatcher::Match* const match =
      context.matcher.find(event.key.billing_account, event.key.sub_account, event.at);
  if (match == nullptr) return event;
  event.key.investee = match->investee;
  const std::string& currency = event.key.currency;
  const bool is_accepted = context.has_grant(match->investee, currency) ||
                           std::ranges::count(context.overage_currencies, currency) > 0;
  if (is_accepted) return event;
  return Error{.code = ErrorCode::no_grant_in_currency,
               .message = fmt::format("{} has charges in {} and no grant in {}", match->investee,
                                      currency, currency),
               .hint = fmt::format("add --overage-currency {} if they are to be cash-funded",
                                   currency)};
}

}  // namespace accrue
