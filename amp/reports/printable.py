"""Words as they are printed: no characters that hide or reorder others, nothing that runs off the page."""

from __future__ import annotations

import unicodedata
from typing import Final

ELLIPSIS: Final = "…"
_BREAK: Final = "\u200b"  # where a word may be broken, without a hyphen that its writer did not write
_MARKS_AT_MOST: Final = 3  # of one letter; a pile of them runs over the lines above and below


def printed(text: str, most: int, *, unbroken: int = 24) -> str:
    """`text` on one line, of at most `most` characters; words longer than `unbroken` may be broken.

    Control, zero-width and bidirectional characters are dropped: nobody sees them, yet they change what is seen.
    """
    shown = cut(visible(text), most)
    return " ".join(_breakable(word, unbroken) for word in shown.split(" "))


def cut(text: str, most: int) -> str:
    """`text`, or its beginning with an ellipsis, of at most `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + ELLIPSIS


def visible(text: str) -> str:
    """`text` on one line without the characters that are not seen."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", " ".join(text.split())):
        kind = unicodedata.category(character)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind[0] != "C" and marks <= _MARKS_AT_MOST:
            kept.append(character)
    return " ".join("".join(kept).split())


def _breakable(word: str, unbroken: int) -> str:
    if len(word) <= unbroken:
        return word
    piece = max(unbroken // 3, 1)
    return _BREAK.join(word[start : start + piece] for start in range(0, len(word), piece))
