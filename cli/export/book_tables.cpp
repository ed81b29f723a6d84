#include "cli/export/book_tables.h"

#include <algorithm>

#include "accounting/report/frame.h"
#include "cli/render_csv.h"
#include "ledger/credit/breakage_method.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

Cell number(const Decimal& value) { return Figure{value, 0}; }

Cell period_cell(std::optional<Period> period) {
  return period ? Cell{period->to_string()} : Cell{};
}

Cell instant_cell(std::optional<Instant> at) { return at ? Cell{at->to_string()} : Cell{}; }

/// The columns of every table that names an account, but for its name.
constexpr const char* account_columns = "type,role,kind,investee,investment,grant,service,region";

void add_account(std::vector<Cell>& row, const Account& account) {
  for (std::string text :
       {account.name(), std::string{to_string(account.type())},
        std::string{to_string(account.role)}, std::string{to_string(account.kind)},
        account.investee, account.investment, account.grant, account.service, account.region}) {
    row.emplace_back(std::move(text));
  }
}

std::string_view to_string(ChargeCategory category) {
  switch (category) {
    case ChargeCategory::usage:
      return "usage";
    case ChargeCategory::purchase:
      return "purchase";
    case ChargeCategory::tax:
      return "tax";
    case ChargeCategory::credit:
      return "credit";
    case ChargeCategory::adjustment:
      return "adjustment";
  }
  return {};
}

}  // namespace

std::string records_table(const Store& store, const BookView& view) {
  std::string csv =
      "record,kind,recorded_at,author,reason,os_user,host,approved_by,rules,leaf_hash\n";
  store.for_each_record_head(1, view.state.record_count, [&](const Record& record) {
    csv += csv_line({record.sequence, std::string{accrue::to_string(record.kind)},
                     record.recorded_at.to_string(), record.author, record.reason,
                     record.identity.os_user, record.identity.host,
                     record.approval ? record.approval->person : std::string{},
                     std::int64_t{record.rules},
                     to_hex(store.stored_leaf_hash(record.sequence))});
    return true;
  });
  return csv;
}

std::string entries_table(const Store& store, const BookView& view) {
  std::string csv =
      std::string{"entry,line,record,date,posting_period,origin_period,memo,account,"} +
      account_columns + ",amount\n";
  store.for_each_entry(1, view.state.record_count, [&](const StoredEntry& stored) {
    const Entry& entry = stored.entry;
    std::int64_t position = 0;
    for (const Line& line : entry.lines()) {
      std::vector<Cell> row{stored.number,
                            ++position,
                            stored.record,
                            entry.dated_on().to_string(),
                            entry.posting_period().to_string(),
                            entry.origin_period().to_string(),
                            entry.memo()};
      add_account(row, line.account);
      row.emplace_back(money_figure(view.state, line.amount_minor_units));
      csv += csv_line(row);
    }
    return true;
  });
  return csv;
}

std::string balances_table(const BookView& view) {
  std::string csv =
      std::string{"posting_period,origin_period,account,"} + account_columns + ",amount\n";
  for (const auto& [key, amount] : view.balances) {
    if (amount == 0) continue;
    std::vector<Cell> row{key.posting_period.to_string(), key.origin_period.to_string()};
    add_account(row, key.account);
    row.emplace_back(money_figure(view.state, amount));
    csv += csv_line(row);
  }
  return csv;
}

std::string closes_table(const Store& store, const BookView& view) {
  std::string csv = "record,period,begin_at,end_at,trial_balance_hash,reopened_by\n";
  for (const StoredClose& close : store.read_closes()) {
    if (close.record > view.state.record_count) continue;
    const bool is_reopened = close.reopened_by && *close.reopened_by <= view.state.record_count;
    csv += csv_line({close.record, close.period.to_string(), close.begin_at.to_string(),
                     close.end_at.to_string(), to_hex(close.trial_balance_hash),
                     is_reopened ? Cell{*close.reopened_by} : Cell{}});
  }
  return csv;
}

std::string grants_table(const BookView& view) {
  const BookState& state = view.state;
  std::string csv =
      "grant,record,investment,tranche,investee,face,face_currency,price,received_in,issued_on,"
      "begins_at,ends_at,expiry_period,expiry_booked_in,breakage,expected_unused\n";
  for (const HeldGrant& held : state.grants) {
    const Grant& grant = held.grant;
    const bool is_expired = grant.expiry_period && state.is_closed(*grant.expiry_period);
    const Decimal unused =
        grant.expected_unused ? grant.expected_unused->of(grant.face.value) : Decimal{};
    csv += csv_line(
        {grant.id, held.record, grant.investment, grant.tranche, grant.investee,
         number(grant.face.value), std::string{grant.face.currency.code()},
         money_figure(state, grant.price_minor_units),
         booked_in(state, held.record, Period::of(grant.received_on)).to_string(),
         grant.issued_on.to_string(), grant.begins_at.to_string(), instant_cell(grant.ends_at),
         period_cell(grant.expiry_period),
         is_expired ? Cell{booked_in(state, held.record, *grant.expiry_period).to_string()}
                    : Cell{},
         std::string{to_string(grant.breakage_method)}, number(unused)});
  }
  return csv;
}

std::string estimates_table(const BookView& view) {
  std::string csv = "record,grant,from,expected_unused\n";
  for (const HeldEstimate& estimate : view.state.estimates) {
    const HeldGrant* held = view.state.find_grant(estimate.grant);
    csv += csv_line({estimate.record, estimate.grant, estimate.from.to_string(),
                     number(estimate.expected_unused.of(held->grant.face.value))});
  }
  return csv;
}

std::string draws_table(const BookView& view) {
  std::string csv =
      "posting_period,origin_period,served_period,investee,grant,service,sku,region,amount,"
      "currency\n";
  for (const PostedDraws& posted : view.draws) {
    for (const auto& [key, amount] : posted.totals) {
      csv += csv_line({posted.posting_period.to_string(), key.origin_period.to_string(),
                       key.served_period.to_string(), key.investee, key.grant, key.service,
                       key.sku, key.region, number(amount), key.currency});
    }
  }
  return csv;
}

namespace {

/// What of a record stands beside its charges.
struct ChargeSource {
  std::string files;  ///< names of a delivery's files, with "; " between them
  std::vector<const Event*> events;  ///< of the charges, in order
};

ChargeSource source_of(const Fact& fact) {
  ChargeSource source;
  if (const auto* usage = std::get_if<UsageImported>(&fact)) {
    for (const UsageFile& file : usage->delivery.files) {
      source.files += (source.files.empty() ? "" : "; ") + file.name;
    }
  }
  if (const auto* accepted = std::get_if<EventsAccepted>(&fact)) {
    for (const Event& event : accepted->events) {
      if (!event.key.investee.empty()) source.events.push_back(&event);
    }
  }
  return source;
}

void add_charges(std::string& csv, const Store& store, const Record& record,
                 std::optional<PeriodRange> range) {
  const Fact fact = decode(record.kind, record.fact);
  const ChargeSource source = source_of(fact);
  std::int64_t position = 0;
  store.for_each_charge_of(record.sequence, [&](const StoredCharge& stored) {
    const std::int64_t place = position++;
    if (range && !range->contains(stored.period)) return;
    const Charge& charge = stored.charge;
    const ChargeKey& key = charge.key;
    const Event* event =
        source.events.empty() ? nullptr : source.events[static_cast<std::size_t>(place)];
    const bool is_served = charge.kind == Charge::Kind::served;
    const bool is_regular = charge.charge_class == ChargeClass::regular;
    csv += csv_line({record.sequence, position, source.files,
                     event == nullptr ? Cell{} : Cell{event->source},
                     event == nullptr ? Cell{} : Cell{event->id}, charge.at.to_string(),
                     stored.period.to_string(), period_cell(charge.billing_period), key.investee,
                     key.billing_account, key.sub_account, key.service, key.sku, key.region,
                     is_served ? "served" : "reduction", std::string{to_string(charge.category)},
                     is_regular ? "regular" : "correction", charge.row_count,
                     number(charge.amount), key.currency});
  });
}

}  // namespace

std::string charges_table(const Store& store, const BookView& view,
                          std::optional<PeriodRange> range) {
  std::string csv =
      "record,position,files,event_source,event_id,at,period,billing_period,investee,"
      "billing_account,sub_account,service,sku,region,kind,category,class,rows,amount,currency\n";
  store.for_each_record_head(1, view.state.record_count, [&](const Record& head) {
    const bool brings_charges = head.kind == RecordKind::usage_imported ||
                                head.kind == RecordKind::events_accepted;
    if (brings_charges) add_charges(csv, store, store.read_record(head.sequence), range);
    return true;
  });
  return csv;
}

std::string inputs_table(const Store& store, const BookView& view) {
  std::string csv =
      "record,kind,source,file,sha256,bytes,rows,quarantined,recorded_at,author\n";
  store.for_each_record(1, view.state.record_count, [&](const Record& record) {
    const auto add = [&](Cell source, Cell file, const std::string& sha256, Cell bytes,
                         Cell rows, Cell quarantined) {
      csv += csv_line({record.sequence, std::string{accrue::to_string(record.kind)},
                       std::move(source), std::move(file),
                       sha256.empty() ? Cell{} : Cell{to_hex(sha256)}, std::move(bytes),
                       std::move(rows), std::move(quarantined), record.recorded_at.to_string(),
                       record.author});
    };
    const auto add_text = [&](const std::string& file, const std::string& text) {
      const Digest digest = accrue::sha256(text);
      add({}, file, {digest.begin(), digest.end()}, static_cast<std::int64_t>(text.size()), {}, {});
    };
    const auto add_rows = [&](const auto& table) {
      add({}, table.file, table.sha256, {}, static_cast<std::int64_t>(table.rows.size()), {});
    };
    const Fact fact = decode(record.kind, record.fact);
    if (const auto* usage = std::get_if<UsageImported>(&fact)) {
      for (const UsageFile& file : usage->delivery.files) {
        add(usage->delivery.terms.source, file.name, file.sha256, file.byte_count, file.row_count,
            file.quarantined_count);
      }
    }
    if (const auto* deal = std::get_if<InvestmentAdded>(&fact)) add_text(deal->file, deal->text);
    if (const auto* card = std::get_if<RateCardAdded>(&fact)) add_text(card->file, card->text);
    if (const auto* segment = std::get_if<SegmentImported>(&fact)) add_rows(*segment);
    if (const auto* base = std::get_if<BaseImported>(&fact)) add_rows(*base);
    if (const auto* rates = std::get_if<RatesImported>(&fact)) add_rows(*rates);
    if (const auto* bills = std::get_if<BillingPeriodsImported>(&fact)) add_rows(*bills);
    if (const auto* events = std::get_if<EventsAccepted>(&fact)) {
      add({}, {}, "", {}, static_cast<std::int64_t>(events->events.size()), {});
    }
    return true;
  });
  return csv;
}

}  // namespace accrue
