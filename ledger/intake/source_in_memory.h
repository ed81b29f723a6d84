#pragma once

#include <string_view>

#include "ledger/error/error.h"
#include "ledger/intake/byte_source.h"

namespace accrue {

/// A source of bytes that are in memory already, for the readers of files.
/// Throws when the machine gives no file without a name.
Result<ByteSource> source_in_memory(std::string_view bytes);

}  // namespace accrue
