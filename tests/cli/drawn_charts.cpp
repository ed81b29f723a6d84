#include "tests/cli/drawn_charts.h"

#include <regex>

namespace accrue_test {

using accrue::Chart;

bool has(const Chart& chart, const std::string& markup) {
  return chart.drawing.find(markup) != std::string::npos;
}

std::size_t count_of(const Chart& chart, const std::string& markup) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = chart.drawing.find(markup, at)) != std::string::npos; ++at)
    ++count;
  return count;
}

std::vector<std::string> texts_of(const Chart& chart, const std::string& style) {
  std::vector<std::string> texts;
  const std::regex form{"<text class=\"" + style + "\"[^>]*>([^<]*)</text>"};
  for (std::sregex_iterator at{chart.drawing.begin(), chart.drawing.end(), form}, end; at != end;
       ++at) {
    texts.push_back((*at)[1]);
  }
  return texts;
}

}  // namespace accrue_test
