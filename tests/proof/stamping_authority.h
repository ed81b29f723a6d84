#pragma once

#include <filesystem>
#include <string>

namespace accrue_test {

/// A throw-away time-stamping authority, made with the `openssl` command line in a folder of its
/// own: a second implementation of requests and responses.
class StampingAuthority {
 public:
  StampingAuthority();
  StampingAuthority(const StampingAuthority&) = delete;
  StampingAuthority& operator=(const StampingAuthority&) = delete;
  ~StampingAuthority();

  static bool is_available();

  /// The certificate that its time stamps lead to, as PEM.
  std::string certificate() const;
  std::string certificate_path() const { return (folder_ / "ca.pem").string(); }
  /// The response to a request, in DER.
  std::string stamp(const std::string& request) const;
  /// What `openssl ts -query -text` prints of a request.
  std::string describe_request(const std::string& request) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace accrue_test
