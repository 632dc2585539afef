"""The order in which chosen statements are worked on."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.audit.plan import Amount, Step, in_order

STEPS = st.builds(
    Step,
    statement_id=st.sampled_from([f"{a}.{b}" for a in range(1, 6) for b in range(1, 6)]),
    effort=st.one_of(st.none(), st.sampled_from(Amount)),
    impact=st.one_of(st.none(), st.sampled_from(Amount)),
    owner=st.text(max_size=5),
    due=st.one_of(st.none(), st.dates()),
)


def ids(steps):
    return [step.statement_id for step in steps]


def in_any_order(*steps):
    """The ids in order, which must not depend on the order they were chosen in."""
    (found,) = {tuple(ids(in_order(chosen))) for chosen in permutations(steps)}
    return list(found)


def test_the_most_impact_for_the_least_effort_comes_first():
    quick = Step("3.1", Amount.SMALL, Amount.LARGE)
    even = Step("1.1", Amount.LARGE, Amount.LARGE)
    slow = Step("2.1", Amount.LARGE, Amount.SMALL)
    assert in_any_order(slow, even, quick) == ["3.1", "1.1", "2.1"]


def test_what_is_not_judged_yet_stands_between():
    quick = Step("3.1", Amount.SMALL, Amount.MEDIUM)
    slow = Step("1.1", Amount.MEDIUM, Amount.SMALL)
    assert in_any_order(slow, Step("2.1"), quick) == ["3.1", "2.1", "1.1"]


def test_half_a_judgement_counts_for_what_it_says():
    assert in_any_order(Step("1.1", effort=Amount.LARGE), Step("2.1"), Step("3.1", impact=Amount.LARGE)) == [
        "3.1",
        "2.1",
        "1.1",
    ]


def test_of_equal_worth_the_earlier_date_comes_first_and_no_date_last():
    spring, autumn = Step("3.1", due=date(2025, 4, 1)), Step("2.1", due=date(2025, 10, 1))
    assert in_any_order(Step("1.1"), autumn, spring) == ["3.1", "2.1", "1.1"]


def test_of_equal_worth_and_date_the_statements_stand_in_their_order():
    assert in_any_order(Step("1.3"), Step("1.1"), Step("1.2")) == ["1.1", "1.2", "1.3"]


def test_the_amounts_are_those_that_the_records_keep():
    assert [(amount.name, int(amount)) for amount in Amount] == [("SMALL", 1), ("MEDIUM", 2), ("LARGE", 3)]
    with pytest.raises(ValueError, match="4"):
        Amount(4)


def test_an_empty_plan_stays_empty():
    assert in_order([]) == ()


@given(st.lists(STEPS, max_size=5))
def test_ordering_loses_and_adds_nothing(steps):
    ordered = in_order(steps)
    assert sorted(map(repr, ordered)) == sorted(map(repr, steps))
    assert in_order(ordered) == ordered
