"""Small groups are hidden, and cannot be found by subtraction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amp.stats.suppression import differencing, hidden_groups, primary

SIZES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=8)


def test_the_worked_example_hides_the_next_smallest_too(truth):
    case = truth("min_n_suppression")
    sizes = {row["region"]: int(row["n"]) for row in case.rows}
    minimum = case.expected["min_n"]
    assert sorted(primary(sizes, min_n=minimum)) == case.expected["primary"]
    assert hidden_groups(sizes, min_n=minimum) == {"E", "W"}
    assert hidden_groups(sizes, min_n=minimum, total_shown=False) == {"E"}
    assert hidden_groups({"A": minimum, "B": 30}, min_n=minimum) == set()


def test_two_tiny_groups_take_a_third_with_them():
    assert hidden_groups({"a": 2, "b": 1, "c": 8, "d": 20}) == {"a", "b", "c"}


def test_selections_that_differ_by_one_person_may_not_both_be_answered():
    assert differencing(frozenset("abcdefg"), frozenset("abcdef"))
    assert not differencing(frozenset("abcdef"), frozenset("abcdef"))
    assert not differencing(frozenset("abcdef"), frozenset("uvwxyz"))


@given(SIZES, st.integers(3, 10))
def test_no_small_group_is_shown_nor_left_to_subtraction(sizes, minimum):
    hidden = hidden_groups(sizes, min_n=minimum)
    assert all(n == 0 or n >= minimum for label, n in sizes.items() if label not in hidden)
    shown = [label for label, n in sizes.items() if n and label not in hidden]
    if hidden and shown:
        assert len(hidden) > 1
        assert sum(sizes[label] for label in hidden) >= minimum
