// Rows and figures of reports: the report is made again, and its figure led to the books.

#include <algorithm>

#include "accounting/audit/explain.h"
#include "accounting/audit/explain_refs.h"
#include "accounting/report/cells.h"
#include "accounting/report/frame.h"
#include "accounting/report/make_report.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

/// What a row is about: its keys.
std::string describe_row(const Report& report, const std::vector<Cell>& cells) {
  std::string text = report.title;
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    if (report.columns[i].kind != ColumnKind::key) continue;
    if (const auto* const key = std::get_if<std::string>(&cells[i])) text += ", " + *key;
    if (const auto* const key = std::get_if<std::int64_t>(&cells[i])) {
      text += ", " + std::to_string(*key);
    }
  }
  return text;
}

bool is_face(const std::string& column) { return column.starts_with("face_"); }

bool is_percent(const Figure& figure) { return figure.measure == Measure::percent; }

}  // namespace

Result<Explainer::ReportRow> Explainer::find_row(const std::string& row_ref) {
  const Parts address = parts_of_ref(row_ref);
  const auto [name, by] = read_ref_head(address.front());
  const bool is_drawdown = name == "drawdown";
  const std::optional<ReportKind> kind = report_kind_named(name);
  if (!is_drawdown && (!kind || address.size() < address_length(*kind))) {
    return unknown_ref(row_ref);
  }
  const std::size_t length = is_drawdown ? 1 : address_length(*kind);
  const auto [known, is_new] = reports_.try_emplace(
      make_ref({address.begin(), address.begin() + static_cast<std::ptrdiff_t>(length)}));
  if (is_new) {
    Result<Report> made =
        is_drawdown ? drawdown_list(view_, {}) : report_at(store_, view_, row_ref);
    if (!made.ok()) {
      reports_.erase(known);
      return unknown_ref(row_ref);
    }
    known->second = std::move(made).value();
  }
  const Report& report = known->second;
  for (const std::vector<Cell>& cells : report.rows) {
    const auto* const ref = std::get_if<std::string>(&cells.back());
    if (ref != nullptr && *ref == row_ref) return ReportRow{report, cells, by};
  }
  return unknown_ref(row_ref);
}

/// A row has figures: each is explained on its own.
Result<ExplainedStep> Explainer::report_row(const std::string& row_ref) {
  ACCRUE_TRY(row, find_row(row_ref));
  return figures_of(row, row_ref);
}

ExplainedStep Explainer::figures_of(const ReportRow& row, const std::string& row_ref) const {
  ExplainedStep step{.ref = row_ref, .what = describe_row(row.report, row.cells)};
  const std::string face_currency = text_in(row.report, row.cells, "face_currency");
  const std::string currency = text_in(row.report, row.cells, "currency");
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const auto* const figure = std::get_if<Figure>(&row.cells[i]);
    if (figure == nullptr) continue;
    const std::string& column = row.report.columns[i].name;
    const std::string unit = is_percent(*figure)                   ? "%"
                             : figure->measure == Measure::money   ? functional()
                             : figure->measure == Measure::number  ? ""
                             : face_currency.empty()               ? currency
                                                                   : face_currency;
    step.parts.push_back({Link::figure, row_ref + "#" + column, column, *figure, unit});
  }
  // A row of zeros rests on the terms all the same.
  const bool is_nothing = std::all_of(step.parts.begin(), step.parts.end(), [](const auto& part) {
    return part.value->value.is_zero();
  });
  if (is_nothing || !text_in(row.report, row.cells, "grant").empty()) add_terms(step, row);
  return step;
}

Result<ExplainedStep> Explainer::report_figure(const std::string& row_ref,
                                               const std::string& column) {
  ACCRUE_TRY(row, find_row(row_ref));
  const ExplainedStep whole = figures_of(row, row_ref);
  const auto part = std::find_if(whole.parts.begin(), whole.parts.end(),
                                 [&](const ExplainedPart& p) { return p.what == column; });
  if (part == whole.parts.end()) return unknown_ref(row_ref + "#" + column);
  ExplainedStep step{.ref = part->ref,
                     .what = whole.what + ": " + column,
                     .value = part->value,
                     .unit = part->unit};
  const Parts address = parts_of_ref(row_ref);
  const auto [name, by] = read_ref_head(address.front());
  if (name == "rollforward") {
    explain_rollforward(step, row, column);
  } else if (name == "waterfall") {
    explain_waterfall(step, row, address, column);
  } else if (name == "growth") {
    explain_growth(step, row, column);
  } else if (name == "bridge") {
    explain_bridge(step, address);
  } else if (name == "flux") {
    explain_flux(step, row, address, column);
  } else if (name == "drawdown") {
    explain_drawdown(step, address);
  } else if (name == "trial-balance") {
    const Span span{std::nullopt, row.report.period->last};
    const std::optional<Account> account = account_named(after_parts(row_ref, 2));
    const bool is_asset = account->type() == AccountType::asset;
    const bool counts_debits = column != "credit";
    if (!step.value->value.is_zero()) {
      step.parts.push_back({is_asset == counts_debits ? Link::plus : Link::minus,
                            account_ref(by, span, *account), "the account", {}, functional()});
    }
  } else if (name == "period") {
    const Span span{row.report.period->first, row.report.period->last};
    for (const auto& [key, amount] : view_.balances) {
      const Account& account = key.account;
      const bool is_it = account.role == AccountRole::revenue && account.investee == address[2] &&
                         account.grant == address[3] && to_string(account.kind) == address[4] &&
                         account.service == address[5] && account.region == address[6];
      if (!is_it) continue;
      step.parts.push_back(
          {Link::plus, account_ref(by, span, account), account.name(), {}, functional()});
      break;
    }
  } else {
    explain_by_sums(step, row, row_ref, column);
  }
  return step;
}

/// A SKU's part of what its service and region earned rests on what it drew.
void Explainer::add_draws_of_sku(ExplainedStep& step, const ReportRow& row,
                                 const std::string& column) {
  const std::string sku = text_in(row.report, row.cells, "sku");
  if (sku.empty() || row.report.name != "disaggregation") return;
  step.how.insert(step.how.begin(),
                  "drawn x the grant's price, in cash the SKU's part of the draws; rounded under "
                  "the total of its service and region");
  DrawdownFilter filter{.sku = sku};
  filter.funding = column == "cash" ? Funding::cash : Funding::credits;
  (row.by == OriginView::by_origin ? filter.origin : filter.range) = row.report.period;
  const Result<Report> drawn = drawdown_list(view_, filter);
  for (const std::vector<Cell>& cells : drawn->rows) {
    step.parts.push_back({Link::source, std::get<std::string>(cells.back()), "what was drawn", {},
                          {}});
  }
}

/// What the report itself says of how its figures follow from others.
void Explainer::explain_by_sums(ExplainedStep& step, const ReportRow& row,
                                const std::string& row_ref, const std::string& column) {
  for (const FigureSource& source : row.report.sources) {
    if (source.figure != step.ref) continue;
    const Link link = source.sign == FigureSource::Sign::plus ? Link::plus : Link::minus;
    step.parts.push_back({link, source.of, "in another report", {}, step.unit});
  }
  if (!step.parts.empty()) return;
  for (const RowSum& sum : row.report.row_sums) {
    if (sum.column != column) continue;
    for (const std::string& part : sum.of) {
      step.parts.push_back({Link::plus, row_ref + "#" + part, part, {}, step.unit});
    }
  }
  if (!step.parts.empty()) return;
  step.how = row.report.notes;
  // The segment as a whole is as it was imported.
  if (text_in(row.report, row.cells, "investee") == "*") add_imports(step, RecordKind::segment_imported);
  add_draws_of_sku(step, row, column);
  add_saved_forecast(step, row);
  add_terms(step, row);
}

/// The terms behind a row: of its grant, or of the deals of its investee.
void Explainer::add_terms(ExplainedStep& step, const ReportRow& row) const {
  const std::string grant = text_in(row.report, row.cells, "grant");
  // A forecast may have drawn a grant that the book never had.
  if (view_.state.find_grant(grant) != nullptr) {
    step.parts.push_back({Link::source, make_ref({"grant", grant}), "grant " + grant, {}, {}});
    return;
  }
  const std::string investee = text_in(row.report, row.cells, "investee");
  for (const HeldInvestment& held : view_.state.investments) {
    const Investment& deal = held.investment;
    if (deal.investee != investee) continue;
    step.parts.push_back(
        {Link::source, make_ref({"investment", deal.id}), "the deal " + deal.id, {}, {}});
  }
}

void Explainer::explain_rollforward(ExplainedStep& step, const ReportRow& row,
                                    const std::string& column) {
  const HeldGrant* const held =
      view_.state.find_grant(text_in(row.report, row.cells, "grant"));
  if (held == nullptr || step.value->value.is_zero()) return;
  const Grant& grant = held->grant;
  const Span range{row.report.period->first, row.report.period->last};
  const Account liability{.role = AccountRole::contract_liability,
                          .investee = grant.investee,
                          .investment = grant.investment,
                          .grant = grant.id};
  if (is_face(column)) {
    explain_face(step, *held, row, column);
  } else if (column == "opening") {
    step.parts.push_back({Link::plus,
                          account_ref(row.by, {std::nullopt, range.first->previous()}, liability),
                          "the contract liability at the end of the period before", {},
                          functional()});
  } else if (column == "closing") {
    step.how = {"opening and the movements add up to it"};
    step.parts.push_back({Link::plus, account_ref(row.by, {std::nullopt, range.last}, liability),
                          "the contract liability at the end of the period", {}, functional()});
  } else if (column == "granted") {
    step.parts.push_back({Link::plus, make_ref({"price", grant.id}), "the transaction price", {},
                          functional()});
  } else if (column == "usage" || column == "breakage") {
    step.parts.push_back({Link::minus,
                          make_ref({ref_head("revenue", row.by), to_text(range), grant.investee,
                                    column == "usage" ? "credits" : "breakage", grant.id}),
                          "revenue recognised", {}, functional()});
  }
}

void Explainer::explain_face(ExplainedStep& step, const HeldGrant& held, const ReportRow& row,
                             const std::string& column) {
  const Grant& grant = held.grant;
  const PeriodRange range = *row.report.period;
  const auto drawn = [&](const Span& span) {
    return make_ref({ref_head("drawn", row.by), to_text(span), grant.id});
  };
  const std::string unit{grant.face.currency.code()};
  const ExplainedPart face{Link::plus, make_ref({"face", grant.id}), "the face",
                           exact_figure(grant.face.value, grant.face.currency), unit};
  if (column == "face_drawn") {
    step.parts.push_back({Link::minus, drawn({range.first, range.last}), "what was drawn", {},
                          unit});
    return;
  }
  if (column == "face_granted") {
    step.parts.push_back(face);
    return;
  }
  const Span through{std::nullopt, column == "face_opening" ? range.first.previous() : range.last};
  if (column == "face_expired") {
    step.how = {"what was left at the expiry; what is drawn or returned later moves it"};
    step.parts.push_back({Link::source, face.ref, face.what, face.value, unit});
    step.parts.push_back({Link::source, drawn(through), "drawn to date", {}, unit});
    return;
  }
  step.how = {"left = face - drawn - expired"};
  step.parts.push_back({Link::source, face.ref, face.what, face.value, unit});
  step.parts.push_back({Link::source, drawn(through), "drawn to date", {}, unit});
}

/// "waterfall:RANGE:GRANT:WHEN".
void Explainer::explain_waterfall(ExplainedStep& step, const ReportRow& row, const Parts& address,
                                  const std::string& column) {
  const PeriodRange range = *row.report.period;
  const Grant& grant = view_.state.find_grant(address[2])->grant;
  if (address[3] == "remaining") {
    const Account liability{.role = AccountRole::contract_liability,
                            .investee = grant.investee,
                            .grant = grant.id};
    step.parts.push_back({Link::plus, account_ref(row.by, {std::nullopt, range.last}, liability),
                          "the contract liability at the end of the range", {}, functional()});
    return;
  }
  const Result<Period> period = Period::parse(address[3]);
  const Span span = period.ok() ? Span{*period, *period}
                                : Span{std::nullopt, range.first.previous()};
  for (const std::string of : {"usage", "breakage"}) {
    if (column != "amount" && column != of) continue;
    step.parts.push_back({Link::plus,
                          make_ref({ref_head("revenue", row.by), to_text(span), grant.investee,
                                    of == "usage" ? "credits" : "breakage", grant.id}),
                          "revenue recognised as " + of, {}, functional()});
  }
}

void Explainer::explain_growth(ExplainedStep& step, const ReportRow& row,
                               const std::string& column) {
  const std::string investee = text_in(row.report, row.cells, "investee");
  const std::string funding = text_in(row.report, row.cells, "funding");
  const bool is_segment = investee == "*" || investee == "other";
  const PeriodRange range =
      column == "year_ago" ? row.report.period->year_ago() : *row.report.period;
  if (is_percent(*step.value)) {
    step.how = {column == "contribution_pp"
                    ? "100 x (current - year_ago) / the segment's revenue a year ago, by largest "
                      "remainders so that the parts add up to the growth"
                    : "100 x (current - year_ago) / the growth of the segment's revenue"};
    for (const char* const of : {"current", "year_ago"}) {
      step.parts.push_back({Link::source,
                            step.ref.substr(0, step.ref.rfind('#') + 1) + of, of, {},
                            functional()});
    }
    return;
  }
  if (!is_segment) {
    step.parts.push_back({Link::source,
                          make_ref({ref_head("revenue", row.by),
                                    to_text(Span{range.first, range.last}), investee, funding, ""}),
                          "what the book holds", {}, functional()});
  } else {
    step.how = {investee == "*" ? "the segment's revenue, as imported"
                                : "the segment's revenue less that of the investees"};
  }
  add_imports(step, is_segment ? RecordKind::segment_imported : RecordKind::base_imported);
}

void Explainer::add_imports(ExplainedStep& step, RecordKind kind) {
  store_.for_each_record_head(1, view_.state.record_count, [&](const Record& head) {
    if (head.kind == kind) step.parts.push_back(record_part(head.sequence));
    return true;
  });
}

/// The lines of the record's entries that the row sums.
void Explainer::explain_bridge(ExplainedStep& step, const Parts& address) {
  const Result<std::int64_t> record = number_in(address, 2, step.ref);
  if (!record.ok() || address.size() < 9) return;
  step.how = {"class " + address[8] + "; what was booked in " + address[3] + " for " + address[4]};
  store_.for_each_entry(*record, *record, [&](const StoredEntry& stored) {
    const Entry& entry = stored.entry;
    const bool is_its = entry.posting_period().to_string() == address[3] &&
                        entry.origin_period().to_string() == address[4];
    if (!is_its) return true;
    std::int64_t position = 0;
    for (const Line& line : entry.lines()) {
      ++position;
      const Account& account = line.account;
      const bool counts = account.role == AccountRole::revenue && account.investee == address[5] &&
                          (account.grant.empty() ? "cash" : "credits") == address[6] &&
                          to_string(account.kind) == address[7];
      if (!counts) continue;
      step.parts.push_back({Link::source,
                            make_ref({"entry", std::to_string(stored.number),
                                      std::to_string(position)}),
                            account.name(), money(-line.amount_minor_units), functional()});
    }
    return true;
  });
  step.parts.push_back(record_part(*record));
}

void Explainer::explain_drawdown(ExplainedStep& step, const Parts& address) {
  const Result<Period> posting = Period::parse(address[1]);
  const Result<Period> origin = Period::parse(address[2]);
  const Result<Period> served = Period::parse(address[3]);
  if (!posting.ok() || !origin.ok() || !served.ok()) return;
  const Serving& serving = serving_of(*posting);
  const BurnDown& burn_down = serving.served();
  for (std::size_t i = 0; i < burn_down.sums().size(); ++i) {
    const ServedSum& sum = burn_down.sums()[i];
    const ChargeKey& key = burn_down.keys()[sum.key];
    const bool counts = sum.period == *origin && key.investee == address[4] &&
                        key.currency == address[9] && serving.posting_of(*origin) == *posting;
    if (!counts) continue;
    const auto draws = burn_down.draws_of(sum);
    for (std::size_t k = 0; k < draws.size(); ++k) {
      const Draw& draw = draws[k];
      // A refund that found nothing is no draw.
      if (draw.payer == Payer::nobody || draw.served_period != *served) continue;
      const std::string grant = draw.payer == Payer::grant
                                    ? serving.state().grants[draw.grant].grant.id
                                    : std::string{};
      const Consumed& consumed = burn_down.consumed(draw);
      const bool is_its = grant == address[5] && consumed.service == address[6] &&
                          consumed.sku == address[7] && consumed.region == address[8];
      if (is_its) step.parts.push_back(draw_part(serving, i, k));
    }
  }
}

/// The page of answers says where each comes from; here the way goes on.
void Explainer::explain_answer(ExplainedStep& step, const Parts& address, OriginView by) {
  const std::string& what = address[2];
  const auto add = [&](const std::string& ref, const std::string& text) {
    step.parts.push_back({Link::source, ref, text, {}, {}});
  };
  const auto add_rows = [&](const std::string& name) {
    const Result<Report> report =
        report_at(store_, view_, make_ref({ref_head(name, by), address.at(1)}));
    if (!report.ok()) return;
    for (const std::vector<Cell>& cells : report->rows) {
      add(std::get<std::string>(cells.back()), describe_row(*report, cells));
    }
  };
  if (what == "stake") add(make_ref({"investment", address.at(3)}), "the deal " + address.at(3));
  if (what == "used" || what == "used-of-all") add_rows("rollforward");
  if (what == "revenue") add_rows("period");
  if (what == "growth") {
    add_imports(step, RecordKind::segment_imported);
    add_rows("period");
  }
  if (what == "exhaustion") {
    for (const HeldGrant& held : view_.state.grants) {
      if (held.grant.investee == address.at(3)) {
        add(make_ref({"grant", held.grant.id}), "grant " + held.grant.id);
      }
    }
  }
  if (step.parts.empty() && what != "replay") {
    for (const HeldInvestment& held : view_.state.investments) {
      add(make_ref({"investment", held.investment.id}), "the deal " + held.investment.id);
    }
  }
  if (what == "replay") step.parts.push_back(record_part(view_.state.record_count));
}

}  // namespace accrue
