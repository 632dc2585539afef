"""From the command to healthy, against a bare Streamlit script started in the same way, in turns."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from tests import serving
from tests.bench.figures import Figure
from tests.bench.processes import bare

RUNS = 5


def measure(folder: Path) -> list[Figure]:
    """Both are started on warm files: the first run of each is not counted."""
    ours, theirs = [], []
    for run in range(RUNS + 1):
        took = (_seconds_ours(folder / "cold-start"), _seconds_bare())
        if run:
            ours.append(took[0])
            theirs.append(took[1])
    detail = f"AMP {median(ours):.2f} s, bare Streamlit {median(theirs):.2f} s, medians of {RUNS}"
    return [Figure("cold start to healthy, against bare Streamlit", median(ours) / median(theirs), "×", 2, detail)]


def _seconds_ours(home: Path) -> float:
    began = time.perf_counter()
    server = serving.start(home, pause=0.02)
    took = time.perf_counter() - began
    server.kill()
    return took


def _seconds_bare() -> float:
    began = time.perf_counter()
    with bare("nothing.py"):
        return time.perf_counter() - began
