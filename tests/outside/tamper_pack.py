#!/usr/bin/env python3
"""Changes a pack in every way that comes to mind and demands that verify.py finds each change.

    python3 tamper_pack.py PACK [--seed N] [--count M] [--only REGEX]

For each member: one cell, row, value, line or byte is changed, once with MANIFEST left as it was and then M times of
each kind with MANIFEST made again over the changed members. Demanded is a verdict other than ok, a finding that names
the member (of records.bin: the record), and no exception. Changes that nobody could find are in EXPLAINED, with why.
"""

import argparse
import hashlib
import io
import json
import random
import re
import sys
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "accounting" / "audit"))
import verify  # noqa: E402

# What may be changed unseen when MANIFEST is made again: member, what of it, and the reason.
EXPLAINED = [
    (r"README\.txt", r"", "words for people; only book, periods, records and root are compared"),
    (r"FORMATS\.md", r"", "the page itself: nothing in a pack says what it must be"),
    (r"verify\.py", r"", "the verifier itself: take it from elsewhere"),
    (r"pack\.json", r"\.rules$", "a version of the program's rules later than the records' is allowed"),
    (r".*\.json", r"\.notes\b", "notes are text for people, FORMATS.md does not say which there are"),
    (r".*\.json", r"\.checks\[\d+\]\.name$", "names of checks: compared between reports where they stand twice, else not derivable"),
    (r".*/(bridge|growth[^/]*)\.json", r"\.totals\b", "totals of these reports: FORMATS.md does not define them"),
]


def with_manifest(files):
    """The members with a MANIFEST that lists them."""
    names = sorted((n for n in files if n != "MANIFEST"), key=lambda n: n.encode())
    lines = ["%s  %s\n" % (hashlib.sha256(files[n]).hexdigest(), n) for n in names]
    return {"MANIFEST": "".join(lines).encode(), **{n: files[n] for n in names}}


class Tester:
    def __init__(self, files, seed, count):
        self.files, self.random, self.count = files, random.Random(seed), count
        self.tried, self.undetected, self.unnamed, self.explained, self.generic = 0, [], [], {}, 0

    def judge(self, label, files, names, options=None, archive=None, what=""):
        """`names`: members (or words) of which a finding must name one."""
        self.tried += 1
        try:
            result = verify.verify(files, options, archive)
        except verify.NotAPack:
            return
        if result["verdict"] == "ok":
            reason = next((r for m, w, r in EXPLAINED if any(re.fullmatch(m, n) for n in names) and re.search(w, what)), None)
            if reason:
                self.explained[reason] = self.explained.get(reason, 0) + 1
            else:
                self.undetected.append(label)
            return
        findings = [f for c in result["checks"] for f in c["findings"]]
        said = [" ".join(f.values()) for f in findings] + [t for c in result["checks"] for t in c["unchecked"]]
        self.generic += any("of the shape that FORMATS.md says" in text for text in said)
        if names and not any(name in text for text in said for name in names):
            self.unnamed.append("%s; said: %s" % (label, said[:2]))

    def change(self, label, member, data, what="", names=None):
        """One member of other bytes (None: without it), with MANIFEST made again."""
        files = dict(self.files)
        if data is None:
            del files[member]
        else:
            files[member] = data
        stem = member.rsplit(".", 1)[0]
        if member == "tables/draws.csv":  # beside refunds that may have found nothing, only the list tells
            names = [member, "lists/drawdowns."]
        names = names or ([stem + "."] if member.startswith(("reports/", "lists/")) else
                          ["tables/entries.csv"] if "minor_digits" in what else []) + [member]
        self.judge("%s: %s" % (member, label), with_manifest(files), names, what=what)

    # ------------------------------------------------ ways to change a text

    def other_text(self, text):
        """A text that differs in one place: a digit, a letter, or one more."""
        r = self.random
        if not text or r.random() < 0.15:
            return text + r.choice("0x")
        at = r.randrange(len(text))
        c = text[at]
        if c.isdigit():
            c = str((int(c) + r.randrange(1, 10)) % 10)
        elif r.random() < 0.3:
            return text[:at] + text[at + 1:]
        else:
            c = chr(ord(c) ^ 1) if c.isalpha() else "x"
        return text[:at] + c + text[at + 1:]

    def rows_of(self, rows, kind):
        """Rows or lines of which one is changed in this way; None where there are too few."""
        r, rows = self.random, list(rows)
        if not rows:
            return None
        at = r.randrange(len(rows))
        if kind == "removed":
            del rows[at]
        elif kind == "added":
            rows.insert(at, rows[at])
        elif kind == "swapped":
            others = [i for i in range(len(rows)) if rows[i] != rows[at]]
            if not others:
                return None
            other = r.choice(others)
            rows[at], rows[other] = rows[other], rows[at]
        return rows

    def csv_member(self, member):
        table = verify.read_csv(verify.Check(""), member, self.files[member])
        write = lambda rows: "".join(",".join(map(verify.quoted, row)) + "\n" for row in rows).encode()
        for _ in range(self.count):
            if table.rows:
                rows = [list(row) for row in table.rows]
                n, c = self.random.randrange(len(rows)), self.random.randrange(len(table.header))
                old, rows[n][c] = rows[n][c], self.other_text(rows[n][c])
                self.change("row %d, %s: %r -> %r" % (n + 1, table.header[c], old, rows[n][c]), member,
                            write([table.header, *rows]), table.header[c])
            for kind in ("removed", "added", "swapped"):
                rows = self.rows_of(table.rows, kind)
                if rows is not None:
                    self.change("a row " + kind, member, write([table.header, *rows]), kind)
            c = self.random.randrange(len(table.header))
            self.change("header", member, write([[*table.header[:c], table.header[c] + "s", *table.header[c + 1:]], *table.rows]))
        self.change("no rows", member, write([table.header])) if table.rows else None

    def json_member(self, member):
        value = json.loads(self.files[member])
        places = []

        def walk(node, path):
            if isinstance(node, dict):
                places.append((path, node, None))
                for key, child in node.items():
                    walk(child, path + [key]) if isinstance(child, (dict, list)) else places.append((path, node, key))
            else:
                for n, child in enumerate(node):
                    walk(child, path + [n]) if isinstance(child, (dict, list)) else places.append((path, node, n))

        walk(value, [])
        spelled = lambda path: "".join("[%d]" % p if isinstance(p, int) else "." + p for p in path)
        for _ in range(3 * self.count):
            path, node, key = self.random.choice(places)
            before = json.loads(json.dumps(value))
            if key is None:
                node["added"] = "x"
                self.change(spelled(path) + " with a member more", member, self.json_bytes(value), spelled(path) + ".added")
                del node["added"]
                continue
            old = node[key]
            node[key] = old + 1 if type(old) is int else not old if type(old) is bool else "x" if old is None else self.other_text(old)
            if value != before:
                self.change("%s: %r -> %r" % (spelled(path + [key]), old, node[key]), member, self.json_bytes(value),
                            spelled(path + [key]))
            node[key] = old
        if isinstance(value, dict) and value.get("rows"):
            for kind in ("removed", "added", "swapped"):
                rows = self.rows_of(value["rows"], kind)
                if rows is not None:
                    self.change("a row " + kind, member, self.json_bytes({**value, "rows": rows}))

    @staticmethod
    def json_bytes(value):
        return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()

    def text_member(self, member):
        lines = self.files[member].decode("utf-8", "surrogateescape").split("\n")[:-1]
        data = lambda rows: ("\n".join(rows) + "\n").encode("utf-8", "surrogateescape")
        for _ in range(2 * self.count):
            if not lines:
                break
            n = self.random.randrange(len(lines))
            changed = [*lines[:n], self.other_text(lines[n]), *lines[n + 1:]]
            self.change("line %d: %r -> %r" % (n + 1, lines[n], changed[n]), member, data(changed))
            for kind in ("removed", "added", "swapped"):
                rows = self.rows_of(lines, kind)
                if rows is not None and rows != lines:
                    self.change("a line " + kind, member, data(rows))

    def bytes_of(self, member, times):
        """Flipped bytes. Of JSON only what changes its content counts."""
        data = self.files[member]
        for _ in range(times):
            at = self.random.randrange(len(data))
            changed = bytearray(data)
            changed[at] ^= 1 << self.random.randrange(8)
            changed = bytes(changed)
            if member.endswith(".json"):
                try:
                    if json.loads(changed) == json.loads(data):
                        continue
                except ValueError:
                    pass
                what = self.json_place(data, at)
            else:
                what = ""
            self.change("byte %d flipped" % at, member, changed, what)

    @staticmethod
    def json_place(data, at):
        """Roughly where a byte of a report lies: in notes, a check's name, totals or elsewhere."""
        before = data[:at + 1].decode("utf-8", "replace")
        line = before.rsplit("\n", 1)[-1] + data[at + 1:].split(b"\n")[0].decode("utf-8", "replace")
        for name in ("notes", "checks", "totals"):
            if re.search(r'\n  "%s"(?![\s\S]*\n  ")' % name, before):
                return ".%s" % name if name != "checks" else ".checks[0].name" if '"name"' in line else ""
        return ".rules" if '"rules"' in line else ""

    def garbage(self, member):
        for label, data in (("empty", b""), ("zeros", bytes(50)), ("not UTF-8", b"\xff\xfe\n" * 9), ("an open quote", b'a,b\n"x,y\n'),
                            ("deep JSON", b"[" * 50000), ("JSON null", b"null\n"), ("JSON list", b"[1, 2]\n"),
                            ("JSON {}", b"{}\n"), ("a long number", b'{"rows": [{"x": ' + b"9" * 5000 + b"}]}\n"),
                            ("cut", self.files[member][:len(self.files[member]) // 2])):
            if data != self.files[member]:
                self.change("garbage: " + label, member, data, ".garbage")

    # ------------------------------------------------ all members

    def members(self):
        for member in sorted(self.files):
            if member == "MANIFEST" or not re.search(self.only, member):
                continue
            changed = bytearray(self.files[member])
            if changed:
                changed[self.random.randrange(len(changed))] ^= 1
                self.judge("%s: a byte, MANIFEST as it was" % member, {**self.files, member: bytes(changed)}, [member])
            gone = {n: d for n, d in self.files.items() if n != member}
            self.judge("%s: removed, MANIFEST as it was" % member, gone, [member])
            self.judge("%s: renamed, MANIFEST as it was" % member, {**gone, member + "x": self.files[member]}, [member])
            if member != "verify.py":
                self.change("removed", member, None, "removed")
                self.judge("%s: renamed" % member, with_manifest({**gone, member + "x": self.files[member]}), [member])
            if member == "records.bin":
                continue
            if member.endswith(".csv"):
                self.csv_member(member)
            elif member.endswith(".json"):
                self.json_member(member)
            elif not member.endswith(".tsr"):
                self.text_member(member)
            self.bytes_of(member, self.count)
            self.garbage(member)
        for name in () if self.only else ("extra.txt", "tables/more.csv", "proofs/inclusion-record-1000000.json", "proofs/consistency-from-0.json",
                     "terms/record-2-other.toml", "reports/more.json", "../outside", "/root", "a\\b"):
            if name not in self.files:
                self.judge("%s: added" % name, with_manifest({**self.files, name: b"x\n"}), [name])
                self.judge("%s: added, MANIFEST as it was" % name, {**self.files, name: b"x\n"}, [name])

    def manifest(self):
        lines = self.files["MANIFEST"].decode().split("\n")[:-1]
        for label, rows in (("a line twice", lines + lines[-1:]), ("lines swapped", [lines[1], lines[0], *lines[2:]]),
                            ("a line removed", lines[1:]), ("nothing", []), ("another hash", ["0" * 64 + lines[0][64:], *lines[1:]]),
                            ("one space", [lines[0].replace("  ", " "), *lines[1:]]), ("a path outside", ["0" * 64 + "  ../x", *lines])):
            data = "".join(line + "\n" for line in rows).encode()
            self.judge("MANIFEST: " + label, {**self.files, "MANIFEST": data}, ["MANIFEST"])
        self.judge("MANIFEST: removed", {n: d for n, d in self.files.items() if n != "MANIFEST"}, ["MANIFEST"])
        self.judge("MANIFEST: no last LF", {**self.files, "MANIFEST": self.files["MANIFEST"][:-1]}, ["MANIFEST"])

    # ------------------------------------------------ records

    def spans(self):
        data, at, spans = self.files["records.bin"], 0, []
        while at < len(data):
            length = int.from_bytes(data[at:at + 8], "big")
            spans.append((at, at + 8, at + 8 + length))
            at += 8 + length
        return spans

    def records(self):
        data, spans = self.files["records.bin"], self.spans()
        for _ in range(40 * self.count):
            at = self.random.randrange(len(data))
            changed = bytearray(data)
            changed[at] ^= 1 << self.random.randrange(8)
            record = next(n for n, (start, _, end) in enumerate(spans, 1) if start <= at < end)
            self.change("byte %d of record %d" % (at, record), "records.bin", bytes(changed), names=["record %d" % record])
        self.change("a byte more", "records.bin", data + b"\0", names=["record %d" % (len(spans) + 1)])
        self.change("swapped", "records.bin", b"".join(data[a:c] for a, _, c in [spans[1], spans[0], *spans[2:]]), names=["record 1"])
        self.garbage("records.bin")

    def rehashed(self, leaves):
        """The pack with other leaves, where records.csv, pack.json and every other name of the root follow them."""
        hashes, old = [hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves], [
            hashlib.sha256(b"\0" + self.files["records.bin"][a:b]).hexdigest() for _, a, b in self.spans()]
        root, old_root = verify.tree_roots(hashes)[-1].hex(), json.loads(self.files["pack.json"])["as_of"]["root"]
        files = dict(self.files)
        files["records.bin"] = b"".join(len(leaf).to_bytes(8, "big") + leaf for leaf in leaves)
        rows = files["tables/records.csv"].decode().split("\n")[:len(leaves) + 1]
        for n, digest in enumerate(hashes):
            rows[n + 1] = rows[n + 1].replace(old[n], digest.hex())
        files["tables/records.csv"] = ("\n".join(rows) + "\n").encode()
        counts = (b'"records": %d,' % len(old), b'"records": %d,' % len(leaves))
        texts = ((b"%d records" % len(old), b"%d records" % len(leaves)), (b"records  %d\n" % len(old), b"records  %d\n" % len(leaves)))
        for name, text in files.items():
            if name.endswith((".json", ".csv", ".txt", ".journal", ".ledger", ".beancount")) and name != "tables/records.csv":
                text = text.replace(old_root.encode(), root.encode()).replace(*counts)
                for pair in texts:
                    text = text.replace(*pair)
                files[name] = text
        return with_manifest(files)

    def rewritten(self):
        """Records changed with everything made to follow that is easy to follow. Against a root, or a list of leaves,
        that was held before, each is found; without one, what is left to find differs from pack to pack."""
        spans, data = self.spans(), self.files["records.bin"]
        leaves = [data[a:b] for _, a, b in spans]
        root = json.loads(self.files["pack.json"])["as_of"]["root"]
        listed = ["accrue.leaves/1", "accrue/" + json.loads(self.files["pack.json"])["book"]["id"]]
        listed += [hashlib.sha256(b"\0" + leaf).hexdigest() for leaf in leaves]
        held = ("\n".join(listed) + "\n").encode()
        book = verify.Pack(self.files, verify.Options())
        verify.read_head(book)
        verify.check_records(book, verify.Check(""))
        cases = [("the last record deleted", len(leaves), leaves[:-1])]
        at = len(leaves[-1]) and 8 + len("accrue.record/2") + 8 + 1
        later = (int.from_bytes(leaves[-1][at:at + 8], "big") + 10**6).to_bytes(8, "big")
        cases.append(("the last record a second later", len(leaves), leaves[:-1] + [leaves[-1][:at] + later + leaves[-1][at + 8:]]))
        for record in book.records:
            if record.entries and len(record.entries[-1].lines) > 1:
                changed = leaves[record.sequence - 1]
                for (_, amount), step in zip(record.entries[-1].lines[-2:], (100, -100)):
                    old, new = ((amount + s).to_bytes(8, "big", signed=True) for s in (0, step))
                    place = changed.rfind(old)
                    changed = changed[:place] + new + changed[place + 8:]
                cases.append(("amounts of record %d moved by 1.00" % record.sequence, record.sequence,
                              leaves[:record.sequence - 1] + [changed] + leaves[record.sequence:]))
        for label, record, other in cases:
            files = self.rehashed(other)
            self.judge(label + ", root and hashes follow, --root", files, ["as_of.root"], verify.Options(root=root))
            self.judge(label + ", root and hashes follow, --leaves", files, ["record %d" % record], verify.Options(leaves=held))
            if "amounts" in label:
                self.judge(label + ", root and hashes follow", files, ["tables/entries.csv"])
            elif verify.verify(files)["verdict"] == "ok":
                self.explained["the pack was rewritten as a whole: " + label] = 1

    def archive(self):
        def built(members, when=(1980, 1, 1, 0, 0, 0), comment=b"", extra=b""):
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as archive:
                for name, data in members:
                    info = zipfile.ZipInfo(name, when)
                    info.extra = extra
                    archive.writestr(info, data)
                archive.comment = comment
            return out

        good = list(with_manifest(self.files).items())
        import warnings
        warnings.simplefilter("ignore")
        files, check = verify.read_archive(built(good))
        if verify.verify(files, None, check)["verdict"] != "ok":
            self.undetected.append("archive: one that is right is refused")
        for label, data in (("a member twice", built(good + good[-1:])), ("another order", built(good[::-1])),
                            ("other times", built(good, (2024, 1, 1, 0, 0, 0))), ("a comment", built(good, comment=b"x")),
                            ("a path outside", built([*good, ("../x", b"x")])),
                            ("extra fields", built(good, extra=b"\1\2\0\0")),
                            ("bytes before", io.BytesIO(b"x" * 9 + built(good).getvalue()))):
            files, check = verify.read_archive(data)
            self.judge("archive: " + label, files, [], None, check)
        for label, data in (("cut", built(good).getvalue()[:500]), ("empty", b""), ("no zip", b"hello" * 99)):
            try:
                verify.read_archive(io.BytesIO(data))
                self.undetected.append("archive: " + label)
            except verify.NotAPack:
                self.tried += 1

    def checkpoints(self):
        """Notes held outside: the true one holds, any change of it does not."""
        notes = [n for n in self.files if n.endswith(".note")]
        for name in notes:
            note = self.files[name]
            if verify.verify(self.files, verify.Options(checkpoints=[("held", note)]))["verdict"] != "ok":
                self.undetected.append("%s: refused as a note held outside" % name)
            for _ in range(3 * self.count):
                at = self.random.randrange(len(note))
                changed = bytearray(note)
                changed[at] ^= 1 << self.random.randrange(8)
                self.judge("%s, held, byte %d" % (name, at), self.files, ["held"], verify.Options(checkpoints=[("held", bytes(changed))]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pack")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--only", metavar="REGEX", default="", help="only members whose names match")
    given = parser.parse_args()
    verify.csv.field_size_limit(1 << 30)
    print("seed", given.seed)
    files, archive = verify.read_pack(given.pack)
    start = verify.verify(files, None, archive)
    if start["verdict"] != "ok":
        print("the pack itself is not ok:", [f for c in start["checks"] for f in c["findings"] + c["unchecked"]][:5])
        return 1
    tester = Tester(files, given.seed, given.count)
    tester.only = given.only
    tester.members()
    if not given.only:
        tester.manifest()
        tester.records()
        tester.rewritten()
        tester.archive()
        tester.checkpoints()
    print("%d changes, %d undetected, %d found but not named, %d where a check ended early"
          % (tester.tried, len(tester.undetected), len(tester.unnamed), tester.generic))
    for reason, times in sorted(tester.explained.items()):
        print("not findable, %d times: %s" % (times, reason))
    for label in tester.undetected:
        print("UNDETECTED", label)
    for label in tester.unnamed:
        print("NOT NAMED", label)
    return 1 if tester.undetected or tester.unnamed else 0


if __name__ == "__main__":
    sys.exit(main())
