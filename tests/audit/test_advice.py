"""Advice that depends on the answers: every statement at every level, in texts of its own, each with a page."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from amp.audit.advice import AdviceBook, Level, LevelAdvice, StatementAdvice, advise, read_advice
from amp.audit.instrument import read_instrument
from amp.audit.scoring import score
from amp.ui.navigation import SCREENS

DATA = Path(__file__).resolve().parents[2] / "data"
SNAPSHOT = DATA / "advice" / "amp-snapshot.toml"
INSTRUMENT = read_instrument(DATA / "instruments" / "amp-snapshot.toml")
IDS = [statement.id for statement in INSTRUMENT.statements]
BOOK = read_advice(SNAPSHOT)
LEVELS = [getattr(one, level.value) for one in BOOK.values() for level in Level]
SHEETS = st.fixed_dictionaries({statement_id: st.integers(1, 5) for statement_id in IDS})
UNSURE_SHEETS = st.fixed_dictionaries({one: st.one_of(st.none(), st.integers(1, 5)) for one in IDS})
BROKEN = {
    "a level is missing": ("[statements.middle]", "[statements.other]"),
    "a text is empty": ('step = "Step low"', 'step = " "'),
    "a text is too long": ('step = "Step low"', f'step = "{"x" * 401}"'),
    "a key is misspelt": ('five = "Five"', 'fife = "Five"'),
}


def advice_of(sheet, book=BOOK):
    return advise(score(INSTRUMENT, sheet), book, low=1, high=5)


def level_of(value):
    return Level.of(value, low=1, high=5)


def as_toml():
    levels = "".join(f'[statements.{level}]\nwhy = "Why"\nstep = "Step {level}"\npage = "tiers"\n' for level in Level)
    return f'instrument = "mine"\n[[statements]]\nid = "1.1"\nfive = "Five"\n{levels}'


# The advice that ships


def test_the_snapshot_has_advice_for_every_statement_and_no_other():
    assert list(BOOK) == IDS
    assert 'instrument = "amp-snapshot"' in SNAPSHOT.read_text()


def test_there_are_75_pieces_of_advice_and_no_text_is_used_twice():
    assert len(LEVELS) == 75
    texts = [text for one in LEVELS for text in (one.why, one.step)] + [one.five for one in BOOK.values()]
    assert len({" ".join(text.casefold().split()) for text in texts}) == len(texts) == 175


@pytest.mark.parametrize("statement_id", IDS)
def test_every_page_that_is_named_is_a_page_of_the_app(statement_id):
    known = {*SCREENS, "campaigns"}
    assert {getattr(BOOK[statement_id], level.value).page for level in Level} <= known


def test_every_text_is_made_of_whole_sentences():
    texts = [text for one in LEVELS for text in (one.why, one.step)] + [one.five for one in BOOK.values()]
    assert [text for text in texts if text[-1] not in ".?!" or not text[0].isupper()] == []


# What a taker gets


def test_every_rated_statement_gets_the_advice_of_its_level_weakest_first():
    advice = advice_of({**dict.fromkeys(IDS, 5), "2.1": 1, "3.3": 3, "1.4": 2})
    assert [(one.statement.id, one.level) for one in advice[:4]] == [
        ("2.1", Level.LOW), ("1.4", Level.LOW), ("3.3", Level.MIDDLE), ("1.1", Level.HIGH),
    ]  # fmt: skip
    assert len(advice) == 25
    first = advice[0]
    assert (first.why, first.step, first.page) == (BOOK["2.1"].low.why, BOOK["2.1"].low.step, BOOK["2.1"].low.page)
    assert first.five == BOOK["2.1"].five


def test_who_answers_low_middle_and_high_throughout_gets_three_different_books():
    found = [{(one.why, one.step) for one in advice_of(dict.fromkeys(IDS, value))} for value in (1, 3, 5)]
    assert [len(texts) for texts in found] == [25] * 3
    assert not found[0] & found[1] | found[0] & found[2] | found[1] & found[2]


@given(SHEETS, SHEETS)
def test_two_sheets_get_the_same_texts_exactly_where_their_levels_are_the_same(one, other):
    texts, others = ({a.statement.id: (a.why, a.step) for a in advice_of(sheet)} for sheet in (one, other))
    for statement_id in IDS:
        same = level_of(one[statement_id]) is level_of(other[statement_id])
        assert (texts[statement_id] == others[statement_id]) == same


@given(SHEETS, st.sampled_from(IDS), st.integers(1, 5))
def test_one_answer_that_changes_its_level_changes_the_advice(sheet, statement_id, value):
    changed = {**sheet, statement_id: value}
    texts, others = ({(a.why, a.step) for a in advice_of(one)} for one in (sheet, changed))
    assert (texts != others) == (level_of(sheet[statement_id]) is not level_of(value))


@given(UNSURE_SHEETS)
def test_nothing_is_advised_on_what_nobody_could_rate(sheet):
    advice = advice_of(sheet)
    assert {one.statement.id for one in advice} == {one for one, value in sheet.items() if value is not None}
    values = [one.statement.value for one in advice]
    assert values == sorted(values)


def test_statements_that_the_book_does_not_know_are_left_out():
    few = {one: BOOK[one] for one in ("1.1", "5.5")}
    assert [one.statement.id for one in advice_of(dict.fromkeys(IDS, 2), few)] == ["1.1", "5.5"]
    assert advice_of(dict.fromkeys(IDS, 2), {}) == ()


# Levels


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [
        (1, 5, "LLMHH"),
        (1, 4, "LLHH"),
        (1, 3, "LMH"),
        (0, 1, "LH"),
        (0, 10, "LLLLLMHHHHH"),
        (1, 7, "LLLMHHH"),
        (-2, 2, "LLMHH"),
    ],
)
def test_the_level_is_the_middle_of_the_scale_or_the_side_of_it(low, high, levels):
    found = [Level.of(value, low=low, high=high) for value in range(low, high + 1)]
    assert "".join(level.name[0] for level in found) == levels


@given(st.integers(-20, 20), st.integers(1, 10))
def test_a_better_answer_never_has_a_lower_level(low, width):
    order = list(Level)
    found = [order.index(Level.of(value, low=low, high=low + width)) for value in range(low, low + width + 1)]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0, 2)


# Reading a book


def test_where_no_advice_is_written_there_is_none(tmp_path):
    assert read_advice(tmp_path / "nowhere.toml") == {}


def test_a_book_is_read_by_statement(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(as_toml(), encoding="utf-8")
    low, middle, high = (LevelAdvice("Why", f"Step {level}", "tiers") for level in Level)
    assert read_advice(path) == {"1.1": StatementAdvice("1.1", "Five", low, middle, high)}


@pytest.mark.parametrize(("old", "new"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_book_is_refused(tmp_path, old, new):
    path = tmp_path / "mine.toml"
    path.write_text(as_toml().replace(old, new), encoding="utf-8")
    with pytest.raises(ValidationError, match=AdviceBook.__name__):
        read_advice(path)
