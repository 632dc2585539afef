"""Loading the sample company with one click, through the same importer as everybody's files."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import streamlit as st

from amp import imports
from amp.audit.instrument import OTHER
from amp.config import DATA
from amp.errors import Conflict
from amp.records.access import Role
from amp.records.audits import SubmittedAudit
from amp.records.campaign_values import NewCampaign
from amp.ui import access, state
from amp.ui.access import Visit
from amp.warehouse import datasets

_FOLDER: Final = DATA / "sample"
_MARK: Final = "Sample · "
_INSTRUMENT: Final = (state.SHIPPED, "1.0")  # what its people answered, whichever one this workspace offers


def button(visit: Visit) -> None:
    """“Load the sample company”, for those who may write; loads, then shows the page anew."""
    if visit.role < Role.EDITOR:
        st.caption("An editor can load it.")
        return
    if st.button("Load the sample company", type="primary", icon=":material/factory:", key="amp-load-sample"):
        access.writer()
        with st.status("Loading the sample company …", expanded=True) as status:
            for step in load():
                status.write(step)
            status.update(label="The sample company is loaded", state="complete")
        st.rerun()


def remove_button(visit: Visit) -> None:
    """Take the sample company away again, its audits and campaigns included; shown only while it is loaded."""
    there = [dataset for dataset in datasets.stored(state.settings().datasets) if dataset.title.startswith(_MARK)]
    if visit.role < Role.EDITOR or not there:
        return
    if st.button("Remove the sample company", icon=":material/delete:", key="amp-remove-sample"):
        by = access.writer().role
        for dataset in there:
            datasets.remove(state.settings().datasets, dataset.id)
        state.records().audits.remove_sample(by)
        state.records().campaigns.remove_sample(by)
        left = {audit.id for audit in state.records().audits.submissions()}
        state.records().about.set_own_audits(state.records().about.own_audits() & left, by)
        st.rerun()


def load() -> Iterator[str]:
    """Import every file of the sample, its audits and campaigns, saying each step; loading again doubles nothing."""
    by = access.writer().role
    with (_FOLDER / "sample.toml").open("rb") as handle:
        listed = tomllib.load(handle)
    for entry in listed["files"]:
        yield str(entry["title"])
        _load_file(entry)
    yield "Audit submissions"
    state.records().audits.add_sample(_audits(_FOLDER / str(listed["audits"])), by)
    ours = [a.id for a in state.records().audits.submissions() if a.sample and a.company == str(listed["company"])]
    state.records().about.set_own_audits({*state.records().about.own_audits(), *ours}, by)
    yield "Campaigns of the leadership team"
    for row in json.loads((_FOLDER / str(listed["campaigns"])).read_text()):
        closed_at = datetime.fromisoformat(row["closed_at"])
        state.records().audits.add_sample_campaign(_campaign(row), closed_at, row["answers"], by, datetime.now(UTC))


def _load_file(entry: dict[str, Any]) -> None:
    path = _FOLDER / str(entry["file"])
    raw = imports.open_file(path, path.name, max_mb=state.settings().max_upload_mb)
    mapping = imports.propose(raw)
    with suppress(Conflict):  # loaded already, by an earlier click
        imports.load(
            raw, mapping, state.settings().datasets, title=_MARK + str(entry["title"]), wave=str(entry["wave"])
        )


def _audits(file: Path) -> Iterator[SubmittedAudit]:
    for row in json.loads(file.read_text()):
        at = datetime.fromisoformat(row["submitted_at"])
        yield SubmittedAudit(**_of_company(row), answers=row["answers"], submitted_at=at, sample=True)


def _campaign(row: dict[str, Any]) -> NewCampaign:
    named = {name: row[name] for name in ("title", "expected", "intro", "thanks", "least")}
    return NewCampaign(**_of_company(row), **named, opens_at=datetime.fromisoformat(row["opens_at"]), ours=True)


def _of_company(row: dict[str, Any]) -> dict[str, Any]:
    """Who it is about, and the instrument it was given under: what audits and campaigns have in common."""
    instrument = state.given_under(*_INSTRUMENT)
    listed = row["industry"] in instrument.industry.segments
    return {
        "instrument_id": instrument.id,
        "instrument_version": instrument.version,
        "company": row["company"],
        "industry": row["industry"] if listed else OTHER,
        "industry_other": "" if listed else row["industry"],
    }
