#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>
#include <nlohmann/json.hpp>

// Reads the files of an audit pack as a stranger would who has docs/formats.md only: with
// arithmetic of its own.

namespace accrue_test {

/// What verify.py of a pack in a folder says, that program having been written from docs/formats.md
/// alone. Empty where it finds nothing.
std::string verified_by_script(const std::filesystem::path& pack);

using Rational = boost::multiprecision::cpp_rational;
using Integer = boost::multiprecision::cpp_int;

Rational rational(const std::string& text);
Integer round_half_even(const Rational& value);

class PackFiles {
 public:
  using Row = std::map<std::string, std::string>;

  explicit PackFiles(std::filesystem::path folder);

  /// Revenue and contract liability of every grant at the end of every posting period, from the
  /// draws. Returns how many were compared.
  std::size_t check_revenue() const;
  /// The tree over the leaves of all records.
  void check_tree() const;
  /// The entries sum to zero, and to the balances. Returns how many there are.
  std::size_t check_entries() const;

 private:
  /// Of a grant, in minor units.
  struct ToDate {
    Integer usage = 0;
    Integer breakage = 0;
    Integer liability = 0;
  };

  std::vector<std::string> periods() const;
  Rational unused(const Row& grant, const std::string& period) const;
  ToDate to_date(const Row& grant, const std::string& period) const;
  Integer booked(const Row& grant, const std::string& period, const std::string& role,
                 const std::string& kind) const;

  std::filesystem::path folder_;
  nlohmann::json about_;
  std::vector<Row> grants_;
  std::vector<Row> estimates_;
  std::vector<Row> draws_;
  std::vector<Row> balances_;
  Integer minor_units_ = 1;
};

}  // namespace accrue_test
