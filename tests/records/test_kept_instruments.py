"""Instruments kept by version: drafts change, published ones do not, and what audits rest on stays."""

from contextlib import suppress
from datetime import timedelta

import pytest

from amp.errors import Conflict, NotAllowed, NotFound
from amp.records.access import Role
from amp.records.campaign_values import NewCampaign
from amp.records.database import open_records

HOUR = timedelta(hours=1)


@pytest.fixture
def store(records):
    return records.instruments


def drafted(store, at, version="1", content="id = 1", instrument_id="mine"):
    store.draft(instrument_id, version, "Mine", content, Role.EDITOR, at)


def published(store, at, version="1", **given):
    drafted(store, at, version, **given)
    store.publish(given.get("instrument_id", "mine"), version, Role.EDITOR, at)


def test_a_draft_is_kept_but_not_given(store, now):
    drafted(store, now)
    kept = store.of("mine", "1")
    assert (kept.title, kept.content, kept.published, kept.shipped, kept.kept_at) == (
        "Mine",
        "id = 1",
        False,
        False,
        now,
    )
    assert store.newest("mine") is None


def test_a_draft_takes_the_place_of_an_earlier_one(store, now):
    drafted(store, now)
    drafted(store, now + HOUR, content="id = 2")
    assert [(one.content, one.kept_at) for one in store.all()] == [("id = 2", now + HOUR)]


def test_a_published_version_is_given_and_no_longer_changes(store, now):
    published(store, now)
    assert store.newest("mine") == store.of("mine", "1")
    with pytest.raises(Conflict, match="Version 1 of mine is published already"):
        drafted(store, now, content="id = 2")
    assert store.of("mine", "1").content == "id = 1"


def test_the_newest_is_the_one_published_last_and_no_draft(store, now):
    drafted(store, now, "2")
    published(store, now + HOUR, "1")
    assert store.newest("mine").version == "1"
    store.publish("mine", "2", Role.EDITOR, now + 2 * HOUR)
    assert store.newest("mine").version == "2"
    drafted(store, now + 3 * HOUR, "3")
    assert store.newest("mine").version == "2"


def test_of_two_published_at_one_moment_the_later_one_is_the_newest(store, now):
    published(store, now, "1")
    published(store, now, "2")
    assert store.newest("mine").version == "2"


def test_publishing_a_version_again_does_not_put_it_before_a_newer_one(store, now):
    published(store, now, "1")
    published(store, now + HOUR, "2")
    with suppress(Conflict):
        store.publish("mine", "1", Role.EDITOR, now + 2 * HOUR)
    assert store.newest("mine").version == "2"


def test_any_content_is_given_back_to_the_letter(store, now):
    content = "title = 'שלום 🙂'\r\n# “quoted”\x00\n" + "x" * 10_000
    drafted(store, now, content=content)
    assert store.of("mine", "1").content == content


def test_versions_are_there_after_reopening(path, now):
    records = open_records(path)
    published(records.instruments, now)
    records.instruments.offer("mine", Role.EDITOR)
    records.close()
    records = open_records(path)
    assert records.instruments.offered() == "mine"
    assert records.instruments.newest("mine").content == "id = 1"
    records.close()


def test_every_version_is_listed_newest_first(store, now):
    drafted(store, now, "a")
    drafted(store, now + HOUR, "b")
    store.ship("amp-snapshot", "1.0", "AMP", "x", now)
    assert [one.version for one in store.all()] == ["b", "1.0", "a"]


@pytest.mark.parametrize("role", [Role.GUEST, Role.VIEWER])
def test_only_an_editor_changes_instruments(store, now, role):
    drafted(store, now)
    for attempt in (
        lambda: store.draft("mine", "2", "Mine", "x", role, now),
        lambda: store.publish("mine", "1", role, now),
        lambda: store.remove("mine", "1", role),
        lambda: store.offer("mine", role),
    ):
        with pytest.raises(NotAllowed, match="needs the role editor"):
            attempt()
    assert [(one.version, one.published) for one in store.all()] == [("1", False)]
    assert store.offered() == ""


def test_an_instrument_that_is_gone_is_told(store, now):
    assert store.of("mine", "1") is None
    assert store.newest("mine") is None
    for attempt in (
        lambda: store.publish("mine", "1", Role.EDITOR, now),
        lambda: store.remove("mine", "1", Role.EDITOR),
    ):
        with pytest.raises(NotFound, match="not here any more"):
            attempt()


# What rests on it


def test_an_instrument_without_audits_is_removed(store, now):
    published(store, now)
    store.remove("mine", "1", Role.EDITOR)
    assert store.all() == ()


def test_an_instrument_under_which_an_audit_was_begun_stays(records, store, now):
    published(store, now)
    token = records.audits.begin("mine", "1", now)
    with pytest.raises(Conflict, match="Audits were given under this instrument"):
        store.remove("mine", "1", Role.EDITOR)
    records.audits.delete(token)
    store.remove("mine", "1", Role.EDITOR)
    assert store.of("mine", "1") is None


def test_an_instrument_of_a_campaign_stays_although_nobody_answered(records, store, now):
    published(store, now)
    new = NewCampaign("Spring", "Nordic", "Energy", "mine", "1", now)
    records.campaigns.create(new, Role.EDITOR, now)
    with pytest.raises(Conflict, match="so it is kept"):
        store.remove("mine", "1", Role.EDITOR)


def test_audits_of_another_version_do_not_hold_a_version_back(records, store, now):
    published(store, now, "1")
    published(store, now, "2")
    records.audits.begin("mine", "2", now)
    store.remove("mine", "1", Role.EDITOR)
    assert [one.version for one in store.all()] == ["2"]


def test_uses_count_the_audits_begun_under_each_version(records, store, now):
    for version in ("1", "2", "2"):
        records.audits.begin("mine", version, now)
    assert store.uses() == {("mine", "1"): 1, ("mine", "2"): 2}


# The plain link


def test_the_instrument_offered_last_is_the_one_of_the_plain_link(store, now):
    published(store, now)
    published(store, now, instrument_id="yours")
    assert store.offered() == ""
    store.offer("mine", Role.EDITOR)
    store.offer("yours", Role.EDITOR)
    assert store.offered() == "yours"


def test_removing_the_only_version_of_what_is_offered_offers_it_no_longer(store, now):
    published(store, now)
    store.offer("mine", Role.EDITOR)
    store.remove("mine", "1", Role.EDITOR)
    assert store.offered() == ""


def test_removing_a_draft_leaves_the_published_version_offered(store, now):
    published(store, now, "1")
    store.offer("mine", Role.EDITOR)
    drafted(store, now, "2")
    store.remove("mine", "2", Role.EDITOR)
    assert store.offered() == "mine"


# What comes with AMP


def test_what_ships_is_published_and_cannot_be_removed(store, now):
    store.ship("amp-snapshot", "1.0", "AMP", "content", now)
    assert (store.newest("amp-snapshot").published, store.newest("amp-snapshot").shipped) == (True, True)
    with pytest.raises(Conflict, match="comes with AMP"):
        store.remove("amp-snapshot", "1.0", Role.EDITOR)


def test_shipping_again_at_the_next_start_changes_nothing(store, now):
    store.ship("amp-snapshot", "1.0", "AMP", "content", now)
    before = store.all()
    store.ship("amp-snapshot", "1.0", "AMP", "content", now + HOUR)
    assert store.all() == before


def test_a_shipped_file_may_be_mended_until_an_audit_was_given_under_it(records, store, now):
    store.ship("amp-snapshot", "1.0", "AMP", "content", now)
    store.ship("amp-snapshot", "1.0", "AMP", "mended", now + HOUR)
    assert store.of("amp-snapshot", "1.0").content == "mended"
    records.audits.begin("amp-snapshot", "1.0", now)
    with pytest.raises(Conflict, match=r"amp-snapshot 1\.0 was changed after audits were given") as caught:
        store.ship("amp-snapshot", "1.0", "AMP", "mended again", now + HOUR)
    assert "new version" in caught.value.hint
    assert store.of("amp-snapshot", "1.0").content == "mended"


def test_a_draft_of_the_very_file_that_ships_is_published_by_shipping_it(store, now):
    drafted(store, now, "2.0", content="content", instrument_id="amp-snapshot")
    store.ship("amp-snapshot", "2.0", "AMP", "content", now + HOUR)
    kept = store.of("amp-snapshot", "2.0")
    assert (kept.published, kept.shipped) == (True, True)
