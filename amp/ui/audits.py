"""The submitted-audits page's parts: how audits are spread, by statement, industry and time, and the list of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Final

import pandas as pd
import streamlit as st

from amp.analysis.peers import COMPANIES_AT_LEAST, Standing, newest_of_each
from amp.analysis.takers import Takers, by_quarter, takers
from amp.analysis.words import plural
from amp.audit.instrument import Instrument
from amp.audit.scoring import Answers, AuditResult, score
from amp.charts import takers as charts
from amp.records.access import Role
from amp.records.audits import SubmittedAudit
from amp.ui import access, cache, components, shell, state
from amp.ui.access import Visit

_ALL: Final = "All industries"


@dataclass(frozen=True)
class Scored:
    """A submitted audit with its result under the version of the instrument it was given under."""

    audit: SubmittedAudit
    result: AuditResult

    @property
    def industry(self) -> str:
        """The segment, or the name given under “Other”."""
        return self.audit.industry_other or self.audit.industry

    @property
    def company(self) -> str:
        """The company, where it was named."""
        return self.audit.company or "not named"


@dataclass(frozen=True)
class Chosen:
    """What the page speaks of: audits that may be looked at one by one, and the sheets of anonymous campaigns."""

    instrument: Instrument
    listed: tuple[Scored, ...]
    anonymous: tuple[Answers, ...]
    standings: tuple[Standing, ...]

    @property
    def together(self) -> Takers:
        """All of them side by side."""
        return takers(self.instrument, [*(one.audit.answers for one in self.listed), *self.anonymous])


def scored() -> tuple[Scored, ...]:
    """All submissions that may be looked at one by one, newest first."""
    found = []
    for audit in reversed(state.records().audits.submissions()):
        instrument = state.given_under(audit.instrument_id, audit.instrument_version)
        found.append(Scored(audit, score(instrument, audit.answers)))
    return tuple(found)


def share() -> None:
    """The address that audit takers open; no sign-in needed."""
    st.write(
        "Send this link to whoever should take the audit. It needs no sign-in; each taker sees only their own result. "
        "For several takers of one company, make a campaign."
    )
    st.code(f"{shell.base_address()}/audit", language=None)
    components.link("campaigns", "Campaigns")


def choose(found: tuple[Scored, ...]) -> Chosen:
    """The audits of one instrument, of real companies or of the sample's, of all industries or of one."""
    versions = list(dict.fromkeys((one.audit.instrument_id, one.audit.instrument_version) for one in found))
    versions += [key for key in _of_campaigns() if key not in versions]
    key = versions[0]
    if len(versions) > 1:
        key = st.selectbox("Instrument", versions, format_func=" ".join, key="audits-instrument")
    sample = _which(found)
    of_kind = [one for one in found if one.audit.sample == sample and _key(one) == key]
    industries = [_ALL, *sorted({one.industry for one in of_kind})]
    industry = st.selectbox("Industry", industries, key="audits-industry") if len(industries) > 2 else _ALL
    instrument = state.given_under(*key)
    standings = cache.standings(instrument, sample=sample)
    return Chosen(
        instrument=instrument,
        listed=tuple(one for one in of_kind if industry in (_ALL, one.industry)),
        anonymous=_anonymous(instrument, sample=sample, industry="" if industry == _ALL else industry),
        standings=standings,
    )


def sentence(chosen: Chosen) -> str:
    """How many audits of how many companies, and the middle score."""
    companies = len(newest_of_each(chosen.standings))
    count = len(chosen.listed) + len(chosen.anonymous)
    overall = chosen.together.overall
    said = f"{plural(count, 'audit')}; {plural(companies, 'named company', 'named companies')} took it so far"
    if overall is None or overall.median is None:
        return f"{said}."
    return f"{said}; half of the audits score {overall.median:g} points or more."


def whose(found: tuple[Scored, ...], visit: Visit) -> None:
    """Which of the audits are ours: the newest of them stands on the overview. An editor says so, not a taker."""
    if visit.role < Role.EDITOR:
        return
    before = state.records().about.own_audits()
    labels = {one.audit.id: f"{one.company}, {one.audit.submitted_at:%-d %b %Y}, {_total(one)}" for one in found}
    start = [number for number in labels if number in before]
    chosen = st.multiselect("Our own audits", list(labels), default=start, format_func=labels.__getitem__)
    if set(chosen) != set(start):
        state.records().about.set_own_audits(chosen, access.writer().role)
        st.rerun()


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
             "Agreement": one.word.value if one.word else f"fewer than {COMPANIES_AT_LEAST} ratings"}
        )  # fmt: skip
    return pd.DataFrame(rows)


def by_industry(chosen: Chosen) -> None:
    """The middle score of each industry with at least five companies; fewer are “building”."""
    groups: dict[str, list[float]] = defaultdict(list)
    for one in newest_of_each(chosen.standings):
        groups[one.industry].append(one.total)
    rows = [
        {
            "Industry": industry,
            "Companies": len(totals),
            "Median score": f"{median(totals):g}" if len(totals) >= COMPANIES_AT_LEAST else "building",
        }
        for industry, totals in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    st.header("Peers by industry")
    st.caption("Each named company counts once, with its newest complete audit; an audit without a company is no peer.")
    if rows:
        components.data_table(pd.DataFrame(rows), key="peers")
    else:
        st.write("No audit names its company yet.")


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


def table(chosen: Chosen) -> None:
    """Every submission that may be looked at; a chosen row opens its result."""
    st.header("All submissions")
    if chosen.anonymous:
        count = plural(len(chosen.anonymous), "anonymous audit")
        st.caption(f"{count} of closed campaigns are counted above and cannot be looked at one by one.")
    rows = [
        {
            "Company": one.company,
            "Taker": one.audit.taker,
            "Industry": one.industry,
            "Submitted": one.audit.submitted_at,
            "Score": one.result.overall.total,
            "Band": one.result.overall.band.label if one.result.overall.band else "incomplete",
        }
        for one in chosen.listed
    ]
    dates = {"Submitted": st.column_config.DatetimeColumn(format="D MMM YYYY")}
    picked = components.data_table(pd.DataFrame(rows), key="audits", columns=dates, on_select="rerun")
    one = components.picked(picked, chosen.listed)
    if one is not None:
        components.link("result", "Open this result", query={"audit": str(one.audit.id)})
    components.workbook_button(lambda: _sheets(chosen), key="audits-xlsx", name="amp-audits")


def _sheets(chosen: Chosen) -> dict[str, pd.DataFrame]:
    answers = [
        {"Company": one.company, "Taker": one.audit.taker, "Industry": one.industry,
         "Submitted": one.audit.submitted_at, "Score": one.result.overall.total, **one.audit.answers}
        for one in chosen.listed
    ]  # fmt: skip
    return {"Answers": pd.DataFrame(answers), "Statements": statement_table(chosen.together, chosen.instrument)}


def _anonymous(instrument: Instrument, *, sample: bool, industry: str) -> tuple[Answers, ...]:
    """The sheets of anonymous campaigns that may be shown: whole campaigns, so that none can be had by subtraction."""
    store = state.records().campaigns
    return tuple(
        sheet.answers
        for one in store.all()
        if one.anonymous and one.sample == sample and industry in ("", one.industry_other or one.industry)
        if (one.instrument_id, one.instrument_version) == (instrument.id, instrument.version)
        for sheet in store.sheets(one.id, datetime.now(UTC))
    )


def _of_campaigns() -> list[tuple[str, str]]:
    store = state.records().campaigns
    now = datetime.now(UTC)
    return [(one.instrument_id, one.instrument_version) for one in store.all() if store.sheets(one.id, now)]


def anything(found: tuple[Scored, ...]) -> bool:
    """Whether there is any answer to show."""
    return bool(found) or bool(_of_campaigns())


def _which(found: tuple[Scored, ...]) -> bool:
    """Whether the sample company's audits are meant: where there are no others, or when chosen."""
    kinds = {one.audit.sample for one in found}
    if kinds == {True, False}:
        options = {False: "Audits given here", True: "The sample's"}
        picked = st.segmented_control("Whose audits", list(options), default=False, format_func=options.__getitem__,
                                      key="audits-kind", required=True)  # fmt: skip
        return bool(picked)
    return kinds == {True}


def _key(one: Scored) -> tuple[str, str]:
    return one.audit.instrument_id, one.audit.instrument_version


def _total(one: Scored) -> str:
    total = one.result.overall.total
    return "incomplete" if total is None else f"{total} points"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
