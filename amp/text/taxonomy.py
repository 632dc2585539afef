"""The editable seed tree (data/themes/b2b.toml): needs, their anchor phrases, and which one a sentence is about."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from amp.errors import AmpError
from amp.text.embedding import Vectors, embed
from amp.text.wordlists import DATA

DEFAULT: Final = DATA / "themes" / "b2b.toml"
OTHER: Final = "other"
OTHER_LABEL: Final = "Other"
FLOOR: Final = 0.28  # below it a sentence is about none of the needs; two sentences drawn at random come to about .1
_WORD_HIT: Final = 0.2  # what a need's word in the sentence adds to its cosine
_EDGE: Final = " "


@dataclass(frozen=True)
class Need:
    """A parent of the tree; `words` are beginnings of words, lower case."""

    key: str
    label: str
    anchors: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Taxonomy:
    """The needs in their order."""

    title: str
    needs: tuple[Need, ...]

    def label(self, key: str) -> str:
        """The words for a need's key, or for what belongs to none."""
        return next((need.label for need in self.needs if need.key == key), OTHER_LABEL)


def read(path: Path = DEFAULT) -> Taxonomy:
    """The tree in a file; AmpError says what is wrong with it."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        taxonomy = Taxonomy(str(raw["title"]), tuple(_need(entry) for entry in raw["needs"]))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise AmpError(
            f"The needs tree {path.name} cannot be read: {error}.",
            "Mend the file; data/themes/b2b.toml shows its form.",
        ) from error
    for names in ([need.key for need in taxonomy.needs], [need.label.casefold() for need in taxonomy.needs]):
        if len(set(names)) != len(names) or OTHER in names or not all(names):
            raise AmpError(
                f"In the needs tree {path.name} a key or label is empty, doubled or “other”.", "Give each need its own."
            )
    if not taxonomy.needs or not all(need.anchors for need in taxonomy.needs):
        raise AmpError(f"In the needs tree {path.name} a need has no anchors.", "Give each need a few phrases.")
    return taxonomy


def scores(taxonomy: Taxonomy, texts: Sequence[str], vectors: Vectors) -> npt.NDArray[np.float64]:
    """How near each sentence is to each need, shape (n, needs): cosine with the closest anchor, lifted by its words."""
    near = np.empty((len(texts), len(taxonomy.needs)), dtype=np.float64)
    padded = [_EDGE + " ".join(text.casefold().split()) + _EDGE for text in texts]
    for column, need in enumerate(taxonomy.needs):
        anchors = embed(need.anchors)
        cosine = (vectors @ anchors.T).max(axis=1)
        hit = np.array([any(_EDGE + word in text for word in need.words) for text in padded], dtype=bool)
        near[:, column] = np.where(
            hit, np.maximum(cosine + _WORD_HIT, FLOOR), cosine
        )  # words carry languages the anchors cannot read
    return near


def assigned(near: npt.NDArray[np.float64], floor: float = FLOOR) -> npt.NDArray[np.int64]:
    """The column of the nearest need per row, -1 under the floor."""
    if not near.size:
        return np.full(len(near), -1, dtype=np.int64)
    return np.where(near.max(axis=1) >= floor, near.argmax(axis=1), -1).astype(np.int64)


def _need(entry: dict[str, Any]) -> Need:
    return Need(
        key=str(entry["key"]),
        label=str(entry["label"]).strip(),
        anchors=tuple(str(phrase) for phrase in entry["anchors"]),
        words=tuple(str(word).casefold() for word in entry.get("words", [])),
    )
