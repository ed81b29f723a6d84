#pragma once

#include <filesystem>
#include <string>

// Runs the built program in a folder of its own, with a fixed time and author.

namespace accrue_test {

struct Run {
  int status = -1;
  std::string out;
  std::string err;
};

/// A folder for one test, removed at its end.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  const std::filesystem::path& folder() const { return folder_; }
  void write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;
  bool has(const std::string& name) const;

  /// `arguments` as a shell takes them; `settings` are variables of the environment before it.
  Run run(const std::string& arguments, const std::string& settings = {}) const;
  /// As run(), as a person would see it: "$ accrue ...", both streams, "exit N" unless it is 0.
  std::string transcript(const std::string& arguments) const;

 private:
  std::filesystem::path folder_;
};

/// A book in `book.accrue` with one deal in USD, ba-1: 1,000 USD of credits in T1 for 900 USD,
/// breakage proportional at 10%.
void make_book(const Scratch& scratch);

extern const std::string deal_terms;

/// A FOCUS file: the header and rows of (account, category, start, end, cost, service).
std::string focus_file(const std::string& rows);
/// A row of one hour of usage.
std::string usage_row(const std::string& account, const std::string& start,
                      const std::string& cost);

/// Whether `text` equals tests/golden/cli/NAME. With ACCRUE_WRITE_GOLDEN set the file is written.
bool equals_golden(const std::string& name, const std::string& text);

}  // namespace accrue_test
