"""What a table is: a survey of customers or of employees, an account list or a contact list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from amp.imports.profile import Profile
from amp.imports.scales import detect_scale
from amp.imports.survey import RawSurvey
from amp.imports.understanding import role_named
from amp.imports.vocabulary import has_phrase, phrases
from amp.imports.wording import fold

Kind = Literal["survey", "employees", "accounts", "contacts"]

_WHO: Final = ("account", "account_id", "title", "role", "industry", "region", "product", "segment")
_ASKED: Final = ("rating", "recommend", "importance", "comparison", "comment", "choice", "number")
_SURVEY: Final = (*_ASKED, "response_id", "respondent", "email", "name", *_WHO, "date", "weight", "complete", "ignore")
_MONEY: Final = ("account_id", "name", "revenue", "cost", "currency")
_ABOUT: Final = ("industry", "region", "segment", "domain", "owner", "strategic", "strategic_reason", "ignore")

ROLES: Final[dict[Kind, tuple[str, ...]]] = {
    "survey": _SURVEY,
    "employees": _SURVEY,
    "accounts": (*_MONEY, *_ABOUT),
    "contacts": ("contact_id", "account", "name", "email", "title", "role", "site", "department", "ignore"),
}

ROLE_WORDS: Final[dict[str, str]] = {
    "rating": "Rating",
    "recommend": "Recommendation",
    "importance": "Importance",
    "comparison": "Comparison",
    "comment": "Comment",
    "choice": "Choice",
    "number": "Number",
    "response_id": "Response number",
    "respondent": "Person's number",
    "email": "E-mail address",
    "name": "Name",
    "title": "Job title",
    "role": "Contact role",
    "account": "Account",
    "account_id": "Account number",
    "date": "Date",
    "industry": "Industry",
    "region": "Region",
    "product": "Product",
    "segment": "Segment",
    "weight": "Weight",
    "complete": "Finished or not",
    "ignore": "Left out",
    "revenue": "Revenue",
    "cost": "Cost",
    "currency": "Currency",
    "domain": "Web domain",
    "owner": "Account manager",
    "strategic": "Strategic or not",
    "strategic_reason": "Why strategic",
    "contact_id": "Contact number",
    "site": "Site",
    "department": "Department",
}


def propose_kind(raw: RawSurvey, profiles: Sequence[Profile]) -> tuple[Kind, str]:
    """The likeliest kind of table and the reason as a sentence."""
    if raw.format == "plain":
        accounts = {role_named("accounts", profile.column.heading) for profile in profiles}
        money = any(
            profile.looks_money for profile in profiles if role_named("accounts", profile.column.heading) == "revenue"
        )
        if money and accounts & {"name", "account_id"} and _judged(profiles, "accounts") < 2:
            return "accounts", "It has revenue and a name or number for each account, and no ratings."
        contacts = {role_named("contacts", profile.column.heading) for profile in profiles}
        people = contacts & {"title", "email"} and contacts & {"name", "email", "contact_id"}
        if (
            people
            and "account" in contacts
            and _judged(profiles, "contacts") == 0
            and _prose(profiles, "contacts") == 0
        ):
            return "contacts", "It has people with titles or e-mail addresses and their accounts, and no ratings."
    if _asks_employees(profiles):
        return "employees", "The questions ask about the customers' view, as a survey of employees does."
    return "survey", "It has questions and one row per respondent."


def _asks_employees(profiles: Sequence[Profile]) -> bool:
    """Whether a question asks what customers think, or a quarter of all speak of the customers."""
    asked = [fold(profile.column.question) for profile in profiles]
    words = phrases("columns", "words")
    speak = sum(has_phrase(question, words["customers"]) for question in asked)
    return any(has_phrase(question, words["employee"]) for question in asked) or speak > 0.25 * len(asked)


def _judged(profiles: Sequence[Profile], section: str) -> int:
    """Columns on a scale that the section's vocabulary does not explain."""
    return sum(
        not role_named(section, profile.column.heading)
        and profile.distinct > 2
        and profile.looks in {"", "number"}
        and detect_scale(profile.counts, profile.column.question) is not None
        for profile in profiles
    )


def _prose(profiles: Sequence[Profile], section: str) -> int:
    return sum(not role_named(section, profile.column.heading) and profile.mean_length > 40 for profile in profiles)
