#include "accounting/report/ref.h"

namespace accrue {

namespace {

std::string escaped(std::string_view part) {
  if (part.empty()) return "-";
  if (part == "-") return "%2D";
  std::string text;
  for (const char c : part) {
    if (c == ':') {
      text += "%3A";
    } else if (c == '%') {
      text += "%25";
    } else {
      text += c;
    }
  }
  return text;
}

std::string unescaped(std::string_view part) {
  if (part == "-") return {};
  std::string text;
  while (!part.empty()) {
    std::size_t length = 1;
    char c = part.front();
    for (const auto& [code, meant] : {std::pair<std::string_view, char>{"%3A", ':'},
                                      {"%25", '%'}, {"%2D", '-'}}) {
      if (!part.starts_with(code)) continue;
      length = code.size();
      c = meant;
    }
    text += c;
    part.remove_prefix(length);
  }
  return text;
}

}  // namespace

std::string make_ref(const std::vector<std::string>& parts) {
  std::string ref;
  for (const std::string& part : parts) {
    if (!ref.empty()) ref += ':';
    ref += escaped(part);
  }
  return ref;
}

std::vector<std::string> parts_of_ref(std::string_view ref) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t colon = ref.find(':');
    parts.push_back(unescaped(ref.substr(0, colon)));
    if (colon == std::string_view::npos) return parts;
    ref.remove_prefix(colon + 1);
  }
}

std::string to_text(PeriodRange range) {
  const std::string year = std::to_string(range.first.year());
  const std::int32_t count = range.month_count();
  if (count == 1) return range.first.to_string();
  if (count == 3 && range.first.month() % 3 == 1) {
    return year + "-Q" + std::to_string((range.first.month() + 2) / 3);
  }
  if (count == 12 && range.first.month() == 1) return year;
  return range.first.to_string() + ".." + range.last.to_string();
}

}  // namespace accrue
