#include "cli/export/account_names.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

constexpr std::size_t longest_part = 200;
constexpr std::size_t kept_of_long_part = 100;

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::string two_hex_digits(char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  return {digits[value >> 4], digits[value & 15]};
}

std::string percent_bytes(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += '%' + two_hex_digits(byte);
  return text;
}

/// The number of bytes of the UTF-8 sequence at the begin of the text, and its code point; 1 and
/// nothing where there is none.
struct CodePoint {
  std::size_t length = 1;
  std::uint32_t value = 0;
  bool is_valid = false;
};

CodePoint code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {1, first, true};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
  std::uint32_t value = first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(i) & 0x3Fu);
  }
  constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[length] || value > 0x10FFFF || is_surrogate) return {};
  return {length, value, true};
}

/// Spaces other than ours, marks that are not seen, marks that turn the direction of a line.
bool is_unseen(std::uint32_t code) {
  struct Range {
    std::uint32_t first, last;
  };
  constexpr Range unseen[] = {{0x80, 0xA0},     {0xAD, 0xAD},     {0x61C, 0x61C},
                              {0x1680, 0x1680}, {0x180B, 0x180F}, {0x2000, 0x200F},
                              {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000},
                              {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFF},
                              {0xE0000, 0xE0FFF}};
  return std::any_of(std::begin(unseen), std::end(unseen), [&](const Range& range) {
    return range.first <= code && code <= range.last;
  });
}

/// `text` with every byte as %XX that is neither a letter, a digit, a sign of `safe`, a single
/// space between two of these, nor part of a code point that is seen.
std::string percent_escaped(std::string_view text, std::string_view safe) {
  std::string result;
  char before = ' ';
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint code = code_point(text.substr(at));
    const std::string_view bytes = text.substr(at, code.length);
    const char c = bytes.front();
    const bool is_ascii = code.is_valid && code.length == 1;
    bool stands = false;
    if (c == ' ') {
      stands = before != ' ' && at + 1 < text.size();
    } else if (is_ascii) {
      stands = is_letter_or_digit(c) || safe.find(c) != std::string_view::npos;
    } else {
      stands = code.is_valid && !is_unseen(code.value);
    }
    result += stands ? std::string{bytes} : percent_bytes(bytes);
    before = c;
    at += code.length;
  }
  return result;
}

/// Cut at a whole escape and a whole code point.
std::string shortened(const std::string& written, std::string_view original, char escape) {
  if (written.size() <= longest_part) return written;
  std::size_t cut = kept_of_long_part;
  const auto continues = [&](std::size_t at) {
    return (static_cast<unsigned char>(written[at]) & 0xC0) == 0x80;
  };
  while (continues(cut)) --cut;
  for (std::size_t back = 1; back <= 2; ++back) {
    if (written[cut - back] == escape) {
      cut -= back;
      break;
    }
  }
  while (cut > 0 && written[cut - 1] == ' ') --cut;
  return written.substr(0, cut) + (escape == '%' ? "~" : "--") + to_hex(sha256(original));
}

/// The role, in words, and the fields that name the account; no field holds a `:` unescaped.
struct NameParts {
  std::string role;
  std::vector<std::string> fields;
};

/// The parts of Account::name(), its escapes kept.
NameParts parts_of(const Account& account) {
  const std::string name = account.name();
  NameParts parts;
  std::size_t end = std::min(name.find(':'), name.size());
  parts.role = name.substr(0, end);
  while (end < name.size()) {
    const std::size_t from = end + 1;
    end = std::min(name.find(':', from), name.size());
    parts.fields.push_back(name.substr(from, end - from));
  }
  return parts;
}

enum class Length { cut, whole };

constexpr std::string_view safe_in_names = "-_./&+#%";

std::string percent_name(const Account& account, Length length) {
  const NameParts parts = parts_of(account);
  std::string name = parts.role;
  for (const std::string& field : parts.fields) {
    const std::string written = percent_escaped(field, safe_in_names);
    name += ':' + (length == Length::cut ? shortened(written, field, '%') : written);
  }
  return name;
}

std::string beancount_part(std::string_view text) {
  std::string part;
  for (const char c : text) {
    part += is_letter_or_digit(c) ? std::string{c} : '-' + two_hex_digits(c);
  }
  const bool begins_well = !part.empty() && is_letter_or_digit(part.front()) &&
                           !(part.front() >= 'a' && part.front() <= 'z');
  return shortened(begins_well ? part : "X-" + part, text, '-');
}

std::string_view beancount_root(AccountType type) {
  switch (type) {
    case AccountType::asset:
      return "Assets";
    case AccountType::liability:
      return "Liabilities";
    case AccountType::revenue:
      return "Income";
  }
  return {};
}

/// One of our own words: it has no capital to be told from.
std::string capitalised(std::string_view word) {
  std::string text{word};
  if (!text.empty()) text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

/// The role and the fields as they are, without our escapes.
NameParts raw_parts_of(const Account& account) {
  switch (account.role) {
    case AccountRole::investment:
      return {"Investment", {account.investee, account.investment}};
    case AccountRole::cash:
      return {"Cash", {account.investee, account.investment}};
    case AccountRole::unbilled_receivable:
      return {"Unbilled-receivable", {account.investee}};
    case AccountRole::contract_liability:
      return {"Contract-liability", {account.investee, account.grant}};
    case AccountRole::revenue:
      return {"Revenue",
              {account.investee, account.grant, capitalised(to_string(account.kind)),
               account.service, account.region}};
  }
  return {};
}

}  // namespace

std::string plain_account_name(const Account& account) {
  return percent_name(account, Length::cut);
}

std::string whole_account_name(const Account& account) {
  return percent_name(account, Length::whole);
}

std::string beancount_account_name(const Account& account) {
  const NameParts parts = raw_parts_of(account);
  std::string name = std::string{beancount_root(account.type())} + ':' + parts.role;
  for (const std::string& field : parts.fields) name += ':' + beancount_part(field);
  return name;
}

std::string one_line(std::string_view text) {
  std::string escaped;
  // A percent sign of the text itself must not read as one of ours.
  for (const char c : text) escaped += c == '%' ? std::string{"%25"} : std::string{c};
  return percent_escaped(escaped, "-_./&+#%:@<>=()'\"?!*$~^");
}

std::string beancount_string(std::string_view text) {
  std::string quoted{'"'};
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        quoted += '\\';
        quoted += c;
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        quoted += c;
    }
  }
  return quoted + '"';
}

}  // namespace accrue
