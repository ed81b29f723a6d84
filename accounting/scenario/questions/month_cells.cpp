#include "accounting/scenario/questions/month_cells.h"

#include "accounting/report/frame.h"
#include "accounting/scenario/questions/walks.h"

namespace accrue {

std::vector<Column> month_columns() {
  return {{"revenue", ColumnKind::figure},      {"credit_revenue", ColumnKind::figure},
          {"cash_revenue", ColumnKind::figure}, {"breakage", ColumnKind::figure},
          {"liability", ColumnKind::figure},    {"face_left", ColumnKind::figure}};
}

std::vector<Cell> month_cells(const ForecastMonth& month, const Forecast& of) {
  const BookState& state = of.books.state();
  return {money_figure(state, month.revenue()),      money_figure(state, month.credit_revenue),
          money_figure(state, month.cash_revenue),   money_figure(state, month.breakage),
          money_figure(state, month.liability),      face_cell(month.left, of)};
}

RowSum month_sum() { return {"revenue", {"credit_revenue", "cash_revenue", "breakage"}}; }

}  // namespace accrue
