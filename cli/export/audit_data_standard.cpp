#include "cli/export/audit_data_standard.h"

#include <algorithm>
#include <cstdlib>

#include "cli/render_csv.h"

namespace accrue {

namespace {

struct FiscalMonth {
  int year;
  int number;  ///< from 1
};

/// A fiscal year is named for the calendar year it ends in.
FiscalMonth fiscal_month(Period period, FiscalCalendar fiscal) {
  const int into = (period.month() - fiscal.start_month + 12) % 12;
  const bool ends_next_year = fiscal.start_month > 1 && period.month() >= fiscal.start_month;
  return {period.year() + (ends_next_year ? 1 : 0), into + 1};
}

Figure money(const JournalExport& journal, std::int64_t minor_units) {
  const int digits = journal.currency.minor_digits();
  return {Decimal::from_scaled(minor_units, digits), digits};
}

std::string gl_detail(const JournalExport& journal, FiscalCalendar fiscal) {
  std::string csv =
      "Journal_ID,Journal_ID_Line_Number,JE_Header_Description,Source,Effective_Date,Fiscal_Year,"
      "Period,GL_Account_Number,Amount,Amount_Credit_Debit_Indicator,Amount_Currency,Entered_By,"
      "Entered_Date,Entered_Time,Approved_By,Segment01,Segment02\n";
  const std::string currency{journal.currency.code()};
  for (const StoredEntry& stored : journal.entries) {
    const Entry& entry = stored.entry;
    const RecordHead& head = journal.records.at(stored.record);
    const FiscalMonth month = fiscal_month(entry.posting_period(), fiscal);
    const std::string recorded = head.recorded_at.to_string();
    std::int64_t position = 0;
    for (const Line& line : entry.lines()) {
      const bool is_debit = line.amount_minor_units >= 0;
      const Figure amount =
          money(journal, is_debit ? line.amount_minor_units : -line.amount_minor_units);
      // 2024-06-01T10:00:00Z
      csv += csv_line({stored.number, ++position, entry.memo(),
                       std::string{to_string(head.kind)}, entry.dated_on().to_string(),
                       std::int64_t{month.year}, std::int64_t{month.number}, line.account.name(),
                       amount, is_debit ? "D" : "C", currency, head.author,
                       recorded.substr(0, 10), recorded.substr(11, 8), head.approved_by,
                       stored.record, entry.origin_period().to_string()});
    }
  }
  return csv;
}

std::string trial_balance(const JournalExport& journal, FiscalCalendar fiscal) {
  std::string csv =
      "GL_Account_Number,Fiscal_Year,Period,Balance_As_Of_Date,Amount_Beginning,Amount_Ending,"
      "Amount_Currency\n";
  const std::map<Account, std::int64_t>* before = &journal.opening;
  for (const PeriodEnd& end : journal.ends) {
    const FiscalMonth month = fiscal_month(end.period, fiscal);
    for (const auto& [account, amount] : end.balances) {
      const auto begin = before->find(account);
      csv += csv_line({account.name(), std::int64_t{month.year}, std::int64_t{month.number},
                       end.period.last_day().to_string(),
                       money(journal, begin == before->end() ? 0 : begin->second),
                       money(journal, amount), std::string{journal.currency.code()}});
    }
    before = &end.balances;
  }
  return csv;
}

std::string_view account_type(AccountType type) {
  switch (type) {
    case AccountType::asset:
      return "Assets";
    case AccountType::liability:
      return "Liabilities";
    case AccountType::revenue:
      return "Revenue";
  }
  return {};
}

std::string chart_of_accounts(const JournalExport& journal) {
  std::string csv =
      "GL_Account_Number,GL_Account_Name,FS_Caption,Account_Type,Account_Subtype\n";
  for (const auto& [account, used_on] : journal.accounts) {
    const std::string name = account.name();
    csv += csv_line({name, name, name.substr(0, name.find(':')),
                     std::string{account_type(account.type())},
                     std::string{to_string(account.role)}});
  }
  return csv;
}

/// 20240630
std::string compact(Date date) {
  std::string text = date.to_string();
  text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
  return text;
}

}  // namespace

std::vector<Member> audit_data_standard(const JournalExport& journal, FiscalCalendar fiscal) {
  if (!journal.is_posted_to) return {};
  const std::string last = compact(journal.range->last.last_day());
  const std::string range = compact(journal.range->first.first_day()) + '_' + last;
  return {{"GL_Detail_" + range + ".csv", gl_detail(journal, fiscal)},
          {"Trial_Balance_" + range + ".csv", trial_balance(journal, fiscal)},
          {"Chart_Of_Accounts_" + last + ".csv", chart_of_accounts(journal)}};
}

}  // namespace accrue
