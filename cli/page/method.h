#pragma once

#include <string>

namespace accrue {

/// What is recognised when, and how the figures are kept: the same words on every page.
std::string method_markup();

/// How a reader checks the page against the book. `example_ref` is an address on it, empty where it
/// has none; `root` is that of the book, hexadecimal.
std::string verification_markup(const std::string& example_ref, const std::string& root);

}  // namespace accrue
