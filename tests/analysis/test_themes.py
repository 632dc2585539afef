"""Themes under filters: people not sentences, hidden where few, compared with the wave before, quoted without names."""

from __future__ import annotations

from dataclasses import fields

import pytest

from amp.analysis import themes as ask
from amp.analysis.filters import Filters
from amp.analysis.theme_model import ensure_loaded
from amp.stats.clustered import difference
from tests.small_company import person

LATE = (
    "Your deliveries arrive late again.",
    "The shipment was delayed once more.",
    "Lead times are far too long.",
    "Delivery dates are never kept.",
)
KIND = (
    "The help desk answers quickly and well.",
    "Technical support is quick and competent.",
    "Support is excellent and friendly.",
)
WRONG = ("The invoice was wrong.", "Your invoice does not match the order.")
ROLES = ("decision_maker", "influencer")
ACCOUNTS = ("A1", "A2", "A3", "A4", "A5", "A6")


def respondents(late: int, kind: int, wrong: int = 0, silent: int = 0) -> list[dict[str, object]]:
    """People 0 … n-1: on late delivery (score 3), on kind support (9), on invoices (6), and with “n/a” (8)."""
    said = [(LATE, 3)] * late + [(KIND, 9)] * kind + [(WRONG, 6)] * wrong + [(("n/a",), 8)] * silent
    return [
        person(ACCOUNTS[i % 6], ROLES[i % 2], score, q5=texts[i % len(texts)], respondent_id=f"p{i}")
        for i, (texts, score) in enumerate(said)
    ]


@pytest.fixture
def two_waves(company):
    """Late deliveries rise from 10 of 40 to 30 of 50 people; the invoices of a few are only in the second wave."""
    company.add_accounts()
    company.add_survey("Spring 2024", respondents(late=10, kind=30, silent=5))
    company.add_survey("Spring 2025", respondents(late=30, kind=16, wrong=4, silent=5))
    return company.open()


def by_id(tree: ask.ThemeTree) -> dict[str, ask.Theme]:
    return {theme.id: theme for theme in tree.themes}


def test_people_are_counted_once_and_non_answers_stand_outside(two_waves):
    tree = ask.themes(two_waves, filters=Filters(waves=("Spring 2025",)))
    assert (tree.people, tree.comments, tree.non_answers) == (50, 50, 5)
    assert by_id(tree)["delivery"].people == 30
    assert by_id(tree)["delivery"].share == pytest.approx(30 / 50)


def test_a_person_who_says_it_in_both_waves_is_one_person(two_waves):
    tree = ask.themes(two_waves, filters=Filters())
    assert tree.people == 50, "p0 … p49 said something in either wave"
    assert by_id(tree)["delivery"].people == 30, "those of the first wave are among those of the second"
    assert by_id(tree)["delivery"].sentences == 40


def test_a_theme_of_few_people_has_a_label_and_nothing_else(two_waves):
    few = by_id(ask.themes(two_waves, filters=Filters()))["billing"]
    assert few.too_few
    assert few.label == "Billing"
    empty = {field.name: getattr(few, field.name) for field in fields(few)}
    assert {name for name, value in empty.items() if value not in (None, (), "", False)} == {"id", "label", "too_few"}
    assert not by_id(ask.themes(two_waves, filters=Filters(), min_comments=4))["billing"].too_few


def test_too_few_people_hide_everything(two_waves):
    tree = ask.themes(two_waves, filters=Filters(waves=("Spring 2025",)), min_comments=51)
    assert tree.too_few
    assert (tree.themes, tree.people, tree.comments, tree.non_answers) == ((), None, None, None)


def test_complaints_are_negative_and_praise_is_positive(two_waves):
    found = by_id(ask.themes(two_waves, filters=Filters()))
    assert found["delivery"].sentiment.value < -0.5 < 0.5 < found["support"].sentiment.value
    assert found["delivery"].negative.value > 0.7
    assert found["support"].negative.value == 0
    assert found["delivery"].sentiment.n == 40


def test_the_effect_is_the_difference_of_the_scores_clustered_by_account(two_waves):
    found = by_id(ask.themes(two_waves, filters=Filters(waves=("Spring 2025",))))["delivery"].effect
    scores = [3.0] * 30 + [9.0] * 16 + [6.0] * 4
    clusters = [ACCOUNTS[i % 6] for i in range(50)]
    expected = difference(scores, [True] * 30 + [False] * 20, clusters)
    assert found.value == pytest.approx(3 - (16 * 9 + 4 * 6) / 20)
    assert (found.low, found.high, found.n) == (pytest.approx(expected.low), pytest.approx(expected.high), 50)


def test_an_effect_is_called_one_only_when_it_is_more_than_noise(two_waves):
    theme = by_id(ask.themes(two_waves, filters=Filters()))["delivery"]
    assert theme.effect_is_reliable == (theme.effect.low > 0 or theme.effect.high < 0)
    assert theme.effect_is_reliable


def test_a_filter_that_leaves_out_few_commenters_hides_the_wave(company):
    company.add_survey("Spring 2024", respondents(late=20, kind=20))
    company.add_survey("Spring 2025", [*respondents(late=20, kind=20), person("A1", "recommender", 3, q5=LATE[0])])
    engine = company.open()
    assert ask.themes(engine, filters=Filters()).comments == 81
    assert ask.themes(engine, filters=Filters(roles=ROLES)).comments == 40, "one commenter of 2025 is left out"


def test_people_without_an_account_are_not_counted_as_accounts(company):
    company.add_survey("Spring 2024", [{"q1": 3, "q5": LATE[i % 4]} for i in range(20)])
    tree = ask.themes(company.open(), filters=Filters())
    assert (tree.accounts, tree.alone) == (20, 20)


def test_no_effect_is_shown_when_hardly_anyone_is_on_the_other_side(company):
    company.add_survey("Spring 2024", respondents(late=30, kind=3))
    assert by_id(ask.themes(company.open(), filters=Filters()))["delivery"].effect is None


@pytest.mark.parametrize("filters", [Filters(), Filters(waves=("Spring 2025",))])
def test_a_rising_theme_is_seen_against_the_wave_before(two_waves, filters):
    change = by_id(ask.themes(two_waves, filters=filters))["delivery"].change
    assert (change.wave, change.previous) == ("Spring 2025", "Spring 2024")
    assert change.value == pytest.approx(30 / 50 - 10 / 40)
    assert 0 < change.low < change.value < change.high
    assert change.is_reliable


def test_the_first_wave_has_nothing_to_be_compared_with(two_waves):
    tree = ask.themes(two_waves, filters=Filters(waves=("Spring 2024",)))
    assert all(theme.change is None for theme in tree.themes)


def test_filters_count_the_same_themes(two_waves):
    model = ask.fit(ask.comments(two_waves))
    everyone = ask.count(two_waves, model, filters=Filters())
    some = ask.count(two_waves, model, filters=Filters(roles=("influencer",)))
    assert {theme.id for theme in some.themes} <= {theme.id for theme in everyone.themes}
    assert by_id(some)["delivery"].people == 15


def test_quotes_are_of_different_people_in_different_words_and_carry_no_name(two_waves):
    quotes = by_id(ask.themes(two_waves, filters=Filters()))["delivery"].quotes
    assert len(quotes) == 3
    assert len({quote.text for quote in quotes}) == 3
    assert {quote.text for quote in quotes} <= set(LATE)
    assert {quote.role for quote in quotes} <= {"Decision makers", "Influencers"}
    assert all(quote.tier.startswith("Tier") for quote in quotes)
    assert {field.name for field in fields(quotes[0])} == {"text", "tier", "role", "wave", "sentiment"}


def test_markup_and_contacts_never_reach_a_quote(company):
    company.add_survey(
        "Spring 2024",
        [
            person(
                "A1", "influencer", 3, q5=f"<b>Late deliveries</b> in hall {i}, write to a{i}@b.example &amp; **now**"
            )
            for i in range(12)
        ],
    )
    texts = [quote.text for theme in ask.themes(company.open(), filters=Filters()).themes for quote in theme.quotes]
    assert texts
    assert not any("<" in text or "@" in text or "&amp;" in text for text in texts)


def test_needs_come_with_their_themes_most_people_first(two_waves):
    tree = ask.themes(two_waves, filters=Filters())
    shown = [theme.people for theme in tree.needs if not theme.too_few]
    assert shown == sorted(shown, reverse=True)
    assert tree.themes[-1].too_few


def test_many_comments_give_two_levels_whose_parent_holds_its_children(company):
    words = ("pump", "valve", "sensor", "filter", "boiler", "cable", "lamp", "gasket", "motor", "bearing")
    said = [
        f"The delivery of the {w} was {how}."
        for w in words
        for how in ("late", "delayed again", "incomplete", "slow", "lost")
    ]
    said += [
        f"The invoice for the {w} was {how}."
        for w in words
        for how in ("wrong", "missing", "unclear", "late", "sent twice")
    ]
    said += [
        f"The hotline {how} when the {w} failed."
        for w in words
        for how in ("helped", "was busy", "never answered", "was quick")
    ]
    company.add_survey(
        "Spring 2024",
        [person(ACCOUNTS[i % 6], "influencer", i % 11, q5=text, respondent_id=f"p{i}") for i, text in enumerate(said)],
    )
    tree = ask.themes(company.open(), filters=Filters(), min_comments=3)
    assert {"delivery", "billing"} <= {theme.id for theme in tree.needs}
    for need in tree.needs:
        children = [child for child in tree.children(need.id) if not child.too_few]
        assert all(child.people <= need.people for child in children)
        assert len({child.label.casefold() for child in children}) == len(children)
    assert any(tree.children(need.id) for need in tree.needs)


def test_the_page_is_told_that_shares_may_exceed_the_whole_and_what_is_not_read(company, two_waves):
    assert "more than 100 %" in ask.themes(two_waves, filters=Filters()).notes[0]
    german = person("A1", "influencer", 3, q5="Die Lieferung kommt oft zu spät und niemand meldet sich bei uns.")
    company.add_survey("Spring 2026", [german | {"respondent_id": f"g{i}"} for i in range(12)])
    tree = ask.themes(company.open(), filters=Filters())
    assert "English only" in tree.notes[1]
    assert ("German", 12) in tree.languages


def test_a_workspace_without_comments_has_no_themes(empty):
    tree = ask.themes(empty, filters=Filters())
    assert tree.too_few
    assert tree.themes == ()


def test_a_model_is_laid_in_the_engine_once_and_replaced_by_a_newer_one(company, two_waves):
    first = ask.fit(ask.comments(two_waves))
    ensure_loaded(two_waves, first)
    ensure_loaded(two_waves, first)
    company.add_survey("Spring 2026", respondents(late=20, kind=0))
    engine = company.open()
    second = ask.fit(ask.comments(engine))
    assert first.version != second.version
    assert ask.count(engine, second, filters=Filters(waves=("Spring 2026",))).people == 20
    assert engine.query("select version from theme_version")["version"].tolist() == [second.version]


def test_competitors_names_are_left_out_of_the_comparison_of_sentences(two_waves):
    assert ask.brand_words(two_waves) == {"rival"}
