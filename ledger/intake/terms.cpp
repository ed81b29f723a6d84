#include "ledger/intake/terms.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ledger/intake/quoted.h"
#include "ledger/intake/terms_fields.h"
#include "ledger/intake/terms_keys.h"
#include "ledger/intake/toml_fields.h"

namespace accrue {

namespace {

constexpr std::string_view schema_name = "accrue.terms/1";

const Decimal hundred = Decimal::from_integer(100);

/// A tranche while its file is read: what is wrong with one part must not hide the others.
struct TrancheDraft {
  explicit TrancheDraft(TomlTable source) : table{std::move(source)} {}

  TomlTable table;
  std::optional<std::string> id;
  std::optional<Amount> face;
  std::optional<Date> issued_on;
  std::optional<Date> begins_on;
  std::optional<Date> expires_on;
  std::optional<Amount> transaction_price;
  BreakageMethod breakage_method = BreakageMethod::remote;
  std::optional<ExpectedUnused> expected_unused;
  std::int32_t priority = 100;
  bool bonus = false;
  Scope scope;
};

TrancheDraft read_tranche(const TomlNode& node, const std::optional<Date>& signed_on,
                          TomlErrors& errors) {
  const TomlTable table{node, "[[tranche]]", errors};
  TrancheDraft draft{table};
  table.refuse_unknown_keys(terms_keys::tranche);
  table.require("id", "write it like  id = \"t1\"");
  table.require("face", "write it like  face = \"300_000_000 USD\"");
  if (!table.has("milestone")) table.require("issued", "write it like  issued = 2026-01-15");
  table.refuse_unsupported("milestone",
                           "give `issued` with the day the milestone was met; leave the tranche "
                           "out until then");
  table.refuse_unsupported("longstop",
                           "leave it out: a tranche that may lapse is added once issued");
  table.refuse_unsupported("lapse", "leave it out: a tranche that may lapse is added once issued");
  table.refuse_unsupported("spread", "leave it out: it belongs to progress = \"straight_line\"");

  draft.id = table.id("id");
  draft.face = table.amount("face", Floor::above_zero);
  draft.issued_on = table.date("issued");
  draft.begins_on = table.date("begins");
  draft.expires_on = table.date("expires");
  draft.transaction_price = table.amount("transaction_price", Floor::zero);
  draft.priority = table.integer("priority").value_or(draft.priority);
  draft.bonus = table.boolean("bonus").value_or(false);
  draft.scope = {table.texts("services"), table.texts("regions"), table.texts("skus")};
  static constexpr std::array<std::string_view, 1> progress{"usage"};
  choice_kept(table, "progress", progress, "straight_line",
              "leave it out: credits are recognised as they are used");
  const StatedBreakage breakage = read_breakage(table, draft.face);
  draft.breakage_method = breakage.method;
  draft.expected_unused = breakage.expected_unused;
  refuse_empty_window(table, {draft.issued_on, draft.begins_on, draft.expires_on});

  if (signed_on && draft.issued_on && *draft.issued_on < *signed_on) {
    table.refuse("issued", Error{.code = ErrorCode::bad_value,
                                 .message = fmt::format("issued, {}, is before the deal was signed",
                                                        draft.issued_on->to_string()),
                                 .notes = {fmt::format("signed {}", signed_on->to_string())},
                                 .hint = "a tranche is issued on the day of signing or later"});
  }
  return draft;
}

std::vector<std::string> read_accounts(const TomlTable& matching, std::string_view key,
                                       TomlErrors& errors) {
  auto accounts = matching.texts(key);
  if (!accounts) return {};
  std::vector<std::pair<std::string, TomlSpan>> named;
  for (const TomlNode& item : matching.find(key)->children)
    named.emplace_back(item.text, item.span);
  refuse_twice(named, "the account", errors);
  return *std::move(accounts);
}

Matching read_matching(const TomlTable& table, TomlErrors& errors) {
  Matching matching;
  table.refuse_unknown_keys(terms_keys::matching);
  matching.billing_accounts = read_accounts(table, "billing_accounts", errors);
  matching.sub_accounts = read_accounts(table, "sub_accounts", errors);
  if (!table.has("sub_accounts")) {
    table.require("billing_accounts",
                  "name at least one account in billing_accounts or "
                  "sub_accounts, or remove [matching]");
  }
  matching.from_on = table.date("from");
  matching.to_on = table.date("to");
  if (matching.from_on && matching.to_on && *matching.to_on <= *matching.from_on) {
    table.refuse("to", Error{.code = ErrorCode::empty_interval,
                             .message = fmt::format("to, {}, is not after from, {}",
                                                    matching.to_on->to_string(),
                                                    matching.from_on->to_string()),
                             .hint = "to is the first day on which the accounts no longer match"});
  }
  return matching;
}

/// An optional percent with bounds: above zero, and not above `most` when there is a most.
std::optional<Decimal> read_percent(const TomlTable& table, std::string_view key,
                                    const std::optional<Decimal>& most) {
  const auto percent = table.percent(key);
  if (!percent) return std::nullopt;
  if (percent->sign() > 0 && (!most || *percent <= *most)) return percent;
  table.refuse(key,
               Error{.code = ErrorCode::bad_value,
                     .message = fmt::format("{} is {}%; it must be above 0%{}", key,
                                            percent->to_string(), most ? ", at most 100%" : ""),
                     .hint = percent_hint(key, "")});
  return std::nullopt;
}

/// What [investment] states beside the investment: the total of the faces.
struct InvestmentDraft {
  Investment investment;
  std::optional<Date> signed_on;
  std::optional<Amount> credits;
};

InvestmentDraft read_investment(const TomlTable& table) {
  InvestmentDraft draft;
  Investment& investment = draft.investment;
  table.refuse_unknown_keys(terms_keys::investment);
  table.require("id", "write it like  id = \"moonshot\"");
  table.require("investee", "write it like  investee = \"Moonshot AI\"");
  table.require("signed", "write it like  signed = 2026-01-15");

  investment.id = table.id("id").value_or("");
  investment.investee = investee_name(table, "investee").value_or("");
  draft.signed_on = table.date("signed");
  investment.signed_on = draft.signed_on.value_or(Date{});
  investment.stake_percent = read_percent(table, "stake", hundred);
  investment.ssp_percent =
      read_percent(table, "ssp", std::nullopt).value_or(investment.ssp_percent);
  investment.cash = table.amount("cash", Floor::zero);
  draft.credits = table.amount("credits", Floor::above_zero);
  investment.fair_value_of_stake = table.amount("fair_value_of_stake", Floor::zero);
  investment.fixed_rate = table.rate("fixed_rate");
  investment.accept_price_above_face = table.boolean("accept_price_above_face").value_or(false);

  static constexpr std::array<std::string_view, 3> influences{"none", "significant", "control"};
  if (const auto word = table.choice("influence", influences)) {
    investment.influence = influences[*word];
  }
  static constexpr std::array<std::string_view, 2> shares{"at_closing", "with_tranche"};
  if (const auto word = choice_kept(table, "shares", shares, "as_drawn",
                                    "use \"at_closing\" or \"with_tranche\"")) {
    investment.shares = *word == 0 ? Shares::at_closing : Shares::with_tranche;
  }
  static constexpr std::array<std::string_view, 4> bases{"effective", "contracted", "list",
                                                         "billed"};
  if (const auto word = table.choice("basis", bases)) investment.basis = static_cast<Basis>(*word);
  return draft;
}

/// Refuses an amount that is not in `currency`, which is that of `other`.
void require_currency(const TomlTable& table, std::string_view key,
                      const std::optional<Amount>& amount, Currency currency,
                      std::string_view other) {
  if (!amount || amount->currency == currency) return;
  table.refuse(key, Error{.code = ErrorCode::bad_value,
                          .message = fmt::format("{} is in {}, {} in {}", key,
                                                 amount->currency.code(), other, currency.code()),
                          .hint = fmt::format("state it in {}", currency.code())});
}

void check_face_total(const TomlTable& table, const Amount& credits,
                      const std::vector<TrancheDraft>& drafts) {
  Amount total{Decimal{}, credits.currency};
  for (const TrancheDraft& draft : drafts) {
    if (!draft.face || draft.face->currency != credits.currency) return;
    total.value += draft.face->value;
  }
  if (total.value == credits.value) return;
  Amount difference{total.value - credits.value, credits.currency};
  if (difference.value.sign() < 0) difference.value = -difference.value;
  table.refuse(
      "credits",
      Error{.code = ErrorCode::face_does_not_add_up,
            .message = "the faces of the tranches do not add up to the credits promised",
            .notes = {fmt::format("tranches {}, credits {}, difference {}", shown_amount(total),
                                  shown_amount(credits), shown_amount(difference))},
            .hint = "mend the face that is wrong, or credits"});
}

/// The rules that hold between amounts: cash, fair value and prices share the deal's currency, the
/// faces share theirs, and the faces add up to the credits promised.
void check_amounts(const TomlTable& table, const InvestmentDraft& draft,
                   const std::vector<TrancheDraft>& tranches) {
  const auto& fair_value = draft.investment.fair_value_of_stake;
  const auto& cash = draft.investment.cash;
  if (fair_value) {
    require_currency(table, "cash", cash, fair_value->currency, "the fair value of the stake");
  }
  const auto with_face = std::ranges::find_if(
      tranches, [](const TrancheDraft& tranche) { return tranche.face.has_value(); });
  const std::optional<Amount> face = with_face == tranches.end() ? std::nullopt : with_face->face;
  const std::optional<Amount>& deal = fair_value ? fair_value : cash ? cash : face;
  const std::string_view deal_name = fair_value ? "the fair value of the stake"
                                     : cash     ? "the cash paid"
                                                : "the first face";
  for (const TrancheDraft& tranche : tranches) {
    if (face)
      require_currency(tranche.table, "face", tranche.face, face->currency, "the first face");
    if (deal) {
      require_currency(tranche.table, "transaction_price", tranche.transaction_price,
                       deal->currency, deal_name);
    }
  }
  if (face) require_currency(table, "credits", draft.credits, face->currency, "the faces");
  if (draft.credits) check_face_total(table, *draft.credits, tranches);
}

Tranche tranche_of(TrancheDraft draft) {
  return Tranche{.id = *std::move(draft.id),
                 .face = *draft.face,
                 .issued_on = *draft.issued_on,
                 .begins_on = draft.begins_on,
                 .expires_on = draft.expires_on,
                 .priority = draft.priority,
                 .transaction_price = draft.transaction_price,
                 .bonus = draft.bonus,
                 .scope = std::move(draft.scope),
                 .breakage_method = draft.breakage_method,
                 .expected_unused = draft.expected_unused};
}

/// The tables of [[tranche]]; what stands there instead is refused.
std::vector<const TomlNode*> tranche_nodes(const TomlNode& root, TomlErrors& errors) {
  const TomlNode* list = root.find("tranche");
  std::vector<const TomlNode*> nodes;
  if (list == nullptr) {
    errors.add({}, Error{.code = ErrorCode::missing_key,
                         .message = "the file has no [[tranche]]",
                         .hint = "add at least one, with id, face and issued"});
    return nodes;
  }
  const auto refuse = [&](const TomlNode& node) {
    errors.add(node.span,
               Error{.code = ErrorCode::bad_value,
                     .message = fmt::format("tranche takes tables, found {}", node.kind_name()),
                     .hint = "head each tranche with  [[tranche]]"});
  };
  if (list->kind != TomlNode::Kind::array || list->children.empty()) {
    refuse(*list);
    return nodes;
  }
  for (const TomlNode& node : list->children) {
    if (node.kind == TomlNode::Kind::table) {
      nodes.push_back(&node);
    } else {
      refuse(node);
    }
  }
  return nodes;
}

}  // namespace

Result<Investment> parse_terms(std::string_view text, std::string_view file) {
  auto document = TomlDocument::parse(text, file);
  if (!document.ok()) return explain_syntax_error(document.error());
  const TomlNode& root = document->root();
  TomlErrors errors{*document};
  if (!check_schema(*document, schema_name, errors)) return errors.in_line_order();

  const TomlTable top{root, "the file", errors};
  top.refuse_unknown_keys(terms_keys::document);
  InvestmentDraft draft;
  const auto investment_table = top.table("investment", "[investment]");
  if (investment_table) {
    draft = read_investment(*investment_table);
  } else if (!top.has("investment")) {
    errors.add({}, Error{.code = ErrorCode::missing_key,
                         .message = "the file has no [investment]",
                         .hint = "add it, with id, investee and signed"});
  }
  if (const auto matching = top.table("matching", "[matching]")) {
    draft.investment.matching = read_matching(*matching, errors);
  }

  std::vector<TrancheDraft> tranches;
  std::vector<std::pair<std::string, TomlSpan>> ids;
  for (const TomlNode* node : tranche_nodes(root, errors)) {
    tranches.push_back(read_tranche(*node, draft.signed_on, errors));
    const TrancheDraft& tranche = tranches.back();
    if (tranche.id) ids.emplace_back(*tranche.id, tranche.table.span_of("id"));
  }
  refuse_twice(ids, "the tranche", errors);
  if (investment_table) check_amounts(*investment_table, draft, tranches);

  if (errors.any()) return errors.in_line_order();
  for (TrancheDraft& tranche : tranches) {
    draft.investment.tranches.push_back(tranche_of(std::move(tranche)));
  }
  return std::move(draft.investment);
}

}  // namespace accrue
