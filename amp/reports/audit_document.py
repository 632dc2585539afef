"""Everything that the take-away prints, as JSON: words in the reader's language and numbers, never a program."""

from __future__ import annotations

from typing import Final

from amp.audit.gains import Gain
from amp.charts.template import ACCENT, GREY, INK_LIGHT, MARK, PAPER_LIGHT, SEQUENTIAL
from amp.languages import Words
from amp.reports import audit_figures, audit_rows
from amp.reports.audit_figures import Content
from amp.reports.calculation import calculation, compared, industry_of
from amp.reports.printable import cut, printed, visible
from amp.reports.takeaway import Takeaway

_NAME: Final = 80
_HEADLINE: Final = 320
_QUIET: Final = "#5A6675"  # grey text: 5.8:1 on white


def document(given: Takeaway, t: Words) -> Content:
    """The content of data/reports/audit.typ."""
    title = printed(t.of(given.instrument.title), 160)
    company = printed(given.company, _NAME)
    return {
        "language": t.code,
        "colours": _colours(),
        "title": title,
        "name": t("{title}: {company}", title=title, company=cut(visible(given.company), _NAME)) if company else title,
        "author": cut(visible(given.taker or given.company), _NAME),
        "headline": _headline(given),
        "whose": [part for part in (company, *_whose(given, t)) if part],
        "footer": _footer(given, t),
        "scale": audit_figures.band_scale(given, t),
        "standing": _standing(given, t),
        "gains": _gains(given, t),
        "categories": {
            "title": t("The categories"),
            **audit_figures.categories(given, t),
            "comparison": _comparison(given, t),
        },
        "statements": audit_rows.statements(given, t),
        "advice": audit_rows.advice(given, t),
        "plan": audit_rows.plan(given, t),
        "changes": audit_rows.changes(given, t),
        "method": {"title": t("How this was calculated"), "rules": calculation(given, t)},
    }


def _colours() -> Content:
    return {
        "accent": ACCENT, "mark": MARK, "ink": INK_LIGHT, "quiet": _QUIET, "grey": GREY, "tint": PAPER_LIGHT[1],
        "wash": SEQUENTIAL[0], "line": SEQUENTIAL[1],
    }  # fmt: skip


def _headline(given: Takeaway) -> str:
    """The page's sentence; it begins with the company, whose name alone must not push the rest of it out."""
    sentence, company = visible(given.headline), visible(given.company)
    if len(company) > _NAME:
        sentence = sentence.replace(company, cut(company, _NAME))
    return printed(sentence, _HEADLINE)


def _whose(given: Takeaway, t: Words) -> tuple[str, ...]:
    industry = printed(t.of(given.industry), 60)
    return industry, printed(given.taker, _NAME), t.date(given.given_on) if given.given_on else ""


def _footer(given: Takeaway, t: Words) -> str:
    title, version = printed(t.of(given.instrument.title), 80), given.result.version
    if given.given_on is None:
        return t("{title}, version {version}", title=title, version=version)
    return t("{title}, version {version} · {date}", title=title, version=version, date=t.date(given.given_on))


def _standing(given: Takeaway, t: Words) -> Content:
    """The distance as a large figure with its words, and what the band means."""
    one = given.result.overall
    if one.band is None:
        low, high = one.bounds
        return {
            "figure": t("{low} to {high}", low=low, high=high),
            "words": t.many(
                "Between {low} and {high} of {most} points; {count} statement is not rated.",
                "Between {low} and {high} of {most} points; {count} statements are not rated.",
                one.unsure, low=low, high=high, most=one.high,
            ),
            "meaning": [t("A total and a band need every statement. Rate the rest to see them.")],
        }  # fmt: skip
    bands = given.instrument.overall_bands
    band = printed(t.of(one.band.label), _NAME)
    place = bands.index(one.band) + 1
    position = t("{band} is band {place} of {count}: {low} to {high} points.", band=band, place=place,
                 count=len(bands), low=one.band.low, high=one.band.high)  # fmt: skip
    figure, words = _distance(given, t)
    return {"figure": figure, "words": words, "meaning": [printed(t.of(one.band.meaning), 300), position]}


def _distance(given: Takeaway, t: Words) -> tuple[str, str]:
    one = given.result.overall
    if one.next_band is None:
        return t("{points} of {most}", points=one.points, most=one.high), t("The highest band")
    following = printed(t.of(one.next_band.label), _NAME)
    return t.number(one.points_to_next), t.many(
        "point to {band}", "points to {band}", one.points_to_next, band=following
    )


def _gains(given: Takeaway, t: Words) -> Content:
    return {
        "title": t("Your quickest gains"),
        "rows": [_gain(one, t) for one in given.gains.statements],
        "sum": _sum(given, t),
    }


def _gain(one: Gain, t: Words) -> Content:
    return {
        "id": printed(one.statement.id, 16, unbroken=6),
        "text": printed(t.of(one.statement.text), 300),
        "step": t("from {low} to {high}", low=one.statement.value, high=one.to),
    }


def _sum(given: Takeaway, t: Words) -> str:
    gains, following = given.gains, given.result.overall.next_band
    if given.result.overall.unsure == given.result.overall.statements:
        return t("Rate the statements to see which bring the next points.")
    if not gains.statements:
        return t("Every rated statement stands at the top of the scale.")
    if following is None:
        return t.many("{count} point in all.", "{count} points in all.", gains.points)
    band = printed(t.of(following.label), _NAME)
    if gains.reach:
        return t.many("{count} point in all: enough for {band}.", "{count} points in all: enough for {band}.",
                      gains.points, band=band)  # fmt: skip
    return t.many(
        "{count} point in all, of the {needed} that {band} needs.",
        "{count} points in all, of the {needed} that {band} needs.",
        gains.points, needed=gains.needed, band=band,
    )  # fmt: skip


def _comparison(given: Takeaway, t: Words) -> str:
    """Where the company stands among its peers, as a rank."""
    group = compared(given)
    if group is None or group.total is None or group.rank is None:
        return ""
    industry = industry_of(group, t) or t("all industries")
    return t(
        "Place {rank} of {count} ({industry}); the median of the others is {median} points.",
        rank=group.rank, count=group.companies + 1, industry=industry, median=t.number(group.total, 1),
    )  # fmt: skip
