#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "tests/cli/program.h"

// What commands answer with -f json, kept in one folder to be looked at together.

namespace accrue_test {

/// The paths of all commands ("import usage"), as the program lists them.
std::set<std::string> command_paths(const Scratch& scratch);

class Answers {
 public:
  /// `folder` is made, and takes what tests/outside/check_schemas.py reads.
  explicit Answers(std::filesystem::path folder, std::set<std::string> commands);

  /// Runs `accrue WORDS -f json` and keeps every object that it printed: on standard output the
  /// answer, or one for each line, and on standard error the refusal.
  Run ask(const Scratch& scratch, const std::string& words, const std::string& settings = {});
  /// Keeps what is JSON of a file, or of all files below a folder, under the command that wrote it.
  void keep_files(const std::filesystem::path& path, const std::string& words);
  /// Tells the story examples/NAME, its books in `scratch`, with every answer in JSON.
  void tell_story(const Scratch& scratch, const std::string& name);

  /// Writes the list of commands. Everything is kept by then.
  void finish() const;

  std::size_t count() const { return count_; }
  /// The commands that gave an answer; a refusal is none.
  const std::set<std::string>& answered() const { return answered_; }

 private:
  void keep(const std::string& words, const Run& run);
  void keep_text(const std::string& words, const std::string& text);

  std::filesystem::path folder_;
  std::set<std::string> commands_;
  std::set<std::string> answered_;
  std::string list_;
  std::size_t count_ = 0;
};

}  // namespace accrue_test
