"""Check and load: both build the same tables, so what the check says is what the load does."""

from __future__ import annotations

from pathlib import Path

from amp.errors import ImportRefused
from amp.imports.account_tables import build_accounts
from amp.imports.built import Built, Finding, counted
from amp.imports.contact_tables import build_contacts
from amp.imports.mapping import Mapping
from amp.imports.survey import RawSurvey
from amp.imports.survey_tables import build_survey
from amp.warehouse import storing
from amp.warehouse.datasets import DataSet

_SECTIONS = ("read", "repaired", "dropped", "set_aside")


def check(raw: RawSurvey, mapping: Mapping) -> tuple[Finding, ...]:
    """Everything to know before loading, the worst first; a `problem` would stop the load. Nothing is stored."""
    order = {"problem": 0, "warning": 1, "note": 2}
    drift = tuple(Finding("warning", sentence, section="read") for sentence in mapping.drift)
    found = (*_build(raw, mapping, mapping.wave).findings, *drift, *_of_the_file(raw))
    return tuple(sorted(found, key=lambda one: order[one.severity]))


def load(raw: RawSurvey, mapping: Mapping, folder: Path, title: str, wave: str = "") -> DataSet:
    """Store the file as a data set under `folder` and return it; its `report` says what was read, repaired, dropped.

    Raises ImportRefused when the mapping leaves nothing to store, Conflict when this very file is loaded already.
    """
    built = _build(raw, mapping, wave or mapping.wave)
    problem = next((one for one in built.findings if one.severity == "problem"), None)
    if problem:
        raise ImportRefused(problem.sentence, "Mend the mapping and try again; nothing was stored.")
    findings = (*_of_the_file(raw), *built.findings)
    report = {section: [one.sentence for one in findings if one.section == section] for section in _SECTIONS}
    dataset = DataSet(
        kind=mapping.kind,
        title=title or raw.file_name or raw.label,
        wave=wave or mapping.wave,
        source=raw.label,
        file_name=raw.file_name,
        sha256=raw.sha256,
        rows=built.rows,
        report=report,
    )
    return storing.write(folder, dataset, built.tables)


def _build(raw: RawSurvey, mapping: Mapping, wave: str) -> Built:
    strangers = {column.index for column in mapping.columns} - {column.index for column in raw.columns}
    if strangers:
        return Built(
            {},
            0,
            (Finding("problem", "The mapping belongs to another file: it names columns that this one does not have."),),
        )
    if mapping.kind == "accounts":
        return build_accounts(raw, mapping)
    return build_contacts(raw, mapping) if mapping.kind == "contacts" else build_survey(raw, mapping, wave)


def _of_the_file(raw: RawSurvey) -> tuple[Finding, ...]:
    """What opening the file already told, in the same form."""
    rows = f"{counted(raw.rows_read, 'row')} below the headings, {counted(len(raw.columns), 'column')}. {raw.evidence}"
    return (
        Finding("note", f"{raw.label[:1].upper()}{raw.label[1:]}: {rows}", section="read"),
        *(Finding("note", sentence, section="read") for sentence in raw.notes),
        *(Finding("note", sentence, section="repaired") for sentence in raw.repaired),
        *(Finding("note", sentence, section="dropped") for sentence in raw.dropped),
    )
