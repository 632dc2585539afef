"""Account lists and contact lists: which column is which, each role given once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from amp.imports.profile import Profile
from amp.imports.understanding import Understood, role_named
from amp.imports.vocabulary import phrases
from amp.imports.wording import fold_name

_SHARED: Final = frozenset({"name"})  # a contact's first and last name are joined; an account has one name


def understand_lists(profiles: Sequence[Profile], kind: str) -> list[Understood]:
    """A role for every column of an account or contact list; where two fit, the more telling heading wins."""
    roles = [role_named(kind, profile.column.heading) for profile in profiles]
    found = [
        _unnamed(profile, kind) if not role else _named(profile, role)
        for profile, role in zip(profiles, roles, strict=True)
    ]
    for role in {one.role for one in found} - {"ignore"}:
        rivals = [place for place, one in enumerate(found) if one.role == role]
        if len(rivals) == 1 or (role in _SHARED and kind == "contacts" and _are_parts(profiles, rivals)):
            continue
        best = min(rivals, key=lambda place: (_rank(profiles[place], kind, role), -profiles[place].filled, place))
        for place in rivals:
            if place != best and (kind, role) == ("contacts", "account"):
                found[place] = Understood(role, 0.8, f"It helps where “{profiles[best].column.heading[:60]}” is empty.")
            elif place != best:
                found[place] = Understood(
                    "ignore", 0.6, f"“{profiles[best].column.heading[:60]}” is taken for the same thing."
                )
    return found


def _named(profile: Profile, role: str) -> Understood:
    if role in {"revenue", "cost"} and profile.filled and not profile.looks_money:
        return Understood("ignore", 0.6, "Its cells are not amounts of money.")
    return Understood(role, 0.9, f"The heading “{profile.column.heading[:60]}” says so.")


def _unnamed(profile: Profile, kind: str) -> Understood:
    if not profile.filled:
        return Understood("ignore", 0.95, "No cell of it is filled.")
    if kind == "contacts" and profile.looks == "email":
        return Understood("email", 0.9, "The cells are e-mail addresses.")
    return Understood("ignore", 0.7, "Nothing here needs it.")


def _rank(profile: Profile, kind: str, role: str) -> int:
    """Place of the heading in the vocabulary: the most telling words come first."""
    listed = phrases("columns", kind)[role]
    folded = fold_name(profile.column.heading)
    return listed.index(folded) if folded in listed else len(listed)


def _are_parts(profiles: Sequence[Profile], places: Sequence[int]) -> bool:
    return all(
        fold_name(profiles[place].column.heading) not in {"name", "full name", "contact name", "contact"}
        for place in places
    )
