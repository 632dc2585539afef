"""The worked examples with known answers, which live beside the project and are not part of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TRUTH = Path(__file__).resolve().parents[2].parent / "shared" / "truth"


class Truth:
    def __init__(self, folder: Path) -> None:
        self.expected: Any = json.loads((folder / "expected.json").read_text())
        source = folder / "input.csv"
        self.rows: list[dict[str, str]] = (
            list(csv.DictReader(source.read_text().splitlines())) if source.exists() else []
        )


@pytest.fixture
def truth() -> Callable[[str], Truth]:
    def read(name: str) -> Truth:
        if not (TRUTH / name).is_dir():
            pytest.skip(f"the worked example {name} is not beside this project")
        return Truth(TRUTH / name)

    return read
