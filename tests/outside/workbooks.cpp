#include "tests/outside/workbooks.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <doctest/doctest.h>

namespace accrue_test {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

// openpyxl is Debian's, so it must be Debian's python too.
constexpr const char* python = "PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 ";
constexpr const char* scripts = ACCRUE_SOURCE_DIR "/tests/outside/";

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

bool succeeds(const std::string& command) {
  return std::system(("(" + command + ") >/dev/null 2>&1").c_str()) == 0;
}

std::string output_of(const std::string& command) {
  FILE* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error{"no shell"};
  std::string text;
  std::array<char, 4096> buffer;
  for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    text.append(buffer.data(), count);
  }
  REQUIRE_MESSAGE(::pclose(pipe) == 0, command);
  return text;
}

std::string column_letters(int column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters;
}

/// By itself LibreOffice believes the values of a file that it did not write.
constexpr const char* always_recalculate = R"(<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
)";

}  // namespace

bool can_read_workbooks() {
  if (succeeds(std::string{python} + "-c 'import openpyxl'")) return true;
  MESSAGE("no openpyxl: no workbook is read");
  return false;
}

bool can_recalculate() {
  if (succeeds("command -v soffice")) return true;
  MESSAGE("no LibreOffice: no workbook is computed anew");
  return false;
}

Json ReadSheet::at(const std::string& address) const {
  const auto found = sheet_.at("cells").find(address);
  return found == sheet_.at("cells").end() ? Json{} : *found;
}

std::string ReadSheet::value(const std::string& address) const {
  const Json cell = at(address);
  return cell.is_null() || cell.at("value").is_null() ? "" : cell.at("value").get<std::string>();
}

std::string ReadSheet::formula(const std::string& address) const {
  const Json cell = at(address);
  return cell.is_null() ? "" : cell.value("formula", "");
}

std::string ReadSheet::find(const std::string& text) const {
  for (const auto& [address, cell] : sheet_.at("cells").items()) {
    if (cell.at("value") == text) return address;
  }
  return {};
}

std::string ReadSheet::row(int number) const {
  std::string text;
  std::string gap;
  constexpr int most_columns = 40;
  for (int column = 1; column <= most_columns; ++column) {
    const std::string value = this->value(column_letters(column) + std::to_string(number));
    if (!value.empty()) {
      text += gap + value;
      gap.clear();
    }
    gap += " | ";
  }
  return text;
}

const ReadSheet& ReadWorkbook::sheet(const std::string& name) const {
  const auto found = sheets.find(name);
  REQUIRE_MESSAGE(found != sheets.end(), "no sheet ", name);
  return found->second;
}

ReadWorkbook read_workbook(const fs::path& file) {
  const Json json = Json::parse(
      output_of(std::string{python} + "'" + scripts + "read_workbook.py' " + quoted(file)));
  ReadWorkbook workbook;
  workbook.created = json.at("created");
  for (const auto& [name, target] : json.at("names").items()) workbook.names[name] = target;
  for (const Json& sheet : json.at("sheets")) {
    const std::string name = sheet.at("name");
    workbook.sheet_names.push_back(name);
    workbook.sheets.emplace(name, ReadSheet{sheet});
  }
  return workbook;
}

fs::path recalculated(const fs::path& folder, const std::vector<fs::path>& files) {
  const fs::path profile = folder / "profile";
  fs::create_directories(profile / "user");
  std::ofstream{profile / "user" / "registrymodifications.xcu"} << always_recalculate;
  const fs::path target = folder / "recalculated";
  std::string command = "HOME=" + quoted(folder) + " timeout 240 soffice --headless --norestore " +
                        "-env:UserInstallation=file://" + profile.string() +
                        " --convert-to 'xlsx:Calc MS Excel 2007 XML' --outdir " + quoted(target);
  for (const fs::path& file : files) command += " " + quoted(file);
  REQUIRE_MESSAGE(succeeds(command), command);
  return target;
}

void tamper_with_workbook(const fs::path& from, const fs::path& to, int sheet,
                          const std::string& cell, const std::string& value) {
  const std::string part = "xl/worksheets/sheet" + std::to_string(sheet) + ".xml";
  const std::string command = std::string{python} + "'" + scripts + "tamper_workbook.py' " +
                              quoted(from) + " " + quoted(to) + " " + part + " " + cell + " " +
                              value;
  REQUIRE_MESSAGE(succeeds(command), command);
}

}  // namespace accrue_test
