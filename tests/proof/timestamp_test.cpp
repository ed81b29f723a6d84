#include "ledger/proof/timestamp.h"

#include <doctest/doctest.h>

#include "ledger/proof/merkle.h"
#include "tests/proof/stamping_authority.h"

namespace {

using namespace accrue;
using accrue_test::StampingAuthority;

const std::string note = "accrue/00ff\n7\nroot\n";

bool cannot_run() {
  if (StampingAuthority::is_available()) return false;
  MESSAGE("skipped: there is no openssl command");
  return true;
}

ErrorCode code_of(const Result<TimeStamp>& stamp) { return stamp.error().code; }

}  // namespace

TEST_CASE("timestamp: a request is what openssl would have made of the bytes") {
  const std::string request = timestamp_request(note);
  CHECK(request == timestamp_request(note));
  // RFC 3161, section 2.4.1, by hand: version 1, SHA-256 with NULL, 32 bytes, certReq TRUE.
  CHECK(to_hex(std::string_view{request}) ==
        "30390201013031300d060960864801650304020105000420" + to_hex(sha256(note)) + "0101ff");
  if (cannot_run()) return;
  const std::string text = StampingAuthority{}.describe_request(request);
  CHECK(text.find("Hash Algorithm: sha256") != std::string::npos);
  CHECK(text.find("Certificate required: yes") != std::string::npos);
  CHECK(text.find("Nonce: unspecified") != std::string::npos);
}

TEST_CASE("timestamp: a response over just these bytes is read, its signature checked") {
  if (cannot_run()) return;
  const StampingAuthority authority;
  const std::string response = authority.stamp(timestamp_request(note));
  const Result<TimeStamp> stamp = read_timestamp(response, note);
  REQUIRE(stamp.ok());
  CHECK(stamp->stamped_at.size() >= 15);
  CHECK(stamp->stamped_at.ends_with('Z'));
  CHECK(stamp->policy == "1.2.3.4.1");
  CHECK(stamp->serial == "0b");
  CHECK(check_timestamp_signature(response, note, authority.certificate()).ok());
}

TEST_CASE("timestamp: of other bytes, of another digest, not granted, or no response: refused") {
  if (cannot_run()) return;
  const StampingAuthority authority;
  const std::string response = authority.stamp(timestamp_request(note));
  CHECK(code_of(read_timestamp(response, note + "x")) == ErrorCode::timestamp_refused);
  CHECK(code_of(read_timestamp("", note)) == ErrorCode::timestamp_refused);
  CHECK(code_of(read_timestamp("garbage", note)) == ErrorCode::timestamp_refused);
  CHECK(code_of(read_timestamp(response + "x", note)) == ErrorCode::timestamp_refused);
  CHECK(code_of(read_timestamp(response.substr(0, response.size() - 1), note)) ==
        ErrorCode::timestamp_refused);

  // The same request with SHA-1 in it, which the authority grants.
  const std::string weak = std::string(
                               "\x30\x29\x02\x01\x01\x30\x21\x30\x09\x06\x05\x2b\x0e\x03"
                               "\x02\x1a\x05\x00\x04\x14",
                               20) +
                           std::string(20, 's') + "\x01\x01\xff";
  const std::string weak_response = authority.stamp(weak);
  CHECK(read_timestamp(weak_response, note).error().message.find("another digest") !=
        std::string::npos);

  // The authority answers what is no request with a refusal.
  const std::string unaccepted = authority.stamp("garbage");
  CHECK(read_timestamp(unaccepted, note).error().message.find("did not grant") !=
        std::string::npos);
}

TEST_CASE("timestamp: an authority that is not trusted, and any byte changed, are refused") {
  if (cannot_run()) return;
  const StampingAuthority authority;
  const StampingAuthority stranger;
  const std::string response = authority.stamp(timestamp_request(note));
  const auto is_refused = [&](const std::string& bytes, const std::string& trusted) {
    const Result<Done> check = check_timestamp_signature(bytes, note, trusted);
    return !check.ok() && check.error().code == ErrorCode::timestamp_refused;
  };
  CHECK(is_refused(response, stranger.certificate()));
  CHECK(is_refused(response, ""));
  CHECK(is_refused(response, "no certificate"));
  // Its own time, signed: the bytes of the time stamp lie behind its policy.
  const std::string time = read_timestamp(response, note).value().stamped_at;
  const std::size_t at = response.find(time);
  REQUIRE(at != std::string::npos);
  std::string earlier = response;
  earlier[at] = '1';
  CHECK(read_timestamp(earlier, note).ok());
  CHECK(is_refused(earlier, authority.certificate()));
}
