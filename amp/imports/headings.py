"""Headings shared by all readers: unique names, two rows merged, stems of matrices and multi-answer questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from amp.imports.survey import Layout, RawColumn
from amp.imports.wording import clean, fold

_SEPARATORS: Final = (" - ", " – ", " — ", ": ", "? ")
_BRACKET: Final = re.compile(r"^(?P<stem>.+?)\s*\[(?P<choice>[^\[\]]+)\]\s*$", re.DOTALL)
_OTHER: Final = re.compile(r"\b(other|sonstiges?|andere|autres?|otros?|otra|altro|outros?)\b", re.IGNORECASE)
_SPECIFY: Final = re.compile(r"specify|explain|text$|angeben|precise|especifi", re.IGNORECASE)
_TICKS: Final = frozenset({"1", "yes", "ja", "oui", "si", "x", "true", "checked", "selected", "quoted", "✓", "y"})
_NO_TICKS: Final = frozenset({"0", "no", "nein", "non", "false", "unchecked", "not selected", "not quoted", "n"})


def unique_headings(headings: Sequence[str]) -> tuple[list[str], list[str]]:
    """Each heading once ("Name", "Name (2)"), nameless ones numbered; and sentences about what was changed."""
    seen: Counter[str] = Counter()
    unique, doubled, nameless = [], [], 0
    for place, heading in enumerate(headings):
        named = heading or f"Column {place + 1}"
        nameless += not heading
        seen[named] += 1
        if seen[named] == 2:
            doubled.append(f"“{named[:40]}”")
        unique.append(named if seen[named] == 1 else f"{named} ({seen[named]})")
    sentences = []
    if doubled:
        shown = ", ".join(doubled[:5]) + (" …" if len(doubled) > 5 else "")
        count = f"{len(doubled)} heading{'' if len(doubled) == 1 else 's'}"
        sentences.append(f"{count} occurred more than once and got numbers: {shown}.")
    if nameless:
        sentences.append(f"{nameless} column{'' if nameless == 1 else 's'} had no heading and got a number.")
    return unique, sentences


def filled_down(top: Sequence[str]) -> list[str]:
    """The upper of two heading rows with its blanks continued from the left."""
    filled, last = [], ""
    for cell in top:
        last = cell or last
        filled.append(last)
    return filled


def split_stems(wordings: Sequence[str]) -> list[tuple[str, str]]:
    """(stem, choice) of each wording: the longest stem up to a separator that a neighbour shares, else ''."""
    stems = [_stems(wording) for wording in wordings]
    shared = []
    for place, wording in enumerate(wordings):
        near = set().union(*(stems[other] for other in (place - 1, place + 1) if 0 <= other < len(stems)))
        common = stems[place] & near
        stem = max(common, key=len) if common else ""
        shared.append((clean(stem.rstrip(" -–—:[")), _choice(wording, stem)) if stem else (wording, ""))
    return shared


def _stems(wording: str) -> set[str]:
    found = {wording[: place + len(mark)] for mark in _SEPARATORS for place in _places(wording, mark)}
    bracket = _BRACKET.match(wording)
    if bracket:
        found.add(wording[: bracket.start("choice")])
    return {stem for stem in found if len(stem) < len(wording)}


def _places(text: str, mark: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(mark), text)]


def _choice(wording: str, stem: str) -> str:
    rest = wording[len(stem) :]
    return clean(rest.rstrip().removesuffix("]") if stem.rstrip().endswith("[") else rest)


def with_layouts(columns: Sequence[RawColumn], cells: pd.DataFrame) -> tuple[RawColumn, ...]:
    """The columns with `layout` set: multi-answer questions, matrices, and columns that take 'Other' as text."""
    groups: dict[str, list[RawColumn]] = {}
    for column in columns:
        if column.group:
            groups.setdefault(column.group, []).append(column)
    layouts: dict[int, Layout] = {}
    for members in groups.values():
        layouts.update(_group_layouts(members, cells))
    return tuple(
        replace(column, layout=layouts[column.index], group=column.group if len(groups[column.group]) > 1 else "")
        if column.group
        else column
        for column in columns
    )


def _group_layouts(members: Sequence[RawColumn], cells: pd.DataFrame) -> dict[int, Layout]:
    texts = {column.index for column in members if _takes_words(column, cells[column.index])}
    asked = [column for column in members if column.index not in texts]
    ticks = [_ticked(cells[column.index], column.choice) for column in asked]
    multi = len(asked) > 1 and any(ticks) and False not in ticks
    usual: Layout = "single" if len(asked) == 1 else "multi" if multi else "matrix"
    return {column.index: "other_text" if column.index in texts else usual for column in members}


def _takes_words(column: RawColumn, values: pd.Series) -> bool:
    """Whether a column holds what people wrote under 'Other', not a tick for it."""
    if not is_other_text(column.choice):
        return False
    said = {fold(value) for value in values.unique()[:50]} - {""}
    return not said <= {fold(column.choice)} | _TICKS | _NO_TICKS


def is_other_text(choice: str) -> bool:
    """Whether a choice asks for words: 'Other (please specify)'."""
    return bool(_OTHER.search(choice) and (_SPECIFY.search(choice) or len(choice) < 12)) or choice.casefold() in {
        "text",
        "comment",
    }


def _ticked(values: pd.Series, choice: str) -> bool | None:
    """Whether a column holds only ticks for its choice; None when it is empty."""
    distinct = {fold(value) or value.strip() for value in values.unique()[:50]} - {""}
    if not distinct:
        return None
    if len(distinct) > 2:
        return False
    if len(distinct) == 1:
        only = next(iter(distinct))
        return only in _TICKS or (len(only) > 1 and not only.isdigit()) or only == fold(choice)
    return len(distinct & _TICKS) == 1 and len(distinct & _NO_TICKS) == 1


def chosen(values: pd.Series, option: str) -> pd.Series:
    """The option for every cell that ticks it (empty cells and a plain "no" do not), indexed by row."""
    folded = {value: fold(value) or value.strip() for value in values.unique()}
    ticked = [value for value, word in folded.items() if word and word not in _NO_TICKS]
    rows = values.isin(ticked)
    return pd.Series(option, index=values.index[rows], dtype=object)
