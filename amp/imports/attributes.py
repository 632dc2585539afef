"""What a question is about, from its words: subject, short attribute for charts, competitor."""

from __future__ import annotations

import re
from typing import Final, Literal

from amp.imports.survey import RawColumn
from amp.imports.vocabulary import alternatives, has_phrase, phrases
from amp.imports.wording import fold, shorten

Subject = Literal["company", "product", "service", "other"]

_NAME_ENDS: Final = r"\s*[,;:?!()\n]|\s+[-–—]\s+|\.\s|\.$|$"
_NAMED: Final = re.compile(
    rf"(?:{alternatives('compared_with')})\s+(?:the\s+|your\s+experience\s+with\s+)?(?P<name>[^,;:?!()\n]+?)"
    rf"(?={_NAME_ENDS}|\s+(?:{alternatives('ends_a_name')})\b)",
    re.IGNORECASE,
)
_ABOUT_OTHERS: Final = re.compile(rf"\b(?:{alternatives('competitors_in_general')})", re.IGNORECASE)
_OPENINGS: Final = re.compile(
    r"^(?:(?:overall|in general|all in all|thinking about \w+|please|now|and)\s*,?\s+)?"
    rf"(?:{alternatives('openings')})\s+(?:(?:{alternatives('articles')})\s+)*",
    re.IGNORECASE,
)
_ENDINGS: Final = re.compile(rf"\s*(?:{alternatives('endings')})[\s?.!:]*$", re.IGNORECASE)
_TIDY: Final = re.compile(r"^[\s\-–—:.,]+|[\s\-–—:.,?!]+$")


def competitor_of(column: RawColumn) -> str:
    """The competitor that the question names, or '' when it compares with nobody."""
    for text in (column.choice, column.wording):
        found = _NAMED.search(text)
        if found and not _ABOUT_OTHERS.search(found["name"]):
            name = _TIDY.sub("", found["name"])
            return shorten(name[:1].upper() + name[1:], 60)
    if column.choice and column.layout == "matrix" and _ABOUT_OTHERS.search(column.wording):
        return shorten(_TIDY.sub("", column.choice), 60)
    found = _NAMED.search(column.wording)
    return shorten(_TIDY.sub("", found["name"]).capitalize(), 60) if found else ""


def subject_of(column: RawColumn, *, recommend: bool = False) -> Subject:
    """company, product, service or other; the words of the row decide before the words of the stem."""
    for text in (column.choice, column.wording, column.name):
        folded = fold(_NAMED.sub(" ", text)) if text else ""
        scores = {key: _last_hit(folded, phrases("columns", "words")[key]) for key in ("product", "service", "company")}
        found = [key for key, hit in scores.items() if hit]
        if not found:
            continue
        if recommend and "company" in found:
            return "company"
        best = max(("service", "product"), key=lambda key: scores[key])
        return _as_subject(best if scores[best] else "company")
    return "company" if recommend else "other"


def _as_subject(word: str) -> Subject:
    return "product" if word == "product" else "service" if word == "service" else "company"


def _last_hit(folded: str, listed: tuple[str, ...]) -> int:
    """Length of the longest listed phrase that stands in the text, or 0."""
    return max((len(phrase) for phrase in listed if has_phrase(folded, (phrase,))), default=0)


def attribute_of(column: RawColumn, *, recommend: bool = False, competitor: str = "") -> str:
    """A short name for charts: "Delivery on time"."""
    if recommend and not column.choice:
        return "Recommend"
    named_row = column.choice and column.choice.casefold() != competitor.casefold() and not _NAMED.search(column.choice)
    text = column.choice if named_row else _without_comparison(column.wording)
    bare = _ENDINGS.sub("", _OPENINGS.sub("", text.strip()))
    bare = _TIDY.sub("", bare) or _TIDY.sub("", text) or column.heading
    return shorten(bare[:1].upper() + bare[1:])


def _without_comparison(wording: str) -> str:
    """ "Compared with Northwind, how is our service?" to "our service"."""
    if not _NAMED.search(wording):
        return wording
    rest = _TIDY.sub("", _NAMED.sub(" ", wording))
    rest = re.sub(
        r"^(?:how|wie|comment)\s+(?:is|are|do|does|would you (?:rate|judge)|do you rate|ist|sind)\s+",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    return (
        re.sub(r"^(?:our|the|your|unser\w*)\s+|\s+(?:is|are)$", "", _TIDY.sub("", rest), flags=re.IGNORECASE) or wording
    )
