#pragma once

#include <string>
#include <vector>

#include "ledger/error/error.h"

namespace accrue {

/// Runs one command line, without the program's name: prints the answer, or why there is none.
/// Throws StoreFailure when the machine fails.
ExitStatus run_program(const std::vector<std::string>& words);

/// Says what the machine did, in the form the command line asks errors in.
ExitStatus report_failure(const std::vector<std::string>& words, const std::string& what);

}  // namespace accrue
