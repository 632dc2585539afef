"""Groups of like sentences: a k-nearest-neighbour graph, and Leiden communities that eight runs agree on."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from amp.text.embedding import Vectors

Groups = npt.NDArray[np.int64]

NEIGHBOURS: Final = 15
RUNS: Final = 8
_BLOCK: Final = 1024  # rows of similarities held at once: 80 MB at 20,000 sentences


def neighbours(rows: Vectors, among: Vectors, k: int, *, same: bool) -> tuple[Groups, Vectors]:
    """The `k` most similar of `among` per row: indices and cosines, of shape (n, k); `same`: leave a row itself out."""
    k = min(k, len(among) - int(same))
    found, cosines = np.empty((len(rows), k), dtype=np.int64), np.empty((len(rows), k), dtype=np.float32)
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK] @ among.T
        if same:
            block[np.arange(len(block)), np.arange(start, start + len(block))] = -2.0
        best = (
            np.argpartition(-block, k - 1, axis=1)[:, :k] if k < block.shape[1] else np.argsort(-block, axis=1)[:, :k]
        )
        found[start : start + _BLOCK] = best
        cosines[start : start + _BLOCK] = np.take_along_axis(block, best, axis=1)
    return found, cosines


def communities(vectors: Vectors, *, target: int | None = None, seed: int = 0) -> Groups:
    """A group number per row, 0 … g-1 by falling size; the same input gives the same groups.

    `target` asks for about that many groups (the resolution is searched), none leaves modularity's own. `seed` shifts
    the eight runs whose agreement weighs the graph's edges before the last run (consensus clustering: Lancichinetti &
    Fortunato 2012).
    """
    if len(vectors) < 3:
        return np.zeros(len(vectors), dtype=np.int64)
    graph = _graph(vectors)
    resolution = 1.0 if target is None else _resolution(graph, target)
    coordinates = graph.tocoo()
    agreement = np.zeros(len(coordinates.data))
    for run in range(RUNS):
        groups = _leiden(graph, resolution, seed * RUNS + run)
        agreement += groups[coordinates.row] == groups[coordinates.col]
    coordinates.data = coordinates.data * (agreement / RUNS) ** 2
    agreed = coordinates.tocsr()
    agreed.eliminate_zeros()
    return by_size(_leiden(agreed, resolution, seed))


def by_size(groups: Groups) -> Groups:
    """The same groups, numbered 0 … g-1 by falling size, and by first member where sizes are equal."""
    _, first, inverse, sizes = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    numbered: Groups = rank[inverse]
    return numbered


def vote(rows: Vectors, among: Vectors, groups: Groups) -> Groups:
    """The group for rows that were not fitted: the similarity-weighted vote of their nearest neighbours."""
    found, cosines = neighbours(rows, among, NEIGHBOURS, same=False)
    votes = np.zeros((len(rows), int(groups.max()) + 1), dtype=np.float64)
    np.add.at(votes, (np.arange(len(rows))[:, None], groups[found]), np.maximum(cosines, 0.001))
    return np.asarray(votes.argmax(axis=1), dtype=np.int64)


def _graph(vectors: Vectors) -> Any:
    found, cosines = neighbours(vectors, vectors, NEIGHBOURS, same=True)
    rows = np.repeat(np.arange(len(vectors)), found.shape[1])
    shape = (len(vectors), len(vectors))
    directed = sparse.csr_matrix(
        (np.maximum(cosines.ravel(), 0.001).astype(np.float64), (rows, found.ravel())), shape=shape
    )
    return (directed + directed.T).tocsr()


def _leiden(graph: Any, resolution: float, seed: int) -> Groups:
    # scikit-network takes 0.4 s to import, and a page that only shows a saved result never needs it.
    leiden = import_module("sknetwork.clustering").Leiden
    return np.asarray(
        leiden(resolution=resolution, random_state=seed, shuffle_nodes=True).fit_predict(graph), dtype=np.int64
    )


def _resolution(graph: Any, target: int) -> float:
    low, high = 0.02, 100.0
    for _ in range(14):
        middle = float(np.sqrt(low * high))
        reached = len(np.unique(_leiden(graph, middle, 0)))
        if reached == target:
            return middle
        low, high = (low, middle) if reached > target else (middle, high)
    return high  # rather some too many, which can be merged, than too few
