"""Then and now: what changed since the audit that this one repeats, and what became of what was chosen then."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from amp.audit.scoring import RatedStatement, Score
from amp.languages import Words
from amp.ui import audit_words, components
from amp.ui.opened import Opened
from amp.ui.words import plain


def then_and_now(given: Opened, t: Words) -> None:
    """What changed since the audit that this one repeats, and what became of what was chosen then."""
    if given.before is None:
        return
    st.header(t("Then and now"))
    st.write(plain(_change(given, given.before.result.overall, given.result.overall, t)))
    earlier = {one.id: one for one in given.before.result.categories}
    rows = [
        {
            t("Category"): t.of(one.title),
            t("Then"): earlier[one.id].total,
            t("Now"): one.total,
            t("Change"): _difference(earlier[one.id].total, one.total),
        }
        for one in given.result.categories
        if one.id in earlier
    ]
    if rows:
        components.data_table(pd.DataFrame(rows), key="audit-change", t=t)
    _chosen_then(given, t)


def _change(given: Opened, old: Score, new: Score, t: Words) -> str:
    day = given.before.given_on if given.before else None
    since = t("since {day}", day=t.date(day)) if day else t("since the audit before")
    if old.total is None or new.total is None:
        return t("One of the two audits is incomplete, so their totals are not compared.")
    difference = new.total - old.total
    if not difference:
        return t("The total is the same {since}: {total} points.", since=since, total=new.total)
    values = {"points": audit_words.points(abs(difference), t), "since": since, "old": old.total, "new": new.total}
    if difference > 0:
        return t("Up by {points} {since}, from {old} to {new}.", **values)
    return t("Down by {points} {since}, from {old} to {new}.", **values)


def _chosen_then(given: Opened, t: Words) -> None:
    before = given.before
    if before is None or not before.plan:
        return
    st.subheader(t("What was chosen then"))
    now = {one.id: one for one in given.result.statements}
    then = {one.id: one for one in before.result.statements}
    for step in before.plan:
        if step.statement_id in now and step.statement_id in then:
            one = now[step.statement_id]
            said = t("{id}: {then} then, {now} now", id=one.id, then=_rated(then[one.id], t), now=_rated(one, t))
            st.markdown(f"**{plain(said)}** · {plain(t.of(one.text))}")


def _rated(one: RatedStatement, t: Words) -> str:
    return t("Not sure") if one.value is None else str(one.value)


def _difference(old: int | None, new: int | None) -> int | None:
    return None if old is None or new is None else new - old
