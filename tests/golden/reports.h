#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

// Figures of the program's JSON reports, for tests that compare them with figures worked by hand.

namespace accrue_test {

/// A field and the text it must hold.
using Fields = std::map<std::string, std::string>;

/// Runs the program and stops the test unless it ends with 0.
Run must_run(const Scratch& scratch, const std::string& arguments);

/// The JSON of `accrue ARGUMENTS -f json`; its checks must all show no difference.
nlohmann::json report(const Scratch& scratch, const std::string& arguments);

/// The exact sum of `column` over the rows that hold all of `where`, with the digits of the book's
/// currency: "25000.00".
std::string total(const nlohmann::json& report, const std::string& column,
                  const Fields& where = {});

/// Compares figures worked by hand with published ones: `field` of the example `id` in
/// golden/golden.json of ACCRUE_SHARED, or of `shared` beside the project. One figure in the file
/// is the last of `figures`. Figures in cents there (a field named so) are amounts here. Says
/// when the file is not there.
void compare_with_published(const std::string& id, const std::string& field,
                            const std::vector<std::string>& figures);

/// Tells the story examples/NAME with the program, its books in `scratch`: what it prints, with
/// the folder's path as DIR, the identity of a book as BOOK and the root of its records as ROOT.
std::string tell_story(const Scratch& scratch, const std::string& name);

}  // namespace accrue_test
