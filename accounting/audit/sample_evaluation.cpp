#include "accounting/audit/sample_evaluation.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "accounting/audit/monetary_unit_limit.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

constexpr std::size_t most_named = 5;

enum class Direction { overstatement, understatement };

std::string to_string(Direction direction) {
  return direction == Direction::overstatement ? "overstatement" : "understatement";
}

/// An item of the sample with what it should have been.
struct Audited {
  const PopulationItem* item;
  bool is_top;
  Decimal audited;

  /// Above zero in its direction.
  Decimal misstatement(Direction direction) const {
    const Decimal over = item->book_value - audited;
    return direction == Direction::overstatement ? over : -over;
  }
};

/// Every item of a stratum with its finding.
struct AuditedStratum {
  const Stratum* stratum;
  std::vector<Audited> items;
};

Error missing_findings(const std::vector<std::string>& refs) {
  Error error{.code = ErrorCode::finding_missing,
              .message = std::to_string(refs.size()) + " item(s) of the sample have no finding",
              .hint = "give each a row; one that could not be examined is misstated in full: 0"};
  for (std::size_t i = 0; i < std::min(refs.size(), most_named); ++i) {
    error.notes.push_back(refs[i]);
  }
  return error;
}

Result<std::vector<AuditedStratum>> match(const Sample& sample,
                                          std::span<const AuditedAmount> findings) {
  std::map<std::string, Decimal> audited;
  for (const AuditedAmount& finding : findings) audited.emplace(finding.ref, finding.audited);
  std::vector<AuditedStratum> strata;
  std::vector<std::string> missing;
  for (const Stratum& stratum : sample.strata) {
    strata.push_back({&stratum, {}});
    for (const Selected& selected : stratum.selected) {
      const PopulationItem& item = sample.population.items[selected.item];
      const auto found = audited.find(item.ref);
      if (found == audited.end()) {
        missing.push_back(item.ref);
        continue;
      }
      strata.back().items.push_back({&item, !selected.point, found->second});
      audited.erase(found);
    }
  }
  if (!audited.empty()) {
    return Error{.code = ErrorCode::unknown_id,
                 .message = "the sample has no item '" + audited.begin()->first + "'",
                 .hint = "a finding bears the ref that the sample printed"};
  }
  if (!missing.empty()) return missing_findings(missing);
  return strata;
}

class Evaluation {
 public:
  Evaluation(const BookView& view, const SampleTerms& terms, const Sample& sample,
             std::vector<AuditedStratum> strata)
      : terms_{terms}, sample_{sample}, strata_{std::move(strata)},
        currency_{sample.population.currency},
        report_{start_report(view, "sample-evaluation",
                             "Evaluation of the sample of " +
                                 std::string{to_string(terms.population.of)} + ", " +
                                 to_text(terms.population.period),
                             terms.population.period)} {
    report_.currency = std::string{currency_.code()};
    report_.columns = {{"direction", ColumnKind::text},      {"selection", ColumnKind::text},
                       {"investee", ColumnKind::text},       {"book_value", ColumnKind::figure},
                       {"audited", ColumnKind::figure},      {"misstatement", ColumnKind::figure},
                       {"tainting_pct", ColumnKind::figure}, {"projected", ColumnKind::figure},
                       {"factor", ColumnKind::figure, 4},    {"allowance", ColumnKind::figure},
                       {"ref", ColumnKind::text, 9}};
  }

  Report build(int confidence_percent) {
    std::int64_t examined = 0;
    for (const AuditedStratum& stratum : strata_) {
      examined += static_cast<std::int64_t>(stratum.items.size());
    }
    add_total("method", is_mus() ? "mus" : "random");
    add_total("examined_items", examined);
    if (is_mus()) {
      add_total("confidence_pct", std::int64_t{confidence_percent});
      add_total("interval", money(interval()));
      evaluate_units(Direction::overstatement, confidence_percent);
      evaluate_units(Direction::understatement, confidence_percent);
      add_unit_notes();
    } else {
      evaluate_random();
    }
    report_.checks = sample_.population.ties;
    if (report_.rows.empty()) report_.notes.emplace_back("no item of the sample is misstated");
    return std::move(report_);
  }

 private:
  bool is_mus() const { return std::holds_alternative<MonetaryUnits>(terms_.method); }
  const Decimal& interval() const { return std::get<MonetaryUnits>(terms_.method).interval; }
  Figure money(const Decimal& value) const { return exact_figure(value, currency_); }
  Figure money(const Ratio& value) const {
    return {rounded(value, currency_.minor_digits()), currency_.minor_digits()};
  }
  void add_total(std::string name, Cell value) {
    report_.totals.push_back({std::move(name), std::move(value)});
  }

  std::vector<Cell> start_row(Direction direction, std::string selection, const Audited& found) {
    const Decimal misstatement = found.misstatement(direction);
    return {to_string(direction), std::move(selection), found.item->investee,
            money(found.item->book_value), money(found.audited), money(misstatement),
            percent_figure(misstatement, found.item->book_value)};
  }

  Remainder below_interval() const {
    const bool some = std::ranges::any_of(sample_.population.items, [&](const auto& item) {
      return item.book_value.sign() > 0 && item.book_value < interval();
    });
    return some ? Remainder::some : Remainder::none;
  }

  /// The strata share one interval: what an item stands for is the same in each, and they are
  /// evaluated together.
  void evaluate_units(Direction direction, int confidence_percent) {
    std::vector<const Audited*> found;
    std::vector<Misstated> below;
    Decimal top;
    for (const AuditedStratum& stratum : strata_) {
      for (const Audited& item : stratum.items) {
        const Decimal misstatement = item.misstatement(direction);
        if (misstatement.sign() <= 0) continue;
        if (item.is_top) {
          top += misstatement;
          std::vector<Cell> row = start_row(direction, "top stratum", item);
          row.insert(row.end(), {money(misstatement), Cell{}, Cell{}, item.item->ref});
          report_.rows.push_back(std::move(row));
        } else {
          below.push_back({found.size(), item.item->book_value, misstatement});
          found.push_back(&item);
        }
      }
    }
    const MonetaryUnitLimit limit = monetary_unit_limit(interval(), confidence_percent,
                                                        std::move(below), top, below_interval());
    for (const Projected& projected : limit.below) {
      const Audited& item = *found[projected.found.item];
      std::vector<Cell> row = start_row(direction, "interval", item);
      row.insert(row.end(), {money(projected.projected), Figure{projected.factor, 2},
                             money(projected.allowance), item.item->ref});
      report_.rows.push_back(std::move(row));
    }
    add_limit(direction, limit);
  }

  /// Each is rounded once; the allowance is what the others leave of the limit, so that they add up.
  void add_limit(Direction direction, const MonetaryUnitLimit& limit) {
    const std::string name = to_string(direction);
    const Figure projected = money(limit.projected);
    const Figure basic = money(limit.basic_precision);
    const Figure upper = money(limit.limit);
    add_total(name + "_known", money(limit.known));
    add_total(name + "_projected", projected);
    add_total(name + "_basic_precision", basic);
    add_total(name + "_incremental_allowance",
              money(upper.value - projected.value - basic.value));
    add_total(name + "_upper_limit", upper);
  }

  void add_unit_notes() {
    report_.notes.emplace_back(
        "the upper limit holds for overstatement; of understatement it says little, as what is "
        "recorded too low is the less likely to be selected the lower it is");
    const bool beyond = std::ranges::any_of(strata_, [](const AuditedStratum& stratum) {
      return std::ranges::any_of(stratum.items,
                                 [](const Audited& item) { return item.audited.sign() < 0; });
    });
    if (beyond) {
      report_.notes.emplace_back(
          "an item should have been below zero: its tainting is above 100%, which the basic "
          "precision does not allow for");
    }
  }

  /// Per stratum: by difference, items x mean misstatement; by ratio, book value x the sample's
  /// misstatement / its book value. Exact, and rounded once over all strata.
  void evaluate_random() {
    Decimal known;
    Ratio by_difference = 0;
    Ratio by_ratio = 0;
    for (const AuditedStratum& stratum : strata_) {
      Decimal misstated;
      Decimal examined;
      for (const Audited& item : stratum.items) {
        add_random_row(item);
        misstated += item.misstatement(Direction::overstatement);
        examined += item.item->book_value;
      }
      Decimal population;
      for (const std::size_t item : stratum.stratum->items) {
        population += sample_.population.items[item].book_value;
      }
      known += misstated;
      by_difference += exact(misstated) * static_cast<std::int64_t>(stratum.stratum->items.size()) /
                       static_cast<std::int64_t>(stratum.items.size());
      by_ratio += exact(misstated) * exact(population) / exact(examined);
    }
    add_total("known", money(known));
    add_total("projected_by_difference", money(by_difference));
    add_total("projected_by_ratio", money(by_ratio));
    report_.notes.emplace_back(
        "no upper limit: that of a random sample takes the mean misstatement to be normally "
        "distributed, which a few large ones are not; draw with --mus for a limit that holds");
  }

  void add_random_row(const Audited& item) {
    for (const Direction direction : {Direction::overstatement, Direction::understatement}) {
      if (item.misstatement(direction).sign() <= 0) continue;
      std::vector<Cell> row = start_row(direction, "random", item);
      row.insert(row.end(), {Cell{}, Cell{}, Cell{}, item.item->ref});
      report_.rows.push_back(std::move(row));
    }
  }

  static Ratio exact(const Decimal& value) {
    return Ratio{boost::multiprecision::cpp_int{value.units()},
                 boost::multiprecision::cpp_int{power_of_ten(Decimal::fraction_digits)}};
  }

  const SampleTerms& terms_;
  const Sample& sample_;
  std::vector<AuditedStratum> strata_;
  Currency currency_;
  Report report_;
};

}  // namespace

Result<Report> evaluate_sample(const BookView& view, const SampleTerms& terms,
                               const Sample& sample, std::span<const AuditedAmount> findings,
                               int confidence_percent) {
  ACCRUE_TRY(strata, match(sample, findings));
  return Evaluation{view, terms, sample, std::move(strata)}.build(confidence_percent);
}

}  // namespace accrue
