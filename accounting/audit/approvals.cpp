#include "accounting/audit/approvals.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "accounting/audit/log_facts.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

constexpr const char* approved = "approved";
constexpr const char* same_system_user = "same system user";
constexpr const char* not_approved = "not approved";

struct Judgement {
  Record record;
  ToldFact told;
};

std::string system_of(const Identity& identity) { return identity.os_user + "@" + identity.host; }

std::string state_of(const Record& record) {
  if (!record.approval) return not_approved;
  return record.approval->identity == record.identity ? same_system_user : approved;
}

/// Whether a second person belongs to a record of this kind, in a book with dual control or not.
bool is_judgement(const Record& record, const std::set<std::string>& holders) {
  switch (record.kind) {
    case RecordKind::period_closed:
    case RecordKind::period_reopened:
    case RecordKind::estimate_changed: return true;
    case RecordKind::key_registered: return holders.size() > 1;
    case RecordKind::book_opened:
    case RecordKind::investment_added:
    case RecordKind::usage_imported:
    case RecordKind::segment_imported:
    case RecordKind::base_imported:
    case RecordKind::rates_imported:
    case RecordKind::events_accepted:
    case RecordKind::rate_card_added:
    case RecordKind::billing_periods_imported:
    case RecordKind::checkpoint_signed:
    case RecordKind::attempt_refused:
    case RecordKind::timestamp_attached:
    case RecordKind::forecast_saved:
    case RecordKind::tranche_assumed: return false;
  }
  return false;
}

bool touches(const Judgement& judgement, PeriodRange wanted) {
  const std::vector<PeriodRange>& periods = judgement.told.periods;
  return std::any_of(periods.begin(), periods.end(), [&](PeriodRange range) {
    return range.first <= wanted.last && wanted.first <= range.last;
  });
}

std::vector<Judgement> judgements(const Store& store, const BookView& view,
                                  std::optional<PeriodRange> range) {
  std::vector<Judgement> list;
  std::set<std::string> holders;  // persons with a key before the record
  store.for_each_record_head(1, view.state.record_count, [&](const Record& head) {
    if (is_judgement(head, holders) || head.approval) {
      Record record = store.read_record(head.sequence);
      ToldFact told = tell(decode(record.kind, record.fact), record.sequence, view.state);
      for (const Entry& entry : record.entries) {
        told.periods.push_back({entry.origin_period(), entry.posting_period()});
      }
      Judgement judgement{std::move(record), std::move(told)};
      if (!range || touches(judgement, *range)) list.push_back(std::move(judgement));
    }
    for (const HeldKey& held : view.state.keys) {
      if (held.record == head.sequence) holders.insert(held.person);
    }
    return true;
  });
  return list;
}

std::int64_t count_of(const std::vector<Judgement>& list, std::string_view state) {
  return std::count_if(list.begin(), list.end(), [&](const Judgement& judgement) {
    return state_of(judgement.record) == state;
  });
}

void add_totals(Report& report, const std::vector<Judgement>& list, const BookState& state) {
  report.totals = {{"records", static_cast<std::int64_t>(list.size())},
                   {"approved", count_of(list, approved)},
                   {"same_system_user", count_of(list, same_system_user)},
                   {"not_approved", count_of(list, not_approved)}};
  if (!state.opened.dual_control) {
    report.notes.emplace_back("the book is not under dual control: no second person was asked for");
  }
}

}  // namespace

Report approvals_report(const Store& store, const BookView& view,
                        std::optional<PeriodRange> range) {
  Report report = start_report(view, "audit-approvals", "Who prepared and who approved", range);
  report.columns = {{"record", ColumnKind::count},         {"recorded_at", ColumnKind::text, 3},
                    {"kind", ColumnKind::text, 4},         {"what", ColumnKind::text},
                    {"prepared_by", ColumnKind::text},     {"prepared_on", ColumnKind::text, 2},
                    {"approved_by", ColumnKind::text},     {"approved_on", ColumnKind::text, 2},
                    {"state", ColumnKind::text},           {"reason", ColumnKind::text, 1},
                    {"ref", ColumnKind::text, 9}};
  const std::vector<Judgement> list = judgements(store, view, range);
  for (const auto& [record, told] : list) {
    const std::optional<Approval>& approval = record.approval;
    report.rows.push_back({record.sequence, record.recorded_at.to_string(),
                           std::string{to_string(record.kind)}, told.what, record.author,
                           system_of(record.identity), approval ? Cell{approval->person} : Cell{},
                           approval ? Cell{system_of(approval->identity)} : Cell{},
                           state_of(record), record.reason.empty() ? Cell{} : Cell{record.reason},
                           make_ref({"record", std::to_string(record.sequence)})});
  }
  add_totals(report, list, view.state);
  return report;
}

Report approvals_matrix(const Store& store, const BookView& view,
                        std::optional<PeriodRange> range) {
  Report report = start_report(view, "audit-approvals-matrix",
                               "How often who approved what whom prepared", range);
  report.columns = {{"prepared_by", ColumnKind::key}, {"approved_by", ColumnKind::key},
                    {"records", ColumnKind::count},   {"same_system_user", ColumnKind::count},
                    {"ref", ColumnKind::text, 9}};
  struct Count {
    std::int64_t records = 0;
    std::int64_t same_system_user = 0;
    std::int64_t last = 0;
  };
  const std::vector<Judgement> list = judgements(store, view, range);
  std::map<std::pair<std::string, std::string>, Count> counts;
  for (const auto& [record, told] : list) {
    Count& count = counts[{record.author, record.approval ? record.approval->person : "nobody"}];
    ++count.records;
    if (state_of(record) == same_system_user) ++count.same_system_user;
    count.last = record.sequence;
  }
  for (const auto& [pair, count] : counts) {
    report.rows.push_back({pair.first, pair.second, count.records, count.same_system_user,
                           make_ref({"record", std::to_string(count.last)})});
  }
  add_totals(report, list, view.state);
  return report;
}

}  // namespace accrue
