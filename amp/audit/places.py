"""Where in a TOML text a value stands: tomllib reads files without telling lines, people mend them by line."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final, TypeAlias

Path: TypeAlias = Sequence[int | str]
"""`("categories", 1, "statements", 0, "text")`: keys of tables and positions in arrays."""

_LINES_AT_MOST: Final = 2000  # every line is one more reading of what stands above it


def line_of(text: str, path: Path) -> int | None:
    """The line (from 1) of valid TOML on which the value at `path` ends, or else the last part of it that exists.

    The first so many lines that can be read and hold the value are those up to it. None for the file as a whole.
    """
    lines = text.splitlines()
    if len(lines) > _LINES_AT_MOST:
        return None
    for depth in range(len(path), 0, -1):
        for number in range(1, len(lines) + 1):
            if _holds(_read("\n".join(lines[:number])), path[:depth]):
                return number
    return None


def _read(beginning: str) -> Any:
    # A list over several lines is read as far as it goes.
    for attempt in (beginning, beginning + "\n]"):
        with suppress(tomllib.TOMLDecodeError):
            return tomllib.loads(attempt)
    return {}


def _holds(content: Any, path: Path) -> bool:
    for part in path:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
