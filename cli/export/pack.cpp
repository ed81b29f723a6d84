#include "cli/export/pack.h"

#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "cli/export/audit_data_standard.h"
#include "cli/export/book_tables.h"
#include "cli/export/embedded.h"
#include "cli/export/journal_export.h"
#include "cli/export/kept_texts.h"
#include "cli/export/pack_proofs.h"
#include "cli/export/pack_readme.h"
#include "cli/library_versions.h"
#include "cli/render_csv.h"
#include "cli/render_json.h"
#include "ledger/book/codec.h"

namespace accrue {

namespace {

class Pack {
 public:
  Pack(const OpenedView& opened, const PackOrder& order, const ReplayVerdict& replay)
      : store_{opened.store},
        view_{opened.view},
        period_{order.period},
        range_{order.range},
        replay_{replay} {}

  Result<std::vector<Member>> assemble() {
    add("pack.json", description());
    add("records.bin", record_leaves());
    add_tables();
    add_journals();
    ACCRUE_TRY_DONE(add_reports(OriginView::as_reported, "reports/"));
    ACCRUE_TRY_DONE(add_reports(OriginView::by_origin, "reports/by-origin/"));
    ACCRUE_TRY_DONE(add_lists());
    for (Member& member : pack_proofs(store_, view_, range_)) members_.push_back(std::move(member));
    for (Member& member : kept_texts(view_.state)) members_.push_back(std::move(member));
    for (const EmbeddedFile& file : embedded_files()) {
      add(std::string{file.name}, std::string{file.bytes});
    }
    add("README.txt", pack_readme(members_, view_, range_));
    return with_manifest(std::move(members_));
  }

 private:
  void add(std::string path, std::string bytes) {
    members_.push_back({std::move(path), std::move(bytes)});
  }

  std::string description() const {
    const BookState& state = view_.state;
    nlohmann::ordered_json json;
    json["schema"] = "accrue.audit-pack/1";
    const Program program = this_program();
    json["program"] = {
        {"name", program.name}, {"version", program.version}, {"build", program.build}};
    json["rules"] = rule_version;
    json["book"] = {{"id", state.opened.book_id},
                    {"name", state.opened.name},
                    {"currency", std::string{state.functional().code()}},
                    {"minor_digits", state.functional().minor_digits()},
                    {"time_zone", state.opened.time_zone},
                    {"time_zone_data", state.opened.time_zone_data},
                    {"fiscal_year_start", state.opened.fiscal_start_month}};
    json["period"] = {{"from", range_.first.to_string()}, {"to", range_.last.to_string()}};
    json["as_of"] = {{"records", state.record_count}, {"root", view_.root}};
    return json.dump(2) + '\n';
  }

  /// The leaf bytes of every record, each with its length before it.
  std::string record_leaves() const {
    ByteWriter out;
    for (std::int64_t record = 1; record <= view_.state.record_count; ++record) {
      out.put_text(leaf_bytes(store_.read_record(record)));
    }
    return out.take();
  }

  void add_tables() {
    add("tables/records.csv", records_table(store_, view_));
    add("tables/entries.csv", entries_table(store_, view_));
    add("tables/balances.csv", balances_table(view_));
    add("tables/closes.csv", closes_table(store_, view_));
    add("tables/grants.csv", grants_table(view_));
    add("tables/estimates.csv", estimates_table(view_));
    add("tables/draws.csv", draws_table(view_));
    add("tables/charges.csv", charges_table(store_, view_, std::nullopt));
    add("tables/inputs.csv", inputs_table(store_, view_));
  }

  void add_journals() {
    const JournalExport journal = gather_journal(store_, view_, range_);
    add("journal/hledger.journal", hledger_journal(journal));
    add("journal/ledger.ledger", ledger_journal(journal));
    add("journal/beancount.beancount", beancount_journal(journal));
    for (Member& member : audit_data_standard(journal, view_.state.fiscal())) {
      add("audit-data-standard/" + member.path, std::move(member.bytes));
    }
  }

  using Words = std::vector<std::pair<std::string, FilterValue>>;

  /// As the command with these words prints it.
  Result<Done> add_report(const std::string& path, const Filters& filters,
                          const Result<Report>& report) {
    if (!report.ok()) {
      if (report.error().code == ErrorCode::nothing_to_report) return Done{};
      return report.refusal();
    }
    add(path + ".csv", render_csv(*report));
    add(path + ".json", render_json(*report, filters, this_program()));
    return Done{};
  }

  Words words_of(OriginView by) const {
    return {{"period", period_}, {"by_origin", by == OriginView::by_origin}};
  }

  Result<Done> add_reports(OriginView by, const std::string& folder) {
    const auto put = [&](const std::string& name, const Result<Report>& report) {
      return add_report(folder + name, {"report " + name, words_of(by)}, report);
    };
    ACCRUE_TRY_DONE(put("period", period_report(view_, range_, by)));
    ACCRUE_TRY_DONE(put("rollforward", rollforward_report(view_, range_, by)));
    ACCRUE_TRY_DONE(put("bridge", bridge_report(store_, view_, range_, by)));
    ACCRUE_TRY_DONE(put("trial-balance", trial_balance_report(view_, range_, by)));
    ACCRUE_TRY_DONE(put("journal", journal_report(store_, view_, range_, by)));
    ACCRUE_TRY_DONE(put("answers", answers_report(view_, range_, by, {}, replay_)));
    return add_growth(by, folder);
  }

  /// One report a series: growth never mixes two.
  Result<Done> add_growth(OriginView by, const std::string& folder) {
    std::set<std::pair<std::string, std::string>> all_series;
    for (const SegmentRevenue& row : view_.state.segments) {
      all_series.emplace(row.segment, row.basis);
    }
    int number = 0;
    for (const auto& [segment, basis] : all_series) {
      std::string path = folder + "growth";
      Words words = words_of(by);
      if (all_series.size() > 1) {
        path += "-" + std::to_string(++number) + '-' + file_safe(segment) + '-' + file_safe(basis);
        words.emplace_back("segment", segment);
        words.emplace_back("basis", basis);
      }
      ACCRUE_TRY_DONE(add_report(
          path, {"report growth", std::move(words)},
          growth_report(view_, range_, by, {.segment = segment, .basis = basis})));
    }
    return Done{};
  }

  Result<Done> add_lists() {
    const Words period{{"period", period_}};
    ACCRUE_TRY_DONE(
        add_report("lists/investments", {"investment list", {}}, investment_list(view_)));
    ACCRUE_TRY_DONE(add_report("lists/grants", {"grant list", {}}, grant_list(view_)));
    ACCRUE_TRY_DONE(add_report("lists/drawdowns", {"drawdown list", period},
                               drawdown_list(view_, {.range = range_})));
    ACCRUE_TRY_DONE(
        add_report("lists/entries", {"entry list", period}, entry_list(store_, view_, range_)));
    return add_report("lists/periods", {"period list", {}}, period_list(store_, view_));
  }

  const Store& store_;
  const BookView& view_;
  const std::string& period_;
  PeriodRange range_;
  const ReplayVerdict& replay_;
  std::vector<Member> members_;
};

}  // namespace

Result<std::vector<Member>> audit_pack(const OpenedView& opened, const PackOrder& order,
                                       const ReplayVerdict& replay) {
  return Pack{opened, order, replay}.assemble();
}

}  // namespace accrue
