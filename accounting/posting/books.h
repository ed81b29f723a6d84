#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/posting/derivation.h"
#include "accounting/posting/exceptions.h"
#include "accounting/posting/state.h"
#include "accounting/posting/target.h"
#include "ledger/credit/burn_down.h"
#include "ledger/intake/fact.h"
#include "ledger/proof/merkle.h"
#include "ledger/store/store.h"

namespace accrue {

/// A second person, who signs the record that is about to be appended.
struct Approver {
  std::string person;
  Identity identity;
  /// The signature over the bytes of approval_bytes.
  std::function<std::string(std::string_view bytes)> sign;
};

/// Who says it, when, and why.
struct Stamp {
  Instant now;
  std::string author;
  std::string reason;
  Identity identity = {};
  std::optional<Approver> approver = {};
  /// The record it must follow, where it was looked at as the book stood then.
  std::optional<std::int64_t> after = {};
};

/// A dry run goes the whole way and takes it back before the commit; nobody has to approve it. A
/// replay keeps a checkpoint whose root is not that of the records before it, and an approval that
/// is not what it must be: the audit says so. What is assumed goes into a copy in memory only, and
/// nobody approves it.
enum class RunMode { write, dry_run, replay, assumed };

/// What a fact caused.
struct Recorded {
  std::int64_t record = 0;  ///< 0: the fact said what stands already, and nothing was recorded
  Digest root = {};
  std::vector<Entry> entries = {};
  std::string fact = {};  ///< canonical bytes, as the record holds them
  /// The charges it brought; of a delivery that replaces, the differences to what stood.
  std::vector<Charge> charges = {};
  /// Draws that changed, by key: what the fact drew, net. Open draws only.
  DrawTotals drawn = {};
  /// Drawn from each grant, cumulative, by grant id: before the fact and with it.
  DrawnByGrant drawn_before = {};
  DrawnByGrant drawn_after = {};
};

/// A book with the one path on which everything is posted: fact, what is so, difference.
class Books {
 public:
  /// Errors: now_before_last is never given here; bad_time_zone.
  static Result<Books> create(Store store, const BookOpened& opened, const Stamp& stamp);
  static Books open(Store store);
  /// How long record() waits for another writer.
  void set_patience(std::chrono::milliseconds patience) { patience_ = patience; }

  const BookState& state() const { return state_; }
  const Store& store() const { return store_; }

  /// Looks at what others have recorded since.
  void refresh();

  /// Appends the fact as a record with the entries it causes, in one transaction. A delivery that
  /// replaces and equals what stands leaves no record.
  ///
  /// Errors: those of add_fact; already_imported; rate_missing; exceptions_stand (a close);
  ///         book_busy; now_before_last; those of check_checkpoint (a checkpoint, a time stamp),
  ///         of require_known_start (a forecast) and of check_approval. On any of them the book is
  ///         as it was.
  Result<Recorded> record(Fact fact, const Stamp& stamp, RunMode mode);

  /// What is so now; with `closing`, as its close would book it. Errors: rate_missing.
  Result<Derivation> derive(std::optional<Period> closing);

  /// The exceptions that stand against closing a period. Errors: rate_missing.
  Result<std::vector<Exception>> exceptions(Period period);

 private:
  /// The open charges, served; kept from fact to fact while grants and closes stay.
  struct Serving {
    DrawTotals frozen;
    BurnDown served;
  };

  Books(Store store, BookState state);
  const Serving& serving();
  Result<Recorded> append(Fact& fact, const Stamp& stamp, RunMode mode);
  Result<std::vector<Charge>> charges_of(const Fact& fact) const;
  bool equals_what_stands(const Fact& fact, const std::vector<Charge>& charges) const;
  Result<Done> prepare_close(PeriodClosed& close, const Derivation& derivation) const;
  void insert_names(const Fact& fact, std::int64_t record);
  Result<Done> post(Fact& fact, const Derivation& derivation, const BookState& after,
                    Recorded& recorded);
  void mark_last_close_reopened(std::int64_t reopen_record);
  void reload();

  Store store_;
  BookState state_;
  std::chrono::milliseconds patience_ = Store::usual_patience;
  std::optional<Serving> serving_;
};

/// SHA-256 over the trial balance at the end of a period: every account that has moved, in order,
/// with its balance. Bound by the record of the close.
std::string trial_balance_hash(const Balances& booked, Period through);

}  // namespace accrue
