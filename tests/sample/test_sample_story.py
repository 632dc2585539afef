"""The story of the sample company stands in its files: trouble, a competitor, a theme, a role gap, a self-image."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median

import pandas as pd
import pytest
from sample_files import (
    SATISFACTION,
    audits,
    campaigns,
    column,
    comments,
    net_better,
    nps,
    ratings,
    survey,
    table,
    tier_one,
)

from amp.stats.agreement import van_der_eijk

LATE = re.compile(r"spare|lead time|deliver|shipment|back-order|liefer|ersatzteil|livraison|pièces", re.IGNORECASE)
DECISION_MAKER = re.compile(
    r"chief|\bvp\b|vice president|svp|c[ef]o\b|direct(?:or|eur)|geschäftsführer|vorstand", re.IGNORECASE
)
INFLUENCER = re.compile(
    r"technici|engineer$|buyer|scientist|analyst|associate|specialist|assistant|laborant", re.IGNORECASE
)


def test_most_people_of_the_second_wave_were_in_the_first() -> None:
    people = [set(survey(wave)["External Data Reference"]) - {""} for wave in ("2025", "2026")]
    assert 0.6 < len(people[0] & people[1]) / len(people[1]) < 0.8


def test_answers_of_one_account_resemble_each_other() -> None:
    rows = survey("2026")
    rows = rows[rows["account"] != ""]
    scores = pd.to_numeric(column(rows, "business partner or colleague?")).dropna()
    by_account = scores.groupby(rows["account"])
    sizes, groups = by_account.size(), by_account.ngroups
    between = (sizes * (by_account.mean() - scores.mean()) ** 2).sum() / (groups - 1)
    within = ((scores - by_account.transform("mean")) ** 2).sum() / (len(scores) - groups)
    typical = (len(scores) - (sizes**2).sum() / len(scores)) / (groups - 1)
    assert 0.15 < (between - within) / (between + (typical - 1) * within) < 0.5


def test_overall_nps_goes_modestly_down() -> None:
    assert -15 < nps(survey("2026")) - nps(survey("2025")) < -4


@pytest.mark.parametrize(
    ("attribute", "words"),
    [("Technical support response", r"hand-?over|handed over"), ("Delivery on time", LATE.pattern)],
)
def test_a_large_tier_one_account_is_in_trouble(attribute: str, words: str) -> None:
    large = tier_one(table("accounts.csv"))["Account ID"].iloc[:10]
    fall = {}
    for account in large:
        then, now = (survey(wave)[survey(wave)["account"] == account] for wave in ("2025", "2026"))
        fall[account] = ratings(now, attribute).mean() - ratings(then, attribute).mean()
    account = min(fall, key=lambda key: fall[key])
    now = survey("2026")[survey("2026")["account"] == account]
    assert fall[account] < -1.5
    assert len(now) >= 15
    assert nps(now) < -30
    assert nps(survey("2025")[survey("2025")["account"] == account]) > 30
    assert comments(now).str.contains(words, case=False).sum() >= 5


@pytest.mark.parametrize("wave", ["2025", "2026"])
def test_one_competitor_wins_on_service_and_only_there(wave: str) -> None:
    stems = {"company": "as a company", "product": "the products of", "service": "the service of"}
    net = {
        (s, c): net_better(survey(wave), stem, c)
        for s, stem in stems.items()
        for c in ("Kestrion", "Veltramet", "Norlabix")
    }
    ahead = net.pop(("service", "Kestrion"))
    assert ahead < -8
    assert wave == "2025" or ahead < -20
    assert max(abs(value) for value in net.values()) < 11


def test_late_deliveries_rise_from_a_twentieth_to_a_fifth_of_comments() -> None:
    before, after = (comments(survey(wave)).str.contains(LATE).mean() for wave in ("2025", "2026"))
    assert 0.03 < before < 0.08
    assert 0.17 < after < 0.25


@pytest.mark.parametrize("wave", ["2025", "2026"])
def test_decision_makers_like_the_price_less_than_influencers(wave: str) -> None:
    rows, price = survey(wave), ratings(survey(wave), "Price for value")
    deciding = price[rows["Title"].str.contains(DECISION_MAKER)]
    influencing = price[rows["Title"].str.contains(INFLUENCER)]
    assert min(len(deciding), len(influencing)) > 100
    assert deciding.mean() < influencing.mean() - 0.5


@pytest.mark.parametrize("wave", ["2025", "2026"])
def test_comments_are_varied_and_agree_with_the_ratings(wave: str) -> None:
    rows = survey(wave)
    said = comments(rows)
    assert len(said) > 1000
    assert said.nunique() / len(said) > 0.75
    scores = pd.to_numeric(column(rows, "business partner or colleague?"))
    angry = rows["What should we do better?"].str.contains(
        "unacceptable|not acceptable|cannot go on|disaster", case=False
    )
    content = rows["What should we do better?"].str.contains(
        "we are happy|keep it up|no complaints|well looked after", case=False
    )
    assert min(angry.sum(), content.sum()) >= 8
    assert scores[angry].mean() < scores[content].mean() - 2


def test_hostile_comments_are_among_them() -> None:
    said = "\n".join(comments(survey("2026")))
    assert "=HYPERLINK(" in said
    assert "<script>" in said


def test_employees_overrate_support_and_billing() -> None:
    rows = table("employees-2026.csv")
    parts, answers = rows.iloc[0], rows.iloc[1:]
    gaps = {
        part: answers[heading].map(SATISFACTION).mean() - ratings(survey("2026"), part).mean()
        for heading, part in parts.items()
        if any(name.endswith(f" - {part}") for name in survey("2026")) and not part.startswith(("Our ", "Halden"))
    }
    assert len(answers) == 120
    assert len(gaps) == 8
    assert {part for part, gap in gaps.items() if gap > 0.5} == {"Technical support response", "Billing accuracy"}


def test_forty_audits_spread_over_all_bands_and_the_sample_company_claims_its_tiers() -> None:
    submitted = audits()
    assert len(submitted) == len({audit["key"] for audit in submitted}) == 40
    assert len({audit["industry"] for audit in submitted}) == 9
    assert sum(count - 1 for count in Counter(audit["company"] for audit in submitted).values()) == 6
    ids = [f"{category}.{statement}" for category in range(1, 6) for statement in range(1, 6)]
    assert all(
        sorted(audit["answers"]) == ids and set(audit["answers"].values()) <= {1, 2, 3, 4, 5} for audit in submitted
    )
    totals = [sum(audit["answers"].values()) for audit in submitted]
    assert all(
        sum(low <= total <= high for total in totals) >= 3
        for low, high in ((25, 49), (50, 59), (60, 84), (85, 99), (100, 125))
    )
    own = [audit["answers"] for audit in submitted if audit["company"] == "Halden Instruments"]
    assert [60 <= sum(answers.values()) <= 84 for answers in own] == [True, True]
    assert own[-1]["1.1"] == 5


def given(year: int, statement: str) -> list[int]:
    (campaign,) = [one for one in campaigns() if one["title"] == f"Leadership team {year}"]
    return [sheet[statement] for sheet in campaign["answers"]]


def agreement(year: int) -> dict[str, float]:
    ids = campaigns()[0]["answers"][0]
    return {name: van_der_eijk([given(year, name).count(value) for value in range(1, 6)]) or 0.0 for name in ids}


def category_total(year: int, category: int) -> float:
    return median(map(sum, zip(*(given(year, f"{category}.{number}") for number in range(1, 6)), strict=True)))


def test_the_leadership_team_takes_the_audit_in_two_years() -> None:
    one, other = campaigns()
    assert [len(campaign["answers"]) for campaign in (one, other)] == [9, 12]
    days = [[campaign[moment][:10] for moment in ("opens_at", "closed_at")] for campaign in (one, other)]
    assert days == [["2025-06-02", "2025-06-20"], ["2026-06-01", "2026-06-19"]]
    assert {(c["company"], c["least"]) for c in (one, other)} == {("Halden Instruments", 5)}
    assert all(len(c["answers"]) <= c["expected"] for c in (one, other))


def test_they_agree_on_most_statements_and_are_split_on_rewards_and_on_corrective_action() -> None:
    assert min(agreement(2025).values()) > 0.4
    apart = {name for name, a in agreement(2026).items() if a < 0.4}
    assert apart == {"2.4", "3.2"}
    assert max(agreement(2026)[name] for name in apart) < 0
    for name in apart:
        assert [sum(low <= value <= low + 1 for value in given(2026, name)) for low in (1, 4)] == [6, 6]


def test_from_one_year_to_the_next_category_three_rises_and_the_others_barely_move() -> None:
    change = {category: category_total(2026, category) - category_total(2025, category) for category in range(1, 6)}
    assert change.pop(3) >= 4
    assert max(abs(points) for points in change.values()) <= 1
    risen = {name for name in campaigns()[0]["answers"][0] if median(given(2026, name)) > median(given(2025, name))}
    assert {"3.1", "3.3", "3.4", "3.5"} <= risen
    assert len(risen) <= 6


def test_the_team_says_in_the_middle_what_the_companys_own_audit_says() -> None:
    (own,) = [a["answers"] for a in audits() if a["company"] == "Halden Instruments" and a["submitted_at"] > "2026"]
    apart = {name: median(given(2026, name)) - value for name, value in own.items()}
    assert apart["1.1"] == 0
    assert max(abs(points) for points in apart.values()) <= 1
    assert sum(points == 0 for points in apart.values()) >= 20
