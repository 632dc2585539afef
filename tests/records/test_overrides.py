"""Decisions of people against the computed value."""

import pytest

from amp.errors import AmpError, NotAllowed
from amp.records.access import Role


def test_a_strategic_account_keeps_its_reason_and_who_gave_it(records, now):
    records.overrides.set_strategic("A-1", " Reference customer ", Role.EDITOR, now)
    flag = records.overrides.strategic()["A-1"]
    assert (flag.reason, flag.author, flag.at) == ("Reference customer", Role.EDITOR, now)


def test_a_strategic_account_needs_a_reason(records, now):
    with pytest.raises(AmpError, match="needs a reason"):
        records.overrides.set_strategic("A-1", "  ", Role.EDITOR, now)
    assert records.overrides.strategic() == {}


def test_a_reason_of_a_whole_book_is_refused(records, now):
    with pytest.raises(AmpError, match="at most 500"):
        records.overrides.set_strategic("A-1", "x" * 501, Role.EDITOR, now)


def test_a_flag_can_be_taken_away_again(records, now):
    records.overrides.set_strategic("A-1", "Reference", Role.EDITOR, now)
    records.overrides.clear_strategic("A-1", Role.EDITOR)
    assert records.overrides.strategic() == {}


def test_a_titles_role_is_found_whatever_its_case_and_spacing(records, now):
    records.overrides.set_title_role("Head  of Purchasing", "decision_maker", Role.EDITOR, now)
    records.overrides.set_title_role("head of PURCHASING ", "recommender", Role.ADMIN, now)
    (only,) = records.overrides.title_roles().values()
    assert (only.title, only.role, only.author) == ("head of purchasing", "recommender", Role.ADMIN)
    records.overrides.clear_title_role("HEAD OF PURCHASING", Role.EDITOR)
    assert records.overrides.title_roles() == {}


def test_an_empty_title_stands_for_no_role(records, now):
    with pytest.raises(AmpError, match="empty title"):
        records.overrides.set_title_role(" ", "influencer", Role.EDITOR, now)


def test_the_version_grows_at_each_change_and_only_then(records, now):
    versions = [records.overrides.version()]
    for change in (
        lambda: records.overrides.set_strategic("A-1", "Reference", Role.EDITOR, now),
        lambda: records.overrides.set_strategic("A-1", "Reference and growth", Role.EDITOR, now),
        lambda: records.overrides.set_title_role("CEO", "decision_maker", Role.EDITOR, now),
        lambda: records.overrides.clear_strategic("A-1", Role.EDITOR),
        lambda: records.overrides.clear_strategic("A-1", Role.EDITOR),
    ):
        change()
        versions.append(records.overrides.version())
    assert versions == [0, 1, 2, 3, 4, 4]


@pytest.mark.parametrize("role", [Role.GUEST, Role.VIEWER])
def test_every_change_needs_an_editor(records, now, role):
    for attempt in (
        lambda: records.overrides.set_strategic("A-1", "Reference", role, now),
        lambda: records.overrides.clear_strategic("A-1", role),
        lambda: records.overrides.set_title_role("CEO", "decision_maker", role, now),
        lambda: records.overrides.clear_title_role("CEO", role),
        lambda: records.mappings.save("Wave 1", "abc", "{}", role, now),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert records.overrides.version() == 0
