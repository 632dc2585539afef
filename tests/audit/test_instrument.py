"""The instrument that ships, and every way in which an instrument file can be broken."""

import json
import tomllib
from copy import deepcopy
from pathlib import Path

import pytest

from amp.audit.instrument import OTHER, parse_instrument, read_instrument
from amp.errors import InstrumentError

SNAPSHOT = Path(__file__).resolve().parents[2] / "data" / "instruments" / "amp-snapshot.toml"


@pytest.fixture
def content():
    return deepcopy(tomllib.loads(SNAPSHOT.read_text()))


def as_toml(content, path=""):
    """The content as a TOML file of the usual form: plain values first, then each table under its heading."""
    tables = {name: value for name, value in content.items() if isinstance(value, dict)}
    arrays = {
        name: value
        for name, value in content.items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    }
    lines = [f"{name} = {json.dumps(content[name])}" for name in content if name not in tables | arrays]
    for name, table in tables.items():
        lines += [f"[{path}{name}]", as_toml(table, f"{path}{name}.")]
    for name, rows in arrays.items():
        for row in rows:
            lines += [f"[[{path}{name}]]", as_toml(row, f"{path}{name}.")]
    return "\n".join(lines)


def read(content):
    return parse_instrument(as_toml(content).encode(), source="mine.toml")


def fault_of(content):
    with pytest.raises(InstrumentError) as caught:
        read(content)
    assert "mine.toml" in caught.value.message
    assert caught.value.hint
    return caught.value.message


def test_the_snapshot_has_five_categories_of_five_statements():
    instrument = read_instrument(SNAPSHOT)
    assert [len(category.statements) for category in instrument.categories] == [5] * 5
    assert [statement.id for statement in instrument.statements[:6]] == ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1"]
    assert instrument.labels == {1: "Never", 2: "Occasionally", 3: "Usually", 4: "Frequently", 5: "Always"}
    assert instrument.industry.segments[-1] == OTHER


def test_the_snapshot_carries_the_wording_of_the_method():
    given = SNAPSHOT.parents[3] / "shared" / "design" / "amp-audit.toml"
    if not given.exists():
        pytest.skip("the folder of shared material is not beside the project")
    assert tomllib.loads(SNAPSHOT.read_text()) == tomllib.loads(given.read_text())


def test_a_gap_between_bands_is_named_with_its_place(content):
    content["overall_bands"][2]["low"] = 61
    assert "overall_bands: “Reactive” leaves a gap: it starts at 61 instead of 60" in fault_of(content)


def test_overlapping_bands_are_refused(content):
    content["category_bands"][1]["low"] = 10
    assert "“Poor” overlaps" in fault_of(content)


def test_bands_must_begin_at_the_lowest_and_end_at_the_highest_total(content):
    content["overall_bands"][0]["low"] = 0
    content["overall_bands"][-1]["high"] = 124
    message = fault_of(content)
    assert "starts at 0 instead of 25" in message
    assert "ends at 124 instead of 125" in message


def test_a_band_that_ends_before_it_starts_is_refused(content):
    content["category_bands"][3]["high"] = 19
    assert "“Excellent” ends at 19, before it starts at 20" in fault_of(content)


def test_two_bands_of_one_name_are_refused(content):
    content["category_bands"][3]["label"] = "Poor"
    assert "“Poor” is used 2 times" in fault_of(content)


def test_a_repeated_statement_id_is_named(content):
    content["categories"][1]["statements"][0]["id"] = "1.1"
    assert "statement id “1.1” is used 2 times" in fault_of(content)


def test_categories_need_equally_many_statements(content):
    del content["categories"][2]["statements"][4]
    assert "equally many statements, but they have 4, 5" in fault_of(content)


def test_a_missing_text_is_placed_as_people_count(content):
    del content["categories"][1]["statements"][2]["text"]
    assert "categories 2, statements 3, text: is missing" in fault_of(content)


def test_an_empty_text_is_refused(content):
    content["categories"][0]["title"] = "  "
    assert "categories 1, title" in fault_of(content)


def test_a_misspelt_key_is_named(content):
    content["scale"][0]["lable"] = "Never"
    assert "scale 1, lable" in fault_of(content)


@pytest.mark.parametrize("value", ["5", True, 5.5])
def test_a_scale_value_must_be_a_whole_number(content, value):
    content["scale"][4]["value"] = value
    assert "scale 5, value" in fault_of(content)


def test_a_scale_must_rise_by_one(content):
    content["scale"][4]["value"] = 7
    assert "must rise by one, but are 1, 2, 3, 4, 7" in fault_of(content)


def test_another_instrument_of_the_same_form_is_read(content):
    content["categories"] = content["categories"][:2]
    content["scale"] = content["scale"][:4]
    content["category_bands"] = [{"label": "Low", "low": 5, "high": 12}, {"label": "High", "low": 13, "high": 20}]
    content["overall_bands"] = [{"label": "All", "low": 10, "high": 40}]
    assert len(read(content).statements) == 10


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"id = ", "not valid TOML"),
        (b"id = 1\n\xff\xfe", "Line 2: it is not UTF-8"),
        (b"", "id: is missing"),
        (b"id = 1\n?\n", "line 2"),
    ],
)
def test_a_broken_file_is_told_with_its_name(tmp_path, raw, said):
    path = tmp_path / "broken.toml"
    path.write_bytes(raw)
    with pytest.raises(InstrumentError) as caught:
        read_instrument(path)
    assert "broken.toml" in caught.value.message
    assert said in caught.value.message


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InstrumentError, match=r"nowhere\.toml cannot be read"):
        read_instrument(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "2.3"', 'id = "2.2"', "the statement id “2.2” is used 2 times"),
        ('text = "Customer feedback is reviewed, and we act on it."', 'text = ""', "text: must not be empty"),
        ("low = 60", "low = 61", "“Reactive” leaves a gap: it starts at 61 instead of 60"),
        ('  "Construction",', '  "Transportation",', "the industry segment “Transportation” is used 2 times"),
        ('label = "Usually"', 'lable = "Usually"', "scale 3, lable: is a name that the form does not know"),
    ],
    ids=["a repeated id", "an empty text", "a gap", "a repeated segment", "a misspelt key"],
)
def test_every_fault_names_the_line_it_is_on(old, new, said):
    text = SNAPSHOT.read_text().replace(old, new)
    line = [number for number, row in enumerate(text.splitlines(), 1) if new in row][-1]
    with pytest.raises(InstrumentError) as caught:
        parse_instrument(text.encode(), source="mine.toml")
    (found,) = (fault for fault in caught.value.faults if said in fault)
    assert found.startswith(f"Line {line}: ")


def test_all_faults_are_told_at_once(content):
    content["scale"][0]["lable"] = "Never"
    del content["categories"][0]["title"]
    content["categories"][1]["statements"][0]["text"] = 5
    with pytest.raises(InstrumentError) as caught:
        read(content)
    assert len(caught.value.faults) == 3


def test_a_huge_file_is_refused_before_it_is_read():
    with pytest.raises(InstrumentError, match="larger than 200 kB"):
        parse_instrument(b"#" * 300_000, source="mine.toml")


def test_a_file_of_nested_brackets_is_refused_with_a_sentence():
    with pytest.raises(InstrumentError, match="not valid TOML"):
        parse_instrument(b"id = " + b"[" * 50_000, source="mine.toml")
