"""Compares hlo's table of constraints with the text of the specification.

Usage: python check_constraints.py PATH-TO/stablehlo/docs/spec.md
"""

import pathlib
import re
import sys

TABLE = pathlib.Path(__file__).parent / "../hlo/src/test/resources/dev/jacobi/hlo/verify/constraints.tsv"


def specified(text):
    inside, op = False, None
    for line in text.splitlines():
        if line.startswith("## "):
            inside = line == "## Ops"
        name = re.fullmatch(r"### (\w+)", line)
        if name:
            op = name[1] if inside else None
        found = re.match(r"\| \((I)(\d+)\)|\s*\* \((C)(\d+)\)", line)
        if op and found:
            kind, number = (g for g in found.groups() if g)
            yield f"{op}_{kind.lower()}{number}"


ids = set(specified(pathlib.Path(sys.argv[1]).read_text()))
rows = [line.split("\t") for line in TABLE.read_text().splitlines() if not line.startswith("#")]
ours = {row[0] for row in rows if row[1] != "own"}
print(f"{len(ids)} constraints and inputs; not in the table: {sorted(ids - ours)}; only in the table: {sorted(ours - ids)}")
sys.exit(ids != ours)
