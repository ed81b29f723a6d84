#include "ledger/intake/facts_csv.h"

#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "ledger/intake/fact_rows.h"

namespace accrue {

namespace {

constexpr FactColumn segment_columns[] = {{"segment"},
                                      {"basis"},
                                      {"period"},
                                      {"currency"},
                                      {"revenue"},
                                      {"source"},
                                      {"published_growth_pct", FactColumn::Need::optional},
                                      {"note", FactColumn::Need::optional}};
constexpr FactColumn base_columns[] = {{"investee"}, {"segment"}, {"period"},
                                   {"currency"}, {"revenue"}, {"source"}};
constexpr FactColumn rate_columns[] = {{"date"}, {"from"}, {"to"}, {"rate"}, {"source"}};

std::pair<std::int32_t, std::int32_t> months_of(PeriodRange period) {
  return {period.first.months, period.last.months};
}

}  // namespace

Result<FactsFile<SegmentRevenue>> read_segment_csv(const std::string& path,
                                                   FiscalCalendar calendar) {
  const auto read_row = [&](FactRows& rows) -> std::optional<SegmentRevenue> {
    std::string segment = rows.text("segment");
    std::string basis = rows.text("basis");
    const PeriodRange period = rows.period("period", calendar);
    const auto currency = rows.currency("currency");
    const Decimal revenue = rows.decimal("revenue");
    std::string source = rows.text("source");
    std::optional<Decimal> growth_pct;
    if (rows.filled("published_growth_pct")) growth_pct = rows.decimal("published_growth_pct");
    if (!currency) return std::nullopt;
    return SegmentRevenue{
        std::move(segment), std::move(basis),   period, *currency, revenue, std::move(source),
        growth_pct,         rows.filled("note")};
  };
  return read_rows<SegmentRevenue>(
      path, segment_columns, "period", read_row,
      [](const SegmentRevenue& row) {
        return std::tuple{row.segment, row.basis, months_of(row.period)};
      },
      [](const SegmentRevenue& a, const SegmentRevenue& b) {
        return a.currency == b.currency && a.revenue == b.revenue &&
               a.published_growth_pct == b.published_growth_pct;
      });
}

Result<FactsFile<BaseRevenue>> read_base_csv(const std::string& path, FiscalCalendar calendar) {
  const auto read_row = [&](FactRows& rows) -> std::optional<BaseRevenue> {
    std::string investee = rows.text("investee");
    std::string segment = rows.text("segment");
    const PeriodRange period = rows.period("period", calendar);
    const auto currency = rows.currency("currency");
    const Decimal revenue = rows.decimal("revenue");
    std::string source = rows.text("source");
    if (!currency) return std::nullopt;
    return BaseRevenue{std::move(investee), std::move(segment), period, *currency, revenue,
                       std::move(source)};
  };
  return read_rows<BaseRevenue>(
      path, base_columns, "period", read_row,
      [](const BaseRevenue& row) {
        return std::tuple{row.investee, row.segment, months_of(row.period)};
      },
      [](const BaseRevenue& a, const BaseRevenue& b) {
        return a.currency == b.currency && a.revenue == b.revenue;
      });
}

Result<FactsFile<ExchangeRate>> read_rates_csv(const std::string& path, Currency functional) {
  const auto read_row = [&](FactRows& rows) -> std::optional<ExchangeRate> {
    const Date on = rows.date("date");
    const auto from = rows.currency("from");
    const auto to = rows.currency("to");
    if (!from || !to) return std::nullopt;
    if (*from == functional) {
      rows.refuse("from",
                  Error{.code = ErrorCode::bad_value,
                        .message = fmt::format("{} is the book's own currency", functional.code()),
                        .hint = "a rate is from another currency to the book's"});
    }
    if (*to != functional) {
      rows.refuse(
          "to", Error{.code = ErrorCode::bad_value,
                      .message = fmt::format("a rate to {}; the book is kept in {}", to->code(),
                                             functional.code()),
                      .hint = fmt::format("give {} per one {}", functional.code(), from->code())});
    }
    const Decimal rate = rows.decimal("rate");
    if (rate.sign() <= 0) {
      rows.refuse(
          "rate",
          Error{.code = ErrorCode::bad_value,
                .message = fmt::format("the rate is {}; it must be above zero", rate.to_string()),
                .hint = fmt::format("give {} per one {}", functional.code(), from->code())});
    }
    return ExchangeRate{on, *from, rate, rows.text("source")};
  };
  return read_rows<ExchangeRate>(
      path, rate_columns, "date", read_row,
      [](const ExchangeRate& row) {
        return std::pair{row.on, row.from};
      },
      [](const ExchangeRate& a, const ExchangeRate& b) { return a.rate == b.rate; });
}

}  // namespace accrue
