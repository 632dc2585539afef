"""Sentences to unit vectors by wordllama's static embeddings; the weights come in its wheel, nothing is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

NAME: Final = "wordllama l2_supercat 256"
DIMENSIONS: Final = 256
_GRID: Final = 2048  # see `embed`
_LONGEST: Final = 1000  # characters; the mean of more words than that says little, and padding would cost memory


@lru_cache(maxsize=1)
def _model() -> Any:
    # wordllama brings tokenizers and requests along (0.3 s, 40 MB with its weights): only who reads comments pays.
    wordllama = import_module("wordllama")
    folder = Path(str(wordllama.__file__)).parent
    return wordllama.WordLlama.load(cache_dir=folder, disable_download=True)


def embed(texts: Sequence[str]) -> Vectors:
    """One unit vector per text, float32 of shape (n, 256), with components on a grid of 1/2048.

    On that grid a product of two vectors is a sum of whole numbers below 2^24, which float32 adds without rounding:
    similarities come out the same whatever the order of addition, and so whatever the number of threads.
    """
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # batches of like length are padded less
    raw = np.asarray(_model().embed([texts[i][:_LONGEST] or " " for i in order]), dtype=np.float32)
    vectors = np.empty_like(raw)
    vectors[order] = raw
    return on_grid(vectors)


def on_grid(vectors: Vectors) -> Vectors:
    """The vectors at unit length, rounded to the grid; a zero vector stays zero."""
    lengths = np.sqrt((vectors.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
    rounded = np.rint(vectors / np.maximum(lengths, 1e-9) * _GRID) / _GRID
    return np.asarray(np.nan_to_num(rounded), dtype=np.float32)
