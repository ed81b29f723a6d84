#include "cli/library_versions.h"

#include <CLI/Version.hpp>
#include <boost/version.hpp>
#include <fmt/format.h>
#include <nlohmann/detail/abi_macros.hpp>

#include "cli/build_digest.h"

namespace accrue {

namespace {

std::string join(int major, int minor, int patch) {
  return fmt::format("{}.{}.{}", major, minor, patch);
}

}  // namespace

Program this_program() { return {"accrue", ACCRUE_VERSION, std::string{build_digest()}}; }

std::string program_version() {
  constexpr std::size_t shown_digits = 12;
  return fmt::format("{} (build {})", ACCRUE_VERSION, build_digest().substr(0, shown_digits));
}

std::vector<LibraryVersion> library_versions() {
  return {LibraryVersion{"CLI11", CLI11_VERSION},
          {"boost", join(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
          {"fmt", join(FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
          {"nlohmann-json", join(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                                 NLOHMANN_JSON_VERSION_PATCH)}};
}

}  // namespace accrue
