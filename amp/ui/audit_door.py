"""Where a taker comes in: which audit the link stands for, what is asked, who will see it, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from amp.audit.instrument import Instrument
from amp.errors import Conflict
from amp.languages import Words
from amp.records.audits import AuditDraft
from amp.records.campaign_values import Campaign, Phase
from amp.ui import sheet, shell, state
from amp.ui.words import plain

_MINUTES_A_STATEMENT: Final = 0.25
_UNSURE: Final = "audit-may-be-unsure"


@dataclass(frozen=True)
class Entry:
    """What this visit is about: the instrument, and the campaign where there is one."""

    instrument: Instrument
    campaign: Campaign | None
    anonymous: bool


def entry(draft: AuditDraft | None) -> Entry:
    """The audit that the link stands for; raises NotFound where it leads nowhere."""
    if draft is not None:
        given = state.given_under(draft.instrument_id, draft.instrument_version)
        found = Entry(given, draft.campaign, draft.anonymous)
    else:
        campaign = sheet.invited()
        if campaign is None:
            found = Entry(state.instrument(st.query_params.get("i", "")), None, anonymous=False)
        else:
            given = state.given_under(campaign.instrument_id, campaign.instrument_version)
            found = Entry(given, campaign, campaign.anonymous)
    st.session_state[_UNSURE] = found.campaign is not None and found.campaign.not_sure
    return found


def may_be_unsure() -> bool:
    """Whether “not sure” is an answer that this visit may give."""
    return bool(st.session_state.get(_UNSURE))


def admit(entry: Entry, t: Words) -> None:
    """Whose audit it is; stops, with a sentence, where the campaign takes no answers now."""
    campaign = entry.campaign
    if campaign is not None:
        st.header(plain(campaign.title))
        st.text(t("For {company}", company=campaign.company))
        _must_be_open(campaign, t)


def welcome(entry: Entry, t: Words) -> None:
    """What the taker reads before the first answer."""
    campaign, instrument = entry.campaign, entry.instrument
    if campaign is not None and campaign.intro:
        st.text(campaign.intro)
    count = len(instrument.statements)
    said = t(
        "{count} statements in {steps} steps, about {minutes} minutes. "
        "No sign-in, and every answer is saved as you tap it.",
        count=count,
        steps=len(instrument.categories),
        minutes=round(count * _MINUTES_A_STATEMENT),
    )
    st.write(f"{plain(t.of(instrument.question))} {said}")
    with st.container(border=True, key="amp-small-who-sees"):
        st.text(who_sees(entry, t))


def who_sees(entry: Entry, t: Words) -> str:
    """Who will see the answers, told before the first of them is given."""
    if entry.campaign is None:
        if entry.anonymous:
            return t("This audit repeats an anonymous one: only you see your answers and your result.")
        return t("You see your result, and so does the team that runs this page.")
    if not entry.anonymous:
        return t("This audit is named: your name stands beside your answers, and the team that runs it sees both.")
    return t(
        "This audit is anonymous: no name, address or time is kept with your answers. Only you see your own result. "
        "The team sees all answers together, once the campaign is closed and at least {least} people have answered.",
        least=entry.campaign.least,
    )


def personal_link(t: Words) -> None:
    """The private way back to the audit of this tab, to copy to another device."""
    with st.expander(t("Stop here, or go on with another device"), icon=":material/devices:"):
        st.write(t("You can stop at any time. This private link brings you back; whoever has it sees your answers."))
        st.code(link("audit", sheet.token() or ""), language=None, wrap_lines=True)


def link(page: str, token: str) -> str:
    """The private link to an audit (or its result), as a whole address."""
    return f"{shell.base_address()}/{page}?t={token}"


def _must_be_open(campaign: Campaign, t: Words) -> None:
    now = datetime.now(UTC)
    phase = campaign.phase(now)
    if phase is Phase.PLANNED:
        st.info(t("This audit opens on {day}. Come back then.", day=t.date(campaign.opens_at)))
        st.stop()
    if phase is Phase.CLOSED:
        day = t.date(campaign.last_day) if campaign.last_day else ""
        st.info(t("This audit closed on {day} and takes no more answers. Ask who sent you the link.", day=day))
        st.stop()
    if campaign.last_day is not None:
        st.caption(t("Open until {day}", day=t.date(campaign.last_day)))
    if sheet.token() is None and state.records().campaigns.is_taken(campaign):
        raise Conflict(
            "This campaign is for one taker, and the audit is submitted.", "Open your private link to see its result."
        )
