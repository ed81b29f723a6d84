#include "ledger/proof/timestamp.h"

#include <climits>
#include <ctime>
#include <memory>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

#include "ledger/error/check.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

template <typename T, void (*release)(T*)>
struct Release {
  void operator()(T* value) const { release(value); }
};
template <typename T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

using Request = Owned<TS_REQ, TS_REQ_free>;
using Imprint = Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using Algorithm = Owned<X509_ALGOR, X509_ALGOR_free>;
using Response = Owned<TS_RESP, TS_RESP_free>;
using VerifyContext = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;
using CertificateStore = Owned<X509_STORE, X509_STORE_free>;
using Certificate = Owned<X509, X509_free>;
using Bytes = Owned<BIO, BIO_free_all>;

void require(bool is_done) { LEDGER_CHECK(is_done, "libcrypto has no memory", "a time stamp"); }

Error refused(std::string message) {
  return Error{.code = ErrorCode::timestamp_refused,
               .message = std::move(message),
               .hint = "make a request with `accrue audit timestamp request`, and send it again"};
}

/// What libcrypto says last, and forgets.
std::string reason_of_libcrypto() {
  unsigned long last = 0;
  while (const unsigned long code = ERR_get_error()) last = code;
  const char* const reason = ERR_reason_error_string(last);
  return reason == nullptr ? "no reason given" : reason;
}

Bytes bytes_of(std::string_view text) {
  LEDGER_CHECK(text.size() < INT_MAX, std::to_string(text.size()), "a file of 2 GB at most");
  Bytes bytes{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
  require(bytes != nullptr);
  return bytes;
}

/// The whole text as a response, and nothing behind it.
Response response_of(std::string_view text) {
  const auto* begin = reinterpret_cast<const unsigned char*>(text.data());
  const unsigned char* at = begin;
  Response response{d2i_TS_RESP(nullptr, &at, static_cast<long>(text.size()))};
  if (response != nullptr && at != begin + text.size()) response.reset();
  ERR_clear_error();
  return response;
}

std::string text_of(const ASN1_OBJECT* object) {
  char text[128] = {};
  OBJ_obj2txt(text, sizeof text, object, 1);
  return text;
}

std::string text_of(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<std::size_t>(ASN1_STRING_length(string))};
}

/// A weaker digest would let one time stamp stand for two checkpoints.
bool is_over_sha256(TS_TST_INFO* info) {
  const X509_ALGOR* const algorithm = TS_MSG_IMPRINT_get_algo(TS_TST_INFO_get_msg_imprint(info));
  const ASN1_OBJECT* digest = nullptr;
  X509_ALGOR_get0(&digest, nullptr, nullptr, algorithm);
  return OBJ_obj2nid(digest) == NID_sha256;
}

VerifyContext verify_context(unsigned flags, std::string_view stamped_bytes) {
  VerifyContext context{TS_VERIFY_CTX_new()};
  require(context != nullptr);
  TS_VERIFY_CTX_set_flags(context.get(), static_cast<int>(flags | TS_VFY_VERSION | TS_VFY_DATA));
  TS_VERIFY_CTX_set_data(context.get(), bytes_of(stamped_bytes).release());
  return context;
}

/// The certificates of a PEM text. Errors: timestamp_refused.
Result<CertificateStore> trusted_store(const std::string& pem) {
  CertificateStore store{X509_STORE_new()};
  require(store != nullptr);
  const Bytes bytes = bytes_of(pem);
  int count = 0;
  for (; true; ++count) {
    const Certificate certificate{PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr)};
    if (certificate == nullptr) break;
    require(X509_STORE_add_cert(store.get(), certificate.get()) == 1);
  }
  ERR_clear_error();
  if (count > 0) return Result<CertificateStore>{std::move(store)};
  Error error = refused("no certificate to trust was given");
  error.hint = "--ca takes a PEM file with the certificate of the authority";
  return error;
}

Result<std::time_t> stated_time(TS_TST_INFO* info) {
  std::tm parts = {};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts) != 1) {
    ERR_clear_error();
    return refused("the time stamp states no time");
  }
  return timegm(&parts);
}

}  // namespace

std::string timestamp_request(std::string_view stamped_bytes) {
  const Digest digest = sha256(stamped_bytes);
  const Algorithm algorithm{X509_ALGOR_new()};
  const Imprint imprint{TS_MSG_IMPRINT_new()};
  const Request request{TS_REQ_new()};
  require(algorithm != nullptr && imprint != nullptr && request != nullptr);
  Digest copy = digest;
  require(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
          TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
          TS_MSG_IMPRINT_set_msg(imprint.get(), copy.data(), static_cast<int>(copy.size())) == 1 &&
          TS_REQ_set_version(request.get(), 1) == 1 &&
          TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
          TS_REQ_set_cert_req(request.get(), 1) == 1);
  const int size = i2d_TS_REQ(request.get(), nullptr);
  require(size > 0);
  std::string der(static_cast<std::size_t>(size), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d_TS_REQ(request.get(), &at);
  return der;
}

Result<TimeStamp> read_timestamp(std::string_view response_text, std::string_view stamped_bytes) {
  const Response response = response_of(response_text);
  if (response == nullptr) return refused("the file is no response to a time stamp request");
  const long status =
      ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response.get())));
  if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS) {
    return refused("the authority did not grant the time stamp: status " + std::to_string(status));
  }
  TS_TST_INFO* const info = TS_RESP_get_tst_info(response.get());
  if (info == nullptr) return refused("the response has no time stamp");
  if (!is_over_sha256(info)) {
    return refused("the time stamp is over another digest than SHA-256, which was asked for");
  }
  const VerifyContext context = verify_context(0, stamped_bytes);
  if (TS_RESP_verify_response(context.get(), response.get()) != 1) {
    Error error = refused("the time stamp is not of this checkpoint: " + reason_of_libcrypto());
    error.notes = {"SHA-256 of the checkpoint: " + to_hex(sha256(stamped_bytes))};
    return error;
  }
  ACCRUE_TRY_DONE(stated_time(info));
  const std::string serial = text_of(TS_TST_INFO_get_serial(info));
  return TimeStamp{text_of(TS_TST_INFO_get_time(info)), to_hex(std::string_view{serial}),
                   text_of(TS_TST_INFO_get_policy_id(info))};
}

Result<Done> check_timestamp_signature(std::string_view response_text,
                                       std::string_view stamped_bytes,
                                       const std::string& trusted_pem) {
  ACCRUE_TRY_DONE(read_timestamp(response_text, stamped_bytes));
  ACCRUE_TRY(store, trusted_store(trusted_pem));
  const Response response = response_of(response_text);
  ACCRUE_TRY(at, stated_time(TS_RESP_get_tst_info(response.get())));
  // A certificate that has run out since was good when it signed: the clock has no say.
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), at);
  const VerifyContext context = verify_context(TS_VFY_SIGNATURE, stamped_bytes);
  TS_VERIFY_CTX_set_store(context.get(), store.release());
  if (TS_RESP_verify_response(context.get(), response.get()) == 1) return Done{};
  Error error =
      refused("the signature of the time stamp does not verify: " + reason_of_libcrypto());
  error.hint = "give the certificate of the authority that stamped it: --ca FILE.pem";
  return error;
}

}  // namespace accrue
