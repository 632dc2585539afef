"""The satisfaction page's parts: what to look at, the same score weighed three ways, groups, attributes, accounts."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from amp.analysis.accounts import AccountScore, trouble_rule
from amp.analysis.cells import Weighed, Weighing
from amp.analysis.filters import Filters
from amp.analysis.questions import figures, questions, subjects
from amp.analysis.satisfaction import SatisfactionView
from amp.analysis.scores import Change, GroupRow
from amp.analysis.words import heard_from, hidden, interval, money, number, percent, percent_interval, signed
from amp.charts import satisfaction as charts
from amp.stats.estimate import Estimate
from amp.ui import cache, components

SUBJECT_WORDS: Final = {"company": "Company", "product": "Products", "service": "Services", "other": "Other"}
BY_WORDS: Final = {"tier": "Tier", "role": "Role", "industry": "Industry", "region": "Region", "product": "Product"}
FIGURE_WORDS: Final[dict[charts.Figure, str]] = {"nps": "Recommend score", "mean": "Mean", "top_two": "Top two box"}
WEIGHING_WORDS: Final[dict[Weighing, str]] = {
    "respondent": "per respondent",
    "account": "per account",
    "revenue": "by revenue",
}
_RELIABILITY: Final = {"solid": "", "directional": "directional", "review": "few accounts", "none": "no interval"}


def how(view: SatisfactionView) -> tuple[str, ...]:
    """How the page's figures are made."""
    return (
        "The recommend score is the share of 9 and 10 less the share of 0 to 6. Intervals are 95 % and clustered by "
        "account, because people of one account resemble each other; where no account is known they are those of "
        "independent answers.",
        view.judged,
        trouble_rule(view.min_group),
    )


def choose() -> tuple[str, tuple[str, ...], charts.Figure]:
    """What the page is about: a subject that was asked about, the groups to compare, and a figure that it has."""
    asked = questions(cache.workspace().engine)
    about = subjects(asked) or ("company",)
    with st.container(horizontal=True):
        subject = st.segmented_control(
            "Satisfaction with", about, default=about[0], format_func=SUBJECT_WORDS.__getitem__,
            required=True, key="subject", bind="query-params",
        )  # fmt: skip
        by = st.multiselect(
            "Compare by", list(BY_WORDS), default=["tier"], format_func=BY_WORDS.__getitem__, max_selections=2,
            key="by", bind="query-params",
        )  # fmt: skip
        return subject, tuple(by) or ("tier",), _figure(figures(asked, subject))


def _figure(choices: tuple[charts.Figure, ...]) -> charts.Figure:
    if len(choices) < 2:
        return choices[0] if choices else "nps"
    # A control of its own where there is no recommend score: it would not know the choice made in the other.
    chosen: charts.Figure = st.segmented_control(
        "Figure", choices, default=choices[0], format_func=FIGURE_WORDS.__getitem__, required=True,
        key="figure" if choices[0] == "nps" else "rating-figure", bind="query-params",
    )  # fmt: skip
    return chosen


def weighings(view: SatisfactionView) -> None:
    """The recommend score weighed three ways, side by side, each with its interval, and why they differ."""
    asked = view.total.nps if view.recommend else view.total.mean
    digits = 0 if view.recommend else 2
    for column, (key, words) in zip(st.columns(3), WEIGHING_WORDS.items(), strict=True):
        found: Estimate = getattr(asked, key)
        with column.container(border=True, key=f"amp-tile-{key}"):
            st.text(f"{'Recommend score' if view.recommend else 'Satisfaction'} {words}")
            with st.container(key=f"amp-figure-{key}"):
                st.text("–" if found.value is None else (signed if view.recommend else number)(found.value, digits))
            st.text(f"95 % interval {interval(found.low, found.high, digits)} · n = {found.n:,}")
    if view.why_weighings_differ:
        st.text(view.why_weighings_differ)


def groups(view: SatisfactionView, shown: charts.Figure, filters: Filters) -> None:
    """Each group as a dot with its interval, and the table behind it."""
    components.figure(
        charts.group_dots(view, shown),
        alt=charts.group_dots_in_words(view, shown),
        table=group_table((view.total, *view.groups), shown),
        key="groups",
        filters=filters.on_show(view.period.wave),
    )
    if any(row.hidden for row in view.groups):
        st.caption(hidden(view.min_group) + " More groups are hidden where they would give such a group away.")


def group_table(rows: tuple[GroupRow, ...], shown: charts.Figure) -> pd.DataFrame:
    """A row a group: the figure weighed three ways and its change, each with its interval and what it rests on."""
    return pd.DataFrame([_group(row, shown) for row in rows])


def _group(row: GroupRow, shown: charts.Figure) -> dict[str, object]:
    if row.hidden:
        return {"Group": row.label, "People": "too few"}
    found: Weighed = getattr(row, shown)
    one = found.respondent
    said: dict[str, object] = {"Group": row.label, "People": f"{row.people:,}"}
    for title, estimate in (
        (FIGURE_WORDS[shown], one), ("Per account", found.account), ("By revenue", found.revenue),
    ):  # fmt: skip
        said |= {title: _value(estimate, shown), f"{title}, 95 % interval": _span(estimate, shown)}
    said |= {"Answers": f"{one.n:,}", "From": heard_from(one.accounts, one.alone)}
    if shown != "top_two":
        change = row.nps_change if shown == "nps" else row.mean_change
        said |= {"Change": _change(change, shown), "Change, 95 % interval": _span(change.estimate, shown)}
    return said | {"Reliability": _RELIABILITY[one.reliability]}


def _value(found: Estimate, shown: charts.Figure) -> str:
    if found.value is None:
        return "–"
    if shown == "top_two":
        return percent(found.value)
    return signed(found.value) if shown == "nps" else number(found.value, 2)


def _span(found: Estimate, shown: charts.Figure) -> str:
    if found.value is None:
        return ""
    if shown == "top_two":
        return percent_interval(found.low, found.high)
    return interval(found.low, found.high, 0 if shown == "nps" else 2)


def _change(change: Change, shown: charts.Figure) -> str:
    value = change.estimate.value
    return "" if value is None else f"{signed(value, 0 if shown == 'nps' else 2)} ({change.word})"


def over_time(view: SatisfactionView, shown: charts.Figure, filters: Filters) -> None:
    """The waves as dots with intervals."""
    if len(view.trend) > 1:
        st.header("Over the waves")
        components.figure(
            charts.trend(view, shown), alt=charts.trend_in_words(view, shown), table=group_table(view.trend, shown),
            key="trend", filters=filters,
        )  # fmt: skip


def distribution(view: SatisfactionView, filters: Filters) -> None:
    """The answers behind the score."""
    scores = view.recommend_scores if view.recommend else view.rating_scores
    if not scores:
        return
    st.header("The answers behind it")
    components.figure(
        charts.score_bars(scores, recommend=view.recommend is not None),
        alt=charts.score_bars_in_words(scores),
        table=pd.DataFrame(scores, columns=["Answer", "Number of answers"]),
        key="distribution",
        filters=filters.on_show(view.period.wave),
    )


def attributes(view: SatisfactionView, filters: Filters) -> None:
    """Every rating of the subject, best first."""
    if len(view.attributes) > 1:
        st.header("What they rate")
        components.figure(
            charts.attribute_dots(view), alt=charts.attribute_dots_in_words(view),
            table=group_table(view.attributes, "mean"), key="attributes", filters=filters.on_show(view.period.wave),
        )  # fmt: skip


def league(accounts: tuple[AccountScore, ...], filters: Filters, wave: str | None) -> None:
    """Every account that answered, largest revenue first; a chosen row opens it."""
    if not accounts:
        return
    st.header("Accounts")
    frame = pd.DataFrame([_account(account) for account in accounts])
    picked = components.data_table(frame, key="league", filters=filters.on_show(wave), on_select="rerun")
    chosen = components.picked(picked, accounts)
    if chosen is not None and chosen.account_id:
        components.link("account", f"Open {chosen.name}", query={"account": chosen.account_id})


def _account(account: AccountScore) -> dict[str, object]:
    mean, change = account.mean, account.change
    return {
        "Account": account.name,
        "Tier": account.tier_label,
        "Revenue": money(account.revenue, account.currency),
        "People": account.people,
        "Mean recommendation (0 to 10)": "too few" if mean.value is None else number(mean.value, 1),
        "95 % interval": "" if mean.value is None else interval(mean.low, mean.high, 1),
        "Change": "" if change.value is None else signed(change.value, 1),
        "Change, 95 % interval": "" if change.value is None else interval(change.low, change.high, 1),
        "Standing": account.level,
    }
