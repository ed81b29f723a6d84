#include "cli/command_prove.h"

#include "accounting/report/ref.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/proof_json.h"
#include "cli/read_words.h"
#include "ledger/proof/tree_proof.h"

namespace accrue {

namespace {

Result<std::int64_t> size_of(const std::optional<std::int64_t>& given, const std::string& flag,
                             std::int64_t least, const Store& store) {
  const std::int64_t count = store.record_count();
  const std::int64_t size = given.value_or(count);
  if (least <= size && size <= count) return size;
  return usage(flag + " is " + std::to_string(least) + " to " + std::to_string(count) + ", not " +
                   std::to_string(size),
               "the book has " + std::to_string(count) + " records");
}

/// A book whose tree was altered has no proof.
Error altered(const std::string& what) {
  return Error{.code = ErrorCode::audit_difference,
               .message = what + ": the tree that the book keeps was altered",
               .hint = "accrue audit verify"};
}

std::string book_id_of(const Store& store) {
  const Record first = store.read_record(1);
  return std::get<BookOpened>(decode(first.kind, first.fact)).book_id;
}

/// `subtrees` are those whose roots are the path.
Report path_report(const std::string& name, const std::string& book_id, const Digest& root,
                   std::int64_t size, const std::vector<Digest>& path,
                   const std::vector<LeafRange>& subtrees) {
  Report report;
  report.name = name;
  report.book_id = book_id;
  report.as_of = {size, to_hex(root)};
  report.columns = {
      {"step", ColumnKind::count}, {"hash", ColumnKind::text}, {"ref", ColumnKind::text, 9}};
  for (std::size_t i = 0; i < path.size(); ++i) {
    report.rows.push_back({static_cast<std::int64_t>(i + 1), to_hex(path[i]),
                           make_ref({"tree", std::to_string(subtrees[i].begin + 1),
                                     std::to_string(subtrees[i].end)})});
  }
  return report;
}

}  // namespace

Result<ExitStatus> run(const Context& context, const AuditProveRecordCommand& command) {
  ACCRUE_TRY(store, context.open_to_read());
  ACCRUE_TRY(size, size_of(command.size, "--size", 1, store));
  if (command.record > size) {
    return usage(
        "--record is 1 to " + std::to_string(size) + ", not " + std::to_string(command.record),
        "the tree has " + std::to_string(size) + " records");
  }
  const NodeReader nodes = [&](NodeAddress address) { return store.node(address); };
  const InclusionProof proof = prove_inclusion(command.record - 1, size, nodes);
  const Digest root = store.root(size);
  const std::string leaf = leaf_bytes(store.read_record(command.record));
  if (root_of(proof) != root || proof.leaf != leaf_hash(leaf)) {
    return altered("record " + std::to_string(command.record) + " does not lead to the root");
  }
  if (command.leaf_file) ACCRUE_TRY_DONE(write_file(*command.leaf_file, leaf));
  const std::string book_id = book_id_of(store);
  Report report = path_report("inclusion-proof", book_id, root, size, proof.path,
                              inclusion_path(command.record - 1, size));
  report.title =
      "Record " + std::to_string(command.record) + " among the first " + std::to_string(size);
  report.notes = {"leaf " + to_hex(proof.leaf), "root " + to_hex(root)};
  ACCRUE_TRY_DONE(put_report(context, report, inclusion_json(book_id, proof, root)));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const AuditProveGrowthCommand& command) {
  ACCRUE_TRY(store, context.open_to_read());
  ACCRUE_TRY(from, size_of(command.from, "--from", 1, store));
  ACCRUE_TRY(to, size_of(command.to, "--to", from, store));
  const NodeReader nodes = [&](NodeAddress address) { return store.node(address); };
  const ConsistencyProof proof = prove_consistency(from, to, nodes);
  if (!holds(proof)) {
    return altered("the first " + std::to_string(from) + " records do not lead to " +
                   std::to_string(to));
  }
  const std::string book_id = book_id_of(store);
  Report report = path_report("consistency-proof", book_id, proof.new_root, to, proof.path,
                              consistency_path(from, to));
  report.title =
      "The first " + std::to_string(to) + " records grew out of the first " + std::to_string(from);
  report.notes = {"from root " + to_hex(proof.old_root), "to root " + to_hex(proof.new_root)};
  ACCRUE_TRY_DONE(put_report(context, report, consistency_json(book_id, proof)));
  return ExitStatus::done;
}

}  // namespace accrue
