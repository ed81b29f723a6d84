#include "ledger/intake/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <future>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "ledger/error/check.h"
#include "ledger/proof/sha256.h"

namespace accrue {

namespace {

constexpr std::size_t piece_size = std::size_t{1} << 20;

using Byte = unsigned char;

Error unreadable(const std::string& path, int error_number) {
  return Error{
      .code = ErrorCode::file_unreadable,
      .message = "cannot read " + path + ": " + std::generic_category().message(error_number),
      .place = Place{.file = path},
      .hint = std::string{page_of(ErrorCode::file_unreadable).fix}};
}

std::string_view text_of(const Byte* bytes, std::size_t count) {
  return {reinterpret_cast<const char*>(bytes), count};
}

/// A zlib stream of gzip members.
class Inflater {
 public:
  Inflater() {
    constexpr int gzip_window = 15 + 16;
    LEDGER_CHECK(inflateInit2(&stream_, gzip_window) == Z_OK, "zlib", "inflateInit2");
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
};

}  // namespace

struct ByteSource::State {
  State(std::string name, int opened) : path{std::move(name)}, descriptor{opened} {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ::close(descriptor); }

  std::string path;
  int descriptor;
  std::unique_ptr<Byte[]> piece = std::make_unique_for_overwrite<Byte[]>(piece_size);
  std::unique_ptr<Byte[]> other_piece;  ///< the one before, which is no longer read from
  std::size_t begin = 0;                ///< of what the piece still holds
  std::size_t end = 0;
  std::int64_t byte_count = 0;
  Sha256 hash;
  std::string digest;                  ///< once asked for, after the end
  std::unique_ptr<Inflater> inflater;  ///< only for gzip
  bool inside_member = false;
  /// Hashing takes as long as all the rest of an import, so it runs beside it: of the piece in
  /// hand. Last, so that it ends before what it uses.
  std::future<void> hashing;

  /// Reads the next piece; false at the end of the file.
  Result<bool> next_piece() {
    begin = end = 0;
    if (!other_piece) other_piece = std::make_unique_for_overwrite<Byte[]>(piece_size);
    std::swap(piece, other_piece);
    while (end < piece_size) {
      const ssize_t count = ::read(descriptor, piece.get() + end, piece_size - end);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return unreadable(path, errno);
      if (count == 0) break;
      end += static_cast<std::size_t>(count);
    }
    wait_for_hash();
    if (end == piece_size) {
      hashing = std::async(std::launch::async,
                           [this, bytes = text_of(piece.get(), end)] { hash.add(bytes); });
    } else {
      hash.add(text_of(piece.get(), end));
    }
    byte_count += static_cast<std::int64_t>(end);
    return end > 0;
  }

  void wait_for_hash() {
    if (hashing.valid()) hashing.get();
  }

  bool is_gzip() const {
    return end - begin >= 2 && piece[begin] == 0x1F && piece[begin + 1] == 0x8B;
  }

  Error damaged(std::string_view why) const {
    return Error{.code = ErrorCode::bad_gzip,
                 .message = "the compressed file " + path + " " + std::string{why},
                 .place = Place{.file = path},
                 .hint = std::string{page_of(ErrorCode::bad_gzip).fix}};
  }

  Result<std::size_t> copy(char* buffer, std::size_t capacity) {
    if (begin == end) {
      ACCRUE_TRY(more, next_piece());
      if (!more) return std::size_t{0};
    }
    const std::size_t count = std::min(capacity, end - begin);
    std::memcpy(buffer, piece.get() + begin, count);
    begin += count;
    return count;
  }

  Result<std::size_t> inflate_into(char* buffer, std::size_t capacity) {
    z_stream& stream = inflater->stream();
    while (true) {
      if (begin == end) {
        ACCRUE_TRY(more, next_piece());
        if (!more && inside_member) return damaged("ends in the middle");
        if (!more) return std::size_t{0};
      }
      if (!inside_member) {
        // Tapes and some writers fill the last block with zeros.
        while (begin < end && piece[begin] == 0) ++begin;
        if (begin == end) continue;
        inflateReset(&stream);
        inside_member = true;
      }
      constexpr std::size_t longest = std::size_t{1} << 30;
      const auto room = static_cast<uInt>(std::min(capacity, longest));
      stream.next_in = piece.get() + begin;
      stream.avail_in = static_cast<uInt>(end - begin);
      stream.next_out = reinterpret_cast<Byte*>(buffer);
      stream.avail_out = room;
      const int status = inflate(&stream, Z_NO_FLUSH);
      begin = end - stream.avail_in;
      if (status == Z_STREAM_END) {
        inside_member = false;
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        return damaged("is damaged");
      }
      if (stream.avail_out < room) return std::size_t{room - stream.avail_out};
    }
  }
};

ByteSource::ByteSource(std::unique_ptr<State> state) : state_{std::move(state)} {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unreadable(path, errno);
  auto state = std::make_unique<State>(path, descriptor);
  ACCRUE_TRY(any, state->next_piece());
  if (any && state->is_gzip()) state->inflater = std::make_unique<Inflater>();
  return ByteSource{std::move(state)};
}

Result<std::size_t> ByteSource::read(char* buffer, std::size_t capacity) {
  return state_->inflater ? state_->inflate_into(buffer, capacity) : state_->copy(buffer, capacity);
}

std::string ByteSource::sha256() const {
  state_->wait_for_hash();
  if (state_->digest.empty()) {
    const Digest digest = state_->hash.finish();
    state_->digest.assign(digest.begin(), digest.end());
  }
  return state_->digest;
}
std::int64_t ByteSource::byte_count() const { return state_->byte_count; }

}  // namespace accrue
