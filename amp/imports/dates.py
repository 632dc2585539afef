"""Dates and times as exports write them, to UTC; day and month are told apart by the evidence of the whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from amp.imports.vocabulary import vocabulary
from amp.imports.wording import fold

_PARTS: Final = (
    r"^\s*(?P<a>\d{1,4})(?P<mark>[./-])(?P<b>\d{1,2})[./-](?P<c>\d{1,4})\.?"
    r"(?:,?[T\s]+\D{0,4}?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?)?"
    r"[\s\u202f]*(?P<half>[AaPp]\.?\s?[Mm]\.?)?\s*(?P<zone>Z|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?)?"
    r"\s*[A-Za-z()/_ ]*\s*$"
)
_SPELLED: Final = re.compile(
    r"^\W*(?:[^\W\d]+\.?,?\s+)?(?:\d{1,2}(?:\.|st|nd|rd|th|er|º)?\s*(?:de\s+)?[^\W\d]{3,}\.?,?\s*(?:de\s+)?\d{4}"
    r"|[^\W\d]{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})\b"
)
_ORDINAL: Final = re.compile(r"(?<=\d)(?:\.(?=\s*[^\W\d])|st\b|nd\b|rd\b|th\b|er\b|º)|\bde\b")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_MONTHS: Final = tuple(tuple(fold(name) for name in names) for names in vocabulary("months")["names"])
_ORDERLY: Final = 0.9  # share of dates in order from which the order of the rows is taken for evidence
_ENOUGH_STEPS: Final = 4
_ZONE: Final = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")


@dataclass(frozen=True, eq=False)
class Dates:
    """Times in UTC (NaT where a cell is no date); `sentence` says how the order of day and month was settled."""

    times: pd.Series
    sentence: str = ""
    unread: int = 0


def parse_dates(texts: pd.Series, time_zone: str = "") -> Dates:
    """Every date in a column of text. Times without a zone are in `time_zone` (an IANA name), or else UTC."""
    distinct = texts[texts.str.strip().ne("")].drop_duplicates()
    parts = distinct.str.extract(_PARTS)
    day_first, sentence = _day_first(parts)
    times = _assemble(parts, day_first=day_first)
    rest = distinct[times.isna()]
    if len(rest):
        spelled = rest.where(rest.str.contains(r"[^\W\d_]{3}", regex=True) & rest.str.contains(r"\d{4}", regex=True))
        english = spelled.map(_in_english, na_action="ignore")
        times = times.fillna(pd.to_datetime(english, errors="coerce", format="mixed", utc=True).dt.tz_localize(None))
    moments = _to_utc(times, parts["zone"], time_zone)
    by_text = dict(zip(distinct, moments, strict=True))
    result = pd.Series(pd.to_datetime(texts.map(by_text), utc=True), index=texts.index).astype("datetime64[us, UTC]")
    unread = int((texts.str.strip().ne("") & result.isna()).sum())
    return Dates(result, sentence, unread)


def dated_share(texts: pd.Series) -> float:
    """Share of the filled cells (of the first thousand) that begin like a date with a year."""
    filled = texts[texts.str.strip().ne("")].head(1000)
    if filled.empty:
        return 0.0
    with_year = filled.str.contains(r"\b(?:19|20)\d\d|^\d\d?[./-]\d\d?[./-]\d\d\b", regex=True)
    return float(((filled.str.match(_PARTS) & with_year) | filled.map(_is_spelled)).mean())


def _is_spelled(text: str) -> bool:
    """Whether a cell is a date with the month in words, in a language whose months are listed."""
    return bool(_SPELLED.match(text)) and any(_month_of(word) for word in _WORD.findall(text))


def _in_english(text: str) -> str:
    """ "Mittwoch, 5. März 2025" to "5 March 2025": what stands in words is the month or goes."""
    clock = re.search(r"\d{1,2}:\d{2}.*", text)
    day = text[: clock.start()] if clock else text
    spelled = _WORD.sub(lambda found: _month_of(found[0]), _ORDINAL.sub(" ", day))
    return f"{spelled.replace(',', ' ').replace('.', ' ')} {clock[0] if clock else ''}".strip()


def _month_of(word: str) -> str:
    """The English name of a month given in full or by at least three letters in a listed language, or ''."""
    folded = fold(word)
    hits = {months[0] for months in _MONTHS for name in months if folded == name or folded in _short(name)}
    return hits.pop().capitalize() if len(hits) == 1 else ""


def _short(name: str) -> tuple[str, ...]:
    return (name[:3], name[:4]) if len(name) > 4 else (name[:3],)


def _day_first(parts: pd.DataFrame) -> tuple[bool, str]:
    """Day-first or month-first for dates that end in the year, with the evidence."""
    short = parts[parts["a"].str.len().le(2) & parts["c"].notna()]
    if short.empty:
        return False, ""
    first, second = short["a"].astype(int), short["b"].astype(int)
    late_first, late_second = int(first.gt(12).sum()), int(second.gt(12).sum())
    if late_first != late_second:
        day_first = late_first > late_second
        order = "day first" if day_first else "month first"
        return day_first, f"Dates were read {order}: {max(late_first, late_second)} of them fit only so."
    steps = {order: _in_order(_assemble(short, day_first=order)) for order in (True, False)}
    if max(steps.values()) >= _ORDERLY and abs(steps[True] - steps[False]) > 0.05:
        day_first = steps[True] > steps[False]
        return (
            day_first,
            f"Dates were read {'day' if day_first else 'month'} first, because so they follow one another in time.",
        )
    if short["mark"].eq(".").all():
        return True, ""
    return False, "Dates could be read day first or month first; month first was taken."


def _in_order(times: pd.Series) -> float:
    """Share of the steps from one row to the next that go the same way in time, forwards or backwards."""
    steps = times.dropna().diff().dropna()
    if len(steps) < _ENOUGH_STEPS:
        return 0.0
    return float(max((steps >= pd.Timedelta(0)).mean(), (steps <= pd.Timedelta(0)).mean()))


def _assemble(parts: pd.DataFrame, *, day_first: bool) -> pd.Series:
    numbers = parts[["a", "b", "c", "hour", "minute", "second"]].astype("float64")
    iso = parts["a"].str.len().eq(4)
    day, month = (numbers["a"], numbers["b"]) if day_first else (numbers["b"], numbers["a"])
    year = numbers["c"].where(~iso, numbers["a"])
    frame = pd.DataFrame(
        {
            "year": year.where(year >= 100, year + 2000),
            "month": month.where(~iso, numbers["b"]),
            "day": day.where(~iso, numbers["c"]),
            "hour": _hours(numbers["hour"], parts["half"]),
            "minute": numbers["minute"].fillna(0),
            "second": numbers["second"].fillna(0),
        }
    )
    return pd.to_datetime(frame, errors="coerce").astype("datetime64[us]")


def _hours(hours: pd.Series, half: pd.Series) -> pd.Series:
    letter = half.str.strip().str[0].str.lower()
    hours = hours.fillna(0)
    afternoon, morning = letter.eq("p") & hours.lt(12), letter.eq("a") & hours.eq(12)
    return hours + 12 * afternoon.fillna(False).astype(int) - 12 * morning.fillna(False).astype(int)


def _to_utc(times: pd.Series, zones: pd.Series, time_zone: str) -> pd.Series:
    shifts = zones.map(_offset)
    shifted = times - pd.to_timedelta(pd.to_numeric(shifts, errors="coerce").fillna(0), unit="min")
    aware = shifted.dt.tz_localize("UTC")
    place = _zone(time_zone)
    if place is None:
        return aware
    local = times.dt.tz_localize(place, ambiguous="NaT", nonexistent="shift_forward").dt.tz_convert("UTC")
    return aware.where(zones.notna(), local.fillna(aware))


def _offset(zone: object) -> float:
    found = _ZONE.search(zone) if isinstance(zone, str) else None
    if not found:
        return 0.0
    return (1 if found[1] == "+" else -1) * (int(found[2]) * 60 + int(found[3] or 0))


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
