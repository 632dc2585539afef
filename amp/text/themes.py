"""Comments to a two-level tree of needs: cleaned, split into sentences, grouped, named, and weighed for sentiment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from amp.text import cleaning, grouping, sentiment
from amp.text.embedding import embed
from amp.text.grouping import Theme
from amp.text.language import languages
from amp.text.sentences import sentences
from amp.text.taxonomy import Taxonomy, read

VERSION: Final = 1  # raise it when the same comments would come out otherwise
NO_THEME: Final = -1


@dataclass(frozen=True)
class Comments:
    """What was read of each comment, in the order given; `sentiment` is NaN where the language is not covered."""

    text: tuple[str, ...]
    kind: tuple[cleaning.Kind, ...]
    language: tuple[str, ...]
    sentiment: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sentences:
    """All sentences of all answers: `comment` and `theme` are positions, `fit` is how well it speaks for its theme."""

    comment: npt.NDArray[np.int64]
    text: tuple[str, ...]
    theme: npt.NDArray[np.int64]
    fit: npt.NDArray[np.float64]
    sentiment: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """The themes of a set of comments; the same comments and taxonomy always give the same."""

    comments: Comments
    sentences: Sentences
    themes: tuple[Theme, ...]
    taxonomy: Taxonomy


def fit(texts: Sequence[str], *, taxonomy: Taxonomy | None = None, names: frozenset[str] = frozenset()) -> Fit:
    """The themes of these comments. `names`: case-folded words (brands) that must not draw sentences together.

    Non-answers have no sentence here; praise without a subject has one, with a sentiment and no theme. Repeated
    sentences are fitted once and all counted. Nothing reaches the network.
    """
    needs = taxonomy or read()
    cleaned = [cleaning.clean(text) for text in texts]
    kinds = tuple(cleaning.kind(text) for text in cleaned)
    spoken = languages(cleaned)
    pieces = [(i, piece) for i, text in enumerate(cleaned) if kinds[i] != "non_answer" for piece in sentences(text)]
    unique, index = _unique(pieces, spoken)
    themes, theme_of, closeness, moods = _fit_unique(unique, needs, names)
    of = np.array([i for i, _ in pieces], dtype=np.int64)
    without = np.array([kinds[i] == "praise" or cleaning.kind(piece) != "answer" for i, piece in pieces], dtype=bool)
    found = Sentences(
        comment=of,
        text=tuple(piece for _, piece in pieces),
        theme=np.where(without, NO_THEME, theme_of[index]),
        fit=closeness[index],
        sentiment=moods[index],
    )
    return Fit(Comments(tuple(cleaned), kinds, spoken, _by_comment(found, len(cleaned))), found, themes, needs)


def discover(texts: Sequence[str], n_themes: int | None = None) -> tuple[list[int], list[str]]:
    """A theme id per text and a label per theme: the way in for plain texts, each taken as one thought.

    `n_themes` asks for just that many (fewer where the texts do not carry them), none leaves the number to the texts.
    Ids are 0 … k-1 by falling size and index the labels; a text that says nothing ("n/a") has -1.
    """
    cleaned = [cleaning.clean(text) for text in texts]
    said = [i for i, text in enumerate(cleaned) if cleaning.kind(text) != "non_answer"]
    unique = list(dict.fromkeys(cleaned[i] for i in said))
    groups = grouping.groups(embed(unique), target=n_themes)
    position = {text: i for i, text in enumerate(unique)}
    ids = [NO_THEME] * len(texts)
    for i in said:
        ids[i] = int(groups[position[cleaned[i]]])
    return ids, grouping.named(unique, groups)


def _unique(
    pieces: list[tuple[int, str]], spoken: Sequence[str]
) -> tuple[list[tuple[str, str]], npt.NDArray[np.int64]]:
    """Each different sentence once with its language, and for every sentence which one it is."""
    keys: dict[str, int] = {}
    unique: list[tuple[str, str]] = []
    index = np.empty(len(pieces), dtype=np.int64)
    for row, (comment, piece) in enumerate(pieces):
        key = cleaning.folded(piece)
        if key not in keys:
            keys[key] = len(unique)
            unique.append((piece, spoken[comment]))
        index[row] = keys[key]
    return unique, index


def _fit_unique(
    unique: list[tuple[str, str]], taxonomy: Taxonomy, names: frozenset[str]
) -> tuple[tuple[Theme, ...], npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    texts = [text for text, _ in unique]
    vectors = embed([cleaning.without_names(text, names) for text in texts])
    themes, theme_of, closeness = grouping.tree(texts, [code for _, code in unique], vectors, taxonomy)
    read_well = np.array([code in sentiment.LANGUAGES for _, code in unique], dtype=bool)
    moods = np.where(read_well, sentiment.scores(texts, embed(texts) if names else vectors), np.nan)
    return themes, theme_of, closeness, moods


def _by_comment(found: Sentences, size: int) -> npt.NDArray[np.float64]:
    """Mean sentiment of each comment's sentences; NaN where none has one."""
    known = ~np.isnan(found.sentiment)
    total = np.bincount(found.comment[known], found.sentiment[known], minlength=size)
    count = np.bincount(found.comment[known], minlength=size)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
