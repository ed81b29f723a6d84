// What a hand that can write the file does to it, table by table, and what verify says.

#include <filesystem>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "accounting/audit/verify.h"
#include "tests/audit/audited_book.h"
#include "tests/store/sample_book.h"

namespace {

using namespace accrue;
using namespace accrue::testing;

/// The book as it was made, to be copied.
const std::string& whole_book() {
  static const ScratchFolder folder;
  static const std::string path = [] {
    const std::string made = folder / "whole.accrue";
    audited_book(Store::create(made).value());
    return made;
  }();
  return path;
}

AuditReport verify_altered(const std::string& sql) {
  const ScratchFolder folder;
  const std::string path = folder / "altered.accrue";
  std::filesystem::copy_file(whole_book(), path);
  alter(path, sql);
  return verify(Store::open(path, Store::Access::read).value(), {});
}

/// A finding of the record (0: any) whose subject begins so.
bool names(const AuditReport& report, std::int64_t record, const std::string& what) {
  for (const Finding& finding : report.findings) {
    if ((record == 0 || finding.record == record) && finding.what.starts_with(what)) return true;
  }
  return false;
}

std::string text_of(const AuditReport& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    text += std::to_string(finding.record) + " " + finding.what + ": " + finding.stored + " / " +
            finding.derived + "\n";
  }
  return text;
}

struct Row {
  const char* table;
  const char* how;
  const char* sql;
  std::int64_t record;  ///< to be named; 0 where the row has none
  const char* what;
};

// Records: 3, 4 deals; 8 usage of April; 9 its close; 10 a checkpoint; 11 usage; 12 events;
// 13 an estimate; 14 a close, 15 taken back, 16 again; 17 a checkpoint; 18 usage.
const Row rows[] = {
    {"record", "changed", "UPDATE record SET author = 'eve' WHERE sequence = 8", 8, "leaf hash"},
    {"record", "changed", "UPDATE record SET reason = '' WHERE sequence = 13", 13, "leaf hash"},
    {"record", "changed", "UPDATE record SET recorded_at = recorded_at + 1 WHERE sequence = 11", 11,
     "leaf hash"},
    {"record", "changed", "UPDATE record SET rules = 2 WHERE sequence = 11", 11, "rule version"},
    {"record", "changed", "UPDATE record SET leaf_hash = zeroblob(32) WHERE sequence = 5", 5,
     "leaf hash"},
    {"record", "changed",
     "UPDATE record SET fact = (SELECT fact FROM record WHERE sequence = 18) WHERE sequence = 8", 8,
     "leaf hash"},
    {"record", "removed", "DELETE FROM record WHERE sequence = 7", 7, "record"},
    {"record", "added",
     "INSERT INTO record SELECT 19, kind, recorded_at + 100000000, author, reason, os_user, host, "
     "rules, leaf_hash, fact, approver, approver_os_user, approver_host, signature FROM record WHERE sequence = 1",
     19, "leaf hash"},
    {"record", "swapped",
     "UPDATE record SET sequence = CASE sequence WHEN 3 THEN -4 ELSE -3 END WHERE sequence IN (3,4);"
     "UPDATE record SET sequence = -sequence WHERE sequence < 0",
     3, "leaf hash"},

    {"entry", "changed", "UPDATE entry SET memo = 'other' WHERE record = 8", 8, "leaf hash"},
    {"entry", "changed", "UPDATE entry SET posting_period = posting_period + 1 WHERE record = 8", 8,
     "entry"},
    {"entry", "removed", "DELETE FROM entry WHERE record = 8", 8, "leaf hash"},
    {"entry", "added",
     "INSERT INTO entry SELECT 1000, 8, dated_on, posting_period, origin_period, memo FROM entry "
     "WHERE number = 1;"
     "INSERT INTO line SELECT 1000, position, account, amount FROM line WHERE entry = 1",
     8, "leaf hash"},
    {"entry", "swapped",
     "UPDATE entry SET record = CASE record WHEN 3 THEN 4 ELSE 3 END WHERE record IN (3, 4)", 3,
     "leaf hash"},

    {"line", "changed",
     "UPDATE line SET amount = amount * 2 WHERE entry = (SELECT min(number) FROM entry "
     "WHERE record = 8)",
     8, "entry"},
    {"line", "changed",
     "UPDATE line SET amount = amount + 1 WHERE position = 1 AND entry = (SELECT min(number) FROM "
     "entry WHERE record = 8)",
     8, "record"},
    {"line", "removed",
     "DELETE FROM line WHERE position = 1 AND entry = (SELECT min(number) FROM entry "
     "WHERE record = 8)",
     8, "record"},
    {"line", "added",
     "INSERT INTO line SELECT entry, 98, account, 5 FROM line WHERE position = 1 AND entry = 1;"
     "INSERT INTO line SELECT entry, 99, account, -5 FROM line WHERE position = 1 AND entry = 1",
     3, "leaf hash"},
    {"line", "swapped",
     "UPDATE line SET position = CASE position WHEN 1 THEN 90 ELSE 1 END WHERE entry = 1 AND "
     "position IN (1, 2); UPDATE line SET position = 2 WHERE entry = 1 AND position = 90",
     3, "leaf hash"},

    {"account", "changed", "UPDATE account SET name = 'x' WHERE id = 2", 0, "table account"},
    {"account", "changed", "UPDATE account SET investee = 'x' WHERE id = 2", 0, "leaf hash"},
    {"account", "removed", "DELETE FROM account WHERE id = 2", 0, "SQLite integrity"},
    {"account", "added",
     "INSERT INTO account SELECT 999, 'y', role, kind, 'y', investment, grant, service, region "
     "FROM account WHERE id = 2",
     0, "table account"},
    {"account", "swapped",
     "UPDATE account SET id = -id WHERE id IN (1, 2);"
     "UPDATE account SET id = CASE id WHEN -1 THEN 2 ELSE 1 END WHERE id < 0",
     3, "leaf hash"},

    // A balance is found by its period; it names no record.
    {"balance", "changed", "UPDATE balance SET amount = 2 * amount", 0, "table balance"},
    {"balance", "removed", "DELETE FROM balance WHERE amount > 0", 0, "table balance"},
    {"balance", "added",
     "INSERT INTO balance SELECT posting_period + 50, account, origin_period, 0 FROM balance", 0,
     "table balance"},
    {"balance", "swapped",
     "UPDATE balance SET posting_period = posting_period + 1000;"
     "UPDATE balance SET posting_period = 2 * 24292 + 1 - (posting_period - 1000)",
     0, "table balance"},

    {"charge", "changed", "UPDATE charge SET amount = '100.26' WHERE record = 8 AND position = 1",
     8, "table charge"},
    {"charge", "removed", "DELETE FROM charge WHERE record = 8 AND position = 1", 8,
     "table charge"},
    {"charge", "added",
     "INSERT INTO charge SELECT record, 99, key, at, period, kind, category, class, "
     "billing_period, row_count, amount FROM charge WHERE record = 8 AND position = 1",
     8, "table charge"},
    {"charge", "swapped",
     "UPDATE charge SET position = -position WHERE record = 8;"
     "UPDATE charge SET position = 3 + position WHERE record = 8",
     8, "table charge"},
    {"charge_key", "changed", "UPDATE charge_key SET sku = 'B200' WHERE id = 1", 8,
     "table charge"},
    {"charge_key", "removed", "DELETE FROM charge_key WHERE id = 1", 0, "SQLite integrity"},
    {"charge_key", "added",
     "INSERT INTO charge_key SELECT 99, investee, currency, billing_account, sub_account, 'x', sku, "
     "region FROM charge_key WHERE id = 1",
     0, "table charge_key"},
    {"charge_key", "swapped",
     "UPDATE charge_key SET id = -id WHERE id IN (1, 2);"
     "UPDATE charge_key SET id = 3 + id WHERE id < 0",
     8, "table charge"},

    {"event_source", "changed", "UPDATE event_source SET name = 'other'", 12, "table event"},
    {"event_source", "removed", "DELETE FROM event_source", 0, "SQLite integrity"},
    {"event_source", "added", "INSERT INTO event_source VALUES(9, 'other')", 0,
     "table event_source"},
    {"event", "changed", "UPDATE event SET content = zeroblob(32) WHERE id = 'e1'", 12,
     "table event"},
    {"event", "removed", "DELETE FROM event WHERE id = 'e1'", 12, "table event"},
    {"event", "added", "INSERT INTO event SELECT source, 'e9', record, content FROM event "
                       "WHERE id = 'e1'",
     12, "table event"},
    {"event", "swapped",
     "UPDATE event SET id = 'x' WHERE id = 'e1'; UPDATE event SET id = 'e1' WHERE id = 'e2';"
     "UPDATE event SET id = 'e2' WHERE id = 'x'",
     12, "table event"},

    {"draw", "changed", "UPDATE draw SET total = '1' WHERE close_record = 9", 9, "table draw"},
    {"draw", "removed", "DELETE FROM draw WHERE close_record = 9", 9, "table draw"},
    {"draw", "added",
     "INSERT INTO draw SELECT close_record, investee, currency, grant, origin_period, "
     "served_period, 'x', sku, region, total FROM draw WHERE close_record = 9",
     9, "table draw"},
    {"draw", "swapped",
     "UPDATE draw SET close_record = -close_record WHERE close_record IN (9, 14);"
     "UPDATE draw SET close_record = CASE close_record WHEN -9 THEN 14 ELSE 9 END "
     "WHERE close_record < 0",
     9, "table draw"},

    {"period_close", "changed",
     "UPDATE period_close SET trial_balance_hash = zeroblob(32) WHERE record = 9", 9,
     "table period_close"},
    {"period_close", "changed", "UPDATE period_close SET reopened_by = NULL WHERE record = 14", 14,
     "table period_close"},
    {"period_close", "removed", "DELETE FROM period_close WHERE record = 14", 14,
     "table period_close"},
    {"period_close", "added",
     "INSERT INTO period_close SELECT 18, period, begin_at, end_at, trial_balance_hash, NULL FROM "
     "period_close WHERE record = 9",
     18, "table period_close"},
    {"period_close", "swapped",
     "UPDATE period_close SET record = -record WHERE record IN (14, 16);"
     "UPDATE period_close SET record = CASE record WHEN -14 THEN 16 ELSE 14 END WHERE record < 0",
     14, "table period_close"},

    {"imported_file", "changed", "UPDATE imported_file SET sha256 = zeroblob(32) WHERE record = 8",
     8, "table imported_file"},
    {"imported_file", "removed", "DELETE FROM imported_file WHERE record = 8", 8,
     "table imported_file"},
    {"imported_file", "added", "INSERT INTO imported_file VALUES(zeroblob(32), 18)", 18,
     "table imported_file"},
    {"imported_file", "swapped",
     "UPDATE imported_file SET record = CASE record WHEN 8 THEN 11 ELSE 8 END "
     "WHERE record IN (8, 11)",
     8, "table imported_file"},

    {"node", "changed", "UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND idx = 2", 0,
     "table node"},
    {"node", "removed", "DELETE FROM node WHERE level = 1 AND idx = 2", 0, "table node"},
    {"node", "added", "INSERT INTO node VALUES(9, 9, zeroblob(32))", 0, "table node"},
    {"node", "swapped",
     "UPDATE node SET idx = -idx WHERE level = 1 AND idx IN (1, 2);"
     "UPDATE node SET idx = 3 + idx WHERE level = 1 AND idx < 0",
     0, "table node"},
};

}  // namespace

TEST_CASE("tampering: an untouched book is clean") {
  const AuditReport report =
      verify(Store::open(whole_book(), Store::Access::read).value(), {});
  CHECK(text_of(report) == "");
  CHECK(verdict_of(report) == Verdict::ok);
  CHECK(report.record_count == 18);
  // Every table has something to be altered.
  std::set<std::string> filled;
  for (const std::string& row : dump(Store::open(whole_book(), Store::Access::read).value())) {
    filled.insert(row.substr(0, row.find(':')));
  }
  CHECK(filled.size() ==
        Store::open(whole_book(), Store::Access::read).value().table_names().size());
}

TEST_CASE("tampering: in every table a row changed, removed, added or swapped is found and named") {
  std::map<std::string, std::set<std::string>> tried;
  for (const Row& row : rows) {
    CAPTURE(std::string{row.table});
    CAPTURE(std::string{row.how});
    CAPTURE(std::string{row.sql});
    const AuditReport report = verify_altered(row.sql);
    CHECK(verdict_of(report) != Verdict::ok);
    CHECK_MESSAGE(names(report, row.record, row.what), text_of(report));
    tried[row.table].insert(row.how);
  }
  for (const std::string& table :
       Store::open(whole_book(), Store::Access::read).value().table_names()) {
    CAPTURE(table);
    // A table of one row has none to swap.
    CHECK(tried[table].size() >= (table == "event_source" ? 3U : 4U));
  }
}

TEST_CASE("tampering: what stops the audit half way is incomplete, not merely different") {
  CHECK(verdict_of(verify_altered("UPDATE charge SET amount = '7' WHERE record = 8")) ==
        Verdict::differs);
  for (const char* sql : {"UPDATE record SET fact = x'01' WHERE sequence = 8",
                          "UPDATE record SET rules = 2 WHERE sequence = 8",
                          "UPDATE record SET kind = 1 WHERE sequence = 8",
                          "UPDATE record SET kind = 99 WHERE sequence = 8",
                          "UPDATE record SET recorded_at = 0 WHERE sequence = 8",
                          "UPDATE record SET fact = (SELECT fact FROM record WHERE sequence = 1), "
                          "kind = 1 WHERE sequence = 8",
                          "DELETE FROM record WHERE sequence = 8",
                          "DELETE FROM account WHERE id = 2"}) {
    CAPTURE(std::string{sql});
    CHECK(verdict_of(verify_altered(sql)) == Verdict::incomplete);
  }
}

TEST_CASE("tampering: a checkpoint in the book tells that the records before it were altered") {
  const AuditReport report = verify_altered(
      "UPDATE record SET author = 'eve' WHERE sequence = 8");
  CHECK(names(report, 10, "checkpoint: root over 9 records"));
  CHECK(names(report, 17, "checkpoint: root over 16 records"));
  CHECK_FALSE(names(verify_altered("UPDATE record SET author = 'eve' WHERE sequence = 11"), 10,
                    "checkpoint"));
}
