#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

// Programs of others that open our workbooks: openpyxl reads one, LibreOffice computes it anew.

namespace accrue_test {

/// Whether openpyxl is installed; says so where it is not.
bool can_read_workbooks();
/// Whether LibreOffice is installed; says so where it is not.
bool can_recalculate();

/// A sheet as openpyxl finds it: see tests/outside/read_workbook.py.
class ReadSheet {
 public:
  explicit ReadSheet(nlohmann::json sheet) : sheet_(std::move(sheet)) {}

  const nlohmann::json& json() const { return sheet_; }
  /// The cell, or null.
  nlohmann::json at(const std::string& address) const;
  /// A number as decimal text, a text as it is; "" of an empty cell.
  std::string value(const std::string& address) const;
  std::string formula(const std::string& address) const;
  /// The address of the first cell with this text; "" where there is none.
  std::string find(const std::string& text) const;
  /// The values of a row from column A to the last that is not empty, as "a | b | c".
  std::string row(int number) const;

 private:
  nlohmann::json sheet_;  // in round brackets above: braces would make it a list
};

struct ReadWorkbook {
  std::vector<std::string> sheet_names;
  std::map<std::string, ReadSheet> sheets;
  std::map<std::string, std::string> names;  ///< defined names
  std::string created;

  const ReadSheet& sheet(const std::string& name) const;
};

/// Fails the test where openpyxl refuses the file.
ReadWorkbook read_workbook(const std::filesystem::path& file);

/// The workbooks as LibreOffice saves them after it computed every formula, under their names in a
/// new folder of `folder`, which is returned.
std::filesystem::path recalculated(const std::filesystem::path& folder,
                                   const std::vector<std::filesystem::path>& files);

/// Puts another value where a workbook keeps that of a formula; `sheet` counts from 1.
void tamper_with_workbook(const std::filesystem::path& from, const std::filesystem::path& to,
                          int sheet, const std::string& cell, const std::string& value);

}  // namespace accrue_test
