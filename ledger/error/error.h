#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/error/error_code.h"

namespace accrue {

/// Where in a file the refused text stands. Line and column count from 1; 0 means unknown.
struct Place {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  std::string excerpt = {};  ///< the source line, without its line break
  std::size_t length = 1;    ///< how many columns the caret underlines
  std::size_t excerpt_column = 1;  ///< the column at which the excerpt begins: above 1, it was cut
};

/// Input refused: what, where, the values that clash, and the next step.
struct Error {
  ErrorCode code;
  std::string message;
  Place place = {};
  std::vector<std::string> notes = {};
  std::string hint = {};
};

/// One or more errors of one input. `unlisted_count` counts those found but not kept.
struct Refusal {
  std::vector<Error> errors;
  std::int64_t unlisted_count = 0;
};

/// A value, or the reasons why there is none. The caller must look.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
  Result(Error error) : state_{std::in_place_index<1>, Refusal{{std::move(error)}, 0}} {}
  Result(Refusal refusal) : state_{std::in_place_index<1>, std::move(refusal)} {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  /// Stops the program when there is no value: look with ok() first.
  const T& value() const& {
    require_value();
    return *std::get_if<0>(&state_);
  }
  T& value() & {
    require_value();
    return *std::get_if<0>(&state_);
  }
  /// By value: what is taken from a temporary outlives it.
  T value() && {
    require_value();
    return std::move(*std::get_if<0>(&state_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const Refusal& refusal() const {
    require_refusal();
    return *std::get_if<1>(&state_);
  }
  const Error& error() const { return refusal().errors.front(); }

 private:
  void require_value() const;
  void require_refusal() const;
  std::variant<T, Refusal> state_;
};

/// The result of a step that has nothing to hand back.
struct Done {};

/// Prints the refusal that was not looked at and aborts: a fault of ours, never of the input.
[[noreturn]] void unlooked_result(const Refusal* refusal);

template <typename T>
void Result<T>::require_value() const {
  if (!ok()) unlooked_result(std::get_if<1>(&state_));
}
template <typename T>
void Result<T>::require_refusal() const {
  if (ok()) unlooked_result(nullptr);
}

}  // namespace accrue

/// Evaluates a Result; on refusal returns it from the enclosing function, else declares `name`.
#define ACCRUE_TRY(name, expression)                    \
  auto name##_result = (expression);                    \
  if (!name##_result.ok()) return name##_result.refusal(); \
  auto name = std::move(name##_result).value()

/// As ACCRUE_TRY for a step without a value.
#define ACCRUE_TRY_DONE(expression)                        \
  do {                                                     \
    auto step_result = (expression);                       \
    if (!step_result.ok()) return step_result.refusal();   \
  } while (false)
