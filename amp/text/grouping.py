"""Sentences into themes: communities where there is enough text, the needs themselves where there is little."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from amp.text import labels
from amp.text.communities import Groups, by_size, communities, vote
from amp.text.embedding import Vectors, on_grid
from amp.text.taxonomy import OTHER, Taxonomy, assigned, scores

ENOUGH: Final = 120  # different sentences (about 100 comments) from which communities lead; below, the taxonomy does
MOST_FITTED: Final = 20_000  # sentences in the graph; the rest join by the vote of their neighbours
LEAST_SHARE: Final = 0.003
LEAST_SIZE: Final = 6
THEME_FLOOR: Final = (
    0.22  # the mean of a theme's sentences, which varies less than one sentence; set on our own samples
)
THEME_VOTES: Final = 0.18  # share of the theme's sentences that must, each for itself, be about the need
_QUOTABLE: Final = (40, 220)  # characters of a sentence that reads well on a card
_SLUG: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Theme:
    """A leaf of the tree. Its id is made of the words it stands under, so that a link to it can be read."""

    id: str
    label: str
    need: str


Tree = tuple[tuple[Theme, ...], Groups, npt.NDArray[np.float64]]


def tree(texts: Sequence[str], languages: Sequence[str], vectors: Vectors, taxonomy: Taxonomy) -> Tree:
    """Themes, the theme (position) of each different sentence, and how well each sentence speaks for its theme.

    Each language is grouped on its own; one with too few sentences is spread over the needs by anchors and words. Such
    a need's theme bears the need's name and id.
    """
    near = scores(taxonomy, texts, vectors)
    keys = [need.key for need in taxonomy.needs]
    drafts: dict[tuple[str, int], list[int]] = defaultdict(list)  # (language or "", group) → sentences
    for code in sorted(set(languages)):
        rows = np.flatnonzero(np.asarray(languages) == code)
        led = assigned(near[rows]) if len(rows) < ENOUGH else groups(vectors[rows])
        for row, group in zip(rows.tolist(), led.tolist(), strict=True):
            drafts["" if len(rows) < ENOUGH else code, group].append(row)
    return _finished(texts, vectors, near, [*keys, OTHER], taxonomy, drafts)


def groups(vectors: Vectors, target: int | None = None) -> Groups:
    """Group per row, 0 … k-1 by falling size.

    Groups too small to mean much are merged into their nearest, and so are those beyond `target`.
    """
    if not len(vectors):
        return np.zeros(0, dtype=np.int64)
    order = _sample(len(vectors))
    fitted = communities(vectors[order], target=target)
    found = np.empty(len(vectors), dtype=np.int64)
    found[order] = fitted
    rest = np.setdiff1d(np.arange(len(vectors)), order)
    if len(rest):
        found[rest] = vote(vectors[rest], vectors[order], fitted)
    return _merged(vectors, found, target)


def named(texts: Sequence[str], found: Groups) -> list[str]:
    """A label per group, each unlike the others."""
    members = [
        [texts[i] for i in np.flatnonzero(found == group).tolist()] for group in range(int(found.max(initial=-1)) + 1)
    ]
    return labels.labels(members)


def _sample(size: int) -> Groups:
    if size <= MOST_FITTED:
        return np.arange(size)
    return np.sort(np.random.default_rng(0).choice(size, MOST_FITTED, replace=False))


def _merged(vectors: Vectors, found: Groups, target: int | None) -> Groups:
    least = 1 if target is not None else max(LEAST_SIZE, int(LEAST_SHARE * len(vectors)))
    found = by_size(found)
    while (last := int(found.max())) > 0:
        smallest = found == last
        if smallest.sum() >= least and (target is None or last < target):
            break
        centres = _centres(vectors, found)
        found = by_size(np.where(smallest, int((centres[:-1] @ centres[-1]).argmax()), found))
    return found


def _centres(vectors: Vectors, found: Groups) -> Vectors:
    membership = sparse.csr_matrix((np.ones(len(found)), (found, np.arange(len(found)))))
    return on_grid(np.asarray(membership @ vectors, dtype=np.float32))


def _finished(
    texts: Sequence[str],
    vectors: Vectors,
    near: npt.NDArray[np.float64],
    keys: list[str],
    taxonomy: Taxonomy,
    drafts: dict[tuple[str, int], list[int]],
) -> Tree:
    """Name the drafts need by need, so that labels are unlike their siblings' and their parent's."""
    theme_of, fit = np.full(len(texts), -1, dtype=np.int64), np.zeros(len(texts))
    by_need: dict[str, list[tuple[str, list[int]]]] = defaultdict(list)
    for (code, group), rows in drafts.items():
        need = keys[group] if not code else keys[_need_of(near[rows])]
        by_need[need].append((code, rows))
    themes: list[Theme] = []
    for need in (key for key in keys if key in by_need):
        children = sorted(by_need[need], key=lambda child: (-len(child[1]), child[1][0]))
        parent = taxonomy.label(need)
        own = labels.labels(
            [[texts[i] for i in rows] for code, rows in children if code], taken=[parent], fallback=parent
        )
        names = iter(own)
        for code, rows in children:
            label = next(names) if code else parent
            theme_of[rows], fit[rows] = len(themes), _quotability(texts, vectors, rows)
            themes.append(Theme(_id(need, label if code else ""), label, need))
    return tuple(themes), theme_of, fit


def _need_of(near: npt.NDArray[np.float64]) -> int:
    """Column of the need that these sentences are nearest to on the whole, or -1 (Other)."""
    mean = near.mean(axis=0)
    need = int(mean.argmax())
    votes = float((assigned(near) == need).mean())
    return need if mean[need] >= THEME_FLOOR and votes >= THEME_VOTES else -1


def _quotability(texts: Sequence[str], vectors: Vectors, rows: list[int]) -> npt.NDArray[np.float64]:
    """Cosine with the theme's middle, less .2 for sentences too short or too long to read as a quote."""
    centre = on_grid(vectors[rows].sum(axis=0, keepdims=True))[0]
    shortest, longest = _QUOTABLE
    fits = np.array([shortest <= len(texts[i]) <= longest for i in rows])
    return np.asarray(vectors[rows] @ centre - np.where(fits, 0.0, 0.2), dtype=np.float64)


def _id(need: str, label: str) -> str:
    return "/".join(part for part in (need, _SLUG.sub("-", label.casefold()).strip("-")) if part)
