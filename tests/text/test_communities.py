"""Communities find planted groups, agree between seeds and never depend on chance."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from amp.text.communities import by_size, communities, neighbours, vote
from amp.text.embedding import on_grid


@pytest.fixture
def planted():
    """Six clouds of sixty vectors each, and the cloud of each."""
    chance = np.random.default_rng(3)
    middles = chance.normal(size=(6, 256))
    truth = np.repeat(np.arange(6), 60)
    return on_grid((middles[truth] + chance.normal(scale=0.9, size=(360, 256))).astype(np.float32)), truth


def test_planted_groups_are_found(planted):
    vectors, truth = planted
    assert adjusted_rand_score(truth, communities(vectors)) > 0.95


def test_the_same_input_gives_the_same_groups(planted):
    vectors, _ = planted
    assert np.array_equal(communities(vectors), communities(vectors))


def test_other_seeds_find_nearly_the_same_groups(planted):
    vectors, _ = planted
    assert adjusted_rand_score(communities(vectors, seed=1), communities(vectors, seed=2)) > 0.95


def test_a_target_is_met_or_exceeded(planted):
    vectors, _ = planted
    assert len(np.unique(communities(vectors, target=6))) == 6
    assert len(np.unique(communities(vectors, target=12))) >= 12


def test_those_not_fitted_join_their_neighbours(planted):
    vectors, truth = planted
    fitted, rest = np.arange(360) % 2 == 0, np.arange(360) % 2 == 1
    assert (vote(vectors[rest], vectors[fitted], truth[fitted]) == truth[rest]).mean() > 0.95


def test_neighbours_leave_the_row_itself_out_and_are_the_nearest(planted):
    vectors, _ = planted
    found, cosines = neighbours(vectors, vectors, 5, same=True)
    assert not (found == np.arange(360)[:, None]).any()
    products = vectors[7] @ vectors.T
    products[7] = -2
    assert sorted(cosines[7]) == sorted(np.sort(products)[-5:])


def test_groups_are_numbered_by_size():
    assert by_size(np.array([5, 9, 9, 2, 9, 2])).tolist() == [2, 0, 0, 1, 0, 1]


def test_hardly_any_vectors_are_one_group():
    assert communities(np.zeros((2, 256), dtype=np.float32)).tolist() == [0, 0]
    assert communities(np.zeros((0, 256), dtype=np.float32)).tolist() == []
