#include "cli/scenario_file.h"

#include <filesystem>

#include "accounting/scenario/file/scenario_reader.h"
#include "cli/files.h"

namespace accrue {

Result<Scenario> read_scenario(const std::string& path) {
  ACCRUE_TRY(text, read_file(path));
  const std::filesystem::path folder = std::filesystem::path{path}.parent_path();
  return parse_scenario(text, file_name(path), [&](const std::string& named) {
    return read_file((folder / named).string());
  });
}

}  // namespace accrue
