#include "cli/sample_file.h"

#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "cli/files.h"
#include "cli/render_json.h"

namespace accrue {

namespace {

using Json = nlohmann::json;

constexpr std::string_view schema = "accrue.report.sample/1";

/// Null for a text that is no JSON.
Json parsed(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_discarded() ? Json{} : json;
}

/// The enumerator that is spelled so; none for another word.
template <typename T, std::size_t size>
std::optional<T> spelled(const std::string& word, const std::array<T, size>& all) {
  for (const T each : all) {
    if (word == to_string(each)) return each;
  }
  return std::nullopt;
}

constexpr std::array populations{SampleOf::draws, SampleOf::cash_funded, SampleOf::entries};
constexpr std::array roles{AccountRole::investment, AccountRole::cash,
                           AccountRole::unbilled_receivable, AccountRole::contract_liability,
                           AccountRole::revenue};

std::string text_of(const Json& json, const char* name) {
  return json.at(name).get<std::string>();
}

/// Null where a term is none that a sample can have.
std::optional<PopulationTerms> population_of(const Json& json) {
  const Json& totals = json.at("totals");
  const std::optional<SampleOf> of = spelled(text_of(totals, "of"), populations);
  const Result<Period> first = Period::parse(text_of(json.at("period"), "from"));
  const Result<Period> last = Period::parse(text_of(json.at("period"), "to"));
  if (!of || !first.ok() || !last.ok() || *last < *first) return std::nullopt;
  PopulationTerms terms{.of = *of, .period = {*first, *last}};
  if (*of == SampleOf::entries) {
    const std::optional<AccountRole> role = spelled(text_of(totals, "role"), roles);
    if (!role) return std::nullopt;
    terms.role = *role;
    return terms;
  }
  const Result<Currency> currency = Currency::from_code(text_of(json, "currency"));
  if (!currency.ok()) return std::nullopt;
  terms.currency = *currency;
  return terms;
}

/// As population_of. What is not of the form the program prints throws.
std::optional<SampleTerms> terms_of(const Json& json) {
  const Json& totals = json.at("totals");
  const std::optional<PopulationTerms> population = population_of(json);
  if (!population) return std::nullopt;
  SampleTerms terms{.population = *population, .method = RandomItems{}};
  terms.seed = totals.at("seed").get<std::int64_t>();
  if (totals.at("by").is_string()) terms.strata = Strata::by_investee;
  if (text_of(totals, "method") == "random") {
    terms.method = RandomItems{totals.at("count").get<std::int64_t>()};
    if (std::get<RandomItems>(terms.method).count < 1) return std::nullopt;
    return terms;
  }
  const Result<Decimal> interval = Decimal::parse(text_of(totals, "interval"));
  if (text_of(totals, "method") != "mus" || !interval.ok() || interval->sign() <= 0) {
    return std::nullopt;
  }
  terms.method = MonetaryUnits{*interval};
  return terms;
}

}  // namespace

bool SampleFile::equals(const Report& report) const {
  const Json stated = parsed(text);
  const Json drawn = parsed(render_json(report, {}, {}));
  return stated.value("rows", Json{}) == drawn.at("rows") &&
         stated.value("totals", Json{}) == drawn.at("totals") &&
         stated.value("book", Json{}) == drawn.at("book");
}

Result<SampleFile> read_sample_file(const std::string& path) {
  ACCRUE_TRY(text, read_file(path));
  const Json json = parsed(text);
  const auto refused = [&](const std::string& what) {
    return Error{.code = ErrorCode::not_a_sample,
                 .message = path + " is not a sample: " + what,
                 .place = Place{.file = path},
                 .hint = "write one with accrue audit sample ... -o sample.json"};
  };
  try {
    if (text_of(json, "schema") != schema) {
      return refused("its schema is not " + std::string{schema});
    }
    const std::optional<SampleTerms> terms = terms_of(json);
    const auto records = json.at("as_of").at("records").get<std::int64_t>();
    if (!terms || records < 1) return refused("its terms are none that a sample can have");
    return SampleFile{records, text_of(json.at("as_of"), "root"), *terms, text};
  } catch (const Json::exception& error) {
    return refused(error.what());
  }
}

Error sample_differs(const std::string& path, std::string note) {
  return Error{.code = ErrorCode::sample_differs,
               .message = "the book does not give the sample that " + path + " states",
               .place = Place{.file = path},
               .notes = {std::move(note)},
               .hint = "use the book it was drawn from, or draw it again"};
}

}  // namespace accrue
