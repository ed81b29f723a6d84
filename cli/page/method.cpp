#include "cli/page/method.h"

#include <string_view>

#include <fmt/format.h>

#include "cli/page/markup.h"

namespace accrue {

namespace {

struct Policy {
  std::string_view name;
  std::string_view text;
};

constexpr Policy policies[] = {
    {"Transaction price",
     "What the investor may recognise for a grant of credits: the fair value of the stake less the "
     "cash paid for it; where no fair value is stated, the stand-alone price of the paid credits. "
     "Until it is recognised it is a contract liability."},
    {"Usage",
     "Revenue follows the draws: price times what is drawn to date, over the face. Usage that no "
     "grant pays is cash-funded and stands in accounts of its own."},
    {"Breakage",
     "The price of credits that are never drawn. Method remote: recognised at the expiry. Method "
     "proportional: by an estimate, as the rest is used; a changed estimate takes effect to date "
     "in "
     "the period in which it starts."},
    {"Rounding",
     "Amounts to date are rounded, half to even, to whole minor units; what is posted is the "
     "difference of two of them. Nothing drifts, and the last posting closes the liability to "
     "zero. "
     "Faces and usage are exact."},
    {"Periods",
     "As reported counts by the period in which an amount was booked; by origin counts by the "
     "period "
     "it belongs to. A closed period never gains an entry: what comes late is a catch-up in the "
     "first open one."},
    {"Growth",
     "A contribution is the change of an investee's revenue against a year ago, in points of the "
     "segment's revenue then. Contributions add up to the growth shown."},
    {"Checks",
     "Every report checks its own ties, such as: opening and movements make the closing, the "
     "closing "
     "is that of the trial balance, debits are credits. A check holds when its difference is "
     "zero."},
};

}  // namespace

std::string method_markup() {
  std::string markup =
      "<section id=\"method\">\n<h2>Method and policies</h2>\n<dl class=\"method\">\n";
  for (const Policy& policy : policies) {
    markup += fmt::format("<dt>{}</dt><dd>{}</dd>\n", policy.name, policy.text);
  }
  return markup + "</dl>\n</section>\n";
}

std::string verification_markup(const std::string& example_ref, const std::string& root) {
  std::string markup =
      "<section id=\"verify\">\n<h2>How to verify</h2>\n<dl class=\"method\">\n"
      "<dt><code>accrue audit verify</code></dt><dd>checks every record, entry and balance of the "
      "book. The root it prints is that of the whole book";
  if (!root.empty()) {
    markup += "; with as many records as this page knew it is <code>" + escaped(root) + "</code>";
  }
  markup +=
      ".</dd>\n<dt><code>accrue audit replay</code></dt><dd>derives every entry again from the "
      "facts and compares.</dd>\n<dt><code>accrue explain REF</code></dt><dd>leads from a "
      "figure to its entries, draws, charges and lines of files. Every row has its REF";
  if (!example_ref.empty()) markup += ", such as <code>" + long_text(example_ref) + "</code>";
  return markup + ".</dd>\n</dl>\n</section>\n";
}

}  // namespace accrue
