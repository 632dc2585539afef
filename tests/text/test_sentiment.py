"""Sentiment agrees with a reader on plain cases, and its shipped weights say where they come from."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from amp.errors import AmpError
from amp.text import sentiment

GOOD = (
    "The technicians are friendly and quick.",
    "Excellent delivery, always on the promised day.",
    "We are delighted.",
)
BAD = (
    "The delivery was late and incomplete.",
    "Terrible support, nobody answers.",
    "Much too expensive and unreliable.",
)


def test_plain_praise_is_positive_and_plain_complaint_negative():
    assert [sentiment.word(score) for score in sentiment.scores(GOOD)] == ["positive"] * 3
    assert [sentiment.word(score) for score in sentiment.scores(BAD)] == ["negative"] * 3


def test_scores_lie_between_minus_one_and_one():
    scores = sentiment.scores(["", "😀", "great " * 5000, "awful " * 5000])
    assert np.isfinite(scores).all()
    assert (np.abs(scores) <= 1).all()


def test_no_texts_have_no_scores():
    assert sentiment.scores([]).shape == (0,)


def test_the_weights_state_their_accuracy_and_source():
    shipped = json.loads(sentiment.WEIGHTS.read_text())
    assert shipped["accuracy"]["public_5_fold"] >= 0.85
    assert len(shipped["weights"]) == sentiment.features(["x"], np.zeros((1, 256), dtype=np.float32)).shape[1]
    said = (sentiment.WEIGHTS.parent / "PROVENANCE.md").read_text()
    assert "CC BY 4.0" in said
    for figure in shipped["accuracy"].values():
        assert f"{figure * 100:.1f} %" in said, "the provenance must state the figures of the shipped weights"


def test_weights_of_another_embedder_are_refused(tmp_path):
    path = tmp_path / "head.json"
    path.write_text(json.dumps({"embedder": "another", "weights": [], "bias": 0, "band": 0.5}))
    with pytest.raises(AmpError, match="embedder"):
        sentiment.head(path)


def test_the_head_beats_plain_vader_on_the_public_set():
    path = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "text" / "uci_sentiment" / "uci.csv"
    if not path.is_file():
        pytest.skip("the public sentiment set is not beside this checkout")
    with path.open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    truth = np.array([row["label"] == "positive" for row in rows])
    texts = [row["text"] for row in rows]
    compound = sentiment.features(texts, np.zeros((len(texts), 256), dtype=np.float32))[:, 259]
    right = ((sentiment.scores(texts) > 0) == truth).mean()
    assert right > ((compound > 0) == truth).mean() + 0.02
