#include "cli/export/account_names.h"
#include "cli/export/journal_export.h"
#include "ledger/number/money.h"

namespace accrue {

namespace {

std::string meta(std::string_view indent, std::string_view key, std::string_view value) {
  return std::string{indent} + std::string{key} + ": " + std::string{value} + '\n';
}

std::string head_of(const JournalExport& journal) {
  std::string text = "; Journal of the book " + journal.book_id + " for beancount\n; " +
                     std::to_string(journal.record_count) + " records, root " + journal.root + '\n';
  const std::string code{journal.currency.code()};
  text += "\noption \"title\" " + beancount_string(journal.book_name) +
          "\noption \"operating_currency\" \"" + code +
          // Sums are exact: no difference is small enough to pass.
          "\"\noption \"inferred_tolerance_multiplier\" \"0\"\n";
  return text;
}

void write_declarations(const JournalExport& journal, std::string& text) {
  const std::string code{journal.currency.code()};
  Date first = journal.opened_on;
  if (journal.opening.empty() && !journal.entries.empty()) {
    first = journal.entries.front().entry.dated_on();
  }
  text += '\n' + first.to_string() + " commodity " + code + '\n' +
          meta("  ", "digits", std::to_string(journal.currency.minor_digits()));
  for (const auto& [account, used_on] : journal.accounts) {
    text += '\n' + used_on.to_string() + " open " + beancount_account_name(account) + "  " + code +
            '\n' + meta("  ", "name", beancount_string(account.name()));
  }
}

void write_line(const JournalExport& journal, const Account& account, std::int64_t amount,
                std::string& text) {
  text += "  " + beancount_account_name(account) + "  " + amount_text(journal, amount) + '\n';
}

void write_opening(const JournalExport& journal, std::string& text) {
  text += '\n' + journal.opened_on.to_string() + " * \"balances before " +
          journal.range->first.to_string() + "\"\n";
  for (const auto& [account, amount] : journal.opening) {
    write_line(journal, account, amount, text);
  }
}

void write_entry(const JournalExport& journal, const StoredEntry& stored, std::string& text) {
  const Entry& entry = stored.entry;
  const RecordHead& head = journal.records.at(stored.record);
  text += '\n' + entry.dated_on().to_string() + " * " + beancount_string(entry.memo()) + '\n';
  text += meta("  ", "entry", std::to_string(stored.number));
  text += meta("  ", "record", std::to_string(stored.record));
  text += meta("  ", "recorded_at", beancount_string(head.recorded_at.to_string()));
  text += meta("  ", "author", beancount_string(head.author));
  if (!head.approved_by.empty()) {
    text += meta("  ", "approved_by", beancount_string(head.approved_by));
  }
  if (!head.reason.empty()) text += meta("  ", "reason", beancount_string(head.reason));
  text += meta("  ", "posting_period", beancount_string(entry.posting_period().to_string()));
  text += meta("  ", "origin_period", beancount_string(entry.origin_period().to_string()));
  for (const Line& line : entry.lines()) {
    write_line(journal, line.account, line.amount_minor_units, text);
  }
}

/// `balance` holds at the begin of its day: the day after the period.
void write_end(const JournalExport& journal, const PeriodEnd& end, std::string& text) {
  const std::string day = end.period.next().first_day().to_string();
  text += '\n';
  for (const auto& [account, amount] : end.balances) {
    text += day + " balance " + beancount_account_name(account) + "  " +
            Money::from_minor(amount, journal.currency).to_string() + " ~ " +
            amount_text(journal, 0) + '\n';
  }
}

}  // namespace

std::string beancount_journal(const JournalExport& journal) {
  std::string text = head_of(journal);
  if (journal.accounts.empty()) return text;
  write_declarations(journal, text);
  if (!journal.opening.empty()) write_opening(journal, text);
  for (const StoredEntry& stored : journal.entries) write_entry(journal, stored, text);
  for (const PeriodEnd& end : journal.ends) write_end(journal, end, text);
  return text;
}

}  // namespace accrue
