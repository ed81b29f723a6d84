#include "cli/handed_report.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/options.h"

namespace accrue {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view nothing = "nothing";

Error bad_report(const std::string& file, std::string message) {
  return Error{.code = ErrorCode::bad_report,
               .message = std::move(message),
               .place = {.file = file},
               .hint = "name a file that `accrue report NAME PERIOD -f json` wrote"};
}

/// The text of a field; none where it is missing or no text.
std::optional<std::string> text_in(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

struct Word {
  std::string name;
  Count count;
};

/// The field of a filter in the words of a command: "segment" is "--segment", "period" PERIOD.
std::optional<Word> word_named(const CommandSpec& spec, std::string_view filter) {
  if (filter == "by_origin") return Word{"--by-origin", Count::one};
  for (const Positional& positional : spec.positionals) {
    if (filter_name(positional.name) == filter) {
      return Word{std::string{positional.name}, positional.count};
    }
  }
  for (const Flag& flag : spec.flags) {
    if (filter_name(flag.long_name()) == filter) {
      return Word{std::string{flag.long_name()}, flag.count};
    }
  }
  return std::nullopt;
}

bool is_list_of_texts(const Json& value) {
  return value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_string(); });
}

Result<ParsedLine> line_of(const Json& filters, const std::string& file) {
  const std::optional<std::string> command = text_in(filters, "command");
  if (!command) return bad_report(file, "the report does not say by which command it was made");
  ParsedLine line{.command = find_command(*command)};
  if (line.command == nullptr || line.command->effect != Effect::reports) {
    return bad_report(file, "'" + *command + "' is no command that makes a report");
  }
  for (const auto& [name, value] : filters.items()) {
    if (name == "command") continue;
    const std::optional<Word> word = word_named(*line.command, name);
    const bool is_list = word && word->count == Count::many && is_list_of_texts(value);
    const bool is_known = word && (value.is_string() || value.is_boolean() || is_list);
    if (!is_known) {
      return bad_report(file, "'accrue " + *command + "' takes no word '" + name + "' of " +
                                  value.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    if (is_list) line.values[word->name] = value.get<std::vector<std::string>>();
    if (value.is_string()) line.values[word->name] = {value.get<std::string>()};
    if (value == true) line.values[word->name] = {"true"};
  }
  for (const Positional& positional : line.command->positionals) {
    if (positional.count == Count::optional || line.has(positional.name)) continue;
    return bad_report(file, "the report does not say of which " + filter_name(positional.name) +
                                " it is");
  }
  return line;
}

std::string shown(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Two objects, or values of any kind, field by field.
class Comparison {
 public:
  std::vector<ReportDifference> take() { return std::move(list_); }

  void values(const std::string& where, const std::string& field, const std::string& ref,
              const Json* handed, const Json* derived) {
    if (handed != nullptr && derived != nullptr && *handed == *derived) return;
    if (handed == nullptr && derived == nullptr) return;
    list_.push_back({where, field, handed == nullptr ? std::string{nothing} : shown(*handed),
                     derived == nullptr ? std::string{nothing} : shown(*derived), ref});
  }

  void objects(const std::string& where, const std::string& ref, const Json& handed,
               const Json& derived) {
    if (!handed.is_object() || !derived.is_object()) {
      values(where, "", ref, &handed, &derived);
      return;
    }
    for (const auto& [name, value] : derived.items()) {
      values(where, name, ref, field_of(handed, name), &value);
    }
    for (const auto& [name, value] : handed.items()) {
      if (!derived.contains(name)) values(where, name, ref, &value, nullptr);
    }
  }

  /// Lists whose items are paired by the text of a field, those of one text in their order.
  void lists(const std::string& where, std::string_view key, const Json& handed,
             const Json& derived) {
    if (!handed.is_array() || !derived.is_array()) {
      values(where, "", "", &handed, &derived);
      return;
    }
    std::map<std::string, std::pair<std::vector<const Json*>, std::vector<const Json*>>> by_key;
    for (const Json& item : handed) by_key[text_of_key(item, key)].first.push_back(&item);
    for (const Json& item : derived) by_key[text_of_key(item, key)].second.push_back(&item);
    for (const auto& [text, items] : by_key) {
      const auto& [given, made] = items;
      for (std::size_t i = 0; i < std::max(given.size(), made.size()); ++i) {
        if (i < given.size() && i < made.size()) {
          objects(where, text, *given[i], *made[i]);
        } else {
          values(where, "", text, i < given.size() ? given[i] : nullptr,
                 i < made.size() ? made[i] : nullptr);
        }
      }
    }
  }

 private:
  static const Json* field_of(const Json& object, const std::string& name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
  }
  static std::string text_of_key(const Json& item, std::string_view key) {
    return item.is_object() ? text_in(item, key).value_or("") : "";
  }

  std::vector<ReportDifference> list_;
};

const Json& field_or_null(const Json& object, std::string_view name) {
  static const Json null;
  const auto found = object.find(name);
  return found == object.end() ? null : *found;
}

}  // namespace

Result<HandedReport> read_handed_report(const std::string& text, const std::string& file) {
  HandedReport handed;
  handed.document = Json::parse(text, nullptr, false);
  const Json& document = handed.document;
  if (!document.is_object()) return bad_report(file, "the file holds no JSON object");
  const std::string schema = text_in(document, "schema").value_or("");
  if (!schema.starts_with("accrue.report.") || !schema.ends_with("/1")) {
    return bad_report(file, schema.empty() ? "the file names no schema"
                                           : "schema '" + schema + "' is not one that is read: "
                                             "accrue.report.NAME/1");
  }
  handed.book_id = text_in(document, "book").value_or("");
  const Json& records = field_or_null(field_or_null(document, "as_of"), "records");
  if (handed.book_id.empty() || !records.is_number_integer()) {
    return bad_report(file, "the report does not say of which book and records it is");
  }
  handed.record_count = records.get<std::int64_t>();
  ACCRUE_TRY(line, line_of(field_or_null(document, "filters"), file));
  handed.line = std::move(line);
  return handed;
}

std::vector<ReportDifference> differences(const Json& handed, const Json& derived) {
  Comparison comparison;
  static const Json none = Json::object();
  Json envelope = handed.is_object() ? handed : none;
  Json made = derived.is_object() ? derived : none;
  for (Json* const report : {&envelope, &made}) {
    for (const char* const part : {"program", "rows", "totals", "checks", "notes"}) {
      report->erase(part);
    }
  }
  comparison.objects("envelope", "", envelope, made);
  comparison.lists("row", "ref", field_or_null(handed, "rows"), field_or_null(derived, "rows"));
  comparison.objects("totals", "", field_or_null(handed, "totals"),
                     field_or_null(derived, "totals"));
  comparison.lists("check", "name", field_or_null(handed, "checks"),
                   field_or_null(derived, "checks"));
  comparison.values("notes", "", "", &field_or_null(handed, "notes"),
                    &field_or_null(derived, "notes"));
  std::vector<ReportDifference> list = comparison.take();
  for (ReportDifference& difference : list) {
    if (difference.where != "check") continue;
    difference.field = difference.ref + (difference.field.empty() ? "" : ", " + difference.field);
    difference.ref.clear();
  }
  return list;
}

std::string maker_of(const Json& report) {
  const Json& program = field_or_null(report, "program");
  const std::string name = text_in(program, "name").value_or("an unknown program");
  return name + " " + text_in(program, "version").value_or("of no version") + ", build " +
         text_in(program, "build").value_or("unknown");
}

}  // namespace accrue
