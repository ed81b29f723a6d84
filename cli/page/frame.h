#pragma once

#include <string>

#include "accounting/report/report.h"
#include "cli/document.h"

namespace accrue {

/// That a report is in another currency than the book, and by which rate; else empty. Not escaped.
std::string translation_text(const Report& report);

/// From the first byte to the end of the header: what the page is of, as of when, and whether its
/// checks hold; for several reports the key figures and the contents. Section N of the contents
/// has the id "rN".
std::string page_head(const Document& document);

/// From the end of the last section to the last byte.
std::string page_end(const Document& document);

}  // namespace accrue
