"""Claimed against evidenced: for each statement what supports it, what contradicts it, and when the data cannot say."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from amp import imports
from amp.analysis.evidence import CUTS, RULES, Evidence, Verdict, cuts_in_words, evidence, fitting
from amp.analysis.words import percent
from amp.config import DATA
from amp.ui.navigation import SCREENS
from amp.warehouse.engine import Engine
from tests.small_company import Company, people, person

DOC = (Path(__file__).resolve().parents[2] / "docs" / "evidence.md").read_text()
SUPPORTS, CONTRADICTS, CANNOT_SAY = Verdict
THIN = "\u202f"
NAMES = ("A1", "A2", "A3", "A4", "A5", "A6", "A7")


def told(engine: Engine, statement: str, claimed: int | None = 5, min_group: int = 5) -> Evidence:
    (found,) = evidence(engine, claimed={statement: claimed}, min_group=min_group)
    return found


def staff(score: int, accounts: tuple[str, ...] = NAMES, each: int = 5) -> list[dict[str, object]]:
    """`each` people of every account, who all give the same score."""
    return [person(account, "influencer", score) for account in accounts for _ in range(each)]


def contacts(known: int, unknown: int) -> list[dict[str, object]]:
    roles = ["influencer"] * known + [None] * unknown
    return [{"contact_id": f"c{i}", "account_ref": "A1", "role": role} for i, role in enumerate(roles)]


def reworded(engine: Engine, question: str, wording: str) -> None:
    """As if a survey had asked it in these words."""
    frame = engine.query("select * from questions")
    frame.loc[frame["question_id"] == question, ["wording", "attribute"]] = wording
    engine.load_frame("questions", frame)


def test_neighbouring_ranges_overlap_and_cover_the_scale():
    assert [fitting(least) for least, _ in CUTS] == [(4, 5), (3, 4), (2, 3), (1, 2)]
    assert cuts_in_words() == (
        f"at least 80{THIN}% fits 4 or 5, at least 50{THIN}% fits 3 or 4, at least 20{THIN}% fits 2 or 3 and less fits "
        "1 or 2"
    )


def test_statements_come_in_the_order_they_were_claimed_and_others_not_at_all(opened):
    found = evidence(opened, claimed={"5.4": 3, "4.1": 5, "1.3": 2, "1.1": None})
    assert [one.statement_id for one in found] == ["5.4", "1.1"]


# 1.1 tiers and contact roles


@pytest.mark.parametrize(
    ("known", "claimed", "verdict", "direction"),
    [
        (18, 5, SUPPORTS, ""),
        (18, 4, SUPPORTS, ""),
        (18, 2, CONTRADICTS, "lower"),
        (2, 5, CONTRADICTS, "higher"),
        (0, 1, SUPPORTS, ""),
    ],
)
def test_a_rating_of_tiers_and_roles_is_held_against_the_lower_share(company, known, claimed, verdict, direction):
    company.add_accounts()
    company.add_contacts(contacts(known, 20 - known))
    found = told(company.open(), "1.1", claimed)
    assert (found.verdict, found.direction) == (verdict, direction)


def test_what_is_known_of_accounts_and_contacts_is_said_in_sentences(company):
    company.add_accounts()
    company.add_contacts(contacts(2, 18))
    found = told(company.open(), "1.1")
    assert found.facts == (
        f"Revenue, and so the tier, is known for 6 of 7 accounts (86{THIN}%).",
        f"The part in the decision is given, or can be read from the title, for 2 of 20 contacts (10{THIN}%).",
    )
    assert (found.expected, found.page) == ((1, 2), "tiers")
    assert found.in_words == "Rated 5, higher than the data show: they fit 1 or 2."


def test_a_list_that_is_not_loaded_contradicts_nothing(company):
    company.add_accounts()
    found = told(company.open(), "1.1")
    assert found.verdict == CANNOT_SAY
    assert found.facts[1] == "The data hold no contact list, so they cannot say whose part in the decision is known."


def test_a_contact_list_of_few_people_is_not_judged(company):
    company.add_accounts()
    company.add_contacts(contacts(0, 4))
    found = told(company.open(), "1.1")
    assert (found.verdict, found.expected) == (CANNOT_SAY, None)
    assert found.facts[1].endswith("Hidden: fewer than 5 people.")


# 1.2 feedback at every point


def test_two_waves_that_reach_most_revenue_support_a_high_rating_of_listening(opened):
    found = told(opened, "1.2", 4)
    assert found.verdict == SUPPORTS
    assert found.facts == (
        f"100{THIN}% of the revenue (€2,000 of €2,000) was heard from in Spring 2025.",
        "Surveys asked about the company and services; 2 waves are loaded.",
        "The data do not show at which other points customers are asked, or with whom the results are shared.",
    )


def test_a_part_that_is_done_contradicts_no_low_rating_of_the_whole(opened):
    found = told(opened, "1.2", 2)
    assert (found.verdict, found.direction, found.expected) == (CANNOT_SAY, "lower", (4, 5))
    assert found.in_words == "Rated 2; the data fit 4 or 5, but measure only a part of the statement."


def test_little_revenue_heard_from_contradicts_a_high_rating_of_listening(company):
    company.add_accounts()
    company.add_survey("Spring 2024", people())
    company.add_survey("Spring 2025", staff(8, ("A5", "A6", "A7")))
    found = told(company.open(), "1.2", 4)
    assert (found.verdict, found.expected) == (CONTRADICTS, (1, 2))
    assert found.facts[0] == f"8{THIN}% of the revenue (€150 of €2,000) was heard from in Spring 2025."


def test_where_no_revenue_is_known_accounts_are_counted(opened):
    opened.load("accounts", "select * replace (cast(null as decimal(18, 2)) as revenue) from accounts")
    assert told(opened, "1.2").facts[0] == f"6 of 7 accounts (86{THIN}%) were heard from in Spring 2025."


def test_where_currencies_are_mixed_accounts_are_counted(opened):
    opened.load(
        "accounts", "select * replace (case account_id when 'A1' then 'USD' else 'EUR' end as currency) from accounts"
    )
    assert told(opened, "1.2").facts[0].startswith("6 of 7 accounts")


def test_one_wave_cannot_show_that_feedback_is_collected_everywhere(company):
    company.add_accounts()
    company.add_survey("Spring 2025", people())
    found = told(company.open(), "1.2")
    assert found.verdict == CANNOT_SAY
    assert found.facts[-1] == "One wave, or one subject, cannot show that feedback is collected at every point."


def test_answers_that_join_no_account_do_not_show_that_accounts_are_silent(company):
    company.add_accounts()
    company.add_survey("Spring 2024", people())
    company.add_survey("Spring 2025", staff(8, ("Nowhere Ltd", "Elsewhere Ltd", "A6")))
    engine = company.open()
    for statement in ("1.2", "5.4"):
        assert told(engine, statement).facts == (
            "The account of most people heard in Spring 2025 is not known, so the data cannot say.",
        )


# 1.4 benchmarks


def test_a_comparison_repeated_in_every_wave_supports_a_high_rating_of_benchmarks(opened):
    found = told(opened, "1.4", 4)
    assert (found.verdict, found.page) == (SUPPORTS, "competitors")
    assert found.facts[0].endswith(" people compared the company with 1 named competitor.")
    assert found.facts[1] == "The comparison asked most often was answered in 2 of 2 waves."


def test_a_comparison_that_is_never_repeated_contradicts_a_high_rating_of_benchmarks(company):
    company.add_survey("Spring 2024", people())
    company.add_survey("Spring 2025", staff(8))
    assert told(company.open(), "1.4", 4).verdict == CONTRADICTS


def test_without_a_named_competitor_or_a_second_wave_the_data_cannot_say(company, tmp_path):
    company.add_survey("Spring 2024", people())
    found = told(company.open(), "1.4")
    assert found.verdict == CANNOT_SAY
    assert found.facts[-1] == "With one wave, the data cannot say whether a comparison is repeated."
    (tmp_path / "other").mkdir()
    other = Company(tmp_path / "other")
    other.add_survey("Spring 2024", staff(8))
    assert told(other.open(), "1.4").facts == (
        "The data hold no comparison with a named competitor, so they cannot say.",
    )


def test_a_comparison_by_few_people_is_hidden(company):
    company.add_survey("Spring 2024", [person("A1", "influencer", 8, q4=1) for _ in range(4)])
    assert told(company.open(), "1.4").facts == ("Hidden: fewer than 5 people.",)


# 1.5 and 3.1 accounts in trouble


@pytest.fixture
def in_trouble(company):
    """Seven accounts in trouble in Spring 2024."""
    company.add_accounts()
    company.add_survey("Spring 2024", staff(3))
    return company


def test_accounts_that_came_out_of_trouble_support_a_high_rating_of_acting(in_trouble):
    in_trouble.add_survey("Spring 2025", staff(9))
    found = told(in_trouble.open(), "1.5")
    assert found.verdict == SUPPORTS
    assert found.facts[:2] == (
        "7 accounts were in trouble in Spring 2024; 7 of them had at least 5 people who answered in Spring 2025.",
        "Of those, 7 are out of trouble with a higher mean.",
    )
    assert "by itself" in found.facts[-1]


def test_accounts_still_in_trouble_contradict_a_high_rating_of_acting_though_they_rose(in_trouble):
    in_trouble.add_survey("Spring 2025", staff(5))
    engine = in_trouble.open()
    found = told(engine, "1.5", 4)
    assert found.verdict == CONTRADICTS
    assert found.facts[1] == "Of those, none are out of trouble with a higher mean."
    assert told(engine, "3.1").verdict == SUPPORTS, "all of them were heard again"


def test_accounts_in_trouble_that_were_not_heard_again_contradict_a_high_rating_of_reviewing(in_trouble):
    in_trouble.add_survey("Spring 2025", staff(9, ("A1", "A2"), each=3))
    engine = in_trouble.open()
    found = told(engine, "3.1", 4)
    assert (found.verdict, found.expected) == (CONTRADICTS, (2, 3))
    assert found.facts[0] == "7 accounts were in trouble in Spring 2024; 2 of them were heard again in Spring 2025."
    assert told(engine, "1.5").facts == (
        "7 accounts were in trouble in Spring 2024; none of them had at least 5 people who answered in Spring 2025.",
    )


@pytest.mark.parametrize("statement", ["1.5", "3.1"])
def test_few_accounts_in_trouble_are_counted_and_not_judged(company, statement):
    company.add_survey("Spring 2024", staff(3, ("A1", "A2")) + staff(9, ("A3",)))
    company.add_survey("Spring 2025", staff(9))
    found = told(company.open(), statement)
    assert (found.verdict, found.expected) == (CANNOT_SAY, None)
    assert found.facts[0].startswith("2 accounts were in trouble in Spring 2024; 2 of them ")
    assert found.facts[-1] == "Fewer than 5 accounts are too few to judge by."


@pytest.mark.parametrize("statement", ["1.5", "3.1"])
def test_where_nobody_was_in_trouble_or_there_is_one_wave_the_data_cannot_say(company, statement):
    company.add_survey("Spring 2024", staff(9))
    engine = company.open()
    assert told(engine, statement).facts == ("With one wave, the data cannot say what became of accounts in trouble.",)
    company.add_survey("Spring 2025", staff(9))
    assert told(company.open(), statement).facts == (
        "No account with at least 5 people was in trouble in Spring 2024, so there was none to follow up.",
    )


# 2.1 employees' view


def test_employees_who_rated_the_same_attributes_support_a_high_rating_of_comparing(company):
    company.add_survey("Spring 2025", people())
    company.add_survey("Spring 2025", people(), kind="employees")
    found = told(company.open(), "2.1")
    assert (found.verdict, found.page) == (SUPPORTS, "data")
    assert found.facts[0] == (
        f"30 employees answered, and rated 2 of 2 attributes (100{THIN}%) that customers rated in Spring 2025."
    )


def test_employees_who_rated_something_else_contradict_a_high_rating_of_comparing(company):
    company.add_survey("Spring 2025", people())
    company.add_survey("Spring 2025", [{"q1": 8}] * 6, kind="employees")
    assert told(company.open(), "2.1", 4).verdict == CONTRADICTS


def test_without_an_employee_survey_the_data_cannot_say(opened):
    found = told(opened, "2.1")
    assert (found.verdict, found.facts) == (CANNOT_SAY, ("The data hold no employee survey, so they cannot say.",))


def test_few_employees_are_hidden(company):
    company.add_survey("Spring 2025", people())
    company.add_survey("Spring 2025", people()[:4], kind="employees")
    assert told(company.open(), "2.1").facts == ("Hidden: fewer than 5 people.",)


# 3.4 drivers


def test_enough_answers_for_every_attribute_support_a_high_rating_of_analytics(opened):
    found = told(opened, "3.4")
    assert found.verdict == SUPPORTS
    assert found.facts[:2] == (
        "In Spring 2025, up to 30 people rated an attribute and also answered “Recommend us”.",
        f"At least 20 people, ten for every attribute, did so for 2 of 2 attributes (100{THIN}%).",
    )


def test_too_few_answers_to_tell_drivers_contradict_a_high_rating_of_analytics(company):
    company.add_survey("Spring 2025", people()[:12])
    assert told(company.open(), "3.4", 4).verdict == CONTRADICTS


def test_without_attributes_beside_a_question_on_the_whole_the_data_cannot_say(company):
    company.add_survey("Spring 2025", [{"q1": 8}] * 30)
    found = told(company.open(), "3.4")
    assert found.verdict == CANNOT_SAY
    assert found.facts[0].startswith("The data hold no attributes rated beside a recommendation")


def test_an_overall_rating_stands_in_for_a_recommendation(company):
    company.add_survey("Spring 2025", people())
    engine = company.open()
    engine.load_frame("questions", engine.query("select * from questions where kind <> 'recommend'"))
    found = told(engine, "3.4")
    assert found.facts[0].endswith("also answered “Overall”.")
    assert "1 of 1 attribute " in found.facts[1], "the overall rating is no driver of itself"


# 5.3 and 5.5 value added


@pytest.mark.parametrize(
    ("statement", "wording"),
    [
        ("5.3", "Did we help you to reduce your operating costs?"),
        ("5.3", "Wie zufrieden sind Sie mit dem Mehrwert unserer Lösung?"),
        ("5.5", "How satisfied are you with what our partnership adds to productivity?"),
        ("5.5", "How satisfied are you with the financial benefit of working with us?"),
    ],
)
def test_a_question_about_value_that_all_accounts_answered_supports_a_high_rating(opened, statement, wording):
    reworded(opened, "q3", wording)
    found = told(opened, statement)
    assert found.verdict == SUPPORTS
    assert found.facts == (f"30 people at 6 of 6 accounts (100{THIN}%) heard in Spring 2025 answered “{wording}”.",)
    assert told(opened, statement, 1).direction == "lower"
    assert told(opened, statement, 1).verdict == CONTRADICTS


@pytest.mark.parametrize("statement", ["5.3", "5.5"])
def test_a_question_about_value_that_few_accounts_answered_contradicts_a_high_rating(company, statement):
    company.add_survey("Spring 2025", staff(8) + [person("A1", "influencer", 8, q3=4) for _ in range(6)])
    engine = company.open()
    reworded(engine, "q3", "How satisfied are you with the value added?")
    assert told(engine, statement, 4).verdict == CONTRADICTS


@pytest.mark.parametrize("statement", ["5.3", "5.5"])
def test_without_a_question_about_value_the_data_cannot_say(opened, statement):
    found = told(opened, statement)
    assert found.verdict == CANNOT_SAY
    assert found.facts[0].startswith("No question of the surveys loaded speaks of added value")


@pytest.mark.parametrize("wording", ["Price for value", "Value for money", "What is your annual revenue?"])
def test_a_question_about_the_price_is_not_taken_for_one_about_value_added(opened, wording):
    reworded(opened, "q3", wording)
    assert told(opened, "5.3").verdict == CANNOT_SAY
    found = told(opened, "5.5")
    assert found.verdict == CANNOT_SAY
    assert (found.facts[-1].startswith(f"Customers rate “{wording}”, which asks about the price")) == (
        "revenue" not in wording
    )


def test_a_question_about_value_is_hidden_where_few_answered_and_says_so_where_nobody_did(company):
    company.add_survey("Spring 2024", [person("A1", "influencer", 8, q3=4) for _ in range(6)])
    company.add_survey("Spring 2025", staff(8) + [person("A1", "influencer", 8, q3=4) for _ in range(4)])
    engine = company.open()
    reworded(engine, "q3", "The value we add")
    reworded(engine, "q5", "Cost savings")
    found = told(engine, "5.3")
    assert (found.verdict, found.facts) == (
        CANNOT_SAY,
        ("Customers could answer “The value we add” and “Cost savings”. Hidden: fewer than 5 people.",),
    )
    reworded(engine, "q3", "Delivery")
    assert told(engine, "5.3").facts[0].endswith("Nobody did in Spring 2025, so the data cannot say.")


# 5.4 partnership reviews


@pytest.fixture
def seven_in_tier_one(company):
    """All accounts are strategic, and so shown in Tier I."""
    company.add_accounts()
    return company


def opened_with(company: Company, who: list[dict[str, object]]) -> Engine:
    company.add_survey("Spring 2025", who)
    return company.open(strategic=dict.fromkeys(NAMES, "Key account"))


def test_two_levels_heard_at_tier_one_support_a_rating_of_partnership_reviews(seven_in_tier_one):
    deciders = [person(account, "decision_maker", 8) for account in NAMES[:6]]
    found = told(opened_with(seven_in_tier_one, staff(8) + deciders), "5.4")
    assert found.verdict == SUPPORTS
    assert found.facts[0] == (
        f"A decision maker and somebody of another role were heard at 6 of 7 Tier I accounts (86{THIN}%) in "
        "Spring 2025."
    )


def test_one_level_heard_at_tier_one_contradicts_a_high_rating_of_partnership_reviews(seven_in_tier_one):
    assert told(opened_with(seven_in_tier_one, staff(8)), "5.4", 4).verdict == CONTRADICTS


def test_unknown_roles_do_not_show_that_one_level_was_heard(seven_in_tier_one):
    unknown = [one | {"role": None} for one in staff(8)]
    found = told(opened_with(seven_in_tier_one, unknown), "5.4")
    assert found.verdict == CANNOT_SAY
    assert found.facts == (
        "The role of most people heard at Tier I accounts is not known, so the data cannot say.",
    )  # fmt: skip


def test_few_tier_one_accounts_or_few_people_at_them_are_not_judged(opened, seven_in_tier_one):
    found = told(opened, "5.4")
    assert found.facts[-1] == "Fewer than 5 accounts are too few to judge by.", "three accounts are in Tier I"
    assert told(opened, "5.4", min_group=20).facts[0].endswith("Hidden: fewer than 20 people.")


# The sample company


@pytest.mark.slow
def test_the_sample_company_claims_more_of_its_contacts_roles_than_its_list_shows(company):
    sample = tomllib.loads((DATA / "sample" / "sample.toml").read_text(encoding="utf-8"))
    for entry in sample["files"]:
        path = DATA / "sample" / entry["file"]
        raw = imports.open_file(path, path.name, max_mb=50)
        imports.load(raw, imports.propose(raw), company.folder, title=entry["title"], wave=entry["wave"])
    audits = json.loads((DATA / "sample" / sample["audits"]).read_text(encoding="utf-8"))
    own = [audit["answers"] for audit in audits if audit["company"] == sample["company"]][-1]
    found = {one.statement_id: one for one in evidence(company.open(), claimed=own)}
    assert list(found) == list(RULES)
    assert {name: str(one.verdict) for name, one in found.items() if one.verdict != CANNOT_SAY} == {
        "1.1": "contradicts", "3.4": "supports", "5.4": "supports",
    }  # fmt: skip
    assert found["1.1"].in_words == "Rated 5, higher than the data show: they fit 3 or 4."
    assert found["5.5"].facts[-1].startswith("Customers rate “Price for value”, which asks about the price")


# All statements


@pytest.mark.parametrize("statement", list(RULES))
def test_an_answer_of_not_sure_shows_the_facts_and_no_verdict(opened, statement):
    found = told(opened, statement, None)
    assert found.verdict == CANNOT_SAY
    assert found.direction == ""
    assert found.facts == told(opened, statement).facts


@pytest.mark.parametrize("statement", list(RULES))
def test_an_empty_workspace_cannot_say_anything(empty, statement):
    found = told(empty, statement)
    assert (found.verdict, found.expected, found.in_words) == (CANNOT_SAY, None, "The data cannot say.")
    assert found.facts
    assert all("cannot say" in fact for fact in found.facts)


@pytest.mark.parametrize("statement", list(RULES))
def test_few_people_decide_nothing_and_are_not_told_apart(company, statement):
    company.add_accounts()
    company.add_contacts(contacts(2, 2))
    for wave in ("Spring 2024", "Spring 2025"):
        company.add_survey(wave, people()[:4])
        company.add_survey(wave, people()[:2], kind="employees")
    engine = company.open()
    reworded(engine, "q3", "The value we add")
    found = told(engine, statement)
    assert (found.verdict, found.expected) == (CANNOT_SAY, None)
    assert not re.search(r"\b[1-4] (people|person|employees?|contacts?)\b", " ".join(found.facts))


@pytest.mark.parametrize("claimed", [5, 3, 1, None])
def test_every_fact_is_a_sentence_without_a_trace_of_the_machine(opened, claimed):
    for found in evidence(opened, claimed=dict.fromkeys(RULES, claimed)):
        for sentence in (*found.facts, found.in_words, found.rule):
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith(".")
            assert not re.search(r"\b(None|nan|Decimal)\b|_", sentence)


def test_every_statement_is_one_of_the_audit_and_every_page_one_of_the_app():
    audit = tomllib.loads((DATA / "instruments" / "amp-snapshot.toml").read_text(encoding="utf-8"))
    assert set(RULES) <= {statement["id"] for category in audit["categories"] for statement in category["statements"]}
    assert {rule.page for rule in RULES.values()} <= set(SCREENS)


def test_every_statement_and_its_rule_stands_in_the_docs_and_no_other():
    rows = {line.split(" ")[1]: line for line in DOC.splitlines() if re.match(r"\| \d\.\d ", line)}
    assert list(rows) == list(RULES)
    for statement, rule in RULES.items():
        assert rule.text in rows[statement]
        assert rule.beyond in rows[statement]


def test_the_cut_points_stand_in_the_docs():
    for least, (low, high) in CUTS:
        share = f"at least {percent(least).replace(THIN, ' ')}" if least else "less"
        assert f"| {share} | {low} or {high} |" in DOC
