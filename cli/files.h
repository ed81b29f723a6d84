#pragma once

#include <string>

#include "ledger/error/error.h"

namespace accrue {

/// The bytes of a file. Errors: file_unreadable.
Result<std::string> read_file(const std::string& path);

/// Writes a file whole or not at all. Errors: file_unwritable.
Result<Done> write_file(const std::string& path, const std::string& text);

/// A path without its folders.
std::string file_name(const std::string& path);

}  // namespace accrue
