#pragma once

// The accounting rules once more, slowly: a second implementation that shares no code with the
// program, which is compared with it. It keeps a journal and, at every record, works out all
// targets again from the facts and appends target less booked. Readable before fast.
//
// Not covered: straight-line progress, escheat, void, termination, modification, milestones,
// shares as drawn. The book's zone is UTC.

#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

namespace oracle {

using Rational = boost::multiprecision::cpp_rational;
using Month = int;         ///< year * 12 + month - 1
using Day = int;           ///< days since 1970-01-01
using Second = long long;  ///< seconds since 1970-01-01T00:00:00Z

Day day(int year, int month, int day_of_month);
Month month(int year, int month);
Month month_of_day(Day);
Month month_of(Second);
Day day_of(Second);

/// "-1_234.50" as it is written: no exponent, nothing rounded.
Rational decimal(std::string_view text);

/// An operation that the rules forbid; the book is as it was before.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// --- Facts -------------------------------------------------------------------------------------

struct Tranche {
  std::string id;  ///< also the id of the grant; no two of a book are equal
  Rational face;
  std::string face_currency;
  Day issued = 0;
  std::optional<Day> begins;
  std::optional<Day> expires;  ///< its midnight is already outside
  int priority = 100;
  std::optional<Rational> transaction_price;  ///< stated, in the currency of the deal
  bool bonus = false;
  std::vector<std::string> services;  ///< shell patterns; none: every service
  std::vector<std::string> regions;
  std::vector<std::string> skus;
  bool proportional = false;     ///< else the rest is breakage when use becomes remote
  Rational expected_unused = 0;  ///< an amount of face; only if proportional
};

enum class Shares { at_closing, with_tranche };

struct Investment {
  std::string id;
  std::string investee;
  Day signed_on = 0;
  std::string currency;  ///< of cash, fair value and prices; without a fair value, of the faces
  std::optional<Rational> cash;
  std::optional<Rational> fair_value;
  Rational ssp_percent = 100;
  Shares shares = Shares::at_closing;
  std::optional<Rational> fixed_rate;  ///< functional units per one unit
  std::vector<Tranche> tranches;
};

struct Charge {
  Second at = 0;
  std::string investee;
  std::string currency;
  std::string billing_account;
  std::string sub_account;
  std::string service;
  std::string sku;
  std::string region;
  Rational amount;
  bool reduction = false;  ///< a credit row that reduces the price: overage, whatever its sign
};

struct Rate {
  std::string currency;
  Day on = 0;
  Rational rate;  ///< functional units per one unit
};

// --- What the book shows -----------------------------------------------------------------------

enum class Account { investment, cash, unbilled, liability, revenue };

/// A cell of the balances. Fields that an account does not carry are empty.
struct Key {
  Account account = Account::investment;
  std::string investee;
  std::string investment;  ///< empty for unbilled and for cash-funded revenue
  std::string grant;       ///< of liability and revenue; empty: cash-funded
  std::string revenue;     ///< "usage" or "breakage" on revenue accounts, also cash-funded ones
  std::string service;     ///< of usage revenue
  std::string region;      ///< of usage revenue
  Month posting = 0;
  Month origin = 0;
  auto operator<=>(const Key&) const = default;
};

/// What makes charges one sum, in the order in which sums of one instant and sign are served.
struct ChargeKey {
  Second at = 0;
  std::string investee;
  std::string currency;
  std::string billing_account;
  std::string sub_account;
  std::string service;
  std::string sku;
  std::string region;
  auto operator<=>(const ChargeKey&) const = default;
};

/// A part of a sum: what one grant pays, or overage. Below zero: what a refund takes back.
struct Draw {
  std::string grant;  ///< empty: overage
  Rational amount;
  Month served_in = 0;  ///< period of the sum; of a refund, that of what it takes back
  std::string service;  ///< likewise
  std::string sku;
  std::string region;
  bool unmatched = false;  ///< a refund that found nothing to take back
};

struct Served {
  ChargeKey key;
  Rational amount;
  bool reduction = false;
  std::vector<Draw> draws;
};

/// One grant in one posting month: movements of it, and what is left at its end.
struct Faces {
  Rational drawn;
  Rational expired;
  Rational left;
};

struct Exception {
  std::string code;     ///< "unmatched_refund" or "refuted_estimate"
  std::string subject;  ///< the refund's key, or the grant
};

// --- The book ----------------------------------------------------------------------------------

struct Grant;

struct Settings {
  std::string functional_currency;
  int functional_digits = 2;
  std::optional<Month> first_month;   ///< without it every month is open until the first close
  std::map<std::string, int> digits;  ///< of other currencies; 2 where not given
};

class Book {
 public:
  explicit Book(Settings);
  Book(const Book&);
  Book(Book&&) noexcept;
  Book& operator=(const Book&);
  Book& operator=(Book&&) noexcept;
  ~Book();

  // Each is one record. Errors: Refused.
  void add_investment(const Investment&);
  void add_rates(const std::vector<Rate>&);
  void import_charges(const std::vector<Charge>&);
  /// Charges with the month of the bill they stand in. A delivery that replaces stands for all that
  /// deliveries of its source left in the bills.
  struct Billed {
    Month bill;
    Charge charge;
  };
  void deliver(const std::string& source, const std::vector<Billed>&);
  void replace(const std::string& source, const std::vector<Month>& bills,
               const std::vector<Billed>&);
  /// Each id is taken once for ever; that of a customer without a deal is no charge.
  void take_events(const std::vector<std::pair<int, Charge>>&);
  void estimate(const std::string& grant, const Rational& unused, Month from);
  void close(Month);  ///< exceptions count as accepted
  void reopen(Month);

  /// In minor units of the functional currency, debit positive; no cell is zero.
  std::map<Key, long long> balances() const;
  /// By grant and posting month; months without a movement are left out.
  std::map<std::pair<std::string, Month>, Faces> faces() const;
  /// The sums not frozen, in the order of serving; reductions last.
  const std::vector<Served>& open_draws() const { return served_; }
  /// What stands in the way of the next close.
  std::vector<Exception> exceptions() const;
  /// The only month that can be closed now; none in a book without facts and first month.
  std::optional<Month> next_close() const;
  /// The price of a grant, in minor units.
  long long price(const std::string& grant) const;
  /// The ties that do not hold, in words.
  std::vector<std::string> broken_ties() const;

 private:
  /// The price of a tranche or the cash of a deal: booked like a charge timed at its date.
  struct Receipt {
    Month origin;
    Key debit;
    Key credit;
    long long amount;
    std::optional<Month> frozen_by = std::nullopt;
  };
  struct BookedCharge {
    Charge charge;
    std::optional<Month> frozen_by;
  };
  struct FrozenSum {
    Served sum;
    Month frozen_by;
  };
  struct Estimate {
    std::string grant;
    Rational unused;
    Month from;
  };
  struct Close {
    Month month;
    std::size_t record;
    std::map<Key, long long> balances;  ///< of what is closed, as they stood
  };
  struct FaceCell {
    std::string grant;
    std::string movement;  ///< "drawn" or "expired"
    Month posting;
    Month origin;
    auto operator<=>(const FaceCell&) const = default;
  };
  template <class Cell, class Number>
  struct Posting {
    std::size_t record;
    Cell cell;
    Number amount;
  };
  struct Step {
    Month origin;
    Rational unused;
    bool expired;
  };
  struct Standing;

  template <class Operation>
  void record(Operation);
  void post(std::optional<Month> closing = std::nullopt);
  void freeze(Month through);
  template <class Cell, class Number>
  void reconcile(std::vector<Posting<Cell, Number>>& journal, std::map<Cell, Number> target);

  std::optional<Month> last_closed() const;
  bool is_open(Month) const;
  Month home(Month origin) const;
  bool booked_expiry(const Grant&) const;
  Rational unused_in(Month, const Grant&) const;
  Rational rate_on(const std::string& currency, Day) const;
  Rational overage_rate(const std::string& investee, const std::string& currency, Day) const;
  std::vector<Step> steps_of(const Grant&, std::optional<Month> closing) const;
  Standing booked_in_closed(const Grant&) const;
  Standing standing(const Grant&, const std::map<std::pair<std::string, std::string>, Rational>&,
                    const Step&) const;
  void add(std::map<Key, long long>& target, Key, Month origin, long long amount) const;
  void add_receipts(std::map<Key, long long>& target) const;
  void add_overage(std::map<Key, long long>& target) const;
  void add_recognition(std::map<Key, long long>& target, std::map<FaceCell, Rational>& faces,
                       const Grant&, std::optional<Month> closing) const;

  Settings settings_;
  std::size_t record_ = 0;
  std::vector<Investment> investments_;
  std::vector<Grant> grants_;
  std::vector<Receipt> receipts_;
  std::vector<Rate> rates_;
  std::vector<Estimate> estimates_;
  std::vector<BookedCharge> charges_;
  std::vector<std::pair<std::string, Billed>> delivered_;  ///< with the source
  std::set<int> events_;
  std::vector<FrozenSum> frozen_;
  std::vector<Close> closes_;
  std::vector<Served> served_;
  std::vector<Posting<Key, long long>> journal_;
  std::vector<Posting<FaceCell, Rational>> face_journal_;
};

}  // namespace oracle
