#pragma once

#include <string>

#include "accounting/posting/books.h"
#include "accounting/posting/view.h"

namespace accrue::testing {

/// A book in USD of any zone, from March 2024, whose records are made at given instants by given
/// people.
class TimedBook {
 public:
  explicit TimedBook(const std::string& zone);

  void record(Fact fact, const std::string& at, const std::string& author);
  /// Grant T1 of investee a, signed on 1 March 2024; its price is its face.
  void add_deal(const std::string& face, const std::string& at, const std::string& author);
  /// One charge of investee a, at an instant or at noon (UTC) of a day.
  void use(const std::string& amount, const std::string& charged_at, const std::string& at,
           const std::string& author);

  const Store& store() const { return books_.store(); }
  BookView view() const { return load_view(store(), store().record_count()); }

 private:
  Books books_;
  int files_ = 0;
};

}  // namespace accrue::testing
