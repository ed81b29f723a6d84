#include "accounting/audit/log.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

#include "accounting/audit/log_facts.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

/// A record with what the log says of it.
struct LogLine {
  ToldFact told;
  std::vector<LogMark> marks;
  std::vector<std::string> details;
  std::optional<std::int64_t> late_revenue;  ///< minor units; none where nothing was late
};

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

Cell text_or_nothing(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }

std::string system_of(const Identity& identity) {
  return identity.os_user + "@" + identity.host;
}

void add_exceptions(LogLine& line, const Fact& fact) {
  const auto* close = std::get_if<PeriodClosed>(&fact);
  if (close == nullptr || close->accepted.empty()) return;
  line.marks.push_back(LogMark::exception);
  for (const AcceptedException& accepted : close->accepted) {
    line.details.push_back("accepted " + accepted.code + ": " + accepted.subject);
  }
}

/// Revenue that the entries book in a period after the one it belongs to. What a reopening moves
/// home was late before it, and is not late by it.
void add_late(LogLine& line, const Record& record, const BookState& state) {
  if (record.kind == RecordKind::period_reopened) return;
  std::map<std::pair<Period, Period>, std::int64_t> revenue;
  for (const Entry& entry : record.entries) {
    if (entry.origin_period() >= entry.posting_period()) continue;
    std::int64_t& sum = revenue[{entry.origin_period(), entry.posting_period()}];
    for (const Line& entry_line : entry.lines()) {
      // Revenue is a credit.
      if (entry_line.account.type() == AccountType::revenue) sum -= entry_line.amount_minor_units;
    }
  }
  if (revenue.empty()) return;
  line.marks.push_back(LogMark::late);
  line.late_revenue = 0;
  for (const auto& [periods, amount] : revenue) {
    const Figure figure = money_figure(state, amount);
    line.details.push_back(figure.value.to_string(figure.digits) + " of revenue of " +
                           periods.first.to_string() + " booked in " +
                           periods.second.to_string());
    *line.late_revenue += std::abs(amount);
  }
}

LogLine line_of(const Record& record, const Fact& fact, const BookState& state) {
  LogLine line{tell(fact, record.sequence, state), {}, {}, {}};
  if (record.kind == RecordKind::period_reopened) line.marks.push_back(LogMark::reopening);
  add_exceptions(line, fact);
  if (record.kind == RecordKind::estimate_changed) line.marks.push_back(LogMark::estimate);
  if (record.kind == RecordKind::attempt_refused) line.marks.push_back(LogMark::refused);
  add_late(line, record, state);
  for (const Entry& entry : record.entries) {
    line.told.periods.push_back({entry.origin_period(), entry.posting_period()});
  }
  return line;
}

/// From the first to the last period that the record touches; nothing where it touches none.
Cell periods_cell(const std::vector<PeriodRange>& periods) {
  if (periods.empty()) return {};
  PeriodRange all = periods.front();
  for (const PeriodRange& range : periods) {
    all = {std::min({all.first, range.first, range.last}),
           std::max({all.last, range.first, range.last})};
  }
  return to_text(all);
}

Cell gap_cell(const LogLine& line, const Record& record, const TimeZone& zone) {
  if (!line.told.effective_on) return {};
  return std::int64_t{zone.date_of(record.recorded_at).days - line.told.effective_on->days};
}

bool touches(const LogLine& line, PeriodRange wanted) {
  return std::any_of(line.told.periods.begin(), line.told.periods.end(), [&](PeriodRange range) {
    return range.first <= wanted.last && wanted.first <= range.last;
  });
}

bool admits(const LogFilter& filter, const LogLine& line) {
  if (filter.range && !touches(line, *filter.range)) return false;
  return !filter.only ||
         std::find(line.marks.begin(), line.marks.end(), *filter.only) != line.marks.end();
}

void add_row(Report& report, const Record& record, const LogLine& line, const BookState& state) {
  std::vector<std::string> marks;
  for (const LogMark mark : line.marks) marks.emplace_back(to_string(mark));
  report.rows.push_back(
      {record.sequence, record.recorded_at.to_string(), record.author, system_of(record.identity),
       record.approval ? Cell{record.approval->person} : Cell{},
       std::string{to_string(record.kind)}, periods_cell(line.told.periods), line.told.what,
       text_or_nothing(record.reason), gap_cell(line, record, state.zone),
       text_or_nothing(joined(marks)),
       line.late_revenue ? Cell{money_figure(state, *line.late_revenue)} : Cell{},
       text_or_nothing(joined(line.details)),
       make_ref({"record", std::to_string(record.sequence)})});
}

}  // namespace

std::string_view to_string(LogMark mark) {
  switch (mark) {
    case LogMark::reopening: return "reopening";
    case LogMark::exception: return "exception";
    case LogMark::estimate: return "estimate";
    case LogMark::late: return "late";
    case LogMark::refused: return "refused";
  }
  return {};
}

Report audit_log(const Store& store, const BookView& view, const LogFilter& filter) {
  const BookState& state = view.state;
  Report report = start_report(view, "audit-log", "Who did what, when and why", filter.range);
  report.columns = {{"record", ColumnKind::count},        {"recorded_at", ColumnKind::text},
                    {"author", ColumnKind::text},         {"system", ColumnKind::text, 5},
                    {"approver", ColumnKind::text, 4},    {"kind", ColumnKind::text, 6},
                    {"periods", ColumnKind::text},        {"what", ColumnKind::text},
                    {"reason", ColumnKind::text},         {"gap_days", ColumnKind::count, 3},
                    {"marks", ColumnKind::text},          {"late_revenue", ColumnKind::figure, 2},
                    {"detail", ColumnKind::text, 1},      {"ref", ColumnKind::text, 9}};
  for (std::int64_t sequence = 1; sequence <= state.record_count; ++sequence) {
    const Record record = store.read_record(sequence);
    if (filter.kind && record.kind != *filter.kind) continue;
    if (filter.author && record.author != *filter.author) continue;
    const LogLine line = line_of(record, decode(record.kind, record.fact), state);
    if (admits(filter, line)) add_row(report, record, line, state);
  }
  report.totals = {{"records", static_cast<std::int64_t>(report.rows.size())}};
  if (std::cmp_less(report.rows.size(), state.record_count)) {
    report.notes.push_back(std::to_string(report.rows.size()) + " of " +
                           std::to_string(state.record_count) + " records");
  }
  return report;
}

}  // namespace accrue
