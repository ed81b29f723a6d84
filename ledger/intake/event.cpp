#include "ledger/intake/event.h"

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "ledger/intake/fact_bytes.h"
#include "ledger/intake/fact_fields.h"
#include "ledger/proof/sha256.h"

namespace accrue {

namespace {

/// Texts that repeat, each written once and named by its number.
class Vocabulary {
 public:
  void add(const std::string& text) { numbers_.try_emplace(text, 0); }
  void number() {
    std::uint64_t next = 0;
    for (auto& [text, number] : numbers_) number = next++;
  }
  std::uint64_t operator[](const std::string& text) const { return numbers_.at(text); }
  const std::map<std::string_view, std::uint64_t>& texts() const { return numbers_; }

 private:
  std::map<std::string_view, std::uint64_t> numbers_;
};

}  // namespace

std::string content_hash(const Event& event) {
  ByteWriter out;
  for (const std::string* text :
       {&event.source, &event.id, &event.type, &event.subject, &event.key.billing_account,
        &event.key.sub_account, &event.key.service, &event.key.sku, &event.key.region}) {
    out.put_text(*text);
  }
  out.put_i64(event.at.microseconds);
  out.put_u8(event.metered ? 1 : 0);
  out.put_decimal(event.metered ? event.metered->quantity : event.amount);
  out.put_text(event.metered ? event.metered->unit : event.key.currency);
  const Digest digest = sha256(out.take());
  return {digest.begin(), digest.end()};
}

void FactWriter::operator()(const std::vector<Event>& events) {
  Vocabulary words;
  std::map<ChargeKey, std::uint64_t> keys;
  for (const Event& event : events) {
    for (const std::string* text : {&event.source, &event.type, &event.subject}) words.add(*text);
    if (event.metered) {
      words.add(event.metered->unit);
      words.add(event.metered->rate_card);
    }
    keys.try_emplace(event.key, 0);
  }
  words.number();
  out_.put_list(words.texts(), [this](const auto& word) { out_.put_text(word.first); });
  std::uint64_t next = 0;
  out_.put_i64(static_cast<std::int64_t>(keys.size()));
  for (auto& [key, number] : keys) {
    number = next++;
    (*this)(key);
  }

  std::int64_t previous_at = 0;
  out_.put_list(events, [&](const Event& event) {
    out_.put_varint(words[event.source]);
    out_.put_text(event.id);
    out_.put_varint(words[event.type]);
    out_.put_varint(words[event.subject]);
    out_.put_signed_varint(wrapping_difference(event.at.microseconds, previous_at));
    previous_at = event.at.microseconds;
    out_.put_varint(keys.at(event.key));
    out_.put_packed_decimal(event.amount);
    out_.put_optional(event.metered, [&](const Metered& metered) {
      out_.put_packed_decimal(metered.quantity);
      out_.put_varint(words[metered.unit]);
      out_.put_packed_decimal(metered.unit_price);
      out_.put_varint(words[metered.rate_card]);
    });
  });
}

void FactReader::operator()(std::vector<Event>& events) {
  std::vector<std::string> texts;
  (*this)(texts);
  Dictionary words{std::move(texts)};
  std::vector<ChargeKey> listed_keys;
  (*this)(listed_keys);
  Dictionary keys{std::move(listed_keys)};

  std::int64_t at = 0;
  for (std::size_t count = in_.get_count(); count > 0; --count) {
    Event& event = events.emplace_back();
    event.source = words.at(in_.get_varint());
    event.id = in_.get_text();
    event.type = words.at(in_.get_varint());
    event.subject = words.at(in_.get_varint());
    at = wrapping_sum(at, in_.get_signed_varint());
    require_stored_instant(at);
    event.at = Instant{at};
    event.key = keys.at(in_.get_varint());
    event.amount = in_.get_packed_decimal();
    if (!flag()) continue;
    Metered& metered = event.metered.emplace();
    metered.quantity = in_.get_packed_decimal();
    metered.unit = words.at(in_.get_varint());
    metered.unit_price = in_.get_packed_decimal();
    metered.rate_card = words.at(in_.get_varint());
  }
  words.finish();
  keys.finish();
}

}  // namespace accrue
