"""The plan as a calendar file: one whole day a step, with a reminder a week before."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from amp.audit.plan import Step
from amp.languages import Words
from amp.reports.printable import cut, visible
from amp.reports.takeaway import Takeaway

_SUMMARY: Final = 72  # characters of a statement that a month view still shows on hovering
_WORDS: Final = 400
_REMINDER: Final = timedelta(days=-7, hours=9)  # nine in the morning, a week before the day; not at midnight


def plan_ics(given: Takeaway, t: Words, *, stamp: datetime, link: str) -> bytes:
    """The steps of the plan that have a date; with none, a valid calendar without events.

    Importing it again updates the same events. `stamp` (aware) says when the file was made, `link` is the private one.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//AMP//Account Management Profile//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", cut(visible(t.of(given.instrument.title)), _WORDS))
    for step in given.plan:
        if step.due:
            calendar.add_component(_event(given, step, step.due, t, stamp=stamp.astimezone(UTC), link=link))
    return bytes(calendar.to_ical())


def _event(given: Takeaway, step: Step, due: date, t: Words, *, stamp: datetime, link: str) -> Event:
    summary = f"{step.statement_id} {cut(visible(_statement(given, step, t)), _SUMMARY)}"
    event = Event()
    event.add("uid", _uid(given, step, link))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", _description(given, step, t, link))
    event.add("transp", "TRANSPARENT")  # a due date keeps nobody busy
    event.add_component(_reminder(summary))
    return event


def _reminder(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", _REMINDER)
    return alarm


def _description(given: Takeaway, step: Step, t: Words, link: str) -> str:
    first = next((one.step for one in given.advice if one.statement.id == step.statement_id), "")
    lines = [visible(_statement(given, step, t))]
    if first:
        lines.append(t("First step: {step}", step=visible(t.of(first))))
    if step.owner.strip():
        lines.append(t("Owner: {owner}", owner=cut(visible(step.owner), _WORDS)))
    if link:
        lines.append(t("Your result: {link}", link=link))
    return "\n".join(lines)


def _statement(given: Takeaway, step: Step, t: Words) -> str:
    return next((t.of(one.text) for one in given.instrument.statements if one.id == step.statement_id), "")


def _uid(given: Takeaway, step: Step, link: str) -> str:
    """The same for the same step of the same audit, so that a moved date moves the event.

    The private link tells two companies' plans apart, unreadably.
    """
    known = "\n".join((given.instrument.id, step.statement_id, given.company, link))
    digest = hashlib.sha256(known.encode("utf-8", "replace")).hexdigest()[:20]
    return f"{given.instrument.id}-{step.statement_id}-{digest}@amp"
