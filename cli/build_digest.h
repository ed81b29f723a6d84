#pragma once

#include <string_view>

namespace accrue {

/// SHA-256, hexadecimal, over the sources this program was built of: 64 digits, the same for the
/// same sources wherever they lie. docs/formats.md, "The build".
std::string_view build_digest();

}  // namespace accrue
