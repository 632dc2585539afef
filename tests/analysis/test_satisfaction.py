"""Satisfaction by group, with suppression in the engine."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from amp.analysis.filters import Filters
from amp.analysis.questions import figures, loyalty_question, overall_ratings, questions, subjects
from amp.analysis.satisfaction import satisfaction
from amp.analysis.scores import p_values
from amp.stats.clustered import mean
from amp.stats.nps import codes, nps_of_counts
from amp.stats.proportions import wilson
from tests import small_company
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
    assert found.headline == "No survey asked about products."
    assert found.groups == ()


def asking(monkeypatch, *more):
    monkeypatch.setattr(small_company, "QUESTIONS", (*small_company.QUESTIONS, *more))


SPEED = ("q6", "speed", "rating", "service", "Speed", "", 1, 5, "How satisfied are you with our speed?")
RENEW = ("q6", "renew", "rating", "company", "Renewal", "", 1, 5, "How likely are you to renew?")
DESK = ("q6", "desk", "recommend", "other", "Support desk", "", 0, 10, "Would you recommend the support desk?")


def test_the_attributes_of_a_subject_are_listed(company, monkeypatch):
    asking(monkeypatch, SPEED)
    company.add_survey("Spring 2024", [person(f"C{i}", "influencer", 9, q3=1 + i % 5, q6=3) for i in range(30)])
    found = satisfaction(company.open(), filters=Filters(), subject="service")
    assert [(row.label, row.mean.respondent.n) for row in found.attributes] == [("Delivery on time", 30), ("Speed", 30)]
    assert found.mean_of == "2 ratings, from “Delivery on time” to “Speed”"


def test_the_rating_that_is_the_mean_already_is_tested_once(opened):
    found = satisfaction(opened, filters=Filters())
    assert found.attributes == ()
    assert found.mean_of == "“Overall”"
    tested = p_values([found.total, *found.groups])
    assert found.compared == sum(p is not None for p in tested)
    assert f"{found.compared} changes compared" in found.judged


def test_how_likely_people_are_to_renew_is_no_satisfaction(company, monkeypatch):
    asking(monkeypatch, RENEW)
    company.add_survey("Spring 2024", [{"account_ref": f"C{i}", "q6": 2} for i in range(9)])
    asked = questions(company.open())
    assert [question.attribute for question in overall_ratings(asked, "company")] == ["Overall"]
    renewal = tuple(question for question in asked if question.key != "overall")
    assert overall_ratings(renewal, "company") == ()


def test_a_recommendation_of_something_else_is_not_one_of_the_company(company, monkeypatch):
    asking(monkeypatch, DESK)
    company.add_survey("Spring 2024", [person(f"C{i}", "influencer", 9, q6=0) for i in range(9)])
    engine = company.open()
    asked = questions(engine)
    assert subjects(asked) == ("company", "service", "other")
    assert (figures(asked, "company"), figures(asked, "service"), figures(asked, "other")) == (
        ("nps", "mean", "top_two"), ("mean", "top_two"), ("nps",),
    )  # fmt: skip
    assert loyalty_question(asked).key == "recommend"
    assert satisfaction(engine, filters=Filters(), subject="other").total.nps.respondent.value == -100
    assert satisfaction(engine, filters=Filters()).total.nps.respondent.value == 100


def test_the_wave_on_show_is_named_with_the_figures(opened):
    assert satisfaction(opened, filters=Filters()).shown == (
        "Shown: Spring 2025, the newest wave. Changes are since Spring 2024. Satisfaction is the mean of “Overall”."
    )
    earlier = satisfaction(opened, filters=Filters(waves=("Spring 2024",)))
    assert earlier.period.in_words == "Shown: Spring 2024. There is no earlier wave."


def test_independent_people_get_the_adjusted_wald_and_the_wilson_interval(company):
    scores = (10, 9, 9, 8, 7, 7, 6, 3, 10, 9)
    company.add_survey("Spring 2024", [{"q1": score, "q2": 5 if score > 8 else 3} for score in scores])
    found = satisfaction(company.open(), filters=Filters())
    score, box = found.total.nps.respondent, found.total.top_two.respondent
    wanted = nps_of_counts(5, 3, 2)
    assert (score.value, score.low, score.high) == pytest.approx((30, wanted.low, wanted.high))
    assert (box.low, box.high) == pytest.approx(wilson(5, 10))
    assert found.basis == "10 answers from 10 people"


def test_a_score_of_accounts_keeps_the_clustered_interval(opened):
    score = satisfaction(opened, filters=Filters()).total.nps.respondent
    independent = nps_of_counts(*(round(30 * share) for share in (0.4667, 0.2, 0.3333)))
    assert (score.alone, score.accounts) == (0, 6)
    assert score.high - score.low > independent.high - independent.low


def crossed(company, sizes):
    """An engine with as many people of each (product, role) as `sizes` says."""
    who = [
        person(f"C{product}{role}{i}", role, 9, product=product)
        for (product, role), n in sizes.items()
        for i in range(n)
    ]
    company.add_survey("Spring 2024", who)
    found = satisfaction(company.open(), filters=Filters(), by=("product", "role"))
    return {row.label: row.hidden for row in found.groups}


def test_in_crossed_groups_no_hidden_one_is_alone_in_its_row_or_column(company):
    roles = ("decision_maker", "recommender", "influencer")
    sizes = {(product, role): 10 + 3 * p + r for p, product in enumerate("ABC") for r, role in enumerate(roles)}
    hidden = crossed(company, sizes | {("A", "decision_maker"): 3})
    assert hidden["A · Decision makers"]
    for margin in (*"ABC", "Decision makers", "Recommenders", "Influencers"):
        assert sum(gone for label, gone in hidden.items() if margin in label.split(" · ")) != 1
    assert not all(hidden.values())


def test_crossed_groups_of_which_none_is_small_are_all_shown(company):
    assert not any(crossed(company, {(p, r): 6 for p in "AB" for r in ("influencer", "recommender")}).values())


def test_a_filter_that_leaves_out_few_people_of_a_wave_hides_the_wave(company):
    company.add_survey("Spring 2024", [person("X", "influencer", 9)] * 12 + [person("Y", "decision_maker", 0)] * 4)
    engine = company.open()
    assert satisfaction(engine, filters=Filters()).total.nps.respondent.n == 16
    found = satisfaction(engine, filters=Filters(roles=("influencer",)))
    assert found.total.hidden
    assert sum(n for _, n in found.recommend_scores) == 0
    assert found.headline.endswith("Hidden: fewer than 5 people within these filters, or left out by them.")


def test_a_filter_that_leaves_out_enough_people_hides_nothing(company):
    company.add_survey("Spring 2024", [person("X", "influencer", 9)] * 12 + [person("Y", "decision_maker", 0)] * 5)
    found = satisfaction(company.open(), filters=Filters(roles=("influencer",)))
    assert (found.total.hidden, found.total.nps.respondent.n) == (False, 12)


def test_an_earlier_wave_has_nothing_before_it(company):
    company.add_survey("Spring 2024", people())
    found = satisfaction(company.open(), filters=Filters())
    assert found.period.previous is None
    assert found.total.nps_change.estimate.value is None
    assert found.headline.endswith("independent answers.")
