#!/usr/bin/python3
"""Validates answers in JSON against the schemas, and demands that the schemas refuse what is none.

    check_schemas.py SCHEMAS ANSWERS

SCHEMAS is docs/schemas. ANSWERS holds N.json for every line N of the file `commands`, counted from 0: what that command
answered. Prints a line for everything wrong, then what was counted; ends with 1 where anything is wrong.
"""
import json
import pathlib
import re
import sys

from jsonschema import Draft202012Validator, RefResolver

DECIMAL = re.compile(r"-?[0-9]+\.[0-9]{2,}")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")

# Totals that an answer may lack: each stands for itself alone, and which there are is the book's matter.
OPEN_TOTALS = {
    "accrue.report.drawdowns/1": r".*",
    "accrue.report.rpo/1": r"[0-9]+-[0-9]+.*|over .*|undated_pct_change",
    "accrue.report.growth/1": r"cliff_contribution_pp|(?!revenue_).*(_pct|_pp|_year_ago)_change|double_digit_before",
}
GRID_KEYS = r"(volume|price|growth|delay|estimate|others|rate)(_[a-z0-9]+)*"
# Texts that may look like an amount or a month: what they say is of no form.
FREE_TEXTS = {"value", "handed", "derived", "stored", "message", "reason", "figure", "note", "how", "what", "finding",
              "why", "row", "serial", "policy", "name", "file", "subject", "hint"}


def no_twice(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError("a name twice: %s" % keys)
    return dict(pairs)


def no_float(text):
    raise ValueError("a number that is no whole one: " + text)


def read(path):
    return json.loads(path.read_text("utf-8"), object_pairs_hook=no_twice, parse_float=no_float, parse_constant=no_float)


def leaves(node, path=()):
    """Every value below `node` that is no object and no list, with the way to it."""
    if isinstance(node, (dict, list)):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(value, path + (key,))
    else:
        yield path, node


def objects(node, path=()):
    if isinstance(node, dict):
        yield path, node
    if isinstance(node, (dict, list)):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from objects(value, path + (key,))


def changed(node, path, change):
    """A copy of `node` with `change` done to what holds the last step of `path`."""
    copy = json.loads(json.dumps(node))
    place = copy
    for step in path[:-1]:
        place = place[step]
    change(place, path[-1])
    return copy


def put(value):
    def change(place, key):
        place[key] = value
    return change


def drop(place, key):
    del place[key]


def is_open(schema, path, key):
    """Whether an object may lack the field, or hold one of any name."""
    if path[:1] == ("filters",):
        return key not in ("command",)
    if path in (("drawn",), ("overage",), ("crossing",), ("other_customers",)) or path[:1] in (("by_category",), ("by_account",)):
        return key not in ("rows", "amount")
    if path == () and key == "translation":
        return True
    # Which keys a grid varies is the question's matter.
    if schema == "accrue.report.scenario-grid/1" and re.fullmatch(GRID_KEYS, key):
        return path[:1] == ("rows",)
    # So is which percentiles there are.
    if schema == "accrue.report.scenario-montecarlo/1" and re.fullmatch("p[1-9][0-9]?", key):
        return path[:1] == ("rows",)
    return path == ("totals",) and bool(re.fullmatch(OPEN_TOTALS.get(schema, "(?!)"), key))


def mutations(answer):
    """(what is wrong, where, how it is made): an answer so changed must be refused."""
    schema = answer["schema"]
    yield "another version", ("schema",), put(schema[:-1] + "9")
    for path, node in objects(answer):
        for key in node:
            if not is_open(schema, path, key):
                yield "none", path + (key,), drop
        if not is_open(schema, path, "surplus"):
            yield "a surplus field", path + ("surplus",), put("x")
    for path, value in leaves(answer):
        key = next(step for step in reversed(path) if isinstance(step, str))
        if isinstance(value, bool) or path[0] == "filters" and path[-1] != "command":
            continue
        if isinstance(value, int):
            yield "a text", path, put(str(value))
        elif isinstance(value, str):
            yield "a number", path, put(1)
        if not isinstance(value, str) or key in FREE_TEXTS:
            continue
        if DECIMAL.fullmatch(value):
            for wrong in ("1e3", "+1.00", "1,000.00", "", "-0.00", ".5", "01"):
                yield wrong, path, put(wrong)
        if MONTH.fullmatch(value):
            for wrong in ("2024-13", "2024-00", "2024-4", "2024-Q2x", "April"):
                yield wrong, path, put(wrong)


def kind_of(answer, label, path):
    """What two mutations have in common that a schema cannot tell apart: the place without the number of the row, and the
    fields beside it."""
    holder = answer
    for step in path[:-1]:
        holder = holder[step]
    beside = frozenset(holder) if isinstance(holder, dict) else None
    return (answer["schema"], label, tuple("" if isinstance(step, int) else step for step in path), beside)


def shape(node):
    """The fields of an answer, and which of them are null."""
    if isinstance(node, dict):
        return tuple((key, shape(value)) for key, value in node.items())
    if isinstance(node, list):
        return tuple(sorted({repr(shape(each)) for each in node}))
    return type(node).__name__


def shortened(node):
    """One element of each shape: more of them hold no other mistakes."""
    if isinstance(node, dict):
        return {key: shortened(value) for key, value in node.items()}
    if isinstance(node, list):
        return list({repr(shape(each)): shortened(each) for each in node}.values())
    return node


def main():
    schemas = {}
    wrong = []
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.schema.json")):
        schema = read(path)
        Draft202012Validator.check_schema(schema)
        name = schema["$id"].removeprefix("urn:accrue:schema:")
        if path.name != name.replace("/", "-") + ".schema.json":
            wrong.append("%s is of %s" % (path.name, name))
        schemas[name] = schema
    store = {schema["$id"]: schema for schema in schemas.values()}
    validators = {name: Draft202012Validator(schema, resolver=RefResolver.from_schema(schema, store=store))
                  for name, schema in schemas.items()}
    used, tried, count, refused = set(), set(), 0, 0
    folder = pathlib.Path(sys.argv[2])
    for number, command in enumerate((folder / "commands").read_text("utf-8").splitlines()):
        answer = read(folder / ("%d.json" % number))
        name = answer["schema"]
        if name not in validators:
            wrong.append("%s: no schema of %s" % (command, name))
            continue
        used.add(name)
        count += 1
        errors = list(validators[name].iter_errors(answer))
        for error in errors[:3]:
            wrong.append("%s: %s at %s" % (command, error.message[:300], list(error.absolute_path)))
        if errors:
            continue
        short = shortened(answer)
        for label, path, change in mutations(short):
            kind = kind_of(short, label, path)
            if kind in tried:
                continue
            tried.add(kind)
            if validators[name].is_valid(changed(short, path, change)):
                wrong.append("%s: %r at %s is not refused" % (command, label, list(path)))
            else:
                refused += 1
    for name in sorted(set(schemas) - used - {"accrue.report/1"}):
        wrong.append("no answer is of %s" % name)
    for line in wrong:
        print(line)
    print("%d answers of %d schemas, %d mutations refused" % (count, len(used), refused))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
