"""Prints what openpyxl finds in a workbook, as JSON: read_workbook.py FILE.xlsx

Numbers are decimal texts, so that nothing is lost on the way; a formula stands beside the value
that the file keeps for it.
"""

import json
import sys
from decimal import Decimal

import openpyxl


def content(cell, kept):
    value = kept.value
    entry = {"type": kept.data_type, "format": cell.number_format,
             "align": cell.alignment.horizontal or ""}
    if isinstance(value, bool):
        entry["value"] = value
    elif isinstance(value, (int, float)):
        entry["value"] = format(Decimal(repr(value)), "f")
    else:
        entry["value"] = value
    if cell.data_type == "f":
        entry["formula"] = cell.value
    if cell.hyperlink:
        entry["link"] = cell.hyperlink.target or ""
    return entry


def sheet(formulas, values):
    page = formulas.page_setup
    return {
        "name": formulas.title,
        "freeze": formulas.freeze_panes or "",
        "filter": formulas.auto_filter.ref or "",
        "repeat": formulas.print_title_rows or "",
        "landscape": page.orientation == "landscape",
        # A page is one wide and one high where nothing is said.
        "pages": [1 if count is None else count for count in (page.fitToWidth, page.fitToHeight)],
        "footer": [formulas.oddFooter.left.text or "", formulas.oddFooter.right.text or ""],
        "marked": [str(area.sqref) for area in formulas.conditional_formatting],
        "widths": {name: column.width for name, column in formulas.column_dimensions.items()},
        "cells": {
            cell.coordinate: content(cell, values[cell.coordinate])
            for row in formulas.iter_rows() for cell in row if cell.value is not None
        },
    }


def main(path):
    formulas = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    print(json.dumps({
        "created": formulas.properties.created.isoformat(),
        "names": {name.name: name.attr_text for name in formulas.defined_names.definedName},
        "sheets": [sheet(formulas[name], values[name]) for name in formulas.sheetnames],
    }))


main(sys.argv[1])
