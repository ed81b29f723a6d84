// The book itself, closes and what stands against them, what the provider says, keys, hashes of the tree.

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "accounting/audit/explain.h"
#include "accounting/audit/explain_refs.h"
#include "accounting/posting/ties.h"
#include "accounting/report/ref.h"
#include "accounting/report/reports.h"
#include "ledger/proof/tree_proof.h"

namespace accrue {

namespace {

ExplainedPart source(const std::vector<std::string>& address, std::string what) {
  return {Link::source, make_ref(address), std::move(what), {}, {}};
}

/// What `status` lists.
constexpr std::string_view status_items[] = {
    "closed_through", "currency",          "dead_letters",      "deliveries",
    "dual_control",   "exceptions",        "first_open_period", "fiscal_year_start",
    "grants",         "id",                "investments",       "last_checkpoint",
    "last_recorded_at", "materiality",     "name",              "next",
    "provider_closed", "records",          "root",              "time",
    "time_zone"};

}  // namespace

/// "status:ITEM": what the book says of itself.
Result<ExplainedStep> Explainer::status(const Parts& address, const std::string& ref) {
  const bool is_listed =
      address.size() == 2 && std::ranges::find(status_items, address[1]) != std::end(status_items);
  if (!is_listed) return unknown_ref(ref);
  const std::int64_t last = view_.state.record_count;
  return ExplainedStep{.ref = ref,
                       .what = address[1] + " of the book after " + std::to_string(last) +
                               " records",
                       .how = {"root " + view_.root},
                       .parts = {record_part(1), record_part(last)}};
}

/// "periods:PERIOD".
Result<ExplainedStep> Explainer::period(const Parts& address, const std::string& ref) {
  if (address.size() < 2) return unknown_ref(ref);
  ACCRUE_TRY(month, Period::parse(address[1]));
  ExplainedStep step{.ref = ref,
                     .what = month.to_string() +
                             (view_.state.is_closed(month) ? ", closed" : ", open")};
  for (const StoredClose& close : store_.read_closes()) {
    if (close.period != month || close.record > view_.state.record_count) continue;
    step.parts.push_back(record_part(close.record));
    if (close.reopened_by && *close.reopened_by <= view_.state.record_count) {
      step.parts.push_back(record_part(*close.reopened_by));
    }
  }
  step.is_source = step.parts.empty();
  return step;
}

Result<Derivation> Explainer::derive(Period closing) {
  const Serving& open = serving_by(0);
  return accrue::derive(view_.state, open.served(), open.frozen(), view_.balances, closing);
}

/// "exception:PERIOD:CODE:SUBJECT".
Result<ExplainedStep> Explainer::exception(const Parts& address, const std::string& ref) {
  if (address.size() != 4) return unknown_ref(ref);
  ACCRUE_TRY(closing, Period::parse(address[1]));
  ACCRUE_TRY(derivation, derive(closing));
  for (const Exception& exception : exceptions_of(closing, view_.state, derivation)) {
    if (exception.code != address[2] || exception.subject != address[3]) continue;
    ExplainedStep step{.ref = ref,
                       .what = exception.code + " against closing " + closing.to_string(),
                       .how = {exception.message}};
    add_subject(step, closing, exception);
    return step;
  }
  return unknown_ref(ref);
}

void Explainer::add_subject(ExplainedStep& step, Period closing, const Exception& exception) {
  const BookState& state = view_.state;
  if (exception.code == "refuted_estimate") {
    step.parts = {source({"drawn", to_text(Span{std::nullopt, closing}), exception.subject},
                         "drawn up to the period"),
                  source({"grant", exception.subject}, "the grant")};
  } else if (exception.code == "quarantined_rows") {
    for (const HeldDelivery& delivery : state.deliveries) {
      const std::string record = std::to_string(delivery.record);
      if (exception.subject == "record " + record) step.parts.push_back(record_part(delivery.record));
    }
  } else if (exception.code == "unmatched_refund") {
    const Serving& open = serving_by(0);
    const std::vector<ServedSum>& sums = open.served().sums();
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const ChargeKey& key = open.served().keys()[sums[i].key];
      if (unmatched_refund_subject(sums[i].at, key) != exception.subject) continue;
      const auto draws = open.served().draws_of(sums[i]);
      for (std::size_t k = 0; k < draws.size(); ++k) {
        if (draws[k].payer != Payer::nobody) continue;
        step.parts.push_back(draw_part(open, i, k));
        step.parts.back().link = Link::source;
      }
    }
  } else if (const Result<Report> bridge = bridge_report(store_, view_, {closing, closing},
                                                         OriginView::as_reported);
             bridge.ok()) {
    for (const std::vector<Cell>& row : bridge->rows) {
      const std::string ref = std::get<std::string>(row.back());
      step.parts.push_back({Link::source, ref, "a row of the bridge of catch-ups", {}, {}});
    }
  }
}

/// "tie:PERIOD:NAME".
Result<ExplainedStep> Explainer::tie(const Parts& address, const std::string& ref) {
  if (address.size() != 3) return unknown_ref(ref);
  ACCRUE_TRY(closing, Period::parse(address[1]));
  ACCRUE_TRY(derivation, derive(closing));
  for (const Tie& tie : ties_when_posted(view_.state, derivation)) {
    if (tie.name != address[2]) continue;
    return ExplainedStep{
        .ref = ref,
        .what = tie.name,
        .how = {tie.left.to_string() + " against " + tie.right.to_string() + " once " +
                closing.to_string() + " is closed"},
        .parts = {source({"periods", closing.to_string()}, closing.to_string())}};
  }
  return unknown_ref(ref);
}

/// "provider:PERIOD:ISSUER".
Result<ExplainedStep> Explainer::provider_period(const Parts& address, const std::string& ref) {
  if (address.size() != 3) return unknown_ref(ref);
  ACCRUE_TRY(month, Period::parse(address[1]));
  const auto held = view_.state.provider_periods.find({address[2], month});
  if (held == view_.state.provider_periods.end()) return unknown_ref(ref);
  const ProviderPeriod& row = held->second;
  ExplainedStep step{.ref = ref,
                     .what = "what " + row.issuer + " says of " + month.to_string(),
                     .how = {std::string{row.status == ProviderPeriod::Status::open ? "open" : "closed"} +
                             ", from " + row.begin_at.to_string() + " to before " +
                             row.end_at.to_string()}};
  if (row.updated_at) step.how.push_back("updated " + row.updated_at->to_string());
  store_.for_each_record_head(1, view_.state.record_count, [&](const Record& record) {
    if (record.kind != RecordKind::billing_periods_imported) return true;
    const auto& rows = std::get<BillingPeriodsImported>(fact_of(record.sequence)).rows;
    if (std::find(rows.begin(), rows.end(), row) != rows.end()) {
      step.parts = {record_part(record.sequence)};
    }
    return true;
  });
  return step;
}

/// "key:NAME".
Result<ExplainedStep> Explainer::key(const Parts& address, const std::string& ref) {
  for (const HeldKey& held : view_.state.keys) {
    if (address.size() != 2 || held.key.name() != address[1]) continue;
    return ExplainedStep{.ref = ref,
                         .what = "the key " + held.key.name() + " of " + held.person,
                         .how = {held.key.text()},
                         .parts = {record_part(held.record)}};
  }
  return unknown_ref(ref);
}

/// "tree:FIRST:LAST": the hash over the leaves of records, as proofs name it.
Result<ExplainedStep> Explainer::tree(const Parts& address, const std::string& ref) {
  ACCRUE_TRY(first, number_in(address, 1, ref));
  ACCRUE_TRY(last, number_in(address, 2, ref));
  const LeafRange leaves{first - 1, last};
  if (last > view_.state.record_count || !is_subtree(leaves)) return unknown_ref(ref);
  const NodeReader nodes = [&](NodeAddress node) { return store_.node(node); };
  ExplainedStep step{.ref = ref,
                     .what = first == last
                                 ? "the leaf of record " + std::to_string(first)
                                 : "the hash over records " + std::to_string(first) + " to " +
                                       std::to_string(last),
                     .how = {to_hex(subtree_root(leaves, nodes))}};
  if (leaves.count() == 1) {
    step.parts = {record_part(first)};
    return step;
  }
  for (const LeafRange half : {leaves.left(), leaves.right()}) {
    step.parts.push_back(source({"tree", std::to_string(half.begin + 1), std::to_string(half.end)},
                                to_hex(subtree_root(half, nodes))));
  }
  return step;
}

}  // namespace accrue
