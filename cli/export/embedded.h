#pragma once

#include <span>
#include <string_view>

namespace accrue {

/// A file of the source tree that travels in every audit pack.
struct EmbeddedFile {
  std::string_view name;
  std::string_view bytes;
};

/// FORMATS.md (docs/formats.md) and the verifier; the build makes them part of the program.
std::span<const EmbeddedFile> embedded_files();

}  // namespace accrue
