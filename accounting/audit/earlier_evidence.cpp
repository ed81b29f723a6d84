#include "accounting/audit/earlier_evidence.h"

#include <algorithm>
#include <optional>

#include "accounting/audit/record_comparison.h"
#include "accounting/posting/state.h"
#include "ledger/book/codec.h"
#include "ledger/proof/timestamp.h"

namespace accrue {

namespace {

/// The leaves of the records from the first to the first that cannot be read.
LeafTree leaves_of(const Store& book) {
  LeafTree tree;
  try {
    const std::int64_t count = book.record_count();
    while (tree.size() < count) tree.add(leaf_hash(leaf_bytes(book.read_record(tree.size() + 1))));
  } catch (const StoreFailure&) {
    // What cannot be read is a finding of verify; here the tree ends before it.
  } catch (const DamagedBytes&) {
  }
  return tree;
}

/// The state as far as the records give one.
std::optional<BookState> state_of(const Store& book) {
  try {
    return load_state(book, book.record_count());
  } catch (const StoreFailure&) {
    return std::nullopt;
  } catch (const DamagedBytes&) {
    return std::nullopt;
  }
}

std::string records_text(std::int64_t count) {
  return count == 1 ? "1 record" : std::to_string(count) + " records";
}

class Comparison {
 public:
  Comparison(const Store& book, const EarlierEvidence& evidence, AuditReport& report)
      : book_{book}, evidence_{evidence}, report_{report}, tree_{leaves_of(book)} {
    if (const std::optional<BookState> state = state_of(book)) {
      origin_ = origin_of_book(state->opened.book_id);
      keys_ = state->verifier_keys();
    }
    if (!evidence.verifiers.empty()) keys_ = evidence.verifiers;
  }

  void run() {
    for (const KeptLeaves& kept : evidence_.leaf_lists) compare_leaves(kept);
    if (evidence_.older_book != nullptr) compare_book(*evidence_.older_book);
    std::vector<KeptCheckpoint> checkpoints = evidence_.checkpoints;
    std::stable_sort(checkpoints.begin(), checkpoints.end(), [](const auto& a, const auto& b) {
      return a.checkpoint.size < b.checkpoint.size;
    });
    for (const KeptCheckpoint& kept : checkpoints) compare_checkpoint(kept);
  }

 private:
  void find(std::int64_t record, std::string what, std::string stored, std::string derived) {
    report_.findings.push_back({record, std::move(what), std::move(stored), std::move(derived)});
  }

  /// Whether the book is long enough to be compared with what is over so many records.
  bool reaches(std::int64_t size, const std::string& name) {
    const std::int64_t count = book_.record_count();
    if (size <= count) return true;
    find(0, name + ": the book is an older copy", records_text(count), records_text(size));
    return false;
  }

  bool is_of_this_book(const std::string& origin, const std::string& name) {
    if (origin == origin_) return true;
    find(0, name + ": of another book", origin_.empty() ? "no origin" : origin_, origin);
    return false;
  }

  void compare_leaves(const KeptLeaves& kept) {
    const std::string name = "leaves " + kept.file;
    if (!is_of_this_book(kept.list.origin, name)) return;
    if (!is_backed(kept)) return;
    const auto size = static_cast<std::int64_t>(kept.list.leaves.size());
    reaches(size, name);
    for (std::int64_t i = 0; i < std::min(size, tree_.size()); ++i) {
      const Digest& before = kept.list.leaves[static_cast<std::size_t>(i)];
      if (tree_.leaf(i) == before) continue;
      found_first(i + 1);
      find(i + 1, name + ": the first record that differs", "leaf " + to_hex(tree_.leaf(i)),
           "leaf " + to_hex(before));
      return;
    }
  }

  /// A list beside a checkpoint of its size must have that checkpoint's root.
  bool is_backed(const KeptLeaves& kept) {
    LeafTree tree;
    for (const Digest& leaf : kept.list.leaves) tree.add(leaf);
    const Digest root = tree.root(tree.size());
    for (const KeptCheckpoint& other : evidence_.checkpoints) {
      if (other.checkpoint.size != tree.size() || other.checkpoint.root == root) continue;
      add_unseen(report_, 0, "leaves " + kept.file + " are not those of checkpoint " + other.file,
                 "leaves with root " + to_hex(other.checkpoint.root));
      return false;
    }
    return true;
  }

  void compare_book(const Store& older) {
    const std::string name = "older book";
    const LeafTree before = leaves_of(older);
    if (before.size() < older.record_count()) {
      add_unseen(
          report_, 0,
          "record " + std::to_string(before.size() + 1) + " of the older book cannot be read",
          "an older book that can be read");
    }
    reaches(older.record_count(), name);
    for (std::int64_t i = 0; i < std::min(before.size(), tree_.size()); ++i) {
      if (before.leaf(i) == tree_.leaf(i)) continue;
      found_first(i + 1);
      find(i + 1, name + ": the first record that differs", "leaf " + to_hex(tree_.leaf(i)),
           "leaf " + to_hex(before.leaf(i)));
      compare_records(book_.read_record(i + 1), older.read_record(i + 1), report_.findings);
      return;
    }
  }

  void compare_checkpoint(const KeptCheckpoint& kept) {
    const std::string name = "checkpoint " + kept.file;
    if (!is_of_this_book(kept.checkpoint.origin, name)) return;
    check_signature(kept, name);
    const std::int64_t size = kept.checkpoint.size;
    if (!reaches(size, name)) return;
    if (size > tree_.size()) {
      add_unseen(report_, tree_.size() + 1,
                 name + ": record " + std::to_string(tree_.size() + 1) + " cannot be read",
                 "the root over " + records_text(size));
      return;
    }
    const Digest root = tree_.root(size);
    if (root == kept.checkpoint.root) {
      agreed_size_ = size;
      return;
    }
    find(first_differing_.value_or(0), name + ": another history" + where(size),
         "root " + to_hex(root), "root " + to_hex(kept.checkpoint.root));
  }

  std::string where(std::int64_t size) const {
    if (first_differing_) return {};
    return ", first differing in records " + std::to_string(agreed_size_ + 1) + " to " +
           std::to_string(size);
  }

  void check_signature(const KeptCheckpoint& kept, const std::string& name) {
    const std::string& signer = kept.note.signatures.front().key_name;
    switch (check_note(kept.note, keys_)) {
      case NoteCheck::signed_by_known:
        return;
      case NoteCheck::unknown_key:
        add_unseen(report_, 0, name + ": key '" + signer + "' is neither given nor registered",
                   "a key to check the signature with");
        return;
      case NoteCheck::wrong_signature:
        find(0, name + ": signature", "not one of key '" + signer + "'", "a signature that holds");
        return;
    }
  }

  void found_first(std::int64_t record) {
    first_differing_ = std::min(first_differing_.value_or(record), record);
  }

  const Store& book_;
  const EarlierEvidence& evidence_;
  AuditReport& report_;
  LeafTree tree_;
  std::string origin_;
  std::vector<VerifierKey> keys_;
  std::optional<std::int64_t> first_differing_;
  std::int64_t agreed_size_ = 0;
};

}  // namespace

void compare_with_earlier(const Store& book, const EarlierEvidence& evidence, AuditReport& report) {
  Comparison{book, evidence, report}.run();
}

void check_own_checkpoints(const Store& book, AuditReport& report) {
  const LeafTree tree = leaves_of(book);
  const std::optional<BookState> state = state_of(book);
  // Without a state the facts do not replay, and that is a finding already.
  if (!state) return;
  for (const HeldCheckpoint& held : state->checkpoints) {
    if (held.checkpoint.size > tree.size()) continue;
    const Digest root = tree.root(held.checkpoint.size);
    if (root == held.checkpoint.root) continue;
    report.findings.push_back({held.record,
                               "checkpoint: root over " + records_text(held.checkpoint.size),
                               to_hex(held.checkpoint.root), to_hex(root)});
  }
}

void check_time_stamps(const Store& book, const std::string& trusted_pem, AuditReport& report) {
  const std::optional<BookState> state = state_of(book);
  if (!state) {
    add_unseen(report, 0, "the time stamps cannot be read", "every time stamp checked");
    return;
  }
  for (const HeldTimeStamp& held : state->time_stamps) {
    const HeldCheckpoint* const checkpoint = state->find_checkpoint(held.checkpoint_record);
    const Result<Done> check =
        check_timestamp_signature(held.response, to_string(checkpoint->note), trusted_pem);
    if (check.ok()) continue;
    report.findings.push_back({held.record, "time stamp", check.error().message,
                               "signed by an authority that is trusted"});
  }
}

}  // namespace accrue
