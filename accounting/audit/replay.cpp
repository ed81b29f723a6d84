#include "accounting/audit/replay.h"

#include <algorithm>
#include <utility>

#include "ledger/book/codec.h"

namespace accrue {

namespace {

std::string describe(const Entry& entry) {
  std::string text = entry.dated_on().to_string() + " " + entry.posting_period().to_string() + "/" +
                     entry.origin_period().to_string() + " " + entry.memo();
  for (const Line& line : entry.lines()) {
    text += "; " + line.account.name() + " " + std::to_string(line.amount_minor_units);
  }
  return text;
}

std::string describe(const Identity& identity) { return identity.os_user + "@" + identity.host; }

std::string describe(const std::optional<Approval>& approval) {
  if (!approval) return "none";
  return approval->person + ", " + describe(approval->identity) + ", " +
         to_hex(approval->signature);
}

class RecordComparison {
 public:
  RecordComparison(const Record& stored, const Record& derived, std::vector<Finding>& findings)
      : stored_{stored}, derived_{derived}, findings_{findings} {}

  void compare() {
    field("kind", std::string{to_string(stored_.kind)}, std::string{to_string(derived_.kind)});
    field("recorded time", stored_.recorded_at.to_string(), derived_.recorded_at.to_string());
    field("author", stored_.author, derived_.author);
    field("reason", stored_.reason, derived_.reason);
    field("system user", describe(stored_.identity), describe(derived_.identity));
    field("approval", describe(stored_.approval), describe(derived_.approval));
    field("rule version", std::to_string(stored_.rules), std::to_string(derived_.rules));
    if (stored_.fact != derived_.fact) {
      field("fact", "SHA-256 " + to_hex(sha256(stored_.fact)),
            "SHA-256 " + to_hex(sha256(derived_.fact)));
    }
    const std::size_t count = std::max(stored_.entries.size(), derived_.entries.size());
    for (std::size_t i = 0; i < count; ++i) {
      field("entry " + std::to_string(i + 1), entry_text(stored_, i), entry_text(derived_, i));
    }
  }

 private:
  static std::string entry_text(const Record& record, std::size_t index) {
    return index < record.entries.size() ? describe(record.entries[index]) : "none";
  }
  void field(const std::string& what, const std::string& stored, const std::string& derived) {
    if (stored != derived) findings_.push_back({stored_.sequence, what, stored, derived});
  }

  const Record& stored_;
  const Record& derived_;
  std::vector<Finding>& findings_;
};

Stamp stamp_of(const Record& record) {
  Stamp stamp{record.recorded_at, record.author, record.reason, record.identity};
  if (const std::optional<Approval>& approval = record.approval) {
    stamp.approver = {approval->person, approval->identity,
                      [signature = approval->signature](std::string_view) { return signature; }};
  }
  return stamp;
}

Result<Books> replay_first(const Record& record, Store fresh) {
  const Fact fact = decode(record.kind, record.fact);
  const auto* opened = std::get_if<BookOpened>(&fact);
  if (opened == nullptr) {
    return Error{.code = ErrorCode::audit_difference,
                 .message = "the first record does not open a book"};
  }
  return Books::create(std::move(fresh), *opened, stamp_of(record));
}

}  // namespace

Replay replay(const Store& book, std::int64_t record_count, Store fresh,
              const ReplayProgress& progress) {
  Replay result;
  std::vector<Finding>& findings = result.report.findings;
  result.report.record_count = record_count;
  std::int64_t sequence = 1;
  try {
    const Record first = book.read_record(1);
    Result<Books> books = replay_first(first, std::move(fresh));
    if (!books.ok()) {
      findings.push_back({1, "fact", "as stored", books.error().message});
      return result;
    }
    for (; sequence <= record_count; ++sequence) {
      const Record stored = sequence == 1 ? first : book.read_record(sequence);
      if (sequence > 1) {
        const Result<Recorded> derived = books->record(decode(stored.kind, stored.fact),
                                                       stamp_of(stored), RunMode::write);
        if (!derived.ok()) {
          findings.push_back({sequence, "fact", "accepted when it was recorded",
                              "refused: " + derived.error().message});
          return result;
        }
      }
      const Record derived = books->store().read_record(sequence);
      RecordComparison{stored, derived, findings}.compare();
      result.report.entry_count += static_cast<std::int64_t>(derived.entries.size());
      if (progress) progress(sequence);
    }
    result.report.root = to_hex(books->store().root(record_count));
    result.books = std::move(books).value();
  } catch (const DamagedBytes&) {
    findings.push_back({sequence, "fact", "bytes that do not decode", "nothing can be derived"});
  } catch (const StoreFailure& failure) {
    findings.push_back({sequence, "record", failure.what(), "a record that can be read"});
  }
  return result;
}

}  // namespace accrue
