#include "tests/cli/made_reports.h"

#include <string_view>
#include <utility>

namespace accrue_test {

using namespace accrue;

Figure money(const char* text) {
  const std::string_view digits{text};
  const std::size_t point = digits.find('.');
  const std::size_t behind = point == std::string_view::npos ? 0 : digits.size() - point - 1;
  return {Decimal::parse(digits).value(), static_cast<int>(behind), Measure::money};
}

Report made_report(const std::string& name) {
  Report report;
  report.name = name;
  report.title = "Title of " + name;
  report.book_id = "00112233445566778899aabbccddeeff";
  report.book_name = "Lunar & Sons";
  report.period = PeriodRange{Period::parse("2024-04").value(), Period::parse("2024-06").value()};
  report.state = "closed";
  report.currency = "USD";
  report.as_of = {17, std::string(64, 'e')};
  return report;
}

Report made_rollforward() {
  Report report = made_report("rollforward");
  report.columns = {{"grant", ColumnKind::key},        {"opening", ColumnKind::figure},
                    {"granted", ColumnKind::figure},   {"usage", ColumnKind::figure},
                    {"breakage", ColumnKind::figure},  {"closing", ColumnKind::figure},
                    {"ref", ColumnKind::text}};
  report.rows = {{"T1", money("100.00"), money("50.00"), money("-30.00"), money("-20.00"),
                  money("100.00"), "rollforward:T1"},
                 {"T2", money("0.00"), money("200.00"), money("-50.00"), money("0.00"),
                  money("150.00"), "rollforward:T2"}};
  report.totals = {{"opening", money("100.00")}, {"granted", money("250.00")},
                   {"usage", money("-80.00")},   {"breakage", money("-20.00")},
                   {"closing", money("250.00")}};
  report.row_sums = {{"closing", {"opening", "granted", "usage", "breakage"}}};
  report.column_sums = {{"opening", "opening"}, {"granted", "granted"}, {"usage", "usage"},
                        {"breakage", "breakage"}, {"closing", "closing"}};
  report.checks = {{"opening + movements = closing", money("0.00")}};
  return report;
}

std::vector<Report> made_companions() {
  Report balance = made_report("trial-balance");
  balance.columns = {{"account", ColumnKind::key}, {"balance", ColumnKind::figure},
                     {"ref", ColumnKind::text}};
  balance.rows = {{"Cash:A:a", money("150.00"), "tb:1"},
                  {"Contract liability:A:T1", money("-100.00"), "tb:2"},
                  {"Contract liability:B:T2", money("-150.00"), "tb:3"},
                  {"Revenue:A:T1:usage:-:-", money("-100.00"), "tb:4"},
                  // Of another case: no account of the book, and none of those that count.
                  {"contract liability:C:T3", money("200.00"), "tb:5"}};
  balance.totals = {{"balance", money("0.00")}};
  balance.column_sums = {{"balance", "balance"}};

  Report waterfall = made_report("waterfall");
  waterfall.columns = {{"recognised_in", ColumnKind::key}, {"amount", ColumnKind::figure},
                       {"ref", ColumnKind::text}};
  waterfall.rows = {{"2024-05", money("100.00"), "w:1"}, {"remaining", money("100.00"), "w:2"},
                    {"Remaining", money("7.00"), "w:3"}, {"remaining", money("150.00"), "w:4"}};
  waterfall.totals = {{"remaining", money("250.00")}};
  waterfall.column_sums = {{"remaining", "amount", {{"recognised_in", "remaining"}}}};

  Report rpo = made_report("rpo");
  rpo.columns = {{"band", ColumnKind::key}, {"amount", ColumnKind::figure},
                 {"ref", ColumnKind::text}};
  rpo.rows = {{"0-12", money("250.00"), "rpo:1"}};
  rpo.totals = {{"amount", money("250.00")}};

  Report period = made_report("period");
  period.columns = {{"funding", ColumnKind::key}, {"revenue", ColumnKind::figure},
                    {"ref", ColumnKind::text}};
  period.rows = {{"cash", money("11.00"), "period:1"}, {"credits", money("100.00"), "period:2"}};
  period.totals = {{"revenue", money("111.00")}, {"revenue_credits", money("100.00")}};
  period.column_sums = {{"revenue", "revenue"},
                        {"revenue_credits", "revenue", {{"funding", "credits"}}}};
  return {balance, waterfall, rpo, period};
}

Document document_of(std::vector<Report> reports) {
  return {.title = "Reports of 2024-Q2",
          .reports = std::move(reports),
          .explanations = {},
          .filters = {"report pack", {{"period", std::string{"2024-Q2"}}, {"by_origin", false}}},
          .program = {"accrue", "0.1.0", "76e4"}};
}

}  // namespace accrue_test
