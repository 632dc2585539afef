"""Words as they are printed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amp.reports.printable import cut, printed, visible


@given(st.text(), st.integers(2, 60), st.integers(3, 30))
def test_a_printed_text_is_one_short_line_that_can_be_broken(text, most, unbroken):
    shown = printed(text, most, unbroken=unbroken)
    assert "\n" not in shown
    assert len(shown.replace("\u200b", "")) <= most
    assert all(len(piece) <= unbroken for word in shown.split(" ") for piece in word.split("\u200b"))


def test_characters_that_are_not_seen_are_dropped():
    assert visible("A\u200bl\u202ed\u0000e\ufeffr\n\t Ltd\u2066 ") == "Alder Ltd"


def test_marks_do_not_pile_up():
    assert visible("Z" + "\u0335" * 50) == "Z" + "\u0335" * 3


def test_words_of_any_script_stay():
    assert visible("Straße العربية 漢字 😀 हिन्दी") == "Straße العربية 漢字 😀 हिन्दी"


def test_a_cut_is_seen():
    assert cut("Alder Ltd", 6) == "Alder…"
    assert cut("Alder", 5) == "Alder"
