// Draws, charges and the files they were read from.

#include <algorithm>

#include "accounting/audit/explain.h"
#include "accounting/audit/explain_refs.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

std::string_view name_of(PayingKey key) {
  switch (key) {
    case PayingKey::priority: return "priority";
    case PayingKey::end: return "the end of its window";
    case PayingKey::scope: return "a limited scope";
    case PayingKey::price: return "price per unit of face";
    case PayingKey::begin: return "begin";
    case PayingKey::id: return "id";
  }
  return {};
}

std::string_view name_of(Eligibility eligibility) {
  switch (eligibility) {
    case Eligibility::pays: return "can pay";
    case Eligibility::out_of_scope: return "its scope does not admit the service, SKU or region";
    case Eligibility::before_window: return "its window begins after the charge";
    case Eligibility::after_window: return "its window ended before the charge";
    case Eligibility::nothing_left: return "nothing is left";
  }
  return {};
}

bool is_cash(const Draw& draw) { return draw.payer != Payer::grant; }

std::string payer_of(const BookState& state, const Draw& draw) {
  switch (draw.payer) {
    case Payer::grant: return state.grants[draw.grant].grant.id;
    case Payer::overage: return "cash";
    case Payer::nobody: return "nobody: it finds nothing to take back";
  }
  return {};
}

std::string text_of(const ChargeKey& key) {
  return key.investee + ", " + key.service + (key.sku.empty() ? "" : " " + key.sku) +
         (key.region.empty() ? "" : " in " + key.region);
}

Figure exact(const Decimal& value, const std::string& currency) {
  return exact_figure(value, Currency::from_code(currency).value());
}

}  // namespace

Serving& Explainer::serving_by(std::int64_t close_record) {
  const auto found = servings_.find(close_record);
  if (found != servings_.end()) return found->second;
  for (const HeldClose& close : view_.state.closes) {
    if (close.record == close_record) {
      return servings_.emplace(close_record, Serving::of_close(store_, close)).first->second;
    }
  }
  return servings_.emplace(0, Serving::of_open(store_, view_.state)).first->second;
}

Serving& Explainer::serving_of(Period posting) {
  for (const HeldClose& close : view_.state.closes) {
    if (close.period == posting) return serving_by(close.record);
  }
  return serving_by(0);
}

std::vector<Serving*> Explainer::servings() {
  std::vector<Serving*> all;
  for (const HeldClose& close : view_.state.closes) all.push_back(&serving_by(close.record));
  all.push_back(&serving_by(0));
  return all;
}

std::optional<StoredCharge> Explainer::find_charge(const ChargeAddress& address) {
  if (address.record > view_.state.record_count) return std::nullopt;
  const auto [found, is_new] = charges_.try_emplace(address.record);
  std::vector<StoredCharge>& charges = found->second;
  if (is_new) {
    store_.for_each_charge_of(address.record,
                              [&](const StoredCharge& stored) { charges.push_back(stored); });
  }
  if (address.position > static_cast<std::int64_t>(charges.size())) return std::nullopt;
  return charges[static_cast<std::size_t>(address.position) - 1];
}

const Fact& Explainer::fact_of(std::int64_t record) {
  const auto known = facts_.find(record);
  if (known != facts_.end()) return known->second;
  const Record read = store_.read_record(record);
  return facts_.emplace(record, decode(read.kind, read.fact)).first->second;
}

std::optional<Explainer::Located> Explainer::locate(const ChargeAddress& address) {
  const std::optional<StoredCharge> stored = find_charge(address);
  if (!stored) return std::nullopt;
  std::int64_t froze = 0;
  for (const HeldClose& close : view_.state.closes) {
    if (address.record < close.record && stored->period <= close.period) {
      froze = close.record;
      break;
    }
  }
  Serving& serving = serving_by(froze);
  const auto sum = serving.sum_of(stored->charge.at, stored->charge.key);
  if (!sum) return std::nullopt;
  return Located{&serving, *sum, *stored};
}

ExplainedPart Explainer::draw_part(const Serving& serving, std::size_t sum,
                                   std::size_t number) const {
  const ServedSum& served = serving.served().sums()[sum];
  const Draw& draw = serving.served().draws_of(served)[number];
  const ChargeKey& key = serving.served().keys()[served.key];
  const ChargeAddress& first = serving.charges_of(sum).front().address;
  return {Link::plus,
          make_ref({"draw", std::to_string(first.record), std::to_string(first.position),
                    std::to_string(number + 1)}),
          served.at.to_string() + ", " + text_of(key) + ", paid by " +
              payer_of(serving.state(), draw),
          exact(draw.amount, key.currency), key.currency};
}

/// "draws:POSTING:ORIGIN:INVESTEE:CURRENCY:GRANT:SERVICE:REGION".
Result<ExplainedStep> Explainer::draws(const Parts& address, const std::string& ref) {
  if (address.size() != 8) return unknown_ref(ref);
  ACCRUE_TRY(posting, Period::parse(address[1]));
  ACCRUE_TRY(origin, Period::parse(address[2]));
  const std::string& investee = address[3];
  const std::string& currency = address[4];
  const std::string& grant = address[5];
  if (!Currency::from_code(currency).ok()) return unknown_ref(ref);
  Serving& serving = serving_of(posting);
  ExplainedStep step{.ref = ref,
                     .what = (grant.empty() ? "paid in cash by " + investee : "drawn from " + grant) +
                             ", " + address[6] + " in " + address[7] + ", of " + origin.to_string() + ", booked in " + posting.to_string(),
                     .unit = currency};
  Decimal total;
  const BurnDown& served = serving.served();
  for (std::size_t i = 0; i < served.sums().size(); ++i) {
    const ServedSum& sum = served.sums()[i];
    const ChargeKey& key = served.keys()[sum.key];
    const bool counts = sum.period == origin && key.investee == investee &&
                        key.currency == currency && serving.posting_of(origin) == posting;
    if (!counts) continue;
    const auto draws = served.draws_of(sum);
    for (std::size_t k = 0; k < draws.size(); ++k) {
      const bool is_its_payer =
          grant.empty() ? is_cash(draws[k])
                        : !is_cash(draws[k]) &&
                              serving.state().grants[draws[k].grant].grant.id == grant;
      const Consumed& consumed = served.consumed(draws[k]);
      const bool is_there = consumed.service == address[6] && consumed.region == address[7];
      if (!is_its_payer || !is_there) continue;
      total += draws[k].amount;
      step.parts.push_back(draw_part(serving, i, k));
    }
  }
  for (const AddressedCharge& reduction : serving.reductions()) {
    const ChargeKey& key = reduction.charge.key;
    const bool counts = grant.empty() && reduction.period == origin && key.investee == investee &&
                        key.currency == currency && key.service == address[6] &&
                        key.region == address[7];
    if (!counts) continue;
    total += reduction.charge.amount;
    step.parts.push_back({Link::plus, charge_ref(reduction.address), "a reduction of the price",
                          exact(reduction.charge.amount, currency), currency});
  }
  step.value = exact(total, currency);
  step.how = {std::to_string(step.parts.size()) + " draws, served by charge time"};
  return step;
}

/// "drawn:SPAN:GRANT": face drawn, net of refunds.
Result<ExplainedStep> Explainer::drawn(const Parts& address, OriginView by,
                                       const std::string& ref) {
  if (address.size() != 3) return unknown_ref(ref);
  ACCRUE_TRY(span, read_span(address[1]));
  const HeldGrant* const held = view_.state.find_grant(address[2]);
  if (held == nullptr) return unknown_ref(ref);
  const std::string currency{held->grant.face.currency.code()};
  ExplainedStep step{.ref = ref,
                     .what = "drawn from " + held->grant.id + " in " + to_text(span),
                     .unit = currency};
  std::map<DrawGroup, Decimal, decltype([](const DrawGroup& a, const DrawGroup& b) {
             return std::tie(a.posting, a.origin, a.service, a.region) <
                    std::tie(b.posting, b.origin, b.service, b.region);
           })>
      groups;
  Decimal total;
  for (const PostedDraws& posted : view_.draws) {
    for (const auto& [key, amount] : posted.totals) {
      const Period counted = by == OriginView::by_origin ? key.origin_period
                                                         : posted.posting_period;
      if (key.grant != held->grant.id || !span.contains(counted)) continue;
      groups[{posted.posting_period, key.origin_period, key.investee, key.currency, key.grant,
              key.service, key.region}] += amount;
      total += amount;
    }
  }
  for (const auto& [group, amount] : groups) {
    step.parts.push_back({Link::plus, draws_ref(group),
                          group.service + " in " + group.region + ", of " +
                              group.origin.to_string() + ", booked in " +
                              group.posting.to_string(),
                          exact(amount, currency), currency});
  }
  step.value = exact(total, currency);
  return step;
}

/// Why this grant paid: who could have, and the key that decided.
/// Source: semantics, section 4, order policy 1.
void Explainer::explain_order(ExplainedStep& step, const Serving& serving, std::size_t sum,
                              const Draw& draw) const {
  const std::vector<HeldGrant>& grants = serving.state().grants;
  const std::vector<Candidate> candidates = serving.candidates(sum);
  const Candidate* payer = nullptr;
  const Candidate* next = nullptr;
  for (const Candidate& candidate : candidates) {
    const Grant& grant = grants[candidate.grant].grant;
    step.how.push_back("candidate " + grant.id + ": " + candidate.left.to_string() + " left, " +
                       std::string{name_of(candidate.eligibility)});
    const bool is_payer = draw.payer == Payer::grant && draw.grant == candidate.grant;
    if (is_payer) payer = &candidate;
    if (payer != nullptr && !is_payer && next == nullptr &&
        candidate.eligibility == Eligibility::pays) {
      next = &candidate;
    }
  }
  if (payer == nullptr) {
    step.how.emplace_back("what no grant can pay is cash-funded");
  } else if (next == nullptr) {
    step.how.push_back(grants[payer->grant].grant.id + " is the last that can pay");
  } else {
    const Grant& first = grants[payer->grant].grant;
    const Grant& second = grants[next->grant].grant;
    step.how.push_back(first.id + " is asked before " + second.id + ": " +
                       std::string{name_of(deciding_key(first, second))} + " decides");
  }
}

/// "draw:RECORD:POSITION:K": the K-th draw of the sum that the charge is part of.
Result<ExplainedStep> Explainer::draw(const Parts& address, const std::string& ref) {
  ACCRUE_TRY(record, number_in(address, 1, ref));
  ACCRUE_TRY(position, number_in(address, 2, ref));
  ACCRUE_TRY(number, number_in(address, 3, ref));
  const std::optional<Located> located = locate({record, position});
  if (!located) return unknown_ref(ref);
  const Serving& serving = *located->serving;
  const ServedSum& sum = serving.served().sums()[located->sum];
  const auto draws = serving.served().draws_of(sum);
  if (number > static_cast<std::int64_t>(draws.size())) return unknown_ref(ref);
  const Draw& draw = draws[static_cast<std::size_t>(number) - 1];
  const ChargeKey& key = serving.served().keys()[sum.key];
  ExplainedStep step{.ref = ref,
                     .what = "draw of " + sum.at.to_string() + ", " + text_of(key) + ", paid by " +
                             payer_of(serving.state(), draw),
                     .value = exact(draw.amount, key.currency),
                     .unit = key.currency};
  if (sum.amount.sign() > 0) {
    explain_order(step, serving, located->sum, draw);
  } else {
    step.how = {"a refund takes back what stands served: the newest period first, in it cash "
                "first, then the grants in reverse order",
                "it takes back usage of " + draw.served_period.to_string()};
  }
  step.parts.push_back({Link::source,
                        make_ref({"served", std::to_string(record), std::to_string(position)}),
                        "the sum it pays a part of", exact(sum.amount, key.currency),
                        key.currency});
  return step;
}

/// "served:RECORD:POSITION": all charges of one instant and key, and who paid them.
Result<ExplainedStep> Explainer::served_sum(const Parts& address, const std::string& ref) {
  ACCRUE_TRY(record, number_in(address, 1, ref));
  ACCRUE_TRY(position, number_in(address, 2, ref));
  const std::optional<Located> located = locate({record, position});
  if (!located) return unknown_ref(ref);
  const Serving& serving = *located->serving;
  const ServedSum& sum = serving.served().sums()[located->sum];
  const ChargeKey& key = serving.served().keys()[sum.key];
  ExplainedStep step{.ref = ref,
                     .what = "all charges of " + sum.at.to_string() + ", " + text_of(key),
                     .value = exact(sum.amount, key.currency),
                     .unit = key.currency};
  Decimal paid;
  for (const Draw& draw : serving.served().draws_of(sum)) {
    paid += draw.amount;
    step.how.push_back(draw.amount.to_string() + " paid by " +
                       payer_of(serving.state(), draw));
  }
  step.how.push_back("draws and overage: " + paid.to_string() + " = the sum");
  for (const AddressedCharge& charge : serving.charges_of(located->sum)) {
    step.parts.push_back({Link::plus, charge_ref(charge.address),
                          "charge " + std::to_string(charge.address.position) + " of record " +
                              std::to_string(charge.address.record),
                          exact(charge.charge.amount, key.currency), key.currency});
  }
  return step;
}

/// "charge:RECORD:POSITION".
Result<ExplainedStep> Explainer::charge(const Parts& address, const std::string& ref) {
  ACCRUE_TRY(record, number_in(address, 1, ref));
  ACCRUE_TRY(position, number_in(address, 2, ref));
  const std::optional<StoredCharge> stored = find_charge({record, position});
  if (!stored) return unknown_ref(ref);
  const Charge& charge = stored->charge;
  ExplainedStep step{.ref = ref,
                     .what = "charge of " + charge.at.to_string() + ", " + text_of(charge.key),
                     .value = exact(charge.amount, charge.key.currency),
                     .unit = charge.key.currency};
  step.how.push_back("billing account " + charge.key.billing_account + ", sub account " +
                     (charge.key.sub_account.empty() ? "none" : charge.key.sub_account) +
                     ", rows: " + std::to_string(charge.row_count));
  step.parts.push_back({Link::source,
                        make_ref({"rows", std::to_string(record), std::to_string(position)}),
                        "where it was read", {}, {}});
  return step;
}

ExplainedPart Explainer::record_part(std::int64_t record) const {
  Record head;
  store_.for_each_record_head(record, record, [&](const Record& found) {
    head = found;
    return true;
  });
  return {Link::source, make_ref({"record", std::to_string(record)}),
          "record " + std::to_string(record) + ": " + std::string{to_string(head.kind)} + " by " +
              head.author + " at " + head.recorded_at.to_string(),
          {}, {}};
}

/// "record:N", with a file or without.
Result<ExplainedStep> Explainer::record(const Parts& address, const std::string& ref) {
  ACCRUE_TRY(number, number_in(address, 1, ref));
  if (number > view_.state.record_count) return unknown_ref(ref);
  const Record record = store_.read_record(number);
  ExplainedStep step{.ref = ref,
                     .what = record_part(number).what,
                     .how = {"system user " + record.identity.os_user + " on " +
                                 record.identity.host,
                             "leaf hash " + to_hex(store_.stored_leaf_hash(number))}};
  if (!record.reason.empty()) step.how.push_back("reason: " + record.reason);
  if (record.approval) step.how.push_back("approved by " + record.approval->person);
  step.how.push_back("entries: " + std::to_string(record.entries.size()));
  const Fact& fact = fact_of(number);
  if (const auto* usage = std::get_if<UsageImported>(&fact)) {
    for (std::size_t i = 0; i < usage->delivery.files.size(); ++i) {
      step.parts.push_back({Link::source,
                            make_ref({"file", std::to_string(number), std::to_string(i + 1)}),
                            usage->delivery.files[i].name, {}, {}});
    }
  } else if (std::holds_alternative<InvestmentAdded>(fact)) {
    step.parts.push_back({Link::source, make_ref({"terms", std::to_string(number)}), "its terms",
                          {}, {}});
  } else {
    const auto add_file = [&](const std::string& name, const std::string& sha256) {
      step.how.push_back(name + ", SHA-256 " + to_hex(sha256));
    };
    if (const auto* f = std::get_if<SegmentImported>(&fact)) add_file(f->file, f->sha256);
    if (const auto* f = std::get_if<BaseImported>(&fact)) add_file(f->file, f->sha256);
    if (const auto* f = std::get_if<RatesImported>(&fact)) add_file(f->file, f->sha256);
    if (const auto* f = std::get_if<BillingPeriodsImported>(&fact)) add_file(f->file, f->sha256);
    if (const auto* f = std::get_if<ForecastSaved>(&fact)) add_file(f->file, f->sha256);
    add_evidence_of(step, fact);
    step.is_source = step.parts.empty();
  }
  return step;
}

/// "file:RECORD:K" and "terms:RECORD": the evidence itself.
Result<ExplainedStep> Explainer::file(const Parts& address, const std::string& ref) {
  ACCRUE_TRY(number, number_in(address, 1, ref));
  if (number > view_.state.record_count) return unknown_ref(ref);
  const Fact& fact = fact_of(number);
  ExplainedStep step{.ref = ref, .is_source = true};
  if (const auto* added = std::get_if<InvestmentAdded>(&fact)) {
    step.what = "the terms " + added->file + ", kept byte for byte";
    step.how = {"SHA-256 " + to_hex(sha256(added->text)) + ", " +
                    std::to_string(added->text.size()) + " bytes",
                "accrue investment show " + added->investment.id + " --terms"};
    return step;
  }
  const auto* usage = std::get_if<UsageImported>(&fact);
  ACCRUE_TRY(index, number_in(address, 2, ref));
  if (usage == nullptr || index > static_cast<std::int64_t>(usage->delivery.files.size())) {
    return unknown_ref(ref);
  }
  const UsageFile& file = usage->delivery.files[static_cast<std::size_t>(index) - 1];
  step.what = "the file " + file.name;
  step.how = {"SHA-256 " + to_hex(file.sha256) + ", " + std::to_string(file.byte_count) +
                  " bytes, " + std::to_string(file.row_count) + " rows",
              "accrue audit vouch " + file.name};
  return step;
}

/// What a charge was read from: lines of files, or an event.
void Explainer::add_evidence(ExplainedStep& step, const StoredCharge& stored,
                             const ChargeAddress& address) {
  const Fact& fact = fact_of(stored.record);
  if (const auto* events = std::get_if<EventsAccepted>(&fact)) {
    std::int64_t position = 0;
    for (const Event& event : events->events) {
      if (event.key.investee.empty() || ++position != address.position) continue;
      step.how = {"event " + event.id + " of " + event.source + ", type " + event.type,
                  "content SHA-256 " + to_hex(content_hash(event))};
    }
    return;
  }
  const Delivery& delivery = std::get<UsageImported>(fact).delivery;
  const Charge& charge = stored.charge;
  const auto found =
      std::find_if(delivery.charges.begin(), delivery.charges.end(), [&](const Charge& stated) {
        return stated.at == charge.at && stated.key == charge.key && stated.kind == charge.kind &&
               stated.category == charge.category && stated.charge_class == charge.charge_class &&
               stated.billing_period == charge.billing_period;
      });
  const auto describe = [&](const UsageFile& file) {
    return file.name + ", SHA-256 " + to_hex(file.sha256);
  };
  if (delivery.mode == DeliveryMode::replace) {
    step.how.push_back(
        "the delivery replaced what stood: it states " +
        (found == delivery.charges.end() ? "nothing" : found->amount.to_string()) +
        ", and the charge is the difference of " + charge.amount.to_string());
  }
  if (found == delivery.charges.end() || delivery.rows_of_charges.empty()) {
    for (const UsageFile& file : delivery.files) step.how.push_back("no line of " + describe(file));
    return;
  }
  const RowSpan& span = delivery.rows_of_charges[static_cast<std::size_t>(
      found - delivery.charges.begin())];
  const auto file_of = [&](const RowAddress& at) -> const UsageFile& {
    return delivery.files.at(static_cast<std::size_t>(at.file));
  };
  const std::string rows =
      std::to_string(found->row_count) + (found->row_count == 1 ? " row" : " rows");
  if (span.first == span.last) {
    step.how.push_back(rows + " on line " + std::to_string(span.first.line) + " of " +
                       describe(file_of(span.first)));
  } else if (span.first.file == span.last.file) {
    step.how.push_back(rows + " on lines " + std::to_string(span.first.line) + " to " +
                       std::to_string(span.last.line) + " of " + describe(file_of(span.first)));
  } else {
    step.how.push_back(rows + " from line " + std::to_string(span.first.line) + " of " +
                       describe(file_of(span.first)) + " to line " +
                       std::to_string(span.last.line) + " of " + describe(file_of(span.last)));
  }
  step.how.push_back("accrue audit vouch " + file_of(span.first).name + " --charge " +
                     charge_ref(address));
}

/// "rows:RECORD:POSITION".
Result<ExplainedStep> Explainer::rows(const Parts& address, const std::string& ref) {
  ACCRUE_TRY(record, number_in(address, 1, ref));
  ACCRUE_TRY(position, number_in(address, 2, ref));
  const ChargeAddress at{record, position};
  const std::optional<StoredCharge> stored = find_charge(at);
  if (!stored) return unknown_ref(ref);
  ExplainedStep step{.ref = ref, .what = "where the charge was read", .is_source = true};
  add_evidence(step, *stored, at);
  return step;
}

}  // namespace accrue
