#include "cli/error_json.h"

#include <nlohmann/json.hpp>

namespace accrue {

namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(std::size_t number) { return number == 0 ? Json{} : Json(number); }
Json text_or_null(const std::string& text) { return text.empty() ? Json{} : Json(text); }

void add_fields(Json& object, const Error& error) {
  object["code"] = name_of(error.code);
  object["message"] = error.message;
  object["file"] = text_or_null(error.place.file);
  object["line"] = number_or_null(error.place.line);
  object["column"] = number_or_null(error.place.column);
  object["values"] = error.notes;
  object["hint"] = text_or_null(error.hint);
}

}  // namespace

std::string error_json(const Refusal& refusal) {
  Json object;
  object["schema"] = "accrue.error/1";
  add_fields(object, refusal.errors.front());
  Json more = Json::array();
  for (std::size_t i = 1; i < refusal.errors.size(); ++i) {
    Json error;
    add_fields(error, refusal.errors[i]);
    more.push_back(std::move(error));
  }
  object["more"] = std::move(more);
  object["unlisted"] = refusal.unlisted_count;
  // A text of a file may hold bytes that are not UTF-8: they are replaced, not thrown over.
  return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace accrue
