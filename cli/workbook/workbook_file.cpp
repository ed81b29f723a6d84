#include "cli/workbook/workbook_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include <unistd.h>

#include "cli/workbook/cell_text.h"
#include "ledger/error/check.h"
#include "ledger/store/store.h"

namespace accrue {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string& why) {
  throw StoreFailure{"the workbook cannot be written: " + why};
}

bool is_of_the_machine(lxw_error error) {
  switch (error) {
    case LXW_ERROR_MEMORY_MALLOC_FAILED:
    case LXW_ERROR_CREATING_XLSX_FILE:
    case LXW_ERROR_CREATING_TMPFILE:
    case LXW_ERROR_READING_TMPFILE:
    case LXW_ERROR_ZIP_FILE_OPERATION:
    case LXW_ERROR_ZIP_FILE_ADD:
    case LXW_ERROR_ZIP_CLOSE:
      return true;
    default:  // an enum of the library's, most of it about pictures
      return false;
  }
}

/// Every file holds a date of its making: this one, so that equal documents give equal bytes.
constexpr time_t first_of_1980 = 315'532'800;

}  // namespace

void require(lxw_error error, std::string_view step) {
  if (is_of_the_machine(error)) fail(std::string{step} + ": " + lxw_strerror(error));
  LEDGER_CHECK(error == LXW_NO_ERROR, std::string{step} + ": " + lxw_strerror(error),
               "a step that succeeds");
}

DraftFile::DraftFile() {
  std::error_code failure;
  const fs::path folder = fs::temp_directory_path(failure);
  if (failure) fail("no folder for temporary files: " + failure.message());
  path_ = (folder / "accrue-workbook-XXXXXX").string();
  const int file = ::mkstemp(path_.data());
  if (file < 0) fail(path_ + ": " + std::strerror(errno));
  ::close(file);
}

DraftFile::~DraftFile() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

std::string DraftFile::bytes() const {
  std::ifstream in{path_, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
  if (!in || bytes.empty()) fail(path_ + " cannot be read");
  return bytes;
}

WorkbookFile::WorkbookFile()
    : workbook_{workbook_new(draft_.path().c_str()), &lxw_workbook_free} {
  if (workbook_ == nullptr) fail("no memory");
  lxw_doc_properties properties{};
  properties.created = first_of_1980;
  require(workbook_set_properties(workbook_.get(), &properties), "properties");
}

lxw_format* WorkbookFile::format_of(const Look& look) {
  if (look == Look{}) return nullptr;
  const auto [found, is_new] = formats_.try_emplace(look, nullptr);
  if (!is_new) return found->second;
  lxw_format* const format = workbook_add_format(handle());
  if (format == nullptr) fail("no memory");
  if (!look.number_format.empty()) format_set_num_format(format, look.number_format.c_str());
  if (look.align == Look::Align::right) format_set_align(format, LXW_ALIGN_RIGHT);
  if (look.face != Look::Face::regular) format_set_bold(format);
  if (look.face == Look::Face::title) format_set_font_size(format, 14);
  if (look.ink == Look::Ink::grey) format_set_font_color(format, 0x595959);
  if (look.ink == Look::Ink::input) format_set_font_color(format, 0x0000C0);
  if (look.rule == Look::Rule::above) format_set_top(format, LXW_BORDER_THIN);
  if (look.rule == Look::Rule::below) format_set_bottom(format, LXW_BORDER_THIN);
  if (look.breaks == Look::Breaks::wrapped) {
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  }
  found->second = format;
  return format;
}

void WorkbookFile::define_name(const std::string& name, const std::string& formula) {
  require(workbook_define_name(handle(), name.c_str(), formula.c_str()), "name " + name);
}

std::string WorkbookFile::take_bytes() {
  // Closing frees it, whether it succeeds or not.
  require(workbook_close(workbook_.release()), "close");
  return draft_.bytes();
}

Sheet::Sheet(WorkbookFile& file, const std::string& name)
    : file_{file}, sheet_{workbook_add_worksheet(file.handle(), name.c_str())} {
  LEDGER_CHECK(sheet_ != nullptr, "sheet '" + name + "'", "a name that is free and allowed");
}

void Sheet::put_text(CellAt at, std::string_view text, const Look& look) {
  require(worksheet_write_string(sheet_, at.row, at.column, cell_text(text).c_str(),
                                 file_.format_of(look)),
          "text");
}

void Sheet::put_number(CellAt at, double number, const Look& look) {
  require(worksheet_write_number(sheet_, at.row, at.column, number, file_.format_of(look)),
          "number");
}

void Sheet::put_formula(CellAt at, const std::string& formula, double value, const Look& look) {
  require(worksheet_write_formula_num(sheet_, at.row, at.column, formula.c_str(),
                                      file_.format_of(look), value),
          "formula");
}

void Sheet::put_text_formula(CellAt at, const std::string& formula, const std::string& value,
                             const Look& look) {
  require(worksheet_write_formula_str(sheet_, at.row, at.column, formula.c_str(),
                                      file_.format_of(look), value.c_str()),
          "formula");
}

void Sheet::put_sheet_link(CellAt at, const std::string& sheet) {
  const std::string target = "internal:'" + sheet + "'!A1";
  require(worksheet_write_url_opt(sheet_, at.row, at.column, target.c_str(), nullptr,
                                  sheet.c_str(), nullptr),
          "link");
}

void Sheet::set_width(int column, int characters) {
  const auto at = static_cast<lxw_col_t>(column);
  require(worksheet_set_column(sheet_, at, at, characters, nullptr), "width");
}

void Sheet::mark_unless_zero(CellAt from, CellAt to) {
  lxw_format* const red = workbook_add_format(file_.handle());
  if (red == nullptr) fail("no memory");
  format_set_bg_color(red, 0xFFC7CE);
  format_set_font_color(red, 0x9C0006);
  lxw_conditional_format rule{};
  rule.type = LXW_CONDITIONAL_TYPE_CELL;
  rule.criteria = LXW_CONDITIONAL_CRITERIA_NOT_EQUAL_TO;
  rule.value = 0;
  rule.format = red;
  require(worksheet_conditional_format_range(sheet_, from.row, from.column, to.row, to.column,
                                             &rule),
          "mark");
}

void Sheet::set_page(const std::string& root) {
  worksheet_set_landscape(sheet_);
  worksheet_fit_to_pages(sheet_, 1, 0);
  const std::string left = root.empty() ? "" : "&L&8root " + root;
  require(worksheet_set_footer(sheet_, (left + "&R&8page &P of &N").c_str()), "footer");
}

}  // namespace accrue
