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
from sklearn.model_selection import LeaveOneGroupOut, StratifiedKFold

from amp.text.cleaning import clean
from amp.text.embedding import NAME, embed
from amp.text.sentiment import WEIGHTS, features
from amp.text.wordlists import DATA

PENALTY: Final = 0.01  # inverse strength, the best of a coarse grid by cross-validation
OWN_WEIGHT: Final = 3.0  # one of our sentences counts as three of the public ones, which speak of films and phones
OWN: Final = DATA / "sentiment" / "b2b.toml"


@dataclass(frozen=True)
class Examples:
    """Texts with 1 for positive and 0 for negative, and the domain each comes from."""

    x: npt.NDArray[np.float64]
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
    figures = measure(public, own)
    model = _fitted(public + own)
    WEIGHTS.write_text(json.dumps(_document(model, figures, path), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


def measure(public: Examples, own: Examples) -> dict[str, float]:
    """Accuracies: five-fold on the public set, across its domains, on our sentences as a fold, and on them unseen."""
    both = public + own
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    right = _right(both, folds.split(both.x, both.y))
    across = _right(public, LeaveOneGroupOut().split(public.x, public.y, public.domain))
    unseen = _fitted(public).predict(own.x) == own.y
    return {
        "public_5_fold": round(float(right[both.domain != "b2b"].mean()), 4),
        "public_across_domains": round(float(across.mean()), 4),
        "b2b_5_fold": round(float(right[both.domain == "b2b"].mean()), 4),
        "b2b_trained_on_public_only": round(float(unseen.mean()), 4),
    }


def _right(examples: Examples, splits: Any) -> npt.NDArray[np.bool_]:
    right = np.zeros(len(examples.y), dtype=bool)
    for train, test in splits:
        part = Examples(examples.x[train], examples.y[train], examples.domain[train])
        right[test] = _fitted(part).predict(examples.x[test]) == examples.y[test]
    return right


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


def _band(model: Any) -> float:
    """Half of the middle: the 60th percentile of |score| among our neutral sentences, at most .5."""
    neutral = tomllib.loads(OWN.read_text(encoding="utf-8"))["neutral"]
    logits = model.decision_function(features(neutral, embed(neutral)))
    return round(min(0.5, float(np.quantile(np.abs(np.tanh(logits / 2)), 0.6))), 3)


def _document(model: Any, figures: dict[str, float], path: Path) -> dict[str, Any]:
    return {
        "embedder": NAME,
        "provenance": "Logistic regression trained by amp/text/train_sentiment.py; see data/sentiment/PROVENANCE.md.",
        "trained_on": {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "own": hashlib.sha256(OWN.read_bytes()).hexdigest(),
        },
        "accuracy": figures,
        "band": _band(model),
        "bias": round(float(model.intercept_[0]), 5),
        "weights": [round(float(w), 5) for w in model.coef_[0]],
    }


if __name__ == "__main__":
    main()
