"""The plan as a calendar file, read back as a calendar reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from icalendar import Calendar, Event

from amp.audit.plan import Step
from amp.languages import ENGLISH
from amp.reports.plan_calendar import plan_ics
from amp.reports.takeaway import Takeaway
from tests.takeaways import PLAN, takeaway, words_of

STAMP = datetime(2026, 6, 22, 15, 5, tzinfo=timezone(timedelta(hours=2)))
LINK = "https://amp.example.org/result?t=abc,d;e"
DUE = date(2026, 9, 30)


def made(given: Takeaway, **changes: object) -> bytes:
    return plan_ics(given, ENGLISH, **{"stamp": STAMP, "link": LINK} | changes)  # type: ignore[arg-type]


def events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_only_steps_with_a_date_become_events():
    assert len(events(made(takeaway(plan=PLAN)))) == 1


def test_an_event_takes_its_whole_day_and_keeps_nobody_busy():
    (event,) = events(made(takeaway(plan=PLAN)))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (DUE, DUE + timedelta(days=1))
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["DTSTAMP"].dt == datetime(2026, 6, 22, 13, 5, tzinfo=UTC)


def test_it_says_what_to_do_who_does_it_and_where_the_result_is():
    given = takeaway(plan=PLAN)
    (event,) = events(made(given))
    first = next(one.step for one in given.advice if one.statement.id == "2.2")
    assert str(event["SUMMARY"]).startswith("2.2 A meaningful part of employees' pay depends")
    assert len(event["SUMMARY"]) < 80
    description = str(event["DESCRIPTION"]).split("\n")
    assert description[1:] == [f"First step: {first}", "Owner: Dana Whitcombe", f"Your result: {LINK}"]


def test_it_reminds_on_the_morning_a_week_before():
    (event,) = events(made(takeaway(plan=PLAN)))
    (alarm,) = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    assert datetime.combine(DUE, time(), UTC) + alarm["TRIGGER"].dt == datetime(2026, 9, 23, 9, tzinfo=UTC)


def test_importing_it_again_updates_the_same_event():
    later = takeaway(plan=(replace(PLAN[0], owner="Someone else"),))
    (before,), (after,) = events(made(takeaway(plan=PLAN))), events(made(later, stamp=STAMP + timedelta(days=9)))
    assert before["UID"] == after["UID"]
    assert before["LAST-MODIFIED"].dt < after["LAST-MODIFIED"].dt


def test_a_moved_date_moves_the_event():
    plans = [(Step("1.1", due=DUE),), (Step("1.1", due=date(2026, 10, 1)),)]
    assert len({str(events(made(takeaway(plan=plan)))[0]["UID"]) for plan in plans}) == 1


def test_steps_and_companies_are_told_apart_and_the_link_is_not_in_the_name():
    plans = [(Step("1.1", due=DUE),), (Step("1.2", due=DUE),)]
    names = {str(events(made(takeaway(plan=plan)))[0]["UID"]) for plan in plans}
    names.add(str(events(made(takeaway(plan=plans[0], company="Alder")))[0]["UID"]))
    names.add(str(events(made(takeaway(plan=plans[0]), link="https://amp.example.org/result?t=other"))[0]["UID"]))
    assert len(names) == 4
    assert not any("abc" in name for name in names)


def test_a_plan_without_dates_is_an_empty_calendar():
    for plan in ((), (Step("1.1"),)):
        content = made(takeaway(plan=plan))
        assert Calendar.from_ical(content)["VERSION"] == "2.0"
        assert events(content) == []


def test_hostile_words_stay_within_their_line():
    owner = "Eve\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:http://x;y,z\\n\u202e"
    (event,) = events(made(takeaway(plan=(Step("1.1", owner=owner, due=DUE),))))
    assert "ATTACH" not in event
    assert "Owner: Eve END:VEVENT BEGIN:VEVENT ATTACH:http://x;y,z\\n" in str(event["DESCRIPTION"]).split("\n")


def test_every_line_is_folded_at_75_bytes():
    content = plan_ics(takeaway(plan=PLAN), words_of("long"), stamp=STAMP, link=LINK)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
