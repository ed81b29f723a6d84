"""Replaces the value that a workbook keeps for a formula: tamper_workbook.py IN OUT PART CELL VALUE

PART is the file inside the workbook, "xl/worksheets/sheet2.xml". Ends with 1 where the cell has no
formula.
"""

import re
import sys
import zipfile


def main(source, target, part, cell, value):
    kept = re.compile(rf'(<c r="{cell}"[^>]*><f>[^<]*</f><v>)[^<]*(</v>)')
    replaced = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                changed, replaced = kept.subn(rf"\g<1>{value}\g<2>", text.decode())
                text = changed.encode()
            new.writestr(name, text)
    return 0 if replaced == 1 else 1


sys.exit(main(*sys.argv[1:]))
