#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/scenario/file/scenario_reader.h"
#include "ledger/error/error.h"
#include "ledger/intake/toml_fields.h"

namespace accrue {

/// The files that a scenario names: each is read once, and what is wrong in them is gathered.
class NamedFiles {
 public:
  explicit NamedFiles(const NamedFileReader& read) : read_{&read} {}

  struct File {
    std::string path;
    std::string bytes;
  };
  /// The file that `key` names. One that cannot be read is refused at the key: nullptr.
  const File* read(const TomlTable& table, std::string_view key);
  /// What is wrong inside a file.
  void refuse(Refusal refusal);
  const Refusal& refused() const { return refused_; }

  /// SHA-256 over the bytes of the scenario, then of each file in the order in which it was first
  /// named, each with its length before it (64 bits, big-endian); hexadecimal.
  std::string digest(std::string_view scenario) const;

 private:
  const NamedFileReader* read_;
  std::map<std::string, File> files_;
  std::vector<const File*> in_order_;
  Refusal refused_;
};

}  // namespace accrue
