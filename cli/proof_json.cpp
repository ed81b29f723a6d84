#include "cli/proof_json.h"

#include <nlohmann/json.hpp>

#include "ledger/proof/checkpoint.h"

namespace accrue {

namespace {

using Json = nlohmann::ordered_json;

Json start(const std::string& schema, const std::string& book_id) {
  return {{"schema", schema}, {"book", book_id}, {"origin", origin_of_book(book_id)}};
}

Json path_of(const std::vector<Digest>& path) {
  Json list = Json::array();
  for (const Digest& digest : path) list.push_back(to_hex(digest));
  return list;
}

}  // namespace

std::string checkpoint_json(const std::string& book_id, const HeldCheckpoint& held) {
  Json object = start("accrue.audit.checkpoint/1", book_id);
  object["record"] = held.record;
  object["size"] = held.checkpoint.size;
  object["root"] = to_hex(held.checkpoint.root);
  object["key"] = held.note.signatures.front().key_name;
  object["note"] = to_string(held.note);
  return object.dump(2) + "\n";
}

std::string inclusion_json(const std::string& book_id, const InclusionProof& proof,
                           const Digest& root) {
  Json object = start("accrue.proof.inclusion/1", book_id);
  object["record"] = proof.leaf_index + 1;
  object["leaf_index"] = proof.leaf_index;
  object["size"] = proof.tree_size;
  object["leaf"] = to_hex(proof.leaf);
  object["path"] = path_of(proof.path);
  object["root"] = to_hex(root);
  return object.dump(2) + "\n";
}

std::string consistency_json(const std::string& book_id, const ConsistencyProof& proof) {
  Json object = start("accrue.proof.consistency/1", book_id);
  object["from"] = {{"size", proof.old_size}, {"root", to_hex(proof.old_root)}};
  object["to"] = {{"size", proof.new_size}, {"root", to_hex(proof.new_root)}};
  object["path"] = path_of(proof.path);
  return object.dump(2) + "\n";
}

}  // namespace accrue
