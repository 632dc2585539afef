"""The instruments page: a fault names its line, a draft is seen before it is published, old results keep theirs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from amp.audit.instrument import parse_instrument
from amp.records.access import Role
from amp.ui import instruments, state

PROJECT = Path(__file__).resolve().parents[2]
PAGE = str(PROJECT / "pages" / "assess" / "instruments.py")
SNAPSHOT = (PROJECT / "data" / "instruments" / "amp-snapshot.toml").read_text()
OURS = SNAPSHOT.replace('version = "1.0"', 'version = "2.0-steel"').replace(
    "Customer feedback is reviewed, and we act on it.", "We act on what customers *say*."
)


@pytest.fixture(autouse=True)
def _fresh_process():
    state.forget()
    yield
    state.forget()


def opened():
    return AppTest.from_file(PAGE, default_timeout=30).run()


def words(page):
    return " ".join(str(one.value) for one in [*page.markdown, *page.text, *page.caption, *page.code])


def uploaded(content):
    page = opened()
    (uploader,) = page.get("file_uploader")
    uploader.set_value([("ours.toml", content.encode(), "application/toml")]).run()
    return page


def draft(content=OURS):
    read = parse_instrument(content.encode(), source="ours.toml")
    state.records().instruments.draft(read.id, read.version, read.title, content, Role.EDITOR, datetime.now(UTC))


def pressed(page, label):
    (button,) = [one for one in page.button if one.label == label]
    return button.click().run()


def test_the_page_says_what_the_plain_link_gives():
    page = opened()
    assert not page.exception
    assert "the plain link gives Account Management Profile snapshot audit, version 1.0." in words(page)


def test_every_fault_of_a_file_is_told_with_its_line():
    broken = OURS.replace('id = "2.3"', 'id = "2.2"').replace('label = "Usually"', 'label = ""')
    shown = words(uploaded(broken))
    assert "This file has" in shown
    line = next(n for n, row in enumerate(broken.splitlines(), 1) if row == 'label = ""')
    assert f"Line {line}: scale 3, label: must not be empty" in shown
    assert len(state.records().instruments.all()) == 1


def test_a_good_file_is_kept_as_a_draft_that_nobody_can_be_given():
    page = uploaded(OURS)
    assert "version 2.0-steel: 5 categories, 25 statements." in words(page)
    pressed(page, "Keep it as a draft")
    assert [one.published for one in state.records().instruments.all()] == [False, True]
    assert state.instrument().version == "1.0"


def test_a_draft_is_previewed_with_nothing_saved():
    draft()
    page = opened()
    scales = [one for one in page.button_group if str(one.key).startswith("preview-")]
    assert len(scales) == 25
    assert "We act on what customers \\*say\\*." in [one.proto.label for one in scales]
    scales[0].set_value(3).run()
    assert state.records().instruments.uses() == {}


def test_publishing_gives_new_audits_the_new_wording_and_leaves_old_results_theirs():
    audits, first = state.records().audits, state.instrument()
    token = audits.begin(first.id, first.version, datetime.now(UTC))
    draft()
    pressed(opened(), "Publish")
    assert state.instrument().version == "2.0-steel"
    kept = audits.draft(token)
    assert state.given_under(kept.instrument_id, kept.instrument_version).version == "1.0"


def test_two_versions_stand_side_by_side_with_what_differs_named():
    one, other = (parse_instrument(text.encode(), source="") for text in (SNAPSHOT, OURS))
    rows = instruments.compared(one, other)
    assert [row["No."] for row in rows if row["Difference"] == "other words"] == ["1.5"]
    draft()
    assert "1 of 25 statements differ." in words(opened())


def test_a_draft_can_be_removed_and_what_comes_with_amp_cannot():
    draft()
    page = opened()
    pressed(page, "Remove")
    assert len(state.records().instruments.all()) == 1
    assert "Remove" not in [one.label for one in opened().button]


def test_a_version_that_is_published_already_is_not_replaced():
    page = uploaded(SNAPSHOT)
    page = pressed(page, "Keep it as a draft")
    assert "is published already. Give the file a new version." in words(page).replace("  ", " ")
