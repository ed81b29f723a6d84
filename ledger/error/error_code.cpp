#include "ledger/error/error_code.h"

#include <array>
#include <cstddef>

namespace accrue {

namespace {

constexpr std::array pages{
#define ACCRUE_ROW(code, exit, cause, fix) \
  ErrorPage{ErrorCode::code, #code, ExitStatus::exit, cause, fix},
    ACCRUE_ERROR_CODES(ACCRUE_ROW)
#undef ACCRUE_ROW
};

}  // namespace

std::span<const ErrorPage> error_pages() { return pages; }

const ErrorPage& page_of(ErrorCode code) { return pages[static_cast<std::size_t>(code)]; }

std::string_view name_of(ErrorCode code) { return page_of(code).name; }

std::optional<ErrorCode> error_code_named(std::string_view name) {
  for (const ErrorPage& page : pages) {
    if (page.name == name) return page.code;
  }
  return std::nullopt;
}

}  // namespace accrue
