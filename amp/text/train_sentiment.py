"""Train the sentiment head: `python -m amp.text.train_sentiment <uci.csv>` writes data/sentiment/head.json."""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import LeaveOneGroupOut, StratifiedKFold

from amp.text.cleaning import clean
from amp.text.embedding import NAME, embed
from amp.text.sentiment import WEIGHTS, Floats, features
from amp.text.wordlists import DATA

PENALTY: Final = 0.01  # inverse strength, the best of a coarse grid by cross-validation
OWN_WEIGHT: Final = 3.0  # one of our sentences counts as three of the public ones, which speak of films and phones
BANDS: Final = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
OWN: Final = DATA / "sentiment" / "b2b.toml"


@dataclass(frozen=True)
class Examples:
    """Texts with 1 for positive and 0 for negative, and the domain each comes from."""

    x: Floats
    y: npt.NDArray[np.int64]
    domain: npt.NDArray[np.str_]

    def __add__(self, other: Examples) -> Examples:
        return Examples(*(np.concatenate(pair) for pair in zip(self._parts(), other._parts(), strict=True)))

    def _parts(self) -> tuple[npt.NDArray[Any], ...]:
        return self.x, self.y, self.domain


def main() -> None:
    """Train on the public set and our own sentences, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("uci", type=Path, help="the UCI set as CSV with the columns text, label, domain")
    path = parser.parse_args().uci
    public, own = _public(path), _own()
    figures, band = measure(public, own)
    document = _document(_fitted(public + own), figures, band, path)
    WEIGHTS.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(figures | {"band": band}, indent=1) + "\n")


def measure(public: Examples, own: Examples) -> tuple[dict[str, float], float]:
    """Accuracies, and the width of the middle that serves our own sentences best; all on sentences not trained on.

    Five-fold on both sets together, across the domains of the public set, and our sentences by the public set alone.
    """
    both = public + own
    ours = both.domain == "b2b"
    scores = _unseen(both, StratifiedKFold(5, shuffle=True, random_state=0).split(both.x, both.y))
    across = _unseen(public, LeaveOneGroupOut().split(public.x, public.y, public.domain))
    alone = _scores(_fitted(public), own.x)
    band, macro_f1 = _band(scores[ours], both.y[ours], _scores(_fitted(public), _neutral()))
    figures = {
        "public_5_fold": _accuracy(scores[~ours], both.y[~ours]),
        "public_across_domains": _accuracy(across, public.y),
        "b2b_5_fold": _accuracy(scores[ours], both.y[ours]),
        "b2b_trained_on_public_only": _accuracy(alone, own.y),
        "b2b_three_way_macro_f1": macro_f1,
    }
    return figures, band


def _unseen(examples: Examples, splits: Any) -> Floats:
    """Score of each example by a head that was trained without its fold."""
    scores = np.zeros(len(examples.y))
    for train, test in splits:
        part = Examples(examples.x[train], examples.y[train], examples.domain[train])
        scores[test] = _scores(_fitted(part), examples.x[test])
    return scores


def _scores(model: Any, x: Floats) -> Floats:
    return np.asarray(np.tanh(model.decision_function(x) / 2), dtype=np.float64)


def _accuracy(scores: Floats, y: npt.NDArray[np.int64]) -> float:
    return round(float(((scores > 0) == (y == 1)).mean()), 4)


def _band(scores: Floats, y: npt.NDArray[np.int64], neutral: Floats) -> tuple[float, float]:
    """The |score| below which a sentence is neutral, by macro-F1 over our three kinds, and that macro-F1."""
    every = np.concatenate([scores, neutral])
    truth = np.concatenate([np.where(y == 1, 1, -1), np.zeros(len(neutral))])
    reached = {
        band: float(f1_score(truth, np.where(np.abs(every) < band, 0, np.sign(every)), average="macro"))
        for band in BANDS
    }
    best = max(reached, key=lambda band: reached[band])
    return best, round(reached[best], 4)


def _fitted(examples: Examples) -> Any:
    weights = np.where(examples.domain == "b2b", OWN_WEIGHT, 1.0)
    return LogisticRegression(C=PENALTY, max_iter=5000).fit(examples.x, examples.y, sample_weight=weights)


def _public(path: Path) -> Examples:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return _examples(
        [r["text"] for r in rows], [int(r["label"] == "positive") for r in rows], [r["domain"] for r in rows]
    )


def _own() -> Examples:
    read = tomllib.loads(OWN.read_text(encoding="utf-8"))
    texts = read["positive"] + read["negative"]
    return _examples(texts, [1] * len(read["positive"]) + [0] * len(read["negative"]), ["b2b"] * len(texts))


def _examples(texts: list[str], labels: list[int], domains: list[str]) -> Examples:
    cleaned = [clean(text) for text in texts]
    return Examples(features(cleaned, embed(cleaned)), np.array(labels), np.array(domains))


def _neutral() -> Floats:
    texts = tomllib.loads(OWN.read_text(encoding="utf-8"))["neutral"]
    return features(texts, embed(texts))


def _document(model: Any, figures: dict[str, float], band: float, path: Path) -> dict[str, Any]:
    return {
        "embedder": NAME,
        "provenance": "Logistic regression trained by amp/text/train_sentiment.py; see data/sentiment/PROVENANCE.md.",
        "trained_on": {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "own": hashlib.sha256(OWN.read_bytes()).hexdigest(),
        },
        "accuracy": figures,
        "band": band,
        "bias": round(float(model.intercept_[0]), 5),
        "weights": [round(float(w), 5) for w in model.coef_[0]],
    }


if __name__ == "__main__":
    main()
