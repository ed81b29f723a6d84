#include "ledger/intake/fact.h"

#include <limits>
#include <map>

#include "ledger/error/check.h"
#include "ledger/intake/fact_bytes.h"
#include "ledger/intake/fact_fields.h"

namespace accrue {

namespace {

/// The first byte of every fact: the version of these layouts.
constexpr std::uint8_t fact_version = 1;

constexpr std::uint8_t reduction_bit = 1;
constexpr std::uint8_t correction_bit = 2;
constexpr int category_shift = 2;
constexpr std::uint8_t category_mask = 7;
constexpr std::uint8_t bill_bit = 32;
constexpr std::uint8_t no_mark = 64;  ///< from here on nothing is marked

/// In the byte that numbers a close's forecast: a saved one, whose citation follows.
constexpr auto saved_forecast_number = static_cast<std::uint8_t>(last_draw_forecast) + 1;
/// In the byte that says how an estimate is measured: a citation ends the fact.
constexpr std::uint8_t evidence_bit = 2;

struct LessOfPointed {
  bool operator()(const ChargeKey* a, const ChargeKey* b) const { return *a < *b; }
};

/// The bytes behind the version. Throws DamagedBytes.
std::string_view after_version(std::string_view bytes) {
  if (bytes.empty() || static_cast<std::uint8_t>(bytes[0]) != fact_version) throw DamagedBytes{};
  return bytes.substr(1);
}

template <typename Alternative>
Fact read(std::string_view bytes) {
  FactReader reader{bytes};
  Alternative fact = blank<Alternative>();
  reader(fact);
  reader.finish();
  return fact;
}

}  // namespace

void FactWriter::operator()(const std::vector<Charge>& charges) {
  std::map<const ChargeKey*, std::uint64_t, LessOfPointed> numbers;
  for (const Charge& charge : charges) numbers.try_emplace(&charge.key, 0);
  out_.put_i64(static_cast<std::int64_t>(numbers.size()));
  std::uint64_t count = 0;
  for (auto& [key, number] : numbers) {
    number = count++;
    (*this)(*key);
  }

  out_.put_i64(static_cast<std::int64_t>(charges.size()));
  std::int64_t previous_at = 0;
  std::int64_t previous_bill = 0;
  for (const Charge& charge : charges) {
    const std::int64_t at = charge.at.microseconds;
    out_.put_signed_varint(wrapping_difference(at, previous_at));
    previous_at = at;
    out_.put_varint(numbers.at(&charge.key));
    out_.put_u8(static_cast<std::uint8_t>(
        (charge.kind == Charge::Kind::reduction ? reduction_bit : 0) |
        (charge.charge_class == ChargeClass::correction ? correction_bit : 0) |
        (charge.billing_period ? bill_bit : 0) |
        static_cast<int>(charge.category) << category_shift));
    if (charge.billing_period) {
      out_.put_signed_varint(wrapping_difference(charge.billing_period->months, previous_bill));
      previous_bill = charge.billing_period->months;
    }
    out_.put_signed_varint(charge.row_count);
    out_.put_packed_decimal(charge.amount);
  }
}

void FactWriter::operator()(const std::vector<RowSpan>& spans) {
  out_.put_i64(static_cast<std::int64_t>(spans.size()));
  std::int64_t previous_line = 0;
  for (const RowSpan& span : spans) {
    out_.put_signed_varint(wrapping_difference(span.first.line, previous_line));
    previous_line = span.first.line;
    out_.put_signed_varint(span.first.file);
    out_.put_signed_varint(wrapping_difference(span.last.file, span.first.file));
    out_.put_signed_varint(wrapping_difference(span.last.line, span.first.line));
  }
}

void FactWriter::operator()(const ClosingForecast& forecast) {
  if (const auto* const method = std::get_if<DrawForecast>(&forecast)) {
    (*this)(*method);
    return;
  }
  out_.put_u8(saved_forecast_number);
  (*this)(std::get<CitedForecast>(forecast));
}

void FactReader::operator()(ClosingForecast& forecast) {
  const std::uint8_t number = in_.get_u8();
  if (number > saved_forecast_number) throw DamagedBytes{};
  if (number < saved_forecast_number) {
    forecast = static_cast<DrawForecast>(number);
  } else {
    (*this)(forecast.emplace<CitedForecast>());
  }
}

void FactWriter::operator()(const EstimateChanged& fact) {
  (*this)(fact.grant);
  out_.put_u8(static_cast<std::uint8_t>(static_cast<int>(fact.expected_unused.measure) |
                                        (fact.evidence ? evidence_bit : 0)));
  (*this)(fact.expected_unused.value);
  (*this)(fact.from);
  if (fact.evidence) (*this)(*fact.evidence);
}

void FactReader::operator()(EstimateChanged& fact) {
  (*this)(fact.grant);
  const std::uint8_t marks = in_.get_u8();
  if (marks > (evidence_bit | static_cast<int>(last_of<ExpectedUnused::Measure>))) {
    throw DamagedBytes{};
  }
  fact.expected_unused.measure = static_cast<ExpectedUnused::Measure>(marks & ~evidence_bit);
  (*this)(fact.expected_unused.value);
  (*this)(fact.from);
  if ((marks & evidence_bit) != 0) (*this)(fact.evidence.emplace());
}

void FactReader::operator()(std::vector<RowSpan>& spans) {
  std::int64_t line = 0;
  for (std::size_t count = in_.get_count(); count > 0; --count) {
    RowSpan& span = spans.emplace_back();
    line = wrapping_sum(line, in_.get_signed_varint());
    span.first.line = line;
    span.first.file = in_.get_signed_varint();
    span.last.file = wrapping_sum(span.first.file, in_.get_signed_varint());
    span.last.line = wrapping_sum(line, in_.get_signed_varint());
  }
}

void FactReader::operator()(std::vector<Charge>& charges) {
  std::vector<ChargeKey> listed_keys;
  (*this)(listed_keys);
  Dictionary keys{std::move(listed_keys)};

  std::int64_t at = 0;
  std::int64_t bill = 0;
  for (std::size_t count = in_.get_count(); count > 0; --count) {
    Charge& charge = charges.emplace_back();
    at = wrapping_sum(at, in_.get_signed_varint());
    require_stored_instant(at);
    charge.at = Instant{at};
    charge.key = keys.at(in_.get_varint());
    const std::uint8_t marks = in_.get_u8();
    const int category = marks >> category_shift & category_mask;
    if (marks >= no_mark || category > static_cast<int>(last_of<ChargeCategory>)) {
      throw DamagedBytes{};
    }
    if ((marks & reduction_bit) != 0) charge.kind = Charge::Kind::reduction;
    if ((marks & correction_bit) != 0) charge.charge_class = ChargeClass::correction;
    charge.category = static_cast<ChargeCategory>(category);
    if ((marks & bill_bit) != 0) {
      bill = wrapping_sum(bill, in_.get_signed_varint());
      require_stored_month(bill);
      charge.billing_period = Period{static_cast<std::int32_t>(bill)};
    }
    charge.row_count = in_.get_signed_varint();
    charge.amount = in_.get_packed_decimal();
  }
  keys.finish();
}

void FactReader::operator()(std::int32_t& value) {
  const std::int64_t wide = in_.get_i64();
  if (wide < std::numeric_limits<std::int32_t>::min() ||
      wide > std::numeric_limits<std::int32_t>::max()) {
    throw DamagedBytes{};
  }
  value = static_cast<std::int32_t>(wide);
}

void FactReader::operator()(Currency& value) {
  const Result<Currency> currency = Currency::from_code(in_.get_text());
  if (!currency) throw DamagedBytes{};
  value = *currency;
}

bool FactReader::flag() {
  const std::uint8_t value = in_.get_u8();
  if (value > 1) throw DamagedBytes{};
  return value == 1;
}

Fact::Fact(const Fact& other) = default;
Fact::Fact(Fact&& other) noexcept = default;
Fact& Fact::operator=(const Fact& other) = default;
Fact& Fact::operator=(Fact&& other) noexcept = default;
Fact::~Fact() = default;

RecordKind kind_of(const Fact& fact) {
  struct Kind {
    RecordKind operator()(const BookOpened&) const { return RecordKind::book_opened; }
    RecordKind operator()(const InvestmentAdded&) const { return RecordKind::investment_added; }
    RecordKind operator()(const UsageImported&) const { return RecordKind::usage_imported; }
    RecordKind operator()(const EstimateChanged&) const { return RecordKind::estimate_changed; }
    RecordKind operator()(const SegmentImported&) const { return RecordKind::segment_imported; }
    RecordKind operator()(const BaseImported&) const { return RecordKind::base_imported; }
    RecordKind operator()(const RatesImported&) const { return RecordKind::rates_imported; }
    RecordKind operator()(const PeriodClosed&) const { return RecordKind::period_closed; }
    RecordKind operator()(const PeriodReopened&) const { return RecordKind::period_reopened; }
    RecordKind operator()(const EventsAccepted&) const { return RecordKind::events_accepted; }
    RecordKind operator()(const RateCardAdded&) const { return RecordKind::rate_card_added; }
    RecordKind operator()(const BillingPeriodsImported&) const {
      return RecordKind::billing_periods_imported;
    }
    RecordKind operator()(const KeyRegistered&) const { return RecordKind::key_registered; }
    RecordKind operator()(const CheckpointSigned&) const { return RecordKind::checkpoint_signed; }
    RecordKind operator()(const AttemptRefused&) const { return RecordKind::attempt_refused; }
    RecordKind operator()(const TimestampAttached&) const {
      return RecordKind::timestamp_attached;
    }
    RecordKind operator()(const ForecastSaved&) const { return RecordKind::forecast_saved; }
    RecordKind operator()(const TrancheAssumed&) const { return RecordKind::tranche_assumed; }
  };
  return std::visit(Kind{}, fact);
}

std::string encode(const Fact& fact) {
  ByteWriter version;
  version.put_u8(fact_version);
  FactWriter writer;
  std::visit([&](const auto& alternative) { writer(alternative); }, fact);
  return version.take() + writer.take();
}

CatchUpClass decode_events_class(std::string_view fact_prefix) {
  FactReader reader{after_version(fact_prefix)};
  CatchUpClass catch_up = CatchUpClass::new_information;
  reader(catch_up);
  return catch_up;
}

std::string_view to_string(CatchUpClass catch_up) {
  switch (catch_up) {
    case CatchUpClass::new_information: return "new_information";
    case CatchUpClass::estimate: return "estimate";
    case CatchUpClass::error: return "error";
  }
  return {};
}

DeliveryHead decode_delivery_head(std::string_view fact_prefix) {
  FactReader reader{after_version(fact_prefix)};
  DeliveryHead head;
  reader(head.terms);
  reader(head.mode);
  reader(head.catch_up);
  reader(head.files);
  reader(head.billing_periods);
  return head;
}

Fact decode(RecordKind kind, std::string_view bytes) {
  bytes = after_version(bytes);
  switch (kind) {
    case RecordKind::book_opened:
      return read<BookOpened>(bytes);
    case RecordKind::investment_added:
      return read<InvestmentAdded>(bytes);
    case RecordKind::usage_imported:
      return read<UsageImported>(bytes);
    case RecordKind::estimate_changed:
      return read<EstimateChanged>(bytes);
    case RecordKind::segment_imported:
      return read<SegmentImported>(bytes);
    case RecordKind::base_imported:
      return read<BaseImported>(bytes);
    case RecordKind::rates_imported:
      return read<RatesImported>(bytes);
    case RecordKind::period_closed:
      return read<PeriodClosed>(bytes);
    case RecordKind::period_reopened:
      return read<PeriodReopened>(bytes);
    case RecordKind::events_accepted:
      return read<EventsAccepted>(bytes);
    case RecordKind::rate_card_added:
      return read<RateCardAdded>(bytes);
    case RecordKind::billing_periods_imported:
      return read<BillingPeriodsImported>(bytes);
    case RecordKind::attempt_refused:
      return read<AttemptRefused>(bytes);
    case RecordKind::key_registered:
      return read<KeyRegistered>(bytes);
    case RecordKind::checkpoint_signed:
      return read<CheckpointSigned>(bytes);
    case RecordKind::timestamp_attached:
      return read<TimestampAttached>(bytes);
    case RecordKind::forecast_saved:
      return read<ForecastSaved>(bytes);
    case RecordKind::tranche_assumed:
      return read<TrancheAssumed>(bytes);
  }
  throw DamagedBytes{};
}

}  // namespace accrue
