#include "ledger/book/record.h"

#include "ledger/book/codec.h"

namespace accrue {

std::string_view to_string(RecordKind kind) {
  switch (kind) {
    case RecordKind::book_opened:
      return "book_opened";
    case RecordKind::investment_added:
      return "investment_added";
    case RecordKind::usage_imported:
      return "usage_imported";
    case RecordKind::estimate_changed:
      return "estimate_changed";
    case RecordKind::segment_imported:
      return "segment_imported";
    case RecordKind::base_imported:
      return "base_imported";
    case RecordKind::rates_imported:
      return "rates_imported";
    case RecordKind::period_closed:
      return "period_closed";
    case RecordKind::period_reopened:
      return "period_reopened";
    case RecordKind::events_accepted:
      return "events_accepted";
    case RecordKind::rate_card_added:
      return "rate_card_added";
    case RecordKind::billing_periods_imported:
      return "billing_periods_imported";
    case RecordKind::key_registered:
      return "key_registered";
    case RecordKind::checkpoint_signed:
      return "checkpoint_signed";
    case RecordKind::attempt_refused:
      return "attempt_refused";
    case RecordKind::timestamp_attached:
      return "timestamp_attached";
    case RecordKind::forecast_saved:
      return "forecast_saved";
    case RecordKind::tranche_assumed:
      return "tranche_assumed";
  }
  return {};
}

namespace {

void put_body(ByteWriter& out, const Record& record) {
  out.put_text("accrue.record/2");
  out.put_i64(record.sequence);
  out.put_u8(static_cast<std::uint8_t>(record.kind));
  out.put_i64(record.recorded_at.microseconds);
  out.put_text(record.author);
  out.put_text(record.reason);
  out.put_text(record.identity.os_user);
  out.put_text(record.identity.host);
  out.put_u32(static_cast<std::uint32_t>(record.rules));
  out.put_text(record.fact);
  out.put_list(record.entries, [&](const Entry& entry) {
    out.put_i64(entry.dated_on().days);
    out.put_i64(entry.posting_period().months);
    out.put_i64(entry.origin_period().months);
    out.put_text(entry.memo());
    out.put_list(entry.lines(), [&](const Line& line) {
      const Account& account = line.account;
      out.put_u8(static_cast<std::uint8_t>(account.role));
      out.put_u8(static_cast<std::uint8_t>(account.kind));
      out.put_text(account.investee);
      out.put_text(account.investment);
      out.put_text(account.grant);
      out.put_text(account.service);
      out.put_text(account.region);
      out.put_i64(line.amount_minor_units);
    });
  });
}

}  // namespace

std::string leaf_bytes(const Record& record) {
  ByteWriter out;
  put_body(out, record);
  out.put_optional(record.approval, [&](const Approval& approval) {
    out.put_text(approval.person);
    out.put_text(approval.identity.os_user);
    out.put_text(approval.identity.host);
    out.put_text(approval.signature);
  });
  return out.take();
}

std::string approval_bytes(std::string_view book_id, const Digest& root_before,
                           const Record& record) {
  ByteWriter out;
  out.put_text("accrue.approval/1");
  out.put_text(book_id);
  out.put_text({reinterpret_cast<const char*>(root_before.data()), root_before.size()});
  put_body(out, record);
  return out.take();
}

}  // namespace accrue
