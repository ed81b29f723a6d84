#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <xlsxwriter.h>

#include "cli/workbook/cell_at.h"
#include "ledger/number/decimal.h"

namespace accrue {

/// How a cell looks.
struct Look {
  enum class Align { automatic, right };
  enum class Face { regular, bold, title };
  enum class Ink { black, grey, input };  ///< input: what no formula of the workbook gives
  enum class Rule { none, above, below };
  enum class Breaks { none, wrapped };

  std::string number_format = {};
  Align align = Align::automatic;
  Face face = Face::regular;
  Ink ink = Ink::black;
  Rule rule = Rule::none;
  Breaks breaks = Breaks::none;

  auto operator<=>(const Look&) const = default;
};

/// Stops where the library refuses what it was given, which is a fault of ours; throws
/// StoreFailure where the machine failed.
void require(lxw_error error, std::string_view step);

/// A file under a name of its own, removed at the end.
class DraftFile {
 public:
  DraftFile();
  DraftFile(const DraftFile&) = delete;
  DraftFile& operator=(const DraftFile&) = delete;
  ~DraftFile();
  const std::string& path() const { return path_; }
  std::string bytes() const;

 private:
  std::string path_;
};

/// A workbook as it is written.
class WorkbookFile {
 public:
  WorkbookFile();
  lxw_workbook* handle() { return workbook_.get(); }
  lxw_format* format_of(const Look& look);
  void define_name(const std::string& name, const std::string& formula);
  /// The whole file; nothing can be written after it.
  std::string take_bytes();

 private:
  DraftFile draft_;
  std::unique_ptr<lxw_workbook, decltype(&lxw_workbook_free)> workbook_;
  std::map<Look, lxw_format*> formats_;
};

/// A sheet of it. Texts go through cell_text, and are never formulas or links.
class Sheet {
 public:
  Sheet(WorkbookFile& file, const std::string& name);
  lxw_worksheet* handle() { return sheet_; }

  void put_text(CellAt at, std::string_view text, const Look& look = {});
  void put_number(CellAt at, double number, const Look& look);
  /// `value` is what the formula comes to: shown by whoever does not compute.
  void put_formula(CellAt at, const std::string& formula, double value, const Look& look);
  void put_text_formula(CellAt at, const std::string& formula, const std::string& value,
                        const Look& look);
  /// A way to another sheet, under its name.
  void put_sheet_link(CellAt at, const std::string& sheet);
  void set_width(int column, int characters);
  void mark_unless_zero(CellAt from, CellAt to);
  /// Landscape, as wide as one page, with the root of the book's records and page numbers.
  void set_page(const std::string& root);

 private:
  WorkbookFile& file_;
  lxw_worksheet* sheet_;
};

}  // namespace accrue
