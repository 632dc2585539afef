"""Job titles to contact roles: decision maker, recommender or influencer, with a confidence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from amp.imports.vocabulary import alternatives, phrases
from amp.imports.wording import fold

_CHIEF: Final = re.compile(r"\bchief (\w+ ){0,3}officer\b")
_ASSISTS: Final = re.compile(alternatives("assists"))
_GENERAL: Final = frozenset(
    {
        "officer",
        "associate",
        "partner",
        "principal",
        "head",
        "lead",
        "chair",
        "user",
        "staff",
        "agent",
        "assistant",
        "charge",
    }
)


@lru_cache(maxsize=50_000)
def propose_role(title: str) -> tuple[str | None, float]:
    """(role, confidence 0 … 1) for a job title; (None, 0) when no word of it is known.

    The longest known phrase decides ("Vice President" before "President"), among equals the first in the title; whoever
    assists an executive is no executive. A second role in the title, or a very general word, lowers the confidence.
    """
    folded = fold(title)
    if _ASSISTS.search(folded):
        return "influencer", 0.85
    if _CHIEF.search(folded):
        return "decision_maker", 0.95
    found = _phrases_in(f" {folded} ")
    if not found:
        return None, 0.0
    phrase, role = max(found, key=lambda one: (len(one[0].split()), -f" {folded} ".index(f" {one[0]} "), len(one[0])))
    rivals = {other for part, other in found if other != role and f" {part} " not in f" {phrase} "}
    sure = 0.65 if rivals else 0.9
    return role, min(sure, 0.5) if phrase in _GENERAL else sure


def _phrases_in(padded: str) -> list[tuple[str, str]]:
    return [
        (phrase, role)
        for role, listed in phrases("roles", "titles").items()
        for phrase in listed
        if f" {phrase} " in padded
    ]


def named_role(text: str) -> str | None:
    """The role that a file itself gives, or None when its word is not one of ours."""
    word = fold(text)
    for role, listed in phrases("roles", "roles").items():
        if word in listed or word.removesuffix("s") in listed:
            return role
    return None
