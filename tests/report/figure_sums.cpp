#include "tests/report/figure_sums.h"

#include <map>
#include <optional>

#include <doctest/doctest.h>

#include "accounting/report/disclosures.h"
#include "ledger/intake/terms.h"

namespace accrue::testing {

namespace {

std::optional<Decimal> value_of(const Cell& cell) {
  const auto* const figure = std::get_if<Figure>(&cell);
  return figure == nullptr ? std::nullopt : std::optional{figure->value};
}

const Cell& named(const Report& report, const std::vector<Cell>& row, const std::string& column) {
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    if (report.columns[i].name == column) return row.at(i);
  }
  static const Cell nothing;
  FAIL("no column ", column);
  return nothing;
}

/// By "REF#COLUMN".
std::map<std::string, Decimal> figures_of(const Report& report) {
  std::map<std::string, Decimal> figures;
  for (const std::vector<Cell>& row : report.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::optional<Decimal> value = value_of(row[i]);
      if (!value) continue;
      figures[std::get<std::string>(row.back()) + "#" + report.columns[i].name] = *value;
    }
  }
  return figures;
}

void expect(std::vector<std::string>& wrong, const std::string& what, const Decimal& is,
            const Decimal& sum) {
  if (is != sum) wrong.push_back(what + " is " + is.to_string() + ", not " + sum.to_string());
}

std::map<std::string, Decimal> figures_of_others(const BookView& view, PeriodRange range,
                                                 OriginView by) {
  std::map<std::string, Decimal> figures;
  for (const auto make :
       {period_report, rollforward_report, trial_balance_report, deal_report}) {
    figures.merge(figures_of(make(view, range, by).value()));
  }
  return figures;
}

void check_within(const Report& report, std::vector<std::string>& wrong) {
  for (const RowSum& sum : report.row_sums) {
    for (const std::vector<Cell>& row : report.rows) {
      const std::optional<Decimal> whole = value_of(named(report, row, sum.column));
      if (!whole) continue;
      Decimal parts;
      for (const std::string& column : sum.of) {
        parts += value_of(named(report, row, column)).value_or(Decimal{});
      }
      expect(wrong, sum.column, *whole, parts);
    }
  }
  for (const ColumnSum& sum : report.column_sums) {
    Decimal parts;
    for (const std::vector<Cell>& row : report.rows) {
      bool counts = true;
      for (const auto& [column, text] : sum.where) {
        counts = counts && shown(named(report, row, column)) == text;
      }
      if (counts) parts += value_of(named(report, row, sum.column)).value_or(Decimal{});
    }
    CHECK(Decimal::parse(total(report, sum.total)).ok());
    expect(wrong, "total " + sum.total, Decimal::parse(total(report, sum.total)).value(), parts);
  }
}

}  // namespace

void add_terms(SampleBook& book, std::string_view toml) {
  const std::string text = "schema = \"accrue.terms/1\"\n" + std::string{toml};
  const Result<Investment> terms = parse_terms(text, "terms.toml");
  if (!terms.ok()) FAIL(terms.error().message);
  book.record(InvestmentAdded{*terms, "terms.toml", text});
}

std::vector<std::string> wrong_sums(const SampleBook& book, const Report& report, OriginView by) {
  std::vector<std::string> wrong;
  check_within(report, wrong);
  const std::map<std::string, Decimal> of_report = figures_of(report);
  const std::map<std::string, Decimal> others =
      figures_of_others(book.view(), *report.period, by);
  std::map<std::string, Decimal> sums;
  for (const FigureSource& source : report.sources) {
    const auto found = others.find(source.of);
    if (found == others.end() || !of_report.contains(source.figure)) {
      wrong.push_back(source.figure + " or " + source.of + " does not exist");
      continue;
    }
    Decimal& sum = sums[source.figure];
    sum = source.sign == FigureSource::Sign::plus ? sum + found->second : sum - found->second;
  }
  for (const auto& [figure, sum] : sums) expect(wrong, figure, of_report.at(figure), sum);
  return wrong;
}

std::vector<std::string> sources_of(const Report& report, std::string_view figure) {
  std::vector<std::string> list;
  for (const FigureSource& source : report.sources) {
    if (source.figure != figure) continue;
    list.push_back((source.sign == FigureSource::Sign::plus ? "+ " : "- ") + source.of);
  }
  return list;
}

}  // namespace accrue::testing
