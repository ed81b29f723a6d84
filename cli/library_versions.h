#pragma once

#include <string>
#include <vector>

#include "cli/provenance.h"

namespace accrue {

struct LibraryVersion {
  std::string name;
  std::string version;
};

/// Name, version and build of this program.
Program this_program();

/// "0.1.0 (build 76e4ac6f01d2)".
std::string program_version();

/// What the program was built with, by name.
std::vector<LibraryVersion> library_versions();

}  // namespace accrue
