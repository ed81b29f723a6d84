#pragma once

#include <span>
#include <string_view>

namespace accrue {

struct HelpTopic {
  std::string_view name;
  std::string_view title;
  std::string_view text;
};

std::span<const HelpTopic> help_topics();

}  // namespace accrue
