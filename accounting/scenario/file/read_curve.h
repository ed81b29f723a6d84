#pragma once

#include <optional>
#include <string>

#include "accounting/scenario/curve.h"
#include "accounting/scenario/file/plan_files.h"
#include "ledger/intake/toml_fields.h"
#include "ledger/number/currency.h"

namespace accrue {

/// In what the amounts of a drawdown are: as it states itself, or as its first amount does.
struct DrawdownMeasure {
  std::optional<std::string> investee;
  std::optional<std::string> unit;   ///< plain numbers, so many of them
  std::optional<Currency> currency;  ///< of amounts, where there is no unit
};

/// Reads `curve` of a drawdown, and settles the currency of `measure` where it is still open.
std::optional<Curve> read_curve(const TomlTable& drawdown, DrawdownMeasure& measure,
                                PlanFiles& plans, TomlErrors& errors);

}  // namespace accrue
