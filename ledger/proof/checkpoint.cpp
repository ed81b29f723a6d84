#include "ledger/proof/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "ledger/proof/base64.h"

namespace accrue {

namespace {

Error bad_checkpoint(std::string message) {
  return Error{.code = ErrorCode::bad_note,
               .message = std::move(message),
               .notes = {"a checkpoint has three lines: origin, size, root in base 64"},
               .hint = "name a file that `accrue audit checkpoint` wrote"};
}

/// The lines without their breaks; none where the last is not ended or one is empty.
std::optional<std::vector<std::string>> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::optional<std::int64_t> size_of(const std::string& text) {
  std::int64_t size = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, size);
  if (fault != std::errc{} || stop != end || size < 0) return std::nullopt;
  if (std::to_string(size) != text) return std::nullopt;
  return size;
}

}  // namespace

std::string origin_of_book(std::string_view book_id) { return "accrue/" + std::string{book_id}; }

std::string to_string(const Checkpoint& checkpoint) {
  const std::string_view root{reinterpret_cast<const char*>(checkpoint.root.data()),
                              checkpoint.root.size()};
  std::string text =
      checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(root) + "\n";
  for (const std::string& extension : checkpoint.extensions) text += extension + "\n";
  return text;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  std::optional<std::vector<std::string>> lines = lines_of(text);
  if (!lines || lines->size() < 3) return bad_checkpoint("the note is no checkpoint");
  const std::optional<std::int64_t> size = size_of((*lines)[1]);
  if (!size) {
    return bad_checkpoint("'" + (*lines)[1] +
                          "' is no tree size: digits without a zero before them");
  }
  const std::optional<std::string> root = from_base64((*lines)[2]);
  Checkpoint checkpoint{(*lines)[0], *size, {}, {lines->begin() + 3, lines->end()}};
  if (!root || root->size() != checkpoint.root.size()) {
    return bad_checkpoint("'" + (*lines)[2] + "' is no root: 32 bytes in base 64");
  }
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  return checkpoint;
}

}  // namespace accrue
