#include "cli/export/pack_proofs.h"

#include <set>
#include <string>

#include "cli/proof_json.h"
#include "cli/render_csv.h"
#include "ledger/proof/tree_proof.h"

namespace accrue {

namespace {

std::string numbered(const std::string& head, std::int64_t record, const std::string& tail) {
  return head + std::to_string(record) + tail;
}

/// Closes of the range that the view knows, taken back or not.
std::set<std::int64_t> close_records(const Store& store, const BookView& view, PeriodRange range) {
  std::set<std::int64_t> records;
  for (const StoredClose& close : store.read_closes()) {
    const bool is_known = close.record <= view.state.record_count;
    if (is_known && range.contains(close.period)) records.insert(close.record);
  }
  return records;
}

}  // namespace

std::vector<Member> pack_proofs(const Store& store, const BookView& view, PeriodRange range) {
  const BookState& state = view.state;
  const std::int64_t size = state.record_count;
  const NodeReader nodes = [&](NodeAddress address) { return store.node(address); };
  const std::string& book = state.opened.book_id;
  std::vector<Member> members;
  for (const std::int64_t record : close_records(store, view, range)) {
    members.push_back({numbered("proofs/inclusion-record-", record, ".json"),
                       inclusion_json(book, prove_inclusion(record - 1, size, nodes),
                                      store.root(size))});
  }
  if (!state.keys.empty()) {
    std::string keys = "record,person,key\n";
    for (const HeldKey& held : state.keys) {
      keys += csv_line({held.record, held.person, held.key.text()});
    }
    members.push_back({"checkpoints/keys.csv", std::move(keys)});
  }
  std::set<std::int64_t> sizes;
  for (const HeldCheckpoint& held : state.checkpoints) {
    members.push_back(
        {numbered("checkpoints/record-", held.record, ".note"), to_string(held.note)});
    if (held.checkpoint.size > 0) sizes.insert(held.checkpoint.size);
  }
  for (const std::int64_t old_size : sizes) {
    members.push_back({numbered("proofs/consistency-from-", old_size, ".json"),
                       consistency_json(book, prove_consistency(old_size, size, nodes))});
  }
  for (const HeldTimeStamp& held : state.time_stamps) {
    members.push_back({numbered("checkpoints/record-", held.checkpoint_record, "") +
                           numbered("-time-stamp-", held.record, ".tsr"),
                       held.response});
  }
  return members;
}

}  // namespace accrue
