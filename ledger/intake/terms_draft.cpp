#include "ledger/intake/terms_draft.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"
#include "ledger/intake/focus_dataset.h"
#include "ledger/intake/quoted.h"

namespace accrue {

namespace {

constexpr std::size_t longest_id = 64;

bool is_id_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

/// An id of terms made from one of a provider: the part behind the last `/` or `:`, with a hyphen
/// for what an id may not hold. `taken` keeps the ids of one draft apart.
std::string id_of(std::string_view text, std::string_view otherwise, std::set<std::string>& taken) {
  const std::size_t separator = text.find_last_of("/:");
  if (separator != std::string_view::npos) text.remove_prefix(separator + 1);
  std::string id;
  for (const char c : text) {
    if (is_id_letter(c)) id += c;
    else if (!id.empty() && !id.ends_with('-')) id += '-';
  }
  if (id.size() > longest_id) id = id.substr(id.size() - longest_id);
  while (id.starts_with('-')) id.erase(0, 1);
  while (id.ends_with('-')) id.pop_back();
  if (id.empty()) id = otherwise;
  std::string free = id;
  for (int number = 2; !taken.insert(free).second; ++number) {
    const std::string suffix = "-" + std::to_string(number);
    free = id.substr(0, longest_id - suffix.size()) + suffix;
  }
  return free;
}

/// A TOML string.
std::string toml_string(std::string_view text) {
  std::string toml = "\"";
  for (const char c : printable_line(text)) {
    if (c == '"' || c == '\\') toml += '\\';
    toml += c;
  }
  return toml + '"';
}

std::string day_of(Instant at) { return at.to_string().substr(0, 10); }
bool is_midnight(Instant at) { return at == Instant::parse(day_of(at)).value(); }

std::string face_of(const Commitment& commitment) {
  const bool has_exponent = commitment.cost_text.find_first_of("eE") != std::string::npos;
  return fmt::format("{} {}", has_exponent ? commitment.cost->to_string() : commitment.cost_text,
                     commitment.currency.code());
}

/// Why a commitment is no promise of an amount; empty when it may be one.
std::string why_no_tranche(const Commitment& commitment) {
  const auto is = [](std::string_view value, std::string_view word) {
    return focus::equal_but_for_case(value, word);
  };
  if (commitment.category == "Usage") return "a Usage commitment is a quantity, not an amount";
  if (commitment.category != "Spend") {
    return fmt::format("its category is {}, not Spend", shown(commitment.category));
  }
  if (!commitment.cost) return "it states no ContractCommitmentCost";
  if (commitment.cost->sign() <= 0) {
    return fmt::format("its cost is {}: nothing is promised", face_of(commitment));
  }
  if (commitment.status == "Proposed") return "it is Proposed: nothing is agreed yet";
  if (is(commitment.status, "Canceled") || is(commitment.status, "Cancelled")) {
    return "it is Canceled: it ended before its time";
  }
  if (commitment.status == "Superseded") return "it is Superseded: a later commitment stands for it";
  return {};
}

std::string_view stated(const Commitment& commitment, std::string_view column) {
  for (const auto& [name, text] : commitment.stated) {
    if (name == column) return text;
  }
  return {};
}

class DraftText {
 public:
  void line(std::string_view text = {}) { text_.append(text) += '\n'; }
  void comment(std::string_view text) { line("# " + printable_line(text)); }
  void todo(std::string_view text) { comment(fmt::format("TODO {}", text)); }
  void key(std::string_view key, std::string_view value) { line(fmt::format("{} = {}", key, value)); }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// What a person must look at before the amount and the days of a commitment are terms.
void put_questions(DraftText& text, const Commitment& commitment) {
  if (!commitment.status.empty() && commitment.status != "Active" &&
      commitment.status != "Pending") {
    text.todo(fmt::format("the file says it is {}: leave the tranche out unless its use belongs in "
                          "the book",
                          commitment.status));
  }
  if (commitment.model == "Continuous") {
    text.todo("what is not used in an interval is lost (Continuous): a grant has one expiry");
  }
  const auto amount = parse_amount("face", face_of(commitment), Precision::minor_units);
  if (!amount.ok()) text.todo(amount.error().message);
  const std::string_view pricing_currency = stated(commitment, "PricingCurrency");
  const std::string_view pricing_cost = stated(commitment, "PricingCurrencyContractCommitmentCost");
  if (!pricing_cost.empty() && pricing_currency != commitment.currency.code()) {
    text.todo(fmt::format("face: the commitment is priced at {} {}; use is drawn in one currency",
                          pricing_cost, pricing_currency));
  }
  if (!is_midnight(commitment.begin_at) || !is_midnight(commitment.end_at)) {
    text.todo(fmt::format("issued, expires: the file says {} to {}; a day begins at midnight in the "
                          "zone of the book",
                          commitment.begin_at.to_string(), commitment.end_at.to_string()));
  }
}

void put_stated(DraftText& text, const Commitment& commitment) {
  for (const auto& [column, value] : commitment.stated) {
    text.comment(fmt::format("  {}: {}", column, value));
  }
}

void put_tranche(DraftText& text, const Commitment& commitment, const std::string& id) {
  text.line();
  text.line("[[tranche]]");
  text.comment(commitment.id);
  put_questions(text, commitment);
  text.key("id", toml_string(id));
  text.key("face", toml_string(face_of(commitment)));
  text.key("issued", day_of(commitment.begin_at));
  text.key("expires", day_of(commitment.end_at));
  text.todo("breakage = { method = \"remote\" }, or { method = \"proportional\", expected = \"N%\" }");
  const bool is_limited = !stated(commitment, "ContractCommitmentApplicability").empty();
  text.todo(fmt::format("services, regions, skus: what the credits pay for; left out, everything{}",
                        is_limited ? "; see ContractCommitmentApplicability" : ""));
  text.comment("The file states:");
  put_stated(text, commitment);
}

void put_investment(DraftText& text, const Contract& contract, const DraftParticulars& particulars,
                    const std::string& currency) {
  std::set<std::string> taken;
  text.line("[investment]");
  text.key("id", toml_string(id_of(contract.id, "contract", taken)));
  if (particulars.investee) {
    text.key("investee", toml_string(*particulars.investee));
  } else {
    text.todo("investee = \"NAME\": who holds the credits");
  }
  text.todo("signed = " + (contract.begin_at ? day_of(*contract.begin_at) : "YYYY-MM-DD") +
            ": the day of signing; the file says only when the contract begins");
  text.todo("stake = \"N%\", influence = \"none\", \"significant\" or \"control\"");
  text.todo("cash = \"AMOUNT " + currency + "\": what was paid for the stake, if anything");
  text.todo("fair_value_of_stake = \"AMOUNT " + currency +
            "\": at inception; without it the price is that of the paid credits");
  text.todo("ssp = \"100%\": what the credits sell for alone, in percent of face");
  text.todo("shares = \"at_closing\" or \"with_tranche\": when the shares are received");
  text.todo("fixed_rate = \"RATE\": only where the contract fixes one to the currency of the book");
  text.todo("basis: the cost that credits burn at, where it is not that of the source");
  text.line();
  text.line("[matching]");
  text.todo("billing_accounts = [\"ACCOUNT\"]: whose usage draws on the credits");
}

}  // namespace

std::string draft_terms(const Contract& contract, const DraftParticulars& particulars) {
  std::vector<const Commitment*> tranches;
  std::vector<std::pair<const Commitment*, std::string>> others;
  std::set<std::string_view> currencies;
  for (const Commitment& commitment : contract.commitments) {
    std::string reason = why_no_tranche(commitment);
    if (reason.empty()) {
      tranches.push_back(&commitment);
      currencies.insert(commitment.currency.code());
    } else {
      others.emplace_back(&commitment, std::move(reason));
    }
  }

  DraftText text;
  text.comment("A draft of terms from a FOCUS Contract Commitment file, to be finished by a person.");
  text.comment("  file: " + particulars.file);
  text.comment("  contract: " + contract.id +
               (contract.begin_at ? ", from " + contract.begin_at->to_string() : "") +
               (contract.end_at ? ", to " + contract.end_at->to_string() : ""));
  text.line("schema = \"accrue.terms/1\"");
  text.line("draft = \"remove this line when every TODO is decided; until then the terms are refused\"");
  text.line();
  text.todo("keep a tranche only where the provider owes its amount in credits: a Spend commitment");
  text.comment("as such is what the customer must spend.");
  if (currencies.size() > 1) {
    text.todo(fmt::format("the faces are in {}: terms have one currency, so that these are {} deals",
                          fmt::join(currencies, ", "), currencies.size()));
  }
  text.line();
  put_investment(text, contract, particulars,
                 std::string{currencies.size() == 1 ? *currencies.begin() : "CUR"});

  std::set<std::string> taken;
  for (const Commitment* commitment : tranches) {
    put_tranche(text, *commitment, id_of(commitment->id, "tranche", taken));
  }
  if (tranches.empty()) {
    text.line();
    text.todo("[[tranche]]: no commitment of the contract can be one");
  }
  for (const auto& [commitment, reason] : others) {
    text.line();
    text.comment(fmt::format("Not a tranche: {} (line {}): {}. The file states:", commitment->id,
                             commitment->line, reason));
    put_stated(text, *commitment);
  }
  return text.take();
}

}  // namespace accrue
