"""The filters that every analysis page shares: as a value, as SQL, as words and as a link."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

ROLE_WORDS: Final = {
    "decision_maker": "decision makers",
    "recommender": "recommenders",
    "influencer": "influencers",
    "unknown": "role unknown",
}
# field of Filters → column of `respondents`
_COLUMNS: Final = {
    "waves": "wave",
    "tiers": "tier_label",
    "roles": "role",
    "industries": "industry",
    "regions": "region",
    "products": "product",
}
_SEPARATOR: Final = "|"
_FIRST_YEAR, _LAST_YEAR = 1900, 2200  # beyond them a month more or less is no date any longer


@dataclass(frozen=True, slots=True)
class Filters:
    """What the visitor narrowed the answers to; empty means all.

    `since` and `until` are moved to the first and last day (UTC) of their month: of two periods that differ by a day,
    one less the other would be what a single person answered.
    """

    waves: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since is not None:
            object.__setattr__(self, "since", self.since.replace(day=1))
        if self.until is not None:
            object.__setattr__(self, "until", self.until.replace(day=monthrange(*self.until.timetuple()[:2])[1]))

    def clause(self, alias: str = "r") -> tuple[str, dict[str, object]]:
        """A condition on `respondents` under that alias and the values to bind; `true` when nothing is narrowed."""
        if not alias.isidentifier():
            raise ValueError(f"not an alias: {alias!r}")
        conditions, params = self._in_lists({field: f"{alias}.{column}" for field, column in _COLUMNS.items()})
        if self.since is not None:
            conditions.append(f"{alias}.answered_at >= $since")
            params["since"] = _midnight(self.since)
        if self.until is not None:
            conditions.append(f"{alias}.answered_at < $before")
            params["before"] = _midnight(self.until + timedelta(days=1))
        return " and ".join(conditions) or "true", params

    def on_accounts(self, alias: str = "a") -> tuple[str, dict[str, object]]:
        """A condition on `accounts`, of the filters that speak of accounts, and the values to bind."""
        columns = {"tiers": "{}.tier_label", "industries": "coalesce({}.industry, 'Not given')"}
        columns["regions"] = "coalesce({}.region, 'Not given')"
        conditions, params = self._in_lists({field: text.format(alias) for field, text in columns.items()})
        return " and ".join(conditions) or "true", params

    def _in_lists(self, columns: Mapping[str, str]) -> tuple[list[str], dict[str, object]]:
        conditions: list[str] = []
        params: dict[str, object] = {}
        for field, column in columns.items():
            names = [f"{field}_{i}" for i in range(len(getattr(self, field)))]
            params |= dict(zip(names, getattr(self, field), strict=True))
            if names:
                conditions.append(f"{column} in (" + ", ".join("$" + name for name in names) + ")")
        return conditions, params

    def narrow(self, sql: str, alias: str = "r") -> tuple[str, dict[str, object]]:
        """`sql` with its mark `/*filters*/` replaced by the condition, and the values to bind."""
        condition, params = self.clause(alias)
        return sql.replace("/*filters*/", condition), params

    def in_words(self) -> str:
        """As a person would say it: “All waves · Tier I · decision makers · from Mar 2025”."""
        parts = [" or ".join(self.waves) or "All waves", " or ".join(self.tiers)]
        parts.append(" or ".join(ROLE_WORDS.get(role, role) for role in self.roles))
        parts += [" or ".join(chosen) for chosen in (self.industries, self.regions, self.products)]
        if self.since is not None:
            parts.append(f"from {self.since:%b %Y}")
        if self.until is not None:
            parts.append(f"until {self.until:%b %Y}")
        return " · ".join(part for part in parts if part)

    def to_query(self) -> dict[str, str]:
        """As the parameters of a link; what is not narrowed is left out."""
        chosen = {field: getattr(self, field) for field in _COLUMNS if getattr(self, field)}
        query = {field: _SEPARATOR.join(_escaped(value) for value in values) for field, values in chosen.items()}
        return query | {day: getattr(self, day).isoformat() for day in ("since", "until") if getattr(self, day)}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filters:
        """From the parameters of a link; what cannot be read is passed over: people cut links."""
        known = {field.name for field in fields(cls)}
        given = {name: text for name, text in query.items() if name in known and text}
        lists = {name: _values(text) for name, text in given.items() if name in _COLUMNS}
        return cls(**lists, since=_day(given.get("since")), until=_day(given.get("until")))

    def of_all_waves(self) -> Filters:
        """The same filters on every wave, for what is compared over time."""
        return replace(self, waves=())

    def on_show(self, wave: str | None) -> Filters:
        """The same filters on the one wave that a figure shows, for the words that go with it."""
        return self if wave is None else replace(self, waves=(wave,))

    @property
    def any(self) -> bool:
        """Whether anything is narrowed."""
        return self != Filters()


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace(_SEPARATOR, "%7C")


def _values(text: str) -> tuple[str, ...]:
    values = (value.replace("%7C", _SEPARATOR).replace("%25", "%") for value in text.split(_SEPARATOR))
    return tuple(dict.fromkeys(value for value in values if value))


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
