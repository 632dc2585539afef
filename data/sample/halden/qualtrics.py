"""Writes a wave as Qualtrics exports it: three heading rows, and columns that moved between the waves."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import numpy as np

from halden.chance import stream
from halden.opinions import ATTRIBUTES, COMPETITORS, KEYS, SUBJECTS
from halden.responses import Response

COMPANY: Final = "Halden Instruments"
SATISFACTION: Final = (
    "Very dissatisfied",
    "Dissatisfied",
    "Neither satisfied nor dissatisfied",
    "Satisfied",
    "Very satisfied",
)
_SUBJECT_ROWS: Final = {
    "company": f"{COMPANY} as a company",
    "product": "Our products",
    "service": "Our service and support",
}
_COMPARED_STEM: Final = {
    "company": f"Compared with the following suppliers, how is {COMPANY} as a company?",
    "product": f"Compared with the following suppliers, how are the products of {COMPANY}?",
    "service": f"Compared with the following suppliers, how is the service of {COMPANY}?",
}
_OVERALL: Final = "Overall, how satisfied are you with each of the following?"
_BY_ATTRIBUTE: Final = f"How satisfied are you with {COMPANY} on each of the following?"
_IMPORTANCE: Final = (
    "How important is each of the following to you? (1 = not at all important, 5 = extremely important)"
)
_RECOMMEND: Final = f"How likely are you to recommend {COMPANY} to a business partner or colleague?"
_BETTER: Final = "What should we do better?"
_BEST: Final = "What do we do best?"
_NUMERIC: Final = " (1 = very dissatisfied, 5 = very satisfied)"
_ORDER_2026: Final = (
    "reliability",
    "support",
    "delivery",
    "innovation",
    "training",
    "account_manager",
    "price",
    "billing",
)
_SKIPPED: Final = 0.015  # share of questions a person passes over

Cell = Callable[[Response], object]


@dataclass(frozen=True)
class Column:
    """One column: its name, its wording, Qualtrics' own id, and how a response fills it."""

    name: str
    wording: str
    import_id: str
    cell: Cell
    question: bool = False


def write_wave(path: Path, wave: str, responses: list[Response]) -> None:
    """Write `responses` as the export of `wave`: choice text in 2025, numbers and other columns in 2026."""
    columns = _columns_2025() if wave == "2025" else _columns_2026()
    rng = stream(f"skipped {wave}")
    with path.open("w", encoding="utf-8-sig" if wave == "2026" else "utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        writer.writerow([column.wording for column in columns])
        writer.writerow([json.dumps({"ImportId": column.import_id}, separators=(",", ":")) for column in columns])
        writer.writerows(_row(rng, columns, response) for response in responses)


def _row(rng: np.random.Generator, columns: list[Column], response: Response) -> list[object]:
    """The cells of a response; what lies beyond its progress, and now and then a question, stays empty."""
    asked = [column for column in columns if column.question]
    reached = {column.name for column in asked[: len(asked) * response.progress // 100]}
    skipped = {column.name for column in asked if rng.random() < _SKIPPED}
    return [
        "" if column.question and column.name not in reached - skipped else column.cell(response) for column in columns
    ]


def _columns_2025() -> list[Column]:
    compared = [_compared(f"Q{4 + i}", f"QID{14 + i}", subject) for i, subject in enumerate(SUBJECTS)]
    return [
        *_technical({True: "Survey Preview", False: "IP Address"}, ("False", "True")),
        *_overall("Q1", "QID11", _OVERALL, _in_words),
        *_attributes("Q2", "QID12", _BY_ATTRIBUTE, KEYS, _in_words),
        Column("Q3", _RECOMMEND, "QID13", lambda row: row.opinion.recommend, question=True),
        *(column for block in compared for column in block),
        Column("Q7", _BETTER, "QID17_TEXT", lambda row: row.better.text, question=True),
        Column("Q8", _BEST, "QID18_TEXT", lambda row: row.best.text, question=True),
        *_embedded(("AccountID", "Company", "Title", "Industry", "Region", "Product")),
    ]


def _columns_2026() -> list[Column]:
    compared = [_compared(f"vs_{subject}", f"QID{30 + i}", subject) for i, subject in enumerate(reversed(SUBJECTS))]
    return [
        *_technical({True: 1, False: 0}, (0, 1)),
        *_embedded(("Account_ID", "Company", "JobTitle", "Industry", "Region", "ProductLine")),
        Column("NPS_NPS_GROUP", f"{_RECOMMEND} - Group", "QID13_NPS_GROUP", _nps_group, question=True),
        Column("NPS", _RECOMMEND, "QID13", lambda row: row.opinion.recommend, question=True),
        *_attributes("SAT", "QID12", _BY_ATTRIBUTE + _NUMERIC, _ORDER_2026, int),
        *_importance("IMP", "QID22"),
        *_overall("OVERALL", "QID11", _OVERALL + _NUMERIC, int),
        *(column for block in compared for column in block),
        Column("BEST", _BEST, "QID18_TEXT", lambda row: row.best.text, question=True),
        Column("BETTER", _BETTER, "QID17_TEXT", lambda row: row.better.text, question=True),
    ]


def _technical(status: dict[bool, object], finished: tuple[object, object]) -> list[Column]:
    return [
        Column("StartDate", "Start Date", "startDate", lambda row: row.started),
        Column("EndDate", "End Date", "endDate", lambda row: row.started + timedelta(seconds=row.seconds)),
        Column("Status", "Response Type", "status", lambda row: status[row.preview]),
        Column("IPAddress", "IP Address", "ipAddress", lambda row: row.ip),
        Column("Progress", "Progress", "progress", lambda row: row.progress),
        Column("Duration (in seconds)", "Duration (in seconds)", "duration", lambda row: row.seconds),
        Column("Finished", "Finished", "finished", lambda row: finished[row.progress == 100]),
        Column(
            "RecordedDate",
            "Recorded Date",
            "recordedDate",
            lambda row: row.started + timedelta(seconds=row.seconds + 1),
        ),
        Column("ResponseId", "Response ID", "_recordId", lambda row: row.response_id),
        Column("RecipientLastName", "Recipient Last Name", "recipientLastName", _of_contact("family")),
        Column("RecipientFirstName", "Recipient First Name", "recipientFirstName", _of_contact("given")),
        Column("RecipientEmail", "Recipient Email", "recipientEmail", _of_contact("email")),
        Column("ExternalReference", "External Data Reference", "externalDataReference", _of_contact("contact_id")),
        Column("LocationLatitude", "Location Latitude", "locationLatitude", lambda _: ""),
        Column("LocationLongitude", "Location Longitude", "locationLongitude", lambda _: ""),
        Column("DistributionChannel", "Distribution Channel", "distributionChannel", lambda row: row.channel),
        Column("UserLanguage", "User Language", "userLanguage", lambda row: row.language),
    ]


def _of_contact(field: str) -> Cell:
    """A field of the invited person; whoever came by an anonymous link is not known."""
    return lambda row: getattr(row.opinion.contact, field) if row.channel == "email" else ""


def _in_words(rating: int) -> str:
    return SATISFACTION[rating - 1]


def _embedded(names: tuple[str, str, str, str, str, str]) -> list[Column]:
    cells: tuple[Cell, ...] = (
        lambda row: row.account_id,
        lambda row: row.company,
        lambda row: row.opinion.contact.title,
        lambda row: row.opinion.contact.account.industry,
        lambda row: row.opinion.contact.account.region,
        lambda row: row.opinion.contact.account.product,
    )
    return [Column(name, name, name, cell) for name, cell in zip(names, cells, strict=True)]


def _overall(name: str, import_id: str, stem: str, shown: Callable[[int], object]) -> list[Column]:
    return _matrix(name, import_id, stem, {_SUBJECT_ROWS[key]: _rating("overall", key, shown) for key in SUBJECTS})


def _attributes(
    name: str, import_id: str, stem: str, order: Sequence[str], shown: Callable[[int], object]
) -> list[Column]:
    return _matrix(name, import_id, stem, {ATTRIBUTES[key]: _rating("ratings", key, shown) for key in order})


def _importance(name: str, import_id: str) -> list[Column]:
    cells = {ATTRIBUTES[key]: _rating("importance", key, int) for key in _ORDER_2026}
    return _matrix(name, import_id, _IMPORTANCE, cells)


def _compared(name: str, import_id: str, subject: str) -> list[Column]:
    cells = {rival: _comparison(subject, rival) for rival in COMPETITORS}
    return _matrix(name, import_id, _COMPARED_STEM[subject], cells)


def _matrix(name: str, import_id: str, stem: str, cells: Mapping[str, Cell]) -> list[Column]:
    """The columns of a matrix question, one for each of its rows."""
    return [
        Column(f"{name}_{i}", f"{stem} - {row}", f"{import_id}_{i}", cell, question=True)
        for i, (row, cell) in enumerate(cells.items(), start=1)
    ]


def _rating(field: str, key: str, shown: Callable[[int], object]) -> Cell:
    return lambda row: shown(getattr(row.opinion, field)[key])


def _comparison(subject: str, rival: str) -> Cell:
    return lambda row: row.opinion.compared[subject, rival]


def _nps_group(row: Response) -> str:
    score = row.opinion.recommend
    return "Promoter" if score >= 9 else "Passive" if score >= 7 else "Detractor"
