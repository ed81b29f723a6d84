#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace accrue {

/// What a word of the command line says: a switch, one value, or a list of them.
using FilterValue = std::variant<bool, std::string, std::vector<std::string>>;

/// The words that shape an answer, so that another can ask for it again. The book, --as-of and how
/// the answer is printed are not among them.
struct Filters {
  std::string command;  ///< "report period"; empty of an answer that no reading command gave
  /// By the names of the words without dashes, in the order of the command's form: "period".
  std::vector<std::pair<std::string, FilterValue>> words;
};

/// Which program gave an answer.
struct Program {
  std::string name;
  std::string version;
  std::string build;  ///< hexadecimal SHA-256 over its sources
};

}  // namespace accrue
