#pragma once

#include <string>

#include "cli/document.h"

namespace accrue {

/// The document as an Office Open XML workbook; equal documents give equal bytes.
std::string render_xlsx(const Document& document);

}  // namespace accrue
