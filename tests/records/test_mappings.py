"""Remembered mappings."""

from datetime import timedelta

import pytest

from amp.errors import AmpError
from amp.records.access import Role


def test_a_mapping_is_found_by_the_headings_it_fits(records, now):
    records.mappings.save("Wave 1", "abc", '{"Q1": "rating"}', Role.EDITOR, now)
    found = records.mappings.by_signature("abc")
    assert (found.name, found.content, found.author, found.saved_at) == ("Wave 1", '{"Q1": "rating"}', Role.EDITOR, now)
    assert records.mappings.by_signature("xyz") is None


def test_the_newest_mapping_for_the_same_headings_is_proposed(records, now):
    records.mappings.save("Old", "abc", "old", Role.EDITOR, now)
    records.mappings.save("New", "abc", "new", Role.EDITOR, now + timedelta(days=1))
    assert records.mappings.by_signature("abc").content == "new"
    records.mappings.save("Old", "abc", "mended", Role.EDITOR, now + timedelta(days=2))
    assert records.mappings.by_signature("abc").content == "mended"


def test_saving_under_a_name_replaces_what_had_it(records, now):
    records.mappings.save("Wave", "abc", "1", Role.EDITOR, now)
    records.mappings.save(" Wave ", "xyz", "2", Role.EDITOR, now)
    assert [(one.name, one.signature, one.content) for one in records.mappings.all()] == [("Wave", "xyz", "2")]


def test_a_mapping_needs_a_name(records, now):
    with pytest.raises(AmpError, match="needs a name"):
        records.mappings.save("  ", "abc", "{}", Role.EDITOR, now)
