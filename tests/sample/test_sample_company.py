"""The sample company: made anew it is the same, its files have the shape they should, and nobody real is in it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from sample_files import FILES, SAMPLE, survey, table, tier_one

REAL_FIRMS = re.compile(
    r"\b(agilent|thermo fisher|shimadzu|mettler|keysight|bruker|perkinelmer|sartorius|siemens|bosch|roche|novartis|"
    r"pfizer|bayer|basf|merck|tesla|samsung|intel|infineon|philips|medtronic|nokia|ericsson|qualtrics|google|microsoft)\b",
    re.IGNORECASE,
)


def test_making_it_anew_gives_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SAMPLE / "make_sample.py"), "--out", str(tmp_path)], check=True, timeout=60)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert made == sorted(
        [*(path.relative_to(SAMPLE) for path in FILES.iterdir()), Path("README.md"), Path("sample.toml")]
    )
    assert [name for name in made if (tmp_path / name).read_bytes() != (SAMPLE / name).read_bytes()] == []


def test_every_listed_file_is_there_and_all_are_small() -> None:
    listed = tomllib.loads((SAMPLE / "sample.toml").read_text(encoding="utf-8"))
    assert [entry["kind"] for entry in listed["files"]] == ["accounts", "contacts", "survey", "survey", "employees"]
    assert {SAMPLE / entry["file"] for entry in listed["files"]} | {SAMPLE / listed["audits"]} == set(FILES.iterdir())
    assert sum(path.stat().st_size for path in FILES.iterdir()) < 4_000_000


def test_addresses_are_kept_for_examples_and_no_known_firm_is_named() -> None:
    everything = "\n".join(path.read_text(encoding="utf-8") for path in FILES.iterdir())
    domains = set(re.findall(r"[\w.-]+@([\w.-]+\.\w+)", everything)) | set(
        re.findall(r"https?://([\w.-]+)", everything)
    )
    assert len(domains) > 300
    assert [domain for domain in domains if not domain.endswith(".example")] == []
    assert table("accounts.csv")["Web domain"].str.endswith(".example").all()
    assert {address.rsplit(".", 1)[0] for address in re.findall(r"\b\d+\.\d+\.\d+\.\d+\b", everything)} == {"192.0.2"}
    assert REAL_FIRMS.findall(everything) == []


def test_four_hundred_accounts_of_which_a_fifth_is_tier_one() -> None:
    accounts = table("accounts.csv")
    assert len(accounts) == accounts["Account ID"].nunique() == accounts["Account name"].nunique() == 400
    assert 60 <= len(tier_one(accounts)) <= 90
    assert (accounts["Revenue"] == "").sum() == 1
    assert (pd.to_numeric(accounts["Revenue"]) < 0).sum() == 1
    assert (accounts.loc[accounts["Strategic"] == "yes", "Strategic reason"] != "").sum() == 3


def test_contacts_are_many_and_most_of_them_sit_at_tier_one() -> None:
    contacts = table("contacts.csv")
    assert len(contacts) == contacts["E-mail"].nunique() == 1500
    largest = contacts["Account name"].isin(tier_one(table("accounts.csv"))["Account name"])
    assert 0.4 < largest.mean() < 0.6
    assert set(contacts["Account name"]) == set(table("accounts.csv")["Account name"])


@pytest.mark.parametrize("wave", ["2025", "2026"])
def test_a_wave_has_about_nine_hundred_answers_and_rows_that_must_not_count(wave: str) -> None:
    raw = table(f"survey-{wave}.csv").iloc[2:]
    assert 850 <= len(survey(wave)) <= 1000
    assert raw["ResponseId"].str.fullmatch(r"R_[A-Za-z0-9]{15}").all()
    assert raw["ResponseId"].is_unique
    assert (raw["DistributionChannel"] == "preview").sum() == 5
    assert (raw["Progress"] != "100").sum() == 34


def test_the_columns_of_the_two_waves_differ() -> None:
    before, after = list(table("survey-2025.csv")), list(table("survey-2026.csv"))
    assert before[:17] == after[:17]
    assert set(before[17:]) & set(after[17:]) == {"Company", "Industry", "Region"}
