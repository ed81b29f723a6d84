#include "accounting/posting/approvals.h"

#include <algorithm>
#include <set>
#include <string>

namespace accrue {

namespace {

/// From here on nobody adds a key alone: two persons can approve each other.
constexpr std::size_t persons_who_hold_keys = 2;

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::string command_of(RecordKind kind) {
  std::string words{to_string(kind)};
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace

SecondPerson second_person(const BookState& state, const Fact& fact) {
  if (!state.opened.dual_control) return SecondPerson::not_needed;
  if (std::holds_alternative<KeyRegistered>(fact)) {
    std::set<std::string> persons;
    for (const HeldKey& held : state.keys) persons.insert(held.person);
    return persons.size() >= persons_who_hold_keys ? SecondPerson::needed
                                                   : SecondPerson::not_needed;
  }
  const bool is_judgement = std::holds_alternative<PeriodClosed>(fact) ||
                            std::holds_alternative<PeriodReopened>(fact) ||
                            std::holds_alternative<EstimateChanged>(fact);
  return is_judgement ? SecondPerson::needed : SecondPerson::not_needed;
}

ApprovalTerms approval_terms(const BookState& state, const Digest& root_before, const Fact& fact) {
  return {state.opened.book_id, root_before, second_person(state, fact), state.keys};
}

bool is_same_person(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char left, char right) { return lower(left) == lower(right); });
}

Error own_approval(const std::string& person, const std::string& author) {
  return Error{.code = ErrorCode::own_approval,
               .message = person + " cannot approve what " + author + " prepared",
               .hint = "another person with a registered key approves it"};
}

Result<Done> check_approval(const ApprovalTerms& terms, const Record& record) {
  if (!record.approval) {
    if (terms.second_person == SecondPerson::not_needed) return Done{};
    return Error{.code = ErrorCode::approval_needed,
                 .message = "this book is under dual control: '" + command_of(record.kind) +
                            "' needs a second person",
                 .hint = "repeat it with --request FILE; then another person runs accrue approve "
                         "FILE --key KEYFILE"};
  }
  const Approval& approval = *record.approval;
  if (is_same_person(approval.person, record.author)) {
    return own_approval(approval.person, record.author);
  }
  const std::string bytes = approval_bytes(terms.book_id, terms.root_before, record);
  bool has_key = false;
  for (const HeldKey& held : terms.keys) {
    if (held.person != approval.person) continue;
    has_key = true;
    if (held.key.verifies(bytes, approval.signature)) return Done{};
  }
  if (!has_key) {
    return Error{.code = ErrorCode::key_unknown,
                 .message = "no key is registered for " + approval.person,
                 .hint = "accrue key register VERIFIER_KEY --person NAME"};
  }
  return Error{.code = ErrorCode::signature_wrong,
               .message = "the signature over the record is not one of a key of " +
                          approval.person,
               .notes = {"it is over the record, and the root of the book before it"}};
}

}  // namespace accrue
