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
_NOBODY_YET: Final = re.compile(rf"(?:{alternatives('compared_with')})\W*$", re.IGNORECASE)
_NO_NAME: Final = re.compile(rf"\W*(?:(?:{alternatives('no_names')})\b\W*)*", re.IGNORECASE)
_NO_COMPANY: Final = re.compile(rf"\b(?:{alternatives('earlier_or_expected')})", re.IGNORECASE)
_RECOMMENDED: Final = re.compile(
    rf"\b(?:{alternatives('recommends')})\b(?P<object>.*?)(?=\s(?:{alternatives('recommended_ends')})\s|[?.;(]|$)"
    rf"|(?P<object_before>[^,]*?)\b(?:{alternatives('recommends_after')})\b",
    re.IGNORECASE,
)
_PART_OF_US: Final = re.compile(rf"\b(?:{alternatives('part_of_us')})\b", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"\b[\w]+['’]s\b")
_OPENINGS: Final = re.compile(
    r"^(?:(?:overall|in general|all in all|thinking about \w+|please|now|and)\s*,?\s+)?"
    rf"(?:{alternatives('openings')})\s+(?:(?:{alternatives('articles')})\s+)*",
    re.IGNORECASE,
)
_ENDINGS: Final = re.compile(rf"\s*(?:{alternatives('endings')})[\s?.!:]*$", re.IGNORECASE)
_ASKED: Final = re.compile(rf"^(?:{alternatives('comparisons_asked')})", re.IGNORECASE)
_NOTHING_BUT_US: Final = re.compile(rf"(?:{alternatives('nothing_but_us')})", re.IGNORECASE)
_TIDY: Final = re.compile(r"^[\s\-–—:.,]+|[\s\-–—:.,?!]+$")


def competitor_of(column: RawColumn) -> str:
    """The competitor that the question or its row names, or '' when it compares with nobody."""
    for text in (column.choice, column.wording):
        found = _NAMED.search(text)
        if found and not _is_general(found["name"]) and not _NO_COMPANY.search(found["name"]):
            return _as_name(found["name"])
    found = _NAMED.search(column.wording)
    asked = found or _NOBODY_YET.search(column.wording) or _ABOUT_OTHERS.search(column.wording)
    if column.choice and column.layout == "matrix" and asked and not _is_aspect(column.choice):
        return shorten(_TIDY.sub("", column.choice), 60)
    return _as_name(found["name"]) if found and _ABOUT_OTHERS.search(found["name"]) else ""


def _as_name(words: str) -> str:
    name = _TIDY.sub("", words)
    return shorten(name[:1].upper() + name[1:], 60)


def _is_general(name: str) -> bool:
    """Whether the words stand for whoever the rows name: "each of these companies", "our competitors", "..."."""
    return bool(_NO_NAME.fullmatch(name) or _ABOUT_OTHERS.search(name))


def _is_aspect(row: str) -> bool:
    """Whether the row of a matrix is something judged ("On-time delivery") and not a company ("Contoso Logistics")."""
    folded, words = fold(row), phrases("columns", "words")
    listed = [*words["product"], *words["service"], *words["company"]]
    in_lower_case = any(word.islower() and len(word) > 3 for word in row.split())
    return folded in listed or (in_lower_case and has_phrase(folded, tuple(listed)))


def subject_of(column: RawColumn, *, recommend: bool = False) -> Subject:
    """company, product, service or other; the words of the row decide before the words of the stem."""
    if recommend:
        return _subject_recommended(column)
    for text in (column.choice, column.wording, column.name):
        folded = fold(_NAMED.sub(" ", text)) if text else ""
        scores = {key: _last_hit(folded, phrases("columns", "words")[key]) for key in ("product", "service", "company")}
        if any(scores.values()):
            best = max(("service", "product"), key=lambda key: scores[key])
            return _as_subject(best if scores[best] else "company")
    bare = any(_is_bare_satisfaction(text) for text in (column.wording, column.name))
    return "company" if bare and not column.choice else "other"


def _subject_recommended(column: RawColumn) -> Subject:
    """What is to be recommended: the company, unless the row or the question names a part of what it does."""
    named = _part_named(column.choice)
    if named:
        return named
    found = _RECOMMENDED.search(_POSSESSIVE.sub(" ", column.wording))
    if not found:
        return _part_named(column.wording) or "company"
    recommended = found["object"] or found["object_before"] or ""
    own_part = _PART_OF_US.search(recommended) if found["object_before"] else _PART_OF_US.match(recommended.strip())
    return _part_named(recommended) or ("other" if own_part else "company")


def _part_named(text: str) -> Subject | None:
    """company, product or service where the words name one; both kinds together stand for the company."""
    folded, words = fold(text), phrases("columns", "words")
    if has_phrase(folded, words["company_named"]):
        return "company"
    found: list[Subject] = ["product"] if has_phrase(folded, words["product"]) else []
    found += ["service"] if has_phrase(folded, (*words["service"], *words["team"])) else []
    return None if not found else found[0] if len(found) == 1 else "company"


def _is_bare_satisfaction(text: str) -> bool:
    """Whether a heading speaks of satisfaction and of nothing else: "CSAT", "How satisfied are you (1-5)?"."""
    words, listed = set(fold(text).split()), phrases("columns", "satisfaction_alone")
    said = words & set(listed["says"])
    return bool(said) and all(word in listed["around"] or word.isdigit() for word in words - said)


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
    if not _NAMED.search(wording) and not _NOBODY_YET.search(wording):
        return wording
    rest = _TIDY.sub("", _NOBODY_YET.sub(" ", _NAMED.sub(" ", wording)))
    rest = _ASKED.sub("", rest)
    rest = re.sub(r"^(?:our|the|your|unser\w*)\s+|\s+(?:is|are)$", "", _TIDY.sub("", rest), flags=re.IGNORECASE)
    return "Overall" if not rest or _NOTHING_BUT_US.fullmatch(rest) else rest
