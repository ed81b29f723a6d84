#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/context.h"
#include "ledger/book/record.h"
#include "ledger/error/error.h"

namespace accrue {

/// What one person prepared for another to approve: a record that is not in the book yet.
struct Request {
  std::string book_id;
  std::int64_t record_count = 0;  ///< of the book that it was made of
  std::string root;               ///< hexadecimal, over those records
  RecordKind kind = RecordKind::book_opened;
  std::string author;
  Identity identity;
  std::string reason;
  std::string fact;  ///< canonical bytes, complete as the record would hold them
};

/// The file accrue.request/1: the request, and in plain words what would be posted.
std::string request_json(const Request& request, const Recorded& recorded, const BookState& state);

/// Errors: bad_request (no such file, or one that is not as it was written).
Result<Request> read_request(const std::string& text, const std::string& file);

/// Reads the fact of a request. Errors: bad_request.
Result<Fact> fact_of(const Request& request, const std::string& file);

/// A request that a hand has changed, or that was never one.
Error bad_request(const std::string& file, std::string message);

/// Records a fact as the command line says: with --request it goes the whole way as a dry run, and
/// the request is written to the file.
///
/// Errors: those of Books::record; usage (--request of what needs no second person);
///         file_unwritable.
Result<Recorded> record_fact(const Context& context, Books& books, const Fact& fact,
                             const Stamp& stamp);

}  // namespace accrue
