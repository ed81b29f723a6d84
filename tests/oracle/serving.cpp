#include "tests/oracle/serving.h"

#include <algorithm>
#include <compare>
#include <limits>
#include <map>
#include <tuple>

namespace oracle {

namespace {

/// What stands served, less what refunds took: where a refund looks.
struct Bucket {
  std::string investee;
  std::string currency;
  Month served_in = 0;
  std::string grant;  // empty: overage
  std::string service;
  std::string sku;
  std::string region;
  auto operator<=>(const Bucket&) const = default;
};

/// The state that serving walks through.
struct Table {
  std::vector<Grant> grants;  // in the order in which they are tried
  std::map<std::string, Rational> left;
  std::map<Bucket, Rational> stands;
};

bool tried_before(const Grant& a, const Grant& b) {
  const auto rank = [](const Grant& grant) {
    const Tranche& terms = grant.terms;
    const bool unlimited = terms.services.empty() && terms.skus.empty() && terms.regions.empty();
    return std::make_tuple(terms.priority,
                           ends_at(grant).value_or(std::numeric_limits<Second>::max()), unlimited,
                           grant.price_per_face, begins_at(grant), terms.id);
  };
  return rank(a) < rank(b);
}

bool in_scope(const std::vector<std::string>& patterns, const std::string& text) {
  if (patterns.empty()) return true;
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches(pattern, text); });
}

bool can_pay(const Grant& grant, const ChargeKey& charge) {
  const Tranche& terms = grant.terms;
  const std::optional<Second> ends = ends_at(grant);
  return grant.investee == charge.investee && terms.face_currency == charge.currency &&
         in_scope(terms.services, charge.service) && in_scope(terms.skus, charge.sku) &&
         in_scope(terms.regions, charge.region) && begins_at(grant) <= charge.at &&
         (!ends || charge.at < *ends);
}

/// Enters a served sum: face is drawn or returned, and refunds may look at it.
void enter(Table& table, const Served& sum) {
  for (const Draw& draw : sum.draws) {
    if (!draw.grant.empty()) table.left[draw.grant] -= draw.amount;
    if (sum.reduction || draw.unmatched) continue;
    table.stands[{sum.key.investee, sum.key.currency, draw.served_in, draw.grant, draw.service,
                  draw.sku, draw.region}] += draw.amount;
  }
}

std::vector<Draw> pay(const Table& table, const ChargeKey& charge, const Rational& amount) {
  std::vector<Draw> draws;
  const auto add = [&](const std::string& grant, const Rational& part) {
    if (part == 0) return;
    draws.push_back({grant, part, month_of(charge.at), charge.service, charge.sku, charge.region});
  };
  Rational rest = amount;
  for (const Grant& grant : table.grants) {
    if (!can_pay(grant, charge)) continue;
    const Rational left = table.left.at(grant.terms.id);
    const Rational part = left < rest ? left : rest;
    add(grant.terms.id, part);
    rest -= part;
  }
  add("", rest);
  return draws;
}

std::vector<Draw> take_back(const Table& table, const ChargeKey& refund, const Rational& amount) {
  const auto place_in_order = [&](const std::string& grant) {
    for (std::size_t i = 0; i < table.grants.size(); ++i) {
      if (table.grants[i].terms.id == grant) return static_cast<int>(i);
    }
    return std::numeric_limits<int>::max();  // overage comes after every grant
  };
  std::vector<std::pair<Bucket, Rational>> found;
  for (const auto& [bucket, stands] : table.stands) {
    if (stands > 0 && bucket.investee == refund.investee && bucket.currency == refund.currency &&
        bucket.service == refund.service && (refund.sku.empty() || bucket.sku == refund.sku) &&
        (refund.region.empty() || bucket.region == refund.region)) {
      found.emplace_back(bucket, stands);
    }
  }
  std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
    // Newest first, and in the reverse of the order of payment; then forwards by the key.
    const auto rank = [&](const Bucket& it) {
      return std::make_tuple(-it.served_in, -place_in_order(it.grant), it.service, it.sku,
                             it.region);
    };
    return rank(a.first) < rank(b.first);
  });

  std::vector<Draw> draws;
  Rational rest = -amount;
  for (const auto& [bucket, stands] : found) {
    const Rational part = stands < rest ? stands : rest;
    if (part == 0) break;
    draws.push_back({bucket.grant, Rational(-part), bucket.served_in, bucket.service, bucket.sku,
                     bucket.region});
    rest -= part;
  }
  if (rest > 0) {
    draws.push_back({"", Rational(-rest), month_of(refund.at), refund.service, refund.sku,
                     refund.region, true});
  }
  return draws;
}

/// The sums in the order in which they are served.
std::vector<Served> sums_of(const std::vector<Charge>& charges) {
  std::map<ChargeKey, Rational> sums;
  for (const Charge& c : charges) {
    if (c.reduction) continue;
    sums[{c.at, c.investee, c.currency, c.billing_account, c.sub_account, c.service, c.sku,
          c.region}] += c.amount;
  }
  std::vector<Served> queue;
  for (const auto& [key, amount] : sums) {
    if (amount != 0) queue.push_back({key, amount, false, {}});
  }
  // The map has them by key, which begins with the instant.
  std::stable_sort(queue.begin(), queue.end(), [](const Served& a, const Served& b) {
    return std::make_pair(a.key.at, a.amount < 0) < std::make_pair(b.key.at, b.amount < 0);
  });
  return queue;
}

Served reduction_of(const Charge& c) {
  Served sum{
      {c.at, c.investee, c.currency, c.billing_account, c.sub_account, c.service, c.sku, c.region},
      c.amount,
      true,
      {}};
  if (c.amount != 0) {
    sum.draws.push_back({"", c.amount, month_of(c.at), c.service, c.sku, c.region});
  }
  return sum;
}

}  // namespace

Second begins_at(const Grant& grant) {
  return Second{86'400} *
         std::max(grant.terms.begins.value_or(grant.terms.issued), grant.terms.issued);
}

std::optional<Second> ends_at(const Grant& grant) {
  if (!grant.terms.expires) return std::nullopt;
  return Second{86'400} * *grant.terms.expires;
}

std::optional<Month> expiry_month(const Grant& grant) {
  if (!grant.terms.expires) return std::nullopt;
  return month_of_day(*grant.terms.expires - 1);
}

std::vector<Served> serve(const std::vector<Grant>& grants, const std::vector<Served>& frozen,
                          const std::vector<Charge>& open) {
  Table table{grants, {}, {}};
  std::sort(table.grants.begin(), table.grants.end(), tried_before);
  for (const Grant& grant : grants) table.left[grant.terms.id] = grant.terms.face;
  for (const Served& sum : frozen) enter(table, sum);

  std::vector<Served> served;
  for (Served& sum : sums_of(open)) {
    sum.draws =
        sum.amount > 0 ? pay(table, sum.key, sum.amount) : take_back(table, sum.key, sum.amount);
    enter(table, sum);
    served.push_back(sum);
  }
  for (const Charge& charge : open) {
    if (charge.reduction) served.push_back(reduction_of(charge));
  }
  return served;
}

bool matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
  }
  if (text.empty()) return false;
  const std::size_t close = pattern[0] == '['
                                ? pattern.find(']', pattern.size() > 1 && pattern[1] == '!' ? 3 : 2)
                                : std::string_view::npos;
  if (close == std::string_view::npos) {  // a character, or a bracket that nothing closes
    return (pattern[0] == '?' || pattern[0] == text[0]) &&
           matches(pattern.substr(1), text.substr(1));
  }
  const bool negated = pattern[1] == '!';
  const std::string_view set = pattern.substr(negated ? 2 : 1, close - (negated ? 2 : 1));
  bool in_set = false;
  const auto byte = [](char c) { return static_cast<unsigned char>(c); };
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-') {
      in_set = in_set || (byte(set[i]) <= byte(text[0]) && byte(text[0]) <= byte(set[i + 2]));
      i += 2;
    } else {
      in_set = in_set || set[i] == text[0];
    }
  }
  return in_set != negated && matches(pattern.substr(close + 1), text.substr(1));
}

}  // namespace oracle
