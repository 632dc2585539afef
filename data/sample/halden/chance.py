"""Chance with a fixed seed, a stream for every part: a change in one part leaves the others as they were."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

SEED: Final = 20260611
T = TypeVar("T")
WORDS: Final = Path(__file__).resolve().parent.parent / "words"


def stream(name: str) -> np.random.Generator:
    """The random numbers of the part called `name`: the same ones on every run."""
    return np.random.Generator(np.random.PCG64([SEED, zlib.crc32(name.encode())]))


def words(name: str) -> dict[str, Any]:
    """A word list of data/sample/words, as read from its TOML."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


def pick(rng: np.random.Generator, options: Sequence[T]) -> T:
    """One of `options`, each as likely as the others."""
    return options[int(rng.integers(len(options)))]


def pick_weighted(rng: np.random.Generator, weights: Mapping[T, float]) -> T:
    """One key of `weights`, in proportion to its value."""
    total = sum(weights.values())
    drawn = float(rng.random()) * total
    for option, weight in weights.items():
        drawn -= weight
        if drawn < 0:
            return option
    return next(reversed(list(weights)))
