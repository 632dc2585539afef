"""Audits and campaigns that are there before a test begins, or come in beside it: written past the app."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from amp.records.access import Passcodes, Role
from amp.records.campaign_values import Campaign, NewCampaign
from amp.records.database import Records
from amp.records.sqlite import Database
from amp.records.tokens import hashed

STATEMENTS = tuple(f"{step}.{place}" for step in range(1, 6) for place in range(1, 6))
NOBODY = Passcodes({})


@contextmanager
def records_of(home: Path) -> Iterator[Records]:
    """The stores of a workspace whose server may be running; it has made the file."""
    opened = Records(Database(home / "records.sqlite3"), NOBODY, timedelta(hours=1))
    yield opened
    opened.close()


def sheet(values: Sequence[Sequence[int]]) -> dict[str, int]:
    """The answers of the first steps by statement; `values` holds those of each step."""
    return {f"{step}.{place}": one for step, row in enumerate(values, 1) for place, one in enumerate(row, 1)}


def begun(home: Path, answers: Mapping[str, int | None], *, campaign: str = "", of: str = "amp-snapshot") -> str:
    """The token of an audit with these answers, not submitted."""
    with records_of(home) as records:
        now = datetime.now(UTC)
        token = records.audits.begin(of, "1.0", now, campaign=campaign)
        for statement, value in answers.items():
            records.audits.answer(token, statement, value, now)
        return token


def answer(home: Path, token: str, answers: Mapping[str, int | None]) -> None:
    """Give these answers in an audit that is begun."""
    with records_of(home) as records:
        for statement, value in answers.items():
            records.audits.answer(token, statement, value, datetime.now(UTC))


def submitted(
    home: Path,
    answers: Mapping[str, int | None],
    *,
    campaign: str = "",
    taker: str = "",
    company: str = "",
    token: str = "",
) -> str:
    """The token of a submitted audit; of the one behind `token`, where that is begun already."""
    token = token or begun(home, answers, campaign=campaign)
    with records_of(home) as records:
        now = datetime.now(UTC)
        details = {"company": company, "industry": "Construction", "industry_other": "", "taker": taker}
        records.audits.set_details(token, **details, now=now)
        records.audits.submit(token, list(answers), now)
    return token


def campaign(home: Path, **given: Any) -> Campaign:
    """A campaign, open since an hour ago unless said otherwise."""
    usual: dict[str, Any] = {
        "title": "Leadership team",
        "company": "Steel & Co",
        "industry": "Construction",
        "instrument_id": "amp-snapshot",
        "instrument_version": "1.0",
        "opens_at": datetime.now(UTC) - timedelta(hours=1),
    }
    with records_of(home) as records:
        return records.campaigns.create(NewCampaign(**usual | given), Role.EDITOR, datetime.now(UTC))


def close(home: Path, open_one: Campaign) -> None:
    """Close a campaign for good."""
    with records_of(home) as records:
        records.campaigns.close(open_one.id, Role.EDITOR, datetime.now(UTC))


def stored(home: Path, token: str) -> dict[str, int | None]:
    """The answers behind a token as they are in the file, read past the app."""
    chosen = "select statement_id, value from audit_answers join audits on audits.id = audit_id where token_hash = ?"
    with closing(sqlite3.connect(f"file:{home}/records.sqlite3?mode=ro", uri=True)) as records:
        return dict(records.execute(f"{chosen} order by statement_id", (hashed(token),)))


def file_holds(home: Path, text: str) -> bool:
    """Whether the bytes of the records, or of what SQLite keeps beside them, contain a text."""
    return any(text.encode() in file.read_bytes() for file in home.glob("records.sqlite3*"))


def retaken(home: Path, token: str, answers: Mapping[str, int | None]) -> str:
    """The token of a submitted audit that repeats the one behind `token`."""
    with records_of(home) as records:
        again = records.audits.again(token, "amp-snapshot", "1.0", datetime.now(UTC))
    answer(home, again, answers)
    with records_of(home) as records:
        records.audits.submit(again, list(answers), datetime.now(UTC))
    return again
