#include "ledger/intake/csv.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "ledger/intake/csv_scan.h"
#include "ledger/intake/excerpt.h"

namespace accrue {

namespace {

constexpr std::size_t first_capacity = std::size_t{1} << 20;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_line_break(char c) { return c == '\n' || c == '\r'; }

}  // namespace

CsvReader::CsvReader(ByteSource source, std::string file)
    : source_{std::move(source)},
      file_{std::move(file)},
      window_{std::make_unique_for_overwrite<char[]>(first_capacity + csv::block_size)},
      capacity_{first_capacity} {}

/// Moves the row in hand to the begin of the window and reads on behind it.
void CsvReader::refill() {
  if (row_begin_ > 0) {
    std::memmove(window_.get(), row(), end_ - row_begin_);
    end_ -= row_begin_;
    looked_to_ -= row_begin_;
    valid_end_ -= row_begin_;
    row_begin_ = 0;
  }
  if (end_ == capacity_) {
    auto wider = std::make_unique_for_overwrite<char[]>(capacity_ * 2 + csv::block_size);
    std::memcpy(wider.get(), window_.get(), end_);
    window_ = std::move(wider);
    capacity_ *= 2;
  }

  const bool at_begin = looked_to_ == 0 && next_line_ == 1;
  do {
    auto count = source_.read(window_.get() + end_, capacity_ - end_);
    if (!count.ok()) fail(count.error());
    source_ended_ = !count.ok() || *count == 0;
    if (count.ok()) end_ += *count;
  } while (!source_ended_ && end_ < byte_order_mark.size());
  if (at_begin && std::string_view{window_.get(), end_}.starts_with(byte_order_mark)) {
    end_ -= byte_order_mark.size();
    std::memmove(window_.get(), window_.get() + byte_order_mark.size(), end_);
  }
  // Blocks are looked at whole: behind the end there is nothing special.
  std::memset(window_.get() + end_, 0, csv::block_size);

  if (encoding_broken_) return;
  valid_end_ += csv::valid_utf8(window_.get() + valid_end_, end_ - valid_end_);
  const std::size_t rest = end_ - valid_end_;
  encoding_broken_ =
      rest > 0 && (source_ended_ || !csv::may_be_cut_utf8(window_.get() + valid_end_, rest));
}

/// The next comma, quote or line break, as an offset into the row; none at the end of the file.
inline std::size_t CsvReader::find_special() {
  while (block_specials_ == 0) {
    if (looked_to_ < end_) {
      block_ = looked_to_;
      block_specials_ = csv::specials(window_.get() + block_);
      looked_to_ = std::min(block_ + csv::block_size, end_);
    } else if (source_ended_) {
      return none;
    } else if (end_ - row_begin_ > longest_row) {
      fail(Error{.code = ErrorCode::bad_quoting,
                 .message = "the row is longer than 16 MiB: a quote may not be closed",
                 .place = place()});
      return none;
    } else {
      refill();
    }
  }
  const auto bit = static_cast<std::size_t>(std::countr_zero(block_specials_));
  block_specials_ &= block_specials_ - 1;
  return block_ + bit - row_begin_;
}

/// From the opening quote of a field to the comma or line break after it; none at the end.
std::size_t CsvReader::skip_quoted(std::size_t quote) {
  std::size_t at = find_special();
  while (at != none) {
    const char c = row()[at];
    if (c == '\r' || (c == '\n' && row()[at - 1] != '\r')) ++next_line_;
    if (c != '"') {
      at = find_special();
      continue;
    }
    const std::size_t after = find_special();
    const std::size_t text_end = after == none ? end_ - row_begin_ : after;
    if (text_end != at + 1) {
      fail_quoting(at + 1, "the quoted field is followed by text");
      return none;
    }
    if (after == none || row()[after] != '"') return after;
    at = find_special();
  }
  fail_quoting(quote, "the quoted field is never closed");
  return none;
}

Result<bool> CsvReader::advance() {
  row_begin_ = next_begin_;
  line_ = next_line_;
  ends_.clear();
  std::size_t field_begin = 0;
  while (!failure_) {
    std::size_t at = find_special();
    if (at != none && row()[at] == '"') {
      if (at != field_begin) continue;
      at = skip_quoted(at);
    }
    if (at == none) {
      row_size_ = end_ - row_begin_;
      if (row_size_ == 0) break;
    } else if (row()[at] == ',') {
      ends_.push_back(static_cast<std::uint32_t>(at));
      field_begin = at + 1;
      continue;
    } else if (at == 0 && ends_.empty()) {
      // A blank line, or the second half of a CRLF.
      if (row()[0] == '\r' || !after_carriage_return_) line_ = ++next_line_;
      after_carriage_return_ = row()[0] == '\r';
      ++row_begin_;
      continue;
    } else {
      row_size_ = at;
      ++next_line_;
      after_carriage_return_ = row()[at] == '\r';
    }
    ends_.push_back(static_cast<std::uint32_t>(row_size_));
    next_begin_ = row_begin_ + row_size_ + (at == none ? 0 : 1);
    if (encoding_broken_ && valid_end_ < row_begin_ + row_size_) {
      fail(Error{.code = ErrorCode::bad_encoding,
                 .message = "the text is not UTF-8",
                 .place = place_at(valid_end_ - row_begin_, 1)});
      break;
    }
    if (failure_) break;
    unescaped_count_ = 0;
    return true;
  }
  if (failure_) return *failure_;
  next_begin_ = row_begin_;
  return false;
}

void CsvReader::fail(Error error) {
  if (failure_) return;
  if (error.hint.empty()) error.hint = page_of(error.code).fix;
  failure_ = std::move(error);
}

void CsvReader::fail_quoting(std::size_t offset, std::string message) {
  // Text of another encoding has quotes in odd places: that is then the reason.
  if (encoding_broken_) {
    fail(Error{.code = ErrorCode::bad_encoding,
               .message = "the text is not UTF-8",
               .place = place_at(valid_end_ - row_begin_, 1)});
  }
  fail(Error{
      .code = ErrorCode::bad_quoting, .message = std::move(message), .place = place_at(offset, 1)});
}

std::string_view CsvReader::field(std::size_t index) {
  const std::size_t begin = begin_of(index);
  std::string_view text{row() + begin, ends_[index] - begin};
  if (text.empty() || text.front() != '"') return text;
  text = text.substr(1, text.size() - 2);
  if (std::memchr(text.data(), '"', text.size()) == nullptr) return text;

  if (unescaped_count_ == unescaped_.size()) unescaped_.emplace_back();
  std::string& plain = unescaped_[unescaped_count_++];
  plain.clear();
  while (!text.empty()) {
    // The quote that ends a run stands for itself and the one after it.
    const std::size_t run = std::min(text.find('"'), text.size() - 1) + 1;
    plain += text.substr(0, run);
    text.remove_prefix(text[run - 1] == '"' ? run + 1 : run);
  }
  return plain;
}

Result<bool> CsvReader::next(std::vector<std::string_view>& fields) {
  ACCRUE_TRY(more, advance());
  fields.resize(more ? field_count() : 0);
  for (std::size_t i = 0; i < fields.size(); ++i) fields[i] = field(i);
  return more;
}

std::size_t CsvReader::column_of(std::size_t field) const { return place_of(field).column; }

Place CsvReader::place_of(std::size_t field) const {
  return place_at(begin_of(field), ends_[field] - begin_of(field));
}

Place CsvReader::place() const { return place_at(0, 1); }

/// `size` bytes from `offset` of the row, on the line of the file where they begin.
Place CsvReader::place_at(std::size_t offset, std::size_t size) const {
  const std::string_view text{row(), end_ - row_begin_};
  offset = std::min(offset, text.size());
  std::size_t line = static_cast<std::size_t>(line_);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < offset; ++i) {
    if (!is_line_break(text[i])) continue;
    if (text[i] == '\r' || i == 0 || text[i - 1] != '\r') ++line;
    begin = i + 1;
  }
  std::size_t end = offset;
  while (end < text.size() && !is_line_break(text[end])) ++end;

  const std::string_view whole = text.substr(begin, end - begin);
  const std::size_t column = code_point_count(whole.substr(0, offset - begin)) + 1;
  const std::string_view marked = text.substr(offset, std::min(size, end - offset));
  Place place{.file = file_, .line = line, .column = column};
  put_excerpt(place, whole);
  const std::size_t shown_after =
      code_point_count(place.excerpt) - (place.column - place.excerpt_column);
  place.length = std::max<std::size_t>(std::min(code_point_count(marked), shown_after), 1);
  return place;
}

}  // namespace accrue
