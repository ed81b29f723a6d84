#pragma once

#include <string>
#include <vector>

namespace accrue {

struct LibraryVersion {
  std::string name;
  std::string version;
};

/// "0.1.0 (commit 76e4ac6)".
std::string program_version();

/// What the program was built with, by name.
std::vector<LibraryVersion> library_versions();

}  // namespace accrue
