"""The workspace knows which audits are its own."""

import pytest

from amp.errors import NotAllowed
from amp.records.access import Role


def test_our_own_audits_are_remembered_and_can_be_taken_back(records):
    assert records.about.own_audits() == frozenset()
    records.about.set_own_audits([7, 3, 7], Role.EDITOR)
    assert records.about.own_audits() == {3, 7}
    records.about.set_own_audits([], Role.EDITOR)
    assert records.about.own_audits() == frozenset()


def test_a_viewer_may_not_say_which_audits_are_ours(records):
    with pytest.raises(NotAllowed):
        records.about.set_own_audits([1], Role.VIEWER)
