#include "accounting/audit/sample.h"

#include <algorithm>
#include <map>
#include <utility>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

std::vector<Selected> select_random(const SamplingPopulation& population,
                                    const std::vector<std::size_t>& items, std::int64_t seed,
                                    std::int64_t count) {
  std::vector<std::pair<Digest, std::size_t>> tickets;
  for (const std::size_t item : items) {
    tickets.emplace_back(ticket(seed, population.items[item].ref), item);
  }
  std::sort(tickets.begin(), tickets.end());
  tickets.resize(std::min(tickets.size(), static_cast<std::size_t>(count)));
  std::vector<Selected> selected;
  for (const auto& [number, item] : tickets) selected.push_back({item});
  std::sort(selected.begin(), selected.end(),
            [](const Selected& a, const Selected& b) { return a.item < b.item; });
  return selected;
}

void select(Stratum& stratum, const SamplingPopulation& population, const SampleTerms& terms,
            int digits) {
  if (const auto* random = std::get_if<RandomItems>(&terms.method)) {
    stratum.selected = select_random(population, stratum.items, terms.seed, random->count);
    return;
  }
  const Decimal& interval = std::get<MonetaryUnits>(terms.method).interval;
  stratum.start = random_start(terms.seed, stratum.name, interval, digits);
  std::vector<Decimal> amounts;
  for (const std::size_t item : stratum.items) {
    amounts.push_back(population.items[item].book_value);
  }
  stratum.selected = select_monetary_units(amounts, interval, *stratum.start);
  for (Selected& selected : stratum.selected) selected.item = stratum.items[selected.item];
}

/// Items of a part of the population and what they add up to.
struct Part {
  std::int64_t count = 0;
  Decimal amount;
  void add(const Decimal& value) {
    ++count;
    amount += value;
  }
};

struct Parts {
  Part all, sampled, top, zero, negative, selected;
};

Parts parts_of(const SampleTerms& terms, const Sample& sample) {
  const auto* units = std::get_if<MonetaryUnits>(&terms.method);
  Parts parts;
  for (const PopulationItem& item : sample.population.items) {
    const int sign = item.book_value.sign();
    parts.all.add(item.book_value);
    (sign > 0 ? parts.sampled : sign == 0 ? parts.zero : parts.negative).add(item.book_value);
    if (units != nullptr && item.book_value >= units->interval) parts.top.add(item.book_value);
  }
  for (const Stratum& stratum : sample.strata) {
    for (const Selected& selected : stratum.selected) {
      parts.selected.add(sample.population.items[selected.item].book_value);
    }
  }
  return parts;
}

void add_totals(Report& report, const SampleTerms& terms, const Sample& sample) {
  const Currency currency = sample.population.currency;
  const auto* units = std::get_if<MonetaryUnits>(&terms.method);
  const auto* random = std::get_if<RandomItems>(&terms.method);
  const bool is_draws = terms.population.of != SampleOf::entries;
  const Parts parts = parts_of(terms, sample);
  const auto add = [&](std::string name, Cell value) {
    report.totals.push_back({std::move(name), std::move(value)});
  };
  const auto add_part = [&](const std::string& name, const Part& part) {
    add(name + "_items", part.count);
    add(name, exact_figure(part.amount, currency));
  };
  add("of", std::string{to_string(terms.population.of)});
  add("role", is_draws ? Cell{} : Cell{std::string{to_string(terms.population.role)}});
  add("method", units != nullptr ? "mus" : "random");
  add("interval", units != nullptr ? Cell{exact_figure(units->interval, currency)} : Cell{});
  add("count", random != nullptr ? Cell{random->count} : Cell{});
  add("by", terms.strata == Strata::by_investee ? Cell{"investee"} : Cell{});
  add("seed", terms.seed);
  add_part("book_total", parts.all);
  add_part("population", parts.sampled);
  if (units != nullptr) add_part("top_stratum", parts.top);
  add_part("excluded_zero", parts.zero);
  add_part("excluded_negative", parts.negative);
  add_part("selected", parts.selected);
}

std::string text_of(const Decimal& amount, const Currency& currency) {
  return amount.to_string(currency.minor_digits()) + " " + std::string{currency.code()};
}

void add_notes(Report& report, const Sample& sample) {
  const SamplingPopulation& population = sample.population;
  for (const Stratum& stratum : sample.strata) {
    Part part;
    for (const std::size_t item : stratum.items) part.add(population.items[item].book_value);
    std::string note = stratum.name.empty() ? "" : "stratum " + stratum.name + ": ";
    note += std::to_string(stratum.selected.size()) + " of " + std::to_string(part.count) +
            " items, " + text_of(part.amount, population.currency);
    if (stratum.start) note += "; starts at " + text_of(*stratum.start, population.currency);
    report.notes.push_back(std::move(note));
  }
  report.notes.insert(report.notes.end(), population.notes.begin(), population.notes.end());
}

void add_row(Report& report, const SamplingPopulation& population, std::size_t index,
             std::string selection, const std::optional<Decimal>& point) {
  const PopulationItem& item = population.items[index];
  std::vector<Cell> row{std::move(selection), item.investee};
  for (Cell& cell : population.describe(index)) row.push_back(std::move(cell));
  row.push_back(point ? Cell{exact_figure(*point, population.currency)} : Cell{});
  row.push_back(exact_figure(item.book_value, population.currency));
  row.push_back(item.ref);
  report.rows.push_back(std::move(row));
}

void add_selected(Report& report, const SampleTerms& terms, const Sample& sample) {
  const bool is_random = std::holds_alternative<RandomItems>(terms.method);
  for (const Stratum& stratum : sample.strata) {
    for (const Selected& selected : stratum.selected) {
      add_row(report, sample.population, selected.item,
              is_random ? "random" : selected.point ? "interval" : "top stratum",
              selected.point);
    }
  }
}

void add_excluded(Report& report, const SamplingPopulation& population) {
  for (std::size_t i = 0; i < population.items.size(); ++i) {
    const int sign = population.items[i].book_value.sign();
    if (sign <= 0) add_row(report, population, i, sign == 0 ? "zero" : "negative", std::nullopt);
  }
}

}  // namespace

Result<Sample> draw_sample(const Store& store, const BookView& view, const SampleTerms& terms) {
  ACCRUE_TRY(population, sampling_population(store, view, terms.population));
  std::map<std::string, std::vector<std::size_t>> items;
  std::vector<Decimal> amounts;
  for (std::size_t i = 0; i < population.items.size(); ++i) {
    const PopulationItem& item = population.items[i];
    if (item.book_value.sign() <= 0) continue;
    amounts.push_back(item.book_value);
    items[terms.strata == Strata::by_investee ? item.investee : ""].push_back(i);
  }
  if (const auto* units = std::get_if<MonetaryUnits>(&terms.method)) {
    amounts.push_back(units->interval);
  }
  const int digits = digits_of(amounts, population.currency.minor_digits());
  Sample sample{std::move(population), {}};
  for (auto& [name, of_stratum] : items) {
    sample.strata.push_back({name, std::move(of_stratum), std::nullopt, {}});
    select(sample.strata.back(), sample.population, terms, digits);
  }
  return sample;
}

Report sample_report(const BookView& view, const SampleTerms& terms, const Sample& sample,
                     SampleRows rows) {
  const PeriodRange period = terms.population.period;
  const bool is_excluded = rows == SampleRows::excluded;
  Report report = start_report(view, is_excluded ? "sample-exclusions" : "sample",
                               (is_excluded ? "Excluded from the sample of " : "Sample of ") +
                                   std::string{to_string(terms.population.of)} + ", " +
                                   to_text(period),
                               period);
  report.currency = std::string{sample.population.currency.code()};
  report.columns = {{"selection", ColumnKind::text}, {"investee", ColumnKind::text}};
  report.columns.insert(report.columns.end(), sample.population.columns.begin(),
                        sample.population.columns.end());
  report.columns.push_back({"point", ColumnKind::figure, 4});
  report.columns.push_back({"book_value", ColumnKind::figure});
  report.columns.push_back({"ref", ColumnKind::text, 9});
  if (is_excluded) {
    add_excluded(report, sample.population);
  } else {
    add_selected(report, terms, sample);
  }
  add_totals(report, terms, sample);
  report.checks = sample.population.ties;
  add_notes(report, sample);
  return report;
}

}  // namespace accrue
