"""What a scenario comes to, read from the JSON that accrue prints.

    accrue scenario run slow.toml -f json >run.json
    accrue scenario montecarlo slow.toml -f json >paths.json
    python3 read_scenario.py run.json paths.json

Plain Python 3. Figures are decimal strings in the files and stay decimals here: no float ever
holds money. Any number of files in any order; what they are stands in their "schema".
"""

import json
import sys
from decimal import Decimal, Inexact, getcontext

getcontext().prec = 80
getcontext().traps[Inexact] = True  # a sum that would be rounded stops the script

RUN = "accrue.report.scenario-run/1"
PATHS = "accrue.report.scenario-montecarlo/1"
ALL = "*"


def harmless(name):
    """A name of a file with whatever a terminal would obey or hide written out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


def read(path):
    with open(path, encoding="utf-8") as file:
        report = json.load(file, parse_float=Decimal)
    if report.get("schema") not in (RUN, PATHS):
        sys.exit(f"{harmless(path)}: no scenario-run and no scenario-montecarlo report")
    return report


def quarter_of(month):
    year, number = month.split("-")
    return f"{year}-Q{(int(number) + 2) // 3}"


def text_of(cell):
    return f"{cell:,}" if isinstance(cell, Decimal) else harmless(str(cell))


def show(title, headings, rows):
    """A heading that begins with ">" stands above figures, to the right."""
    sides = [">" if heading.startswith(">") else "<" for heading in headings]
    lines = [[heading.lstrip(">") for heading in headings]]
    lines += [[text_of(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headings))]
    print(title)
    for line in lines:
        cells = [f"{cell:{side}{width}}" for cell, side, width in zip(line, sides, widths)]
        print("  ".join(cells).rstrip())
    print()


def months_with_credits(rows):
    """How many months of the forecast end with credits left before none come back, or None."""
    count = len(rows)
    while count > 0 and Decimal(rows[count - 1]["face_left"]) == 0:
        count -= 1
    return None if count == len(rows) else count


def show_run(report):
    of = {}
    for row in sorted(report["rows"], key=lambda row: row["period"]):
        of.setdefault(row["investee"], []).append(row)
    table = []
    for investee in sorted(of, key=lambda name: (name == ALL, name)):
        rows = of[investee]
        revenue = sum((Decimal(row["revenue"]) for row in rows), Decimal(0))
        count = months_with_credits(rows)
        table.append([
            "all" if investee == ALL else investee,
            revenue,
            f"over {len(rows)}" if count is None else count + 1,
            "" if count is None else rows[count]["period"],
        ])
    show(f"Assumed, not booked: revenue in {report['currency']}, and the month in which the "
         "credits run out",
         ["investee", ">revenue", ">months to run-out", "month"], table)


def figure_in(row, name):
    return Decimal(row[name]) if row.get(name) else "none"


def show_paths(report):
    """Percentiles of months do not add up to percentiles of a quarter; means do. So a quarter has
    the mean of its revenue, and the percentiles of the balances at its end."""
    months = [row for row in report["rows"] if row["measure"] in ("revenue", "liability", "left")]
    investees = {row["investee"] for row in months}
    subject = ALL if ALL in investees else min(investees, default=ALL)
    mean = {}
    at_end = {}
    for row in sorted(months, key=lambda row: row["period"]):
        if row["investee"] != subject:
            continue
        quarter = quarter_of(row["period"])
        if row["measure"] == "revenue":
            mean[quarter] = mean.get(quarter, Decimal(0)) + Decimal(row["mean"])
        else:
            at_end[quarter, row["measure"]] = row
    show("Simulated, not booked: mean revenue of a quarter in " + report["currency"],
         ["quarter", ">mean"], [[quarter, mean[quarter]] for quarter in sorted(mean)])
    percentiles = ["p10", "p50", "p90"]
    headings = [">" + name.upper() for name in percentiles]
    show("Simulated, not booked: what is left at the end of a quarter",
         ["quarter", "month", "measure"] + headings,
         [[quarter, row["period"], measure] + [figure_in(row, name) for name in percentiles]
          for (quarter, measure), row in sorted(at_end.items())])
    run_outs = [row for row in report["rows"] if row["measure"] == "exhausted"]
    if run_outs:
        show("Simulated: the months until credits run out, none where they last",
             ["investee"] + headings,
             [[row["investee"]] + [figure_in(row, name) for name in percentiles]
              for row in run_outs])


def main(paths):
    if not paths:
        sys.exit(__doc__)
    for path in paths:
        report = read(path)
        (show_run if report["schema"] == RUN else show_paths)(report)


if __name__ == "__main__":
    main(sys.argv[1:])
