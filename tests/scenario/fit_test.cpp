// Fits to the past, worked by hand, and again in fractions by another program.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/fit.h"
#include "tests/cli/program.h"

using namespace accrue;

namespace {

using Texts = std::vector<std::string>;
using Model = FitCurve::Model;

std::vector<Decimal> decimals(const Texts& texts) {
  std::vector<Decimal> values;
  for (const std::string& text : texts) values.push_back(Decimal::parse(text).value());
  return values;
}

Fitted fitted(Model model, int months, const Texts& history, int month_count) {
  return fit({model, months}, decimals(history), month_count).value();
}

Texts amounts(const Fitted& found) {
  Texts texts;
  for (const Ratio& amount : found.amounts) texts.push_back(amount.str());
  return texts;
}

std::string percent(const Fitted& found) {
  const std::optional<Ratio>& error = found.error.mean_absolute_percent;
  return error ? error->str() : "none";
}

std::string refusal(Model model, int months, const Texts& history) {
  const Result<Fitted> found = fit({model, months}, decimals(history), 3);
  if (found.ok()) return "";
  CHECK(found.error().code == ErrorCode::bad_value);
  return found.error().message;
}

/// A year that begins with 10 and 20, and two months of the next, of 30 each.
Texts fourteen_months() {
  Texts history{"10", "20"};
  history.insert(history.end(), 10, "5");
  history.insert(history.end(), {"30", "30"});
  return history;
}

}  // namespace

TEST_CASE("fit: a mean is of the months looked at") {
  const Fitted found = fitted(Model::mean, 2, {"900", "10", "30"}, 2);
  CHECK(amounts(found) == Texts{"20", "20"});
  // 20 against 10 and 30: 100% and 33 1/3%.
  CHECK(found.error.months == 2);
  CHECK(percent(found) == "200/3");
  CHECK(found.error.mean_error.str() == "0");
}

TEST_CASE("fit: a line is of least squares") {
  // Mean 30 in the middle, slope (60 - 10) / 2: 5, 30, 55 against 10, 20, 60.
  const Fitted found = fitted(Model::linear, 12, {"10", "20", "60"}, 2);
  CHECK(amounts(found) == Texts{"80", "105"});
  CHECK(found.error.months == 3);
  CHECK(percent(found) == "325/9");
  CHECK(found.error.mean_error.str() == "0");
  // One point has no slope.
  CHECK(amounts(fitted(Model::linear, 1, {"10", "20"}, 2)) == Texts{"20", "20"});
}

TEST_CASE("fit: a line that falls ends at zero, in the past too") {
  // 55, 30, 5, and then below.
  CHECK(amounts(fitted(Model::linear, 12, {"60", "20", "10"}, 2)) == Texts{"0", "0"});
  // Mean 20, slope -45: 65, 20 and -25, which is shown as 0; a month without usage has no percent.
  const Fitted found = fitted(Model::linear, 12, {"80", "-10", "-10"}, 1);
  CHECK(found.error.mean_error.str() == "25/3");
  CHECK(percent(found) == "75/4");
}

TEST_CASE("fit: growth is the same percentage each month, from the first month with usage") {
  // 242 / 210 = 121 / 105 a month: 100, 115.24, 132.80 against 100, 110, 132.
  const Fitted found = fitted(Model::growth, 12, {"100", "110", "132"}, 1);
  // 100 x 121^3 / 105^3.
  CHECK(amounts(found) == Texts{"7086244/46305"});
  // 1/21 and 8/1323 of the actual, over three months.
  CHECK(percent(found) == "7100/3969");
  // 110/21 and 1056/1323, over three months.
  CHECK(found.error.mean_error.str() == "2662/1323");
  const Fitted late = fitted(Model::growth, 12, {"0", "10", "20"}, 2);
  CHECK(amounts(late) == Texts{"40", "80"});
  CHECK(late.error.months == 2);
  // One month has no growth.
  CHECK(amounts(fitted(Model::growth, 12, {"0", "7"}, 2)) == Texts{"7", "7"});
  CHECK(amounts(fitted(Model::growth, 12, {"10", "-4"}, 2)) == Texts{"0", "0"});
}

TEST_CASE("fit: a season is the year before times the growth of the months that have one") {
  const Texts first_year{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"};
  const Fitted flat = fitted(Model::seasonal, 12, first_year, 13);
  CHECK(amounts(flat) ==
        Texts{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "1"});
  CHECK(flat.error.months == 0);
  CHECK(percent(flat) == "none");
  CHECK(flat.error.mean_error.str() == "0");

  // 30 + 30 against 10 + 20: twice. 20 and 40 against 30 and 30.
  const Fitted grown = fitted(Model::seasonal, 24, fourteen_months(), 13);
  CHECK(amounts(grown) == Texts{"10", "10", "10", "10", "10", "10", "10", "10", "10", "10", "60",
                                "60", "20"});
  CHECK(grown.error.months == 2);
  CHECK(percent(grown) == "100/3");
  CHECK(grown.error.mean_error.str() == "0");
  // Looked at twelve months only, there is no year before them.
  CHECK(amounts(fitted(Model::seasonal, 12, fourteen_months(), 1)) == Texts{"5"});

  // Of three years, the growth is that of the last: 24 to 36.
  Texts years(12, "1");
  years.insert(years.end(), 12, "2");
  years.insert(years.end(), 12, "3");
  CHECK(amounts(fitted(Model::seasonal, 36, years, 1)) == Texts{"9/2"});
}

TEST_CASE("fit: what cannot be fitted is refused") {
  const std::string no_usage = "a fit to a book without usage in the months looked at";
  CHECK(refusal(Model::mean, 3, {}) == no_usage);
  CHECK(refusal(Model::growth, 2, {"10", "0", "0"}) == no_usage);
  CHECK(refusal(Model::linear, 0, {"10"}) == "a fit looks at one month or more");
  CHECK(refusal(Model::seasonal, 24, Texts(11, "1")) ==
        "a seasonal fit looks at twelve months or more, and has 11");
  Texts began{"0"};
  began.insert(began.end(), 12, "1");
  CHECK(refusal(Model::seasonal, 24, began) ==
        "a seasonal fit of months without usage in the year before");
}

TEST_CASE("fit: another program comes to the same fractions") {
  if (std::system("python3 -c 'import fractions' 2>/dev/null") != 0) {
    MESSAGE("skipped: no python3");
    return;
  }
  const std::pair<Model, const char*> models[] = {{Model::mean, "mean"},
                                                  {Model::linear, "linear"},
                                                  {Model::growth, "growth"},
                                                  {Model::seasonal, "seasonal"}};
  const accrue_test::Scratch scratch;
  std::mt19937_64 random{20250101};
  std::string lines;
  for (int round = 0; round < 200; ++round) {
    const std::size_t month_count = 1 + random() % 40;
    Texts history;
    for (std::size_t i = 0; i < month_count; ++i) {
      // Cents from -20 to 180, and a fifth of the months without usage.
      const auto cents = static_cast<std::int64_t>(random() % 20'000) - 2'000;
      history.push_back(random() % 5 == 0 ? "0" : Decimal::from_scaled(cents, 2).to_string());
    }
    const auto& [model, name] = models[random() % 4];
    const int months = static_cast<int>(1 + random() % 30);
    const Result<Fitted> found = fit({model, months}, decimals(history), 15);
    lines += std::string{name} + "\t" + std::to_string(months) + "\t";
    for (const std::string& text : history) lines += text + " ";
    if (!found.ok()) {
      lines += "\trefused\n";
      continue;
    }
    lines += "\t";
    for (const std::string& text : amounts(*found)) lines += text + " ";
    lines += "\t" + std::to_string(found->error.months) + "\t" + percent(*found) + "\t" +
             found->error.mean_error.str() + "\n";
  }
  scratch.write("fits.tsv", lines);
  const std::string command = "python3 '" ACCRUE_SOURCE_DIR "/tests/outside/check_fits.py' '" +
                              (scratch.folder() / "fits.tsv").string() + "' >'" +
                              (scratch.folder() / "said").string() + "' 2>&1";
  const int status = std::system(command.c_str());
  const std::string said = scratch.read("said");
  INFO(said);
  CHECK(status == 0);
  CHECK(said == "200 fits agree\n");
}
