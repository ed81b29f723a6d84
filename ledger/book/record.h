#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/book/entry.h"
#include "ledger/proof/merkle.h"
#include "ledger/time/date.h"

namespace accrue {

/// What a record states. The numbers are part of the format and never change.
enum class RecordKind : std::uint8_t {
  book_opened = 1,
  investment_added = 2,
  usage_imported = 3,
  estimate_changed = 4,
  segment_imported = 5,
  base_imported = 6,
  rates_imported = 7,
  period_closed = 8,
  period_reopened = 9,
  events_accepted = 10,
  rate_card_added = 11,
  billing_periods_imported = 12,
  key_registered = 13,
  checkpoint_signed = 14,
  attempt_refused = 15,
  timestamp_attached = 16,
  forecast_saved = 17,
  /// Of a scenario, in memory: never in a file.
  tranche_assumed = 255,
};

std::string_view to_string(RecordKind kind);

/// The version of the rules of semantics.md under which entries were derived.
inline constexpr std::int32_t rule_version = 1;

/// Who the operating system says was at work, beside the author that the command named.
struct Identity {
  std::string os_user;
  std::string host;
  friend bool operator==(const Identity&, const Identity&) = default;
};

/// A second person's signature over a record (`init --dual-control`).
struct Approval {
  std::string person;  ///< whom the key is registered for
  Identity identity;   ///< of whoever signed
  std::string signature;  ///< 64 bytes, Ed25519 over approval_bytes
  friend bool operator==(const Approval&, const Approval&) = default;
};

/// One appended fact with the entries it caused: the unit of commit, of hashing, of replay.
struct Record {
  std::int64_t sequence = 0;  ///< from 1
  RecordKind kind = RecordKind::book_opened;
  Instant recorded_at;  ///< never before that of the record before
  std::string author;
  std::string reason;
  Identity identity = {};
  std::int32_t rules = rule_version;
  std::string fact;  ///< canonical bytes
  std::vector<Entry> entries = {};
  std::optional<Approval> approval = {};
};

/// The bytes that the Merkle leaf of a record hashes: length-prefixed binary, specified in
/// docs/formats.md. Every field of the record and of its entries is bound.
std::string leaf_bytes(const Record& record);

/// What a second person signs: the book, its root before the record, and everything the leaf of
/// the record hashes but the approval itself.
std::string approval_bytes(std::string_view book_id, const Digest& root_before,
                           const Record& record);

}  // namespace accrue
