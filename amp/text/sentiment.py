"""Sentiment of English sentences: a logistic head on embeddings and VADER's features (weights: data/sentiment/)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from amp.errors import AmpError
from amp.text.embedding import NAME, Vectors, embed
from amp.text.wordlists import DATA

Floats = npt.NDArray[np.float64]
Word = Literal["negative", "neutral", "positive"]

WEIGHTS: Final = DATA / "sentiment" / "head.json"
LEXICON: Final = DATA / "sentiment" / "lexicon.toml"
LANGUAGES: Final = frozenset(
    {"en"}
)  # what the head was trained on; sentences in others get no sentiment rather than a guess


@dataclass(frozen=True)
class Head:
    """p(positive) = logistic(features @ weights + bias); |2p - 1| under `band` is neutral."""

    weights: Floats
    bias: float
    band: float


@lru_cache(maxsize=1)
def head(path: Path = WEIGHTS) -> Head:
    """The shipped weights; AmpError when they belong to another embedder than the one installed."""
    read = json.loads(path.read_text(encoding="utf-8"))
    if read["embedder"] != NAME:
        raise AmpError(
            "The sentiment weights do not fit the installed embedder.", "Run python -m amp.text.train_sentiment again."
        )
    return Head(np.asarray(read["weights"], dtype=np.float64), float(read["bias"]), float(read["band"]))


def scores(texts: Sequence[str], vectors: Vectors | None = None) -> Floats:
    """Sentiment from -1 (negative) to +1 (positive) per text, shape (n,); `vectors`: their embeddings if at hand."""
    if not texts:
        return np.zeros(0)
    trained = head()
    logits = features(texts, embed(texts) if vectors is None else vectors) @ trained.weights + trained.bias
    return np.asarray(np.tanh(logits / 2), dtype=np.float64)  # 2 / (1 + exp(-x)) - 1


def word(score: float) -> Word:
    """The score in a word."""
    if abs(score) < head().band:
        return "neutral"
    return "positive" if score > 0 else "negative"


def features(texts: Sequence[str], vectors: Vectors) -> Floats:
    """Shape (n, 263): the embedding, VADER's shares and compound, the last half's compound, a negation, a wish."""
    analyzer = _vader()
    rows = np.array([_vader_features(analyzer, text) for text in texts], dtype=np.float64).reshape(len(texts), 7)
    return np.hstack([vectors.astype(np.float64) * 8.0, rows * 2.0])  # scaled so that one penalty suits both


def _vader_features(analyzer: Any, text: str) -> tuple[float, ...]:
    said = analyzer.polarity_scores(text[:2000])
    spoken = text.casefold().split()
    last = analyzer.polarity_scores(" ".join(spoken[len(spoken) // 2 :])[:1000])["compound"]
    negated = any(w in _NEGATIONS or w.endswith(("n't", "n’t")) for w in spoken)
    wished = any(w in _WISHES for w in spoken)
    return said["neg"], said["neu"], said["pos"], said["compound"], last, float(negated), float(wished)


@lru_cache(maxsize=1)  # reading the lexicon takes 60 ms
def _vader() -> Any:
    analyzer = SentimentIntensityAnalyzer()
    analyzer.lexicon.update(tomllib.loads(LEXICON.read_text(encoding="utf-8"))["words"])
    return analyzer


_NEGATIONS: Final = frozenset({"no", "not", "never", "nothing", "nobody", "none", "without", "cannot", "hardly", "nor"})
_WISHES: Final = frozenset({"should", "must", "please", "need", "needs", "could", "wish", "improve", "more", "too"})
