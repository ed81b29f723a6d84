#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace accrue {

/// Standard Base 64 with padding. Source: RFC 4648, section 4.
std::string to_base64(std::string_view bytes);

/// Reads what to_base64() writes, and no other form: no spaces, no bits beyond the last byte.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace accrue
