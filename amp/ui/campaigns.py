"""The campaigns page's parts: making one, its link and QR code, its counts, reminders, closing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from typing import Any, Final

import segno
import streamlit as st

from amp.audit.instrument import OTHER
from amp.errors import AmpError
from amp.languages import LANGUAGES, words
from amp.records.access import Role
from amp.records.campaign_values import LEAST, LONGEST_TEXT, LONGEST_TITLE, MOST_EXPECTED, Campaign, NewCampaign, Phase
from amp.ui import access, components, shell, state
from amp.ui.access import Visit

_PHASES: Final = {Phase.PLANNED: "planned", Phase.OPEN: "open", Phase.CLOSED: "closed"}


def chosen(visit: Visit) -> Campaign | None:
    """The campaign that the address or the list names; without any, how to make the first."""
    found = state.records().campaigns.all()
    if not found:
        st.write("No campaign yet. A campaign is one link for the takers of one company, open for a while.")
        if visit.role < Role.EDITOR:
            st.caption("An editor can make one.")
        return None
    now = datetime.now(UTC)
    numbers = [one.id for one in found]
    labels = {one.id: f"{one.title}, {one.company} ({_PHASES[one.phase(now)]})" for one in found}
    asked = st.query_params.get("campaign", "")
    start = numbers.index(int(asked)) if asked.isdecimal() and int(asked) in numbers else 0
    picked = st.selectbox("Campaign", numbers, index=start, format_func=labels.__getitem__)
    st.query_params["campaign"] = str(picked)
    return found[numbers.index(picked)]


def new(visit: Visit) -> None:
    """The form that makes a campaign, for editors."""
    if visit.role < Role.EDITOR:
        return
    with st.expander("New campaign", icon=":material/add:"), st.form("campaign-new", border=False):
        made = _form()
        if st.form_submit_button("Make the campaign", type="primary"):
            try:
                kept = state.records().campaigns.create(made(), access.writer().role, datetime.now(UTC))
            except AmpError as error:
                shell.show_problem(error)
                return
            st.query_params["campaign"] = str(kept.id)
            st.rerun()


def sentence(one: Campaign) -> str:
    """What a person would say about the campaign now."""
    count, now = state.records().campaigns.progress(one.id), datetime.now(UTC)
    of = f" of {one.expected} expected" if one.expected else ""
    said = f"{count.submitted}{of} submitted, {count.begun - count.submitted} begun and not finished"
    last = words("en").date(one.last_day) if one.last_day else ""
    when = {
        Phase.PLANNED: f"Opens on {words('en').date(one.opens_at)}",
        Phase.OPEN: f"Open until {last}" if last else "Open",
        Phase.CLOSED: f"Closed on {last}",
    }[one.phase(now)]
    return f"{when}: {said}."


def invitation(one: Campaign) -> None:
    """The link, its QR code, and texts to copy into a message."""
    if one.phase(datetime.now(UTC)) is Phase.CLOSED:
        return
    link = f"{shell.base_address()}/audit?c={one.code}"
    left, right = st.columns([3, 1])
    with left:
        st.header("The link for its takers")
        st.code(link, language=None, wrap_lines=True)
        st.caption(_terms(one))
        with st.expander("Texts to send"):
            for title, text in (("Invitation", _invitation(one, link)), ("Reminder", _reminder(one, link))):
                st.markdown(f"**{title}**")
                st.code(text, language=None, wrap_lines=True)
    with right:
        qr(link, "QR code of the link")


def qr(link: str, alt: str) -> None:
    """A QR code that a phone reads from a screen or from paper, and to save."""
    code = segno.make(link, error="m")
    drawn = code.svg_data_uri(scale=6, border=4, light="#FFFFFF", dark="#000000")
    st.html(f'<img src="{drawn}" alt="{escape(alt)}" style="width: 220px; max-width: 100%">')
    st.download_button(
        "Save as SVG",
        data=lambda: code.svg_inline(scale=12, border=4, light="#FFFFFF").encode(),
        file_name="amp-audit-link.svg",
        mime="image/svg+xml",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def manage(one: Campaign, visit: Visit) -> None:
    """Change what may still change, close, delete; for editors, and asked again at the write."""
    if visit.role < Role.EDITOR:
        return
    store = state.records().campaigns
    with st.expander("Change, close or delete this campaign", icon=":material/settings:"):
        ours = st.checkbox("This is our own company", value=one.ours, key=f"campaign-ours-{one.id}")
        if ours != one.ours:
            store.reword(one.id, access.writer().role, ours=ours)
            st.rerun()
        if one.closed_at is None:
            _reword(one)
            st.write(
                "Closing is for good: the link takes no more answers, and an anonymous campaign opens its results."
            )
            # Done at the start of the next run: at its end, another click could have cut it off before.
            st.button("Close now", key=f"campaign-close-{one.id}", on_click=_close, args=(one.id,))
        st.write("Deleting removes the campaign with every answer given in it. Nobody can bring them back.")
        sure = st.checkbox("I want all of it gone", key=f"campaign-sure-{one.id}")
        if st.button("Delete the campaign", disabled=not sure, key=f"campaign-delete-{one.id}") and sure:
            store.delete(one.id, access.writer().role)
            st.query_params.pop("campaign", None)
            st.rerun()


def _close(number: int) -> None:
    state.records().campaigns.close(number, access.writer().role, datetime.now(UTC))


def _form() -> Callable[[], NewCampaign]:
    """The fields of a new campaign; returns what makes the value of them."""
    left, right = st.columns(2)
    with left:
        whose = _whose()
    with right:
        when = _when()
    anonymous = st.radio("Who answers", ["Anonymous", "Named"], horizontal=True) == "Anonymous"
    single = st.radio("How many takers", ["Many", "One (named)"], horizontal=True) != "Many"
    how: dict[str, Any] = {
        "anonymous": anonymous,
        "single": single,
        "not_sure": st.checkbox("Allow “not sure” as an answer; totals are then incomplete, never filled in"),
        "ours": st.checkbox("This is our own company: its result stands on the overview, beside our data"),
        "intro": st.text_area("What takers read first", max_chars=LONGEST_TEXT),
        "thanks": st.text_area("What they read after submitting", max_chars=LONGEST_TEXT),
    }
    return lambda: NewCampaign(**whose, **when, **how)


def _whose() -> dict[str, Any]:
    """Title, company, instrument and industry."""
    kept = [one for one in state.records().instruments.all() if one.published]
    title = st.text_input("Title", max_chars=LONGEST_TITLE, placeholder="Leadership team, spring")
    company = st.text_input("Company", max_chars=LONGEST_TITLE)
    which = st.selectbox("Instrument", kept, format_func=lambda one: f"{one.title}, version {one.version}")
    industry = st.selectbox("Industry", state.parsed(which).industry.segments, index=None, placeholder="Choose one")
    other = st.text_input("Which industry, if Other", max_chars=LONGEST_TITLE)
    return {
        "title": title,
        "company": company,
        "industry": industry or "",
        "industry_other": other if industry == OTHER else "",
        "instrument_id": which.instrument_id,
        "instrument_version": which.version,
    }


def _when() -> dict[str, Any]:
    """Opening and end, language, and how many are expected and shown."""
    opens = st.date_input("Opens on (UTC)", value="today", format="YYYY-MM-DD")
    closes = st.date_input("Closes at the end of (UTC)", value=None, format="YYYY-MM-DD")
    language = st.selectbox("Language of the texts", list(LANGUAGES), format_func=LANGUAGES.__getitem__)
    least = st.number_input("Smallest group shown, if anonymous", *LEAST, value=state.settings().min_group)
    expected = st.number_input("Takers expected (optional)", min_value=1, max_value=MOST_EXPECTED, value=None)
    return {
        "opens_at": _opening(opens),
        "closes_at": _end_of(closes),
        "language": language,
        "least": int(least),
        "expected": int(expected) if expected else None,
    }


def _reword(one: Campaign) -> None:
    with st.form(f"campaign-reword-{one.id}", border=False):
        title = st.text_input("Title", value=one.title, max_chars=LONGEST_TITLE)
        closes = st.date_input("Closes at the end of (UTC)", value=one.last_day, format="YYYY-MM-DD")
        expected = st.number_input("Takers expected", min_value=1, max_value=MOST_EXPECTED, value=one.expected)
        intro = st.text_area("What takers read first", value=one.intro, max_chars=LONGEST_TEXT)
        thanks = st.text_area("What they read after submitting", value=one.thanks, max_chars=LONGEST_TEXT)
        if st.form_submit_button("Save the changes"):
            number = int(expected) if expected else None
            changed = {"title": title, "closes_at": _end_of(closes), "intro": intro, "thanks": thanks}
            state.records().campaigns.reword(one.id, access.writer().role, **changed, expected=number)
            st.rerun()


def _opening(day: date) -> datetime:
    """The start of the day; today means now, so that the campaign is open at once."""
    now = datetime.now(UTC)
    return now if day == now.date() else datetime.combine(day, time(), UTC)


def _end_of(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day + timedelta(days=1), time(), UTC)


def _terms(one: Campaign) -> str:
    who = (
        f"Anonymous: results open once it is closed and at least {one.least} people have answered."
        if one.anonymous
        else "Named: each taker's name stands beside the answers."
    )
    many = "One taker." if one.single else "Many takers; whoever has the link can answer."
    return f"{who} {many}"


def _invitation(one: Campaign, link: str) -> str:
    t = words(one.language)
    until = t("It is open until {day}.", day=t.date(one.last_day)) if one.last_day else ""
    ask = t("Please take the audit “{title}” for {company}. It takes about six minutes on a phone.",
            title=one.title, company=one.company)  # fmt: skip
    kept = t("No name, address or time is kept with your answers.") if one.anonymous else ""
    return "\n".join(part for part in (ask, f"{until} {kept}".strip(), link) if part)


def _reminder(one: Campaign, link: str) -> str:
    t = words(one.language)
    count = state.records().campaigns.progress(one.id).submitted
    so_far = t.many("{count} person has answered so far.", "{count} people have answered so far.", count)
    until = t("It closes on {day}.", day=t.date(one.last_day)) if one.last_day else ""
    ask = t("If you have not taken the audit “{title}” yet, there is still time. If you have: thank you.",
            title=one.title)  # fmt: skip
    return "\n".join(part for part in (ask, f"{so_far} {until}".strip(), link) if part)


def heading(one: Campaign) -> None:
    """Title and company, as text."""
    with st.container(key="amp-theme-title-campaign"):
        st.text(one.title)
    st.text(f"{one.company} · {one.industry_other or one.industry}")
    components.headline(sentence(one))
