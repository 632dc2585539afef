"""Measurements against their bounds, in one run: `make bench`. Ends with 1 when a bound is exceeded."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests import browsing, serving
from tests.bench import audit_page, cold_start, engine, importing, takers, walk
from tests.bench.figures import Figure, as_table


def main() -> int:
    """Measure everything, print the table, and return the exit code."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="amp-bench-") as name:
        figures = _measured(Path(name))
    print(as_table(figures))
    cores = os.cpu_count() or 1
    print(
        f"\n{cores} cores, load {load:.1f} before the run{'; the machine was not quiet' if load > cores / 4 else ''}."
    )
    return int(any(figure.exceeded for figure in figures))


def _measured(folder: Path) -> list[Figure]:
    figures = cold_start.measure(folder)
    with browsing.chromium() as browser:
        figures += audit_page.measure(folder, browser)
        figures += walk.measure(folder, browser)
        server = serving.start(folder / "sample")
        try:
            seconds = browsing.load_sample(browser.new_page(), server.url)
        finally:
            server.stop()
    figures.append(Figure("sample company, from the click to its story", seconds, "s", 10))
    figures += engine.measure(folder, folder / "sample")
    figures += importing.measure(folder)
    figures += takers.measure(folder)
    return figures


if __name__ == "__main__":
    sys.exit(main())
