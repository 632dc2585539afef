"""“Choose three”: which statements the taker works on, with effort, impact, owner and date; saved as they are given."""

from __future__ import annotations

from html import escape

import streamlit as st

from amp.audit.plan import MOST, Amount, Step, in_order
from amp.languages import Words
from amp.records.audits import LONGEST_NAME
from amp.records.plans import PlanStep
from amp.ui import state
from amp.ui.opened import Opened
from amp.ui.words import plain

_STATEMENTS = "steps-statements"
_STYLE = """<style>
.amp-grid { border-collapse: separate; border-spacing: 3px; margin-top: .5rem; }
.amp-grid td { min-width: 6.5rem; height: 2.6rem; text-align: center; border-radius: 4px; font-weight: 600;
  background: rgba(138, 148, 163, .15); }
.amp-grid th { font-weight: 500; font-size: .875rem; text-align: left; padding-right: .5rem; }
</style>"""


def choose(given: Opened, t: Words) -> None:
    """For the taker: pick and fill in. For the team, and where nothing is chosen: what there is, in words."""
    st.header(t("Choose three"))
    if given.token is None:
        _told(given.plan, given, t)
        return
    st.write(t("Pick at most three statements to work on. The plan is saved as you fill it in, and a retake shows it "
               "beside what changed."))  # fmt: skip
    picked = _pick(given, t)
    plan = [_fill(given, statement_id, t) for statement_id in picked]
    if set(plan) != set(given.plan):
        kept = [PlanStep(one.statement_id, one.effort, one.impact, one.owner, one.due) for one in plan]
        state.records().plans.keep(given.token, kept)
    if plan:
        st.caption(f":material/check: {t('The plan is saved.')}")
        _grid(in_order(plan), t)


def amount(one: Amount | None, t: Words) -> str:
    """“small”, “medium”, “large”."""
    words = {Amount.SMALL: t("small"), Amount.MEDIUM: t("medium"), Amount.LARGE: t("large")}
    return words[one] if one else t("open")


def _pick(given: Opened, t: Words) -> list[str]:
    weakest_first = list(reversed(given.result.statements))
    texts = {one.id: f"{one.id} {t.of(one.text)}" for one in weakest_first}
    return st.multiselect(
        t("Statements to work on"),
        list(texts),
        default=[one.statement_id for one in given.plan if one.statement_id in texts],
        format_func=texts.__getitem__,
        max_selections=MOST,
        placeholder=t("Choose up to three"),
        key=_STATEMENTS,
    )


def _fill(given: Opened, statement_id: str, t: Words) -> Step:
    known = next((one for one in given.plan if one.statement_id == statement_id), Step(statement_id))
    with st.container(border=True, key=f"steps-{statement_id}"):
        st.markdown(f"**{statement_id}** {plain(t.of(given.result.statement(statement_id).text))}")
        left, right = st.columns(2)
        with left:
            effort = _amount(t("Effort"), known.effort, f"steps-effort-{statement_id}", t)
        with right:
            impact = _amount(t("Impact"), known.impact, f"steps-impact-{statement_id}", t)
        with left:
            owner = _owner(given, known, t)
        with right:
            due = st.date_input(t("Until when"), value=known.due, format="YYYY-MM-DD", key=f"steps-due-{statement_id}")
    return Step(statement_id, effort, impact, " ".join(owner.split()), due)


def _owner(given: Opened, known: Step, t: Words) -> str:
    if given.anonymous:
        st.caption(t("An anonymous audit keeps no names, so the plan has no owner."))
        return ""
    key = f"steps-owner-{known.statement_id}"
    return st.text_input(t("Who takes it on"), value=known.owner, max_chars=LONGEST_NAME, key=key) or ""


def _amount(label: str, known: Amount | None, key: str, t: Words) -> Amount | None:
    return st.segmented_control(
        label, list(Amount), default=known, format_func=lambda one: amount(one, t), key=key, width="stretch"
    )


def _grid(plan: tuple[Step, ...], t: Words) -> None:
    """Effort across, impact upwards; ids of the instrument and words of ours only."""
    judged = [one for one in plan if one.effort and one.impact]
    if not judged:
        return
    rows = ""
    for impact in reversed(Amount):
        cells = "".join(
            f"<td>{escape(', '.join(s.statement_id for s in judged if (s.impact, s.effort) == (impact, effort)))}</td>"
            for effort in Amount
        )
        rows += f'<tr><th scope="row">{escape(t("Impact: {amount}", amount=amount(impact, t)))}</th>{cells}</tr>'
    heads = "".join(f'<th scope="col">{escape(t("Effort: {amount}", amount=amount(one, t)))}</th>' for one in Amount)
    head = f'<tr><th scope="col">{escape(t("Where they stand"))}</th>{heads}</tr>'
    st.html(f'{_STYLE}<div style="overflow-x:auto" tabindex="0"><table class="amp-grid">{head}{rows}</table></div>')
    st.write(plain(t("Begin with {id}: the most impact for the least effort.", id=plan[0].statement_id)))


def _told(plan: tuple[Step, ...], given: Opened, t: Words) -> None:
    if not plan:
        st.write(t("Nothing is chosen yet."))
    for one in plan:
        st.text(f"{one.statement_id} {t.of(given.result.statement(one.statement_id).text)}")
        due = t.date(one.due) if one.due else t("open")
        st.text(t("Effort {effort}, impact {impact}, owner {owner}, until {due}", effort=amount(one.effort, t),
                  impact=amount(one.impact, t), owner=one.owner or t("open"), due=due))  # fmt: skip
