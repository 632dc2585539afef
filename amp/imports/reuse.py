"""A remembered mapping used for the next file: columns found again by words, then by name; drift is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from amp.imports.mapping import ColumnMapping, Mapping, propose
from amp.imports.survey import RawColumn, RawSurvey
from amp.imports.wording import fold, fold_name

_SHOWN = 5


def apply(mapping: Mapping, raw: RawSurvey) -> Mapping:
    """`mapping` carried over to the columns of `raw`; `drift` says what moved, came (with a fresh proposal) or went."""
    proposed = propose(raw, kind=mapping.kind)
    by_words = _index(mapping.columns, lambda column: fold(column.question or column.heading))
    by_name = _index(mapping.columns, lambda column: fold_name(column.name))
    used: set[int] = set()
    columns, moved, new = [], [], []
    for column, guess in zip(raw.columns, proposed.columns, strict=True):
        known = _known(column, by_words, by_name, used)
        if known is None:
            columns.append(guess)
            new.append(f"“{column.heading[:60]}”")
            continue
        used.add(known.index)
        columns.append(_carried(known, guess))
        if known.name != column.name:
            moved.append(f"“{known.name[:60]}” of the remembered mapping is “{column.name[:60]}” now")
    gone = [
        f"“{column.heading[:60]}”" for column in mapping.columns if column.index not in used and column.role != "ignore"
    ]
    drift = (*_sentence("moved", moved), *_sentence("new", new), *_sentence("gone", gone))
    return Mapping(
        kind=mapping.kind, kind_reason="As remembered.", columns=tuple(columns), wave=proposed.wave, drift=drift
    )


def _index(columns: Iterable[ColumnMapping], key: Callable[[ColumnMapping], str]) -> dict[str, list[ColumnMapping]]:
    found: dict[str, list[ColumnMapping]] = {}
    for column in columns:
        found.setdefault(key(column), []).append(column)
    return found


def _known(
    column: RawColumn, by_words: dict[str, list[ColumnMapping]], by_name: dict[str, list[ColumnMapping]], used: set[int]
) -> ColumnMapping | None:
    for candidates in (by_words.get(fold(column.question), []), by_name.get(fold_name(column.name), [])):
        free = [known for known in candidates if known.index not in used]
        if free:
            return next((known for known in free if known.index == column.index), free[0])
    return None


def _carried(known: ColumnMapping, guess: ColumnMapping) -> ColumnMapping:
    """The remembered understanding at the new place; answers that were never seen before keep their proposed values."""
    fits = (known.scale_low, known.scale_high) == (guess.scale_low, guess.scale_high)
    labels = {**guess.labels, **known.labels} if fits else known.labels
    return known.model_copy(
        update={
            "index": guess.index,
            "heading": guess.heading,
            "name": guess.name,
            "question": guess.question,
            "group": guess.group,
            "labels": labels,
            "dont_know": tuple(dict.fromkeys((*known.dont_know, *guess.dont_know))),
            "confidence": 1.0,
            "reason": "As remembered.",
        }
    )


def _sentence(what: str, items: list[str]) -> tuple[str, ...]:
    if not items:
        return ()
    shown = "; ".join(items[:_SHOWN]) + (" …" if len(items) > _SHOWN else "")
    count = len(items)
    start = {
        "moved": f"{count} column{'' if count == 1 else 's'} moved",
        "new": f"{count} column{' is' if count == 1 else 's are'} new, with a fresh proposal",
        "gone": f"{count} column{' is' if count == 1 else 's are'} no longer in the file",
    }[what]
    return (f"{start}: {shown}.",)
