"""Campaigns: a link that is open for a while, what an editor may decide, and what takers may still do."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from amp.errors import AmpError, Conflict, NotAllowed, NotFound
from amp.records.access import Role
from amp.records.campaign_values import NewCampaign, Phase, Progress

STATEMENTS = ("1.1", "1.2")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EXTREMES = {
    "10,000 characters": "x" * 10_000,
    "right to left": "שלום עולם \u202eمرحبا",
    "emoji": "👩🏽\u200d🚀🙂",
    "a NUL": "be\x00fore",
    "lines": "one\ntwo\r\nthree\ttabbed",
}


@pytest.fixture
def new(now):
    return NewCampaign(
        title="Spring check",
        company="Nordic Steel",
        industry="Manufacturing",
        instrument_id="amp-snapshot",
        instrument_version="1.0",
        opens_at=now,
        closes_at=now + 7 * DAY,
        anonymous=False,
    )


@pytest.fixture
def make(records, new, now):
    """A campaign that differs from `new` in what is named."""
    return lambda **changed: records.campaigns.create(replace(new, **changed), Role.EDITOR, now)


def begun(records, campaign, at):
    return records.audits.begin("another", "9", at, campaign=campaign.code)


def named(records, token, taker, at):
    records.audits.set_details(token, company="", industry="", industry_other="", taker=taker, now=at)


def answered(records, campaign, at, taker="Kim", value=4):
    token = begun(records, campaign, at)
    for statement_id in STATEMENTS:
        records.audits.answer(token, statement_id, value, at)
    named(records, token, taker, at)
    return token


def submitted(records, campaign, at, **given):
    token = answered(records, campaign, at, **given)
    records.audits.submit(token, STATEMENTS, at)
    return token


def retaken(records, token, at, value=5):
    again = records.audits.again(token, "amp-snapshot", "1.0", at)
    for statement_id in STATEMENTS:
        records.audits.answer(again, statement_id, value, at)
    records.audits.submit(again, STATEMENTS, at)
    return again


def works_or_is_told(act):
    """Whether `act` worked; it may refuse, but only with a sentence."""
    try:
        act()
    except AmpError as error:
        refused = error
    else:
        return True
    assert refused.message.endswith(".")
    return False


# The link


def test_a_campaign_is_found_by_the_code_of_its_link(records, make):
    campaign = make()
    assert records.campaigns.of_code(campaign.code) == campaign == records.campaigns.get(campaign.id)
    assert len(campaign.code) == 32


def test_two_campaigns_of_the_same_content_have_links_of_their_own(make):
    assert make().code != make().code


@pytest.mark.parametrize("code", ["", "unknown", "' or 1=1 --", "x" * 10_000, "\x00", "🙂"])
def test_an_unknown_or_tampered_link_is_told(records, make, now, code):
    make()
    with pytest.raises(NotFound, match="no campaign behind this link"):
        records.campaigns.of_code(code)
    if code:  # no code at all is the plain audit, outside any campaign
        with pytest.raises(NotFound, match="no campaign behind this link"):
            records.audits.begin("amp-snapshot", "1.0", now, campaign=code)


def test_an_audit_of_a_campaign_is_given_under_its_instrument_and_company(records, make, now):
    draft = records.audits.draft(begun(records, make(), now))
    assert (draft.instrument_id, draft.instrument_version) == ("amp-snapshot", "1.0")
    assert (draft.company, draft.industry, draft.anonymous) == ("Nordic Steel", "Manufacturing", False)


def test_a_taker_cannot_put_another_company_in_the_place_of_the_campaigns(records, make, now):
    token = begun(records, make(), now)
    records.audits.set_details(token, company="Other", industry="Energy", industry_other="x", taker="Kim", now=now)
    draft = records.audits.draft(token)
    assert (draft.company, draft.industry, draft.industry_other) == ("Nordic Steel", "Manufacturing", "")
    assert draft.taker == "Kim"


def test_campaigns_come_newest_first(records, make, now):
    first, last, middle = make(), make(opens_at=now + 2 * DAY), make(opens_at=now + DAY)
    assert records.campaigns.all() == (last, middle, first)


# Its time


@pytest.mark.parametrize(
    ("after", "phase"),
    [
        (-HOUR, Phase.PLANNED),
        (timedelta(0), Phase.OPEN),
        (7 * DAY - timedelta(microseconds=1), Phase.OPEN),
        (7 * DAY, Phase.CLOSED),
        (365 * DAY, Phase.CLOSED),
    ],
)
def test_time_opens_and_closes_a_campaign(make, now, after, phase):
    assert make().phase(now + after) is phase


def test_a_campaign_without_an_end_stays_open_until_somebody_closes_it(records, make, now):
    campaign = make(closes_at=None)
    assert campaign.phase(now + 10_000 * DAY) is Phase.OPEN
    records.campaigns.close(campaign.id, Role.EDITOR, now + DAY)
    assert records.campaigns.get(campaign.id).phase(now + DAY) is Phase.CLOSED


def test_a_campaign_closed_by_hand_stays_closed_when_the_clock_goes_back(records, make, now):
    campaign = make()
    records.campaigns.close(campaign.id, Role.EDITOR, now + DAY)
    assert records.campaigns.get(campaign.id).phase(now - DAY) is Phase.CLOSED


def test_closing_twice_keeps_the_first_moment(records, make, now):
    campaign = make()
    records.campaigns.close(campaign.id, Role.EDITOR, now + HOUR)
    records.campaigns.close(campaign.id, Role.EDITOR, now + DAY)
    assert records.campaigns.get(campaign.id).closed_at == now + HOUR


def test_a_campaign_that_is_not_open_takes_no_audit(records, make, now):
    campaign = make()
    with pytest.raises(Conflict, match="not open yet"):
        begun(records, campaign, now - HOUR)
    with pytest.raises(Conflict, match="is closed"):
        begun(records, campaign, now + 7 * DAY)
    assert records.campaigns.progress(campaign.id) == Progress(0, 0)


@pytest.mark.parametrize("by_hand", [True, False])
def test_after_the_end_nothing_is_answered_named_or_submitted(records, make, now, by_hand):
    campaign = make()
    token = answered(records, campaign, now)
    late = now + 7 * DAY
    if by_hand:
        late = now + HOUR
        records.campaigns.close(campaign.id, Role.EDITOR, late)
    for attempt in (
        lambda: records.audits.answer(token, "1.1", 1, late),
        lambda: named(records, token, "Robin", late),
        lambda: records.audits.submit(token, STATEMENTS, late),
    ):
        with pytest.raises(Conflict, match="campaign is closed"):
            attempt()
    draft = records.audits.draft(token)
    assert (draft.answers, draft.taker, draft.submitted_at) == ({"1.1": 4, "1.2": 4}, "Kim", None)


@pytest.mark.parametrize("single", [True, False])
def test_an_audit_that_was_begun_is_finished_although_the_clock_went_back(records, make, now, single):
    campaign = make(single=single)
    token = begun(records, campaign, now)
    earlier = now - DAY
    for statement_id in STATEMENTS:
        records.audits.answer(token, statement_id, 3, earlier)
    named(records, token, "Kim", earlier)
    records.audits.submit(token, STATEMENTS, earlier)
    assert records.campaigns.progress(campaign.id) == Progress(1, 1)


# What an editor decides


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": " \n "}, "needs a title, a company and an industry"),
        ({"company": ""}, "needs a title, a company and an industry"),
        ({"industry": ""}, "needs a title, a company and an industry"),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"company": "x" * 201}, "at most 200 characters"),
        ({"industry_other": "x" * 201}, "at most 200 characters"),
        ({"intro": "x" * 2001}, "at most 2,000 characters"),
        ({"thanks": "x" * 2001}, "at most 2,000 characters"),
        ({"least": 2}, "between 3 and 10"),
        ({"least": 11}, "between 3 and 10"),
        ({"expected": 0}, "between 1 and 100,000"),
        ({"expected": 100_001}, "between 1 and 100,000"),
        ({"anonymous": True, "single": True}, "one taker cannot be anonymous"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_kept(records, make, changed, said):
    with pytest.raises(AmpError, match=said) as caught:
        make(**changed)
    assert caught.value.hint
    assert records.campaigns.all() == ()


def test_a_campaign_cannot_close_before_it_opens(make, now):
    with pytest.raises(AmpError, match="close before it opens"):
        make(closes_at=now)


def test_the_limits_themselves_are_allowed(make):
    limits = {"title": "x" * 200, "intro": "x" * 2000, "thanks": "y" * 2000, "least": 3, "expected": 100_000}
    assert {name: getattr(make(**limits), name) for name in limits} == limits
    assert make(least=10, expected=1).least == 10


def test_names_lose_surplus_spaces_and_texts_keep_their_lines(make):
    campaign = make(title="  Spring \n check ", intro="\nDear all,\n\nplease\n")
    assert (campaign.title, campaign.intro) == ("Spring check", "Dear all,\n\nplease")


@pytest.mark.parametrize("role", [Role.GUEST, Role.VIEWER])
def test_only_an_editor_makes_changes_closes_or_deletes(records, make, new, now, role):
    campaign = make()
    for attempt in (
        lambda: records.campaigns.create(new, role, now),
        lambda: records.campaigns.reword(campaign.id, role, title="Other"),
        lambda: records.campaigns.close(campaign.id, role, now),
        lambda: records.campaigns.delete(campaign.id, role),
        lambda: records.campaigns.remove_sample(role),
    ):
        with pytest.raises(NotAllowed, match="needs the role editor"):
            attempt()
    assert records.campaigns.all() == (campaign,)


def test_rewording_changes_texts_end_and_expected_number(records, make, now):
    campaign = make()
    changed = {
        "title": "Autumn", "intro": "Hello", "thanks": "Bye", "closes_at": now + DAY, "expected": 12, "ours": True,
    }  # fmt: skip
    records.campaigns.reword(campaign.id, Role.EDITOR, **changed)
    assert records.campaigns.get(campaign.id) == replace(campaign, **changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"anonymous": False},
        {"single": True},
        {"least": 3},
        {"not_sure": True},
        {"company": "Other"},
        {"instrument_version": "2.0"},
        {"code": "mine"},
        {"title": "Fine", "anonymous": False},
    ],
)
def test_what_takers_relied_on_is_never_reworded(records, make, changed):
    campaign = make(anonymous=True)
    with pytest.raises(ValueError, match="cannot be changed"):
        records.campaigns.reword(campaign.id, Role.EDITOR, **changed)
    assert records.campaigns.get(campaign.id) == campaign


def test_rewording_is_checked_as_a_new_campaign_is(records, make, now):
    campaign = make()
    for changed in ({"title": ""}, {"intro": "x" * 2001}, {"expected": 0}, {"closes_at": now - DAY}):
        with pytest.raises(AmpError):
            records.campaigns.reword(campaign.id, Role.EDITOR, **changed)
    assert records.campaigns.get(campaign.id) == campaign


def test_a_closed_campaign_is_not_reworded_nor_opened_again(records, make, now):
    campaign = make()
    records.campaigns.close(campaign.id, Role.EDITOR, now + HOUR)
    for changed in ({"title": "Other"}, {"closes_at": now + 99 * DAY}, {"closes_at": None}):
        with pytest.raises(Conflict, match="closed and can no longer be changed"):
            records.campaigns.reword(campaign.id, Role.EDITOR, **changed)
    records.campaigns.reword(campaign.id, Role.EDITOR, ours=True)
    assert records.campaigns.get(campaign.id).ours


@pytest.mark.parametrize("name", ["title", "company", "industry", "industry_other", "intro", "thanks"])
@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES.keys())
def test_any_text_in_any_field_of_a_campaign_works_or_is_told(records, make, name, text):
    made = works_or_is_told(lambda: make(**{name: text}))
    assert made == (len(records.campaigns.all()) == 1)
    for campaign in records.campaigns.all():
        want = text.strip() if name in ("intro", "thanks") else " ".join(text.split())
        assert getattr(campaign, name) == want
        assert asdict(records.campaigns.of_code(campaign.code)) == asdict(campaign)


@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES.keys())
def test_any_text_as_a_takers_name_works_or_is_told(records, make, now, text):
    campaign = make()
    token = answered(records, campaign, now, taker="")
    kept = works_or_is_told(lambda: named(records, token, text, now))
    assert records.audits.draft(token).taker == (" ".join(text.split()) if kept else "")
    assert records.audits.draft(token).answers == {"1.1": 4, "1.2": 4}


def test_a_campaign_that_is_gone_is_told(records, make, now):
    make()
    for attempt in (
        lambda: records.campaigns.get(99),
        lambda: records.campaigns.sheets(99, now),
        lambda: records.campaigns.close(99, Role.EDITOR, now),
        lambda: records.campaigns.delete(99, Role.EDITOR),
        lambda: records.campaigns.reword(99, Role.EDITOR, title="Other"),
    ):
        with pytest.raises(NotFound, match="not here any more"):
            attempt()


# Its takers


def test_a_named_campaign_needs_a_name_before_submitting(records, make, now):
    token = answered(records, make(), now, taker="  \n ")
    with pytest.raises(Conflict, match="Your name is missing"):
        records.audits.submit(token, STATEMENTS, now)
    named(records, token, " Kim   Larsen ", now)
    records.audits.submit(token, STATEMENTS, now)
    assert [one.taker for one in records.audits.submissions()] == ["Kim Larsen"]


def test_an_anonymous_campaign_needs_no_name(records, make, now):
    campaign = make(anonymous=True)
    submitted(records, campaign, now, taker="")
    assert records.campaigns.progress(campaign.id) == Progress(1, 1)


def test_not_sure_is_an_answer_only_where_the_campaign_permits_it(records, make, now):
    strict, lenient = (begun(records, make(not_sure=permitted), now) for permitted in (False, True))
    for token in (strict, records.audits.begin("amp-snapshot", "1.0", now)):
        with pytest.raises(Conflict, match="asks for a rating of every statement"):
            records.audits.answer(token, "1.1", None, now)
        assert records.audits.draft(token).answers == {}
    records.audits.answer(lenient, "1.1", 2, now)
    records.audits.answer(lenient, "1.1", None, now)
    assert records.audits.draft(lenient).answers == {"1.1": None}


def test_not_sure_counts_as_answered(records, make, now):
    token = answered(records, make(not_sure=True), now)
    records.audits.answer(token, "1.2", None, now)
    records.audits.submit(token, STATEMENTS, now)
    assert records.audits.submissions()[0].answers == {"1.1": 4, "1.2": None}


def test_a_campaign_for_one_taker_is_begun_by_nobody_after_it_was_submitted(records, make, now):
    campaign = make(single=True)
    assert not records.campaigns.is_taken(campaign)
    submitted(records, campaign, now)
    assert records.campaigns.is_taken(campaign)
    with pytest.raises(Conflict, match="for one taker, and the audit is submitted"):
        begun(records, campaign, now)


def test_of_two_drafts_of_a_campaign_for_one_taker_the_second_is_not_submitted(records, make, now):
    campaign = make(single=True)
    first, second = (answered(records, campaign, now, taker=taker) for taker in ("Kim", "Robin"))
    records.audits.submit(first, STATEMENTS, now)
    with pytest.raises(Conflict, match="for one taker"):
        records.audits.submit(second, STATEMENTS, now)
    assert [one.taker for one in records.audits.submissions()] == ["Kim"]


def test_when_several_submit_at_once_for_one_taker_exactly_one_does(records, make, now):
    campaign = make(single=True)
    drafts = [answered(records, campaign, now) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        tries = [pool.submit(records.audits.submit, token, STATEMENTS, now) for token in drafts]
    failed = [one.exception() for one in tries if one.exception() is not None]
    assert [type(error) for error in failed] == [Conflict] * 5
    assert records.campaigns.progress(campaign.id).submitted == 1


def test_one_audit_submitted_in_two_tabs_is_submitted_once(records, make, now):
    campaign = make()
    token = answered(records, campaign, now)
    with ThreadPoolExecutor(2) as pool:
        tabs = [pool.submit(records.audits.submit, token, STATEMENTS, now) for _ in range(2)]
    assert [type(one.exception()) for one in tabs if one.exception()] == [Conflict]
    assert records.campaigns.progress(campaign.id) == Progress(1, 1)


def test_one_taker_may_submit_again_by_retaking(records, make, now):
    campaign = make(single=True)
    retaken(records, submitted(records, campaign, now), now + HOUR)
    assert records.campaigns.progress(campaign.id) == Progress(1, 1)
    assert [sheet.answers["1.1"] for sheet in records.campaigns.sheets(campaign.id, now)] == [5]


def test_progress_counts_who_began_and_who_submitted(records, make, now):
    campaign, other = make(), make()
    begun(records, campaign, now)
    answered(records, campaign, now)
    submitted(records, campaign, now)
    assert records.campaigns.progress(campaign.id) == Progress(3, 1)
    assert records.campaigns.progress(other.id) == Progress(0, 0)


def test_the_sheets_of_a_named_campaign_say_who_answered_what_and_when(records, make, now):
    campaign = make()
    submitted(records, campaign, now + DAY, taker="Robin", value=2)
    submitted(records, campaign, now + HOUR, taker="Kim", value=5)
    answered(records, campaign, now, taker="Unfinished")
    sheets = records.campaigns.sheets(campaign.id, now + 2 * DAY)
    assert [(one.taker, one.answers["1.1"], one.submitted_at) for one in sheets] == [
        ("Kim", 5, now + HOUR),
        ("Robin", 2, now + DAY),
    ]
    assert [records.audits.submission(one.audit_id).taker for one in sheets] == ["Kim", "Robin"]


# Its end


def test_deleting_a_campaign_deletes_every_audit_in_it_and_no_other(records, make, now):
    campaign, other = make(), make()
    gone = [submitted(records, campaign, now), answered(records, campaign, now)]
    gone.append(retaken(records, gone[0], now))
    kept = submitted(records, other, now)
    records.campaigns.delete(campaign.id, Role.EDITOR)
    for token in gone:
        with pytest.raises(NotFound):
            records.audits.draft(token)
    assert records.audits.draft(kept).campaign == other
    assert records.campaigns.all() == (other,)
    with pytest.raises(NotFound):
        records.campaigns.of_code(campaign.code)


def test_what_was_deleted_with_a_campaign_is_in_no_file(records, path, make, now):
    campaign = make(title="Markertitle", company="Markercompany", intro="Markerintro")
    submitted(records, campaign, now, taker="Markertaker")
    assert any(b"Markertaker" in part.read_bytes() for part in path.parent.iterdir())
    records.campaigns.delete(campaign.id, Role.EDITOR)
    assert all(b"Marker" not in part.read_bytes() for part in path.parent.iterdir())


def test_the_sample_campaigns_go_and_real_ones_stay(records, make, new, now):
    sample = records.campaigns.create(new, Role.EDITOR, now, sample=True)
    real = make()
    records.campaigns.remove_sample(Role.EDITOR)
    assert records.campaigns.all() == (real,)
    assert sample.sample
    assert not real.sample
