"""Embeddings come from the installed package alone, and products of them are exact."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from amp.text.embedding import DIMENSIONS, embed

PROJECT = Path(__file__).resolve().parents[2]
OFFLINE = """
import socket
def refuse(*args, **kwargs):
    raise AssertionError("reached for the network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from amp.text.themes import fit
found = fit(["Deliveries arrive late.", "Die Lieferung kommt oft zu spät und niemand meldet sich.", "n/a"])
print(len(found.sentences.text))
"""
LAZY = """
import sys
import amp.analysis.themes
print(sorted({"wordllama", "sknetwork", "tokenizers"} & set(sys.modules)))
"""


def run(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_nothing_reaches_the_network():
    assert run(OFFLINE) == "2"


def test_the_heavy_libraries_wait_until_comments_are_read():
    assert run(LAZY) == "[]"


def test_vectors_have_unit_length_and_lie_on_the_grid():
    vectors = embed(["Deliveries arrive late.", "The invoice was wrong."])
    assert vectors.shape == (2, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=0.01)
    assert np.array_equal(vectors * 2048, np.rint(vectors * 2048))


def test_a_similarity_is_the_same_in_whatever_order_it_is_added():
    a, b = embed(["Deliveries arrive late.", "The shipment was delayed again."])
    shuffled = np.random.default_rng(1).permutation(DIMENSIONS)
    backwards = np.float32(0)
    for x, y in zip(a[shuffled], b[shuffled], strict=True):
        backwards += x * y
    assert a @ b == backwards


def test_like_meanings_are_nearer_than_unlike_ones():
    late, delayed, invoice = embed(["Deliveries arrive late.", "The shipment was delayed.", "The invoice was wrong."])
    assert late @ delayed > late @ invoice + 0.1


def test_an_empty_text_and_no_text_have_vectors_too():
    assert embed([]).shape == (0, DIMENSIONS)
    assert np.isfinite(embed(["", "😀", "x " * 100_000])).all()
