#include "accounting/audit/explain.h"

#include <algorithm>
#include <utility>

#include "accounting/audit/explain_refs.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

std::string_view sign_of(Link link) {
  switch (link) {
    case Link::plus: return "+";
    case Link::minus: return "-";
    case Link::same: return "=";
    case Link::figure: return "figure";
    case Link::source: return "from";
  }
  return {};
}

/// Follows the parts of a step and writes them down.
class Writer {
 public:
  Writer(Explainer& explainer, Report& report, ExplainReach reach)
      : explainer_{explainer}, report_{report}, reach_{reach} {}

  Result<Done> write(const ExplainedStep& step, const std::string& number, std::string_view link,
                     std::int64_t level) {
    add_row(number, link, step.what, step.value, step.unit, step.how, step.ref);
    add_checks(step, number);
    if (level >= reach_.depth) return Done{};
    std::int64_t shown = 0;
    for (const ExplainedPart& part : step.parts) {
      if (shown == reach_.limit) {
        report_.notes.push_back(number + ": " + std::to_string(shown) + " of " +
                                std::to_string(step.parts.size()) + " parts are shown");
        break;
      }
      const std::string part_number = number + "." + std::to_string(++shown);
      ACCRUE_TRY(below, explainer_.step(part.ref));
      check_part(part, below, part_number);
      ACCRUE_TRY_DONE(write(below, part_number, sign_of(part.link), level + 1));
    }
    return Done{};
  }

 private:
  void add_row(const std::string& number, std::string_view link, const std::string& what,
               const std::optional<Figure>& value, const std::string& unit,
               const std::vector<std::string>& how, const std::string& ref) {
    std::string text;
    for (const std::string& line : how) text += (text.empty() ? "" : "; ") + line;
    report_.rows.push_back({number, std::string{link}, what, value ? Cell{*value} : Cell{},
                            value ? Cell{unit} : Cell{}, text.empty() ? Cell{} : Cell{text}, ref});
  }

  Result<Figure> value_of(const ExplainedPart& part) {
    if (part.value) return *part.value;
    ACCRUE_TRY(step, explainer_.step(part.ref));
    return step.value.value_or(Figure{});
  }

  /// The parts of a sum must give the sum, and what is the same must be the same.
  void add_checks(const ExplainedStep& step, const std::string& number) {
    if (!step.value) return;
    bool is_sum = false;
    Decimal sum;
    for (const ExplainedPart& part : step.parts) {
      if (part.link == Link::plus || part.link == Link::minus) {
        is_sum = true;
        const Result<Figure> value = value_of(part);
        if (!value.ok()) continue;
        part.link == Link::plus ? sum += value->value : sum -= value->value;
      }
    }
    if (is_sum) {
      report_.checks.push_back({number + " = the sum of its parts",
                                {step.value->value - sum, step.value->digits}});
    }
  }

  void check_part(const ExplainedPart& part, const ExplainedStep& below,
                  const std::string& number) {
    if (!part.value || !below.value) return;
    report_.checks.push_back({number + " is what the step above says",
                              {part.value->value - below.value->value, part.value->digits}});
  }

  Explainer& explainer_;
  Report& report_;
  ExplainReach reach_;
};

}  // namespace

Figure Explainer::money(std::int64_t minor_units) const {
  return money_figure(view_.state, minor_units);
}

std::string Explainer::money_text(std::int64_t minor_units) const {
  const Figure figure = money(minor_units);
  return figure.value.to_string(figure.digits);
}

std::string Explainer::functional() const {
  return std::string{view_.state.functional().code()};
}

Result<ExplainedStep> Explainer::step(const std::string& ref) {
  const Parts address = parts_of_ref(ref);
  const auto [head, by] = read_ref_head(address.front());
  if (head == "account") return account(ref, by);
  if (head == "derived") return derived(ref, by);
  if (head == "so") return cell(ref);
  if (head == "entry") return entry(address, ref);
  if (head == "revenue") return revenue(address, by, ref);
  if (head == "investment" || head == "cash") return deal(address, ref);
  if (head == "grant") return grant(address, ref);
  if (head == "price" || head == "face") return price(address, ref);
  if (head == "draws") return draws(address, ref);
  if (head == "drawn") return drawn(address, by, ref);
  if (head == "draw") return draw(address, ref);
  if (head == "served") return served_sum(address, ref);
  if (head == "charge") return charge(address, ref);
  if (head == "rows") return rows(address, ref);
  if (head == "record") return record(address, ref);
  if (head == "file" || head == "terms") return file(address, ref);
  if (head == "status") return status(address, ref);
  if (head == "periods") return period(address, ref);
  if (head == "exception") return exception(address, ref);
  if (head == "tie") return tie(address, ref);
  if (head == "provider") return provider_period(address, ref);
  if (head == "key") return key(address, ref);
  if (head == "forecast") return forecast_row(ref);
  if (head == "tree") return tree(address, ref);
  if (head == "assumed") return not_in_a_book(ref);
  if (head == "scenario-backtest") return reckoned_anew(ref);
  if (ref == "book") return record({"record", "1"}, ref);
  if (head == "answers" && address.size() > 2) {
    ExplainedStep step{.ref = ref, .what = "an answer: " + address[2]};
    explain_answer(step, address, by);
    return step;
  }
  const std::size_t mark = ref.rfind('#');
  if (mark != std::string::npos) {
    const std::string column = ref.substr(mark + 1);
    const Result<ExplainedStep> figure = report_figure(ref.substr(0, mark), column);
    if (figure.ok()) return figure;
  }
  return report_row(ref);
}

Result<Report> explain_report(Explainer& explainer, const BookView& view, const std::string& ref,
                              ExplainReach reach) {
  ACCRUE_TRY(step, explainer.step(ref));
  Report report = start_report(view, "explain", "Explanation of " + ref, std::nullopt);
  report.columns = {{"number", ColumnKind::key}, {"link", ColumnKind::text},
                    {"what", ColumnKind::text},  {"value", ColumnKind::figure},
                    {"unit", ColumnKind::text},  {"how", ColumnKind::text, 3},
                    {"ref", ColumnKind::text, 9}};
  Writer writer{explainer, report, reach};
  ACCRUE_TRY_DONE(writer.write(step, "1", "", 0));
  return report;
}

}  // namespace accrue
