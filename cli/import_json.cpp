#include <nlohmann/json.hpp>

#include "cli/import_summary.h"
#include "cli/notices_json.h"
#include "ledger/error/error.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

using Json = nlohmann::ordered_json;

std::string amount_text(const Decimal& amount, const std::string& currency) {
  const Result<Currency> known = Currency::from_code(currency);
  return amount.to_string(known.ok() ? known->minor_digits() : 0);
}

Json object_of(const std::map<std::string, RowsAndAmount>& by_currency) {
  Json object = Json::object();
  for (const auto& [currency, total] : by_currency) {
    object[currency] = {{"rows", total.row_count},
                        {"amount", amount_text(total.amount, currency)}};
  }
  return object;
}

Json object_of(const std::map<std::string, std::map<std::string, RowsAndAmount>>& by_name) {
  Json object = Json::object();
  for (const auto& [name, by_currency] : by_name) object[name] = object_of(by_currency);
  return object;
}

Json object_of(const std::map<std::string, Decimal>& by_currency) {
  Json object = Json::object();
  for (const auto& [currency, amount] : by_currency) {
    object[currency] = amount_text(amount, currency);
  }
  return object;
}

Json list_of(const std::vector<UsageFile>& files) {
  Json list = Json::array();
  for (const UsageFile& file : files) {
    list.push_back({{"file", file.name},
                    {"sha256", to_hex(file.sha256)},
                    {"bytes", file.byte_count},
                    {"rows", file.row_count}});
  }
  return list;
}

Json list_of(const std::vector<Warning>& warnings) {
  Json list = Json::array();
  for (const Warning& warning : warnings) {
    list.push_back({{"code", warning.code},
                    {"message", warning.message},
                    {"file", warning.first.file},
                    {"line", warning.first.line},
                    {"count", warning.count}});
  }
  return list;
}

Json list_of(const std::vector<ReplacedLine>& lines) {
  Json list = Json::array();
  for (const ReplacedLine& line : lines) {
    list.push_back({{"investee", line.investee},
                    {"service", line.service},
                    {"sku", line.sku},
                    {"currency", line.currency},
                    {"before", amount_text(line.before, line.currency)},
                    {"after", amount_text(line.after, line.currency)},
                    {"change", amount_text(line.change(), line.currency)}});
  }
  return list;
}

Json list_of(const std::vector<PostedSum>& posted, Currency functional) {
  Json list = Json::array();
  for (const PostedSum& sum : posted) {
    list.push_back({{"posting_period", sum.posting_period.to_string()},
                    {"origin_period", sum.origin_period.to_string()},
                    {"account", sum.account},
                    {"amount", Money::from_minor(sum.amount_minor_units, functional).to_string()}});
  }
  return list;
}

}  // namespace

std::string import_json(const ImportSummary& summary) {
  Json object;
  object["schema"] = "accrue.import.usage/1";
  object["book"] = summary.book_id;
  object["currency"] = summary.functional.code();
  object["as_of"] = {{"records", summary.as_of.records}, {"root", summary.as_of.root}};
  object["record"] = summary.record > 0 ? Json(summary.record) : Json{};
  object["records"] = summary.record_count;
  object["files"] = list_of(summary.files);
  object["by_category"] = object_of(summary.by_category);
  object["by_account"] = object_of(summary.by_account);
  object["drawn"] = object_of(summary.paid_by.drawn);
  object["overage"] = object_of(summary.paid_by.overage);
  object["other_customers"] = object_of(summary.other_customers);
  object["charges"] = summary.charge_count;
  object["catch_up"] = to_string(summary.catch_up);
  object["replaced_records"] = summary.replaced_records;
  object["quarantined"] = summary.quarantined_count;
  object["quarantine_file"] =
      summary.quarantine_file.empty() ? Json{} : Json(summary.quarantine_file);
  object["crossing"] = object_of(summary.crossing);
  object["warnings"] = list_of(summary.warnings);
  object["mode"] = summary.mode == DeliveryMode::replace ? "replace" : "append";
  object["replaced"] = list_of(summary.replaced);
  object["notices"] = notices_json(summary.notices);
  object["posted"] = list_of(summary.posted, summary.functional);
  return object.dump(2) + "\n";
}

}  // namespace accrue
