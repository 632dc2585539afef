"""Reads the sample company's files as plainly as can be, without AMP's own importer."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
FILES = SAMPLE / "files"
SATISFACTION = {
    "Very dissatisfied": 1,
    "Dissatisfied": 2,
    "Neither satisfied nor dissatisfied": 3,
    "Satisfied": 4,
    "Very satisfied": 5,
}


@cache
def table(name: str) -> pd.DataFrame:
    return pd.read_csv(FILES / name, dtype=str, keep_default_na=False, encoding="utf-8-sig")


@cache
def survey(wave: str) -> pd.DataFrame:
    """Complete answers of customers, with columns called by their wording."""
    raw = table(f"survey-{wave}.csv")
    wording = {
        column: raw[column].iloc[0].replace(" (1 = very dissatisfied, 5 = very satisfied)", "") for column in raw
    }
    rows = raw.iloc[2:].rename(columns=wording)
    rows = rows.rename(columns={"AccountID": "account", "Account_ID": "account", "JobTitle": "Title"})
    return rows[(rows["Progress"] == "100") & ~rows["Response Type"].isin(["Survey Preview", "1"])]


def column(rows: pd.DataFrame, ending: str) -> pd.Series:
    (name,) = [name for name in rows.columns if name.endswith(ending)]
    return rows[name]


def ratings(rows: pd.DataFrame, attribute: str) -> pd.Series:
    (name,) = [name for name in rows.columns if name.startswith("How satisfied") and name.endswith(f" - {attribute}")]
    return pd.to_numeric(rows[name].replace({word: str(number) for word, number in SATISFACTION.items()}))


def nps(rows: pd.DataFrame) -> float:
    scores = pd.to_numeric(column(rows, "business partner or colleague?")).dropna()
    return 100 * ((scores >= 9).mean() - (scores <= 6).mean())


def net_better(rows: pd.DataFrame, stem: str, competitor: str) -> float:
    (name,) = [name for name in rows.columns if stem in name and name.endswith(f" - {competitor}")]
    points = {"Superior": 1, "Better": 1, "Same": 0, "Worse": -1, "Failed": -1}
    return 100 * rows[name].map(points).dropna().mean()


def comments(rows: pd.DataFrame) -> pd.Series:
    both = pd.concat([rows["What should we do better?"], rows["What do we do best?"]])
    return both[both != ""]


def tier_one(accounts: pd.DataFrame) -> pd.DataFrame:
    revenue = pd.to_numeric(accounts["Revenue"])
    ordered = accounts[revenue > 0].assign(revenue=revenue).sort_values("revenue", ascending=False)
    before = ordered["revenue"].cumsum() - ordered["revenue"]
    return ordered[before < 0.8 * ordered["revenue"].sum()]


def audits() -> list[dict[str, Any]]:
    submitted: list[dict[str, Any]] = json.loads((FILES / "audits.json").read_text(encoding="utf-8"))
    return submitted


def campaigns() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads((FILES / "campaigns.json").read_text(encoding="utf-8"))
    return made
