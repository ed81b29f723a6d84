#include "tests/properties/history.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "accounting/posting/events.h"
#include "ledger/proof/merkle.h"

namespace accrue::testing {

namespace {

using oracle::Rational;

constexpr oracle::Month first_possible = 2024 * 12;  // 2024-01
constexpr int month_span = 5;

int pick(std::mt19937_64& random, int least, int most) {
  return static_cast<int>(random() % static_cast<std::uint64_t>(most - least + 1)) + least;
}
bool chance(std::mt19937_64& random, int percent) { return pick(random, 1, 100) <= percent; }
template <typename T>
const T& one_of(std::mt19937_64& random, const std::vector<T>& items) {
  return items[random() % items.size()];
}

const std::vector<std::string> investees{"lunar", "orrery"};
const std::vector<std::string> services{"gpu", "disk"};
const std::vector<std::string> skus{"", "a", "b"};
const std::vector<std::string> regions{"", "eu", "us"};
const std::vector<std::string> currencies{"USD", "USD", "USD", "EUR"};

oracle::Day random_day(std::mt19937_64& random, oracle::Month month) {
  return oracle::day(month / 12, month % 12 + 1, pick(random, 1, 28));
}

oracle::Tranche random_tranche(std::mt19937_64& random, const std::string& id,
                               const std::string& currency, oracle::Day signed_on) {
  oracle::Tranche tranche;
  tranche.id = id;
  tranche.face = Rational{pick(random, 1, 4000), chance(random, 50) ? 1 : 100};
  tranche.face_currency = currency;
  tranche.issued = chance(random, 60) ? signed_on : signed_on + pick(random, 0, 60);
  if (chance(random, 20)) tranche.begins = tranche.issued + pick(random, 0, 20);
  if (chance(random, 60)) {
    tranche.expires = std::max(tranche.issued, tranche.begins.value_or(0)) + pick(random, 1, 120);
  }
  if (chance(random, 20)) tranche.priority = pick(random, 99, 101);
  if (chance(random, 20)) tranche.services = {one_of(random, services)};
  if (chance(random, 10)) tranche.regions = {"e*", ""};
  if (chance(random, 10)) tranche.skus = {"[a]"};
  if (chance(random, 40)) {
    tranche.proportional = true;
    tranche.expected_unused = tranche.face * Rational{pick(random, 0, 40), 100};
  }
  return tranche;
}

AddDeal random_deal(std::mt19937_64& random, int number) {
  oracle::Investment deal;
  deal.id = "d" + std::to_string(number);
  deal.investee = one_of(random, investees);
  deal.currency = one_of(random, currencies);
  deal.signed_on = random_day(random, first_possible + pick(random, 0, month_span - 2));
  if (chance(random, 30)) deal.shares = oracle::Shares::with_tranche;
  if (chance(random, 30)) deal.fixed_rate = Rational{pick(random, 90, 130), 100};
  const int tranches = pick(random, 1, 3);
  Rational face = 0;
  for (int i = 0; i < tranches; ++i) {
    deal.tranches.push_back(random_tranche(
        random, deal.id + "t" + std::to_string(i), deal.currency, deal.signed_on));
    face += deal.tranches.back().face;
  }
  if (tranches > 1 && chance(random, 20)) deal.tranches.back().bonus = true;
  if (chance(random, 50)) deal.cash = Rational{pick(random, 0, 5000)};
  if (chance(random, 50)) {
    // Cents of a price at or below face: fair value less cash.
    const long long cents = static_cast<long long>(face * 100) * pick(random, 30, 100) / 100;
    deal.fair_value = deal.cash.value_or(Rational{0}) + Rational{cents, 100};
  }
  return {deal};
}

std::string text_of(const Rational& value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

}  // namespace

std::vector<oracle::Charge> random_charges(std::mt19937_64& random, const Mix& mix,
                                           oracle::Month first, int months) {
  std::vector<oracle::Charge> charges;
  const int count = pick(random, 1, 12);
  for (int i = 0; i < count; ++i) {
    oracle::Charge charge;
    const oracle::Day day = random_day(random, first + pick(random, 0, months - 1));
    charge.at = static_cast<oracle::Second>(day) * 86400 + pick(random, 0, 1) * 3600;
    charge.investee = one_of(random, investees);
    charge.currency = one_of(random, currencies);
    charge.billing_account = "acct-" + charge.investee;
    charge.sub_account = chance(random, 30) ? "s1" : "";
    charge.service = one_of(random, services);
    charge.sku = one_of(random, skus);
    charge.region = one_of(random, regions);
    charge.amount = Rational{pick(random, 1, 90000), chance(random, 50) ? 100 : 1000};
    if (mix.refunds && chance(random, 30)) charge.amount = -charge.amount;
    if (mix.refunds && mix.reduce && chance(random, 6)) charge.reduction = true;
    charges.push_back(charge);
  }
  return charges;
}

Deliver random_delivery(std::mt19937_64& random, const Mix& mix) {
  Deliver delivery{chance(random, 70) ? "north" : "south", chance(random, 70), {}, {}};
  const oracle::Month bill = first_possible + pick(random, 0, month_span - 1);
  delivery.bills = {bill};
  if (chance(random, 20)) delivery.bills.push_back(bill + 1);
  // Few keys, so that deliveries meet; some rows are late and stand in a later bill.
  for (oracle::Charge& charge : random_charges(random, mix, std::max(first_possible, bill - 1), 2)) {
    // No charge lies before the first month: it would be the one that a first close takes.
    const oracle::Second begin =
        oracle::Second{86400} * oracle::day(first_possible / 12, first_possible % 12 + 1, 1);
    charge.at = std::max(begin, charge.at - charge.at % (86400 * 4));
    delivery.rows.push_back({one_of(random, delivery.bills), charge});
  }
  return delivery;
}

oracle::Charge event_charge(int number) {
  std::mt19937_64 random{static_cast<std::uint64_t>(number) + 1};
  return random_charges(random, Mix{.reduce = false}, first_possible, month_span).front();
}

History random_history(std::uint64_t seed, const Mix& mix) {
  std::mt19937_64 random{seed};
  History history;
  if (chance(random, 50)) history.first_month = first_possible + pick(random, 0, 2);
  history.operations.push_back(
      AddRates{{{"EUR", oracle::day(2024, 1, 1), Rational{11, 10}},
                {"EUR", oracle::day(2024, 3, 10), Rational{123456, 100000}}}});
  int deals = 0;
  history.operations.push_back(random_deal(random, deals++));
  while (static_cast<int>(history.operations.size()) < mix.operations) {
    const int die = pick(random, 1, 100);
    if (die <= 10) {
      history.operations.push_back(random_deal(random, deals++));
    } else if (die <= 38) {
      history.operations.push_back(Import{random_charges(random, mix, first_possible, month_span)});
    } else if (die <= 52) {
      history.operations.push_back(random_delivery(random, mix));
    } else if (die <= 62) {
      Stream stream;
      for (int i = pick(random, 1, 12); i > 0; --i) stream.events.push_back(pick(random, 0, 40));
      history.operations.push_back(std::move(stream));
    } else if (die <= 72) {
      if (!mix.estimates) continue;
      const int deal = pick(random, 0, deals - 1);
      history.operations.push_back(
          ChangeEstimate{"d" + std::to_string(deal) + "t" + std::to_string(pick(random, 0, 2)),
                         Rational{pick(random, 0, 900)},
                         first_possible + pick(random, 0, month_span - 1)});
    } else if (die <= 75) {
      history.operations.push_back(AddRates{
          {{"EUR", random_day(random, first_possible + pick(random, 0, month_span - 1)),
            Rational{pick(random, 900, 1300), 1000}}}});
    } else if (die <= 92) {
      if (mix.closes) history.operations.push_back(CloseNext{});
    } else if (mix.reopens) {
      history.operations.push_back(ReopenLast{});
    }
  }
  return history;
}

std::string to_string(const Operation& operation) {
  struct Printer {
    std::string operator()(const AddDeal& add) const {
      std::string text = "deal " + add.deal.id + " of " + add.deal.investee + " in " +
                         add.deal.currency + " signed day " + std::to_string(add.deal.signed_on);
      if (add.deal.shares == oracle::Shares::with_tranche) text += " with_tranche";
      if (add.deal.cash) text += " cash " + text_of(*add.deal.cash);
      if (add.deal.fair_value) text += " fair " + text_of(*add.deal.fair_value);
      if (add.deal.fixed_rate) text += " rate " + text_of(*add.deal.fixed_rate);
      for (const oracle::Tranche& tranche : add.deal.tranches) {
        text += "\n    " + tranche.id + " face " + text_of(tranche.face) + " issued " +
                std::to_string(tranche.issued);
        if (tranche.begins) text += " begins " + std::to_string(*tranche.begins);
        if (tranche.expires) text += " expires " + std::to_string(*tranche.expires);
        text += " priority " + std::to_string(tranche.priority);
        for (const std::string& service : tranche.services) text += " service " + service;
        for (const std::string& region : tranche.regions) text += " region '" + region + "'";
        for (const std::string& sku : tranche.skus) text += " sku " + sku;
        if (tranche.bonus) text += " bonus";
        if (tranche.proportional) text += " unused " + text_of(tranche.expected_unused);
      }
      return text;
    }
    std::string operator()(const AddRates& add) const {
      std::string text = "rates";
      for (const oracle::Rate& rate : add.rates) {
        text += " day " + std::to_string(rate.on) + " " + text_of(rate.rate);
      }
      return text;
    }
    std::string operator()(const Import& import) const {
      std::string text = "import";
      for (const oracle::Charge& charge : import.charges) text += line_of(charge);
      return text;
    }
    std::string operator()(const Deliver& delivery) const {
      std::string text = (delivery.replaces ? "replace " : "append ") + delivery.source + " bills";
      for (const oracle::Month bill : delivery.bills) text += " " + std::to_string(bill % 12 + 1);
      for (const oracle::Book::Billed& row : delivery.rows) {
        text += line_of(row.charge) + " in bill " + std::to_string(row.bill % 12 + 1);
      }
      return text;
    }
    std::string operator()(const Stream& stream) const {
      std::string text = "events";
      for (const int number : stream.events) {
        text += line_of(event_charge(number)) + " as event " + std::to_string(number);
      }
      return text;
    }
    static std::string line_of(const oracle::Charge& charge) {
      return "\n    " + std::to_string(charge.at) + " day " + std::to_string(charge.at / 86400) +
                " " + charge.investee + " " + charge.currency + " '" + charge.sub_account + "' " +
                charge.service + "/" + charge.sku + "/" + charge.region + " " +
                text_of(charge.amount) + (charge.reduction ? " reduction" : "");
    }
    std::string operator()(const ChangeEstimate& change) const {
      return "estimate " + change.grant + " " + text_of(change.unused) + " from month " +
             std::to_string(change.from % 12 + 1);
    }
    std::string operator()(const CloseNext&) const { return "close next"; }
    std::string operator()(const ReopenLast&) const { return "reopen last"; }
  };
  return std::visit(Printer{}, operation);
}

Decimal decimal_of(const Rational& value) {
  // Every generated amount has at most 12 fraction digits.
  const Rational scaled = value * 1'000'000'000'000LL;
  REQUIRE(boost::multiprecision::denominator(scaled) == 1);
  return Decimal::from_scaled(static_cast<std::int64_t>(boost::multiprecision::numerator(scaled)),
                              12);
}

namespace {

Currency currency(const std::string& code) { return Currency::from_code(code).value(); }

Amount amount(const Rational& value, const std::string& code) {
  return {decimal_of(value), currency(code)};
}

Investment investment_of(const oracle::Investment& deal) {
  Investment investment;
  investment.id = deal.id;
  investment.investee = deal.investee;
  investment.signed_on = Date{deal.signed_on};
  if (deal.cash) investment.cash = amount(*deal.cash, deal.currency);
  if (deal.fair_value) investment.fair_value_of_stake = amount(*deal.fair_value, deal.currency);
  investment.ssp_percent = decimal_of(deal.ssp_percent);
  investment.shares = deal.shares == oracle::Shares::at_closing ? Shares::at_closing
                                                                : Shares::with_tranche;
  if (deal.fixed_rate) investment.fixed_rate = decimal_of(*deal.fixed_rate);
  investment.accept_price_above_face = true;
  investment.matching.billing_accounts = {"acct-" + deal.investee};
  const auto patterns = [](const std::vector<std::string>& list) {
    return list.empty() ? std::optional<std::vector<std::string>>{} : std::optional{list};
  };
  for (const oracle::Tranche& from : deal.tranches) {
    Tranche tranche{.id = from.id,
                    .face = amount(from.face, from.face_currency),
                    .issued_on = Date{from.issued},
                    .begins_on = std::nullopt,
                    .expires_on = std::nullopt,
                    .priority = from.priority,
                    .transaction_price = std::nullopt,
                    .bonus = from.bonus,
                    .scope = {patterns(from.services), patterns(from.regions), patterns(from.skus)},
                    .breakage_method = from.proportional ? BreakageMethod::proportional
                                                         : BreakageMethod::remote,
                    .expected_unused = std::nullopt};
    if (from.begins) tranche.begins_on = Date{*from.begins};
    if (from.expires) tranche.expires_on = Date{*from.expires};
    if (from.transaction_price) {
      tranche.transaction_price = amount(*from.transaction_price, deal.currency);
    }
    if (from.proportional) {
      tranche.expected_unused =
          ExpectedUnused{ExpectedUnused::Measure::amount, decimal_of(from.expected_unused)};
    }
    investment.tranches.push_back(std::move(tranche));
  }
  return investment;
}

bool record(Books& books, Fact fact) {
  const Instant now{books.state().last_recorded_at.microseconds + 1'000'000};
  return books.record(std::move(fact), {now, "tester", "property"}, RunMode::write).ok();
}

}  // namespace

Charge charge_of(const oracle::Charge& from) {
  Charge charge;
  charge.at = Instant{from.at * 1'000'000};
  charge.key = {from.investee, from.currency, from.billing_account, from.sub_account,
                from.service,  from.sku,      from.region};
  charge.kind = from.reduction ? Charge::Kind::reduction : Charge::Kind::served;
  charge.row_count = 1;
  charge.amount = decimal_of(from.amount);
  return charge;
}

/// One row a charge, below a header.
void add_charge(Delivery& delivery, Charge charge) {
  const RowAddress row{0, std::ssize(delivery.charges) + 2};
  delivery.charges.push_back(std::move(charge));
  delivery.rows_of_charges.push_back({row, row});
}

Delivery delivery_of(const std::vector<oracle::Charge>& charges, std::int64_t nonce) {
  Delivery delivery;
  delivery.terms.overage_currencies = {"USD", "EUR"};
  const Digest digest = sha256("delivery " + std::to_string(nonce));
  delivery.files.push_back(
      {"usage.csv", std::string{digest.begin(), digest.end()}, 1,
       static_cast<std::int64_t>(charges.size()), 0});
  for (const oracle::Charge& from : charges) add_charge(delivery, charge_of(from));
  return delivery;
}

Books empty_books(const History& history) {
  BookOpened opened{.name = "property",
                    .book_id = std::string(32, '0'),
                    .functional_currency = currency("USD"),
                    .time_zone = "UTC",
                    .time_zone_data = "test",
                    .fiscal_start_month = 1,
                    .first_period = std::nullopt};
  if (history.first_month) opened.first_period = Period{*history.first_month};
  return Books::create(Store::in_memory(), opened, {Instant{0}, "tester", "property"}).value();
}

oracle::Book empty_oracle(const History& history) {
  return oracle::Book{{"USD", 2, history.first_month, {}}};
}

bool apply(Books& books, const Operation& operation) {
  struct Applier {
    Books& books;
    bool operator()(const AddDeal& add) const {
      return record(books, InvestmentAdded{investment_of(add.deal), "deal.toml", "deal"});
    }
    bool operator()(const AddRates& add) const {
      RatesImported fact{"rates.csv", std::string(32, 'r'), {}};
      for (const oracle::Rate& rate : add.rates) {
        fact.rows.push_back(
            {Date{rate.on}, currency(rate.currency), decimal_of(rate.rate), "test"});
      }
      return record(books, fact);
    }
    bool operator()(const Import& import) const {
      return record(books, UsageImported{delivery_of(import.charges, books.state().record_count)});
    }
    bool operator()(const Deliver& from) const {
      Delivery delivery = delivery_of({}, books.state().record_count);
      delivery.terms.source = from.source;
      delivery.mode = from.replaces ? DeliveryMode::replace : DeliveryMode::append;
      for (const oracle::Month bill : from.bills) delivery.billing_periods.push_back(Period{bill});
      for (const oracle::Book::Billed& row : from.rows) {
        Charge charge = charge_of(row.charge);
        charge.billing_period = Period{row.bill};
        add_charge(delivery, std::move(charge));
      }
      return record(books, UsageImported{std::move(delivery)});
    }
    bool operator()(const Stream& stream) const {
      std::vector<Event> events;
      for (const int number : stream.events) {
        const Charge charge = charge_of(event_charge(number));
        events.push_back({"meter", std::to_string(number), "used", "", charge.at, charge.key,
                          charge.amount, std::nullopt});
        events.back().key.investee.clear();
      }
      const std::vector<std::string> overage{"EUR", "USD"};
      const auto stamp = [](Instant last) {
        return Result<Stamp>{{Instant{last.microseconds + 1'000'000}, "tester", "property"}};
      };
      return take_events(books, events, {CatchUpClass::new_information, {}, overage}, stamp,
                         RunMode::write)
          .ok();
    }
    bool operator()(const ChangeEstimate& change) const {
      return record(books,
                    EstimateChanged{change.grant,
                                    {ExpectedUnused::Measure::amount, decimal_of(change.unused)},
                                    Period{change.from}});
    }
    bool operator()(const CloseNext&) const {
      const BookState& state = books.state();
      const std::optional<Period> through = state.closed_through();
      if (!through && !state.earliest) return false;  // nothing to close
      // Without a start the first close may be of any period up to the earliest that posts.
      const Period next = through ? through->next() : Period{first_possible};
      PeriodClosed close{next, next, {}, {}, {}, {}};
      const auto standing = books.exceptions(next);
      if (!standing.ok()) return false;
      for (const Exception& exception : *standing) {
        close.accepted.push_back({exception.code, exception.subject});
      }
      return record(books, close);
    }
    bool operator()(const ReopenLast&) const {
      if (books.state().closes.empty()) return false;
      return record(books, PeriodReopened{books.state().closes.back().period});
    }
  };
  return std::visit(Applier{books}, operation);
}

Books book_of(const History& history) {
  Books books = empty_books(history);
  for (const Operation& operation : history.operations) apply(books, operation);
  return books;
}

bool apply(oracle::Book& book, const Operation& operation) {
  struct Applier {
    oracle::Book& book;
    void operator()(const AddDeal& add) const { book.add_investment(add.deal); }
    void operator()(const AddRates& add) const { book.add_rates(add.rates); }
    void operator()(const Import& import) const { book.import_charges(import.charges); }
    void operator()(const Deliver& delivery) const {
      if (delivery.replaces) {
        book.replace(delivery.source, delivery.bills, delivery.rows);
      } else {
        book.deliver(delivery.source, delivery.rows);
      }
    }
    void operator()(const Stream& stream) const {
      std::vector<std::pair<int, oracle::Charge>> events;
      for (const int number : stream.events) events.push_back({number, event_charge(number)});
      book.take_events(events);
    }
    void operator()(const ChangeEstimate& change) const {
      book.estimate(change.grant, change.unused, change.from);
    }
    void operator()(const CloseNext&) const {
      const std::optional<oracle::Month> next = book.next_close();
      if (!next) throw oracle::Refused{"nothing to close"};
      book.close(*next);
    }
    void operator()(const ReopenLast&) const {
      // The last closed month is the one before the next to close.
      const std::optional<oracle::Month> next = book.next_close();
      if (!next) throw oracle::Refused{"nothing to reopen"};
      book.reopen(*next - 1);
    }
  };
  try {
    std::visit(Applier{book}, operation);
    return true;
  } catch (const oracle::Refused&) {
    return false;
  }
}

std::map<oracle::Key, long long> balances_of(const Books& books) {
  std::map<oracle::Key, long long> balances;
  for (const auto& [key, minor_units] : books.store().read_balances()) {
    if (minor_units == 0) continue;
    oracle::Key cell;
    switch (key.account.role) {
      case AccountRole::investment: cell.account = oracle::Account::investment; break;
      case AccountRole::cash: cell.account = oracle::Account::cash; break;
      case AccountRole::unbilled_receivable: cell.account = oracle::Account::unbilled; break;
      case AccountRole::contract_liability: cell.account = oracle::Account::liability; break;
      case AccountRole::revenue: cell.account = oracle::Account::revenue; break;
    }
    cell.investee = key.account.investee;
    cell.investment = key.account.investment;
    cell.grant = key.account.grant;
    if (key.account.role == AccountRole::revenue) cell.revenue = to_string(key.account.kind);
    cell.service = key.account.service;
    cell.region = key.account.region;
    cell.posting = key.posting_period.months;
    cell.origin = key.origin_period.months;
    balances[cell] += minor_units;
  }
  return balances;
}

void check_property(const std::string& name, int cases, const Mix& mix, const Property& property) {
  const char* chosen = std::getenv("ACCRUE_SEED");
  const std::uint64_t first_seed = chosen != nullptr ? std::strtoull(chosen, nullptr, 10) : 20240601;
  for (int i = 0; i < (chosen != nullptr ? 1 : cases); ++i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    History history = random_history(seed, mix);
    std::optional<std::string> wrong = property(history);
    if (!wrong) continue;
    for (std::size_t at = 0; at < history.operations.size();) {
      History shorter = history;
      shorter.operations.erase(shorter.operations.begin() + static_cast<std::ptrdiff_t>(at));
      if (const std::optional<std::string> still = property(shorter)) {
        history = shorter;
        wrong = still;
        at = 0;
      } else {
        ++at;
      }
    }
    std::string text = name + " fails for ACCRUE_SEED=" + std::to_string(seed) + ": " + *wrong +
                       "\nfirst month: " +
                       (history.first_month ? std::to_string(*history.first_month % 12 + 1) : "none");
    for (const Operation& operation : history.operations) text += "\n  " + to_string(operation);
    FAIL(text);
  }
}

}  // namespace accrue::testing
