"""What a taker may take away: one value with everything that PDF, workbook, JSON and calendar print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amp.analysis.peers import Peers
from amp.audit.advice import Advice
from amp.audit.gains import Gains
from amp.audit.instrument import Instrument
from amp.audit.plan import Step
from amp.audit.scoring import Answers, AuditResult


@dataclass(frozen=True)
class Earlier:
    """The audit that this one repeats, with the plan that was made then."""

    result: AuditResult
    given_on: date | None
    plan: tuple[Step, ...]


@dataclass(frozen=True)
class Takeaway:
    """A submitted audit with all that its result page shows.

    `headline` is the page's sentence, in the reader's language. `given_on` is None for an anonymous audit, which keeps
    no day. `taker` is empty unless the campaign is a named one.
    """

    instrument: Instrument
    answers: Answers
    result: AuditResult
    headline: str
    company: str
    taker: str
    industry: str
    given_on: date | None
    gains: Gains
    advice: tuple[Advice, ...]
    plan: tuple[Step, ...]
    peers: tuple[Peers, ...]
    before: Earlier | None
