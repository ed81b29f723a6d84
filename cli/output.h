#pragma once

#include <string>

#include "accounting/report/report.h"
#include "cli/context.h"
#include "cli/document.h"
#include "ledger/error/error.h"

namespace accrue {

/// Prints the answer of a command in the format asked for: to the file of -o, through a pager when
/// a table is taller than the screen, else to standard output.
/// Errors: file_unwritable.
Result<Done> put_report(const Context& context, const Report& report);

/// As put_report for an answer whose JSON is not that of a report.
Result<Done> put_report(const Context& context, const Report& report, const std::string& json);

/// A workbook where the format is xlsx, else a page.
Result<Done> put_document(const Context& context, const Document& document);

/// As put_report for an answer that is text in every format.
Result<Done> put_page(const Context& context, const std::string& text);

}  // namespace accrue
