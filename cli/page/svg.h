#pragma once

#include <string>
#include <string_view>

// The few shapes that charts are made of, as SVG markup. Lengths are whole units of the drawing.

namespace accrue {

struct Point {
  int x = 0;
  int y = 0;
};

/// How a part of a chart is told from the others, with colour and without it.
struct Paint {
  int color = 0;    ///< 0 grey, then the palette, round and round
  int pattern = 0;  ///< 0 plain, then the hatches, round and round
};

inline constexpr int color_count = 7;    ///< of the palette, grey not counted
inline constexpr int pattern_count = 6;  ///< plain not counted

enum class TextAnchor { start, middle, end };

class Drawing {
 public:
  /// A painted rectangle between two corners, in any order. What is flat stays visible.
  void bar(Point corner, Point opposite, Paint paint);
  /// `style` is one of the page's classes: "grid", "zero", "link", "mark".
  void line(Point from, Point to, std::string_view style);
  /// A path through points, as SVG writes it.
  void path(const std::string& data, std::string_view style);
  /// The baseline begins, is centred on or ends at a point. The text is escaped here.
  void text(Point at, TextAnchor anchor, std::string_view text, std::string_view style = {});

  const std::string& markup() const { return markup_; }

 private:
  std::string markup_;
};

/// The hatches, which every drawing of the page refers to.
std::string pattern_definitions();

}  // namespace accrue
