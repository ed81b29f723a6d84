#!/usr/bin/env python3
"""Checks an audit pack of `accrue`, a double-entry ledger of compute credits, without accrue.

Written from FORMATS.md alone (a copy lies in every pack), with nothing but Python 3.11 or later.

    python3 verify.py [PACK]       PACK: a .zip or a folder; without it the folder of this file

What it does: reads every record of the book from records.bin byte by byte, hashes them to the root,
and derives from them, and from draws.csv, every table, report, list and journal of the pack, as far as
FORMATS.md says how. A cell that says something else is a finding.

What it cannot derive, the page having no rule for it: which grant pays when several can, revenue of what was
paid in cash, prices from fair values, the split of a grant's revenue by service and region, points of growth.

What it proves: the members of the pack agree with each other and with the root in pack.json. A pack
that was made up as a whole agrees with itself too. Hold against it what you have from elsewhere: a
root (--root), a checkpoint (--checkpoint) with the key of who signed it (--key), a list of leaves.

Exit status: 0 ok, 5 it differs or something could not be checked, 2 wrong usage or not a pack.
"""

import argparse
import base64
import binascii
import csv
import datetime
import functools
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from fractions import Fraction

SHOWN = 20                      # findings printed of each check
LARGEST = 4 << 30               # bytes that a pack may unpack to
KINDS = [None, "book_opened", "investment_added", "usage_imported", "estimate_changed", "segment_imported",
         "base_imported", "rates_imported", "period_closed", "period_reopened", "events_accepted",
         "rate_card_added", "billing_periods_imported", "key_registered", "checkpoint_signed",
         "attempt_refused", "timestamp_attached", "forecast_saved"]
ROLES = ["investment", "cash", "unbilled_receivable", "contract_liability", "revenue"]
TYPES = ["asset", "asset", "asset", "liability", "revenue"]
ACCOUNT_KINDS = ["none", "usage", "breakage"]
CHARGE_KINDS = ["served", "reduction"]
CLASSES = ["regular", "correction"]
CATEGORIES = ["usage", "purchase", "tax", "credit", "adjustment"]
CATCH_UPS = ["new_information", "estimate", "error"]
BREAKAGES = ["remote", "proportional"]
RECORD_FIELDS = "record kind recorded_at author reason os_user host approved_by rules leaf_hash".split()
ACCOUNT_FIELDS = "account type role kind investee investment grant service region".split()
ENTRY_FIELDS = "entry line record date posting_period origin_period memo".split() + ACCOUNT_FIELDS + ["amount"]
BALANCE_FIELDS = ["posting_period", "origin_period"] + ACCOUNT_FIELDS + ["amount"]
CLOSE_FIELDS = "record period begin_at end_at trial_balance_hash reopened_by".split()
GRANT_FIELDS = ("grant record investment tranche investee face face_currency price received_in issued_on begins_at "
                "ends_at expiry_period expiry_booked_in breakage expected_unused").split()
ESTIMATE_FIELDS = "record grant from expected_unused".split()
DRAW_FIELDS = ("posting_period origin_period served_period investee grant service sku region amount "
               "currency").split()
CHARGE_FIELDS = ("record position files event_source event_id at period billing_period investee billing_account "
                 "sub_account service sku region kind category class rows amount currency").split()
INPUT_FIELDS = "record kind source file sha256 bytes rows quarantined recorded_at author".split()
TABLES = "records entries balances closes grants estimates draws charges inputs".split()
REPORTS = "period rollforward bridge trial-balance journal answers".split()
LISTS = {"investments": "investment list", "grants": "grant list", "drawdowns": "drawdown list",
         "entries": "entry list", "periods": "period list"}
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
HEX32 = re.compile(r"[0-9a-f]{64}")


# ---------------------------------------------------------------- findings

class Check:
    """One line of the table: what was compared, how many of it, and what did not hold."""

    def __init__(self, name):
        self.name, self.count, self.findings, self.unchecked, self.notes = name, 0, [], [], []

    def find(self, member, place, found, expected):
        self.findings.append({"member": member, "place": str(place), "found": show(found), "expected": show(expected)})

    def same(self, member, place, found, expected):
        self.count += 1
        if found != expected:
            self.find(member, place, found, expected)

    def cannot(self, text):
        if text not in self.unchecked:
            self.unchecked.append(text)

    @property
    def verdict(self):
        return "differs" if self.findings else "incomplete" if self.unchecked else "ok"


def show(value):
    text = value if isinstance(value, str) else str(value)
    text = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
    return text if len(text) <= 200 else text[:190] + "... (%d characters)" % len(text)


class Malformed(Exception):
    """Bytes or text that are not written as FORMATS.md says; `at` is the byte offset in the member."""

    def __init__(self, at, message):
        super().__init__(message)
        self.at = at


class NotAPack(Exception):
    pass


# ---------------------------------------------------------------- binary values

class Reader:
    """Reads the values of "Binary values". There is one way to write a value; any other is refused."""

    def __init__(self, data, at=0, end=None):
        self.data, self.at, self.end = data, at, len(data) if end is None else end

    def fail(self, message):
        raise Malformed(self.at, message)

    def take(self, n):
        if n < 0 or self.at + n > self.end:
            self.fail("%d bytes are wanted, %d are left" % (n, self.end - self.at))
        self.at += n
        return self.data[self.at - n:self.at]

    def u8(self):
        if self.at >= self.end:
            self.fail("a byte is wanted, none is left")
        self.at += 1
        return self.data[self.at - 1]

    def u32(self):
        return int.from_bytes(self.take(4), "big")

    def i64(self):
        return int.from_bytes(self.take(8), "big", signed=True)

    def blob(self, length=None):
        n = self.i64()
        if length is not None and n != length:
            self.fail("a text of %d bytes where it must have %d" % (n, length))
        return self.take(n)

    def text(self):
        return self.blob().decode("utf-8", "surrogateescape")

    def decimal(self):
        text = self.text()
        if not DECIMAL.fullmatch(text) or text == "-0" or len(text) > 4000:
            self.fail("%r is not a decimal as it must be written" % text)
        return text

    def flag(self):
        value = self.u8()
        if value > 1:
            self.fail("a flag of %d" % value)
        return value == 1

    def optional(self, read):
        return read() if self.flag() else None

    def list(self, read):
        n = self.i64()
        if n < 0 or n > self.end - self.at:
            self.fail("a list of %d" % n)
        return [read() for _ in range(n)]

    def map(self, key, value):
        pairs = self.list(lambda: (key(), value()))
        if any(not self.as_bytes(a[0]) < self.as_bytes(b[0]) for a, b in zip(pairs, pairs[1:])):
            self.fail("the keys of a map do not ascend")
        return pairs

    @staticmethod
    def as_bytes(key):
        parts = key if isinstance(key, tuple) else (key,)
        return tuple(p.encode("utf-8", "surrogateescape") if isinstance(p, str) else p for p in parts)

    def varint(self):
        value = shift = 0
        while True:
            byte = self.u8()
            value |= (byte & 127) << shift
            if byte < 128:
                if byte == 0 and shift:
                    self.fail("a varint that ends with 0")
                return value
            shift += 7
            if shift > 63:
                self.fail("a varint of more than 64 bits")

    def signed(self):
        n = self.varint()
        return -(n + 1 >> 1) if n & 1 else n >> 1

    def packed(self):
        first, n = self.u8(), self.u8()
        digits, raw = first & 127, self.take(n)
        value = int.from_bytes(raw, "big")
        if n == 0 and first or n and raw[0] == 0 or digits and value % 10 == 0:
            self.fail("a packed decimal that is not written the shortest way")
        text = str(value)
        if digits:
            text = text.rjust(digits + 1, "0")
            text = text[:-digits] + "." + text[-digits:]
        return "-" + text if first & 128 else text

    def within(self, value, low, high, what):
        if not low <= value < high:
            self.fail("%s of %d lies outside of the years 1899 to 2201" % (what, value))
        return value

    def date(self):
        return self.within(self.i64(), days(1899), days(2202), "a date")

    def period(self):
        return self.within(self.i64(), 1899 * 12, 2202 * 12, "a period")

    def instant(self):
        return self.within(self.i64(), days(1899) * DAY, days(2202) * DAY, "an instant")

    def one_of(self, names):
        value = self.u8()
        if value >= len(names):
            self.fail("%d is none of %s" % (value, ", ".join(names)))
        return names[value]

    def amount(self):
        return self.decimal(), self.text()

    def done(self):
        if self.at != self.end:
            self.fail("%d bytes too many" % (self.end - self.at))


DAY = 86400 * 10**6


def days(year, month=1, day=1):
    return datetime.date(year, month, day).toordinal() - 719163


def day_text(value):
    return datetime.date.fromordinal(value + 719163).isoformat()


def period_text(value):
    return "%04d-%02d" % (value // 12, value % 12 + 1)


def period_of(text):
    match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text) if isinstance(text, str) else None
    return int(match[1]) * 12 + int(match[2]) - 1 if match and 1899 <= int(match[1]) <= 2201 else None


def last_day(period):
    return days((period + 1) // 12, (period + 1) % 12 + 1) - 1


def instant_text(value):
    second, micros = divmod(value, 10**6)
    text = (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=second)).isoformat()
    return text + ((".%06d" % micros).rstrip("0") if micros else "") + "Z"


def guarded(text):
    """A text as a CSV cell says it: one apostrophe before what a spreadsheet would take for a formula."""
    return "'" + text if re.match("'*[=+@\t\r-]", text) else text


def money(minor, digits):
    text = str(abs(minor)).rjust(digits + 1, "0")
    text = text[:-digits] + "." + text[-digits:] if digits else text
    return "-" + text if minor < 0 else text


def decimal_text(value):
    """An exact decimal, without zeros behind; of a value that has no end the fraction."""
    denominator, digits = value.denominator, 0
    while denominator % 2 == 0 or denominator % 5 == 0:
        denominator //= 10 if denominator % 10 == 0 else 2 if denominator % 2 == 0 else 5
        digits += 1
    return money(int(value * 10**digits), digits) if denominator == 1 else str(value)


def number(cell):
    return Fraction(cell) if isinstance(cell, str) and len(cell) < 4000 and NUMBER.fullmatch(cell) else None


def round_half_even(value):
    return round(value)         # of a Fraction: to the integer, a half to the even one, exactly


# ---------------------------------------------------------------- facts

def read_fact(kind, reader):
    if reader.u8() != 1:
        reader.fail("not version 1 of the layouts of facts")
    fact = FACTS[kind](reader)
    reader.done()
    return fact


def book_opened(r):
    return {"name": r.text(), "id": r.text(), "currency": r.text(), "zone": r.text(), "zone_data": r.text(),
            "fiscal_start": r.i64(), "first_period": r.optional(r.period), "materiality": r.optional(r.decimal),
            "dual_control": r.flag()}


def unused(r):
    return r.one_of(["amount", "percent"]), r.decimal()


def tranche(r):
    texts = lambda: r.list(r.text)
    return {"id": r.text(), "face": r.amount(), "issued": r.date(), "begins": r.optional(r.date),
            "expires": r.optional(r.date), "priority": r.i64(), "price": r.optional(r.amount), "bonus": r.flag(),
            "services": r.optional(texts), "regions": r.optional(texts), "skus": r.optional(texts),
            "breakage": r.one_of(BREAKAGES), "unused": r.optional(lambda: unused(r))}


def read_basis(r):
    return r.one_of(["effective", "contracted", "list", "billed"])


def investment_added(r):
    return {"id": r.text(), "investee": r.text(), "signed": r.date(), "stake": r.optional(r.decimal),
            "influence": r.text(), "cash": r.optional(r.amount), "value": r.optional(r.amount),
            "ssp": r.decimal(), "shares": r.one_of(["at_closing", "with_tranche"]),
            "fixed_rate": r.optional(r.decimal), "basis": r.optional(lambda: read_basis(r)), "above_face": r.flag(),
            "matching": (r.list(r.text), r.list(r.text), r.optional(r.date), r.optional(r.date)),
            "tranches": r.list(lambda: tranche(r)), "file": r.text(), "text": r.blob()}


def read_keys(r):
    """Keys of charges: investee, currency, billing_account, sub_account, service, sku, region."""
    start = r.at
    keys = r.list(lambda: tuple(r.text() for _ in range(7)))
    if any(not r.as_bytes(a) < r.as_bytes(b) for a, b in zip(keys, keys[1:])):
        raise Malformed(start, "the keys of the charges do not ascend")
    return keys


def pick(r, values, index, used):
    if index >= len(values):
        r.fail("number %d of a list of %d" % (index, len(values)))
    used.add(index)
    return values[index]


def usage_imported(r):
    terms = {"source": r.text(), "basis": read_basis(r),
             "credit_rows": r.optional(lambda: r.one_of(["settles", "reduces"])),
             "on_error": r.one_of(["stop", "quarantine"]),
             "slash_dates": r.one_of(["refused", "month_first", "day_first"]),
             "overage_currencies": r.list(r.text), "absent_currency": r.text(),
             "map": r.optional(lambda: (r.text(), r.blob()))}
    fact = {**terms, "mode": r.one_of(["append", "replace"]), "catch_up": r.one_of(CATCH_UPS),
            "files": r.list(lambda: (r.text(), r.blob(32), r.i64(), r.i64(), r.i64())),
            "billing_periods": r.list(r.period)}
    keys, used, charges, at, bill = read_keys(r), set(), [], 0, 0
    for _ in range(r.i64()):
        at += r.signed()
        key = pick(r, keys, r.varint(), used)
        bits = r.u8()
        kind, kind_class, category, billed = bits & 1, bits >> 1 & 1, bits >> 2 & 7, bits >> 5 & 1
        if bits > 63 or category >= len(CATEGORIES):
            r.fail("a charge of the kinds %d" % bits)
        if billed:
            bill += r.signed()
        charges.append((at, key, kind, kind_class, category, bill if billed else None, r.signed(), r.packed()))
    if len(used) != len(keys):
        r.fail("%d keys, of which charges use %d" % (len(keys), len(used)))
    totals = lambda key: r.map(key, lambda: (r.i64(), r.decimal()))
    fact["totals"] = [totals(lambda: (r.u8(), r.text())), totals(lambda: (r.text(), r.text())),
                      totals(lambda: (r.text(), r.i64(), r.text())), totals(lambda: (r.text(), r.text()))]
    fact["crossing"] = r.map(r.text, r.decimal)
    places = r.i64()
    if places != len(charges):
        r.fail("places of %d charges, there are %d" % (places, len(charges)))
    for _ in range(places):
        r.signed(), r.signed(), r.signed(), r.signed()
    fact["charges"] = charges
    return fact


def events_accepted(r):
    fact = {"catch_up": r.one_of(CATCH_UPS)}
    words = r.list(r.text)
    if any(not r.as_bytes(a) < r.as_bytes(b) for a, b in zip(words, words[1:])):
        r.fail("the words do not ascend")
    keys, used_words, used_keys, events, at = read_keys(r), set(), set(), [], 0
    word = lambda: pick(r, words, r.varint(), used_words)
    for _ in range(r.i64()):
        source, name, _, _ = word(), r.text(), word(), word()
        at += r.signed()
        key, amount = pick(r, keys, r.varint(), used_keys), r.packed()
        priced = r.optional(lambda: (r.packed(), word(), r.packed(), word()))
        events.append((source, name, at, key, amount, priced))
    if len(used_words) != len(words) or len(used_keys) != len(keys):
        r.fail("a word or a key that no event uses")
    return {**fact, "events": events}


def read_cited(r):
    """The forecast that a record rests on: the record that saved it, and the hash of its leaf."""
    return r.i64(), r.blob(32)


def estimate_changed(r):
    """What cites a forecast has 2 added to the byte of the measure."""
    fact = {"grant": r.text()}
    measure = r.one_of(["amount", "percent", "amount, cited", "percent, cited"])
    fact["unused"] = measure.split(",")[0], r.decimal()
    fact["from"] = r.period()
    fact["cited"] = read_cited(r) if measure.endswith("cited") else None
    return fact


def period_closed(r):
    fact = {"period": r.period(), "first_period": r.period(), "begin": r.instant(), "end": r.instant(),
            "exceptions": r.list(lambda: (r.text(), r.text())), "hash": r.blob(32),
            "forecast": r.one_of(["trailing-3", "trailing-6", "trailing-12", "even", "saved"])}
    fact["cited"] = read_cited(r) if fact["forecast"] == "saved" else None
    return fact


def forecast_saved(r):
    return {"name": r.text(), "file": r.text(), "text": r.blob(), "sha256": r.blob(32), "start": r.i64(),
            "start_root": r.blob(32), "first": r.period(), "last": r.period(),
            "rows": r.list(lambda: (r.period(), r.text(), r.text(), r.text(), r.decimal(), r.decimal(), r.i64(),
                                    r.i64()))}


def sheet(r, row):
    return {"file": r.text(), "sha256": r.blob(32), "rows": r.list(row)}


FACTS = {
    1: book_opened, 2: investment_added, 3: usage_imported, 10: events_accepted,
    4: estimate_changed,
    5: lambda r: sheet(r, lambda: (r.text(), r.text(), r.period(), r.period(), r.text(), r.decimal(), r.text(),
                                   r.optional(r.decimal), r.optional(r.text))),
    6: lambda r: sheet(r, lambda: (r.text(), r.text(), r.period(), r.period(), r.text(), r.decimal(), r.text())),
    7: lambda r: sheet(r, lambda: (r.date(), r.text(), r.decimal(), r.text())),
    8: period_closed,
    9: lambda r: {"period": r.period()},
    11: lambda r: {"id": r.text(), "currency": r.text(),
                   "prices": r.list(lambda: (r.text(), r.text(), r.text(), r.text(), r.date(), r.decimal())),
                   "file": r.text(), "text": r.blob()},
    12: lambda r: sheet(r, lambda: (r.text(), r.period(), r.instant(), r.instant(), r.one_of(["open", "closed"]),
                                    r.optional(r.instant))),
    13: lambda r: {"person": r.text(), "key": r.text()},
    14: lambda r: {"note": r.blob()},
    15: lambda r: {"command": r.list(r.text), "code": r.text(), "message": r.text(), "period": r.optional(r.period)},
    16: lambda r: {"checkpoint": r.i64(), "response": r.blob()},
    17: forecast_saved,
}


# ---------------------------------------------------------------- records

class Record:
    """A leaf as it is hashed: `body` is what an approval signs of it."""


class Entry:
    """Lines are pairs of an account, (role, kind, investee, investment, grant, service, region), and minor units."""


def read_record(data, start, end):
    r, record = Reader(data, start, end), Record()
    if r.text() != "accrue.record/2":
        r.fail("not a leaf of accrue.record/2")
    record.sequence, record.kind, record.at = r.i64(), r.u8(), r.instant()
    if not 1 <= record.kind < len(KINDS):
        r.fail("kind %d of a record" % record.kind)
    record.author, record.reason, record.os_user, record.host = r.text(), r.text(), r.text(), r.text()
    record.rules = r.u32()
    fact = r.blob()
    record.fact_at, record.fact_end = r.at - len(fact), r.at
    record.entries = r.list(lambda: read_entry(r))
    record.body = data[start:r.at]
    record.approval = r.optional(lambda: (r.text(), r.text(), r.text(), r.blob(64)))
    r.done()
    record.fact = read_fact(record.kind, Reader(data, record.fact_at, record.fact_end))
    return record


def read_entry(r):
    entry = Entry()
    entry.date, entry.posting, entry.origin, entry.memo = r.date(), r.period(), r.period(), r.text()
    entry.lines = r.list(lambda: (read_account(r), r.i64()))
    return entry


def read_account(r):
    role, kind = r.u8(), r.u8()
    if role >= len(ROLES) or kind >= len(ACCOUNT_KINDS):
        r.fail("an account of role %d, kind %d" % (role, kind))
    return (role, kind) + tuple(r.text() for _ in range(5))


def account_order(account):
    return Reader.as_bytes(account)


def account_parts(account):
    """What an account's name is made of. FORMATS.md says how parts are joined; which parts a role has, the packs."""
    role, kind, investee, investment, grant, service, region = account
    if role in (0, 1):
        return [["Investment", "Cash"][role], investee, investment]
    if role == 2:
        return ["Unbilled receivable", investee]
    if role == 3:
        return ["Contract liability", investee, grant]
    return ["Revenue", investee, grant, ACCOUNT_KINDS[kind], service, region]


def name_part(text):
    return {"": "-", "-": "%2D"}.get(text) or text.replace("%", "%25").replace(":", "%3A")


def account_name(account):
    return ":".join(map(name_part, account_parts(account)))


def account_cells(account):
    role, kind = account[:2]
    return [guarded(account_name(account)), TYPES[role], ROLES[role], ACCOUNT_KINDS[kind], *map(guarded, account[2:])]


# ---------------------------------------------------------------- Merkle tree, notes, Ed25519

def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def tree_roots(leaves):
    """The root over the first n leaves, for every n from 0."""
    roots, stack = [sha256()], []
    for n, leaf in enumerate(leaves, 1):
        stack.append(leaf)
        while n % 2 == 0:
            right = stack.pop()
            stack[-1] = sha256(b"\1", stack[-1], right)
            n //= 2
        root = stack[-1]
        for left in reversed(stack[:-1]):
            root = sha256(b"\1", left, root)
        roots.append(root)
    return roots


def inclusion_holds(index, size, leaf, path, root):
    if not 0 <= index < size:
        return False
    f, s, r = index, size - 1, leaf
    for p in path:
        if s == 0:
            return False
        if f & 1 or f == s:
            r = sha256(b"\1", p, r)
            while not f & 1 and f:
                f, s = f >> 1, s >> 1
        else:
            r = sha256(b"\1", r, p)
        f, s = f >> 1, s >> 1
    return s == 0 and r == root


def consistency_holds(size1, root1, size2, root2, path):
    if size1 == size2:
        return root1 == root2 and not path
    if not 0 < size1 < size2:
        return False
    if size1 & (size1 - 1) == 0:
        path = [root1] + path
    if not path:
        return False
    f, s = size1 - 1, size2 - 1
    while f & 1:
        f, s = f >> 1, s >> 1
    a = b = path[0]
    for p in path[1:]:
        if s == 0:
            return False
        if f & 1 or f == s:
            a, b = sha256(b"\1", p, a), sha256(b"\1", p, b)
            while not f & 1 and f:
                f, s = f >> 1, s >> 1
        else:
            b = sha256(b"\1", b, p)
        f, s = f >> 1, s >> 1
    return s == 0 and a == root1 and b == root2


P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def point_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_multiply(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = point_add(q, p)
        p, n = point_add(p, p), n >> 1
    return q


def point_decode(data):
    """None for bytes that are no point, or not the one way to write it."""
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if x * x % P != xx:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != xx or x == 0 and sign:
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@functools.lru_cache(4096)
def signature_holds(public, message, signature):
    """Ed25519 of RFC 8032, 5.1.7, without the factor 8."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = point_decode(public), point_decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = point_multiply(s, BASE), point_add(r, point_multiply(k, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def read_key(line):
    """A verifier key: its name, its id and the public key; None if it is none."""
    match = re.fullmatch(r"([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", line)
    data = from_base64(match[3]) if match else None
    if not data or len(data) != 33 or data[0] != 1:
        return None
    identity = sha256(match[1].encode(), b"\n", data)[:4]
    return (match[1], identity, data[1:]) if identity.hex() == match[2] else None


def from_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


class Note:
    """A signed note that states a checkpoint: C2SP tlog-checkpoint."""

    def __init__(self, data):
        text = data.decode("utf-8", "surrogateescape")
        body, found, tail = text.rpartition("\n\n")
        lines = body.split("\n")
        self.signed = (body + "\n").encode("utf-8", "surrogateescape")
        if not found or len(lines) < 3:
            raise Malformed(0, "no checkpoint of origin, size, root, an empty line and signatures")
        self.origin, self.root = lines[0], from_base64(lines[2])
        if not re.fullmatch(r"0|[1-9][0-9]{0,17}", lines[1]) or self.root is None or len(self.root) != 32:
            raise Malformed(0, "line 2 is no size or line 3 no root in base 64")
        self.size, self.signatures = int(lines[1]), []
        if not tail.endswith("\n"):
            raise Malformed(len(data), "the last line has no end")
        for number_, line in enumerate(tail[:-1].split("\n"), len(lines) + 2):
            match = re.fullmatch(r"\u2014 ([!-*,-~]+) ([A-Za-z0-9+/=]+)", line)
            value = from_base64(match[2]) if match else None
            if value is None or len(value) < 5:
                raise Malformed(0, "line %d is no signature" % number_)
            self.signatures.append((match[1], value[:4], value[4:]))

    def verified_by(self, keys):
        """The names of the known keys that signed it, and of those whose signature does not hold."""
        good, bad = [], []
        for name, identity, signature in self.signatures:
            for key in keys:
                if key[:2] == (name, identity):
                    (good if signature_holds(key[2], self.signed, signature) else bad).append(name)
        return good, bad


# ---------------------------------------------------------------- the pack

class Table:
    """A CSV member: rows of cells, with the line on which each begins."""

    def __init__(self, header, rows, lines):
        self.header, self.rows, self.lines = header, rows, lines

    def dicts(self):
        return [dict(zip(self.header, row)) for row in self.rows]


class Pack:
    def __init__(self, files, options):
        self.files, self.options, self.checks, self.tables = files, options, [], {}
        self.form = Check("form of CSV and JSON")
        self.records, self.whole, self.book, self.roots, self.leaves = [], False, {}, [sha256()], []
        self.json_cache, self.by_kind, self.postings = {}, defaultdict(list), {}

    def table(self, member):
        """The cells of a CSV member, None where it is not there or cannot be read."""
        if member not in self.tables:
            data = self.files.get(member)
            self.tables[member] = None if data is None else read_csv(self.form, member, data)
        return self.tables[member]

    def json(self, member):
        if member not in self.json_cache:
            data = self.files.get(member)
            value = None if data is None else read_json(self.form, member, data)
            if data is not None and not well_shaped(member, value):
                self.form.find(member, "", "JSON of another shape", "an object with the members that FORMATS.md or the CSV names")
                value = None
            self.json_cache[member] = value
        return self.json_cache[member]

    def money(self, minor):
        return money(minor, self.digits)

    def entries(self):
        return (entry for record in self.records for entry in record.entries)

    def facts(self, kind):
        if not self.by_kind:
            for r in self.records:
                self.by_kind[KINDS[r.kind]].append((r, r.fact))
        return self.by_kind[kind]


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"' if re.search('[,"\r\n]', cell) else cell


def read_csv(check, member, data):
    check.count += 1
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        check.find(member, "byte %d" % error.start, "not UTF-8", "UTF-8")
        return None
    if not text.endswith("\n"):
        check.find(member, "end", "no LF", "LF at the end of each line")
    if '"' not in text and "\r" not in text:
        rows = [line.split(",") for line in text.removesuffix("\n").split("\n")]
        lines = list(range(1, len(rows) + 1))
    else:
        rows, lines, reader = [], [], csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            lines.append(1)
            for row in reader:
                rows.append(row)
                lines.append(reader.line_num + 1)
        except csv.Error as error:
            check.find(member, "line %d" % lines[-1], str(error), "a row as RFC 4180 says")
            return None
        if "".join(",".join(map(quoted, row)) + "\n" for row in rows) != text:
            written = [",".join(map(quoted, row)) + "\n" for row in rows]
            at = 0
            for line, row in zip(lines, written):
                if text[at:at + len(row)] != row:
                    check.find(member, "line %d" % line, text[at:at + len(row)], row)
                    break
                at += len(row)
    for line, row in zip(lines, rows):
        if len(row) != len(rows[0]):
            check.find(member, "line %d" % line, "%d cells" % len(row), "%d, as the header has" % len(rows[0]))
            return None
    return Table(rows[0], rows[1:], lines[1:]) if rows else None


def read_json(check, member, data):
    def object_of(pairs):
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a name twice in an object")
        return dict(pairs)

    def no_float(text):
        raise ValueError("%s is a number with a fraction; amounts are texts" % text)

    check.count += 1
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=object_of, parse_float=no_float, parse_constant=no_float)
    except (ValueError, RecursionError) as error:
        check.find(member, "", str(error), "JSON")
        return None


def well_shaped(member, value):
    """Whether a report or list has rows of plain values, checks and so on; other members are objects."""
    if not isinstance(value, dict) or not member.startswith(("reports/", "lists/")):
        return isinstance(value, dict)
    plain = lambda rows: isinstance(rows, list) and all(
        isinstance(row, dict) and all(type(v) in (str, int, type(None)) for v in row.values()) for row in rows)
    return plain(value.get("rows")) and plain(value.get("checks")) and plain([value.get("totals")]) and \
        isinstance(value.get("filters"), dict) and isinstance(value.get("notes"), list) and \
        all(isinstance(test.get("name"), str) for test in value["checks"])


def cell_same(found, expected):
    """Expected: a text; None for anything; a Fraction for a number of that value; a tuple of what may stand."""
    if expected is None:
        return True
    if isinstance(expected, Fraction):
        return number(found) == expected
    return found in expected if isinstance(expected, tuple) else found == expected


def compare_rows(pack, check, member, header, expected, key_columns=1):
    """Compares a CSV member with the rows that it must have, in their order, cell by cell."""
    table = pack.table(member)
    if table is None:
        if member in pack.files:
            check.cannot("%s cannot be read" % member)
        else:
            check.cannot("%s is not there" % member)
        return False
    if table.header != header:
        check.find(member, "line 1", ",".join(table.header), ",".join(header))
        return False
    found, before = table.rows, len(check.findings)
    check.count += len(expected)
    same = lambda a, b: all(map(cell_same, a, b))
    first, found_end, expected_end = 0, len(found), len(expected)
    while first < min(found_end, expected_end) and same(found[first], expected[first]):
        first += 1
    while min(found_end, expected_end) > first and same(found[found_end - 1], expected[expected_end - 1]):
        found_end, expected_end = found_end - 1, expected_end - 1
    for i in range(first, max(found_end, expected_end)):
        if i >= found_end:
            check.find(member, "after line %d" % (table.lines[found_end - 1] if found_end else 1),
                       "no row", row_text(expected[i]))
        elif i >= expected_end:
            check.find(member, "line %d" % table.lines[i], row_text(found[i]), "no row")
        else:
            for name, a, b in zip(header, found[i], expected[i]):
                if not cell_same(a, b):
                    key = ", ".join("%s %s" % pair for pair in list(zip(header, found[i]))[:key_columns])
                    check.find(member, "line %d, %s, %s" % (table.lines[i], key, name), a, cell_text(b))
    return len(check.findings) == before


def cell_text(expected):
    if isinstance(expected, Fraction):
        return decimal_text(expected)
    return "anything" if expected is None else " or ".join(expected) if isinstance(expected, tuple) else expected


def row_text(row):
    return ",".join(map(cell_text, row))


class Zone:
    """The time zone of the book. UTC needs no data; of others Python must have the data."""

    def __init__(self, name):
        self.name, self.cache, self.zone = name, {}, None
        if name != "UTC":
            import zoneinfo
            self.zone = zoneinfo.ZoneInfo(name)

    def period(self, at):
        """Offsets change at quarters of an hour at the soonest, so one look a quarter is enough."""
        quarter = at // 900_000_000
        if quarter not in self.cache:
            moment = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc) + \
                datetime.timedelta(seconds=quarter * 900)
            local = moment.astimezone(self.zone) if self.zone else moment
            self.cache[quarter] = local.year * 12 + local.month - 1
        return self.cache[quarter]

    def start(self, day):
        date = datetime.date.fromordinal(day + 719163)
        if self.zone is None:
            return day * DAY
        moment = datetime.datetime(date.year, date.month, date.day, tzinfo=self.zone)
        return round(moment.timestamp()) * 10**6


# ---------------------------------------------------------------- checks: what the pack is made of

def check_manifest(pack, check):
    data = pack.files.get("MANIFEST")
    if data is None:
        return check.cannot("MANIFEST is not there")
    listed, before = {}, ""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    if lines.pop() != "":
        check.find("MANIFEST", "end", "no LF", "LF at the end of each line")
    for n, line in enumerate(lines, 1):
        match = re.fullmatch("([0-9a-f]{64})  (.+)", line)
        if not match:
            check.find("MANIFEST", "line %d" % n, line, "a SHA-256, two spaces, a path")
            continue
        name = match[2]
        if name in listed:
            check.find("MANIFEST", "line %d" % n, name, "each path once")
        elif not safe_path(name) or name == "MANIFEST":
            check.find("MANIFEST", "line %d" % n, name, "a path inside of the pack, not MANIFEST")
        elif Reader.as_bytes(name) < Reader.as_bytes(before):
            check.find("MANIFEST", "line %d" % n, name, "paths sorted as bytes, this before %s" % before)
        listed[name] = match[1]
        before = max(before, name, key=Reader.as_bytes)
        if name not in pack.files:
            check.find(name, "MANIFEST, line %d" % n, "no such member", "a member of hash " + match[1])
        else:
            check.same(name, "SHA-256, in MANIFEST", sha256(pack.files[name]).hex(), match[1])
    for name in sorted(set(pack.files) - set(listed) - {"MANIFEST"}):
        check.find(name, "MANIFEST", "a member that is not listed", "every member is listed")


def safe_path(name):
    parts = name.split("/")
    return all(part not in ("", ".", "..") for part in parts) and not re.search(r"[\\\x00-\x1f\x7f]|^[A-Za-z]:", name)


def expected_members(pack):
    """Every member that there must be, and those that there may be."""
    must = {"MANIFEST", "README.txt", "FORMATS.md", "pack.json", "records.bin", "journal/hledger.journal",
            "journal/ledger.ledger", "journal/beancount.beancount"}
    must |= {"tables/%s.csv" % name for name in TABLES}
    for end in (".csv", ".json"):
        must |= {"lists/" + name + end for name in LISTS}
        for folder in ("reports/", "reports/by-origin/"):
            must |= {folder + name + end for name in REPORTS}
            must |= {folder + name + end for name in growth_names(pack)}
    first, last = day_text(days(pack.begin // 12, pack.begin % 12 + 1)), day_text(last_day(pack.end))
    first, last = first.replace("-", ""), last.replace("-", "")
    if any(record.entries for record in pack.records):
        must |= {"audit-data-standard/" + name % span for name, span in
                 (("GL_Detail_%s_%s.csv", (first, last)), ("Trial_Balance_%s_%s.csv", (first, last)),
                  ("Chart_Of_Accounts_%s.csv", last))}
    must |= {"proofs/inclusion-record-%d.json" % r.sequence for r, fact in pack.facts("period_closed")
             if pack.begin <= fact["period"] <= pack.end}
    must |= {"proofs/consistency-from-%d.json" % size for size in checkpoint_sizes(pack)}
    must |= set(kept_texts(pack))
    must |= {"checkpoints/record-%d.note" % r.sequence for r, _ in pack.facts("checkpoint_signed")}
    must |= {stamp_member(r) for r, _ in pack.facts("timestamp_attached")}
    if pack.facts("key_registered"):
        must.add("checkpoints/keys.csv")
    return must, {"verify.py"}


def stamp_member(record):
    return "checkpoints/record-%d-time-stamp-%d.tsr" % (record.fact["checkpoint"], record.sequence)


def checkpoint_sizes(pack):
    sizes = set()
    for _, fact in pack.facts("checkpoint_signed"):
        try:
            sizes.add(Note(fact["note"]).size)
        except Malformed:
            pass                # check_checkpoints names it
    return sizes


def kept_texts(pack):
    """terms/, rate-cards/ and maps/: the member of each, its bytes as the fact has them, and the file of inputs.csv."""
    texts, maps = {}, set()
    for record in pack.records:
        kind, fact = KINDS[record.kind], record.fact
        if kind == "investment_added":
            texts["terms/record-%d-%s" % (record.sequence, fact["file"])] = fact["text"]
        elif kind == "rate_card_added":
            texts["rate-cards/record-%d-%s" % (record.sequence, fact["file"])] = fact["text"]
        elif kind == "usage_imported" and fact["map"] and fact["map"] not in maps:
            maps.add(fact["map"])
            texts["maps/record-%d-%s" % (record.sequence, fact["map"][0])] = fact["map"][1]
    return texts


def segment_series(pack):
    """By segment and basis, the rows of revenue: first and last period, currency, revenue."""
    series = defaultdict(list)
    for _, fact in pack.facts("segment_imported"):
        for row in fact["rows"]:
            series[row[:2]].append(row[2:6])
    return series


def covered(rows, begin, end):
    months = {p for first, last, *_ in rows if begin <= first and last <= end for p in range(first, last + 1)}
    return months == set(range(begin, end + 1))


def growth_names(pack):
    """Names of the growth reports that lie in the pack, and `growth` where the book has the revenue of one series."""
    names = {m[1] for m in (re.fullmatch(r"reports/(growth(?:-\d+-.+)?)\.csv", name) for name in pack.files) if m}
    full = [rows for rows in segment_series(pack).values() if covered(rows, pack.begin, pack.end)
            and covered(rows, pack.begin - 12, pack.end - 12)]
    return names or ({"growth"} if len(full) == 1 else set())


def check_members(pack, check):
    must, may = expected_members(pack)
    check.count += len(must)
    for name in sorted(must - set(pack.files)):
        check.cannot("%s is not there" % name)
    if pack.whole:
        for name in sorted(set(pack.files) - must - may):
            check.find(name, "", "a member that a pack of these records and periods has not", "no such member")
    readme = pack.files.get("README.txt", b"").decode("utf-8", "replace")
    if readme:
        span = "%s to %s" % (period_text(pack.begin), period_text(pack.end))
        for what in (pack.book_id, pack.root.hex(), span, "records  %d\n" % len(pack.records)):
            check.count += 1
            if what not in readme:
                check.find("README.txt", "", "it does not name it", what.strip())


def check_pack_json(pack, check):
    """pack.json says which book, period and root the pack is of; it is compared with the records."""
    member, data = "pack.json", pack.json("pack.json")
    if data is None:
        return
    book, opened = data["book"], pack.book
    check.same(member, "schema", data["schema"], "accrue.audit-pack/1")
    check.same(member, "members", sorted(data), sorted("schema program rules book period as_of".split()))
    for key, names in (("program", "build name version"), ("period", "from to"), ("as_of", "records root"), (
            "book", "currency fiscal_year_start id minor_digits name time_zone time_zone_data")):
        check.same(member, "members of " + key, sorted(data[key]), names.split())
    if pack.whole and opened:
        for name, key in (("id", "id"), ("name", "name"), ("currency", "currency"), ("time_zone", "zone"),
                          ("time_zone_data", "zone_data"), ("fiscal_year_start", "fiscal_start")):
            check.same(member, "book." + name, book[name], opened[key])
        check.same(member, "as_of.records", data["as_of"]["records"], len(pack.records))
        newest = max(record.rules for record in pack.records)
        if not isinstance(data["rules"], int) or data["rules"] < newest:
            check.find(member, "rules", data["rules"], "%d or later, as the records have" % newest)


def read_head(pack):
    """What pack.json must say so that anything can be checked at all; whether it does."""
    data = pack.json("pack.json")
    try:
        pack.begin, pack.end = period_of(data["period"]["from"]), period_of(data["period"]["to"])
        pack.book_id, pack.currency = data["book"]["id"], data["book"]["currency"]
        pack.digits, pack.root = data["book"]["minor_digits"], bytes.fromhex(data["as_of"]["root"])
        pack.fiscal_start, pack.head = data["book"]["fiscal_year_start"], data
        good = pack.begin is not None and pack.end is not None and pack.begin <= pack.end and \
            isinstance(pack.book_id, str) and isinstance(pack.currency, str) and type(pack.digits) is int and \
            0 <= pack.digits <= 9 and HEX32.fullmatch(data["as_of"]["root"]) and type(pack.fiscal_start) is int
    except (KeyError, TypeError, ValueError):
        good = False
    return bool(good)


# ---------------------------------------------------------------- checks: records and the tree

def check_records(pack, check):
    """Reads records.bin; every record becomes a leaf, a row of records.csv and a fact."""
    member, data = "records.bin", pack.files.get("records.bin")
    if data is None:
        return check.cannot("records.bin is not there")
    at, pack.whole = 0, True
    while at < len(data):
        reader = Reader(data, at)
        try:
            leaf = reader.blob()
        except Malformed as error:
            check.find(member, "record %d, byte %d" % (len(pack.leaves) + 1, error.at), error, "a whole leaf")
            pack.whole = False
            break
        pack.leaves.append(sha256(b"\0", leaf))
        try:
            pack.records.append(read_record(data, reader.at - len(leaf), reader.at))
        except Malformed as error:
            check.find(member, "record %d, byte %d" % (len(pack.leaves), error.at), error, "bytes as FORMATS.md says")
            pack.whole = False
        at = reader.at
    pack.roots = tree_roots(pack.leaves)
    number_, latest = 0, None
    for n, record in enumerate(pack.records, 1):
        if pack.whole:
            check.same(member, "record %d, sequence" % n, record.sequence, n)
        if latest is not None and record.at < latest:
            check.find(member, "record %d, recorded_at" % record.sequence, instant_text(record.at),
                       "not before " + instant_text(latest))
        latest = record.at
        for entry in record.entries:
            number_ += 1
            entry.number, entry.record = number_, record
    if not pack.whole:
        return
    first = pack.records[0] if pack.records else None
    if first is None or KINDS[first.kind] != "book_opened":
        check.find(member, "record 1", first and KINDS[first.kind], "book_opened")
        pack.whole = False
        return
    pack.book = first.fact
    rows = [[str(r.sequence), KINDS[r.kind], instant_text(r.at), *map(guarded, (r.author, r.reason, r.os_user, r.host)),
             guarded(r.approval[0]) if r.approval else "", str(r.rules), leaf.hex()]
            for r, leaf in zip(pack.records, pack.leaves)]
    compare_rows(pack, check, "tables/records.csv", RECORD_FIELDS, rows)


def check_tree(pack, check):
    check.same("pack.json", "as_of.root", pack.root.hex(), pack.roots[-1].hex())
    options = pack.options
    if options.root:
        check.same("pack.json", "as_of.root, with --root", pack.root.hex(), options.root.lower())
    if options.leaves is not None:
        check_leaves(pack, check, options.leaves)


def check_leaves(pack, check, data):
    lines = data.decode("utf-8", "replace").split("\n")
    if lines[0] != "accrue.leaves/1" or lines[-1] != "" or not all(map(HEX32.fullmatch, lines[2:-1])):
        return check.find("--leaves", "", "not a list of leaves", "accrue.leaves/1, the origin, hashes")
    check.same("--leaves", "line 2", lines[1], "accrue/" + pack.book_id)
    for n, held in enumerate(lines[2:-1], 1):
        if n > len(pack.leaves):
            return check.find("records.bin", "record %d" % n, "no such record", "leaf %s, as the list has" % held)
        if held != pack.leaves[n - 1].hex():
            return check.find("records.bin", "record %d" % n, pack.leaves[n - 1].hex(), held)
        check.count += 1


def registered_keys(pack, before=None):
    """Person and key of every key_registered record, up to a record."""
    return [(fact["person"], read_key(fact["key"])) for r, fact in pack.facts("key_registered")
            if before is None or r.sequence < before]


def lower(name):
    return "".join(c.lower() if "A" <= c <= "Z" else c for c in name)


def check_approvals(pack, check):
    """Signatures of the second persons, and that there is one where the book demands it."""
    owner = {}
    for r, fact in pack.facts("key_registered"):
        key = read_key(fact["key"])
        if key is None:
            check.find("records.bin", "record %d" % r.sequence, fact["key"], "a verifier key whose id is its own")
        elif lower(owner.setdefault(key[2], fact["person"])) != lower(fact["person"]):
            check.find("records.bin", "record %d" % r.sequence, fact["person"], "a key of %s only" % owner[key[2]])
    for r in pack.records:
        place, kind = "record %d, approval" % r.sequence, KINDS[r.kind]
        known = registered_keys(pack, r.sequence)
        if r.approval is None:
            people = {lower(person) for person, _ in known}
            if pack.book["dual_control"] and (kind in ("period_closed", "period_reopened", "estimate_changed")
                                              or kind == "key_registered" and len(people) >= 2):
                check.find("records.bin", place, "none", "an approval of a second person: " + kind)
            continue
        check.count += 1
        approver, signature = r.approval[0], r.approval[3]
        signed = b"".join(len(x).to_bytes(8, "big") + x for x in
                          (b"accrue.approval/1", pack.book["id"].encode(), pack.roots[r.sequence - 1])) + r.body
        keys = [key[2] for person, key in known if key and lower(person) == lower(approver)]
        if lower(approver) == lower(r.author):
            check.find("records.bin", place, approver, "somebody else than the author")
        if not any(signature_holds(key, signed, signature) for key in keys):
            check.find("records.bin", place, "a signature that does not hold",
                       "a signature by a key registered for %s" % approver)


def check_forecasts(pack, check):
    """Each is saved once under its name, and what cites one cites the record that the book has."""
    saved = {}
    for r, fact in pack.facts("forecast_saved"):
        place = "record %d" % r.sequence
        if fact["name"] in (held["name"] for held in saved.values()):
            check.find("records.bin", place, fact["name"], "a name that no forecast has")
        if not 0 < fact["start"] < r.sequence:
            check.find("records.bin", place, fact["start"], "a number of records before it")
        else:
            check.same("records.bin", place + ", root of its start", fact["start_root"].hex(), pack.roots[fact["start"]].hex())
        saved[r.sequence] = fact
    for r, fact in sorted(pack.facts("estimate_changed") + pack.facts("period_closed"), key=lambda x: x[0].sequence):
        if fact["cited"] is None:
            continue
        number_, leaf = fact["cited"]
        place = "record %d, citation" % r.sequence
        if number_ >= r.sequence or number_ not in saved:
            check.find("records.bin", place, "record %d" % number_, "a record before it that saved a forecast")
            continue
        check.same("records.bin", place, leaf.hex(), pack.leaves[number_ - 1].hex())
        held = saved[number_]
        if "period" in fact and not held["first"] <= fact["period"] + 1 <= held["last"]:
            check.find("records.bin", place, period_text(held["first"]) + " to " + period_text(held["last"]),
                       "months after " + period_text(fact["period"]))


def check_keys(pack, check):
    if pack.facts("key_registered"):
        rows = [[str(r.sequence), guarded(f["person"]), guarded(f["key"])] for r, f in pack.facts("key_registered")]
        compare_rows(pack, check, "checkpoints/keys.csv", ["record", "person", "key"], rows)


def check_checkpoints(pack, check):
    """The notes that the book keeps, and those that the reader holds."""
    held = pack.options.keys
    for r, fact in pack.facts("checkpoint_signed"):
        member = "checkpoints/record-%d.note" % r.sequence
        if member in pack.files:
            check.same(member, "bytes", pack.files[member], fact["note"])
        else:
            check.cannot("%s is not there" % member)
        earlier = [key for _, key in registered_keys(pack, r.sequence) if key]
        note = check_note(pack, check, member, fact["note"], earlier, "a key that an earlier record registered")
        if note and note.size >= r.sequence:
            check.find(member, "line 2", note.size, "records before the record %d, which keeps it" % r.sequence)
    for name, data in pack.options.checkpoints:
        known = [key for _, key in registered_keys(pack) if key]
        check_note(pack, check, name, data, known, "a key held, or of checkpoints/keys.csv")
    if pack.options.checkpoints and not held:
        check.notes.append("the keys are taken from the pack: their signatures say nothing of who signed")


def check_note(pack, check, name, data, keys, whose):
    try:
        note = Note(data)
    except Malformed as error:
        check.find(name, "", error, "a checkpoint")
        return None
    check.same(name, "line 1, origin", note.origin, "accrue/" + pack.book_id)
    if note.size > len(pack.leaves):
        check.find(name, "line 2, size", note.size, "at most %d, the records of the pack" % len(pack.leaves))
    else:
        check.same(name, "line 3, root over %d records" % note.size, note.root.hex(), pack.roots[note.size].hex())
    held = pack.options.keys
    good, bad = note.verified_by(list(dict.fromkeys(keys + held)))
    by_held, _ = note.verified_by(held)
    if bad or not good:
        check.find(name, "signature", "of %s: does not hold" % ", ".join(bad) if bad else "none of a known key", whose)
    elif by_held:
        check.notes.append("%s: signed by %s, a key that you hold" % (name, ", ".join(by_held)))
    else:
        check.notes.append("%s: signed by %s, key taken from the pack: it says nothing of who signed"
                           % (name, ", ".join(good)))
    return note


def check_stamps(pack, check):
    for r, fact in pack.facts("timestamp_attached"):
        member = stamp_member(r)
        kept = next((f["note"] for c, f in pack.facts("checkpoint_signed") if c.sequence == fact["checkpoint"]), None)
        if kept is None or fact["checkpoint"] >= r.sequence:
            check.find("records.bin", "record %d" % r.sequence, fact["checkpoint"], "an earlier record that keeps a checkpoint")
            continue
        if member not in pack.files:
            check.cannot("%s is not there" % member)
            continue
        check.same(member, "bytes", pack.files[member], fact["response"])
        if sha256(kept) not in fact["response"]:
            check.find(member, "", "without the SHA-256 of its checkpoint", sha256(kept).hex())
        if not pack.options.ca:
            check.notes.append("%s: not checked, give the authority's certificate with --ca" % member)
        elif not stamp_holds(kept, fact["response"], pack.options.ca):
            check.find(member, "", "openssl ts -verify refuses it", "a time stamp under " + pack.options.ca)


def stamp_holds(note, response, ca):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("note", "tsr")]
        for path, data in zip(paths, (note, response)):
            with open(path, "wb") as file:
                file.write(data)
        command = ["openssl", "ts", "-verify", "-data", paths[0], "-in", paths[1], "-CAfile", ca]
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0


def check_proofs(pack, check):
    origin, size = "accrue/" + pack.book_id, len(pack.leaves)
    for member in sorted(name for name in pack.files if name.startswith("proofs/")):
        proof = pack.json(member)
        if proof is None:
            check.cannot("%s cannot be read" % member)
            continue
        wanted = {"book": pack.book_id, "origin": origin}
        match = re.fullmatch(r"proofs/(inclusion-record|consistency-from)-(\d{1,18})\.json", member)
        number_ = int(match[2]) if match else 0
        if not match or not 0 < number_ <= size:
            check.find(member, "name", member, "inclusion-record-N or consistency-from-S of these records")
            continue
        if match[1] == "inclusion-record":
            wanted |= {"schema": "accrue.proof.inclusion/1", "record": number_, "leaf_index": number_ - 1, "size": size,
                       "leaf": pack.leaves[number_ - 1].hex(), "root": pack.root.hex()}
        else:
            wanted |= {"schema": "accrue.proof.consistency/1", "to": {"size": size, "root": pack.root.hex()},
                       "from": {"size": number_, "root": pack.roots[number_].hex()}}
        check.same(member, "members", sorted(proof), sorted([*wanted, "path"]))
        for key, value in wanted.items():
            check.same(member, key, proof.get(key), value)
        path = proof.get("path")
        if not isinstance(path, list) or not all(isinstance(p, str) and HEX32.fullmatch(p) for p in path):
            check.find(member, "path", path, "a list of hashes")
            continue
        path = [bytes.fromhex(p) for p in path]
        if match[1] == "inclusion-record":
            holds = inclusion_holds(number_ - 1, size, pack.leaves[number_ - 1], path, pack.root)
        else:
            holds = consistency_holds(number_, pack.roots[number_], size, pack.root, path)
        if not holds:
            check.find(member, "path", "a proof that does not hold", "a path to the root of pack.json")


# ---------------------------------------------------------------- checks: entries, balances, closes

def check_entries(pack, check):
    rows, names = [], {}
    for entry in pack.entries():
        total = sum(amount for _, amount in entry.lines)
        if total:
            check.find("records.bin", "record %d, entry %d" % (entry.record.sequence, entry.number),
                       "lines sum to " + pack.money(total), "0")
        head = [str(entry.record.sequence), day_text(entry.date), period_text(entry.posting),
                period_text(entry.origin), guarded(entry.memo)]
        for position, (account, amount) in enumerate(entry.lines, 1):
            if names.setdefault(account_name(account), account) != account:
                check.find("records.bin", "entry %d, line %d" % (entry.number, position), account, "parts of the account "
                           "%s as before: %s" % (account_name(account), names[account_name(account)]))
            if (account[0] == 4) != (account[1] != 0):
                check.find("records.bin", "entry %d, line %d" % (entry.number, position), ACCOUNT_KINDS[account[1]],
                           "a kind of revenue for role revenue, none for others")
            rows.append([str(entry.number), str(position), *head, *account_cells(account), pack.money(amount)])
    compare_rows(pack, check, "tables/entries.csv", ENTRY_FIELDS, rows, 2)


def check_balances(pack, check):
    pack.balances = defaultdict(int)
    for entry in pack.entries():
        for account, amount in entry.lines:
            pack.balances[account, entry.posting, entry.origin] += amount
    rows = [[period_text(posting), period_text(origin), *account_cells(account), pack.money(amount)]
            for (account, posting, origin), amount in
            sorted(pack.balances.items(), key=lambda item: (account_order(item[0][0]), item[0][1:])) if amount]
    compare_rows(pack, check, "tables/balances.csv", BALANCE_FIELDS, rows, 3)


def balance_sums(pack, keep, by_origin=False):
    """Sums by account of the balances whose posting (or origin) period `keep` takes."""
    sums = defaultdict(int)
    for (account, posting, origin), amount in pack.balances.items():
        if keep(origin if by_origin else posting):
            sums[account] += amount
    return sums


def trial_balance_hash(pack, record, period):
    sums = defaultdict(int)
    for entry in pack.entries():
        if entry.record.sequence <= record and entry.posting <= period:
            for account, amount in entry.lines:
                sums[account_name(account).encode("utf-8", "surrogateescape")] += amount
    parts = [len(name).to_bytes(8, "big") + name + total.to_bytes(8, "big", signed=True)
             for name, total in sorted(sums.items()) if total]
    return sha256(*parts)


def check_closes(pack, check):
    """Closes and reopenings, the hash of the trial balance of each, and the bounds of the periods."""
    pack.closes = []            # of each close: record, fact, the record that took it back or None
    rows = []
    for r in pack.records:
        if KINDS[r.kind] == "period_closed":
            fact, place = r.fact, "record %d" % r.sequence
            if any(c[1]["period"] == fact["period"] and c[2] is None for c in pack.closes):
                check.find("records.bin", place, "closes " + period_text(fact["period"]), "a period that is open")
            check.same("records.bin", place + ", trial_balance_hash", fact["hash"].hex(),
                       trial_balance_hash(pack, r.sequence, fact["period"]).hex())
            if pack.zone:
                for key, period in (("begin", fact["period"]), ("end", fact["period"] + 1)):
                    start = pack.zone.start(days(period // 12, period % 12 + 1))
                    check.same("records.bin", place + ", " + key, instant_text(fact[key]), instant_text(start))
            pack.closes.append([r.sequence, fact, None])
        elif KINDS[r.kind] == "period_reopened":
            standing = [c for c in pack.closes if c[1]["period"] == r.fact["period"] and c[2] is None]
            if not standing:
                check.find("records.bin", "record %d" % r.sequence, "reopens " + period_text(r.fact["period"]),
                           "a period that is closed")
            for close in standing:
                close[2] = r.sequence
    for sequence, fact, reopened in pack.closes:
        rows.append([str(sequence), period_text(fact["period"]), instant_text(fact["begin"]), instant_text(fact["end"]),
                     fact["hash"].hex(), str(reopened or "")])
    compare_rows(pack, check, "tables/closes.csv", CLOSE_FIELDS, rows, 2)


def first_period(pack):
    """The book's first period, as its first close or its first record says; nothing where neither does."""
    facts = [c[1] for c in pack.closes] + [fact for _, fact in pack.facts("book_opened")]
    return [fact["first_period"] for fact in facts if fact["first_period"] is not None][:1]


def closed_through(pack):
    """The last period that is closed now: that of the last standing close, else the one before the book's first."""
    standing = [fact["period"] for _, fact, reopened in pack.closes if reopened is None]
    return max(standing) if standing else next((first - 1 for first in first_period(pack)), None)


def posted_in(pack, record, origin):
    """The period in which what a record brought for `origin` is booked: that of the first close that took it in and
    still stands; else the first open period from `origin` on."""
    if (record, origin) not in pack.postings:
        through = closed_through(pack)
        pack.postings[record, origin] = next(
            (fact["period"] for sequence, fact, reopened in pack.closes
             if reopened is None and record < sequence and origin <= fact["period"]),
            origin if through is None else max(origin, through + 1))
    return pack.postings[record, origin]


# ---------------------------------------------------------------- checks: grants, inputs, charges, draws

def units(value, face):
    """Of what is expected never to be drawn, the amount in units of face."""
    return Fraction(value[1]) * (face / 100 if value[0] == "percent" else 1)


def check_grants(pack, check):
    """grants.csv from the terms in the facts; the price is what the entries of their record book as liability, and as
    revenue already where the grant was drawn before it was recorded."""
    pack.grants, rows = {}, []
    through = closed_through(pack)
    for r, deal in pack.facts("investment_added"):
        prices = Counter()
        for entry in r.entries:
            for account, amount in entry.lines:
                if account[0] in (3, 4) and account[4]:
                    prices[account[4]] -= amount
        for t in deal["tranches"]:
            face = Fraction(t["face"][0])
            name = t["id"] if t["id"] not in pack.grants else deal["id"] + "/" + t["id"]
            received = deal["signed"] if deal["shares"] == "at_closing" else t["issued"]
            grant = {"record": r, "deal": deal, "tranche": t, "face": face, "investee": deal["investee"],
                     "price": prices[name], "received_on": received,
                     "received": posted_in(pack, r.sequence, month_of_day(received)),
                     "unused": units(t["unused"], face) if t["unused"] else Fraction(0), "expiry": None, "booked": None}
            pack.grants[name] = grant
            if t["price"] and t["price"][1] == pack.currency and \
                    Fraction(t["price"][0]) * 10**pack.digits != grant["price"]:
                check.find("records.bin", "record %d, grant %s" % (r.sequence, name), pack.money(grant["price"]),
                           "transaction price %s of the terms" % t["price"][0])
            begins, ends = max(t["issued"], t["begins"] or t["issued"]), t["expires"]
            times = [None, None]
            if pack.zone:
                times = [instant_text(pack.zone.start(begins)),
                         instant_text(pack.zone.start(ends)) if ends is not None else ""]
            if ends is not None:
                date = datetime.date.fromordinal(ends - 1 + 719163)
                grant["expiry"] = date.year * 12 + date.month - 1
            grant["begins"] = begins
            if ends is not None and through is not None and grant["expiry"] <= through:
                grant["booked"] = posted_in(pack, r.sequence, grant["expiry"])
            booked = "" if grant["booked"] is None else period_text(grant["booked"])
            rows.append([guarded(name), str(r.sequence), guarded(deal["id"]), guarded(t["id"]),
                         guarded(deal["investee"]), t["face"][0], guarded(t["face"][1]), pack.money(grant["price"]),
                         period_text(grant["received"]), day_text(t["issued"]), *times,
                         period_text(grant["expiry"]) if ends is not None else "", booked, t["breakage"],
                         decimal_text(grant["unused"])])
    compare_rows(pack, check, "tables/grants.csv", GRANT_FIELDS, rows)


def check_estimates(pack, check):
    rows, pack.estimates = [], defaultdict(list)
    for r, fact in pack.facts("estimate_changed"):
        grant = pack.grants.get(fact["grant"])
        if grant is None:
            check.find("records.bin", "record %d" % r.sequence, fact["grant"], "a grant of the book")
            continue
        value = units(fact["unused"], grant["face"])
        pack.estimates[fact["grant"]].append((fact["from"], value))
        rows.append([str(r.sequence), guarded(fact["grant"]), period_text(fact["from"]), decimal_text(value)])
    compare_rows(pack, check, "tables/estimates.csv", ESTIMATE_FIELDS, rows, 2)


def check_inputs(pack, check):
    rows = []
    for r in pack.records:
        kind, fact = KINDS[r.kind], r.fact
        head, tail = [str(r.sequence), kind], [instant_text(r.at), guarded(r.author)]
        if kind in ("investment_added", "rate_card_added"):
            files = [["", guarded(fact["file"]), sha256(fact["text"]).hex(), str(len(fact["text"])), "", ""]]
        elif kind == "usage_imported":
            files = [[guarded(fact["source"]), guarded(name), digest.hex(), str(size), str(count), str(bad)]
                     for name, digest, size, count, bad in fact["files"]]
        elif kind == "events_accepted":
            files = [["", "", "", "", str(len(fact["events"])), ""]]
        elif kind in ("segment_imported", "base_imported", "rates_imported", "billing_periods_imported"):
            files = [["", guarded(fact["file"]), fact["sha256"].hex(), "", str(len(fact["rows"])), ""]]
        else:
            continue
        rows += [head + file + tail for file in files]
    compare_rows(pack, check, "tables/inputs.csv", INPUT_FIELDS, rows, 2)


def check_texts(pack, check):
    for member, text in kept_texts(pack).items():
        if member in pack.files:
            check.same(member, "bytes", pack.files[member], text)
        else:
            check.cannot("%s is not there" % member)


def booked_charges(pack):
    """Per record the charges of the book: what events and deliveries state; of a delivery that replaces, the difference
    to what stood of its source in its billing periods, by time, key, kinds and bill."""
    standing = defaultdict(lambda: defaultdict(lambda: [0, Fraction(0)]))
    replaced = {f["source"] for _, f in pack.facts("usage_imported") if f["mode"] == "replace"}
    for r in pack.records:
        kind, fact = KINDS[r.kind], r.fact
        if kind == "events_accepted":
            yield r, [(at, key, 0, 0, 0, None, 1, amount, source, name)
                      for source, name, at, key, amount, _ in fact["events"] if key[0]]
        if kind != "usage_imported":
            continue
        charges, source = fact["charges"], standing[fact["source"]]
        if fact["mode"] == "replace":
            change = defaultdict(lambda: [0, Fraction(0)])
            for what, (count, amount) in source.items():
                if what[5] in fact["billing_periods"]:
                    change[what] = [-count, -amount]
            for charge in charges:
                change[charge[:6]][0] += charge[6]
                change[charge[:6]][1] += Fraction(charge[7])
            charges = [(*what, count, decimal_text(amount)) for what, (count, amount) in
                       sorted(change.items(), key=lambda item: charge_order(item[0])) if count or amount]
        if fact["source"] in replaced:
            for charge in charges:
                source[charge[:6]][0] += charge[6]
                source[charge[:6]][1] += Fraction(charge[7])
        yield r, [(*charge, "", "") for charge in charges]


def charge_order(charge):
    at, key, kind, kind_class, category, bill = charge
    return at, Reader.as_bytes(key), kind, kind_class, category, bill or 0


def check_charges(pack, check):
    """charges.csv against the facts, row by row; sums for the draws on the way."""
    pack.served, pack.negative, pack.charged = defaultdict(Fraction), defaultdict(Fraction), defaultdict(Fraction)
    if pack.zone is None:
        return check.cannot("the time zone %s is not known to this Python: install its time zone data" % pack.book["zone"])
    table, at, member = pack.table("tables/charges.csv"), 0, "tables/charges.csv"
    if table is None or table.header != CHARGE_FIELDS:
        if table:
            check.find(member, "line 1", ",".join(table.header), ",".join(CHARGE_FIELDS))
        table = None
        check.cannot("tables/charges.csv is not there or cannot be read")
    by_record = Counter(row[0] for row in table.rows) if table else {}
    for r, charges in booked_charges(pack):
        files = guarded("; ".join(file[0] for file in r.fact.get("files", [])))
        rows = [charge_row(pack, r, n, files, charge) for n, charge in enumerate(charges, 1)]
        if table is None:
            continue
        part = table.rows[at:at + by_record[str(r.sequence)]]
        lines = table.lines[at:at + len(part)]
        at += len(part)
        check.count += len(rows)
        if part != rows:
            pack.tables["rows"] = Table(CHARGE_FIELDS, part, lines)
            part_check = Check("")
            compare_rows(pack, part_check, "rows", CHARGE_FIELDS, rows, 2)
            for finding in part_check.findings:
                check.findings.append({**finding, "member": member})
            del pack.tables["rows"]
    if table and at != len(table.rows):
        check.find(member, "line %d" % table.lines[at], row_text(table.rows[at]), "no row, or one of another record")


def charge_row(pack, r, position, files, charge):
    at, key, kind, kind_class, category, bill, count, amount, source, event = charge
    investee, currency, account, sub_account, service, sku, region = key
    origin = pack.zone.period(at)
    value = Fraction(amount)
    posting = posted_in(pack, r.sequence, origin)
    if kind == 0:
        pack.served[posting, origin, investee, service, sku, region, currency] += value
    if kind == 0 and value < 0:
        pack.negative[posting, origin, investee, currency] += abs(value)
    if kind == 0 and value > 0:
        pack.charged[posting, origin, investee, service, sku, region, currency] += value
    return [str(r.sequence), str(position), files, guarded(source), guarded(event), instant_text(at), period_text(origin),
            "" if bill is None else period_text(bill), guarded(investee), guarded(account), guarded(sub_account),
            guarded(service), guarded(sku), guarded(region), CHARGE_KINDS[kind], CATEGORIES[category],
            CLASSES[kind_class], str(count), amount, guarded(currency)]


def unguarded(cell):
    return cell[1:] if re.match("'+[=+@\t\r-]", cell) else cell


def check_draws(pack, check):
    """draws.csv: within each grant's face and time, and in sum the charges that were served."""
    member, table = "tables/draws.csv", pack.table("tables/draws.csv")
    pack.draws, pack.drawn = [], defaultdict(list)
    if table is None:
        return check.cannot("%s is not there or cannot be read" % member)
    if table.header != DRAW_FIELDS:
        check.find(member, "line 1", ",".join(table.header), ",".join(DRAW_FIELDS))
        return check.cannot("%s has other columns" % member)
    drawn, by_grant, at_served = defaultdict(Fraction), defaultdict(list), defaultdict(Fraction)
    before = None
    for line, row in zip(table.lines, table.rows):
        place, amount = "line %d" % line, number(row[8])
        posting, origin, served = map(period_of, row[:3])
        investee, name, service, sku, region, currency = map(unguarded, row[3:8] + row[9:])
        check.count += 1
        if None in (posting, origin, served) or amount is None or row[8] != decimal_text(amount) or not amount:
            check.find(member, place, row_text(row), "periods and an exact decimal that is not zero")
            continue
        order = (posting, *Reader.as_bytes((investee, currency, name)), origin, served, *Reader.as_bytes((service, sku, region)))
        if before is not None and not before < order:
            check.find(member, place, row_text(row), "rows in order, each once")
        before = order
        if amount > 0 and served != origin or max(origin, served) > posting:
            check.find(member, place, row_text(row), "served (but of a refund) = origin, neither after posting")
        grant = pack.grants.get(name)
        if name and (grant is None or (investee, currency) != (grant["investee"], grant["tranche"]["face"][1])):
            check.find(member, place, row_text(row), "investee and currency of a grant of the book")
        elif name:
            first, last = pack.zone and grant["begins"], grant["expiry"]
            if first is not None and served < month_of_day(first) or last is not None and served > last:
                check.find(member, place, row[2], "a period in which the grant %s pays" % name)
            by_grant[name].append((line, posting, amount))
        pack.drawn[name].append((posting, origin, amount))
        pack.draws.append((posting, origin, served, investee, name, service, sku, region, amount, currency))
        drawn[posting, origin, investee, service, sku, region, currency] += amount
        at_served[served, investee, name, service, sku, region, currency] += amount
    for name, rows in by_grant.items():
        total = Fraction(0)
        for line, _, amount in sorted(rows, key=lambda row: row[1]):
            total += amount
        if not 0 <= total <= pack.grants[name]["face"]:
            check.find(member, "grant " + name, decimal_text(total), "0 to its face, " + decimal_text(pack.grants[name]["face"]))
    for key, total in at_served.items():
        if total < 0:
            check.find(member, "%s, %s" % (period_text(key[0]), ", ".join(key[1:])), decimal_text(total),
                       "not more taken back than was drawn")
    if pack.zone:
        compare_served(pack, check, drawn)
    else:
        check.cannot("draws are not compared with the charges: the time zone is not known")


def month_of_day(day):
    date = datetime.date.fromordinal(day + 719163)
    return date.year * 12 + date.month - 1


def compare_served(pack, check, drawn):
    """By posting and origin period and investee, draws are the served charges; and by service, SKU and region too where
    nothing was refunded, as a refund may take back what others were served. Only refunds that found nothing to take
    back leave a difference."""
    sums = {}
    for key in set(drawn) | set(pack.served):
        owner = (*key[:3], key[6])
        whole = sums.setdefault(owner, [Fraction(0), Fraction(0)])
        whole[0] += drawn[key]
        whole[1] += pack.served[key]
        if not pack.negative[owner]:
            sums[key] = [drawn[key], pack.served[key]]
    for key, (draws, charges) in sorted(sums.items()):
        check.count += 1
        allowed = pack.negative[key] if len(key) == 4 else 0
        if not charges <= draws <= charges + allowed:
            check.find("tables/draws.csv", "%s of %s, %s" % (period_text(key[0]), period_text(key[1]), ", ".join(key[2:])),
                       "draws of " + decimal_text(draws), "charges of " + decimal_text(charges))
    compare_charged(pack, check, drawn)


def compare_charged(pack, check, drawn):
    """Of an origin period and service, SKU and region no more is drawn, up to any posting period, than was charged:
    a refund takes back, whatever it takes it from."""
    drawn_so_far, charged_so_far = defaultdict(Fraction), defaultdict(Fraction)
    for key in sorted(set(drawn) | set(pack.charged)):
        check.count += 1
        drawn_so_far[key[1:]] += drawn[key]
        charged_so_far[key[1:]] += pack.charged[key]
        if drawn_so_far[key[1:]] > charged_so_far[key[1:]]:
            check.find("tables/draws.csv", "%s of %s, %s" % (period_text(key[0]), period_text(key[1]), ", ".join(key[2:])),
                       "draws of " + decimal_text(drawn_so_far[key[1:]]), "charges of " + decimal_text(charged_so_far[key[1:]]))


# ---------------------------------------------------------------- checks: revenue

def unused_at(pack, name, period):
    grant = pack.grants[name]
    if grant["tranche"]["breakage"] == "remote":
        return Fraction(0)
    rows = [(start, n, value) for n, (start, value) in enumerate(pack.estimates[name]) if start <= period]
    return max(rows)[2] if rows else grant["unused"]


def face_drawn(pack, name, keep, by_origin=False):
    return sum((amount for posting, origin, amount in pack.drawn[name] if keep(origin if by_origin else posting)), Fraction(0))


def recognised(pack, name, period):
    """usage(q) and total(q) in minor units."""
    grant = pack.grants[name]
    price, face, booked = grant["price"], grant["face"], grant["booked"]
    drawn = face_drawn(pack, name, lambda p: p <= period)
    left = face - unused_at(pack, name, period)
    whole = booked is not None and booked <= period or drawn >= left
    return round_half_even(price * drawn / face) if face else 0, price if whole else round_half_even(price * drawn / left)


def check_revenue(pack, check):
    """"Revenue from draws": usage, breakage and liability of every grant in every period, against the balances."""
    booked = defaultdict(int)
    for (account, posting, _), amount in pack.balances.items():
        booked[account[0], account[1], account[4], posting] += amount
    periods = {e.posting for e in pack.entries()} | {d[0] for d in pack.draws} | {f for e in pack.estimates.values() for f, _ in e}
    periods |= {g["booked"] for g in pack.grants.values() if g["booked"] is not None}
    if not periods:
        return
    for name, grant in pack.grants.items():
        usage = total = liability = 0
        for period in range(min(periods), max(periods) + 1):
            was = usage, total
            usage, total = recognised(pack, name, period)
            owed = (grant["price"] if grant["received"] <= period else 0) - total
            liability += booked[3, 0, name, period]
            place = "grant %s, %s, " % (name, period_text(period))
            for what, found, expected in (
                    ("usage", booked[4, 1, name, period], was[0] - usage),
                    ("breakage", booked[4, 2, name, period], (was[1] - was[0]) - (total - usage)),
                    ("contract liability", liability, -owed)):
                check.same("tables/balances.csv", place + what + " by tables/draws.csv", pack.money(found), pack.money(expected))


# ---------------------------------------------------------------- checks: reports and lists

def report_members(pack):
    """Every report and list: its member without the ending, its name, and whether it counts by origin."""
    for folder, by_origin in (("reports/", False), ("reports/by-origin/", True)):
        for name in [*sorted(growth_names(pack)), *REPORTS]:
            yield folder + name, name, by_origin
    for name in LISTS:
        yield "lists/" + name, name, None


def check_report_pairs(pack, check):
    """Each report stands in the pack as CSV and as JSON: the same rows, a head of this book, and no failed check."""
    labels, check_names = {}, {}
    for stem, name, by_origin in report_members(pack):
        table, data = pack.table(stem + ".csv"), pack.json(stem + ".json")
        if table is None or data is None:
            check.cannot("%s.csv and .json are not both there, or cannot be read" % stem)
            continue
        compare_head(pack, check, stem + ".json", name, by_origin, data)
        if name not in ("investments", "grants", "periods"):
            labels[stem + ".json"] = data["filters"].get("period")
        if name == "answers" or by_origin is None and name != "drawdowns":
            check.same(stem + ".json", "totals", data["totals"], {})
        rows = [json_row(pack, row, table.header) for row in data["rows"]]
        compare_rows(pack, check, stem + ".csv", table.header, rows, 2)
        for row in data["rows"]:
            check.same(stem + ".json", "columns of %s" % row.get("ref"), [*row, "currency"] if "currency" in table.header
                       and "currency" not in row else [*row], column_order(table.header, row))
        for test in data["checks"]:
            if number(test.get("difference")) != 0 or sorted(test) != ["difference", "name"]:
                check.find(stem + ".json", "check " + test["name"], test.get("difference"), "a difference of zero")
        names = [test["name"] for test in data["checks"]]
        if name == "answers":
            for full in names:
                report, _, rest = full.partition(": ")
                if rest not in check_names.get((report, by_origin), ()):
                    check.find(stem + ".json", "checks", full, "a check that reports/%s.json has" % report)
        if by_origin and check_names.get((name, False)) not in (None, names):
            check.find(stem + ".json", "checks, as in reports/%s.json" % name, names, check_names[name, False])
        check_names[name, by_origin] = names
    usual = Counter(map(str, labels.values())).most_common(1)
    for member, label in labels.items():
        check.same(member, "filters.period, as in the other reports", str(label), usual[0][0])


def column_order(header, row):
    names = [name for name in header if name in row or name == "currency"]
    return names if "currency" in row else [n for n in names if n != "currency"] + ["currency"] * ("currency" in header)


def json_row(pack, row, header):
    """The cells that a row of JSON has as CSV; a book's currency stands once at the top of the JSON."""
    cells = []
    for name in header:
        value = row.get(name, pack.currency if name == "currency" else None)
        if isinstance(value, str):
            value = value if NUMBER.fullmatch(value) else guarded(value)
        cells.append("" if value is None else str(value))
    return cells


def compare_head(pack, check, member, name, by_origin, data):
    span = {"from": period_text(pack.begin), "to": period_text(pack.end)}
    spanless = name in ("investments", "grants", "periods")
    schema = "growth" if name.startswith("growth") else name
    wanted = {"schema": "accrue.report.%s/1" % schema, "book": pack.book_id, "currency": pack.currency,
              "as_of": pack.head["as_of"], "program": pack.head["program"], "period": None if spanless else span}
    for key, value in wanted.items():
        check.same(member, key + ", as in pack.json", data.get(key), value)
    check.same(member, "members", sorted(data), sorted([*wanted, "filters", "rows", "totals", "checks", "notes"]))
    filters = data["filters"]
    names = ["command"] + ["period"] * (not spanless) + ["by_origin"] * (by_origin is not None)
    if name.startswith("growth-"):
        names += ["segment", "basis"]
        check.same(member, "filters.segment, basis", (filters.get("segment"), filters.get("basis")), growth_series(pack, name))
    check.same(member, "members of filters", sorted(filters), sorted(names))
    check.same(member, "filters.command", filters.get("command"), LISTS.get(name) if by_origin is None else "report " + schema)
    if by_origin is not None:
        check.same(member, "filters.by_origin", filters.get("by_origin"), by_origin)


def check_totals(pack, check, stem, expected, whole=True):
    """Totals of a report; `whole`: these and no other."""
    data = pack.json(stem + ".json")
    if not data:
        return
    if whole:
        check.same(stem + ".json", "members of totals", sorted(data["totals"]), sorted(expected))
    for name, value in expected.items():
        found = data["totals"].get(name)
        check.count += 1
        if not cell_same(found, value):
            check.find(stem + ".json", "totals." + name, found, cell_text(value))


def units_of(pack, minor):
    return Fraction(minor, 10**pack.digits)


def range_text(pack):
    """The range as a ref names it: by the calendar, whatever the fiscal year."""
    year, month, count = pack.begin // 12, pack.begin % 12 + 1, pack.end - pack.begin + 1
    if count == 1:
        return period_text(pack.begin)
    if count == 3 and month % 3 == 1:
        return "%04d-Q%d" % (year, (month + 2) // 3)
    if count == 12 and month == 1:
        return "%04d" % year
    return period_text(pack.begin) + ".." + period_text(pack.end)


def check_trial_balance(pack, check, stem, by_origin):
    sums = balance_sums(pack, lambda p: p <= pack.end, by_origin)
    rows, debit, credit = [], 0, 0
    for account in sorted(sums, key=lambda a: Reader.as_bytes(account_name(a))):
        total = sums[account]
        if total:
            debit, credit = debit + max(total, 0), credit + max(-total, 0)
            rows.append([guarded(account_name(account)), TYPES[account[0]], pack.money(max(total, 0)),
                         pack.money(max(-total, 0)), pack.money(total), pack.currency,
                         reference(pack, "trial-balance", by_origin, account_name(account))])
    compare_rows(pack, check, stem + ".csv", "account type debit credit balance currency ref".split(), rows)
    check_totals(pack, check, stem, {"debit": pack.money(debit), "credit": pack.money(credit),
                                     "balance": pack.money(debit - credit)})


def reference(pack, name, by_origin, *parts):
    return guarded(":".join([name + ("/by-origin" if by_origin else ""), range_text(pack), *parts]))


def check_journal_report(pack, check, stem, by_origin):
    rows, debit, credit = [], 0, 0
    for entry in pack.entries():
        if not pack.begin <= (entry.origin if by_origin else entry.posting) <= pack.end:
            continue
        for n, (account, amount) in enumerate(entry.lines, 1):
            debit, credit = debit + max(amount, 0), credit + max(-amount, 0)
            rows.append([str(entry.number), str(entry.record.sequence), day_text(entry.date), period_text(entry.posting),
                         period_text(entry.origin), guarded(account_name(account)), pack.money(max(amount, 0)),
                         pack.money(max(-amount, 0)), guarded(entry.memo), pack.currency, "entry:%d:%d" % (entry.number, n)])
    header = "entry record date posting_period origin_period account debit credit memo currency ref".split()
    compare_rows(pack, check, stem + ".csv", header, rows)
    check_totals(pack, check, stem, {"debit": pack.money(debit), "credit": pack.money(credit)})


def revenue_of_range(pack, by_origin, begin=None, end=None):
    sums = balance_sums(pack, lambda p: (begin or pack.begin) <= p <= (end or pack.end), by_origin)
    return {account: -amount for account, amount in sums.items() if account[0] == 4}


def check_period(pack, check, stem, by_origin):
    rows, revenue = [], revenue_of_range(pack, by_origin)
    for account in sorted(revenue, key=lambda a: Reader.as_bytes((a[2], a[4], ACCOUNT_KINDS[a[1]], a[5], a[6]))):
        _, kind, investee, investment, grant, service, region = account
        if revenue[account]:
            parts = [name_part(p) for p in (investee, grant, ACCOUNT_KINDS[kind], service, region)]
            rows.append([*map(guarded, (investee, investment, grant)), "credits" if grant else "cash", ACCOUNT_KINDS[kind],
                         guarded(service), guarded(region), pack.money(revenue[account]), pack.currency,
                         reference(pack, "period", by_origin, *parts)])
    header = "investee investment grant funding kind service region revenue currency ref".split()
    compare_rows(pack, check, stem + ".csv", header, rows, 3)
    credits = sum(amount for account, amount in revenue.items() if account[4])
    total = sum(revenue.values())
    check_totals(pack, check, stem, {"revenue": pack.money(total), "revenue_credits": pack.money(credits),
                                     "revenue_cash": pack.money(total - credits)})


def check_rollforward(pack, check, stem, by_origin):
    """By posting period from "Revenue from draws"; by origin from the balances and draws of those origins."""
    header = ("investee grant opening granted usage breakage modification refunded other closing face_currency face_opening "
              "face_granted face_drawn face_expired face_voided face_closing currency ref").split()
    rows, begin, end = [], pack.begin, pack.end
    for name, grant in sorted(pack.grants.items(), key=lambda item: Reader.as_bytes((item[1]["investee"], item[0]))):
        received, issued, expired = grant["received"], month_of_day(grant["tranche"]["issued"]), grant["booked"]
        if by_origin:
            received, expired = month_of_day(grant["received_on"]), expired and grant["expiry"]
        else:
            issued = posted_in(pack, grant["record"].sequence, issued)
        if received > end:
            continue
        price, face = grant["price"], grant["face"]
        owed = lambda p: (price if received <= p else 0) - recognised(pack, name, p)[1]
        if by_origin:
            of = lambda role, kind, keep: -sum(amount for (a, _, origin), amount in pack.balances.items()
                                               if a[:2] == (role, kind) and a[4] == name and keep(origin))
            inside = lambda p: begin <= p <= end
            figures = [of(3, 0, lambda p: p < begin), None, -of(4, 1, inside), -of(4, 2, inside), of(3, 0, lambda p: p <= end)]
        else:
            (usage1, total1), (usage2, total2) = recognised(pack, name, begin - 1), recognised(pack, name, end)
            figures = [owed(begin - 1), None, usage1 - usage2, (total1 - usage1) - (total2 - usage2), owed(end)]
        figures[1] = price if begin <= received <= end else 0
        figures = [pack.money(figure) for figure in figures]
        drawn = face_drawn(pack, name, lambda p: begin <= p <= end, by_origin)
        before = face_drawn(pack, name, lambda p: p < begin, by_origin)
        expired_before = expired is not None and expired < begin
        opening = Fraction(0) if issued >= begin or expired_before else face - before
        rows.append([guarded(grant["investee"]), guarded(name), *figures[:4], None, None, None, figures[4],
                     guarded(grant["tranche"]["face"][1]), opening, face if begin <= issued <= end else Fraction(0), -drawn,
                     None, None, None, pack.currency, reference(pack, "rollforward", by_origin, name_part(name))])
    if compare_rows(pack, check, stem + ".csv", header, rows, 2):
        check_movements(pack, check, stem)


def check_movements(pack, check, stem):
    table = pack.table(stem + ".csv")
    totals, currencies = defaultdict(Fraction), set()
    for line, row in zip(table.lines, table.dicts()):
        currencies.add(row["face_currency"])
        for prefix, names in (("", "granted usage breakage modification refunded other"),
                              ("face_", "granted drawn expired voided")):
            values = [number(row[prefix + n]) for n in ["opening", *names.split(), "closing"]]
            if None in values or sum(values[:-1]) != values[-1]:
                check.find(stem + ".csv", "line %d, %sclosing" % (line, prefix), row[prefix + "closing"], "opening and movements")
        for name, cell in row.items():
            if number(cell) is not None and name not in ("grant", "investee", "ref"):
                totals[name] += number(cell)
    totals = {k: v if k.startswith("face") else pack.money(int(v * 10**pack.digits)) for k, v in totals.items()}
    if len(currencies) > 1:
        totals = {k: v for k, v in totals.items() if not k.startswith("face")}
        check_totals(pack, check, stem, totals, False)
    elif table.rows:
        found = pack.json(stem + ".json") or {"totals": {}}
        check.same(stem + ".json", "totals.face_currency", found["totals"].pop("face_currency", None), unguarded(*currencies))
        check_totals(pack, check, stem, totals)


def bridge_lines(pack):
    """Revenue that was booked in another period than it belongs to, by what the bridge tells apart."""
    sums = defaultdict(int)
    for entry in pack.entries():
        if entry.posting == entry.origin:
            continue
        if pack.begin <= entry.origin <= pack.end < entry.posting:
            change = "booked later"
        elif entry.origin < pack.begin <= entry.posting <= pack.end:
            change = "belongs earlier"
        else:
            continue
        for account, amount in entry.lines:
            if account[0] == 4:
                funding = "credits" if account[4] else "cash"
                sums[change, entry.posting, entry.origin, entry.record.sequence, account[2], funding,
                     ACCOUNT_KINDS[account[1]]] -= amount
    return sums


def check_bridge(pack, check, stem, by_origin):
    """The rows in whatever order; by origin the way back, with signs turned."""
    header = ("change posting_period origin_period record investee funding kind class revenue fact reason author recorded_at "
              "currency ref").split()
    table, sums = pack.table(stem + ".csv"), bridge_lines(pack)
    expected, signs = {}, {"booked later": 1, "belongs earlier": -1}
    for (change, posting, origin, record, investee, funding, kind), amount in sums.items():
        if amount:
            r = pack.records[record - 1]
            sign = signs[change] * (-1 if by_origin else 1)
            expected[change, period_text(posting), period_text(origin), str(record), guarded(investee), funding, kind] = [
                r.fact.get("catch_up"), pack.money(sign * amount), KINDS[r.kind], guarded(r.reason), guarded(r.author),
                instant_text(r.at), pack.currency, None]
    found = [tuple(row[:7]) for row in table.rows] if table and table.header == header else []
    rows = [[*key, *expected[key]] for key in found if key in expected]
    rows += [[*key, *cells] for key, cells in sorted(expected.items()) if key not in found]
    compare_rows(pack, check, stem + ".csv", header, rows, 7)
    booked = sum(revenue_of_range(pack, False).values())
    origin = sum(revenue_of_range(pack, True).values())
    check_totals(pack, check, stem, {"revenue_as_reported": pack.money(booked), "revenue_by_origin": pack.money(origin)}, False)


def growth_series(pack, name):
    """Segment and basis of growth-N-..., the N-th series of the book; of `growth` the only one."""
    series = sorted(segment_series(pack), key=Reader.as_bytes)
    number = name.split("-")[1] if "-" in name else "1"
    return series[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(series) else (None, None)


def check_growth(pack, check, stem, by_origin):
    """Amounts of one series in the book's currency; the points and shares stand only against the JSON. What an investee
    brought a year ago is compared where the book held nothing of it by then."""
    segment, basis = growth_series(pack, stem.rsplit("/", 1)[1])
    rows = segment_series(pack)[segment, basis]
    if not covered(rows, pack.begin, pack.end) or any(row[2] != pack.currency for row in rows):
        return
    table = pack.table(stem + ".csv")
    if table is None:
        return
    total = [sum(Fraction(row[3]) for row in rows if begin <= row[0] and row[1] <= end)
             for begin, end in ((pack.begin, pack.end), (pack.begin - 12, pack.end - 12))]
    current, old = defaultdict(int), defaultdict(Fraction)
    for account, amount in revenue_of_range(pack, by_origin).items():
        funding = "cash" if not account[4] else "breakage" if account[1] == 2 else "credits"
        current[guarded(account[2]), funding] += amount
    for _, fact in pack.facts("base_imported"):
        for investee, name, first, last, _, revenue, _ in fact["rows"]:
            if name == segment and pack.begin - 12 <= first and last <= pack.end - 12:
                old[guarded(investee), "cash"] += Fraction(revenue)
    held = {guarded(account[2]) for account in revenue_of_range(pack, by_origin, 1, pack.end - 12)}
    for line, row in zip(table.lines, table.dicts()):
        key = row["investee"], row["funding"]
        before = None if row["investee"] in held else old[key]
        expected = {("*", ""): total, ("other", ""): None}.get(key, [units_of(pack, current[key]), before])
        if expected:
            for name, value in zip(("current", "year_ago"), expected):
                check.count += 1
                if value is not None and number(row[name]) != value:
                    check.find(stem + ".csv", "line %d, %s %s, %s" % (line, *key, name), row[name], decimal_text(value))


def check_answers(pack, check, stem, by_origin):
    """The two answers that follow without more: the revenue of the range, and the root."""
    table = pack.table(stem + ".csv")
    revenue = revenue_of_range(pack, by_origin)
    total, cash = sum(revenue.values()), sum(v for a, v in revenue.items() if not a[4])
    spelled = lambda minor: "%s%s %s" % ("{:,}".format(int(pack.money(minor).split(".")[0] or 0)),
                                         pack.money(minor)[-pack.digits - 1:] if pack.digits else "", pack.currency)
    for line, row in zip(table.lines, table.dicts()) if table else ():
        if row["ref"].endswith(":replay"):
            check.same(stem + ".csv", "line %d, figure" % line, row["figure"],
                       "yes: %d records, root %s" % (len(pack.records), pack.root.hex()))
        elif row["ref"].endswith(":revenue") and total >= 0 and cash >= 0:
            start, end = spelled(total) + ": paid with credits " + spelled(total - cash), "paid in cash " + spelled(cash)
            check.count += 1
            if not row["figure"].startswith(start) or not row["figure"].endswith(end):
                check.find(stem + ".csv", "line %d, figure" % line, row["figure"], start + " ... " + end)


def check_reports(pack, check):
    for stem, name, by_origin in report_members(pack):
        one = {"trial-balance": check_trial_balance, "journal": check_journal_report, "period": check_period,
               "rollforward": check_rollforward, "bridge": check_bridge, "answers": check_answers}
        if by_origin is not None:
            one.get(name, check_growth)(pack, check, stem, by_origin)


def check_lists(pack, check):
    inside = [e for e in pack.entries() if pack.begin <= e.posting <= pack.end]
    rows = [[str(e.number), str(e.record.sequence), day_text(e.date), period_text(e.posting), period_text(e.origin),
             guarded(e.memo), str(len(e.lines)), pack.money(sum(max(a, 0) for _, a in e.lines)), pack.currency,
             "entry:%d" % e.number] for e in inside]
    compare_rows(pack, check, "lists/entries.csv",
                 "entry record date posting_period origin_period memo lines amount currency ref".split(), rows)
    rows = [[period_text(d[0]), period_text(d[1]), period_text(d[2]), guarded(d[3]), guarded(d[4]),
             "credits" if d[4] else "cash", *map(guarded, d[5:8]), guarded(d[9]), d[8], None]
            for d in sorted(pack.draws, key=lambda d: (d[:3], Reader.as_bytes(d[3:8] + d[9:]))) if pack.begin <= d[0] <= pack.end]
    compare_rows(pack, check, "lists/drawdowns.csv", ("posting_period origin_period served_period investee grant funding "
                 "service sku region currency amount ref").split(), rows, 5)
    totals = defaultdict(Fraction)
    for d in pack.draws:
        if pack.begin <= d[0] <= pack.end:
            totals["drawn_" + d[9]] += d[8] if d[4] else 0
            totals["cash_funded_" + d[9]] += 0 if d[4] else d[8]
    check_totals(pack, check, "lists/drawdowns", totals)
    list_grants(pack, check)
    list_investments(pack, check)
    list_periods(pack, check)


def list_grants(pack, check):
    """As of the last record and the last period with anything posted."""
    rows, end = [], max([e.posting for e in pack.entries()] + [pack.end])
    through = closed_through(pack)
    first_open = through + 1 if through is not None else min(
        [month_of_day(g["deal"]["signed"]) for g in pack.grants.values()] + [g["received"] for g in pack.grants.values()] +
        [key[1] for key in pack.served], default=0)
    for name, g in sorted(pack.grants.items(), key=lambda item: Reader.as_bytes((item[1]["deal"]["id"], item[0]))):
        t, drawn = g["tranche"], face_drawn(pack, name, lambda p: True)
        total = recognised(pack, name, end)[1]
        expired = g["face"] - drawn if g["booked"] is not None else Fraction(0)
        shown_date = lambda value: "" if value is None else day_text(value)
        rows.append([guarded(name), guarded(g["deal"]["id"]), guarded(g["investee"]), guarded(t["face"][1]), g["face"], drawn,
                     expired, g["face"] - drawn - expired, units_of(pack, g["price"]), units_of(pack, total),
                     units_of(pack, g["price"] - total), day_text(t["issued"]), day_text(g["begins"]), shown_date(t["expires"]),
                     str(t["priority"]), t["breakage"], "" if t["breakage"] == "remote" else unused_at(pack, name, first_open),
                     str(g["record"].sequence), pack.currency, guarded("grant:" + name_part(name))])
    compare_rows(pack, check, "lists/grants.csv", ("grant investment investee face_currency face drawn expired left "
                 "transaction_price recognised contract_liability issued begins expires priority breakage expected_unused record "
                 "currency ref").split(), rows)


def list_investments(pack, check):
    rows = []
    for r, d in sorted(pack.facts("investment_added"), key=lambda item: Reader.as_bytes(item[1]["id"])):
        grants = [g for g in pack.grants.values() if g["deal"] is d]
        currencies = {g["tranche"]["face"][1] for g in grants}
        pair = lambda amount: [Fraction(amount[0]), guarded(amount[1])] if amount else ["", ""]
        face = [sum(g["face"] for g in grants), guarded(currencies.pop())] if len(currencies) == 1 else [None, None]
        rows.append([guarded(d["id"]), guarded(d["investee"]), day_text(d["signed"]), Fraction(d["stake"]) if d["stake"] else "",
                     guarded(d["influence"]), *pair(d["cash"]), *pair(d["value"]), *face,
                     units_of(pack, sum(g["price"] for g in grants)), str(len(grants)), str(r.sequence), guarded(d["file"]),
                     pack.currency, guarded("investment:" + name_part(d["id"]))])
    compare_rows(pack, check, "lists/investments.csv", ("investment investee signed stake_percent influence cash cash_currency "
                 "fair_value_of_stake fair_value_currency face face_currency transaction_price tranches record file currency "
                 "ref").split(), rows)


def list_periods(pack, check):
    rows = []
    used = {e.posting for e in pack.entries()} | {c[1]["period"] for c in pack.closes} | set(first_period(pack))
    for period in range(min(used), max(used) + 1) if used else ():
        closes = [c for c in pack.closes if c[1]["period"] == period]
        close = closes[-1] if closes else None
        bounds = [None, None]
        if pack.zone:
            bounds = [instant_text(pack.zone.start(days(p // 12, p % 12 + 1))) for p in (period, period + 1)]
        if close and close[2]:
            state = [None, None, str(close[2])]
        else:
            state = ["closed", str(close[0]), ""] if close else ["open", "", ""]
        hash_ = "" if close is None else None if close[2] else close[1]["hash"].hex()
        rows.append([period_text(period), *state, *bounds, hash_, "periods:" + period_text(period)])
    compare_rows(pack, check, "lists/periods.csv",
                 "period state closed_by reopened_by begin end trial_balance_hash ref".split(), rows)


# ---------------------------------------------------------------- checks: Audit Data Standards and journals

def exported_entries(pack):
    inside = [e for e in pack.entries() if pack.begin <= e.posting <= pack.end]
    return sorted(inside, key=lambda e: (e.date, e.number))


def exported_accounts(pack):
    """Accounts that an export of the range names: those with an opening balance and those used in it, in order."""
    opening = balance_sums(pack, lambda p: p < pack.begin)
    used = {account for e in exported_entries(pack) for account, _ in e.lines}
    return sorted({a for a, amount in opening.items() if amount} | used, key=account_order), opening


def exported_periods(pack):
    """Periods of the range that are closed or have an entry."""
    closed = {fact["period"] for _, fact, reopened in pack.closes if reopened is None}
    used = {e.posting for e in pack.entries()}
    return [p for p in range(pack.begin, pack.end + 1) if p in closed or p in used]


def fiscal(pack, period):
    """Fiscal year, named by the calendar year in which it ends, and the number of the period in it."""
    year, month, start = period // 12, period % 12 + 1, pack.fiscal_start
    return [str(year + (start > 1 and month >= start)), str((month - start) % 12 + 1)]


def check_standard(pack, check):
    if not any(record.entries for record in pack.records):
        return
    last = day_text(last_day(pack.end)).replace("-", "")
    span = day_text(days(pack.begin // 12, pack.begin % 12 + 1)).replace("-", "") + "_" + last
    rows = []
    for e in exported_entries(pack):
        r = e.record
        date, time = instant_text(r.at)[:-1].split("T")
        for n, (account, amount) in enumerate(e.lines, 1):
            rows.append([str(e.number), str(n), guarded(e.memo), KINDS[r.kind], day_text(e.date), *fiscal(pack, e.posting),
                         guarded(account_name(account)), pack.money(abs(amount)), "C" if amount < 0 else "D", pack.currency,
                         guarded(r.author), date, time, guarded(r.approval[0]) if r.approval else "", str(r.sequence),
                         period_text(e.origin)])
    compare_rows(pack, check, "audit-data-standard/GL_Detail_%s.csv" % span, (
        "Journal_ID Journal_ID_Line_Number JE_Header_Description Source Effective_Date Fiscal_Year Period GL_Account_Number Amount "
        "Amount_Credit_Debit_Indicator Amount_Currency Entered_By Entered_Date Entered_Time Approved_By Segment01 "
        "Segment02").split(), rows, 2)
    accounts, opening = exported_accounts(pack)
    rows, first_use = [], {a: pack.begin for a in opening if opening[a]}
    for e in exported_entries(pack):
        for account, _ in e.lines:
            first_use[account] = min(e.posting, first_use.get(account, e.posting))
    for period in exported_periods(pack):
        before, after = balance_sums(pack, lambda p: p < period), balance_sums(pack, lambda p: p <= period)
        rows += [[guarded(account_name(a)), *fiscal(pack, period), day_text(last_day(period)), pack.money(before[a]),
                  pack.money(after[a]), pack.currency] for a in accounts if first_use[a] <= period]
    compare_rows(pack, check, "audit-data-standard/Trial_Balance_%s.csv" % span, (
        "GL_Account_Number Fiscal_Year Period Balance_As_Of_Date Amount_Beginning Amount_Ending Amount_Currency").split(), rows, 3)
    captions = {"asset": "Assets", "liability": "Liabilities", "revenue": "Revenue"}
    rows = [[guarded(account_name(a))] * 2 + [account_parts(a)[0], captions[TYPES[a[0]]], ROLES[a[0]]] for a in accounts]
    compare_rows(pack, check, "audit-data-standard/Chart_Of_Accounts_%s.csv" % last, (
        "GL_Account_Number GL_Account_Name FS_Caption Account_Type Account_Subtype").split(), rows)


def taken_back(text, kept=()):
    """A text with its %XX taken back, but those that the book itself writes."""
    data = re.sub(rb"%([0-9A-F]{2})", lambda m: m[0] if m[0].decode() in kept else bytes([int(m[1], 16)]),
                  text.encode("utf-8", "surrogateescape"))
    return data.decode("utf-8", "surrogateescape")


def plain_account(text):
    return taken_back(text, ("%3A", "%25", "%2D"))


def cut_name_same(found, expected, mark):
    """Parts longer than 200 bytes are cut, with a mark and the SHA-256 of the part behind it."""
    for a, b in zip(found.split(":"), expected.split(":")):
        start, cut, digest = a.rpartition(mark)
        if a != b and not (cut and HEX32.fullmatch(digest.lower()) and b.startswith(start)):
            return False
    return found.count(":") == expected.count(":")


def beancount_account(account):
    def part(text):
        text = "".join(chr(b) if chr(b).isascii() and chr(b).isalnum() else "-%02X" % b
                       for b in text.encode("utf-8", "surrogateescape"))
        return text if re.match("[A-Z0-9]", text) else "X-" + text

    root = {"asset": "Assets", "liability": "Liabilities", "revenue": "Income"}[TYPES[account[0]]]
    head, *rest = account_parts(account)
    kind = {3: rest[2].capitalize()} if account[0] == 4 else {}
    parts = [kind.get(n, None) or part(p) for n, p in enumerate(rest, 1)]
    return ":".join([root, head.replace(" ", "-"), *parts])


def journal_expectation(pack):
    """What every journal of the range says: transactions as (date, code, memo, tags, postings) and balances by period."""
    accounts, opening = exported_accounts(pack)
    entries, result = exported_entries(pack), []
    left = [(a, opening[a]) for a in accounts if opening[a]]
    if left:
        result.append((last_day(pack.begin - 1), None, "balances before " + period_text(pack.begin), [], left, None))
    periods, sums = exported_periods(pack), dict(left)
    for period in sorted(set(periods) | {e.posting for e in entries}):
        for e in entries:
            if e.posting != period:
                continue
            r = e.record
            tags = [("entry", str(e.number)), ("record", str(r.sequence)), ("recorded-at", instant_text(r.at)),
                    ("author", r.author), ("approved-by", r.approval[0] if r.approval else ""), ("reason", r.reason),
                    ("posting-period", period_text(e.posting)), ("origin-period", period_text(e.origin))]
            result.append((e.date, e.number, e.memo, [t for t in tags if t[1]], e.lines, None))
            for account, amount in e.lines:
                sums[account] = sums.get(account, 0) + amount
        if period in periods and sums:
            result.append((last_day(period), None, "balances at the end of " + period_text(period), [], [],
                           [(a, sums[a]) for a in accounts if a in sums]))
    return accounts, result


class Lines:
    """Walks through a journal; a line that is not the one expected is a finding, and the walk goes on behind it."""

    def __init__(self, check, member, data):
        self.check, self.member, self.at, self.lost = check, member, 0, 0
        self.lines = data.decode("utf-8", "surrogateescape").split("\n")

    def expect(self, wanted, same=None):
        """Takes the next line; `same` may say that another writing means the same."""
        line = self.lines[self.at] if self.at < len(self.lines) else None
        self.check.count += 1
        if line == wanted or same is not None and line is not None and same(line):
            self.at += 1
            return
        self.lost += 1
        self.check.find(self.member, "line %d" % (self.at + 1), "the end of the file" if line is None else line, wanted)
        if self.lost > SHOWN:
            raise Malformed(self.at + 1, "too many lines differ; the rest of %s is not compared" % self.member)
        ahead = self.lines[self.at:self.at + 400]
        self.at += ahead.index(wanted) + 1 if wanted and wanted in ahead else 1

    def end(self):
        for n, line in enumerate(self.lines[self.at:], self.at + 1):
            if line or n < len(self.lines):
                return self.check.find(self.member, "line %d" % n, line, "the end of the file")


def check_plain_journal(pack, check, member, program):
    if member not in pack.files:
        return check.cannot("%s is not there" % member)
    walk, (accounts, transactions) = Lines(check, member, pack.files[member]), journal_expectation(pack)
    unit = " " + pack.currency
    decoded = lambda prefix, text: lambda line: line.startswith(prefix) and taken_back(line[len(prefix):]) == text
    title = pack.book["name"] + " for " + program
    walk.expect("; Journal of " + title, decoded("; Journal of ", title))
    walk.expect("; book %s, %d records, root %s" % (pack.book_id, len(pack.records), pack.root.hex()))
    walk.expect("; periods %s to %s" % (period_text(pack.begin), period_text(pack.end)))
    mark = "." if program == "hledger" and pack.digits == 0 else ""
    sample = pack.money(1000 * 10**pack.digits) + mark + unit
    tags = "entry record recorded-at author author-more approved-by approved-by-more reason reason-more posting-period origin-period"
    preamble = ["", "decimal-mark .", "", "commodity " + sample, ""] if program == "hledger" else \
        ["", "commodity" + unit, "    format " + sample, "", *("tag " + tag for tag in tags.split()), ""]
    for line in preamble:
        walk.expect(line)
    account_is = lambda name, prefix, end="": lambda line: line.startswith(prefix) and line.endswith(end) and cut_name_same(
        plain_account(line[len(prefix):len(line) - len(end)]), name, "~")
    for account in accounts:
        name, letter = account_name(account), "ACALR"[account[0]]
        if program == "hledger":
            walk.expect("account " + name, account_is(name, "account "))
            walk.expect("    ; type: " + letter)
            walk.expect("    ; name: " + name, decoded("    ; name: ", name))
        else:
            walk.expect("; name: " + name, decoded("; name: ", name))
            walk.expect("account " + name, account_is(name, "account "))
        walk.expect("")
    for index, (date, code, memo, tags, lines, balances) in enumerate(transactions):
        head = "%s * %s" % (day_text(date), "(%d) " % code if code else "")
        walk.expect(head + memo, decoded(head, memo))
        for key, value in tags:
            expect_tag(walk, key, value, decoded)
        for account, amount in lines:
            end = "  " + pack.money(amount) + unit
            walk.expect("    " + account_name(account) + end, account_is(account_name(account), "    ", end))
        for account, amount in balances or ():
            end = "  " + pack.money(0) + unit + " = " + pack.money(amount) + unit
            walk.expect("    " + account_name(account) + end, account_is(account_name(account), "    ", end))
        if index + 1 < len(transactions):
            walk.expect("")
    walk.end()


def expect_tag(walk, key, value, decoded):
    """A tag; of a value too long for a line, the lines KEY-more behind it."""
    prefix, text = "    ; %s: " % key, ""
    lines = walk.lines[walk.at:walk.at + 1]
    more = "    ; %s-more: " % key
    while len(lines) < 1000 and walk.at + len(lines) < len(walk.lines) and walk.lines[walk.at + len(lines)].startswith(more):
        lines.append(walk.lines[walk.at + len(lines)])
    if len(lines) > 1 and lines[0].startswith(prefix):
        text = lines[0][len(prefix):] + "".join(line[len(more):] for line in lines[1:])
        if taken_back(text) == value:
            walk.at += len(lines)
            return
    walk.expect(prefix + value, decoded(prefix, value))


def unescaped(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1], m[1]), text)


def check_beancount(pack, check, member):
    if member not in pack.files:
        return check.cannot("%s is not there" % member)
    walk, (accounts, transactions) = Lines(check, member, pack.files[member]), journal_expectation(pack)
    said = lambda prefix, text: lambda line: re.fullmatch(re.escape(prefix) + r'"(?:[^"\\]|\\.)*"', line) and \
        unescaped(line[len(prefix) + 1:-1]) == text
    quote = lambda prefix, text: walk.expect('%s"%s"' % (prefix, text), said(prefix, text))
    used = {}
    for date, _, _, _, lines, _ in transactions:
        for account, _ in lines:
            used.setdefault(account, day_text(date))
    unit = " " + pack.currency
    walk.expect("; Journal of the book %s for beancount" % pack.book_id)
    walk.expect("; %d records, root %s" % (len(pack.records), pack.root.hex()))
    walk.expect("")
    quote("option \"title\" ", pack.book["name"])
    walk.expect('option "operating_currency" "%s"' % pack.currency)
    walk.expect('option "inferred_tolerance_multiplier" "0"')
    walk.expect("")
    if used:
        walk.expect("%s commodity%s" % (min(used.values()), unit))
        walk.expect("  digits: %d" % pack.digits)
        walk.expect("")
    account_is = lambda name, prefix, end="": lambda line: line.startswith(prefix) and line.endswith(end) and \
        cut_name_same(line[len(prefix):len(line) - len(end)], name, "--")
    for account in accounts:
        name, head = beancount_account(account), used.get(account, "") + " open "
        walk.expect(head + name + " " + unit, account_is(name, head, " " + unit))
        quote("  name: ", account_name(account))
        walk.expect("")
    blocks = [t for t in transactions if t[5] is None] + [t for t in transactions if t[5] is not None]
    for index, (date, _, memo, tags, lines, balances) in enumerate(blocks):
        if balances is None:
            quote(day_text(date) + " * ", memo)
            for key, value in tags:
                key = "  %s: " % key.replace("-", "_")
                if key in ("  entry: ", "  record: "):
                    walk.expect(key + value)
                else:
                    quote(key, value)
            for account, amount in lines:
                end = "  " + pack.money(amount) + unit
                name = beancount_account(account)
                walk.expect("  " + name + end, account_is(name, "  ", end))
        for account, amount in balances or ():
            head, end = day_text(date + 1) + " balance ", "  %s ~ %s%s" % (pack.money(amount), pack.money(0), unit)
            name = beancount_account(account)
            walk.expect(head + name + end, account_is(name, head, end))
        if index + 1 < len(blocks):
            walk.expect("")
    walk.end()


# ---------------------------------------------------------------- all of it

def named(function, *arguments):
    return lambda pack, check: function(pack, check, *arguments)


HEAD_CHECKS = [("MANIFEST", check_manifest), ("records", check_records), ("tree", check_tree)]
BOOK_CHECKS = [
    ("pack.json", check_pack_json), ("approvals", check_approvals), ("keys", check_keys),
    ("forecasts", check_forecasts), ("checkpoints", check_checkpoints),
    ("time stamps", check_stamps), ("proofs", check_proofs), ("entries", check_entries), ("balances", check_balances),
    ("closes", check_closes), ("grants", check_grants), ("estimates", check_estimates), ("inputs", check_inputs),
    ("terms, rate cards, maps", check_texts), ("charges", check_charges), ("draws", check_draws), ("revenue", check_revenue),
    ("reports: CSV = JSON", check_report_pairs), ("reports", check_reports), ("lists", check_lists),
    ("audit data standard", check_standard),
    ("hledger", named(check_plain_journal, "journal/hledger.journal", "hledger")),
    ("ledger", named(check_plain_journal, "journal/ledger.ledger", "ledger")),
    ("beancount", named(check_beancount, "journal/beancount.beancount")),
    ("members", check_members)]


class Options:
    def __init__(self, root=None, checkpoints=(), keys=(), leaves=None, ca=None):
        self.root, self.checkpoints, self.keys, self.leaves, self.ca = root, list(checkpoints), list(keys), leaves, ca


def run(pack, name, function):
    """Whatever a member holds becomes a finding, never a traceback."""
    check = Check(name)
    pack.checks.append(check)
    try:
        function(pack, check)
    except Malformed as error:
        check.cannot(str(error))
    except RecursionError:
        check.cannot("a member is nested too deeply")
    except Exception as error:          # noqa: a member of another shape than FORMATS.md says
        check.find(name, "", "%s: %s" % (type(error).__name__, error), "members of the shape that FORMATS.md says")


def verify(files, options=None, archive=None):
    """Checks the members of a pack, bytes by name. `archive`: what was already found of the archive."""
    pack = Pack(files, options or Options())
    if archive is not None:
        pack.checks.append(archive)
    if not read_head(pack):
        run(pack, "MANIFEST", check_manifest)
        run(pack, "pack.json", lambda _, check: check.find("pack.json", "", "not there, or not book, period and as_of",
                                                           "what FORMATS.md names"))
        return summary(pack)
    for name, function in HEAD_CHECKS:
        run(pack, name, function)
    if pack.whole and pack.book:
        pack.zone = None
        try:
            pack.zone = Zone(pack.book["zone"])
        except Exception:               # noqa: zoneinfo's own errors; check_charges names it
            pass
        for name, function in BOOK_CHECKS:
            run(pack, name, function)
    else:
        check = Check("all that follows from the records")
        check.cannot("records.bin is not there or cannot be read as a whole")
        pack.checks.append(check)
    return summary(pack)


def summary(pack):
    pack.checks.append(pack.form)
    verdicts = {check.verdict for check in pack.checks}
    verdict = "differs" if "differs" in verdicts else "incomplete" if "incomplete" in verdicts else "ok"
    return {"schema": "accrue.pack-verification/1", "verdict": verdict, "checks": [
        {"name": c.name, "verdict": c.verdict, "count": c.count, "findings": c.findings, "unchecked": c.unchecked,
         "notes": c.notes} for c in pack.checks]}


def read_archive(path):
    """The members of a zip, and what is wrong with the archive itself."""
    files, check, total = {}, Check("archive"), 0
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                total += info.file_size
                check.count += 1
                if total > LARGEST:
                    raise NotAPack("it unpacks to more than %d bytes" % LARGEST)
                if info.filename in files or not safe_path(info.filename):
                    check.find(info.filename, "archive", "twice, or not a path inside of the pack", "each member once")
                    continue
                if info.date_time != (1980, 1, 1, 0, 0, 0):
                    check.find(info.filename, "time stamp", info.date_time, "1980-01-01")
                if info.extra or info.comment or info.flag_bits & 1:
                    check.find(info.filename, "archive", "extra fields, a comment or encryption", "none")
                files[info.filename] = archive.read(info)
            check.same("archive", "comment", archive.comment, b"")
            at = 0
            for info in archive.infolist():
                if info.header_offset != at:
                    check.find(info.filename, "archive, byte %d" % at, "begins at %d" % info.header_offset, "no bytes between members")
                    break
                at = info.header_offset + 30 + len(info.filename.encode()) + len(info.extra) + info.compress_size
            else:
                check.same("archive", "directory of the members", archive.start_dir, at)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise NotAPack("it cannot be read as an archive: %s" % error)
    except Exception as error:          # noqa: zlib.error and the like from a broken archive
        raise NotAPack("it cannot be read as an archive: %s" % error)
    order = ["MANIFEST"] + sorted((n for n in files if n != "MANIFEST"), key=Reader.as_bytes)
    for found, expected in zip(files, order):
        if found != expected:
            check.find(found, "archive", "it stands before " + expected, "MANIFEST, then the members in its order")
            break
    return files, check


def read_folder(path):
    files, check = {}, Check("folder")
    for folder, folders, names in os.walk(path):
        for name in sorted(names + [n for n in folders if os.path.islink(os.path.join(folder, n))]):
            full = os.path.join(folder, name)
            member = os.path.relpath(full, path).replace(os.sep, "/")
            check.count += 1
            if os.path.islink(full) or not os.path.isfile(full):
                check.find(member, "", "a link or something else than a file", "a plain file")
                continue
            with open(full, "rb") as file:
                files[member] = file.read()
    return files, check


def read_pack(path):
    if os.path.isdir(path):
        files, archive = read_folder(path)
    elif os.path.isfile(path):
        files, archive = read_archive(path)
    else:
        raise NotAPack("there is no such file or folder")
    if not {"MANIFEST", "pack.json", "records.bin"} & set(files):
        raise NotAPack("it has neither MANIFEST nor pack.json nor records.bin")
    return files, archive


def printed(result, options, quiet):
    width = max(len(c["name"]) for c in result["checks"])
    if not quiet:
        for c in result["checks"]:
            print("%-*s  %8d  %s" % (width, c["name"], c["count"], c["verdict"]))
        for c in result["checks"]:
            for note in c["notes"]:
                print("note: " + note)
    for c in result["checks"]:
        for f in c["findings"][:SHOWN]:
            place = ": " + f["place"] if f["place"] else ""
            print("%s: %s%s: it says %s; expected %s" % (c["name"], f["member"], place, f["found"], f["expected"]))
        if len(c["findings"]) > SHOWN:
            print("%s: ... and %d more" % (c["name"], len(c["findings"]) - SHOWN))
        for text in c["unchecked"][:SHOWN]:
            print("%s: not checked: %s" % (c["name"], text))
        if len(c["unchecked"]) > SHOWN:
            print("%s: ... and %d more" % (c["name"], len(c["unchecked"]) - SHOWN))
    signed = any("a key that you hold" in note for c in result["checks"] for note in c["notes"])
    if signed:
        scope = "it is whole, and up to that checkpoint it is the book that the holder of your key signed"
    elif options.root or options.checkpoints or options.leaves is not None:
        scope = "it is whole, and it is, as far as that reaches, the book that you hold a root or hashes of"
    else:
        scope = "it agrees with itself; without --root, --checkpoint and --key of your own a pack that was rewritten as a " \
                "whole cannot be told from the true one"
    meaning = {"ok": scope, "differs": "it is not what accrue wrote, or not as FORMATS.md says: see above",
               "incomplete": "no difference was found, but not everything could be checked: see above"}
    print("verdict: %s - %s" % (result["verdict"], meaning[result["verdict"]]))


# ---------------------------------------------------------------- self-test

def must(holds):
    if not holds:
        raise SystemExit("self-test: failed")


def self_test():
    """Test vectors of RFC 8032, 7.1, and of the tree of RFC 6962 as Certificate Transparency publishes them."""
    vectors = [
        ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
        ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
        ("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
         hashlib.sha512(b"abc").hexdigest(),
         "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    for public, message, signature in vectors:
        public, message, signature = map(bytes.fromhex, (public, message, signature))
        must(signature_holds(public, message, signature))
        must(not signature_holds(public, message + b"x", signature))
        shifted = signature[:32] + (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")
        must(not signature_holds(public, message, shifted))
    must(point_decode((P + 1).to_bytes(32, "little")) is None)
    must(point_decode(b"\1" + bytes(30) + b"\x80") is None)
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    expected = ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"]
    leaves = [sha256(b"\0", bytes.fromhex(x)) for x in inputs]
    roots = tree_roots(leaves)
    must([root.hex() for root in roots] == expected)
    subtree = lambda a, b: leaves[a] if b - a == 1 else tree_roots(leaves[a:b])[-1]
    must(inclusion_holds(5, 8, leaves[5], [leaves[4], subtree(6, 8), subtree(0, 4)], roots[8]))
    must(inclusion_holds(2, 3, leaves[2], [subtree(0, 2)], roots[3]) and inclusion_holds(0, 1, leaves[0], [], roots[1]))
    must(not inclusion_holds(4, 8, leaves[5], [leaves[4], subtree(6, 8), subtree(0, 4)], roots[8]))
    must(consistency_holds(6, roots[6], 8, roots[8], [subtree(4, 6), subtree(6, 8), subtree(0, 4)]))
    must(consistency_holds(4, roots[4], 8, roots[8], [subtree(4, 8)]) and consistency_holds(8, roots[8], 8, roots[8], []))
    must(not consistency_holds(6, roots[5], 8, roots[8], [subtree(4, 6), subtree(6, 8), subtree(0, 4)]))
    must(money(-5, 2) == "-0.05" and decimal_text(Fraction(-77, 8)) == "-9.625" and round_half_even(Fraction(5, 2)) == 2)
    print("self-test: ok")


def main(arguments):
    parser = argparse.ArgumentParser(description="Checks an audit pack of accrue.", epilog="Exit: 0 ok, 5 differs, 2 no pack.")
    parser.add_argument("pack", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--root", metavar="HEX", help="the root that you hold")
    parser.add_argument("--checkpoint", metavar="FILE", action="append", default=[], help="a checkpoint kept outside of the pack")
    parser.add_argument("--key", metavar="KEY", action="append", default=[], help="a verifier key that you hold, or a file of it")
    parser.add_argument("--leaves", metavar="FILE", help="a list of leaves kept outside of the pack")
    parser.add_argument("--ca", metavar="FILE", help="certificates under which time stamps are checked, with openssl")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="findings and verdict only")
    parser.add_argument("--self-test", action="store_true")
    given = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    if given.self_test:
        self_test()
        return 0
    csv.field_size_limit(1 << 30)
    try:
        keys = []
        for text in given.key:
            if os.path.isfile(text):
                with open(text, encoding="utf-8", errors="replace") as file:
                    text = file.read().strip()
            keys.append(read_key(text))
            if keys[-1] is None:
                parser.error("%s is no verifier key" % text)
        if given.root and not HEX32.fullmatch(given.root.lower()):
            parser.error("--root wants 64 hexadecimal digits")
        read = lambda path: open(path, "rb").read()
        options = Options(given.root, [(path, read(path)) for path in given.checkpoint], keys,
                          read(given.leaves) if given.leaves else None, given.ca)
        files, archive = read_pack(given.pack)
        result = verify(files, options, archive)
    except (NotAPack, OSError) as error:
        print("%s: not a pack: %s" % (given.pack, error), file=sys.stderr)
        return 2
    if given.json:
        print(json.dumps(result, indent=2))
    else:
        printed(result, options, given.quiet)
    return 0 if result["verdict"] == "ok" else 5


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
