#pragma once

#include <string>

#include "cli/document.h"

namespace accrue {

/// The document as one HTML file that needs no script and nothing from elsewhere; equal documents
/// give equal bytes.
std::string render_html(const Document& document);

}  // namespace accrue
