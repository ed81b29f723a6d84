#include "ledger/intake/focus_feed.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/intake/byte_source.h"
#include "ledger/intake/excerpt.h"

namespace accrue::focus {

namespace {

constexpr std::size_t most_listed = 20;

}  // namespace

Result<Feed> Feed::open(const std::string& path, Dataset dataset,
                        std::span<const FeedColumn> columns) {
  ACCRUE_TRY(source, ByteSource::open(path));
  Feed feed{CsvReader{std::move(source), path}, columns};
  ACCRUE_TRY_DONE(feed.bind(dataset));
  return feed;
}

Result<Done> Feed::bind(Dataset dataset) {
  ACCRUE_TRY(has_header, reader_.advance());
  if (!has_header) {
    return Error{.code = ErrorCode::empty_file,
                 .message = shown(reader_.file()) + " is empty",
                 .place = {.file = reader_.file()},
                 .hint = "deliver the whole file, with its header"};
  }
  header_count_ = reader_.field_count();
  std::vector<std::string_view> header(header_count_);
  for (std::size_t i = 0; i < header_count_; ++i) header[i] = reader_.field(i);
  const std::optional<Dataset> found = dataset_of(header);
  if (found && *found != dataset) return wrong_dataset(*found, reader_.place());

  for (std::size_t i = 0; i < header_count_; ++i) {
    const auto column = std::ranges::find_if(columns_, [&](const FeedColumn& known) {
      return equal_but_for_case(known.name, header[i]);
    });
    if (column == columns_.end()) continue;
    if (field_of(column->name)) {
      keep(Error{.code = ErrorCode::duplicate_column,
                 .message = fmt::format("the column {} stands twice", column->name),
                 .place = reader_.place_of(i),
                 .hint = "deliver it once"});
      continue;
    }
    bound_.emplace_back(column->name, i);
    if (header[i] == column->name) continue;
    warnings_.add("column_case",
                  fmt::format("the column {} is read as {}", shown(header[i]), column->name),
                  reader_.place_of(i));
  }
  for (const FeedColumn& column : columns_) {
    if (column.need == FeedColumn::Need::optional || field_of(column.name)) continue;
    keep(Error{.code = ErrorCode::missing_column,
               .message = fmt::format("the column {} is missing", column.name),
               .place = reader_.place(),
               .hint = "deliver the column; columns are bound by their header names"});
  }
  if (!refusal_.errors.empty()) return std::move(refusal_);
  return Done{};
}

Result<bool> Feed::advance() {
  while (true) {
    auto more = reader_.advance();
    if (!more.ok()) {
      refusal_.errors.push_back(more.error());
      return refusal_;
    }
    if (!*more) return false;
    row_refused_ = false;
    if (reader_.field_count() == header_count_) return true;
    keep(Error{.code = ErrorCode::ragged_row,
               .message = fmt::format("the row has {} fields, the header {}",
                                      reader_.field_count(), header_count_),
               .place = reader_.place(),
               .hint = "mend the commas or the quotes of the row"});
  }
}

std::optional<std::size_t> Feed::field_of(std::string_view column) const {
  const auto found =
      std::ranges::find(bound_, column, &std::pair<std::string_view, std::size_t>::first);
  if (found == bound_.end()) return std::nullopt;
  return found->second;
}

void Feed::keep(Error error) {
  if (refusal_.errors.size() < most_listed) {
    refusal_.errors.push_back(std::move(error));
  } else {
    ++refusal_.unlisted_count;
  }
}

void Feed::refuse(std::string_view column, Error error) {
  if (row_refused_) return;
  row_refused_ = true;
  error.message = fmt::format("{} {}", column, error.message);
  error.place = reader_.place_of(field_of(column).value_or(0));
  if (error.hint.empty()) error.hint = page_of(error.code).fix;
  keep(std::move(error));
}

void Feed::warn(std::string_view code, std::string message, std::string_view column) {
  warnings_.add(code, std::move(message), reader_.place_of(field_of(column).value_or(0)));
}

std::string_view Feed::text(std::string_view column) {
  const auto field = field_of(column);
  if (!field) return {};
  const std::string_view text = reader_.field(*field);
  return is_null(text) ? std::string_view{} : text;
}

std::string Feed::required_text(std::string_view column) {
  const std::string_view found = text(column);
  if (found.empty()) refuse(column, {.code = ErrorCode::null_not_allowed, .message = "is null"});
  return std::string{found};
}

std::optional<Instant> Feed::instant(std::string_view column) {
  const std::string_view found = text(column);
  if (found.empty()) return std::nullopt;
  const auto read = Instant::parse(found);
  if (read.ok()) return *read;
  refuse(column, {.code = ErrorCode::bad_date, .message = read.error().message});
  return std::nullopt;
}

std::optional<Instant> Feed::required_instant(std::string_view column) {
  required_text(column);
  return instant(column);
}

std::optional<Decimal> Feed::decimal(std::string_view column) {
  const std::string_view found = text(column);
  if (found.empty()) return std::nullopt;
  const auto read = Decimal::parse(found);
  if (read.ok()) return *read;
  refuse(column, {.code = read.error().code, .message = read.error().message});
  return std::nullopt;
}

std::optional<Currency> Feed::required_currency(std::string_view column) {
  const std::string code = required_text(column);
  const auto currency = Currency::from_code(code);
  if (currency.ok()) return *currency;
  refuse(column, {.code = ErrorCode::bad_currency,
                  .message = shown(code) + " is not an ISO 4217 currency code"});
  return std::nullopt;
}

std::optional<std::size_t> Feed::word(std::string_view column,
                                      std::span<const std::string_view> words) {
  const std::string_view found = text(column);
  const auto known = std::ranges::find_if(
      words, [&](std::string_view word) { return equal_but_for_case(word, found); });
  if (known == words.end()) return std::nullopt;
  if (*known != found) {
    warn("value_case", fmt::format("{} {} is read as {}", column, shown(found), *known), column);
  }
  return static_cast<std::size_t>(known - words.begin());
}

std::optional<Refusal> Feed::refusal() && {
  if (refusal_.errors.empty()) return std::nullopt;
  return std::move(refusal_);
}

}  // namespace accrue::focus
