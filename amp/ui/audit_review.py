"""The review before submitting: every answer on one screen, what is missing, and who answers."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from amp.audit.instrument import OTHER, Category, Instrument, Statement
from amp.audit.scoring import Answers, missing
from amp.languages import Words
from amp.records.audits import LONGEST_NAME, AuditDraft
from amp.ui import sheet
from amp.ui.words import plain

Go = Callable[..., None]


def review(instrument: Instrument, draft: AuditDraft | None, t: Words, *, go: Go) -> bool:
    """Draw the review; whether the taker pressed “Submit” with nothing missing."""
    answers: Answers = draft.answers if draft else {}
    st.header(t("Review and submit"))
    lacking = missing(instrument, answers)
    _state_of_things(instrument, lacking, t, go)
    _given(instrument, answers, t, go)
    _details(instrument, draft, t)
    todo = _todo(draft, lacking, t)
    if todo:
        st.write(t("Before you can submit: {things}.", things=", ".join(todo)))
    with st.container(horizontal=True):
        st.button(t("Back"), on_click=go, args=(len(instrument.categories) - 1,), key="audit-back")
        sent = st.button(t("Submit"), type="primary", disabled=bool(todo), key="audit-submit")
    return sent and not todo


def _state_of_things(instrument: Instrument, lacking: tuple[Statement, ...], t: Words, go: Go) -> None:
    count = len(instrument.statements)
    if not lacking:
        st.write(
            t("All {count} statements are answered and saved. After submitting they can no longer be changed.",
              count=count)
        )  # fmt: skip
        return
    st.write(t("{lacking} of {count} statements are not answered yet. Tap one to answer it.",
               lacking=len(lacking), count=count))  # fmt: skip
    for statement in lacking:
        label = f"{statement.id} {plain(t.of(statement.text))}"
        key = f"audit-go-{statement.id}"
        st.button(label, on_click=go, args=_place(instrument, statement), key=key, type="tertiary")


def _place(instrument: Instrument, statement: Statement) -> tuple[int, str]:
    step = next(n for n, one in enumerate(instrument.categories) if statement in one.statements)
    return step, f".st-key-{sheet.RATING}{statement.id.replace('.', '-')}"


def _given(instrument: Instrument, answers: Answers, t: Words, go: Go) -> None:
    """What was answered, a category at a time; a tap leads back to a statement."""
    for category in instrument.categories:
        given = [one for one in category.statements if one.id in answers]
        if given:
            with st.expander(plain(_heading(category, answers, t))):
                for statement in given:
                    _answer(instrument, statement, answers[statement.id], t, go)


def _heading(category: Category, answers: Answers, t: Words) -> str:
    given = sum(one.id in answers for one in category.statements)
    return t("{category}: {given} of {all} answered", category=t.of(category.title), given=given,
             all=len(category.statements))  # fmt: skip


def _answer(instrument: Instrument, statement: Statement, value: int | None, t: Words, go: Go) -> None:
    said = t("Not sure") if value is None else f"{value} {t.of(instrument.labels[value])}"
    label = f"**{plain(said)}** · {statement.id} {plain(t.of(statement.text))}"
    key = f"audit-change-{statement.id}"
    st.button(label, on_click=go, args=_place(instrument, statement), key=key, type="tertiary")


def _details(instrument: Instrument, draft: AuditDraft | None, t: Words) -> None:
    keys = sheet.DETAILS
    known: dict[str, str] = {name: getattr(draft, name) if draft else "" for name in keys}
    if draft is not None and draft.campaign is not None:
        known |= {"company": "", "industry": "", "industry_other": ""}
    sheet.agree({name: value for name, value in known.items() if keys[name] not in st.session_state})
    if draft is not None and draft.campaign is not None:
        if not draft.anonymous:
            st.text_input(t("Your name"), value=known["taker"], max_chars=LONGEST_NAME, key=keys["taker"])
        return
    _industry(instrument, known, t)
    company = known["company"]
    st.text_input(
        t("Your company (optional)"),
        value=company,
        max_chars=LONGEST_NAME,
        key=keys["company"],
        help=t("A company that is named counts among the peers that others compare with, never by its name."),
    )


def _industry(instrument: Instrument, known: dict[str, str], t: Words) -> None:
    segments, keys = instrument.industry.segments, sheet.DETAILS
    industry = st.selectbox(
        t("Your industry"),
        segments,
        index=segments.index(known["industry"]) if known["industry"] in segments else None,
        placeholder=t("Choose one"),
        format_func=t.of,
        key=keys["industry"],
    )
    if industry == OTHER:
        other = known["industry_other"]
        st.text_input(t("Which industry is it?"), value=other, max_chars=LONGEST_NAME, key=keys["industry_other"])


def _todo(draft: AuditDraft | None, lacking: tuple[Statement, ...], t: Words) -> list[str]:
    todo = [t("answer {count} more", count=len(lacking))] if lacking else []
    if draft is not None and draft.campaign is not None:
        named = draft.anonymous or (st.session_state.get(sheet.DETAILS["taker"]) or "").strip()
        return todo if named else [*todo, t("give your name")]
    industry = st.session_state.get(sheet.DETAILS["industry"])
    if not industry:
        return [*todo, t("choose your industry")]
    other = (st.session_state.get(sheet.DETAILS["industry_other"]) or "").strip()
    return [*todo, t("say which industry it is")] if industry == OTHER and not other else todo
