#pragma once

#include <cstdint>
#include <string>

#include "ledger/error/error.h"

namespace accrue {

/// The bytes of a file. Errors: file_unreadable.
Result<std::string> read_file(const std::string& path);

/// Writes a file whole or not at all. Errors: file_unwritable.
Result<Done> write_file(const std::string& path, const std::string& text);

/// Looks whether write_file could write there. Errors: file_unwritable.
Result<Done> require_writable(const std::string& path);

/// Where the rows of a delivery lie that were set aside: BOOK.quarantine/record-N.csv.
std::string quarantine_path(const std::string& book, std::int64_t record);

/// A path without its folders.
std::string file_name(const std::string& path);

}  // namespace accrue
