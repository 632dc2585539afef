"""Check and load: both build the same tables, so what the check says is what the load does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from amp.errors import Conflict, ImportRefused
from amp.imports.account_tables import build_accounts
from amp.imports.built import Built, Finding, counted
from amp.imports.contact_tables import build_contacts
from amp.imports.mapping import Mapping
from amp.imports.survey import RawSurvey
from amp.imports.survey_tables import build_survey
from amp.warehouse import storing
from amp.warehouse.datasets import DataSet, Kind
from amp.warehouse.reading import identities, known_responses, only

_BY_RESPONSE = ("responses", "answers")
_SECTIONS = ("read", "repaired", "dropped", "set_aside")


def check(raw: RawSurvey, mapping: Mapping, folder: Path | None = None) -> tuple[Finding, ...]:
    """Everything to know before loading, the worst first; a `problem` would stop the load. Nothing is stored.

    With the `folder` of the data sets it also says which responses are loaded already.
    """
    order = {"problem": 0, "warning": 1, "note": 2}
    drift = tuple(Finding("warning", sentence, section="read") for sentence in mapping.drift)
    built = _build(raw, mapping, mapping.wave)
    if folder is not None:
        built = _new_only(built, folder, mapping.kind, mapping.wave)
    found = (*built.findings, *drift, *_of_the_file(raw))
    return tuple(sorted(found, key=lambda one: order[one.severity]))


def load(raw: RawSurvey, mapping: Mapping, folder: Path, title: str, wave: str = "") -> DataSet:
    """Store the file as a data set under `folder` and return it; its `report` says what was read, repaired, dropped.

    Raises ImportRefused when the mapping leaves nothing to store, Conflict when this very file is loaded already.
    """
    wave = wave or mapping.wave
    built = _new_only(_build(raw, mapping, wave), folder, mapping.kind, wave)
    problem = next((one for one in built.findings if one.severity == "problem"), None)
    if problem and problem.section == "dropped":
        raise Conflict(problem.sentence, "There is nothing new in it to load.")
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


def _new_only(built: Built, folder: Path, kind: Kind, wave: str) -> Built:
    """What an export that has grown adds: responses that an earlier import of this wave holds are left out."""
    responses = built.tables.get("responses")
    if responses is None or not responses.num_rows:
        return built
    known = known_responses(folder, kind, wave)
    ids = responses.column("response_id").to_pylist()
    fresh = frozenset(given for given, one in zip(ids, identities(responses), strict=True) if one not in known)
    again = responses.num_rows - len(fresh)
    if not again:
        return built
    if not fresh:
        sentence = f"All {counted(again, 'response')} of this file are loaded already for this wave."
        return replace(built, findings=(Finding("problem", sentence, section="dropped"), *built.findings))
    told = f"{counted(again, 'response is', 'responses are')} loaded already for this wave and left out."
    tables = {name: only(table, fresh) if name in _BY_RESPONSE else table for name, table in built.tables.items()}
    findings = (Finding("warning", told, section="dropped"), *built.findings)
    return Built(tables, len(fresh), findings)


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
