"""What the takers of a campaign said together: dots and spread, agreement in a word, never just the mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from amp.analysis.takers import Agreement, StatementSpread, Takers, takers
from amp.analysis.words import plural
from amp.audit.instrument import Instrument
from amp.audit.scoring import score
from amp.charts import takers as charts
from amp.records.campaign_values import Campaign, Phase, Sheet
from amp.stats.agreement import LEAST_RATERS
from amp.ui import audit_evidence, audit_spread, components, state
from amp.ui.access import Visit


def show(one: Campaign, visit: Visit) -> None:
    """Everything the answers say together, or why it is hidden."""
    st.header("Results")
    sheets = state.records().campaigns.sheets(one.id, datetime.now(UTC))
    if not sheets:
        st.info(_hidden(one), icon=":material/visibility_off:")
        return
    instrument = state.given_under(one.instrument_id, one.instrument_version)
    found = takers(instrument, [sheet.answers for sheet in sheets])
    st.text(sentence(found))
    _before(one, instrument, found)
    _statements(found, instrument)
    st.subheader("Totals by category")
    audit_spread.categories(found)
    if not one.anonymous:
        _takers(one, instrument, sheets)
    _evidence(one, found, visit)
    components.workbook_button(
        lambda: _sheets(one, instrument, found, sheets),
        key="campaign-xlsx",
        name="amp-campaign",
        notes=[
            f"{one.title}, {one.company}",
            f"{instrument.title}, version {instrument.version}",
            f"n = {found.takers}",
        ],
    )
    components.how(_how(one, instrument))


def sentence(found: Takers) -> str:
    """The middle and the range of the totals, and where people disagree most."""
    overall = found.overall
    if overall is None or not overall.totals or overall.median is None:
        return f"{plural(found.takers, 'taker')}; nobody rated every statement, so there is no total."
    low, high = overall.totals[0], overall.totals[-1]
    said = f"{plural(found.takers, 'taker')}: half give {overall.median:g} of {overall.high} points or more"
    spread = f"from {low} to {high}" if low != high else f"all {low}"
    mixed = [one for one in found.mixed_first if one.word in (Agreement.MIXED, Agreement.SPLIT)]
    apart = f" They disagree most on {', '.join(one.statement.id for one in mixed[:3])}." if mixed else ""
    return f"{said}, {spread}.{apart}"


def _hidden(one: Campaign) -> str:
    count = state.records().campaigns.progress(one.id).submitted
    if not one.anonymous or not count:
        return "Nobody has submitted yet."
    if one.phase(datetime.now(UTC)) is not Phase.CLOSED:
        return (
            "Results open once the campaign is closed. While answers come in, two looks would show whose the last ones "
            "were."
        )
    return f"Hidden: fewer than {one.least} people."


def _statements(found: Takers, instrument: Instrument) -> None:
    st.subheader("Statement by statement")
    orders = ["As asked", "Mixed first"]
    picked = st.segmented_control("Order", orders, default=orders[0], key="campaign-order", required=True)
    ordered = found.mixed_first if picked == orders[1] else found.statements
    picture = charts.spread(ordered, instrument)
    alt = charts.spread_in_words(ordered)
    table = audit_spread.statement_table(found, instrument)
    components.figure(picture, alt=alt, table=table, key=f"campaign-spread-{orders.index(picked or orders[0])}")
    rated = [one for one in found.mixed_first if one.word is not None]
    if not rated:
        st.caption(f"Agreement is told from {LEAST_RATERS} ratings on; under that the dots say all there is to say.")
        return
    rows = [_agreement(one) for one in rated]
    st.subheader("Where people agree, and where they do not")
    components.data_table(pd.DataFrame(rows), key="campaign-agreement")


def _agreement(one: StatementSpread) -> dict[str, object]:
    return {
        "No.": one.statement.id,
        "Statement": one.statement.text,
        "n": one.raters,
        "Median": one.median,
        "Agreement": one.word.value if one.word else "",
        "A (−1 to 1)": None if one.agreement is None else round(one.agreement, 2),
        "Standard deviation": None if one.spread is None else round(one.spread, 2),
    }


def _before(one: Campaign, instrument: Instrument, found: Takers) -> None:
    """Against the newest earlier campaign of the same company under the same instrument, group against group."""
    store, now = state.records().campaigns, datetime.now(UTC)
    for old in store.all():
        same = (old.company.casefold(), old.instrument_id, old.instrument_version, old.sample) == (
            one.company.casefold(), one.instrument_id, one.instrument_version, one.sample,
        )  # fmt: skip
        if not same or old.id == one.id or old.opens_at >= one.opens_at:
            continue
        then = takers(instrument, [sheet.answers for sheet in store.sheets(old.id, now)])
        if then.overall is not None and found.overall is not None:
            _then_and_now(old, then, found)
            return


def _then_and_now(old: Campaign, then: Takers, found: Takers) -> None:
    st.subheader("Then and now")
    st.text(f"Compared with “{old.title}” of {old.opens_at:%B %Y}; medians of the takers of each time.")
    pairs = zip((then.overall, *then.categories), (found.overall, *found.categories), strict=True)
    rows = [
        {"Score": new.title or "Overall", "Then": was.median, "n then": len(was.totals), "Now": new.median,
         "n now": len(new.totals)}
        for was, new in pairs
        if was is not None and new is not None
    ]  # fmt: skip
    components.data_table(pd.DataFrame(rows), key="campaign-change")
    st.caption("With so few people a difference of medians may be noise; nothing here says that it is more.")


def _takers(one: Campaign, instrument: Instrument, sheets: tuple[Sheet, ...]) -> None:
    """Who submitted, in a named campaign; a chosen row opens the result."""
    st.subheader("Takers")
    rows = [
        {"Name": sheet.taker, "Submitted": sheet.submitted_at, "Score": score(instrument, sheet.answers).overall.total}
        for sheet in sheets
    ]
    dates = {"Submitted": st.column_config.DatetimeColumn(format="D MMM YYYY")}
    picked = components.data_table(pd.DataFrame(rows), key="campaign-takers", columns=dates, on_select="rerun")
    sheet = components.picked(picked, sheets)
    if sheet is not None:
        components.link("result", "Open this result", query={"audit": str(sheet.audit_id)})


def _evidence(one: Campaign, found: Takers, visit: Visit) -> None:
    """The middle rating of each statement against our data; a middle between two ratings is no rating to judge."""
    claimed = {s.statement.id: int(s.median) for s in found.statements if s.median is not None and s.median % 1 == 0}
    audit_evidence.show(visit, one.instrument_id, claimed, ours=one.ours)


def _sheets(one: Campaign, instrument: Instrument, found: Takers, sheets: tuple[Sheet, ...]) -> dict[str, pd.DataFrame]:
    tables = {"Statements": audit_spread.statement_table(found, instrument)}
    if not one.anonymous:
        rows = [{"Name": s.taker, "Submitted": s.submitted_at, **s.answers} for s in sheets]
        tables["Answers"] = pd.DataFrame(rows)
    return tables


def _how(one: Campaign, instrument: Instrument) -> list[str]:
    hidden = (
        "The campaign is anonymous: nothing is shown before it is closed, and nothing of fewer than "
        f"{one.least} people. There are no filters, so that no group can be subtracted from another."
        if one.anonymous
        else "The campaign is named: every taker was told so before the first answer."
    )
    return [
        "A dot is a rating, its figure the number of people who gave it; the line is the median. Who took the audit "
        "again in this campaign counts once, with the newest.",
        "Agreement is van der Eijk's A: 1 when all give the same rating, 0 when ratings are spread evenly, −1 when "
        "half stand at each end. From 0.7 it is called strong agreement, from 0.4 some, from 0.1 mixed, below that "
        "split.",
        hidden,
        f"Instrument version {instrument.version}.",
    ]
