#include "cli/workbook/cell_sum.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace accrue {

namespace {

using Sign = FigureSource::Sign;
using Spans = std::vector<std::pair<Sign, std::string>>;

/// A spreadsheet's function takes 255 arguments.
constexpr std::size_t most_spans = 255;

/// Sorted terms as spans, each as long as `next` leads from cell to cell. A cell that counts twice
/// stands there twice.
template <typename Next>
Spans spans_of(const std::vector<SheetPlan>& plans, const std::vector<Term>& terms,
               std::size_t home, Next next) {
  Spans spans;
  for (std::size_t i = 0; i < terms.size();) {
    const Term& first = terms[i];
    CellAt last = first.place.at;
    for (++i; i < terms.size() && terms[i].sign == first.sign &&
              terms[i].place == SheetCell{first.place.sheet, next(last)};
         ++i) {
      last = terms[i].place.at;
    }
    std::string span = span_address(first.place.at, last);
    if (first.place.sheet != home) span = "'" + plans[first.place.sheet].name + "'!" + span;
    spans.emplace_back(first.sign, std::move(span));
  }
  return spans;
}

Spans spans_down(const std::vector<SheetPlan>& plans, std::vector<Term> terms, std::size_t home) {
  std::ranges::stable_sort(terms, {}, [](const Term& term) {
    return std::tuple{term.sign, term.place.sheet, term.place.at.column, term.place.at.row};
  });
  return spans_of(plans, terms, home, [](CellAt at) { return CellAt{at.row + 1, at.column}; });
}

Spans spans_across(const std::vector<SheetPlan>& plans, std::vector<Term> terms,
                   std::size_t home) {
  std::ranges::stable_sort(terms, {}, [](const Term& term) {
    return std::tuple{term.sign, term.place.sheet, term.place.at.row, term.place.at.column};
  });
  return spans_of(plans, terms, home, [](CellAt at) {
    return CellAt{at.row, static_cast<std::uint16_t>(at.column + 1)};
  });
}

}  // namespace

std::optional<std::string> sum_expression(const std::vector<SheetPlan>& plans,
                                          const std::vector<Term>& terms, std::size_t home) {
  const Spans down = spans_down(plans, terms, home);
  const Spans across = spans_across(plans, terms, home);
  const Spans& spans = across.size() < down.size() ? across : down;
  std::string text;
  for (const Sign sign : {Sign::plus, Sign::minus}) {
    std::size_t count = 0;
    std::string list;
    for (const auto& [of, span] : spans) {
      if (of == sign) list += (count++ == 0 ? "" : ",") + span;
    }
    if (count > most_spans) return std::nullopt;
    if (count > 0) text += (sign == Sign::minus ? "-SUM(" : "SUM(") + list + ")";
  }
  return text;
}

}  // namespace accrue
