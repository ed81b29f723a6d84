#pragma once

#include <string>

#include "ledger/error/error.h"

namespace accrue {

/// A refusal for programs: one object accrue.error/1 on one line, further errors under "more", how
/// many were found but not kept under "unlisted".
std::string error_json(const Refusal& refusal);

}  // namespace accrue
