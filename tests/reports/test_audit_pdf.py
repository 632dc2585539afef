"""The take-away as a PDF: looked at page by page, as text, as pixels and as a tree of tags."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from amp.audit.advice import advise
from amp.audit.instrument import parse_instrument
from amp.audit.plan import Amount, Step
from amp.audit.scoring import score
from amp.languages import ENGLISH
from amp.reports import audit_pdf as module
from amp.reports.audit_pdf import audit_pdf
from amp.reports.takeaway import Takeaway
from tests.takeaways import (
    BUILDING,
    PLAN,
    advice_of_length,
    all_at,
    earlier,
    sheets,
    takeaway,
    the_instrument,
    words_of,
)

HOSTILE = '#eval("1") *x* _y_ <b> $a$ @ref // \\ `r` [z] "q" العربية 😀'
INCOMPLETE = {**sheets()[1], "2.3": None, "5.5": None}
LONGEST_ADVICE = {one.id: advice_of_length(one.id, 400) for one in the_instrument().statements}

VARIANTS: dict[str, Takeaway] = {
    "everything": takeaway(plan=PLAN, before=earlier(), taker="Dana Whitcombe"),
    "nothing beside the answers": takeaway(company="", given_on=None, industry="", peers=(), advice=()),
    "no plan": takeaway(peers=BUILDING),
    "one step": takeaway(plan=PLAN[:1]),
    "two steps without judgement": takeaway(plan=(Step("1.1"), Step("5.5"))),
    "all ones": takeaway(all_at(1), plan=PLAN),
    "all threes": takeaway(all_at(3), before=earlier(all_at(3))),
    "all fives": takeaway(all_at(5), before=earlier()),
    "one point below the top": takeaway(all_at(5) | {"1.1": 4}),
    "incomplete": takeaway(INCOMPLETE, plan=PLAN, before=earlier()),
    "incomplete before": takeaway(plan=PLAN, before=earlier(INCOMPLETE)),
    "nothing rated": takeaway(all_at(None)),
    "a name of 10,000 characters": takeaway(company="Wide" * 2500, taker="x" * 10_000, before=earlier()),
    "hostile names": takeaway(
        company=HOSTILE, taker=HOSTILE, industry=HOSTILE,
        plan=(Step("2.2", Amount.SMALL, Amount.LARGE, HOSTILE * 20, date(2026, 9, 30)), Step("no such id")),
    ),
    "the longest advice": takeaway(
        plan=PLAN, before=earlier(),
        advice=advise(score(the_instrument(), sheets()[1]), LONGEST_ADVICE, low=1, high=5),
    ),
}  # fmt: skip


@lru_cache(maxsize=64)
def printed(name: str, language: str = "en") -> bytes:
    return audit_pdf(VARIANTS[name], words_of(language))


def pages(content: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(content))


def text_of(content: bytes) -> str:
    """Its words in reading order; a line's end is a space, and places where a word may break are nothing."""
    found = " ".join(page.get_textpage().get_text_bounded() for page in pages(content))
    return " ".join(found.replace("\u200b", "").split())


def close(text: str) -> str:
    """`text` without any space, for what may be broken anywhere."""
    return re.sub(r"\s", "", text)


def reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def tags(content: bytes) -> list[Any]:
    """All elements of the structure tree, as dictionaries."""

    def below(element: Any) -> Iterator[Any]:
        element = element.get_object()
        if isinstance(element, list):
            for child in element:
                yield from below(child)
        elif isinstance(element, dict):
            yield element
            if "/K" in element:
                yield from below(element["/K"])

    return list(below(reader(content).trailer["/Root"]["/StructTreeRoot"]))


@pytest.mark.parametrize(
    ("name", "language"),
    [*itertools.product(VARIANTS, ["en", "long"]), *itertools.product(["everything", "incomplete"], ["de", "es"])],
)
def test_it_has_two_to_four_a4_pages_and_none_is_blank(name, language):
    drawn = pages(printed(name, language))
    assert 2 <= len(drawn) <= 4
    for page in drawn:
        assert [round(one) for one in page.get_size()] == [595, 842]
        grey = page.render(scale=0.5, grayscale=True).to_numpy()
        assert (grey < 200).mean() > 0.004


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("language", ["en", "long"])
def test_no_text_leaves_the_margins(name, language):
    for page in pages(printed(name, language)):
        text = page.get_textpage()
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            assert left >= 45, text.get_text_bounded(left, bottom, right, top)
            assert right <= 595 - 45, text.get_text_bounded(left, bottom, right, top)
            assert bottom >= 20
            assert top <= 842 - 40


@pytest.mark.parametrize("name", VARIANTS)
def test_every_statement_and_every_band_is_printed(name):
    text = text_of(printed(name))
    for statement in the_instrument().statements:
        assert statement.id in text
        assert statement.text in text
    for band in the_instrument().overall_bands:
        assert band.label in text


def test_the_sentence_the_company_and_the_next_band_lead_it():
    first = pages(printed("everything"))[0].get_textpage().get_text_bounded()
    first = " ".join(first.split())
    assert "Halden Instruments scores 71 of 125 points: Reactive." in first
    assert "Test / Measurement Equipment" in first
    assert "22 June 2026" in first
    assert "14 points to Engaged" in first
    assert "from 1 to 5" in first
    assert "11 points in all, of the 14 that Engaged needs." in first
    for category in VARIANTS["everything"].result.categories:
        assert category.title in first
        assert category.band is not None
        assert category.band.label in first


def test_gains_that_reach_the_next_band_say_so():
    text = text_of(audit_pdf(takeaway(all_at(3) | {"1.1": 1}), ENGLISH))
    assert "points in all: enough for Engaged." not in text
    assert "points in all: enough for AMP Centric." in text_of(audit_pdf(takeaway(all_at(4) | {"1.1": 1}), ENGLISH))


def test_the_plan_and_what_changed_are_printed():
    text = text_of(printed("everything"))
    assert "Your plan" in text
    assert "Dana Whitcombe" in text
    assert "30 September 2026" in text
    assert "What changed since 17 June 2025" in text
    assert "4 Frequently → 5 Always" in text
    assert "Failure → Poor" in text


def test_without_plan_and_earlier_audit_neither_is_mentioned():
    text = text_of(printed("no plan"))
    assert "Your plan" not in text
    assert "What changed" not in text
    assert "building" in text


def test_an_incomplete_audit_has_bounds_instead_of_a_band():
    text = text_of(printed("incomplete"))
    assert "Between 68 and 76 of 125 points; 2 statements are not rated." in text
    assert "Not rated in full" in text
    assert "points to Engaged" not in text
    assert "1 statement is not rated" in text


def test_how_it_was_calculated_names_rules_instrument_and_peers():
    text = text_of(printed("everything"))
    assert "Failure from 5 to 10; Poor from 11 to 14; Average from 15 to 19; Excellent from 20 to 25." in text
    assert "version 1.0, given on 22 June 2026." in text
    assert "the median of 6 companies that took this audit here, the newest on 15 April 2026." in text
    assert "never filled in" in text


def test_an_anonymous_audit_keeps_no_day():
    content = printed("nothing beside the answers")
    assert "it keeps no day" in text_of(content)
    assert reader(content).metadata.creation_date is None


def test_hostile_words_are_printed_as_they_are():
    text = close(text_of(printed("hostile names")))
    for piece in ('#eval("1")', "*x*", "_y_", "<b>", "$a$", "@ref", "//", "`r`", "[z]", '"q"'):
        assert piece in text


def test_a_very_long_name_is_cut_and_the_sentence_survives():
    text = close(text_of(printed("a name of 10,000 characters")))
    assert "…scores71of125points:Reactive." in text
    assert "Wide" * 30 not in text


def test_characters_that_hide_or_reorder_others_are_dropped():
    text = text_of(audit_pdf(takeaway(company="Al\u202eder\u200b \x07Ltd"), ENGLISH))
    assert "Alder Ltd scores" in text


def test_a_character_that_no_font_has_does_not_stop_it():
    assert len(pages(audit_pdf(takeaway(company="漢字 \U000130b8"), ENGLISH))) >= 2


def test_pages_are_numbered_over_instrument_and_date():
    drawn = pages(printed("everything"))
    for number, page in enumerate(drawn, 1):
        foot = page.get_textpage().get_text_bounded(bottom=0, top=50)
        assert f"{number} / {len(drawn)}" in foot
        assert "Account Management Profile snapshot audit, version 1.0 · 22 June 2026" in foot


def test_title_author_and_language_are_set():
    found = reader(printed("everything"))
    assert found.metadata.title == "Account Management Profile snapshot audit: Halden Instruments"
    assert found.metadata.author == "Dana Whitcombe"
    assert found.trailer["/Root"]["/Lang"] == "en"
    assert reader(printed("everything", "de")).trailer["/Root"]["/Lang"] == "de"


def test_it_is_tagged_for_screen_readers_and_declares_it():
    root = reader(printed("everything")).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    kinds = [tag.get("/S") for tag in tags(printed("everything"))]
    assert kinds.count("/H1") >= 5
    assert {"/Title", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)


def test_every_figure_has_its_text_alternative():
    figures = [str(tag.get("/Alt", "")) for tag in tags(printed("everything")) if tag.get("/S") == "/Figure"]
    scale, radar, grid = figures
    assert scale.endswith("The total of 71 lies in Reactive.")
    assert "Partnering 4 Success: 13 of 25, Poor." in radar
    assert "Before: 11." in radar
    assert "Peers' median: 13." in radar
    assert "4.2: effort small, impact large." in grid


def test_fonts_are_embedded_and_ours():
    found = {}
    for page in reader(printed("everything")).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[inner["/BaseFont"]] = inner["/FontDescriptor"].keys()
    assert found
    assert all("SourceSansPro" in name for name in found)
    assert all({"/FontFile2", "/FontFile3"} & set(keys) for keys in found.values())


def test_without_the_font_package_it_is_set_in_the_fonts_of_typst(monkeypatch):
    monkeypatch.setattr(module, "_truetype", list)
    module._fonts.cache_clear()
    try:
        assert "Halden Instruments scores" in text_of(audit_pdf(takeaway(), ENGLISH))
    finally:
        module._fonts.cache_clear()


@pytest.mark.parametrize("name", VARIANTS)
def test_all_pictures_are_drawn_as_lines_and_shapes(name):
    for page in pages(printed(name)):
        assert not list(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=9))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="memory is read from /proc")
def test_what_was_set_does_not_stay_in_memory():
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 10**6

    for _ in range(2):
        audit_pdf(VARIANTS["everything"], ENGLISH)
    before = resident()
    for company in "abcdef":
        audit_pdf(takeaway(company=company, plan=PLAN, before=earlier()), ENGLISH)
    assert resident() - before < 120  # without forgetting, six more are 300 MB


@pytest.mark.slow
def test_several_at_once_are_the_same_as_one_by_one():
    names = ["everything", "all ones", "incomplete"] * 2
    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(lambda name: audit_pdf(VARIANTS[name], ENGLISH), names))
    assert made == [printed(name) for name in names]


def test_the_same_result_gives_the_same_file():
    assert audit_pdf(VARIANTS["everything"], ENGLISH) == printed("everything")


def test_an_instrument_of_another_shape_is_printed_too():
    statements = "\n".join(
        f'[[categories.statements]]\nid = "{category}.{n}"\ntext = "Statement {n} of {category}."'
        if n > 1
        else f'[[categories]]\nid = "{category}"\ntitle = "Part {category}"\n'
        f'[[categories.statements]]\nid = "{category}.1"\ntext = "{"Unbreakable" * 40}"'
        for category in "ab"
        for n in range(1, 41)
    )
    scale = "\n".join(f'[[scale]]\nvalue = {value}\nlabel = "Level {value}"' for value in range(11))
    bands = '[[category_bands]]\nlabel = "All"\nlow = 0\nhigh = 400\n' + "\n".join(
        f'[[overall_bands]]\nlabel = "Band {n}"\nlow = {n * 20}\nhigh = {n * 20 + 19 + (n == 39)}' for n in range(40)
    )
    instrument = parse_instrument(
        f'id = "own"\nversion = "2"\ntitle = "Our own"\nquestion = "How far?"\n{scale}\n{bands}\n{statements}\n'
        '[industry]\nsegments = ["Other"]'.encode(),
        source="own.toml",
    )
    answers = {one.id: place % 11 for place, one in enumerate(instrument.statements)}
    given = replace(
        takeaway(), instrument=instrument, answers=answers, result=score(instrument, answers), advice=(), peers=()
    )
    text = text_of(audit_pdf(given, ENGLISH))
    assert "Statement 40 of b." in text
    assert "Band 39" in text


def test_texts_longer_than_english_stay_on_four_pages_with_their_advice():
    assert len(pages(printed("the longest advice", "long"))) == 4
    assert text_of(printed("everything", "long")).count("Firsten stepen") >= 1
