#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>

#include "accounting/audit/verify.h"
#include "accounting/posting/ties.h"
#include "accounting/posting/view.h"
#include "tests/properties/history.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

std::string text_of(const oracle::Key& key) {
  static const char* const roles[] = {"investment", "cash", "unbilled", "liability", "revenue"};
  return std::string{roles[static_cast<int>(key.account)]} + " " + key.investee + " " +
         key.investment + " " + key.grant + " " + key.revenue + " " + key.service + "/" +
         key.region + " posted " + std::to_string(key.posting % 12 + 1) + " origin " +
         std::to_string(key.origin % 12 + 1);
}

using Cells = std::map<oracle::Key, long long>;

/// The first cell in which two books differ.
std::optional<std::string> first_difference(const Cells& left, const Cells& right) {
  for (const auto& [key, amount] : left) {
    const auto other = right.find(key);
    const long long there = other == right.end() ? 0 : other->second;
    if (there != amount) {
      return text_of(key) + ": " + std::to_string(amount) + " against " + std::to_string(there);
    }
  }
  for (const auto& [key, amount] : right) {
    if (!left.contains(key)) return text_of(key) + ": none against " + std::to_string(amount);
  }
  return std::nullopt;
}

/// Movements of a grant in one posting month.
std::map<std::pair<std::string, oracle::Month>, Decimal> drawn_of(const Books& books) {
  std::map<std::pair<std::string, oracle::Month>, Decimal> drawn;
  const BookView view = load_view(books.store(), books.store().record_count());
  for (const PostedDraws& posted : view.draws) {
    for (const auto& [key, amount] : posted.totals) {
      if (!key.grant.empty()) drawn[{key.grant, posted.posting_period.months}] += amount;
    }
  }
  std::erase_if(drawn, [](const auto& cell) { return cell.second.is_zero(); });
  return drawn;
}

std::optional<std::string> compare_drawn(const Books& books, const oracle::Book& expected) {
  auto drawn = drawn_of(books);
  for (const auto& [key, faces] : expected.faces()) {
    const Decimal derived = decimal_of(faces.drawn);
    const Decimal held = drawn.contains(key) ? drawn[key] : Decimal{};
    if (held != derived) {
      return "drawn from " + key.first + " in month " + std::to_string(key.second % 12 + 1) + ": " +
             held.to_string() + " against " + derived.to_string();
    }
    drawn.erase(key);
  }
  if (!drawn.empty()) return "drawn from " + drawn.begin()->first.first + " unexpectedly";
  return std::nullopt;
}

std::optional<std::string> compare_exceptions(Books& books, const oracle::Book& expected) {
  const std::optional<oracle::Month> next = expected.next_close();
  if (!next) return std::nullopt;
  std::map<std::string, int> counts;
  const std::vector<Exception> standing = books.exceptions(Period{*next}).value();
  for (const Exception& exception : standing) ++counts[exception.code];
  for (const oracle::Exception& exception : expected.exceptions()) {
    // The oracle also names grants recorded after their expiry was due.
    const HeldGrant* grant = books.state().find_grant(exception.subject);
    const bool is_over = grant != nullptr && grant->grant.expiry_period &&
                         *grant->grant.expiry_period < Period{*next};
    if (!is_over) --counts[exception.code];
  }
  for (const auto& [code, count] : counts) {
    if (count != 0) return "exceptions " + code + ": " + std::to_string(count) + " too many";
  }
  return std::nullopt;
}

std::optional<std::string> broken_tie(const Books& books) {
  const BookView view = load_view(books.store(), books.store().record_count());
  DrawTotals draws;
  for (const PostedDraws& posted : view.draws) {
    for (const auto& [key, amount] : posted.totals) draws[key] += amount;
  }
  const std::vector<Tie> list = broken(check_ties(view.state, view.balances, draws, {}));
  if (list.empty()) return std::nullopt;
  return list.front().name + ": " + list.front().left.to_string() + " against " +
         list.front().right.to_string();
}

Cells in_posting_until(const Cells& cells, oracle::Month through) {
  Cells kept;
  for (const auto& [key, amount] : cells) {
    if (key.posting <= through) kept.emplace(key, amount);
  }
  return kept;
}

}  // namespace

TEST_CASE("the engine and an independent second implementation hold the same balances") {
  check_property("engine = oracle", 1000, Mix{}, [](const History& history) {
    Books books = empty_books(history);
    oracle::Book expected = empty_oracle(history);
    std::optional<std::string> wrong;
    int step = 0;
    for (const Operation& operation : history.operations) {
      ++step;
      const bool accepted = apply(books, operation);
      if (accepted != apply(expected, operation)) {
        return std::optional{"operation " + std::to_string(step) + " was " +
                             (accepted ? "accepted" : "refused") + " by the engine only"};
      }
      wrong = first_difference(balances_of(books), expected.balances());
      if (!wrong) wrong = compare_drawn(books, expected);
      if (!wrong) wrong = compare_exceptions(books, expected);
      if (!wrong) wrong = broken_tie(books);
      if (wrong) return std::optional{"after operation " + std::to_string(step) + ": " + *wrong};
    }
    return std::optional<std::string>{};
  });
}

TEST_CASE("the order in which deliveries arrive between two closes changes no balance") {
  Mix mix;
  mix.reopens = false;
  check_property("arrival order", 1000, mix, [](const History& history) {
    // Runs of imports between two other operations are shuffled; later runs stay later.
    History shuffled = history;
    std::mt19937_64 random{history.operations.size()};
    auto at = shuffled.operations.begin();
    const auto is_import = [](const Operation& operation) {
      return std::holds_alternative<Import>(operation);
    };
    while (at != shuffled.operations.end()) {
      const auto first = std::find_if(at, shuffled.operations.end(), is_import);
      const auto last = std::find_if_not(first, shuffled.operations.end(), is_import);
      std::shuffle(first, last, random);
      at = last;
    }
    return first_difference(balances_of(book_of(history)), balances_of(book_of(shuffled)));
  });
}

TEST_CASE("one delivery leaves the books as the same charges in several deliveries do") {
  check_property("split deliveries", 1000, Mix{}, [](const History& history) {
    History split = history;
    split.operations.clear();
    for (const Operation& operation : history.operations) {
      const auto* import = std::get_if<Import>(&operation);
      if (import == nullptr) {
        split.operations.push_back(operation);
        continue;
      }
      for (const oracle::Charge& charge : import->charges) {
        split.operations.push_back(Import{{charge}});
      }
    }
    return first_difference(balances_of(book_of(history)), balances_of(book_of(split)));
  });
}

TEST_CASE("a book replays to itself, and every table with it") {
  check_property("replay = book", 1000, Mix{}, [](const History& history) {
    const Books books = book_of(history);
    const AuditReport report = verify(books.store(), {});
    if (report.findings.empty()) return std::optional<std::string>{};
    const Finding& finding = report.findings.front();
    return std::optional{"record " + std::to_string(finding.record) + ", " + finding.what + ": " +
                         finding.stored + " against " + finding.derived};
  });
}

TEST_CASE("a closed period never gains or loses an amount until it is reopened") {
  check_property("closed periods stand", 1000, Mix{}, [](const History& history) {
    Books books = empty_books(history);
    for (const Operation& operation : history.operations) {
      const Cells before = balances_of(books);
      const std::optional<Period> through = books.state().closed_through();
      apply(books, operation);
      if (!through || std::holds_alternative<ReopenLast>(operation)) continue;
      const auto moved = first_difference(in_posting_until(before, through->months),
                                          in_posting_until(balances_of(books), through->months));
      if (moved) return moved;
    }
    return std::optional<std::string>{};
  });
}

TEST_CASE("a period reopened holds what a book that never closed it holds") {
  Mix mix;
  mix.reopens = false;
  check_property("reopen", 1000, mix, [](const History& history) {
    // The twin closes one period more before its last operations, and takes it back after them.
    if (history.operations.size() < 3) return std::optional<std::string>{};
    const auto middle = history.operations.begin() +
                        static_cast<std::ptrdiff_t>(history.operations.size() / 2);
    const bool later_close =
        std::any_of(middle, history.operations.end(), [](const Operation& operation) {
          return std::holds_alternative<CloseNext>(operation) ||
                 std::holds_alternative<ChangeEstimate>(operation);
        });
    if (later_close) return std::optional<std::string>{};
    Books twin = empty_books(history);
    for (auto at = history.operations.begin(); at != middle; ++at) apply(twin, *at);
    if (!apply(twin, CloseNext{})) return std::optional<std::string>{};
    for (auto at = middle; at != history.operations.end(); ++at) apply(twin, *at);
    apply(twin, ReopenLast{});
    Books plain = book_of(history);
    if (auto wrong = first_difference(balances_of(plain), balances_of(twin))) return wrong;
    // Closed again it equals a book that closed once.
    apply(twin, CloseNext{});
    apply(plain, CloseNext{});
    return first_difference(balances_of(plain), balances_of(twin));
  });
}

TEST_CASE("a charge and its refund between the same two closes leave no trace") {
  check_property("refunded charges", 1000, Mix{}, [](const History& history) {
    History with_pair = history;
    std::mt19937_64 random{history.operations.size() * 7919};
    Mix positive;
    positive.refunds = false;
    const std::vector<oracle::Charge> charges = random_charges(random, positive, 2024 * 12, 5);
    std::vector<oracle::Charge> refunds = charges;
    for (oracle::Charge& refund : refunds) refund.amount = -refund.amount;
    const auto place = static_cast<std::ptrdiff_t>(random() % (history.operations.size() + 1));
    // A book that has posted nothing yet could settle its first period by the pair alone.
    if (!history.first_month) return std::optional<std::string>{};
    with_pair.operations.insert(with_pair.operations.begin() + place, {Import{charges}, Import{refunds}});
    return first_difference(balances_of(book_of(history)), balances_of(book_of(with_pair)));
  });
}

TEST_CASE("a delivery replaced by another leaves the books as if only the last had come") {
  check_property("replaced deliveries", 1000, Mix{}, [](const History& history) {
    if (!history.first_month) return std::optional<std::string>{};
    std::mt19937_64 random{history.operations.size() * 104'729};
    const auto place = static_cast<std::ptrdiff_t>(random() % (history.operations.size() + 1));
    Deliver last = random_delivery(random, Mix{});
    last.replaces = true;
    History nightly = history;
    auto at = nightly.operations.begin() + place;
    for (std::uint64_t nights = random() % 6; nights > 0; --nights) {
      Deliver night = random_delivery(random, Mix{});
      night.source = last.source;
      night.replaces = random() % 4 != 0;
      night.bills = last.bills;
      for (oracle::Book::Billed& row : night.rows) row.bill = last.bills.front();
      at = nightly.operations.insert(at, night) + 1;
    }
    nightly.operations.insert(at, last);
    History once = history;
    once.operations.insert(once.operations.begin() + place, last);
    return first_difference(balances_of(book_of(once)), balances_of(book_of(nightly)));
  });
}

TEST_CASE("a stream shuffled, doubled and split leaves the books as one clean run does") {
  Mix mix;
  mix.reopens = false;
  check_property("shuffled streams", 1000, mix, [](const History& history) {
    std::mt19937_64 random{history.operations.size() * 7919};
    History torn = history;
    torn.operations.clear();
    for (const Operation& operation : history.operations) {
      const auto* stream = std::get_if<Stream>(&operation);
      if (stream == nullptr) {
        torn.operations.push_back(operation);
        continue;
      }
      std::vector<int> events = stream->events;
      events.insert(events.end(), stream->events.begin(), stream->events.end());
      std::shuffle(events.begin(), events.end(), random);
      for (auto first = events.begin(); first != events.end();) {
        const auto size = static_cast<std::ptrdiff_t>(1 + random() % 5);
        const auto last = first + std::min(size, events.end() - first);
        torn.operations.push_back(Stream{{first, last}});
        first = last;
      }
    }
    return first_difference(balances_of(book_of(history)), balances_of(book_of(torn)));
  });
}

TEST_CASE("draws and overage of every served sum add up to it") {
  check_property("served sums", 1000, Mix{}, [](const History& history) {
    Books books = book_of(history);
    const Result<Derivation> derivation = books.derive(std::nullopt);
    const std::vector<Tie> wrong = check_served_sums(derivation->served, 0);
    if (wrong.empty()) return std::optional<std::string>{};
    return std::optional{wrong.front().name};
  });
}
