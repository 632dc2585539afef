"""The audit whose result is on the screen, and who may see it: its taker by private link, the team by number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from amp.audit.instrument import Instrument
from amp.audit.plan import Amount, Step, in_order
from amp.audit.scoring import Answers, AuditResult, score
from amp.errors import AmpError, NotFound
from amp.languages import Words
from amp.records.access import Role
from amp.records.audits import AuditDraft, SubmittedAudit
from amp.records.campaign_values import Campaign
from amp.records.plans import PlanStep
from amp.reports.takeaway import Earlier
from amp.ui import audit_words, language, sheet, shell, state
from amp.ui.access import Visit


@dataclass(frozen=True)
class Opened:
    """A result on the screen; `token` is there when it is the visitor's own, `given_at` is empty for anonymous ones."""

    id: int
    instrument: Instrument
    answers: Answers
    result: AuditResult
    company: str
    industry: str
    taker: str
    given_at: datetime | None
    anonymous: bool
    sample: bool
    campaign: Campaign | None
    plan: tuple[Step, ...]
    before: Earlier | None
    token: str | None

    def headline(self, t: Words) -> str:
        """What a person would say aloud about it."""
        shared = self.campaign is not None and not self.campaign.single
        return audit_words.headline(self.result, t, company=self.company, own=self.token is not None, shared=shared)


def opened(visit: Visit, t: Words) -> Opened:
    """The result that the address names, by private link or (for the team) by number; stops where there is none."""
    try:
        token = st.query_params.get("t")
        return _own(token, t) if token else _of_the_team(visit)
    except AmpError as error:
        shell.show_problem(error)
        if st.button(t("Take the audit"), type="primary"):
            sheet.begin_anew()
            st.switch_page(shell.page("audit"), query_params=language.follow())
        st.stop()


def _own(token: str, t: Words) -> Opened:
    records = state.records()
    draft = records.audits.draft(token)
    if draft.submitted_at is None:
        st.write(t("This audit is not submitted yet, so it has no result."))
        query = {"t": token} | language.follow()
        st.page_link(shell.page("audit"), label=t("Go on with it"), query_params=query, icon=":material/arrow_forward:")
        st.stop()
    before = records.audits.before(token)
    return _opened(draft, draft.submitted_at, draft.campaign, records.plans.of(token), _earlier(before), token)


def _of_the_team(visit: Visit) -> Opened:
    number = st.query_params.get("audit", "")
    if not number.isdecimal() or visit.role < Role.VIEWER:
        raise NotFound(
            "There is no result to show here.", "Open the private link of your audit, or take the audit first."
        )
    records = state.records()
    audit = records.audits.submission(int(number))
    campaign = records.campaigns.get(audit.campaign_id) if audit.campaign_id is not None else None
    before = records.audits.before_of(audit.id)
    return _opened(audit, audit.submitted_at, campaign, records.plans.of_number(audit.id), _earlier(before), None)


def _opened(
    audit: AuditDraft | SubmittedAudit,
    submitted_at: datetime,
    campaign: Campaign | None,
    plan: Iterable[PlanStep],
    before: Earlier | None,
    token: str | None,
) -> Opened:
    instrument = state.given_under(audit.instrument_id, audit.instrument_version)
    return Opened(
        id=audit.id,
        instrument=instrument,
        answers=audit.answers,
        result=score(instrument, audit.answers),
        company=audit.company,
        industry=audit.industry_other or audit.industry,
        taker=audit.taker,
        given_at=None if audit.anonymous else submitted_at,
        anonymous=audit.anonymous,
        sample=audit.sample,
        campaign=campaign,
        plan=in_order(step(one) for one in plan),
        before=before,
        token=token,
    )


def step(kept: PlanStep) -> Step:
    """A step of a plan as the records keep it."""
    effort, impact = (Amount(one) if one else None for one in (kept.effort, kept.impact))
    return Step(kept.statement_id, effort, impact, kept.owner, kept.due)


def _earlier(before: AuditDraft | None) -> Earlier | None:
    """The audit before this one, where it can be set beside it: scored under its own version."""
    if before is None or before.submitted_at is None:
        return None
    instrument = state.given_under(before.instrument_id, before.instrument_version)
    plan = in_order(step(one) for one in state.records().plans.of_number(before.id))
    day = None if before.anonymous else before.submitted_at.date()
    return Earlier(score(instrument, before.answers), day, plan)


def is_ours(given: Opened) -> bool:
    """Whether an editor said that this audit speaks of our own company."""
    return (given.campaign is not None and given.campaign.ours) or given.id in state.records().about.own_audits()
