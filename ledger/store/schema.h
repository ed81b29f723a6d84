#pragma once

#include <array>
#include <cstdint>

namespace accrue {

/// "ACCR": what marks a file as a book, in the header of every SQLite file.
inline constexpr std::uint32_t application_id = 0x41434352;
inline constexpr std::uint32_t schema_version = 4;

/// What a book is made of, in the order it is created. The texts stand in the file as they are
/// written here, so that a book whose tables or guards were altered can be told.
/// Described in docs/formats.md, "The book file".
inline constexpr std::array schema{
    "CREATE TABLE record(\n"
    "  sequence INTEGER PRIMARY KEY,\n"
    "  kind INTEGER NOT NULL,\n"
    "  recorded_at INTEGER NOT NULL,\n"
    "  author TEXT NOT NULL,\n"
    "  reason TEXT NOT NULL,\n"
    "  os_user TEXT NOT NULL,\n"
    "  host TEXT NOT NULL,\n"
    "  rules INTEGER NOT NULL,\n"
    "  leaf_hash BLOB NOT NULL CHECK(length(leaf_hash) = 32),\n"
    "  fact BLOB NOT NULL,\n"
    "  approver TEXT,\n"
    "  approver_os_user TEXT,\n"
    "  approver_host TEXT,\n"
    "  signature BLOB CHECK(length(signature) = 64)\n"
    ") STRICT",

    "CREATE TABLE entry(\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  record INTEGER NOT NULL REFERENCES record(sequence),\n"
    "  dated_on INTEGER NOT NULL,\n"
    "  posting_period INTEGER NOT NULL,\n"
    "  origin_period INTEGER NOT NULL,\n"
    "  memo TEXT NOT NULL\n"
    ") STRICT",
    "CREATE INDEX entry_by_record ON entry(record)",
    "CREATE INDEX entry_by_posting_period ON entry(posting_period)",

    "CREATE TABLE line(\n"
    "  entry INTEGER NOT NULL REFERENCES entry(number),\n"
    "  position INTEGER NOT NULL,\n"
    "  account INTEGER NOT NULL REFERENCES account(id),\n"
    "  amount INTEGER NOT NULL,\n"
    "  PRIMARY KEY(entry, position)\n"
    ") WITHOUT ROWID, STRICT",

    "CREATE TABLE account(\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  name TEXT NOT NULL,\n"
    "  role INTEGER NOT NULL,\n"
    "  kind INTEGER NOT NULL,\n"
    "  investee TEXT NOT NULL,\n"
    "  investment TEXT NOT NULL,\n"
    "  grant TEXT NOT NULL,\n"
    "  service TEXT NOT NULL,\n"
    "  region TEXT NOT NULL,\n"
    "  UNIQUE(role, kind, investee, investment, grant, service, region)\n"
    ") STRICT",

    "CREATE TABLE balance(\n"
    "  posting_period INTEGER NOT NULL,\n"
    "  account INTEGER NOT NULL REFERENCES account(id),\n"
    "  origin_period INTEGER NOT NULL,\n"
    "  amount INTEGER NOT NULL,\n"
    "  PRIMARY KEY(posting_period, account, origin_period)\n"
    ") WITHOUT ROWID, STRICT",

    "CREATE TABLE charge_key(\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  investee TEXT NOT NULL,\n"
    "  currency TEXT NOT NULL,\n"
    "  billing_account TEXT NOT NULL,\n"
    "  sub_account TEXT NOT NULL,\n"
    "  service TEXT NOT NULL,\n"
    "  sku TEXT NOT NULL,\n"
    "  region TEXT NOT NULL,\n"
    "  UNIQUE(investee, currency, billing_account, sub_account, service, sku, region)\n"
    ") STRICT",

    "CREATE TABLE charge(\n"
    "  record INTEGER NOT NULL REFERENCES record(sequence) DEFERRABLE INITIALLY DEFERRED,\n"
    "  position INTEGER NOT NULL,\n"
    "  key INTEGER NOT NULL REFERENCES charge_key(id),\n"
    "  at INTEGER NOT NULL,\n"
    "  period INTEGER NOT NULL,\n"
    "  kind INTEGER NOT NULL,\n"
    "  category INTEGER NOT NULL,\n"
    "  class INTEGER NOT NULL,\n"
    "  billing_period INTEGER,\n"
    "  row_count INTEGER NOT NULL,\n"
    "  amount TEXT NOT NULL,\n"
    "  PRIMARY KEY(record, position)\n"
    ") WITHOUT ROWID, STRICT",
    "CREATE INDEX charge_by_period ON charge(period)",
    "CREATE INDEX charge_by_billing_period ON charge(billing_period) "
    "WHERE billing_period IS NOT NULL",

    "CREATE TABLE event_source(\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  name TEXT NOT NULL UNIQUE\n"
    ") STRICT",

    "CREATE TABLE event(\n"
    "  source INTEGER NOT NULL REFERENCES event_source(id),\n"
    "  id TEXT NOT NULL,\n"
    "  record INTEGER NOT NULL REFERENCES record(sequence) DEFERRABLE INITIALLY DEFERRED,\n"
    "  content BLOB NOT NULL CHECK(length(content) = 32),\n"
    "  PRIMARY KEY(source, id)\n"
    ") WITHOUT ROWID, STRICT",

    "CREATE TABLE draw(\n"
    "  close_record INTEGER NOT NULL,\n"
    "  investee TEXT NOT NULL,\n"
    "  currency TEXT NOT NULL,\n"
    "  grant TEXT NOT NULL,\n"
    "  origin_period INTEGER NOT NULL,\n"
    "  served_period INTEGER NOT NULL,\n"
    "  service TEXT NOT NULL,\n"
    "  sku TEXT NOT NULL,\n"
    "  region TEXT NOT NULL,\n"
    "  total TEXT NOT NULL,\n"
    "  PRIMARY KEY(close_record, investee, currency, grant, origin_period, served_period, "
    "service,\n"
    "              sku, region)\n"
    ") WITHOUT ROWID, STRICT",

    "CREATE TABLE period_close(\n"
    "  record INTEGER PRIMARY KEY REFERENCES record(sequence) DEFERRABLE INITIALLY DEFERRED,\n"
    "  period INTEGER NOT NULL,\n"
    "  begin_at INTEGER NOT NULL,\n"
    "  end_at INTEGER NOT NULL,\n"
    "  trial_balance_hash BLOB NOT NULL,\n"
    "  reopened_by INTEGER REFERENCES record(sequence) DEFERRABLE INITIALLY DEFERRED\n"
    ") STRICT",

    "CREATE TABLE imported_file(\n"
    "  sha256 BLOB NOT NULL,\n"
    "  record INTEGER NOT NULL REFERENCES record(sequence) DEFERRABLE INITIALLY DEFERRED,\n"
    "  PRIMARY KEY(sha256, record)\n"
    ") WITHOUT ROWID, STRICT",

    "CREATE TABLE node(\n"
    "  level INTEGER NOT NULL,\n"
    "  idx INTEGER NOT NULL,\n"
    "  hash BLOB NOT NULL CHECK(length(hash) = 32),\n"
    "  PRIMARY KEY(level, idx)\n"
    ") WITHOUT ROWID, STRICT",

    // A guard against accidents. The proof is the tree.
    "CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record\n"
    "BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END",
    "CREATE TRIGGER record_is_never_deleted BEFORE DELETE ON record\n"
    "BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END",
    "CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry\n"
    "BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END",
    "CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry\n"
    "BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END",
    "CREATE TRIGGER line_is_never_changed BEFORE UPDATE ON line\n"
    "BEGIN SELECT RAISE(ABORT, 'a line is never changed'); END",
    "CREATE TRIGGER line_is_never_deleted BEFORE DELETE ON line\n"
    "BEGIN SELECT RAISE(ABORT, 'a line is never deleted'); END",
};

}  // namespace accrue
