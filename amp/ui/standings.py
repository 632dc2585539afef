"""Where companies stand, from what the records hold: each company once, ours by name, and several takers together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from amp.analysis.peers import Standing, company_key
from amp.analysis.takers import Takers, takers
from amp.audit.instrument import Instrument
from amp.audit.scoring import score
from amp.errors import AmpError
from amp.records.audits import SubmittedAudit
from amp.records.campaign_values import Campaign
from amp.ui import state


@dataclass(frozen=True, slots=True)
class Own:
    """One of our own audits: its total (of several takers, the median), since when, and how many took it."""

    total: float
    highest: int
    band: str
    at: datetime
    takers: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A submitted audit as far as standings need it; it never changes, so it is worked out once."""

    sample: bool
    campaign_id: int | None
    standing: Standing | None


def standings(instrument: Instrument, placed: Iterable[Placed], *, sample: bool) -> tuple[Standing, ...]:
    """Where each company stands under this very instrument; real companies and the sample's never stand together.

    A campaign of many takers counts once, with the medians of their totals, and an anonymous one as soon as its answers
    may be shown.
    """
    many = {one.id: one for one in state.records().campaigns.all() if not one.single}
    alone = [one.standing for one in placed if one.sample == sample and one.campaign_id not in many]
    shared = [_of_campaign(instrument, one) for one in many.values() if one.sample == sample]
    return tuple(one for one in [*alone, *shared] if one is not None)


def place(instrument: Instrument, known: dict[int, Placed]) -> None:
    """Bring `known`, by number, up to the audits submitted by now: only those not known yet are read."""
    audits = state.records().audits
    there = audits.submitted()
    for gone in known.keys() - there:
        known.pop(gone, None)
    for audit in audits.submissions(only=there - known.keys()) if there - known.keys() else ():
        fits = _given_under(instrument, audit) and company_key(audit.company)
        standing = _standing(instrument, audit) if fits else None
        known[audit.id] = Placed(audit.sample, audit.campaign_id, standing)


def of_campaign(instrument: Instrument, campaign: Campaign) -> Takers:
    """The takers of a campaign side by side; nothing but their number where their answers may not be shown."""
    sheets = [sheet.answers for sheet in state.records().campaigns.sheets(campaign.id, datetime.now(UTC))]
    return takers(instrument, sheets)


def ours() -> tuple[Own, ...]:
    """Our own complete audits, newest first: those an editor marked, and the campaigns of our own company."""
    records = state.records()
    marked = records.about.own_audits()
    campaigns = [one for one in records.campaigns.all() if one.ours]
    together = {one.id for one in campaigns}
    single = [_own_audit(one) for one in records.audits.submissions(only=marked) if one.campaign_id not in together]
    found = [*single, *(_own_campaign(one) for one in campaigns)]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.at, reverse=True))


def _own_audit(audit: SubmittedAudit) -> Own | None:
    try:
        overall = score(state.given_under(audit.instrument_id, audit.instrument_version), audit.answers).overall
    except AmpError:  # given under an instrument that is not kept here any more
        return None
    if overall.band is None:
        return None
    return Own(overall.points, overall.high, overall.band.label, audit.submitted_at, takers=1)


def _own_campaign(campaign: Campaign) -> Own | None:
    instrument = state.given_under(campaign.instrument_id, campaign.instrument_version)
    found = of_campaign(instrument, campaign)
    if found.overall is None or found.overall.median is None:
        return None
    middle = found.overall.median
    # A median between two totals lies in the band of the lower one: nobody reached the next.
    band = next(one for one in instrument.overall_bands if one.holds(int(middle)))
    return Own(middle, found.overall.high, band.label, campaign.closed_at or campaign.opens_at, found.takers)


def _given_under(instrument: Instrument, given: SubmittedAudit | Campaign) -> bool:
    return (given.instrument_id, given.instrument_version) == (instrument.id, instrument.version)


def _standing(instrument: Instrument, audit: SubmittedAudit) -> Standing | None:
    result = score(instrument, audit.answers)
    totals = tuple(one.points for one in result.categories)
    industry = audit.industry_other or audit.industry
    return (
        Standing(audit.company, industry, result.overall.points, totals, audit.submitted_at)
        if result.complete
        else None
    )


def _of_campaign(instrument: Instrument, campaign: Campaign) -> Standing | None:
    if not _given_under(instrument, campaign):
        return None
    together = of_campaign(instrument, campaign)
    medians = list(_medians(together))
    if not medians or len(medians) < 1 + len(instrument.categories):
        return None
    industry = campaign.industry_other or campaign.industry
    return Standing(campaign.company, industry, medians[0], tuple(medians[1:]), campaign.closed_at or campaign.opens_at)


def _medians(together: Takers) -> Iterator[float]:
    """Overall, then by category; of those who rated every statement of it."""
    if together.overall is not None:
        for one in (together.overall, *together.categories):
            if one.totals:
                yield median(one.totals)
