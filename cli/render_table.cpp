#include "cli/render_table.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "accounting/report/ref.h"
#include "accounting/report/total_label.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr int gap = 2;            // columns between two columns
constexpr int narrowest_text = 24;  // no word shorter than this is broken to save width
constexpr std::string_view total_key = "*";

/// A column as it stands on the page: the header, then one text per row, then the total.
struct Strip {
  const Column* column = nullptr;
  std::string header;
  std::vector<std::string> texts;
  std::string total;
  bool may_hide = false;
  int width = 0;

  bool is_key() const { return column->kind == ColumnKind::key; }
  bool is_number() const {
    return column->kind == ColumnKind::figure || column->kind == ColumnKind::count;
  }
};

using Strips = std::vector<Strip>;

class Table {
 public:
  Table(const Report& report, const TableStyle& style) : report_{report}, style_{style} {
    lay_out();
  }

  std::string render() {
    std::string page = title();
    page += "\n";
    if (report_.rows.empty()) {
      page += "nothing to list\n";
    } else if (report_.layout == Layout::paragraphs) {
      page += paragraphs();
    } else {
      for (const Strips& band : fit()) page += render_band(band) + "\n";
      page.pop_back();
    }
    page += hidden_columns() + totals() + checks();
    for (const std::string& note : report_.notes) page += paragraph("note: " + harmless(note));
    return page;
  }

 private:
  std::string text_of(const Cell& cell, const Column& column) const {
    if (const auto* figure = std::get_if<Figure>(&cell)) {
      return figure_text(*figure, style_.thousands_separators);
    }
    if (const auto* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
    if (const auto* text = std::get_if<std::string>(&cell)) return harmless(*text);
    return column.kind == ColumnKind::figure ? "-" : "";
  }

  const NamedCell* total_of(const Column& column) const {
    const auto found = std::ranges::find(report_.totals, column.name, &NamedCell::name);
    return found == report_.totals.end() ? nullptr : &*found;
  }

  /// Rows as they are printed: the one that is the total of all last.
  std::vector<std::size_t> row_order() const {
    std::vector<std::size_t> order(report_.rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_partition(order.begin(), order.end(), [&](std::size_t row) {
      const auto* key = std::get_if<std::string>(&report_.rows[row].front());
      return key == nullptr || *key != total_key;
    });
    return order;
  }

  static bool is_amount(const Cell& cell) {
    const auto* figure = std::get_if<Figure>(&cell);
    return figure != nullptr && !figure->value.is_zero();
  }

  void lay_out() {
    const std::vector<std::size_t> order = row_order();
    for (std::size_t i = 0; i < report_.columns.size(); ++i) {
      const Column& column = report_.columns[i];
      Strip strip;
      strip.column = &column;
      strip.header = column.name;
      std::ranges::replace(strip.header, '_', ' ');
      bool holds_amounts = false;
      for (const std::size_t row : order) {
        strip.texts.push_back(text_of(report_.rows[row][i], column));
        holds_amounts = holds_amounts || is_amount(report_.rows[row][i]);
      }
      if (const NamedCell* total = total_of(column)) {
        strip.total = text_of(total->value, column);
        holds_amounts = holds_amounts || is_amount(total->value);
        has_total_ = true;
      }
      strip.may_hide = column.hide_rank > 0 && !holds_amounts;
      strips_.push_back(std::move(strip));
    }
    if (has_total_ && strips_.front().total.empty()) {
      strips_.front().total = total_label(report_);
    }
    for (Strip& strip : strips_) strip.width = natural_width(strip);
  }

  static int natural_width(const Strip& strip) {
    int width = std::max(text_width(strip.header), text_width(strip.total));
    for (const std::string& text : strip.texts) width = std::max(width, text_width(text));
    return width;
  }

  /// To this a column of text can shrink: its lines break between words.
  static int narrowest_width(const Strip& strip) {
    int widest_word = 0;
    const auto look_at = [&](std::string_view text) {
      while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        widest_word = std::max(widest_word, text_width(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
      }
    };
    look_at(strip.header);
    look_at(strip.total);
    for (const std::string& text : strip.texts) look_at(text);
    return std::min(widest_word, narrowest_text);
  }

  static int width_of(const Strips& strips) {
    int width = -gap;
    for (const Strip& strip : strips) width += strip.width + gap;
    return width;
  }

  /// What to print, in one band or in several below each other. Optional columns make way first,
  /// then texts are wrapped, then the amounts go on in another band under the same keys.
  std::vector<Strips> fit() {
    Strips shown = strips_;
    if (!style_.width) return {shown};
    while (width_of(shown) > *style_.width && hide_one(shown)) {
    }
    while (width_of(shown) > *style_.width && narrow_one(shown, width_of(shown) - *style_.width)) {
    }
    if (width_of(shown) <= *style_.width) return {shown};
    return bands_of(shown);
  }

  /// Hides the last column of the highest rank.
  bool hide_one(Strips& shown) {
    const Strip* chosen = nullptr;
    for (const Strip& strip : shown) {
      if (!strip.may_hide) continue;
      if (chosen == nullptr || strip.column->hide_rank >= chosen->column->hide_rank) {
        chosen = &strip;
      }
    }
    if (chosen == nullptr) return false;
    hidden_.push_back(chosen->header);
    shown.erase(shown.begin() + (chosen - shown.data()));
    return true;
  }

  /// Takes width from the widest column of text that has any to give.
  static bool narrow_one(Strips& shown, int too_much) {
    Strip* chosen = nullptr;
    int can_give = 0;
    for (Strip& strip : shown) {
      const int spare = strip.is_number() ? 0 : strip.width - narrowest_width(strip);
      if (spare <= 0 || (chosen != nullptr && strip.width <= chosen->width)) continue;
      chosen = &strip;
      can_give = spare;
    }
    if (chosen == nullptr) return false;
    chosen->width -= std::min(can_give, too_much);
    return true;
  }

  std::vector<Strips> bands_of(const Strips& shown) const {
    Strips keys;
    std::ranges::copy_if(shown, std::back_inserter(keys), &Strip::is_key);
    std::vector<Strips> bands{keys};
    for (const Strip& strip : shown) {
      if (strip.is_key()) continue;
      const bool fits = width_of(bands.back()) + gap + strip.width <= *style_.width;
      if (!fits && bands.back().size() > keys.size()) bands.push_back(keys);
      bands.back().push_back(strip);
    }
    return bands;
  }

  static std::string padded(const std::string& text, const Strip& strip) {
    const std::string space(
        static_cast<std::size_t>(std::max(0, strip.width - text_width(text))), ' ');
    return strip.is_number() ? space + text : text + space;
  }

  /// One row, in as many lines as its longest text takes.
  template <typename TextOf>
  static std::string render_row(const Strips& band, TextOf text_of_strip) {
    std::vector<std::vector<std::string>> cells;
    std::size_t line_count = 1;
    for (const Strip& strip : band) {
      const std::string& text = text_of_strip(strip);
      cells.push_back(strip.is_number() ? std::vector{text} : wrapped(text, strip.width));
      line_count = std::max(line_count, cells.back().size());
    }
    std::string lines;
    for (std::size_t i = 0; i < line_count; ++i) {
      std::string line;
      for (std::size_t column = 0; column < band.size(); ++column) {
        const std::string text = i < cells[column].size() ? cells[column][i] : std::string{};
        if (column > 0) line.append(gap, ' ');
        line += padded(text, band[column]);
      }
      line.erase(line.find_last_not_of(' ') + 1);
      lines += line + "\n";
    }
    return lines;
  }

  static std::string rule(const Strips& band) {
    std::string line;
    for (const Strip& strip : band) {
      if (!line.empty()) line.append(gap, ' ');
      line.append(static_cast<std::size_t>(strip.width), '-');
    }
    return line + "\n";
  }

  /// Every row as a paragraph: its key beside its texts, one below the other, the ref last.
  std::string paragraphs() const {
    std::string text;
    const auto margin = static_cast<std::size_t>(strips_.front().width + gap);
    for (std::size_t row = 0; row < report_.rows.size(); ++row) {
      std::string lead = strips_.front().texts[row];
      for (std::size_t i = 1; i < strips_.size(); ++i) {
        const int room = style_.width ? std::max(*style_.width - static_cast<int>(margin), 1)
                                      : std::numeric_limits<int>::max();
        for (const std::string& line : wrapped(strips_[i].texts[row], room)) {
          lead.resize(margin, ' ');
          text += lead + line + "\n";
          lead.clear();
        }
      }
    }
    return text;
  }

  std::string render_band(const Strips& band) const {
    std::string text = render_row(band, [](const Strip& strip) { return strip.header; });
    text += rule(band);
    for (std::size_t row = 0; row < report_.rows.size(); ++row) {
      text += render_row(band, [&](const Strip& strip) { return strip.texts[row]; });
    }
    if (has_total_) {
      text += rule(band);
      text += render_row(band, [](const Strip& strip) { return strip.total; });
    }
    return text;
  }

  std::string paragraph(const std::string& text) const {
    if (!style_.width) return text + "\n";
    std::string lines;
    for (const std::string& line : wrapped(text, *style_.width)) lines += line + "\n";
    return lines;
  }

  std::string colored(const std::string& text, std::string_view code) const {
    return style_.color ? "\x1b[" + std::string{code} + "m" + text + "\x1b[0m" : text;
  }

  std::string title() const {
    std::string line = harmless(report_.title);
    const auto add = [&](const std::string& part) {
      if (!part.empty()) line += "   " + part;
    };
    if (report_.period) add(to_text(*report_.period));
    add(report_.currency);
    add(report_.state);
    if (report_.as_of.records > 0) {
      add("as of record " + std::to_string(report_.as_of.records) + ", root " +
          report_.as_of.root.substr(0, 12));
    }
    std::string text;
    std::string lines = paragraph(line);
    lines.pop_back();
    for (std::size_t at = 0; at <= lines.size();) {
      const std::size_t end = std::min(lines.find('\n', at), lines.size());
      text += colored(lines.substr(at, end - at), "1") + "\n";
      at = end + 1;
    }
    return text;
  }

  std::string hidden_columns() const {
    if (hidden_.empty()) return {};
    std::string names;
    for (const std::string& name : hidden_) names += (names.empty() ? "" : ", ") + name;
    return paragraph(std::to_string(hidden_.size()) +
                     (hidden_.size() == 1 ? " column" : " columns") + " hidden (" + names +
                     "): shown in a wider terminal, or with -f csv");
  }

  /// Totals that have no column of their own.
  std::string totals() const {
    std::vector<std::pair<std::string, std::string>> lines;
    int name_width = 0;
    int value_width = 0;
    for (const NamedCell& total : report_.totals) {
      const bool has_column = !report_.rows.empty() &&
          std::ranges::find(report_.columns, total.name, &Column::name) != report_.columns.end();
      if (has_column) continue;
      std::string name = total.name;
      std::ranges::replace(name, '_', ' ');
      lines.emplace_back(name, text_of(total.value, {total.name, ColumnKind::figure}));
      name_width = std::max(name_width, text_width(name));
      value_width = std::max(value_width, text_width(lines.back().second));
    }
    std::string text;
    for (const auto& [name, value] : lines) {
      text += name + std::string(static_cast<std::size_t>(name_width - text_width(name) + gap), ' ');
      text += std::string(static_cast<std::size_t>(value_width - text_width(value)), ' ') + value;
      text += "\n";
    }
    return text.empty() ? text : "\n" + text;
  }

  std::string checks() const {
    std::string text;
    for (const ReportCheck& check : report_.checks) {
      const bool holds = check.difference.value.is_zero();
      text += "check: " + harmless(check.name) + ": " +
              (holds ? colored("ok", "32")
                     : colored("DIFFERS by " +
                                   figure_text(check.difference, style_.thousands_separators),
                               "1;31")) +
              "\n";
    }
    return text.empty() ? text : "\n" + text;
  }

  const Report& report_;
  const TableStyle& style_;
  Strips strips_;
  bool has_total_ = false;
  std::vector<std::string> hidden_;
};

}  // namespace

std::string render_table(const Report& report, const TableStyle& style) {
  return Table{report, style}.render();
}

}  // namespace accrue
