"""The word lists that say what headings, answers and titles mean, read once from data/vocabulary and folded."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from amp.imports.wording import fold

_FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "vocabulary"


@lru_cache(maxsize=8)
def vocabulary(name: str) -> dict[str, Any]:
    """One word list file as it stands."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def phrases(name: str, section: str) -> dict[str, tuple[str, ...]]:
    """A section's lists of phrases, folded for comparing."""
    return {
        key: tuple(word for phrase in listed if (word := fold(phrase)))
        for key, listed in vocabulary(name)[section].items()
    }


@lru_cache(maxsize=64)
def phrase_set(name: str, section: str, key: str) -> frozenset[str]:
    """One list of phrases, folded."""
    return frozenset(phrases(name, section)[key])


def alternatives(key: str) -> str:
    """A list of regular expressions as one alternation."""
    return "|".join(vocabulary("questions")["patterns"][key])


def has_phrase(folded: str, listed: tuple[str, ...] | frozenset[str]) -> bool:
    """Whether one of the phrases stands in the folded text as whole words."""
    padded = f" {folded} "
    return any(f" {phrase} " in padded for phrase in listed)
