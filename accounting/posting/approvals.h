#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accounting/posting/state.h"
#include "ledger/book/record.h"
#include "ledger/error/error.h"
#include "ledger/intake/fact.h"
#include "ledger/proof/merkle.h"

namespace accrue {

enum class SecondPerson { needed, not_needed };

/// Whether a fact needs a second person in the book as it stands before it: with dual control a
/// close with the exceptions it accepts, a reopening, an estimate; and a key, once two persons hold
/// one.
SecondPerson second_person(const BookState& state, const Fact& fact);

/// What an approval is held against: the book before the record.
struct ApprovalTerms {
  std::string book_id;
  Digest root_before = {};
  SecondPerson second_person = SecondPerson::not_needed;
  std::vector<HeldKey> keys;
};

ApprovalTerms approval_terms(const BookState& state, const Digest& root_before, const Fact& fact);

/// Two names that only differ in the case of letters are of one person.
bool is_same_person(std::string_view a, std::string_view b);

/// The refusal of an approval by whoever prepared the record.
Error own_approval(const std::string& person, const std::string& author);

/// Whether the record has the approval it needs, and every approval it has is what it must be: of
/// another person than the author, by a key registered for that person before the record, over the
/// record and the book before it.
///
/// Errors: approval_needed, own_approval, key_unknown, signature_wrong.
Result<Done> check_approval(const ApprovalTerms& terms, const Record& record);

}  // namespace accrue
