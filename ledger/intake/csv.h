#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/intake/byte_source.h"

namespace accrue {

/// RFC 4180 rows of a source, streamed: memory grows with the longest row, never with the file.
/// Survives a BOM, line ends CRLF, LF and CR, no final newline, blank lines between rows, quoted
/// commas, quotes and line breaks. A quote inside a field that does not begin with one is text.
class CsvReader {
 public:
  /// A row longer than this is a quote that was never closed.
  static constexpr std::size_t longest_row = std::size_t{16} << 20;

  CsvReader(ByteSource source, std::string file);

  /// Goes to the next row that is not blank; false at the end. What is asked of the row below
  /// lives until the next call.
  /// Errors: bad_quoting, bad_encoding, file_unreadable, bad_gzip (each ends the reading).
  Result<bool> advance();
  std::size_t field_count() const { return ends_.size(); }
  /// A field's text, without its quotes.
  std::string_view field(std::size_t index);

  /// advance() with all fields of the row.
  Result<bool> next(std::vector<std::string_view>& fields);

  /// The line, from 1, on which the row begins, and its whole text without the line break.
  std::int64_t line() const { return line_; }
  std::string_view row_text() const { return {row(), row_size_}; }
  /// The column, from 1 and in code points, at which a field begins on its own line.
  std::size_t column_of(std::size_t field) const;
  /// Where a field stands, with its line as excerpt, cut around the field when long.
  Place place_of(std::size_t field) const;
  /// Where the row begins.
  Place place() const;

  const std::string& file() const { return file_; }
  const ByteSource& source() const { return source_; }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  const char* row() const { return window_.get() + row_begin_; }
  std::size_t begin_of(std::size_t field) const { return field == 0 ? 0 : ends_[field - 1] + 1; }
  void refill();
  std::size_t find_special();
  std::size_t skip_quoted(std::size_t quote);
  void fail(Error error);
  void fail_quoting(std::size_t offset, std::string message);
  Place place_at(std::size_t offset, std::size_t size) const;

  ByteSource source_;
  std::string file_;

  // The window holds the row in hand and what was read behind it. Offsets into the row count from
  // its begin, so that they stay when the window moves.
  std::unique_ptr<char[]> window_;
  std::size_t capacity_;
  std::size_t row_begin_ = 0;
  std::size_t next_begin_ = 0;  ///< where the row after the one in hand begins
  std::size_t end_ = 0;
  std::size_t valid_end_ = 0;     ///< up to here the window is valid UTF-8
  bool encoding_broken_ = false;  ///< at valid_end_
  bool source_ended_ = false;

  // The specials of the block in hand that are not yet served.
  std::size_t block_ = 0;
  std::uint64_t block_specials_ = 0;
  std::size_t looked_to_ = 0;

  std::vector<std::uint32_t> ends_;  ///< where each field of the row ends
  std::size_t row_size_ = 0;
  std::int64_t line_ = 0;
  std::int64_t next_line_ = 1;
  bool after_carriage_return_ = false;
  std::optional<Error> failure_;
  std::deque<std::string> unescaped_;  ///< a deque: views into it stay when it grows
  std::size_t unescaped_count_ = 0;
};

}  // namespace accrue
