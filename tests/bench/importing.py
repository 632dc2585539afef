"""Importing a large export: 50,000 rows in Qualtrics' form, made from the sample's 2026 survey."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pandas as pd

from amp import imports
from tests.bench.figures import Figure
from tests.serving import PROJECT

ROWS = 50_000
_HEADINGS = 3


def measure(folder: Path) -> list[Figure]:
    """Reading, proposing, checking and loading, beside the time pandas takes only to read the file as text."""
    file = _large_export(folder / "large.csv")
    began = time.perf_counter()
    pd.read_csv(file, dtype=str)
    reading = time.perf_counter() - began

    began = time.perf_counter()
    raw = imports.open_file(file, file.name, max_mb=2048)
    mapping = imports.propose(raw)
    opened = time.perf_counter() - began
    imports.check(raw, mapping)
    imports.load(raw, mapping, folder / "datasets", title="Large", wave="2026")
    took = time.perf_counter() - began
    size = file.stat().st_size / 1e6
    detail = f"{size:.0f} MB; {opened:.1f} s of it until the mapping is shown; pandas reads the text in {reading:.1f} s"
    return [Figure(f"import of {len(raw.cells):,} rows", took, "s", None, detail)]


def _large_export(target: Path) -> Path:
    """The sample's rows over and over, each with a response number of its own; previews are left out."""
    source = PROJECT / "data" / "sample" / "files" / "survey-2026.csv"
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    headings, people = rows[:_HEADINGS], rows[_HEADINGS:]
    number, status = headings[0].index("ResponseId"), headings[0].index("Status")
    people = [row for row in people if row[status] == "0"]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows(headings)
        for place in range(ROWS):
            row = list(people[place % len(people)])
            row[number] = f"R_{place:015d}"
            writer.writerow(row)
    return target
