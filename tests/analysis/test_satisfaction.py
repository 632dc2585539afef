"""Satisfaction by group, with suppression in the engine."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from amp.analysis.filters import Filters
from amp.analysis.satisfaction import satisfaction
from amp.stats.clustered import mean
from amp.stats.nps import codes
from tests.small_company import people, person


def test_the_latest_wave_is_shown_and_compared_with_the_one_before(opened):
    found = satisfaction(opened, filters=Filters())
    assert (found.period.wave, found.period.previous) == ("Spring 2025", "Spring 2024")
    assert found.total.nps.respondent.n == 30
    change = found.total.nps_change.estimate
    before = satisfaction(opened, filters=Filters(waves=("Spring 2024",))).total.nps.respondent.value
    assert change.value == pytest.approx(found.total.nps.respondent.value - before)


def test_a_group_is_what_the_single_answers_say(opened):
    rows = opened.query(
        "select r.cluster, a.value from answers a join questions q using (dataset_id, question_id) "
        "join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id "
        "where q.kind = 'recommend' and r.tier_label = 'Tier I' and r.wave = 'Spring 2025'"
    )
    want = mean(codes(rows["value"])[0], rows["cluster"])
    found = {row.label: row for row in satisfaction(opened, filters=Filters()).groups}["Tier I"].nps.respondent
    assert (found.value, found.se, found.n, found.accounts) == pytest.approx(
        (want.value, want.se, want.n, want.accounts)
    )


def test_the_three_weighings_are_kept_apart(company):
    company.add_accounts()
    company.add_survey("Spring 2024", [person("A1", "influencer", 0)] + [person("A2", "influencer", 10)] * 9)
    found = satisfaction(company.open(), filters=Filters())
    total = found.total.nps
    assert total.respondent.value == pytest.approx(80)
    assert total.account.value == pytest.approx(0)
    assert total.revenue.value == pytest.approx((600 - 800) / 1400 * 100)
    assert found.why_weighings_differ == "By revenue it is lower: the largest accounts think worse of us."


def test_a_small_group_is_hidden_and_the_next_smallest_with_it(company):
    company.add_accounts()
    who = (
        [person("A1", "influencer", 9)] * 12 + [person("A4", "influencer", 8)] * 7 + [person("A5", "influencer", 1)] * 3
    )
    company.add_survey("Spring 2024", who)
    found = satisfaction(company.open(), filters=Filters(), min_group=5)
    assert {row.label: row.hidden for row in found.groups} == {"Tier I": False, "Tier II": True, "Tier III": True}
    assert all(row.nps.respondent.value is None and row.people == 0 for row in found.groups if row.hidden)
    assert not found.total.hidden


def test_five_people_show_and_four_do_not(company):
    company.add_survey("Spring 2024", [person("X", "influencer", 9)] * 4)
    company.add_survey("Spring 2025", [person("X", "influencer", 9)] * 5)
    engine = company.open()
    few = satisfaction(engine, filters=Filters(waves=("Spring 2024",)))
    assert few.total.hidden
    assert few.recommend_scores == tuple((score, 0) for score in range(11))
    assert few.headline.endswith("Hidden: fewer than 5 people.")
    assert not satisfaction(engine, filters=Filters()).total.hidden


def test_groups_can_be_crossed_and_come_in_order(opened):
    found = satisfaction(opened, filters=Filters(), by=("tier", "role"), min_group=3)
    assert found.groups[0].label == "Tier I · Decision makers"
    assert [row.label.split(" · ")[0] for row in found.groups] == sorted(
        row.label.split(" · ")[0] for row in found.groups
    )


def test_filters_narrow_every_figure(opened):
    found = satisfaction(opened, filters=Filters(tiers=("Tier I",)))
    assert found.total.nps.respondent.n == 15
    assert sum(n for _, n in found.recommend_scores) == 15


def test_the_distribution_is_behind_the_score(opened):
    found = satisfaction(opened, filters=Filters())
    scores = Counter(dict(found.recommend_scores))
    assert scores.total() == 30
    net = sum(n for s, n in scores.items() if s >= 9) - sum(n for s, n in scores.items() if s <= 6)
    assert found.total.nps.respondent.value == pytest.approx(100 * net / 30)


def test_answers_off_the_scale_are_left_out_and_counted(company):
    company.add_survey("Spring 2024", [person("X", "influencer", score) for score in (9, 9, 10, 8, 7, 42, 11)])
    found = satisfaction(company.open(), filters=Filters())
    assert (found.total.nps.respondent.n, found.excluded) == (5, 2)


def test_a_real_fall_is_flagged_and_a_small_one_is_not(company):
    def wave(shift):
        rng = np.random.default_rng(5)
        scores = np.clip(np.round(rng.normal(8.5, 1.2, 300)), 0, 10)
        return [
            person(f"C{i % 60}", "influencer", int(max(0, s - (shift if i % 2 else 0))), product="AB"[i % 2])
            for i, s in enumerate(scores)
        ]

    company.add_survey("Spring 2024", wave(0))
    company.add_survey("Spring 2025", wave(3))
    rows = {row.label: row for row in satisfaction(company.open(), filters=Filters(), by=("product",)).groups}
    assert rows["B"].nps_change.word == "down"
    assert rows["A"].nps_change.word == "no reliable difference"


def test_the_sentence_says_what_it_rests_on(opened):
    assert satisfaction(opened, filters=Filters()).headline == (
        "Spring 2025: recommend score +13 and satisfaction 4.2 of 5 from 30 answers from 6 accounts, "
        "worth about 6 independent answers; no reliable difference from Spring 2024."
    )


def test_without_a_survey_the_page_says_so(empty):
    assert satisfaction(empty, filters=Filters()).headline == "No survey of customers is loaded yet."


def test_a_subject_nobody_was_asked_about_has_no_figure(opened):
    found = satisfaction(opened, filters=Filters(), subject="product")
    assert found.headline.startswith("Not enough answers about products")
    assert found.groups == ()


def test_the_attributes_of_a_subject_are_listed(opened):
    found = satisfaction(opened, filters=Filters(), subject="service")
    assert [(row.label, row.mean.respondent.n) for row in found.attributes] == [("Delivery on time", 30)]


def test_an_earlier_wave_has_nothing_before_it(company):
    company.add_survey("Spring 2024", people())
    found = satisfaction(company.open(), filters=Filters())
    assert found.period.previous is None
    assert found.total.nps_change.estimate.value is None
    assert found.headline.endswith("independent answers.")
