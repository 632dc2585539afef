"""The satisfaction page's parts: what to look at, the same score weighed three ways, groups, attributes, accounts."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from amp.analysis.accounts import AccountScore, trouble_rule
from amp.analysis.cells import Weighing
from amp.analysis.filters import Filters
from amp.analysis.satisfaction import SatisfactionView
from amp.analysis.scores import GroupRow
from amp.analysis.words import hidden, interval, money, number, percent, signed
from amp.charts import satisfaction as charts
from amp.stats.estimate import Estimate
from amp.ui import components

SUBJECT_WORDS: Final = {"company": "Company", "product": "Products", "service": "Services"}
BY_WORDS: Final = {"tier": "Tier", "role": "Role", "industry": "Industry", "region": "Region", "product": "Product"}
FIGURE_WORDS: Final[dict[charts.Figure, str]] = {"nps": "Recommend score", "mean": "Mean", "top_two": "Top two box"}
WEIGHING_WORDS: Final[dict[Weighing, str]] = {
    "respondent": "per respondent",
    "account": "per account",
    "revenue": "by revenue",
}
HOW: Final = (
    "The recommend score is the share of 9 and 10 less the share of 0 to 6. Intervals are 95 % and clustered by "
    "account, because people of one account resemble each other.",
    "A change is called more than noise only if it stays below 5 % after adjusting for all changes on this page.",
    trouble_rule(),
)
_RELIABILITY: Final = {"solid": "", "directional": "directional", "review": "few accounts", "none": "no interval"}


def choose() -> tuple[str, tuple[str, ...], charts.Figure]:
    """What the page is about: a subject, the groups to compare, and the figure."""
    with st.container(horizontal=True):
        subject = st.segmented_control(
            "Satisfaction with", list(SUBJECT_WORDS), default="company", format_func=SUBJECT_WORDS.__getitem__,
            required=True, key="subject", bind="query-params",
        )  # fmt: skip
        by = st.multiselect(
            "Compare by", list(BY_WORDS), default=["tier"], format_func=BY_WORDS.__getitem__, max_selections=2,
            key="by", bind="query-params",
        )  # fmt: skip
        shown = st.segmented_control(
            "Figure", list(FIGURE_WORDS), default="nps", format_func=FIGURE_WORDS.__getitem__, required=True,
            key="figure", bind="query-params",
        )  # fmt: skip
    return subject, tuple(by) or ("tier",), shown


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
        table=group_table((view.total, *view.groups)),
        key="groups",
        filters=filters,
    )
    if any(row.hidden for row in view.groups):
        st.caption(hidden(view.min_group) + " A second group is hidden where it would give the first away.")


def group_table(rows: tuple[GroupRow, ...]) -> pd.DataFrame:
    """A row a group: the three figures with n, intervals and changes, in words."""
    return pd.DataFrame([_group(row) for row in rows])


def _group(row: GroupRow) -> dict[str, object]:
    if row.hidden:
        return {"Group": row.label, "People": "too few"}
    nps, mean, top = row.nps.respondent, row.mean.respondent, row.top_two.respondent
    return {
        "Group": row.label,
        "People": f"{row.people:,}",
        "Recommend score": "–" if nps.value is None else signed(nps.value),
        "Interval": "" if nps.value is None else interval(nps.low, nps.high),
        "Per account": "–" if row.nps.account.value is None else signed(row.nps.account.value),
        "By revenue": "–" if row.nps.revenue.value is None else signed(row.nps.revenue.value),
        "Change": _change(row.nps_change.estimate, row.nps_change.word, 0),
        "Mean": "–" if mean.value is None else number(mean.value, 2),
        "Mean interval": "" if mean.value is None else interval(mean.low, mean.high, 2),
        "Change of mean": _change(row.mean_change.estimate, row.mean_change.word, 2),
        "Top two box": "–" if top.value is None else percent(top.value),
        "Reliability": _RELIABILITY[(nps if nps.value is not None else mean).reliability],
    }


def _change(estimate: Estimate, word: str, digits: int) -> str:
    return "" if estimate.value is None else f"{signed(estimate.value, digits)} ({word})"


def over_time(view: SatisfactionView, shown: charts.Figure, filters: Filters) -> None:
    """The waves as dots with intervals."""
    if len(view.trend) > 1:
        st.header("Over the waves")
        components.figure(
            charts.trend(view, shown), alt=charts.trend_in_words(view, shown), table=group_table(view.trend),
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
        table=pd.DataFrame(scores, columns=["Answer", "People"]),
        key="distribution",
        filters=filters,
    )


def attributes(view: SatisfactionView, filters: Filters) -> None:
    """Every rating of the subject, best first."""
    if len(view.attributes) > 1:
        st.header("What they rate")
        components.figure(
            charts.attribute_dots(view), alt=charts.attribute_dots_in_words(view),
            table=group_table(view.attributes), key="attributes", filters=filters,
        )  # fmt: skip


def league(accounts: tuple[AccountScore, ...], filters: Filters) -> None:
    """Every account that answered, largest revenue first; a chosen row opens it."""
    if not accounts:
        return
    st.header("Accounts")
    frame = pd.DataFrame(
        [
            {
                "Account": account.name,
                "Tier": account.tier_label,
                "Revenue": money(account.revenue, account.currency),
                "People": account.people,
                "Mean recommendation (0 to 10)": "too few" if account.mean is None else number(account.mean, 1),
                "Change": "" if account.change is None else signed(account.change, 1),
                "Standing": account.level,
            }
            for account in accounts
        ]
    )
    picked = components.data_table(frame, key="league", filters=filters, on_select="rerun")
    chosen = components.picked(picked, accounts)
    if chosen is not None and chosen.account_id:
        components.link("account", f"Open {chosen.name}", query={"account": chosen.account_id})
