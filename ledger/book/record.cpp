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
  }
  return {};
}

std::string leaf_bytes(const Record& record) {
  ByteWriter out;
  out.put_text("accrue.record/1");
  out.put_i64(record.sequence);
  out.put_u8(static_cast<std::uint8_t>(record.kind));
  out.put_i64(record.recorded_at.microseconds);
  out.put_text(record.author);
  out.put_text(record.reason);
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
  return out.take();
}

}  // namespace accrue
