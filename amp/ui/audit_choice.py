"""Which audits a page of the team speaks of: those that may be looked at one by one, and whole anonymous campaigns."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from amp.analysis.peers import Standing
from amp.analysis.takers import Takers, takers
from amp.audit.instrument import Instrument
from amp.audit.scoring import Answers, AuditResult, score
from amp.errors import AmpError
from amp.records.audits import SubmittedAudit
from amp.ui import cache, state

_ALL: Final = "All industries"


@dataclass(frozen=True)
class Scored:
    """A submitted audit with its result under the version of the instrument it was given under."""

    audit: SubmittedAudit
    result: AuditResult

    @property
    def industry(self) -> str:
        """The segment, or the name given under “Other”."""
        return self.audit.industry_other or self.audit.industry

    @property
    def company(self) -> str:
        """The company, where it was named."""
        return self.audit.company or "not named"


@dataclass(frozen=True)
class Chosen:
    """What the page speaks of: audits that may be looked at one by one, and the sheets of anonymous campaigns."""

    instrument: Instrument
    listed: tuple[Scored, ...]
    anonymous: tuple[Answers, ...]
    standings: tuple[Standing, ...]

    @property
    def together(self) -> Takers:
        """All of them side by side."""
        return takers(self.instrument, [*(one.audit.answers for one in self.listed), *self.anonymous])


def scored() -> tuple[Scored, ...]:
    """All submissions that may be looked at one by one, newest first."""
    found = []
    for audit in reversed(state.records().audits.submissions()):
        with suppress(AmpError):  # of an instrument that is not kept here any more: it cannot be read, the others can
            instrument = state.given_under(audit.instrument_id, audit.instrument_version)
            found.append(Scored(audit, score(instrument, audit.answers)))
    return tuple(found)


def choose(found: tuple[Scored, ...]) -> Chosen:
    """The audits of one instrument, of real companies or of the sample's, of all industries or of one."""
    versions = list(dict.fromkeys((one.audit.instrument_id, one.audit.instrument_version) for one in found))
    versions += [key for key in _of_campaigns() if key not in versions]
    key = versions[0]
    if len(versions) > 1:
        key = st.selectbox("Instrument", versions, format_func=" ".join, key="audits-instrument")
    sample = _which(found)
    of_kind = [one for one in found if one.audit.sample == sample and _key(one) == key]
    industries = [_ALL, *sorted({one.industry for one in of_kind})]
    industry = st.selectbox("Industry", industries, key="audits-industry") if len(industries) > 2 else _ALL
    instrument = state.given_under(*key)
    standings = cache.standings(instrument, sample=sample)
    return Chosen(
        instrument=instrument,
        listed=tuple(one for one in of_kind if industry in (_ALL, one.industry)),
        anonymous=_anonymous(instrument, sample=sample, industry="" if industry == _ALL else industry),
        standings=standings,
    )


def anything(found: tuple[Scored, ...]) -> bool:
    """Whether there is any answer to show."""
    return bool(found) or bool(_of_campaigns())


def _anonymous(instrument: Instrument, *, sample: bool, industry: str) -> tuple[Answers, ...]:
    """The sheets of anonymous campaigns that may be shown: whole campaigns, so that none can be had by subtraction."""
    store = state.records().campaigns
    return tuple(
        sheet.answers
        for one in store.all()
        if one.anonymous and one.sample == sample and industry in ("", one.industry_other or one.industry)
        if (one.instrument_id, one.instrument_version) == (instrument.id, instrument.version)
        for sheet in store.sheets(one.id, datetime.now(UTC))
    )


def _of_campaigns() -> list[tuple[str, str]]:
    store = state.records().campaigns
    now = datetime.now(UTC)
    return [(one.instrument_id, one.instrument_version) for one in store.all() if store.sheets(one.id, now)]


def _which(found: tuple[Scored, ...]) -> bool:
    """Whether the sample company's audits are meant: where there are no others, or when chosen."""
    kinds = {one.audit.sample for one in found}
    if kinds == {True, False}:
        options = {False: "Audits given here", True: "The sample's"}
        picked = st.segmented_control("Whose audits", list(options), default=False, format_func=options.__getitem__,
                                      key="audits-kind", required=True)  # fmt: skip
        return bool(picked)
    return kinds == {True}


def _key(one: Scored) -> tuple[str, str]:
    return one.audit.instrument_id, one.audit.instrument_version
