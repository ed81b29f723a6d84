#include "cli/command_words.h"

namespace accrue {

namespace {

using namespace command_words;

const Flag exclude_flag{"--exclude", "INVESTEE",
                        "growth without this investee too, alone or with others; may be repeated",
                        Count::many};
const Flag compare_flag{"--compare", "PERIOD", "beside it that of another period, and the change"};
const Flag currency_flag{"--currency", "CUR",
                         "present amounts in another currency, at the rate imported last by then"};
const Flag unit_flag{"--unit", "k|m", "thousands or millions; of a table or a page only"};

/// Reports of two periods can stand beside each other where their rows are of the same things.
enum class Comparable { no, yes };

}  // namespace

void add_report_commands(std::vector<CommandSpec>& table) {
  const auto add = [&](std::string_view path, std::string_view what, Comparable comparable,
                       std::vector<Flag> flags, std::vector<std::string_view> examples) {
    if (comparable == Comparable::yes) flags.push_back(compare_flag);
    flags.push_back(currency_flag);
    flags.push_back(unit_flag);
    table.push_back({path, reports, Effect::reports, what, {period}, std::move(flags),
                     std::move(examples)});
  };
  table.push_back({"report answers", reports, Effect::reports,
                   "one page: what is credits, what is used, who paid, what growth is left",
                   {period}, {segment_flag, basis_flag}, {"report answers 2024-Q2"}});
  add("report period", "revenue by investee, grant, kind, service and region", Comparable::yes, {},
      {"report period 2024-06", "report period 2024-Q2 --compare 2024-Q1",
       "report period 2024-Q2 -f csv -o revenue.csv"});
  add("report rollforward", "contract liability and face, opening to closing", Comparable::yes, {},
      {"report rollforward 2024-Q2", "report rollforward FY2025-Q1 -f json"});
  add("report waterfall", "each grant's price: when it was revenue, and what remains",
      Comparable::no, {}, {"report waterfall 2024-Q2", "report waterfall 2024 -f csv"});
  add("report growth", "whose revenue the segment's growth is made of", Comparable::yes,
      {segment_flag, basis_flag, exclude_flag},
      {"report growth 2024-Q2", "report growth 2024-Q2 --exclude Lunar",
       "report growth 2024-Q2 --segment cloud --basis recast-2024"});
  add("report rpo", "the price not yet recognised, by when it is expected to be", Comparable::yes,
      {bands_flag, forecast_flag},
      {"report rpo 2024-06", "report rpo 2024-06 --bands 12,36 --forecast even"});
  add("report disaggregation", "revenue by service, SKU, region, funding, grant or investee",
      Comparable::yes, {by_flag},
      {"report disaggregation 2024-Q2", "report disaggregation 2024-Q2 --by sku"});
  add("report concentration", "which investees are ten percent of the segment or the entity",
      Comparable::yes, {segment_flag, basis_flag, entity_flag},
      {"report concentration 2024", "report concentration FY2025 --entity group"});
  add("report related-party", "per investee: relationship, transactions, balances, terms",
      Comparable::yes, {}, {"report related-party 2024-Q2"});
  add("report deal", "per investment: what was agreed, and where it stands", Comparable::yes, {},
      {"report deal 2024-06"});
  add("report breakage", "estimates of what is never drawn, and what came of them",
      Comparable::yes, {}, {"report breakage 2024-Q2"});
  add("report contract-balances", "opening and closing balances, and revenue out of the opening",
      Comparable::yes, {forecast_flag}, {"report contract-balances 2024-Q2"});
  add("report cash-flow", "investing without cash, and revenue that brings none", Comparable::yes,
      {}, {"report cash-flow 2024-Q2"});
  add("report burn-down", "each grant's face, month by month", Comparable::no, {},
      {"report burn-down 2024-Q2"});
  add("report bridge", "revenue as reported to revenue by origin, catch-up by catch-up",
      Comparable::no, {}, {"report bridge 2024-06", "report bridge 2024-Q2 -f json"});
  add("report flux", "what came of a saved forecast: expected, actual and the difference",
      Comparable::no,
      {{"--against", "NAME", "the saved forecast, where several are of the period"}},
      {"report flux 2024-Q2", "report flux 2024-06 --against plan-2025"});
  add("report trial-balance", "balances at the end of a period", Comparable::yes, {},
      {"report trial-balance 2024-06"});
  add("report journal", "the lines of the entries", Comparable::no, {},
      {"report journal 2024-06 -f csv"});
  table.push_back({"report pack", reports, Effect::reports,
                   "all reports of a period in one workbook, one page or one folder",
                   {period},
                   {segment_flag, basis_flag, entity_flag, bands_flag, forecast_flag, compare_flag,
                    currency_flag, unit_flag},
                   {"report pack 2024-Q2 -o 2024-Q2.xlsx", "report pack 2024-Q2 -o 2024-Q2.html",
                    "report pack 2024-Q2 -o reports-2024-Q2"}});
}

}  // namespace accrue
