"""The take-away as a workbook: the result, every statement with its advice, the plan, and how it was calculated."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from amp.audit.plan import in_order
from amp.audit.scoring import Score
from amp.languages import Words
from amp.reports.audit_figures import amount_word
from amp.reports.calculation import calculation, compared, industry_of
from amp.reports.printable import cut, visible
from amp.reports.takeaway import Takeaway
from amp.reports.workbook import workbook

_NAME: Final = 200
_HEADLINE: Final = 500


def audit_xlsx(given: Takeaway, t: Words) -> bytes:
    """`given` as XLSX; what is not rated has no number, and what a visitor wrote is text that nothing executes."""
    summary = t("Summary")
    sheets = {
        summary: _summary(given, t),
        t("Statements"): _statements(given, t),
        t("Plan"): _plan(given, t),
        t("How it was calculated"): pd.DataFrame(calculation(given, t), columns=[t("About"), t("Rule")]),
    }
    title = visible(t.of(given.instrument.title))
    return workbook(sheets, notes=(), above={summary: _above(given, t)}, title=title)


def _above(given: Takeaway, t: Words) -> list[str]:
    """The sentence, whose result it is, and of which instrument and day."""
    whose = [given.company, given.taker, t.of(given.industry)]
    day = t.date(given.given_on) if given.given_on else ""
    title = t("{title}, version {version}", title=t.of(given.instrument.title), version=given.result.version)
    lines = [given.headline, *whose, " · ".join(part for part in (title, day) if part)]
    return [cut(visible(line), _HEADLINE if line is given.headline else _NAME) for line in lines if line.strip()]


def _summary(given: Takeaway, t: Words) -> pd.DataFrame:
    """Overall and categories with points, band, before and the peers' median."""
    before, group = given.before.result if given.before else None, compared(given)
    earlier: dict[str, Score] = {one.id: one for one in before.categories} if before else {}
    medians = dict(enumerate(group.categories)) if group else {}
    then, median = before.overall if before else None, group.total if group else None
    rows = [_score(t("Overall"), given.result.overall, then, median, t)]
    for place, one in enumerate(given.result.categories):
        rows.append(_score(t.of(one.title), one, earlier.get(one.id), medians.get(place), t))
    frame = pd.DataFrame(rows, dtype=object)
    if before is None:
        frame = frame.drop(columns=[t("Before"), t("Change")])
    if group is None:
        return frame.drop(columns=t("Peers' median"))
    peers = t("Peers' median ({industry}, {count} companies)", count=group.companies,
              industry=industry_of(group, t) or t("all industries"))  # fmt: skip
    return frame.rename(columns={t("Peers' median"): peers})


def _score(name: str, one: Score, before: Score | None, median: float | None, t: Words) -> dict[str, Any]:
    least, most = one.bounds
    then = before.total if before else None
    return {
        t("Part"): name,
        t("Points"): one.total,
        t("At least"): least,
        t("At most"): most,
        t("Of"): one.high,
        t("Band"): t.of(one.band.label) if one.band else t("Not rated in full"),
        t("Points to the next band"): one.points_to_next if one.next_band else None,
        t("Next band"): t.of(one.next_band.label) if one.next_band else "",
        t("Not rated"): one.unsure,
        t("Before"): then,
        t("Change"): _difference(one.total, then),
        t("Peers' median"): median,
    }


def _statements(given: Takeaway, t: Words) -> pd.DataFrame:
    """Every statement as it was asked, with its rating and the advice for it."""
    before = {one.id: one.value for one in given.before.result.statements} if given.before else {}
    advice = {one.statement.id: one for one in given.advice}
    highest = given.instrument.scale[-1].value
    rows = []
    for category in given.instrument.categories:
        for one in category.statements:
            value, told = given.answers.get(one.id), advice.get(one.id)
            row = {
                t("No."): one.id,
                t("Category"): t.of(category.title),
                t("Statement"): t.of(one.text),
                t("Rating"): value,
                t("Means"): t("Not sure") if value is None else t.of(given.instrument.labels[value]),
            }
            if given.before:
                row |= {t("Before"): before.get(one.id), t("Change"): _difference(value, before.get(one.id))}
            row |= {
                t("Why it matters"): t.of(told.why) if told else "",
                t("First step"): t.of(told.step) if told else "",
                t("What a {highest} looks like", highest=highest): t.of(told.five) if told else "",
            }
            rows.append(row)
    return pd.DataFrame(rows, dtype=object)


def _plan(given: Takeaway, t: Words) -> pd.DataFrame:
    """The chosen steps, most impact for the least effort first; an open date or owner is an empty cell."""
    texts = {one.id: one.text for one in given.instrument.statements}
    rows = [
        (
            step.statement_id,
            t.of(texts.get(step.statement_id, "")),
            amount_word(step.effort, t),
            amount_word(step.impact, t),
            visible(step.owner),
            step.due,
        )
        for step in in_order(given.plan)
    ]
    columns = [t("No."), t("Statement"), t("Effort"), t("Impact"), t("Owner"), t("Due")]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _difference(now: int | None, then: int | None) -> int | None:
    return None if now is None or then is None else now - then
