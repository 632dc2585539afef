"""The word lists of data/themes/words.toml: non-answers, praise, opinion words and stop words of five languages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).resolve().parents[2] / "data"
LANGUAGES: Final = ("en", "de", "fr", "es", "it")


@dataclass(frozen=True)
class Words:
    """Lower-case words; `stop` joins all languages, since a comment of one often carries words of another."""

    non_answers: frozenset[str]
    praise: frozenset[str]
    opinion: frozenset[str]
    stop: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The lists, read once."""
    read = tomllib.loads((DATA / "themes" / "words.toml").read_text(encoding="utf-8"))
    stop = {word for language in LANGUAGES for word in read["stop"][language].split()}
    return Words(
        non_answers=frozenset(read["non_answers"]),
        praise=frozenset(read["praise"]),
        opinion=frozenset(read["opinion"]),
        stop=frozenset(stop),
    )
