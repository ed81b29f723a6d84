#include "tests/oracle/oracle.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "tests/oracle/number.h"
#include "tests/oracle/pricing.h"
#include "tests/oracle/serving.h"

namespace oracle {

using Drawn = std::map<Place, Rational>;

/// What is so, or booked, of one grant at the end of a step: cumulative.
struct Book::Standing {
  std::map<Place, long long> usage;
  long long breakage = 0;
  Rational drawn = 0;
  Rational expired = 0;
};

namespace {

void draw_into(Drawn& drawn, const Served& sum, const std::string& grant) {
  for (const Draw& draw : sum.draws) {
    if (draw.grant == grant) drawn[{draw.service, draw.region}] += draw.amount;
  }
}

Rational sum_of(const Drawn& drawn) {
  Rational sum = 0;
  for (const auto& [place, amount] : drawn) sum += amount;
  return sum;
}

bool draws_on(const Served& sum, const std::string& grant) {
  return std::any_of(sum.draws.begin(), sum.draws.end(),
                     [&](const Draw& draw) { return draw.grant == grant; });
}

Key investment_account(const Investment& deal) {
  Key key;
  key.account = Account::investment;
  key.investee = deal.investee;
  key.investment = deal.id;
  return key;
}

Key grant_account(Account account, const Grant& grant, const std::string& revenue = "",
                  const Place& place = {}) {
  Key key;
  key.account = account;
  key.investee = grant.investee;
  key.investment = grant.investment;
  key.grant = grant.terms.id;
  key.revenue = revenue;
  key.service = place.first;
  key.region = place.second;
  return key;
}

}  // namespace

Book::Book(Settings settings) : settings_{std::move(settings)} {}
Book::Book(const Book&) = default;
Book::Book(Book&&) noexcept = default;
Book& Book::operator=(const Book&) = default;
Book& Book::operator=(Book&&) noexcept = default;
Book::~Book() = default;

// --- Records -----------------------------------------------------------------------------------

/// Runs an operation on a copy, so that one that is refused leaves nothing.
template <class Operation>
void Book::record(Operation operation) {
  Book next = *this;
  ++next.record_;
  operation(next);
  next.post();
  *this = std::move(next);
}

void Book::add_investment(const Investment& deal) {
  record([&](Book& book) {
    const RateOn rate_on = [&](const std::string& currency, Day on) {
      return book.rate_on(currency, on);
    };
    const std::vector<Price> prices = prices_of(deal, book.settings_, rate_on);
    book.investments_.push_back(deal);
    if (deal.cash) {
      Key cash = investment_account(deal);
      cash.account = Account::cash;
      const Rational rate = deal_rate(deal, deal.signed_on, book.settings_, rate_on);
      const Rational minor = *deal.cash * rate * minor_units(book.settings_.functional_digits);
      book.receipts_.push_back(
          {month_of_day(deal.signed_on), investment_account(deal), cash, round_half_even(minor)});
    }
    for (std::size_t i = 0; i < deal.tranches.size(); ++i) {
      const Tranche& terms = deal.tranches[i];
      if (terms.face <= 0) throw Refused("a face is above zero");
      if (terms.expected_unused < 0 || terms.expected_unused >= terms.face) {
        throw Refused("expected unused is at least zero and less than the face");
      }
      const Grant grant{terms,           deal.investee, deal.id, prices[i].per_face,
                        prices[i].minor, book.record_};
      book.grants_.push_back(grant);
      book.receipts_.push_back({month_of_day(shares_received_on(deal, terms)),
                                investment_account(deal), grant_account(Account::liability, grant),
                                grant.price});
    }
  });
}

void Book::add_rates(const std::vector<Rate>& rates) {
  record([&](Book& book) { book.rates_.insert(book.rates_.end(), rates.begin(), rates.end()); });
}

void Book::import_charges(const std::vector<Charge>& charges) {
  record([&](Book& book) {
    for (const Charge& charge : charges) book.charges_.push_back({charge, std::nullopt});
  });
}

void Book::deliver(const std::string& source, const std::vector<Billed>& rows) {
  record([&](Book& book) {
    for (const Billed& row : rows) {
      book.charges_.push_back({row.charge, std::nullopt});
      book.delivered_.push_back({source, row});
    }
  });
}

void Book::replace(const std::string& source, const std::vector<Month>& bills,
                   const std::vector<Billed>& rows) {
  // Charges that differ in nothing but the amount, which is left out of the comparison.
  using Slot = std::tuple<Month, ChargeKey, bool>;
  const auto slot_of = [](const Billed& row) {
    const Charge& c = row.charge;
    return Slot{row.bill,
                {c.at, c.investee, c.currency, c.billing_account, c.sub_account, c.service, c.sku,
                 c.region},
                c.reduction};
  };
  std::map<Slot, std::pair<Billed, Rational>> wanted;
  const auto add = [&](const Billed& row, const Rational& amount) {
    wanted.try_emplace(slot_of(row), row, Rational{0}).first->second.second += amount;
  };
  for (const Billed& row : rows) add(row, row.charge.amount);
  for (const auto& [from, row] : delivered_) {
    const bool is_replaced =
        from == source && std::find(bills.begin(), bills.end(), row.bill) != bills.end();
    if (is_replaced) add(row, Rational(-row.charge.amount));
  }
  std::vector<Billed> changes;
  for (auto& [slot, change] : wanted) {
    if (change.second == 0) continue;
    change.first.charge.amount = change.second;
    changes.push_back(change.first);
  }
  deliver(source, changes);
}

void Book::take_events(const std::vector<std::pair<int, Charge>>& events) {
  record([&](Book& book) {
    for (const auto& [id, charge] : events) {
      const std::string& investee = charge.investee;
      const bool is_investee = std::any_of(
          book.investments_.begin(), book.investments_.end(),
          [&](const Investment& deal) { return deal.investee == investee; });
      const bool is_new = book.events_.insert(id).second;
      if (is_new && is_investee) book.charges_.push_back({charge, std::nullopt});
    }
  });
}

void Book::estimate(const std::string& id, const Rational& unused, Month from) {
  record([&](Book& book) {
    const auto grant = std::find_if(book.grants_.begin(), book.grants_.end(),
                                    [&](const Grant& g) { return g.terms.id == id; });
    if (grant == book.grants_.end()) throw Refused("an estimate of no grant");
    if (!grant->terms.proportional) throw Refused("an estimate of a grant that is remote");
    if (!book.is_open(from)) throw Refused("an estimate from a closed month");
    if (unused < 0 || unused >= grant->terms.face) {
      throw Refused("expected unused is at least zero and less than the face");
    }
    book.estimates_.push_back({id, unused, from});
  });
}

void Book::close(Month month) {
  if (next_close() != month) throw Refused("months are closed in order");
  record([&](Book& book) {
    book.post(month);  // with the expiry of the month
    book.freeze(month);
    book.closes_.push_back({month, book.record_, {}});
    for (const auto& [key, amount] : book.balances()) {
      if (key.posting <= month) book.closes_.back().balances[key] = amount;
    }
  });
}

void Book::reopen(Month month) {
  if (closes_.empty() || closes_.back().month != month) {
    throw Refused("only the last close is taken back");
  }
  record([&](Book& book) {
    book.closes_.pop_back();
    std::erase_if(book.frozen_, [&](const FrozenSum& sum) { return sum.frozen_by == month; });
    for (BookedCharge& charge : book.charges_) {
      if (charge.frozen_by == month) charge.frozen_by.reset();
    }
    for (Receipt& receipt : book.receipts_) {
      if (receipt.frozen_by == month) receipt.frozen_by.reset();
    }
  });
}

/// Everything open whose period is covered, late ones included, stays as it is for good.
void Book::freeze(Month through) {
  for (const Served& sum : served_) {
    if (month_of(sum.key.at) <= through) frozen_.push_back({sum, through});
  }
  for (BookedCharge& it : charges_) {
    if (!it.frozen_by && month_of(it.charge.at) <= through) it.frozen_by = through;
  }
  for (Receipt& it : receipts_) {
    if (!it.frozen_by && it.origin <= through) it.frozen_by = through;
  }
}

// --- Months ------------------------------------------------------------------------------------

std::optional<Month> Book::last_closed() const {
  if (!closes_.empty()) return closes_.back().month;
  if (settings_.first_month) return *settings_.first_month - 1;
  return std::nullopt;
}

bool Book::is_open(Month month) const {
  const std::optional<Month> last = last_closed();
  return !last || month > *last;
}

/// The month in which something of an origin is posted.
Month Book::home(Month origin) const { return is_open(origin) ? origin : *last_closed() + 1; }

std::optional<Month> Book::next_close() const {
  if (const std::optional<Month> last = last_closed()) return *last + 1;
  std::set<Month> dates;
  const auto add_day = [&](std::optional<Day> on) {
    if (on) dates.insert(month_of_day(*on));
  };
  for (const Investment& deal : investments_) {
    add_day(deal.signed_on);
    for (const Tranche& tranche : deal.tranches) {
      add_day(tranche.issued);
      add_day(tranche.begins);
      add_day(tranche.expires);
    }
  }
  for (const Rate& rate : rates_) add_day(rate.on);
  for (const Estimate& it : estimates_) dates.insert(it.from);
  for (const BookedCharge& it : charges_) dates.insert(month_of(it.charge.at));
  if (dates.empty()) return std::nullopt;
  return *dates.begin();
}

// --- Posting: the difference between what is so and what is booked -----------------------------

void Book::post(std::optional<Month> closing) {
  std::vector<Served> frozen;
  for (const FrozenSum& it : frozen_) frozen.push_back(it.sum);
  std::vector<Charge> open;
  for (const BookedCharge& it : charges_) {
    if (!it.frozen_by) open.push_back(it.charge);
  }
  served_ = serve(grants_, frozen, open);

  std::map<Key, long long> target;
  std::map<FaceCell, Rational> faces;
  add_receipts(target);
  add_overage(target);
  for (const Grant& grant : grants_) add_recognition(target, faces, grant, closing);
  reconcile(journal_, target);
  reconcile(face_journal_, faces);
}

/// Appends target less booked, for every cell of the open months. Closed months are not touched.
template <class Cell, class Number>
void Book::reconcile(std::vector<Posting<Cell, Number>>& journal, std::map<Cell, Number> target) {
  for (const Posting<Cell, Number>& it : journal) {
    if (is_open(it.cell.posting)) target[it.cell] -= it.amount;
  }
  for (const auto& [cell, difference] : target) {
    if (difference != 0) journal.push_back({record_, cell, difference});
  }
}

void Book::add(std::map<Key, long long>& target, Key key, Month origin, long long amount) const {
  key.origin = origin;
  key.posting = home(origin);
  target[key] += amount;
}

void Book::add_receipts(std::map<Key, long long>& target) const {
  for (const Receipt& it : receipts_) {
    if (it.frozen_by) continue;
    add(target, it.debit, it.origin, it.amount);
    add(target, it.credit, it.origin, -it.amount);
  }
}

// --- Overage -----------------------------------------------------------------------------------

Rational Book::rate_on(const std::string& currency, Day on) const {
  if (currency == settings_.functional_currency) return 1;
  const Rate* latest = nullptr;  // of equal days the last recorded
  for (const Rate& rate : rates_) {
    if (rate.currency != currency || rate.on > on) continue;
    if (latest == nullptr || rate.on >= latest->on) latest = &rate;
  }
  if (latest == nullptr) throw Refused("no rate is known for " + currency);
  return latest->rate;
}

Rational Book::overage_rate(const std::string& investee, const std::string& currency,
                            Day on) const {
  if (currency == settings_.functional_currency) return 1;
  std::set<std::optional<Rational>> fixed;
  std::set<std::string> fixed_currencies;
  for (const Investment& deal : investments_) {
    if (deal.investee != investee) continue;
    fixed.insert(deal.fixed_rate);
    fixed_currencies.insert(deal.currency);
    for (const Tranche& tranche : deal.tranches) fixed_currencies.insert(tranche.face_currency);
  }
  const bool shared = fixed.size() == 1 && fixed.begin()->has_value();
  if (shared && fixed_currencies.contains(currency)) return **fixed.begin();
  return rate_on(currency, on);
}

/// The open charges of an origin are summed and rounded on their own; what is booked for a closed
/// origin stays.
void Book::add_overage(std::map<Key, long long>& target) const {
  std::map<std::tuple<std::string, std::string, Month>, std::map<Place, Rational>> exact;
  for (const Served& sum : served_) {
    for (const Draw& draw : sum.draws) {
      if (!draw.grant.empty()) continue;
      const Rational rate = overage_rate(sum.key.investee, sum.key.currency, day_of(sum.key.at));
      exact[{sum.key.investee, sum.key.currency, month_of(sum.key.at)}]
           [{draw.service, draw.region}] +=
          draw.amount * rate * minor_units(settings_.functional_digits);
    }
  }
  for (const auto& [group, places] : exact) {
    const auto& [investee, currency, origin] = group;
    const long long total = round_half_even(sum_of(places));
    Key unbilled;
    unbilled.account = Account::unbilled;
    unbilled.investee = investee;
    add(target, unbilled, origin, total);
    for (const auto& [place, amount] : spread(total, places)) {
      Key revenue;
      revenue.account = Account::revenue;
      revenue.investee = investee;
      revenue.revenue = "usage";
      revenue.service = place.first;
      revenue.region = place.second;
      add(target, revenue, origin, -amount);
    }
  }
}

// --- Recognition -------------------------------------------------------------------------------

/// The estimate that holds in a month.
Rational Book::unused_in(Month month, const Grant& grant) const {
  if (!grant.terms.proportional) return 0;
  Rational unused = grant.terms.expected_unused;
  std::optional<Month> start;  // the terms hold from the beginning
  for (const Estimate& it : estimates_) {
    if (it.grant != grant.terms.id || it.from > month) continue;
    if (start && it.from < *start) continue;
    start = it.from;
    unused = it.unused;
  }
  return unused;
}

/// Whether the expiry was booked by a close: that of its month, or a later one.
bool Book::booked_expiry(const Grant& grant) const {
  const std::optional<Month> expiry = expiry_month(grant);
  return expiry && !closes_.empty() && *expiry <= closes_.back().month &&
         grant.record < closes_.back().record;
}

std::vector<Book::Step> Book::steps_of(const Grant& grant, std::optional<Month> closing) const {
  const std::optional<Month> last = last_closed();
  const std::optional<Month> expiry = expiry_month(grant);
  std::set<Month> origins;
  for (const Served& sum : served_) {
    if (draws_on(sum, grant.terms.id)) origins.insert(month_of(sum.key.at));
  }
  for (const Estimate& it : estimates_) {
    if (it.grant == grant.terms.id && is_open(it.from)) origins.insert(it.from);
  }
  // An expiry is booked by the close of its month, or at once where that month is closed already.
  const bool expires_now =
      expiry && !booked_expiry(grant) && (!is_open(*expiry) || (closing && *expiry <= *closing));
  if (expires_now) origins.insert(*expiry);

  std::vector<Step> steps;
  for (const Month origin : origins) {
    const Month estimate_of = is_open(origin) ? origin : *last;
    const bool expired = booked_expiry(grant) || (expires_now && *expiry <= origin);
    steps.push_back({origin, unused_in(estimate_of, grant), expired});
  }
  return steps;
}

/// Step 0.
Book::Standing Book::booked_in_closed(const Grant& grant) const {
  Standing booked;
  for (const Posting<Key, long long>& it : journal_) {
    if (it.cell.grant != grant.terms.id || it.cell.account != Account::revenue) continue;
    if (is_open(it.cell.posting)) continue;
    if (it.cell.revenue == "usage") {
      booked.usage[{it.cell.service, it.cell.region}] -= it.amount;
    } else {
      booked.breakage -= it.amount;
    }
  }
  for (const Posting<FaceCell, Rational>& it : face_journal_) {
    if (it.cell.grant != grant.terms.id || is_open(it.cell.posting)) continue;
    (it.cell.movement == "drawn" ? booked.drawn : booked.expired) += it.amount;
  }
  return booked;
}

/// What is so at the end of a step (section 6). A remote grant expects nothing unused.
Book::Standing Book::standing(const Grant& grant, const Drawn& drawn, const Step& step) const {
  const Rational face = grant.terms.face;
  const Rational price = grant.price;
  Standing so;
  so.drawn = sum_of(drawn);

  Drawn exact;
  for (const auto& [place, amount] : drawn) exact[place] = price * amount / face;
  const long long usage = round_half_even(price * so.drawn / face);
  so.usage = spread(usage, exact);

  Rational progress = so.drawn / (face - step.unused);
  if (progress > 1) progress = 1;
  const long long total = step.expired ? grant.price : round_half_even(price * progress);
  so.breakage = total - usage;
  if (step.expired) so.expired = face - so.drawn;
  return so;
}

void Book::add_recognition(std::map<Key, long long>& target, std::map<FaceCell, Rational>& faces,
                           const Grant& grant, std::optional<Month> closing) const {
  const std::string& id = grant.terms.id;
  const auto earn = [&](Month origin, const Key& revenue, long long amount) {
    add(target, revenue, origin, -amount);
    add(target, grant_account(Account::liability, grant), origin, amount);
  };
  Drawn drawn;
  for (const FrozenSum& it : frozen_) draw_into(drawn, it.sum, id);
  Standing before = booked_in_closed(grant);
  for (const Step& step : steps_of(grant, closing)) {
    for (const Served& sum : served_) {
      if (month_of(sum.key.at) == step.origin) draw_into(drawn, sum, id);
    }
    const Standing after = standing(grant, drawn, step);
    std::map<Place, long long> change = after.usage;
    for (const auto& [place, amount] : before.usage) change[place] -= amount;
    for (const auto& [place, amount] : change) {
      earn(step.origin, grant_account(Account::revenue, grant, "usage", place), amount);
    }
    earn(step.origin, grant_account(Account::revenue, grant, "breakage"),
         after.breakage - before.breakage);
    faces[{id, "drawn", home(step.origin), step.origin}] += after.drawn - before.drawn;
    faces[{id, "expired", home(step.origin), step.origin}] += after.expired - before.expired;
    before = after;
  }
}

// --- What the book shows -----------------------------------------------------------------------

std::map<Key, long long> Book::balances() const {
  std::map<Key, long long> sums;
  for (const Posting<Key, long long>& it : journal_) sums[it.cell] += it.amount;
  std::erase_if(sums, [](const auto& cell) { return cell.second == 0; });
  return sums;
}

std::map<std::pair<std::string, Month>, Faces> Book::faces() const {
  std::map<std::pair<std::string, Month>, Faces> rows;
  for (const Posting<FaceCell, Rational>& it : face_journal_) {
    Faces& row = rows[{it.cell.grant, it.cell.posting}];
    (it.cell.movement == "drawn" ? row.drawn : row.expired) += it.amount;
  }
  std::erase_if(rows,
                [](const auto& row) { return row.second.drawn == 0 && row.second.expired == 0; });
  for (const Grant& grant : grants_) {
    Rational left = grant.terms.face;
    for (auto& [key, row] : rows) {
      if (key.first != grant.terms.id) continue;
      left -= row.drawn + row.expired;
      row.left = left;
    }
  }
  return rows;
}

long long Book::price(const std::string& id) const {
  for (const Grant& grant : grants_) {
    if (grant.terms.id == id) return grant.price;
  }
  throw Refused("no grant " + id);
}

std::vector<Exception> Book::exceptions() const {
  std::vector<Exception> found;
  const std::optional<Month> closing = next_close();
  if (!closing) return found;
  for (const Served& sum : served_) {
    if (month_of(sum.key.at) > *closing) continue;
    for (const Draw& draw : sum.draws) {
      const ChargeKey& key = sum.key;
      if (!draw.unmatched) continue;
      found.push_back({"unmatched_refund", key.investee + "|" + key.billing_account + "|" +
                                               key.sub_account + "|" + key.service + "|" + key.sku +
                                               "|" + key.region});
    }
  }
  for (const Grant& grant : grants_) {
    if (!grant.terms.proportional || booked_expiry(grant)) continue;
    Drawn drawn;
    for (const FrozenSum& it : frozen_) draw_into(drawn, it.sum, grant.terms.id);
    for (const Served& sum : served_) {
      if (month_of(sum.key.at) <= *closing) draw_into(drawn, sum, grant.terms.id);
    }
    if (sum_of(drawn) > grant.terms.face - unused_in(*closing, grant)) {
      found.push_back({"refuted_estimate", grant.terms.id});
    }
  }
  return found;
}

/// Section 10, numbers 1 to 5, each from the journal or the draws and not from the targets.
std::vector<std::string> Book::broken_ties() const {
  std::vector<std::string> broken;
  const auto tie = [&](bool holds, const std::string& what) {
    if (!holds) broken.push_back(what);
  };

  std::map<std::tuple<std::size_t, Month, Month>, long long> entries;
  for (const Posting<Key, long long>& it : journal_) {
    entries[{it.record, it.cell.posting, it.cell.origin}] += it.amount;
  }
  for (const auto& [entry, sum] : entries) {
    tie(sum == 0, "1: an entry of record " + std::to_string(std::get<0>(entry)));
  }

  std::vector<Served> sums = served_;
  for (const FrozenSum& it : frozen_) sums.push_back(it.sum);
  const std::map<Key, long long> balances = this->balances();
  for (const Grant& grant : grants_) {
    const std::string& id = grant.terms.id;
    Rational drawn = 0;
    Rational expired = 0;
    Rational left = grant.terms.face;
    for (const auto& [key, row] : faces()) {
      if (key.first != id) continue;
      drawn += row.drawn;
      expired += row.expired;
      left = row.left;
      tie(drawn >= 0 && expired >= 0 && left >= 0, "2: a face below zero of " + id);
    }
    tie(drawn + expired + left == grant.terms.face, "2: the face of " + id);
    Drawn served;
    for (const Served& sum : sums) draw_into(served, sum, id);
    tie(drawn == sum_of(served), "2: the drawn face of " + id);

    long long liability = 0;
    long long recognised = 0;
    for (const auto& [key, amount] : balances) {
      if (key.grant != id) continue;
      (key.account == Account::liability ? liability : recognised) -= amount;
    }
    tie(grant.price == recognised + liability, "3: the price of " + id);
    tie(recognised >= 0 && liability >= 0, "3: recognised of " + id + " beyond its price");
  }

  for (const Served& sum : sums) {
    Rational draws = 0;
    for (const Draw& draw : sum.draws) draws += draw.amount;
    tie(draws == sum.amount, "4: a served sum of " + sum.key.investee);
  }
  for (const Close& close : closes_) {
    std::map<Key, long long> now = balances;
    std::erase_if(now, [&](const auto& cell) { return cell.first.posting > close.month; });
    tie(now == close.balances, "5: closed months moved after a close");
  }
  return broken;
}

}  // namespace oracle
