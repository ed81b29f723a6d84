#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/scenario/curve.h"
#include "accounting/scenario/file/named_files.h"
#include "accounting/scenario/file/plan_csv.h"
#include "ledger/intake/toml_fields.h"
#include "ledger/number/currency.h"

namespace accrue {

/// Whose rows of a plan a drawdown takes.
struct PlanTaker {
  std::optional<std::string> investee;
  std::optional<Currency> currency;  ///< as the drawdown states it
  std::optional<std::string> unit;   ///< the amounts are so many of them
};

/// Rows of a plan, and the currency they are in where the file or the drawdown says so.
struct TakenPlan {
  PlanCurve curve;
  std::optional<Currency> currency;
};

/// The plans that a scenario names, and which of their rows its drawdowns took.
class PlanFiles {
 public:
  explicit PlanFiles(NamedFiles& files) : files_{&files} {}

  /// The rows of `taker` in the file that the key `file` of a curve names. What is wrong with what
  /// the curve asks for is refused there, what is wrong with a row at the row.
  std::optional<TakenPlan> take(const TomlTable& curve, const PlanTaker& taker);

  /// Refuses investees of a file that no drawdown took.
  void refuse_untaken();

 private:
  struct Row {
    PlanRow row;
    std::optional<std::size_t> taken_at;  ///< the line of the curve
  };
  struct Plan {
    const NamedFiles::File* file = nullptr;
    std::vector<Row> rows;
    bool good = false;
  };

  Plan* read(const TomlTable& curve);
  void refuse_row(const Plan& plan, const PlanRow& row, Error error);
  bool check_rows(const TomlTable& curve, const PlanTaker& taker, const Plan& plan,
                  const std::vector<Row*>& rows);

  NamedFiles* files_;
  std::map<std::string, Plan> plans_;
};

}  // namespace accrue
