"""One column of a survey understood: its role, scale and subject, with a confidence and a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from amp.imports.attributes import competitor_of
from amp.imports.profile import Profile
from amp.imports.scales import Scale, stated_scale
from amp.imports.vocabulary import has_phrase, phrases
from amp.imports.wording import fold, fold_name

_ASKING: Final = re.compile(
    r"^(what is |what s |please (enter|state|give|provide) |enter |in which |which |select |(is |are )?)"
    r"(your |the |you (work|located) in |their )?(current )?"
)
_SCALED_INSTEAD: Final = frozenset({"product", "account", "role", "title", "segment", "name"})
_CODE: Final = re.compile(r"^(?=.*\d)[\w.\-{}]{6,}$")
_UNIT: Final = re.compile(
    r"(?:fy ?)?(?:20)?\d\d|fy|ltm|ytd|in|k|m|mio|tsd|[km]?(?:usd|eur|gbp|chf|jpy|sek|nok|dkk|pln)|net|n a"
)
_PERCENT: Final = re.compile(r"^[-+]?\d+(?:[.,]\d+)?\s?%$")
_CODED: Final = re.compile(r"^(?=\S*\d)\S+$")
_FEW: Final = 30
_SENTENCE: Final = 3  # words, on average, from which answers are taken for people's own
_REPEATED: Final = 10  # times each answer is given, from which it was ticked and not written


@dataclass(frozen=True)
class Understood:
    """What a column is taken for; `scale` only where it is on one."""

    role: str
    confidence: float
    reason: str
    scale: Scale | None = None
    competitor: str = ""


def understand_column(profile: Profile, scale: Scale | None) -> Understood:
    """The likeliest role of one column of a survey; `scale` is the one its answers are on, if any."""
    column = profile.column
    if column.hint and column.hint != "comment":
        return Understood(column.hint, 0.97, f"The file says so: {column.hint_reason}.")
    if not profile.filled:
        return Understood("ignore", 0.95, "No cell of it is filled.")
    if column.layout == "multi":
        return Understood("choice", 0.9, "One option of a question with several answers.")
    return _by_name(profile, scale) or _by_cells(profile) or _open_text(profile) or _question(profile, scale)


def _open_text(profile: Profile) -> Understood | None:
    """A box for free text, as the format says, unless numbers were written into it."""
    if profile.column.hint != "comment" or profile.looks == "number":
        return None
    return Understood("comment", 0.9, f"The file says so: {profile.column.hint_reason}.")


def role_named(section: str, *texts: str) -> str:
    """The role whose vocabulary lists one of the headings, or ''."""
    for text in texts:
        for folded in _variants(text):
            for role, listed in phrases("columns", section).items():
                if folded in listed:
                    return role
    return ""


def _variants(text: str) -> list[str]:
    """The heading as it stands, without asking words, and without year, unit and currency ("Revenue 2025 (kEUR)")."""
    folded = fold_name(text)
    bare = _ASKING.sub("", fold(text)).strip()
    plain = " ".join(word for word in fold(text).split() if not _UNIT.fullmatch(word))
    return [variant for variant in dict.fromkeys((folded, fold(text), bare, plain)) if variant]


def _by_name(profile: Profile, scale: Scale | None) -> Understood | None:
    column = profile.column
    texts = (column.name, column.wording) if not column.choice else () if scale else (column.choice,)
    if column.layout == "other_text":
        return None
    role = role_named("survey", *texts)
    if not role or (scale and role in _SCALED_INSTEAD and profile.distinct > 2) or not _bears(profile, role):
        return None
    return Understood(role, 0.9, f"The heading “{column.heading[:60]}” says so.")


def _bears(profile: Profile, role: str) -> bool:
    """Whether the cells do not contradict what the heading says."""
    if role == "response_id":
        return profile.distinct >= 0.5 * profile.filled
    if role == "date":
        return profile.dated >= 0.5
    if role == "weight":
        return profile.looks == "number"
    asked = len(fold(profile.column.wording).split()) > 3
    return not (role == "ignore" and asked and profile.is_prose)


def _by_cells(profile: Profile) -> Understood | None:
    """By the cells alone: addresses, links, moments and codes."""
    if profile.looks == "email":
        return Understood("email", 0.95, "The cells are e-mail addresses.")
    if profile.looks in {"ip", "link"}:
        return Understood("ignore", 0.9, f"The cells are {'IP addresses' if profile.looks == 'ip' else 'links'}.")
    if profile.looks == "date":
        return Understood("date", 0.6, "The cells are dates.")
    coded = profile.distinct > 0.9 * profile.filled and profile.filled >= 5 and profile.share(_CODE) > 0.95
    if coded and (
        profile.looks != "number" or re.search(r"\bid\b|#", fold_name(profile.column.heading) or profile.column.heading)
    ):
        first = profile.column.index == 0
        return Understood("response_id" if first else "ignore", 0.8, "The cells are codes, each different.")
    return None


def _says(profile: Profile, key: str) -> bool:
    return has_phrase(fold(f"{profile.column.question} {profile.column.name}"), phrases("columns", "words")[key])


def _question(profile: Profile, scale: Scale | None) -> Understood:
    if _says(profile, "attention"):
        return Understood("ignore", 0.85, "It checks whether respondents pay attention.")
    if profile.column.layout == "other_text":
        return Understood("comment", 0.9, "It takes the words of those who chose “Other”.")
    competitor = competitor_of(profile.column) if scale and _says(profile, "comparison") else ""
    if scale and (scale.family == "comparison" or competitor):
        unnamed = "" if competitor else ", but with whom is not said"
        sure = scale.confidence if competitor else 0.5
        return Understood("comparison", sure, f"It compares{unnamed}: {scale.reason}.", scale, competitor)
    if scale and _is_judgement(profile, scale):
        return _judgement(profile, scale)
    return _not_scaled(profile)


def _is_judgement(profile: Profile, scale: Scale) -> bool:
    """A scale, unless the numbers count something, rank something or code a choice."""
    if scale.family != "numbers" or scale.labels or stated_scale(profile.column.question):
        return True
    if _says(profile, "number") and not _says(profile, "recommend"):
        return False
    judging = any(
        _says(profile, key) for key in ("satisfaction", "importance", "recommend", "company", "service", "product")
    )
    return judging or (profile.distinct > 2 and (profile.column.layout == "matrix" or profile.distinct > 3))


def _judgement(profile: Profile, scale: Scale) -> Understood:
    if _says(profile, "recommend") and _runs_to_ten(profile, scale):
        full = Scale(0, 10, scale.reversed_, scale.labels, scale.dont_know, scale.family, 0.95, scale.reason)
        if (stated_scale(profile.column.question) or (0, 10))[0] == 0:
            return Understood("recommend", 0.95, "It asks for a recommendation, from 0 to 10.", full)
        return Understood(
            "recommend", 0.6, "It asks for a recommendation; the question begins at 1, the scale read at 0.", full
        )
    if _says(profile, "importance") or (scale.labels and all("important" in fold(answer) for answer in scale.labels)):
        return Understood("importance", scale.confidence, f"It asks how important something is; {scale.reason}.", scale)
    sure = (
        scale.confidence
        if _says(profile, "satisfaction") or scale.family not in {"numbers", "frequency"}
        else min(scale.confidence, 0.6)
    )
    return Understood("rating", sure, f"It is on a scale: {scale.reason}.", scale)


def _runs_to_ten(profile: Profile, scale: Scale) -> bool:
    """Whether the scale ends at 10, or may: no ends are stated, and a 0 was given, and not just for a no."""
    if scale.family != "numbers" or scale.high == 10:
        return scale.family == "numbers"
    yes_or_no = set(profile.counts) <= {"0", "1"}
    return scale.low == 0 and not (yes_or_no or scale.labels or stated_scale(profile.column.question))


def _not_scaled(profile: Profile) -> Understood:
    if profile.looks == "number":
        few = profile.distinct <= 2
        return Understood(
            "choice" if few else "number", 0.6, "The cells are numbers." if not few else "Only two codes occur."
        )
    if role_named("survey", profile.column.name, profile.column.wording) == "date":
        return Understood("ignore", 0.6, "The heading speaks of a date, but the cells are no dates.")
    if profile.is_prose or _answers_in_own_words(profile):
        return Understood("comment", 0.85, "The cells are people's own words.")
    if profile.distinct <= max(2, min(_FEW, 0.7 * profile.filled)) or profile.distinct < 0.2 * profile.filled:
        words = "One answer occurs." if profile.distinct == 1 else f"{profile.distinct} different answers occur."
        return Understood("choice", 0.8, words)
    return _nearly_all_different(profile)


def _nearly_all_different(profile: Profile) -> Understood:
    """Many answers, and neither their length nor the question tells whether they are anyone's own words."""
    if profile.share(_PERCENT) > 0.9:
        return Understood("choice", 0.6, "The cells are shares in percent.")
    if profile.share(_CODED) > 0.9:
        return Understood("ignore", 0.6, "The cells are codes.")
    if profile.mean_words < _SENTENCE:
        return Understood("choice", 0.55, f"{profile.distinct} different answers of a word or two occur.")
    return Understood("comment", 0.55, "Nearly every answer is different.")


def _answers_in_own_words(profile: Profile) -> bool:
    """Whether the question asks for words and gets them, even where few answered or many said the same."""
    if _says(profile, "comments_asked") and profile.distinct > 2:
        return profile.filled <= _REPEATED * profile.distinct
    if _says(profile, "comment"):
        return profile.distinct > max(3, 0.3 * profile.filled)
    return profile.mean_words >= _SENTENCE and profile.distinct > max(3, 0.5 * profile.filled)
