"""The sample company: made anew it is the same, its files have the shape they should, and nobody real is in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from sample_files import FILES, SAMPLE, campaigns, survey, table, tier_one
from streamlit.testing.v1 import AppTest

from amp.records.access import Role
from amp.ui import sample, standings, state

PROJECT = SAMPLE.parent.parent
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
    others = {SAMPLE / listed[kind] for kind in ("audits", "campaigns")}
    assert {SAMPLE / entry["file"] for entry in listed["files"]} | others == set(FILES.iterdir())
    assert sum(path.stat().st_size for path in FILES.iterdir()) < 4_000_000


def test_the_campaigns_hold_a_line_for_each_taker_and_nothing_that_tells_one_from_another() -> None:
    lines = (FILES / "campaigns.json").read_text(encoding="utf-8").splitlines()
    takers = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"1.1"')]
    assert takers == [sheet for campaign in campaigns() for sheet in campaign["answers"]]
    ids = [f"{category}.{statement}" for category in range(1, 6) for statement in range(1, 6)]
    assert all(list(sheet) == ids and set(sheet.values()) <= {1, 2, 3, 4, 5} for sheet in takers)


def test_loading_it_twice_doubles_nothing_and_removing_it_leaves_nothing() -> None:
    state.forget()
    try:
        for _ in range(2):
            assert len(list(sample.load())) == 7
            held = state.records().campaigns.all()
            assert [(one.title, one.ours, one.sample) for one in held] == [
                ("Leadership team 2026", True, True),
                ("Leadership team 2025", True, True),
            ]
            assert [state.records().campaigns.progress(one.id).submitted for one in held] == [12, 9]
            assert len(state.records().audits.submissions()) == 40
            assert [(own.total, own.takers) for own in standings.ours()] == [(71, 1), (70, 12), (66, 9), (63, 1)]
        page = AppTest.from_file(str(PROJECT / "pages" / "listen" / "data.py"), default_timeout=30).run()
        page.button(key="amp-remove-sample").click().run()
        assert not page.exception
        assert state.records().campaigns.all() == state.records().audits.submissions() == standings.ours() == ()
    finally:
        state.forget()


def test_an_offer_of_another_audit_does_not_change_what_the_sample_was_given_under() -> None:
    state.forget()
    try:
        own = (SAMPLE.parent / "instruments" / "amp-snapshot.toml").read_text(encoding="utf-8")
        own = own.replace('id = "amp-snapshot"', 'id = "own"')
        now = datetime(2026, 1, 5, tzinfo=UTC)
        state.records().instruments.draft("own", "1.0", "Ours", own, Role.ADMIN, now)
        state.records().instruments.publish("own", "1.0", Role.ADMIN, now)
        state.records().instruments.offer("own", Role.ADMIN)
        list(sample.load())
        given = {(one.instrument_id, one.instrument_version) for one in state.records().audits.submissions()}
        asked = {(one.instrument_id, one.instrument_version) for one in state.records().campaigns.all()}
        assert given == asked == {("amp-snapshot", "1.0")}
    finally:
        state.forget()


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
