"""What the cells of a column look like, before its heading is asked: counted once, used by every guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from amp.imports.dates import dated_share
from amp.imports.money import parse_money
from amp.imports.survey import RawColumn, RawSurvey

_EMAIL: Final = re.compile(r"^[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}$")
_IP: Final = re.compile(r"^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{0,4}){3,7}$")
_NUMBER: Final = re.compile(r"^[-+]?\d+([.,]\d+)?$")
_LINK: Final = re.compile(r"^https?://", re.IGNORECASE)
_SAMPLE: Final = 400


@dataclass(frozen=True, eq=False)
class Profile:
    """One column's cells: how many are filled, which occur how often."""

    column: RawColumn
    texts: pd.Series
    counts: Mapping[str, int]  # stripped answers, commonest first

    @property
    def filled(self) -> int:
        """Cells with something in them."""
        return sum(self.counts.values())

    @property
    def distinct(self) -> int:
        """Different answers."""
        return len(self.counts)

    @cached_property
    def sample(self) -> list[str]:
        """Some of the different answers, commonest first."""
        return list(self.counts)[:_SAMPLE]

    def share(self, pattern: re.Pattern[str]) -> float:
        """Share of the sampled answers that match."""
        return sum(bool(pattern.match(answer)) for answer in self.sample) / len(self.sample) if self.sample else 0.0

    @cached_property
    def looks(self) -> str:
        """email | ip | link | date | number | '' by the cells alone."""
        for what, pattern in (("email", _EMAIL), ("ip", _IP), ("link", _LINK)):
            if self.share(pattern) > 0.8:
                return what
        if self.dated > 0.9:
            return "date"
        return "number" if self.share(_NUMBER) > 0.9 else ""

    @cached_property
    def dated(self) -> float:
        """Share of the different answers sampled that are dates."""
        return dated_share(pd.Series(self.sample, dtype="str"))

    @cached_property
    def looks_money(self) -> bool:
        """Whether most cells are amounts."""
        return bool(self.sample) and sum(parse_money(answer) is not None for answer in self.sample) > 0.6 * len(
            self.sample
        )

    @cached_property
    def mean_length(self) -> float:
        """Mean number of characters of the different answers sampled."""
        return sum(map(len, self.sample)) / len(self.sample) if self.sample else 0.0

    @cached_property
    def mean_words(self) -> float:
        """Mean number of words of the different answers sampled."""
        return sum(len(answer.split()) for answer in self.sample) / len(self.sample) if self.sample else 0.0

    @property
    def is_prose(self) -> bool:
        """Whether the answers are people's own words: long, or mostly different and of several words."""
        spaced = sum(" " in answer for answer in self.sample) > 0.5 * len(self.sample)
        varied = self.distinct > max(5, 0.5 * self.filled)
        return bool(self.sample) and (
            (self.mean_length > 40 and self.distinct > 0.3 * self.filled)
            or (varied and spaced and self.mean_length > 12)
        )


def profiles_of(raw: RawSurvey) -> list[Profile]:
    """A profile of every column."""
    found = []
    for column in raw.columns:
        texts = raw.cells[column.index]
        counted = texts.str.strip().value_counts()
        found.append(
            Profile(column, texts, {str(answer): int(count) for answer, count in counted.items() if answer != ""})
        )
    return found
