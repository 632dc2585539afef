"""Campaigns as the stores take and hand them out, and what must hold of one that is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from amp.errors import AmpError

LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 2000
LEAST: Final = (3, 10)
MOST_EXPECTED: Final = 100_000


class Phase(StrEnum):
    """Where a campaign is in its time."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class NewCampaign:
    """What an editor decides. `least` is the smallest group whose answers are shown, where takers are anonymous."""

    title: str
    company: str
    industry: str
    instrument_id: str
    instrument_version: str
    opens_at: datetime
    closes_at: datetime | None = None
    industry_other: str = ""
    anonymous: bool = True
    single: bool = False
    not_sure: bool = False
    ours: bool = False
    language: str = "en"
    intro: str = ""
    thanks: str = ""
    least: int = 5
    expected: int | None = None


@dataclass(frozen=True)
class Campaign(NewCampaign):
    """A campaign as it is kept; `code` is the last part of its link."""

    id: int = 0
    code: str = ""
    closed_at: datetime | None = None
    sample: bool = False

    @property
    def last_day(self) -> date | None:
        """The last day (UTC) on which it took answers, or will; an end at midnight belongs to the day before."""
        ends = [at for at in (self.closed_at, self.closes_at) if at is not None]
        return (min(ends) - timedelta(microseconds=1)).date() if ends else None

    def phase(self, now: datetime) -> Phase:
        """Planned, open or closed; closed for good once somebody closed it, or its time is over."""
        if self.closed_at is not None or (self.closes_at is not None and now >= self.closes_at):
            return Phase.CLOSED
        return Phase.OPEN if now >= self.opens_at else Phase.PLANNED


@dataclass(frozen=True)
class Progress:
    """How many began and how many submitted; who takes the audit again counts once."""

    begun: int
    submitted: int


@dataclass(frozen=True)
class Sheet:
    """The answers of one taker; nobody's name where the campaign is anonymous."""

    answers: Mapping[str, int | None]
    audit_id: int = 0
    taker: str = ""
    submitted_at: datetime | None = None


def checked(new: NewCampaign) -> NewCampaign:
    """The campaign with its texts tidied; raises AmpError where something does not fit."""
    named = {name: " ".join(getattr(new, name).split()) for name in ("title", "company", "industry", "industry_other")}
    texts = {name: getattr(new, name).strip() for name in ("intro", "thanks")}
    if not named["title"] or not named["company"] or not named["industry"]:
        raise AmpError("A campaign needs a title, a company and an industry.", "Fill in what is empty.")
    if any(len(value) > LONGEST_TITLE for value in named.values()):
        raise AmpError(f"A name can have at most {LONGEST_TITLE} characters.", "Shorten it and try again.")
    if any(len(value) > LONGEST_TEXT for value in texts.values()):
        raise AmpError(f"A text can have at most {LONGEST_TEXT:,} characters.", "Shorten it and try again.")
    if new.closes_at is not None and new.closes_at <= new.opens_at:
        raise AmpError("The campaign would close before it opens.", "Choose a later end.")
    if not LEAST[0] <= new.least <= LEAST[1]:
        raise AmpError(f"The smallest group is between {LEAST[0]} and {LEAST[1]}.", "Choose another number.")
    if new.expected is not None and not 1 <= new.expected <= MOST_EXPECTED:
        raise AmpError(f"Expected takers are between 1 and {MOST_EXPECTED:,}.", "Choose another number.")
    if new.anonymous and new.single:
        raise AmpError("A campaign for one taker cannot be anonymous.", "Make it named, or for many takers.")
    return NewCampaign(**(asdict(new) | named | texts))
