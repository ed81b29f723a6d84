#include "ledger/book/account.h"

#include <initializer_list>

namespace accrue {

namespace {

void append_part(std::string& name, std::string_view part) {
  name += ':';
  if (part.empty()) {
    name += '-';
  } else if (part == "-") {
    name += "%2D";
  } else {
    for (const char c : part) {
      if (c == ':') {
        name += "%3A";
      } else if (c == '%') {
        name += "%25";
      } else {
        name += c;
      }
    }
  }
}

std::string join(std::string_view head, std::initializer_list<std::string_view> parts) {
  std::string name{head};
  for (const std::string_view part : parts) append_part(name, part);
  return name;
}

}  // namespace

AccountType Account::type() const {
  switch (role) {
    case AccountRole::investment:
    case AccountRole::cash:
    case AccountRole::unbilled_receivable:
      return AccountType::asset;
    case AccountRole::contract_liability:
      return AccountType::liability;
    case AccountRole::revenue:
      return AccountType::revenue;
  }
  return AccountType::asset;
}

std::string Account::name() const {
  switch (role) {
    case AccountRole::investment:
      return join("Investment", {investee, investment});
    case AccountRole::cash:
      return join("Cash", {investee, investment});
    case AccountRole::unbilled_receivable:
      return join("Unbilled receivable", {investee});
    case AccountRole::contract_liability:
      return join("Contract liability", {investee, grant});
    case AccountRole::revenue:
      return join("Revenue", {investee, grant, to_string(kind), service, region});
  }
  return {};
}

std::string_view to_string(AccountType type) {
  switch (type) {
    case AccountType::asset:
      return "asset";
    case AccountType::liability:
      return "liability";
    case AccountType::revenue:
      return "revenue";
  }
  return {};
}

std::string_view to_string(AccountRole role) {
  switch (role) {
    case AccountRole::investment:
      return "investment";
    case AccountRole::cash:
      return "cash";
    case AccountRole::unbilled_receivable:
      return "unbilled_receivable";
    case AccountRole::contract_liability:
      return "contract_liability";
    case AccountRole::revenue:
      return "revenue";
  }
  return {};
}

std::string_view to_string(RevenueKind kind) {
  switch (kind) {
    case RevenueKind::none:
      return "none";
    case RevenueKind::usage:
      return "usage";
    case RevenueKind::breakage:
      return "breakage";
  }
  return {};
}

}  // namespace accrue
