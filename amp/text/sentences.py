"""Comments into units: sentences, list items and the halves of a "but", each of which can have a theme of its own."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 200  # sentences of one comment that are read
SHORTEST: Final = 3  # words; a shorter piece stays with its neighbour
_BREAK: Final = re.compile(
    r"\n+\s*(?:[-*•–]|\d{1,2}[.)])?\s*"  # lines and list items
    r"|(?<=[.!?…])[\"'”’)\]]*\s+"  # a sentence ends
    r"|(?<=[.!?…])(?=[A-Z][a-z])"  # … where the blank was forgotten
    r"|\s*;\s+"
    r"|,\s+(?=(?:but|however|aber|jedoch|mais|cependant|pero|sin embargo|ma|però)\b)",
)
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|no|nr|mr|mrs|ms|dr|inc|ltd|co|vs|z\.B|bzw|ca|p\.ex|incl)\.)$", re.IGNORECASE
)


def sentences(text: str) -> tuple[str, ...]:
    """The units of a cleaned comment in their order; a piece under `SHORTEST` words joins the one before it."""
    units: list[str] = []
    for piece in (part.strip(" \t-•*") for part in _BREAK.split(text)):
        if not piece:
            continue
        if units and (_is_short(piece) or _is_short(units[-1]) or _ABBREVIATION.search(units[-1])):
            units[-1] = f"{units[-1]} {piece}"
        else:
            units.append(piece)
    return tuple(units[:MOST])


def _is_short(piece: str) -> bool:
    return len(piece.split()) < SHORTEST
