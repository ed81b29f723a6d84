#pragma once

#include <optional>
#include <string>

// What the words of an export ask for.

namespace accrue {

enum class ExportKind { hledger, ledger, beancount, journal, terms, usage, all };

struct ExportCommand {
  ExportKind kind;
  std::optional<std::string> period = {};  ///< none: all there is
  std::optional<std::string> folder = {};  ///< of exports that are several files
};

struct AuditPackCommand {
  std::string period = {};
  std::string path = {};  ///< a .zip, or a folder
};

}  // namespace accrue
