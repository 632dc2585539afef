"""Agreement of raters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.stats.agreement import consensus, leik, polarization, rwg, rwg_of_items, van_der_eijk

COUNTS = st.lists(st.integers(0, 50), min_size=3, max_size=9).filter(any)


def test_every_published_index_is_met(truth):
    for name, want in truth("agreement_ordinal").expected.items():
        counts = want["counts"]
        assert van_der_eijk(counts) == pytest.approx(want["agreement_A"], abs=1e-7), name
        assert consensus(counts) == pytest.approx(want["consensus"], abs=1e-7), name
        assert polarization(counts) == pytest.approx(want["polarization"], abs=1e-7), name
        assert leik(counts) == pytest.approx(want["leik"], abs=1e-7), name


def test_rwg_is_met_by_hand(truth):
    want = truth("rwg_hand").expected
    for case in want["cases"].values():
        assert rwg(case["ratings"], choices=5) == pytest.approx(case["rwg_raw"])
    items = want["rwgj_3items_4raters"]
    assert rwg_of_items(items["M"], choices=5) == pytest.approx(items["value"])


def test_one_rater_agrees_with_nobody():
    assert rwg([4], choices=5) is None
    assert van_der_eijk([0, 0, 0]) is None


def test_two_categories_have_no_order_to_agree_on():
    with pytest.raises(ValueError, match="at least 3"):
        van_der_eijk([1, 2])


@given(COUNTS)
def test_indices_stay_on_their_scales_and_do_not_care_which_end_is_high(counts):
    assert -1 - 1e-9 <= van_der_eijk(counts) <= 1 + 1e-9
    assert 0 <= consensus(counts) <= 1 + 1e-9
    assert van_der_eijk(counts) == pytest.approx(van_der_eijk(counts[::-1]))
    assert consensus(counts) == pytest.approx(consensus(counts[::-1]))


@given(COUNTS, st.integers(2, 5))
def test_an_index_depends_on_shares_not_on_how_many_answered(counts, times):
    assert van_der_eijk([n * times for n in counts]) == pytest.approx(van_der_eijk(counts))
