#include "tests/cli/answers.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace accrue_test {

namespace fs = std::filesystem;

namespace {

std::string read_whole(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void write_whole(const fs::path& path, const std::string& text) {
  std::ofstream{path, std::ios::binary} << text;
}

/// The object that a text is, or those that its lines are.
std::vector<std::string> objects_in(const std::string& text) {
  if (nlohmann::json::accept(text)) return {text};
  std::vector<std::string> objects;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('{') && nlohmann::json::accept(line)) objects.push_back(line);
  }
  return objects;
}

/// Runs the program as a story does, with -f json; what it read, printed and said lies in numbered
/// files of a folder.
std::string recorder(const std::string& folder) {
  return "#!/bin/sh\n"
         "n=$(ls '" + folder + "' | grep -c words)\n"
         "echo \"$*\" >'" + folder + "/'$n.words\n"
         "'" ACCRUE_PROGRAM "' \"$@\" -f json >'" + folder + "/'$n.out 2>'" + folder + "/'$n.err\n";
}

}  // namespace

std::set<std::string> command_paths(const Scratch& scratch) {
  std::istringstream lines{scratch.run("").out};
  std::vector<std::string> listed;
  for (std::string line; std::getline(lines, line);) listed.push_back(line);
  // Every sentence begins in the column in which that of demo does.
  const auto demo = std::find_if(listed.begin(), listed.end(), [](const std::string& line) {
    return line.starts_with("  demo ");
  });
  REQUIRE(demo != listed.end());
  const std::size_t column = demo->find_first_not_of(' ', std::string{"  demo"}.size());
  std::set<std::string> paths;
  for (auto line = demo; line != listed.end(); ++line) {
    if (!line->starts_with("  ") || line->size() <= column) continue;
    const std::string path = line->substr(2, column - 2);
    paths.insert(path.substr(0, path.find_last_not_of(' ') + 1));
  }
  return paths;
}

Answers::Answers(fs::path folder, std::set<std::string> commands)
    : folder_{std::move(folder)}, commands_{std::move(commands)} {
  fs::create_directories(folder_);
}

void Answers::keep_text(const std::string& words, const std::string& text) {
  write_whole(folder_ / (std::to_string(count_) + ".json"), text);
  list_ += words + "\n";
  ++count_;
}

void Answers::keep(const std::string& words, const Run& run) {
  const std::vector<std::string> objects = objects_in(run.out);
  for (const std::string& object : objects) keep_text(words, object);
  const std::vector<std::string> refusals = objects_in(run.err);
  for (const std::string& refusal : refusals) keep_text("refused: " + words, refusal);
  CHECK_MESSAGE(objects.size() + refusals.size() > 0, words, ": no answer in JSON\n", run.err);
  if (objects.empty()) return;
  std::string longest;
  for (const std::string& path : commands_) {
    const bool is_it = (words + " ").starts_with(path + " ");
    if (is_it && path.size() > longest.size()) longest = path;
  }
  answered_.insert(longest);
}

Run Answers::ask(const Scratch& scratch, const std::string& words, const std::string& settings) {
  Run run = scratch.run(words + " -f json", settings);
  keep(words, run);
  return run;
}

void Answers::keep_files(const fs::path& path, const std::string& words) {
  std::vector<fs::path> files{path};
  if (fs::is_directory(path)) {
    files.assign(fs::recursive_directory_iterator{path}, {});
    std::sort(files.begin(), files.end());
  }
  std::size_t kept = 0;
  for (const fs::path& file : files) {
    if (file.extension() != ".json") continue;
    keep_text(words + ": " + file.filename().string(), read_whole(file));
    ++kept;
  }
  CHECK_MESSAGE(kept > 0, path.string(), " holds no JSON");
}

void Answers::tell_story(const Scratch& scratch, const std::string& name) {
  scratch.write("told/recorder", recorder((scratch.folder() / "told").string()));
  fs::permissions(scratch.folder() / "told/recorder", fs::perms::owner_all);
  const std::string folder = scratch.folder().string();
  const std::string command = "env -i PATH=\"$PATH\" ACCRUE='" + folder +
                              "/told/recorder' bash '" ACCRUE_SOURCE_DIR "/examples/" + name +
                              "/story.sh' '" + folder + "' >/dev/null 2>&1 </dev/null";
  CHECK(std::system(command.c_str()) == 0);
  std::size_t number = 0;
  for (; scratch.has("told/" + std::to_string(number) + ".words"); ++number) {
    const std::string stem = "told/" + std::to_string(number);
    const std::string words = scratch.read(stem + ".words");
    keep(words.substr(0, words.find('\n')),
         Run{0, scratch.read(stem + ".out"), scratch.read(stem + ".err")});
  }
  CHECK(number > 0);
}

void Answers::finish() const { write_whole(folder_ / "commands", list_); }

}  // namespace accrue_test
