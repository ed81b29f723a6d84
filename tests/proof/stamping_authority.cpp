#include "tests/proof/stamping_authority.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace accrue_test {

namespace {

constexpr const char* settings = R"([tsa]
default_tsa = own
[own]
dir = .
serial = serial
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha512
ess_cert_id_alg = sha256
[stamps]
extendedKeyUsage = critical,timeStamping
)";

void run_in(const std::filesystem::path& folder, const std::string& command) {
  const std::string line = "cd '" + folder.string() + "' && { " + command + "; } >log 2>&1";
  if (std::system(line.c_str()) == 0) return;
  std::ifstream log{folder / "log"};
  throw std::runtime_error{command + ": " + std::string{std::istreambuf_iterator<char>{log}, {}}};
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream{path, std::ios::binary} << bytes;
}

}  // namespace

bool StampingAuthority::is_available() {
  return std::system("openssl version >/dev/null 2>&1") == 0;
}

StampingAuthority::StampingAuthority() {
  std::string folder = (std::filesystem::temp_directory_path() / "accrue-tsa-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error{folder};
  folder_ = folder;
  write(folder_ / "tsa.cnf", settings);
  write(folder_ / "serial", "0a\n");
  run_in(folder_,
         "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
         "-subj /CN=root -keyout ca.key -out ca.pem && "
         "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=stamps "
         "-keyout tsa.key -out tsa.csr && "
         "openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 "
         "-extfile tsa.cnf -extensions stamps -out tsa.pem");
}

StampingAuthority::~StampingAuthority() { std::filesystem::remove_all(folder_); }

std::string StampingAuthority::certificate() const { return read(folder_ / "ca.pem"); }

std::string StampingAuthority::stamp(const std::string& request) const {
  write(folder_ / "request.tsq", request);
  run_in(folder_,
         "openssl ts -reply -config tsa.cnf -queryfile request.tsq -out response.tsr");
  return read(folder_ / "response.tsr");
}

std::string StampingAuthority::describe_request(const std::string& request) const {
  write(folder_ / "request.tsq", request);
  run_in(folder_, "openssl ts -query -in request.tsq -text -out request.txt");
  return read(folder_ / "request.txt");
}

}  // namespace accrue_test
