#include <map>
#include <optional>

#include "accounting/report/exhaustion.h"
#include "accounting/report/face.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/report/reports.h"
#include "accounting/report/series.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

/// For a sentence: "1,234.50".
std::string grouped(const Figure& figure) {
  std::string text = figure.value.to_string(figure.digits);
  const std::size_t begin = text.starts_with('-') ? 1 : 0;
  std::size_t at = std::min(text.find('.'), text.size());
  while (at > begin + 3) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

std::string money_text(const Decimal& value, const Currency& currency) {
  return grouped(exact_figure(value, currency)) + " " + std::string{currency.code()};
}

std::string percent_text(const Decimal& part, const Decimal& whole) {
  return whole.sign() > 0 ? grouped(percent_figure(part, whole)) + "%" : "no share";
}

const Cell* total_named(const Report& report, std::string_view name) {
  for (const NamedCell& total : report.totals) {
    if (total.name == name) return &total.value;
  }
  return nullptr;
}

std::optional<Figure> figure_total(const Report& report, std::string_view name) {
  const Cell* cell = total_named(report, name);
  if (cell == nullptr || !std::holds_alternative<Figure>(*cell)) return std::nullopt;
  return std::get<Figure>(*cell);
}

/// Face and what became of it, summed over grants of one currency.
struct FaceSum {
  Decimal face;
  FaceAt at_end;
};

class Answers {
 public:
  Answers(const BookView& view, PeriodRange range, OriginView by, const GrowthOptions& options,
          const ReplayVerdict& replay)
      : view_{view},
        state_{view.state},
        range_{range},
        by_{by},
        range_text_{to_text(range)},
        options_{options},
        replay_{replay},
        report_{start_report(view, "answers", "Answers", range, by)} {}

  Result<Report> build() {
    report_.layout = Layout::paragraphs;
    report_.columns = {{"line", ColumnKind::key},      {"question", ColumnKind::text},
                       {"figure", ColumnKind::text},   {"command", ColumnKind::text},
                       {"ref", ColumnKind::text, 9}};
    for (const HeldInvestment& held : state_.investments) say_stake(held);
    ACCRUE_TRY_DONE(say_used());
    ACCRUE_TRY_DONE(say_revenue());
    say_growth();
    say_exhaustion();
    say_replay();
    return std::move(report_);
  }

 private:
  void say(const std::string& question, const std::string& figure, const std::string& command,
           std::vector<std::string> address) {
    address.insert(address.begin(), {ref_head("answers", by_), range_text_});
    report_.rows.push_back({static_cast<std::int64_t>(report_.rows.size() + 1), question, figure,
                            "accrue " + command, make_ref(address)});
  }

  std::string command_of(const std::string& report) const {
    return "report " + report + " " + range_text_ +
           (by_ == OriginView::by_origin ? " --by-origin" : "");
  }

  void add_checks(const Report& of) {
    for (const ReportCheck& check : of.checks) {
      report_.checks.push_back({of.name + ": " + check.name, check.difference});
    }
  }

  void say_stake(const HeldInvestment& held) {
    const Investment& deal = held.investment;
    const Currency currency = deal.tranches.front().face.currency;
    std::string figure = money_text(held.price.face_total, currency) + " of credits";
    if (deal.cash) figure += ", beside " + money_text(deal.cash->value, deal.cash->currency) + " cash";
    const bool is_comparable = !deal.cash || deal.cash->currency == currency;
    if (is_comparable) {
      const Decimal cash = deal.cash ? deal.cash->value : Decimal{};
      const Decimal promised = held.price.face_total + cash;
      figure += ": " + percent_text(held.price.face_total, promised) + " of " +
                money_text(promised, currency);
    }
    if (deal.stake_percent) figure += " for " + deal.stake_percent->to_string() + "% of the shares";
    std::int64_t price = 0;
    for (const TranchePrice& tranche : held.price.tranches) price += tranche.price_minor_units;
    figure += "; transaction price " +
              money_text(Decimal::from_scaled(price, state_.functional().minor_digits()),
                         state_.functional());
    say("Of the stake in " + deal.investee + " (" + deal.id + "), what is credits?", figure,
        "investment show " + deal.id, {"stake", deal.id});
  }

  Result<Done> say_used() {
    ACCRUE_TRY(rollforward, rollforward_report(view_, range_, by_));
    add_checks(rollforward);
    const Faces faces{view_, by_};
    std::map<std::pair<std::string, Currency>, FaceSum> by_investment;
    std::map<Currency, FaceSum> by_currency;
    for (const HeldGrant& held : state_.grants) {
      const Grant& grant = held.grant;
      const FaceAt at_end = faces.at_end_of(range_.last, held);
      for (FaceSum* sum : {&by_investment[{grant.investment, grant.face.currency}],
                           &by_currency[grant.face.currency]}) {
        sum->face += grant.face.value;
        sum->at_end.granted += at_end.granted;
        sum->at_end.drawn += at_end.drawn;
        sum->at_end.expired += at_end.expired;
      }
    }
    for (const auto& [key, sum] : by_investment) {
      say("How much of the credits of " + key.first + " is used, and what is left?",
          used_text(sum, key.second), command_of("rollforward"), {"used", key.first});
    }
    if (by_investment.size() < 2) return Done{};
    for (const auto& [currency, sum] : by_currency) {
      say("How much of all credits in " + std::string{currency.code()} +
              " is used, and what is left?",
          used_text(sum, currency), command_of("rollforward"),
          {"used-of-all", std::string{currency.code()}});
    }
    return Done{};
  }

  static std::string used_text(const FaceSum& sum, const Currency& currency) {
    const FaceAt& at_end = sum.at_end;
    std::string text = "used " + money_text(at_end.drawn, currency) + " (" +
                       percent_text(at_end.drawn, sum.face) + " of " +
                       money_text(sum.face, currency) + "), left " +
                       money_text(at_end.left(), currency);
    if (!at_end.expired.is_zero()) text += ", expired " + money_text(at_end.expired, currency);
    const Decimal to_come = sum.face - at_end.granted;
    if (!to_come.is_zero()) text += ", not issued yet " + money_text(to_come, currency);
    return text;
  }

  Result<Done> say_revenue() {
    ACCRUE_TRY(period, period_report(view_, range_, by_));
    add_checks(period);
    const Decimal revenue = figure_total(period, "revenue")->value;
    const Decimal by_credits = figure_total(period, "revenue_credits")->value;
    const Decimal by_cash = figure_total(period, "revenue_cash")->value;
    Decimal breakage;
    for (const auto& row : period.rows) {
      if (std::get<std::string>(row[4]) == to_string(RevenueKind::breakage)) {
        breakage += std::get<Figure>(row[7]).value;
      }
    }
    const Currency currency = state_.functional();
    std::string figure = money_text(revenue, currency) + ": paid with credits " +
                         money_text(by_credits, currency);
    if (!breakage.is_zero()) {
      figure += " (of it " + money_text(breakage, currency) + " for credits never drawn)";
    }
    figure += ", paid in cash " + money_text(by_cash, currency);
    say("How much cloud revenue came from investees in " + range_text_ + ", and who paid for it?",
        figure, command_of("period"), {"revenue"});
    return Done{};
  }

  void say_growth() {
    const std::string question = "Is growth still in double digits without the investees?";
    std::string command = command_of("growth");
    if (options_.segment) command += " --segment '" + *options_.segment + "'";
    if (options_.basis) command += " --basis '" + *options_.basis + "'";
    const Result<Report> growth = growth_report(view_, range_, by_, options_);
    if (!growth.ok()) {
      std::string figure = "cannot be said: " + growth.error().message;
      for (const std::string& note : growth.error().notes) figure += "; " + note;
      say(question, figure, command, {"growth"});
      return;
    }
    add_checks(*growth);
    const std::optional<Figure> with = figure_total(*growth, "growth_pct");
    const std::optional<Figure> without = figure_total(*growth, "growth_without_investees_pct");
    std::string figure;
    if (without) {
      figure = (is_double_digit(*without) ? "yes: " : "no: ") + grouped(*without) + "% without them";
    } else {
      figure = "cannot be said";
      for (const std::string& note : growth->notes) figure += "; " + note;
    }
    if (with) figure += ", " + grouped(*with) + "% with them";
    if (const auto share = figure_total(*growth, "investees_contribution_pp")) {
      figure += "; they brought " + grouped(*share) + " points of it";
    }
    say(question, figure, command, {"growth"});
  }

  void say_exhaustion() {
    for (const Exhaustion& exhaustion : exhaustion_after(view_, range_.last, by_)) {
      say("When do the credits of " + exhaustion.investee + " run out at the present rate?",
          exhaustion_text(exhaustion), "grant list",
          {"exhaustion", exhaustion.investee, std::string{exhaustion.currency.code()}});
    }
  }

  static std::string exhaustion_text(const Exhaustion& exhaustion) {
    const Currency& currency = exhaustion.currency;
    if (exhaustion.left.is_zero()) return "nothing is left to draw";
    std::string text = "not at this rate";
    if (!exhaustion.expiring.empty()) {
      text.clear();
      for (const ExpiringCredit& credit : exhaustion.expiring) {
        text += text.empty() ? "" : "; ";
        text += credit.grant + " expires in " + credit.period.to_string() + ", before it is used "
                "up, with " + money_text(rounded(credit.left, currency), currency) + " left";
      }
    }
    if (exhaustion.used_up && (exhaustion.expiring.empty() ||
                               exhaustion.expiring.back().period != *exhaustion.used_up)) {
      const std::string used = "used up in " + exhaustion.used_up->to_string();
      text = exhaustion.expiring.empty() ? used : text + "; the rest is " + used;
    }
    return text + "; left " + money_text(exhaustion.left, currency) + ", drawn " +
           money_text(rounded(exhaustion.per_month, currency), currency) +
           " a month on average of the last " +
           (exhaustion.months_averaged == 1 ? std::string{"month"}
                                            : std::to_string(exhaustion.months_averaged) +
                                                  " months");
  }

  /// An average is no booked amount: half even to the minor unit.
  static Decimal rounded(const Ratio& value, const Currency& currency) {
    const Int1024 scaled{boost::multiprecision::cpp_int{
        numerator(value) * boost::multiprecision::cpp_int{power_of_ten(currency.minor_digits())}}};
    return Decimal::from_scaled(
        round_half_even(scaled, Int1024{boost::multiprecision::cpp_int{denominator(value)}}),
        currency.minor_digits());
  }
  static Decimal rounded(const Decimal& value, const Currency& currency) {
    return Decimal::from_scaled(round_to_minor(value, currency.minor_digits()),
                                currency.minor_digits());
  }

  void say_replay() {
    say("Do the books replay?",
        (replay_.ok ? "yes: " : "NO: ") + std::to_string(replay_.records) + " records, root " +
            replay_.root,
        "audit replay", {"replay"});
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  std::string range_text_;
  const GrowthOptions& options_;
  const ReplayVerdict& replay_;
  Report report_;
};

}  // namespace

Result<Report> answers_report(const BookView& view, PeriodRange range, OriginView by,
                              const GrowthOptions& options, const ReplayVerdict& replay) {
  return Answers{view, range, by, options, replay}.build();
}

}  // namespace accrue
