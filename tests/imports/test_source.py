"""Bad and odd files: each gets a sentence, and what can be read is read to the last character."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.errors import AmpError, ImportRefused
from amp.imports import RawSurvey, open_file

TABLE = "Name;Größe;Bemerkung\nAnna;groß;schöne Grüße\nÉmile;klein;déjà vu\nJosé;groß;mañana\n"


def opened(content: bytes | str, name: str = "file.csv", max_mb: int = 50) -> RawSurvey:
    return open_file(content.encode() if isinstance(content, str) else content, name, max_mb=max_mb)


def workbook(sheets: dict[str, str], extra: dict[str, bytes] | None = None) -> bytes:
    """A small XLSX from sheet XML, written by hand so that it can be as wrong as needed."""
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{relation}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f"{kinds}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{related}</Relationships>',
    }
    for number, data in enumerate(sheets.values(), 1):
        files[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>'
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def row(number: int, *cells: str | float) -> str:
    def one(place: int, cell: str | float) -> str:
        at = f"{chr(65 + place)}{number}"
        if isinstance(cell, str):
            return f'<c r="{at}" t="inlineStr"><is><t>{cell}</t></is></c>'
        return f'<c r="{at}"><v>{cell}</v></c>'

    return f'<row r="{number}">{"".join(one(place, cell) for place, cell in enumerate(cells))}</row>'


@pytest.mark.parametrize("content", [b"", b"   \n\n", b"\xef\xbb\xbf", b"\x00\x00\x00", b"\xff\xfe"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(ImportRefused, match="empty"):
        opened(content)


@pytest.mark.parametrize("content", ["a,b,c\n", "a,b,c", "a;b\n\n;\n", "Timestamp,How are you?\n"])
def test_a_file_of_headings_only_is_refused(content: str) -> None:
    with pytest.raises(ImportRefused, match="no rows below"):
        opened(content)


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as handle:
        handle.truncate(2 * 1024**3)
    with pytest.raises(ImportRefused, match="2,048 MB; at most 200 MB"):
        open_file(huge, max_mb=200)


def test_a_missing_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AmpError, match="cannot be opened"):
        open_file(tmp_path / "gone.csv", max_mb=1)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"$FL2@(#) SPSS DATA FILE", "SPSS"),
        (b"PAR1aaaa", "Parquet"),
        (b"\x89PNG\r\n", "picture"),
        (b"<!DOCTYPE html><html><body>no</body></html>", "web page"),
        (b'{"responses": [1, 2]}', "JSON"),
        (b'[{"a": 1}]', "JSON"),
        (bytes(range(1, 32)) * 40, "another kind"),
    ],
)
def test_a_file_of_another_kind_is_named_whatever_its_ending(content: bytes, what: str) -> None:
    with pytest.raises(ImportRefused, match=what):
        opened(content, "answers.csv")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_every_usual_encoding_is_read_without_loss(codec: str) -> None:
    survey = opened(TABLE.encode(codec))
    assert [column.heading for column in survey.columns] == ["Name", "Größe", "Bemerkung"]
    assert survey.cells[2].tolist() == ["schöne Grüße", "déjà vu", "mañana"]


WORDS = st.text(st.sampled_from("abcdefghij ÄÖÜäöüßéèàç"), min_size=3, max_size=12).map(str.strip).filter(bool)


@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=2, max_size=12),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_back(rows: list[tuple[str, ...]], separator: str, codec: str, end: str) -> None:
    lines = [
        separator.join(("First column", "Second column", "Third column")),
        *(separator.join(line) for line in rows),
    ]
    survey = opened(end.join(lines).encode(codec))
    assert [tuple(line) for line in survey.cells.itertuples(index=False, name=None)] == rows


def test_quoted_separators_quotes_and_line_breaks_stay_in_their_cell() -> None:
    survey = opened('id,why\n1,"late, and ""rude""\nagain"\n2,fine\n')
    assert survey.cells[1].tolist() == ['late, and "rude"\nagain', "fine"]


def test_the_separator_that_excel_declares_is_obeyed() -> None:
    survey = opened("sep=;\nid;comment\n1;a,b,c\n2;d,e,f\n")
    assert [column.heading for column in survey.columns] == ["id", "comment"]


def test_commas_inside_a_semicolon_table_do_not_split_it() -> None:
    survey = opened("id;score;comment\n1;4,5;good, very\n2;3,5;bad, very\n3;1,0;so, so\n")
    assert len(survey.columns) == 3


def test_ragged_rows_are_mended_and_told() -> None:
    survey = opened("a,b,c\n1,2,3\n4\n5,6,7,8,9\n10,11,12\n" + "1,2,3\n" * 20)
    assert len(survey.cells) == 24
    assert survey.cells.loc[3].tolist() == ["4", "", ""]
    assert any("row 4" in sentence and "left out" in sentence for sentence in survey.repaired)


def test_nul_characters_are_removed_and_counted() -> None:
    survey = opened("a,b\n1\x00,x\n2,\x00\n")
    assert survey.cells[0].tolist() == ["1", "2"]
    assert any("2 cells" in sentence for sentence in survey.repaired)


def test_double_headings_get_numbers_and_nameless_ones_a_name() -> None:
    survey = opened("Name,Name,,Score\na,b,c,1\nd,e,f,2\n")
    assert [column.heading for column in survey.columns] == ["Name", "Name (2)", "Column 3", "Score"]
    assert any("more than once" in sentence for sentence in survey.repaired)


def test_empty_rows_are_dropped_and_counted() -> None:
    survey = opened("a,b\n1,2\n,\n \n3,4\n,,\n")
    assert survey.cells.index.tolist() == [2, 5]
    assert "3 empty rows were dropped." in survey.dropped


def test_more_than_five_thousand_columns_are_refused() -> None:
    wide = ",".join(f"c{n}" for n in range(5001)) + "\n" + ",".join("1" * 5001) + "\n"
    with pytest.raises(ImportRefused, match="5,001 columns"):
        opened(wide)


def test_five_thousand_columns_are_read() -> None:
    wide = ",".join(f"c{n}" for n in range(5000)) + "\n" + ",".join("1" * 5000) + "\n"
    assert len(opened(wide).columns) == 5000


def test_a_quote_that_is_never_closed_is_told() -> None:
    with pytest.raises(ImportRefused, match="cannot be split"):
        opened('a,b\n1,"open\n' + "2,3\n" * 700_000)


def test_nineteen_digit_ids_survive() -> None:
    assert opened("id,score\n1234567890123456789,4\n0012,5\n").cells[0].tolist() == ["1234567890123456789", "0012"]


def test_formulas_and_scripts_are_kept_as_the_words_they_are() -> None:
    survey = opened('id,why\n1,"=HYPERLINK(""http://x"",""y"")"\n2,<script>alert(1)</script>\n')
    assert survey.cells[1].tolist() == ['=HYPERLINK("http://x","y")', "<script>alert(1)</script>"]


def test_whole_numbers_in_a_workbook_have_no_point() -> None:
    book = workbook({"Answers": row(1, "id", "score") + row(2, 17, 4.5) + row(3, 18, 3)})
    survey = opened(book, "x.xlsx")
    assert survey.cells[0].tolist() == ["17", "18"]
    assert survey.cells[1].tolist() == ["4.5", "3"]


def test_the_sheet_with_responses_is_read_and_the_others_named() -> None:
    notes = row(1, "Exported on Monday")
    answers = row(1, "id", "score", "why") + "".join(row(n, n, n % 5, "because") for n in range(2, 30))
    survey = opened(workbook({"Read me": notes, "Answers": answers}), "x.xlsx")
    assert len(survey.cells) == 28
    assert any("“Answers” was read" in note and "“Read me”" in note for note in survey.notes)


def test_a_workbook_without_its_ending_is_recognised() -> None:
    assert len(opened(workbook({"A": row(1, "id", "b") + row(2, 1, 2)}), "no-ending").cells) == 1


def test_a_zip_bomb_is_refused_unopened() -> None:
    bomb = workbook({"A": row(1, "a")}, {"xl/media/zeros.bin": b"\x00" * 300_000_000})
    assert len(bomb) < 1_000_000
    with pytest.raises(ImportRefused, match="ZIP bomb"):
        opened(bomb, "x.xlsx")


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(workbook({"A": row(1, "a")}, {"xl/media/zeros.bin": b"\x00" * 50_000_000}))
    true_size, told = (50_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    assert bytes(bomb).count(true_size) >= 1
    with pytest.raises(ImportRefused):
        opened(bytes(bomb).replace(true_size, told), "x.xlsx")


def test_a_cell_at_the_far_end_of_the_sheet_is_refused() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(ImportRefused, match="16,384 columns"):
        opened(workbook({"A": row(1, "a", "b") + far}), "x.xlsx")


def test_a_sheet_that_spans_too_many_cells_is_refused() -> None:
    far = '<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>'
    with pytest.raises(ImportRefused, match="more than can be read"):
        opened(workbook({"A": row(1, "a", "b") + far}), "x.xlsx")


def test_a_broken_workbook_is_told() -> None:
    whole = workbook({"A": row(1, "a", "b") + row(2, 1, 2)})
    for broken in (whole[: len(whole) // 2], b"PK\x03\x04" + b"nonsense" * 50, whole.replace(b"xl/work", b"xl/walk")):
        with pytest.raises(ImportRefused):
            opened(broken, "x.xlsx")


def test_an_archive_that_is_no_workbook_is_named() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("answers.csv", "a,b\n1,2\n")
    with pytest.raises(ImportRefused, match=r"ZIP archive \(answers.csv\)"):
        opened(buffer.getvalue(), "x.xlsx")


@given(st.binary(max_size=400))
def test_whatever_the_bytes_are_only_sentences_come_back(content: bytes) -> None:
    with contextlib.suppress(AmpError):
        assert len(opened(content).cells) > 0
