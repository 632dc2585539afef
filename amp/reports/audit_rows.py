"""The tables of the take-away: statements by strength, advice, the plan, and what changed since an earlier audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from amp.audit.advice import Advice, Level
from amp.audit.plan import Step, in_order
from amp.audit.scoring import CategoryScore, RatedStatement
from amp.languages import Words
from amp.reports.audit_figures import Content, amount_word, effort_and_impact
from amp.reports.printable import printed
from amp.reports.takeaway import Earlier, Takeaway

WEAKEST: Final = 6
STRONGEST: Final = 4
_TEXT: Final = 500
_ID: Final = 16


def statements(given: Takeaway, t: Words) -> Content:
    """All statements, strongest first, under strengths, in between, gaps and not rated."""
    earlier = {one.id: one.value for one in given.before.result.statements} if given.before else {}
    titles = {
        Level.HIGH: t("Strengths"), Level.MIDDLE: t("In between"), Level.LOW: t("Gaps"), None: t("Not rated"),
    }  # fmt: skip
    groups = [
        {"title": title, "words": _labels(given, level, t), "rows": [_rated(one, earlier, t) for one in found]}
        for level, title in titles.items()
        if (found := [one for one in given.result.statements if _level(given, one.value) == level])
    ]
    return {
        "title": t("All statements, strongest first"),
        "question": printed(t.of(given.instrument.question), _TEXT),
        "headings": [t("No."), t("Statement"), t("Rating")],
        "scale": [point.value for point in given.instrument.scale],
        "before": t("The hollow dot is the answer given before.")
        if any(value is not None for value in earlier.values())
        else "",
        "groups": groups,
    }


def advice(given: Takeaway, t: Words) -> Content:
    """Why, first step and top of the scale for the weakest statements; for the strongest, what keeps them."""
    highest = given.instrument.scale[-1].value
    weak = [one for one in given.advice if (one.statement.value or 0) < highest][:WEAKEST]
    strongest = sorted(given.advice, key=lambda one: -(one.statement.value or 0))
    strong = [one for one in strongest if one.level is Level.HIGH and one not in weak][:STRONGEST]
    return {
        "title": t("Where to begin: advice for the weakest statements"),
        "labels": [t("Why it matters"), t("First step"), t("What a {highest} looks like", highest=highest)],
        "weak": [_advised(one, t) for one in weak],
        "strong_title": t("What to keep doing"),
        "strong": [_advised(one, t) for one in strong],
    }


def plan(given: Takeaway, t: Words) -> Content:
    """The chosen steps, most impact for the least effort first."""
    return {
        "title": t("Your plan"),
        "headings": [t("Effort"), t("Impact"), t("Owner"), t("Due")],
        "rows": [_step(given, step, t) for step in in_order(given.plan)],
        "grid": effort_and_impact(given.plan, t),
    }


def changes(given: Takeaway, t: Words) -> Content | None:
    """Then and now by category, and for the statements chosen then; nothing where no audit went before."""
    before = given.before
    if before is None:
        return None
    then = {one.id: one for one in before.result.categories}
    pairs = [(then[one.id], one) for one in given.result.categories if one.id in then]
    day = before.given_on
    return {
        "title": t("What changed since {date}", date=t.date(day)) if day else t("What changed since the audit before"),
        "headings": [t("Category"), t("Then"), t("Now"), t("Change"), t("Band")],
        "high": given.result.categories[0].high,
        "rows": [_changed(old, new, t) for old, new in pairs],
        "chosen_title": t("The statements chosen then"),
        "chosen": [_chosen(*pair, t) for pair in _then_and_now(given, before)],
    }


def value_and_word(one: RatedStatement, t: Words) -> str:
    """“2 Occasionally”, or that it is not rated."""
    return t("Not sure") if one.value is None else f"{one.value} {printed(t.of(one.label), 40)}"


def signed(change: int | None, t: Words) -> str:
    """“+4”, “−2”, “no change”; “not known” where one of the two is missing."""
    if change is None:
        return t("not known")
    return f"{'+' if change > 0 else '−'}{t.number(abs(change))}" if change else t("no change")


def _level(given: Takeaway, value: int | None) -> Level | None:
    low, high = given.instrument.scale[0].value, given.instrument.scale[-1].value
    return None if value is None else Level.of(value, low=low, high=high)


def _labels(given: Takeaway, level: Level | None, t: Words) -> str:
    if level is None:
        return ""
    points = [f"{p.value} {t.of(p.label)}" for p in reversed(given.instrument.scale) if _level(given, p.value) == level]
    return printed(", ".join(points), 200)


def _rated(one: RatedStatement, earlier: dict[str, int | None], t: Words) -> Content:
    return {
        "id": printed(one.id, _ID, unbroken=6),
        "text": printed(t.of(one.text), _TEXT, unbroken=36),
        "value": one.value,
        "before": earlier.get(one.id),
        "word": value_and_word(one, t),
    }


def _advised(one: Advice, t: Words) -> Content:
    texts = {"why": one.why, "step": one.step, "five": one.five}
    return _rated(one.statement, {}, t) | {name: printed(t.of(text), _TEXT) for name, text in texts.items()}


def _step(given: Takeaway, step: Step, t: Words) -> Content:
    texts = {one.id: one.text for one in given.instrument.statements}
    return {
        "id": printed(step.statement_id, _ID, unbroken=6),
        "text": printed(t.of(texts.get(step.statement_id, "")), _TEXT, unbroken=24),
        "effort": amount_word(step.effort, t),
        "impact": amount_word(step.impact, t),
        "owner": printed(step.owner, 80, unbroken=12) or t("not named yet"),
        "due": t.date(step.due) if step.due else t("no date yet"),
    }


def _changed(then: CategoryScore, now: CategoryScore, t: Words) -> Content:
    known = then.total is not None and now.total is not None
    bands = [printed(t.of(one.band.label), 40) if one.band else t("not rated in full") for one in (then, now)]
    return {
        "title": printed(t.of(now.title), 120, unbroken=36),
        "then": then.total,
        "now": now.total,
        "change": signed(now.points - then.points if known else None, t),
        "band": bands[1] if bands[0] == bands[1] else f"{bands[0]} → {bands[1]}",
    }


def _then_and_now(given: Takeaway, before: Earlier) -> Iterator[tuple[RatedStatement, RatedStatement]]:
    then, now = ({one.id: one for one in result.statements} for result in (before.result, given.result))
    for step in in_order(before.plan):
        if step.statement_id in then and step.statement_id in now:
            yield then[step.statement_id], now[step.statement_id]


def _chosen(then: RatedStatement, now: RatedStatement, t: Words) -> Content:
    known = then.value is not None and now.value is not None
    return _rated(now, {}, t) | {
        "change": f"{value_and_word(then, t)} → {value_and_word(now, t)}",
        "by": signed((now.value or 0) - (then.value or 0) if known else None, t),
    }
