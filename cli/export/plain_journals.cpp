// hledger and ledger read nearly the same language.

#include <algorithm>

#include "cli/export/account_names.h"
#include "cli/export/journal_export.h"

namespace accrue {

namespace {

enum class Tool { hledger, ledger };

/// Ledger reads no line of more than 4,095 bytes.
constexpr std::size_t longest_value = 3000;

/// `key: value`, on as many lines as it takes; each but the first has the key `key-more`.
std::string tag_lines(std::string_view indent, std::string_view key, std::string value) {
  std::string lines;
  std::string name{key};
  do {
    std::size_t cut = std::min(value.size(), longest_value);
    // Neither a code point nor an escape is cut, and no space is left at an end.
    while (cut < value.size() && ((static_cast<unsigned char>(value[cut]) & 0xC0) == 0x80 ||
                                  value[cut] == ' ' || value[cut - 1] == ' ' ||
                                  value[cut - 1] == '%' || value[cut - 2] == '%')) {
      --cut;
    }
    lines += std::string{indent} + "; " + name + ": " + value.substr(0, cut) + '\n';
    value.erase(0, cut);
    name = std::string{key} + "-more";
  } while (!value.empty());
  return lines;
}

std::string_view hledger_type(const Account& account) {
  if (account.role == AccountRole::cash) return "C";
  switch (account.type()) {
    case AccountType::asset:
      return "A";
    case AccountType::liability:
      return "L";
    case AccountType::revenue:
      return "R";
  }
  return {};
}

class PlainJournal {
 public:
  PlainJournal(const JournalExport& journal, Tool tool) : journal_{journal}, tool_{tool} {}

  std::string write() {
    write_head();
    for (const auto& [account, used_on] : journal_.accounts) declare(account);
    if (!journal_.opening.empty()) write_opening();
    auto end = journal_.ends.begin();
    for (const StoredEntry& stored : journal_.entries) {
      for (; end != journal_.ends.end() && end->period < stored.entry.posting_period(); ++end) {
        write_end(*end);
      }
      write_entry(stored);
    }
    for (; end != journal_.ends.end(); ++end) write_end(*end);
    return std::move(text_);
  }

 private:
  void write_head() {
    const std::string tool = tool_ == Tool::hledger ? "hledger" : "ledger";
    text_ += "; Journal of " + one_line(journal_.book_name) + " for " + tool + '\n';
    text_ += "; book " + journal_.book_id + ", " + std::to_string(journal_.record_count) +
             " records, root " + journal_.root + '\n';
    if (journal_.range) {
      text_ += "; periods " + journal_.range->first.to_string() + " to " +
               journal_.range->last.to_string() + '\n';
    }
    const std::string code{journal_.currency.code()};
    const int digits = journal_.currency.minor_digits();
    const std::string fraction = digits == 0 ? "" : "." + std::string(std::size_t(digits), '0');
    if (tool_ == Tool::hledger) {
      // hledger wants the decimal mark also where no digit follows it.
      text_ += "\ndecimal-mark .\n\ncommodity 1000" + (fraction.empty() ? "." : fraction) + ' ' +
               code + '\n';
    } else {
      text_ += "\ncommodity " + code + "\n    format 1000" + fraction + ' ' + code + "\n\n";
      for (const char* tag : {"entry", "record", "recorded-at", "author", "author-more", "approved-by",
                              "approved-by-more", "reason", "reason-more", "posting-period", "origin-period"}) {
        text_ += "tag " + std::string{tag} + '\n';
      }
    }
  }

  void declare(const Account& account) {
    const std::string name = whole_account_name(account);
    if (tool_ == Tool::ledger) {
      text_ += '\n' + tag_lines("", "name", name) + "account " + plain_account_name(account) + '\n';
      return;
    }
    text_ += "\naccount " + plain_account_name(account) + '\n' +
             tag_lines("    ", "type", std::string{hledger_type(account)}) +
             tag_lines("    ", "name", name);
  }

  void write_line(const Account& account, const std::string& amount) {
    text_ += "    " + plain_account_name(account) + "  " + amount + '\n';
  }

  void write_opening() {
    text_ += '\n' + journal_.opened_on.to_string() + " * balances before " +
             journal_.range->first.to_string() + '\n';
    for (const auto& [account, amount] : journal_.opening) {
      write_line(account, amount_text(journal_, amount));
    }
  }

  void write_entry(const StoredEntry& stored) {
    const Entry& entry = stored.entry;
    const RecordHead& head = journal_.records.at(stored.record);
    text_ += '\n' + entry.dated_on().to_string() + " * (" + std::to_string(stored.number) + ") " +
             one_line(entry.memo()) + '\n';
    const auto tag = [&](std::string_view key, std::string_view value) {
      text_ += tag_lines("    ", key, one_line(value));
    };
    tag("entry", std::to_string(stored.number));
    tag("record", std::to_string(stored.record));
    tag("recorded-at", head.recorded_at.to_string());
    tag("author", head.author);
    if (!head.approved_by.empty()) tag("approved-by", head.approved_by);
    if (!head.reason.empty()) tag("reason", head.reason);
    tag("posting-period", entry.posting_period().to_string());
    tag("origin-period", entry.origin_period().to_string());
    for (const Line& line : entry.lines()) {
      write_line(line.account, amount_text(journal_, line.amount_minor_units));
    }
  }

  /// Both programs take a balance behind `=` as of that posting: of the date in hledger, of the
  /// place in the file in ledger. The last day of the period, behind its entries, is both.
  void write_end(const PeriodEnd& end) {
    text_ += '\n' + end.period.last_day().to_string() + " * balances at the end of " +
             end.period.to_string() + '\n';
    for (const auto& [account, amount] : end.balances) {
      write_line(account, amount_text(journal_, 0) + " = " + amount_text(journal_, amount));
    }
  }

  const JournalExport& journal_;
  Tool tool_;
  std::string text_;
};

}  // namespace

std::string hledger_journal(const JournalExport& journal) {
  return PlainJournal{journal, Tool::hledger}.write();
}

std::string ledger_journal(const JournalExport& journal) {
  return PlainJournal{journal, Tool::ledger}.write();
}

}  // namespace accrue
