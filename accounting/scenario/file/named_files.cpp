#include "accounting/scenario/file/named_files.h"

#include <utility>

#include "accounting/scenario/file/scenario_fields.h"
#include "ledger/book/codec.h"
#include "ledger/proof/merkle.h"

namespace accrue {

const NamedFiles::File* NamedFiles::read(const TomlTable& table, std::string_view key) {
  const auto path = line_of_text(table, key);
  if (!path) return nullptr;
  const auto known = files_.find(*path);
  if (known != files_.end()) return &known->second;
  auto bytes = (*read_)(*path);
  if (!bytes.ok()) {
    Error error = bytes.error();
    if (error.hint.empty()) error.hint = page_of(error.code).fix;
    table.refuse(key, std::move(error));
    return nullptr;
  }
  const File& file = files_.emplace(*path, File{*path, std::move(*bytes)}).first->second;
  in_order_.push_back(&file);
  return &file;
}

void NamedFiles::refuse(Refusal refusal) {
  for (Error& error : refusal.errors) refused_.errors.push_back(std::move(error));
  refused_.unlisted_count += refusal.unlisted_count;
}

std::string NamedFiles::digest(std::string_view scenario) const {
  ByteWriter writer;
  writer.put_text(scenario);
  for (const File* file : in_order_) writer.put_text(file->bytes);
  return to_hex(sha256(writer.take()));
}

}  // namespace accrue
