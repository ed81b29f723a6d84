#include "accounting/audit/vouch.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <tuple>

#include "accounting/audit/explain_refs.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "ledger/credit/matching.h"
#include "ledger/proof/sha256.h"

namespace accrue {

namespace {

/// What tells a charge of a delivery from all others of it.
using ChargeName = std::tuple<Instant, ChargeKey, Charge::Kind, ChargeCategory, ChargeClass,
                              std::optional<Period>>;

ChargeName name_of(const Charge& charge) {
  return {charge.at,       charge.key,          charge.kind,
          charge.category, charge.charge_class, charge.billing_period};
}

std::string describe(const Charge& charge) {
  return charge.at.to_string() + " " + charge.key.investee + " " + charge.key.service + " " +
         charge.key.sku + " " + charge.key.region + ": " + std::to_string(charge.row_count) +
         " rows, " + charge.amount.to_string() + " " + charge.key.currency;
}

Result<std::string> hash_of(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  Sha256 hash;
  std::string piece(std::size_t{1} << 16, '\0');
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) ||
         file.gcount() > 0) {
    hash.add(std::string_view{piece}.substr(0, static_cast<std::size_t>(file.gcount())));
  }
  if (!file.eof()) {
    return Error{.code = ErrorCode::file_unreadable,
                 .message = path + " cannot be read",
                 .place = {.file = path},
                 .hint = "name a file that was imported"};
  }
  const Digest digest = hash.finish();
  return std::string{digest.begin(), digest.end()};
}

std::vector<UsageFile> files_of(const Store& store, std::int64_t record) {
  const Record read = store.read_record(record);
  if (read.kind != RecordKind::usage_imported) return {};
  const Fact fact = decode(read.kind, read.fact);
  return std::get<UsageImported>(fact).delivery.files;
}

/// Why a file is not one that was imported.
Error not_imported(const std::string& path, const std::string& sha256, const Store& store,
                   const BookView& view) {
  Error error{.code = ErrorCode::audit_difference,
              .message = path + " is not a file that was imported: no record has its content",
              .place = {.file = path},
              .notes = {"SHA-256 " + to_hex(sha256)},
              .hint = "see what was imported: accrue import list"};
  const std::string name = std::filesystem::path{path}.filename().string();
  for (const HeldDelivery& delivery : view.state.deliveries) {
    for (const UsageFile& file : files_of(store, delivery.record)) {
      if (file.name != name) continue;
      error.notes.push_back("record " + std::to_string(delivery.record) + " holds a " + name +
                            " with SHA-256 " + to_hex(file.sha256) + ", " +
                            std::to_string(file.byte_count) + " bytes");
    }
  }
  return error;
}

class Voucher {
 public:
  Voucher(const Store& store, const BookView& view, std::vector<std::string> paths)
      : store_{store}, view_{view}, paths_{std::move(paths)} {}

  Result<Vouching> run(const std::optional<ChargeAddress>& charge) {
    ACCRUE_TRY_DONE(find_record(charge));
    const Record record = store_.read_record(record_);
    const Fact fact = decode(record.kind, record.fact);
    const Delivery& stated = std::get<UsageImported>(fact).delivery;
    number_files(stated);
    std::optional<Charge> wanted;
    if (charge) {
      ACCRUE_TRY(found, charge_at(*charge));
      wanted = std::move(found);
    }
    ACCRUE_TRY(read, read_again(stated, wanted));
    compare_charges(stated, read);
    if (is_whole(stated)) compare_totals(stated, read);
    Vouching result;
    result.report = wanted ? lines_report(*wanted, *charge, stated) : files_report(stated, read);
    result.findings = std::move(findings_);
    return result;
  }

 private:
  /// The one record whose delivery the files are.
  Result<Done> find_record(const std::optional<ChargeAddress>& charge) {
    for (const std::string& path : paths_) {
      ACCRUE_TRY(sha256, hash_of(path));
      const std::int64_t last = store_.record_of_file(sha256).value_or(0);
      std::int64_t found = last;
      // A file that replaced what stood may have come more than once.
      if (charge && charge->record <= view_.state.record_count) found = charge->record;
      if (found == 0 || found > view_.state.record_count || !holds(found, sha256)) {
        return not_imported(path, sha256, store_, view_);
      }
      hashes_.push_back(sha256);
      if (record_ != 0 && record_ != found) {
        return Error{.code = ErrorCode::audit_difference,
                     .message = "the files are of two deliveries: records " +
                                std::to_string(record_) + " and " + std::to_string(found),
                     .place = {.file = path},
                     .hint = "vouch the files of one delivery at a time"};
      }
      record_ = found;
    }
    return Done{};
  }

  bool holds(std::int64_t record, const std::string& sha256) const {
    const std::vector<UsageFile> files = files_of(store_, record);
    return std::any_of(files.begin(), files.end(),
                       [&](const UsageFile& file) { return file.sha256 == sha256; });
  }

  /// Which file of the delivery each path is; in the delivery's order.
  void number_files(const Delivery& stated) {
    std::vector<std::pair<std::int64_t, std::string>> in_order;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      const auto found =
          std::find_if(stated.files.begin(), stated.files.end(),
                       [&](const UsageFile& file) { return file.sha256 == hashes_[i]; });
      in_order.emplace_back(found - stated.files.begin(), paths_[i]);
    }
    std::sort(in_order.begin(), in_order.end());
    paths_.clear();
    for (auto& [number, path] : in_order) {
      numbers_.push_back(number);
      paths_.push_back(std::move(path));
    }
  }

  bool is_whole(const Delivery& stated) const { return numbers_.size() == stated.files.size(); }

  Result<Charge> charge_at(const ChargeAddress& address) const {
    std::optional<Charge> found;
    std::int64_t position = 0;
    if (address.record == record_) {
      store_.for_each_charge_of(record_, [&](const StoredCharge& stored) {
        if (++position == address.position) found = stored.charge;
      });
    }
    if (!found) return unknown_ref(charge_ref(address));
    return *found;
  }

  /// As the import did: with its terms, matched by the deals as they were.
  Result<Delivery> read_again(const Delivery& stated, const std::optional<Charge>& wanted) {
    const BookState before = load_state(store_, record_ - 1);
    const std::vector<Investment> deals = before.investment_list();
    const AccountMatcher matcher{deals, before.zone};
    DeliveryContext context{matcher, before.zone,
                            [&](const std::string& investee, const std::string& currency) {
                              return before.has_grant(investee, currency);
                            },
                            {},
                            {}};
    if (wanted) {
      context.charge_row = [&, name = name_of(*wanted)](const ChargeRow& row) {
        if (name_of(row.charge) == name) lines_.push_back(row);
      };
    }
    ACCRUE_TRY(reading, read_usage(paths_, stated.terms, context));
    return std::move(reading.delivery);
  }

  /// Whether all rows of a stated charge stand in the files given.
  bool is_covered(const RowSpan& span) const {
    for (std::int64_t file = span.first.file; file <= span.last.file; ++file) {
      if (std::count(numbers_.begin(), numbers_.end(), file) == 0) return false;
    }
    return true;
  }

  void compare_charges(const Delivery& stated, const Delivery& read) {
    std::map<ChargeName, const Charge*> again;
    for (const Charge& charge : read.charges) again.emplace(name_of(charge), &charge);
    for (std::size_t i = 0; i < stated.charges.size(); ++i) {
      const Charge& charge = stated.charges[i];
      const auto found = again.find(name_of(charge));
      if (!is_whole(stated) && !is_covered(stated.rows_of_charges.at(i))) {
        if (found != again.end()) again.erase(found);
        continue;
      }
      ++compared_;
      const std::string derived = found == again.end() ? "no such charge" : describe(*found->second);
      if (derived != describe(charge)) {
        findings_.push_back({record_, "charge", describe(charge), derived});
      }
      if (found != again.end()) again.erase(found);
    }
    for (const auto& [name, charge] : again) {
      findings_.push_back({record_, "charge", "no such charge", describe(*charge)});
    }
  }

  void compare_totals(const Delivery& stated, const Delivery& read) {
    const auto compare = [&](const char* what, bool is_equal) {
      if (!is_equal) {
        findings_.push_back({record_, what, "as the record states", "other when read again"});
      }
    };
    compare("totals by category", stated.by_category == read.by_category);
    compare("totals by account", stated.by_account == read.by_account);
    compare("totals of other customers", stated.other_customers == read.other_customers);
    compare("settled credit rows", stated.settled == read.settled);
  }

  Report start(const std::string& title) const {
    Report report = start_report(view_, "vouch", title, std::nullopt);
    report.checks = {{"charges that differ from those of the record",
                      {Decimal::from_integer(static_cast<std::int64_t>(findings_.size())), 0}}};
    return report;
  }

  Report files_report(const Delivery& stated, const Delivery& read) const {
    Report report = start("Record " + std::to_string(record_) + ": " + std::to_string(compared_) +
                          " charges read again");
    report.columns = {{"file", ColumnKind::key},    {"sha256", ColumnKind::text, 3},
                      {"bytes", ColumnKind::count}, {"rows", ColumnKind::count},
                      {"ref", ColumnKind::text, 9}};
    for (std::size_t i = 0; i < read.files.size(); ++i) {
      const UsageFile& file = read.files[i];
      report.rows.push_back({file.name, to_hex(file.sha256), file.byte_count, file.row_count,
                             make_ref({"file", std::to_string(record_),
                                       std::to_string(numbers_[i] + 1)})});
    }
    if (!is_whole(stated)) {
      report.notes.push_back("the delivery has " + std::to_string(stated.files.size()) +
                             " files: charges with rows in the others were not compared");
    }
    return report;
  }

  Report lines_report(const Charge& wanted, const ChargeAddress& address,
                      const Delivery& stated) const {
    Report report = start("The lines behind charge " + std::to_string(address.position) +
                          " of record " + std::to_string(record_));
    report.columns = {{"file", ColumnKind::key},      {"line", ColumnKind::key},
                      {"amount", ColumnKind::figure}, {"currency", ColumnKind::text},
                      {"row", ColumnKind::text},      {"ref", ColumnKind::text, 9}};
    const Currency currency = Currency::from_code(wanted.key.currency).value();
    Decimal sum;
    for (const ChargeRow& row : lines_) {
      sum += row.charge.amount;
      const auto file = static_cast<std::size_t>(row.address.file);
      report.rows.push_back({stated.files.at(static_cast<std::size_t>(numbers_[file])).name,
                             row.address.line, exact_figure(row.charge.amount, currency),
                             wanted.key.currency, row.text, charge_ref(address)});
    }
    const auto found =
        std::find_if(stated.charges.begin(), stated.charges.end(),
                     [&](const Charge& charge) { return name_of(charge) == name_of(wanted); });
    const Decimal of_record = found == stated.charges.end() ? Decimal{} : found->amount;
    report.totals = {{"amount", exact_figure(sum, currency)}};
    report.column_sums = {{"amount", "amount"}};
    if (is_whole(stated)) {
      report.checks.push_back({"the lines = what the delivery states for the charge",
                               exact_figure(sum - of_record, currency)});
    }
    if (stated.mode == DeliveryMode::replace && wanted.amount != of_record) {
      report.notes.push_back("the delivery replaced what stood: the charge is the difference of " +
                             wanted.amount.to_string() + " to what stood before");
    }
    return report;
  }

  const Store& store_;
  const BookView& view_;
  std::vector<std::string> paths_;
  std::vector<std::string> hashes_;    ///< of the paths as given
  std::vector<std::int64_t> numbers_;  ///< of each path: which file of the delivery
  std::int64_t record_ = 0;
  std::int64_t compared_ = 0;
  std::vector<ChargeRow> lines_;
  std::vector<Finding> findings_;
};

}  // namespace

Result<Vouching> vouch(const Store& store, const BookView& view,
                       const std::vector<std::string>& paths,
                       const std::optional<ChargeAddress>& charge) {
  return Voucher{store, view, paths}.run(charge);
}

}  // namespace accrue
