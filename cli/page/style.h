#pragma once

#include <string>
#include <string_view>

namespace accrue {

/// The style of the page: light, dark and print. `foot` stands at the foot of every printed sheet;
/// all of it but letters, digits and spaces is left out.
std::string page_style(std::string_view foot);

}  // namespace accrue
