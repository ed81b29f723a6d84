#pragma once

#include <optional>
#include <span>

#include "ledger/number/decimal.h"

namespace accrue {

/// Every decimal of so many significant digits comes back unchanged from an IEEE 754 double, and
/// spreadsheets show no more.
inline constexpr int spreadsheet_digits = 15;

/// The number that a workbook holds for an exact one; nothing where it has more than 15 significant
/// digits, for another number would stand there.
///
/// An Office Open XML cell knows no number but the double (ISO/IEC 29500-1, 18.3.1.96), so money
/// becomes one here, once, as the last step, and nothing is computed with it.
std::optional<double> spreadsheet_number(const Decimal& value);

/// The same of any value, cut to 15 significant digits: zero only where the value is zero. For a
/// figure of which only that matters.
double nearest_spreadsheet_number(const Decimal& value);

/// Whether whoever adds the terms as doubles, in any order, and rounds to `digits` fraction digits
/// must come to their exact sum, if that has no more digits: the error of n terms is at most
/// n x 2^-53 x the sum of their absolutes, and must stay far below half a unit of the last digit.
bool adds_up_in_doubles(std::span<const Decimal> terms, int digits);

}  // namespace accrue
