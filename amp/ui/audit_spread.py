"""How many audits are spread: over the bands, by category, by statement, and over time."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from amp.analysis.takers import Takers, by_quarter
from amp.analysis.words import plural
from amp.audit.instrument import Instrument
from amp.charts import takers as charts
from amp.stats.agreement import LEAST_RATERS
from amp.ui import components
from amp.ui.audit_choice import Chosen


def distribution(chosen: Chosen) -> None:
    """How many audits lie in each band, and every total of every category."""
    found = chosen.together
    if found.overall is None:
        return
    st.header("Overall scores")
    held = chosen.instrument.overall_bands
    counts = [(band, sum(band.holds(total) for total in found.overall.totals)) for band in held]
    table = pd.DataFrame([{"Band": b.label, "From": b.low, "To": b.high, "Audits": count} for b, count in counts])
    alt = "Audits by band: " + "; ".join(f"{band.label} {count}" for band, count in counts) + "."
    components.figure(charts.bands(found.overall, chosen.instrument), alt=alt, table=table, key="audits-bands")
    incomplete = found.takers - len(found.overall.totals)
    if incomplete:
        st.caption(f"{plural(incomplete, 'audit')} with statements that were not rated have no total and are left out.")
    st.header("Category scores")
    categories(found)


def categories(found: Takers) -> None:
    """Every total of every category as dots, with the median."""
    rows = [
        {"Category": one.title, "n": len(one.totals), "Lowest": min(one.totals, default=None), "Median": one.median,
         "Highest": max(one.totals, default=None)}
        for one in found.categories
    ]  # fmt: skip
    alt = charts.totals_in_words(found.categories)
    components.figure(charts.totals(found.categories), alt=alt, table=pd.DataFrame(rows), key="audits-categories")


def heat_map(chosen: Chosen) -> None:
    """Every statement by rating, in per cent of those who rated it."""
    found = chosen.together
    st.header("Statement by statement")
    st.caption(f"Per cent of those who rated the statement; n = {found.takers} audits.")
    picture = charts.heat_map(found, chosen.instrument)
    alt = charts.spread_in_words(found.statements)
    components.figure(picture, alt=alt, table=statement_table(found, chosen.instrument), key="audits-heat")


def statement_table(found: Takers, instrument: Instrument) -> pd.DataFrame:
    """A row a statement: how many gave each rating, and what that comes to."""
    rows = []
    for one in found.statements:
        counts = {f"{p.value} {p.label}": n for p, n in zip(instrument.scale, one.counts, strict=True)}
        rows.append(
            {"No.": one.statement.id, "Statement": one.statement.text, "n": one.raters, **counts,
             "Not sure": one.unsure, "Median": one.median, "Mean": _rounded(one.mean),
             "Standard deviation": _rounded(one.spread), "Agreement A": _rounded(one.agreement),
             "Agreement": one.word.value if one.word else f"fewer than {LEAST_RATERS} ratings"}
        )  # fmt: skip
    return pd.DataFrame(rows)


def over_time(chosen: Chosen) -> None:
    """The middle total of each quarter; anonymous campaigns keep no day, so they are not in it."""
    quarters = by_quarter(
        (one.audit.submitted_at, one.result.overall.points) for one in chosen.listed if one.result.complete
    )
    if len(quarters) < 2:
        return
    st.header("Over time")
    bands = chosen.instrument.overall_bands
    table = pd.DataFrame([{"Quarter": q.label, "Audits": q.audits, "Median total": q.median} for q in quarters])
    alt = "Median total by quarter: " + "; ".join(
        f"{q.label} {q.median:g}, {plural(q.audits, 'audit')}" for q in quarters
    )
    picture = charts.over_time(quarters, bands[0].low, bands[-1].high)
    components.figure(picture, alt=alt + ".", table=table, key="audits-time")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
