#pragma once

#include <string>
#include <string_view>

#include "ledger/error/error.h"

namespace accrue {

/// What a time-stamping authority said of some bytes (RFC 3161). Not to be believed before
/// check_signature().
struct TimeStamp {
  std::string stamped_at;  ///< as the authority wrote it: 20241231235959Z, or with a fraction
  std::string serial;      ///< hexadecimal
  std::string policy;      ///< an object identifier in numbers
};

/// A request for a time stamp over the SHA-256 of the bytes, in DER. It asks for the certificate
/// and has no nonce: equal bytes give equal requests.
std::string timestamp_request(std::string_view stamped_bytes);

/// Reads a response in DER: granted, and over the SHA-256 of just these bytes. Who signed it is not
/// looked at. Errors: timestamp_refused.
Result<TimeStamp> read_timestamp(std::string_view response, std::string_view stamped_bytes);

/// Whether the response is signed by an authority whose certificate leads to one of `trusted_pem`
/// and was valid at the time stated. Lists of revoked certificates are not looked at.
/// Errors: timestamp_refused.
Result<Done> check_timestamp_signature(std::string_view response, std::string_view stamped_bytes,
                                       const std::string& trusted_pem);

}  // namespace accrue
