"""A small company in a real engine: seven accounts, two waves, one competitor."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from amp.analysis.workspace import prepare
from amp.warehouse import datasets, storing
from amp.warehouse.datasets import DataSet
from amp.warehouse.engine import Engine
from amp.warehouse.schema import TABLES

# name, revenue, industry, domain
ACCOUNTS = (
    ("A1", "Arbor GmbH", "800.00", "Chemicals", "arbor.example"),
    ("A2", "Birch Ltd", "600.00", "Energy", "birch.example"),
    ("A3", "Cedar Inc.", "300.00", "Energy", "cedar.example"),
    ("A4", "Dogwood", "150.00", "Energy", "dogwood.example"),
    ("A5", "Elm & Co. KG", "100.00", "Chemicals", "elm.example"),
    ("A6", "Fir", "50.00", "Chemicals", "fir.example"),
    ("A7", "Ginkgo", None, "Chemicals", "ginkgo.example"),
)
QUESTIONS = (
    ("q1", "recommend", "recommend", "company", "Recommend us", "", 0, 10, "How likely are you to recommend us?"),
    ("q2", "overall", "rating", "company", "Overall", "", 1, 5, "How satisfied are you overall?"),
    ("q3", "delivery", "rating", "service", "Delivery on time", "", 1, 5, "How satisfied are you with delivery?"),
    ("q4", "versus", "comparison", "service", "Against Rival", "Rival", -2, 2, "Compared with Rival, our service is"),
    ("q5", "why", "comment", "company", "Why", "", None, None, "Why did you give this score?"),
)


def table(name: str, rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(
        [{field.name: row.get(field.name) for field in TABLES[name]} for row in rows], TABLES[name]
    )


def survey_tables(wave: str, people: list[dict[str, object]]) -> dict[str, pa.Table]:
    """People are dictionaries of response columns and of answers by question id."""
    year = int(wave[-4:])
    responses, answers = [], []
    for i, person in enumerate(people):
        given = dict(person)
        for question, *_ in QUESTIONS:
            if question in given:
                answers.append(_answer(str(i), question, given.pop(question)))
        responses.append({"response_id": str(i), "wave": wave, "answered_at": datetime(year, 5, 1, tzinfo=UTC)} | given)
    keys = (
        "question_id",
        "question_key",
        "kind",
        "subject",
        "attribute",
        "competitor",
        "scale_low",
        "scale_high",
        "wording",
    )
    questions = [
        dict(zip(keys, row, strict=True)) | {"position": i, "reversed": False} for i, row in enumerate(QUESTIONS)
    ]
    return {
        "responses": table("responses", responses),
        "answers": table("answers", answers),
        "questions": table("questions", questions),
    }


def _answer(response: str, question: str, value: object) -> dict[str, object]:
    row: dict[str, object] = {"response_id": response, "question_id": question, "status": "answered"}
    if value == "dont_know":
        return row | {"status": "dont_know", "label": "Don't know"}
    return row | ({"comment": value} if isinstance(value, str) else {"value": float(str(value))})


def account_table() -> pa.Table:
    keys = ("account_id", "name", "revenue", "industry", "domain")
    rows = [dict(zip(keys, row, strict=True)) | {"currency": "EUR"} for row in ACCOUNTS]
    return table("accounts", [row | {"revenue": Decimal(row["revenue"]) if row["revenue"] else None} for row in rows])


def person(account: str, role: str, score: int, **answers: object) -> dict[str, object]:
    return {"account_ref": account, "role": role, "q1": score, "q2": min(5, 1 + score // 2), **answers}


def people(shift: int = 0) -> list[dict[str, object]]:
    """Thirty people of six accounts; `shift` moves the scores of A2."""
    made = []
    for i in range(30):
        account = ("A1", "Birch Limited", "cedar", "A4", "A5", "A6")[i % 6]
        score = max(0, min(10, (9, 8 + shift, 7, 10, 6, 8)[i % 6] + (i // 6) % 2))
        role = ("decision_maker", "recommender", "influencer")[i % 3]
        comparison = "dont_know" if i % 6 == 5 else (2, -1, 0, 1, -2)[i % 6]
        made.append(
            person(account, role, score, q3=1 + i % 5, q4=comparison, q5=f"They were late again, said number {i}.")
        )
    return made


class Company:
    """A folder of data sets and an engine over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "datasets"
        self.folder.mkdir()
        self.engine = Engine(
            folder=self.folder, scratch=folder / "tmp", memory_limit_mb=512, threads=1, query_seconds=30
        )

    def add_survey(self, wave: str, who: list[dict[str, object]], kind: str = "survey") -> DataSet:
        dataset = DataSet.model_validate({"kind": kind, "title": f"Survey {wave}", "wave": wave})
        return storing.write(self.folder, dataset, survey_tables(wave, who))

    def add_accounts(self) -> DataSet:
        dataset = DataSet.model_validate({"kind": "accounts", "title": "Accounts"})
        return storing.write(self.folder, dataset, {"accounts": account_table()})

    def add_contacts(self, rows: list[dict[str, object]]) -> DataSet:
        dataset = DataSet.model_validate({"kind": "contacts", "title": "Contacts"})
        return storing.write(self.folder, dataset, {"contacts": table("contacts", rows)})

    def open(self, strategic: dict[str, str | None] | None = None, roles: dict[str, str] | None = None) -> Engine:
        prepare(
            self.engine,
            folder=self.folder,
            datasets=datasets.stored(self.folder),
            strategic=strategic or {},
            roles=roles or {},
        )
        return self.engine
