"""The workspace knows whose accounts it holds."""

import pytest

from amp.errors import AmpError, NotAllowed
from amp.records.access import Role


def test_the_company_is_remembered_and_can_be_taken_back(records):
    assert records.about.company() == ""
    records.about.set_company("  Alder   Works ", Role.EDITOR)
    assert records.about.company() == "Alder Works"
    records.about.set_company("", Role.EDITOR)
    assert records.about.company() == ""


def test_a_viewer_may_not_say_whose_accounts_these_are(records):
    with pytest.raises(NotAllowed):
        records.about.set_company("Alder Works", Role.VIEWER)


def test_a_name_that_is_too_long_is_refused(records):
    with pytest.raises(AmpError, match="200 characters"):
        records.about.set_company("a" * 201, Role.EDITOR)
