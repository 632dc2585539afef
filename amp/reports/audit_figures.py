"""The figures of the take-away as numbers and words: band scale, radar with category bars, effort against impact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from amp.audit.instrument import Band
from amp.audit.plan import Amount, Step, in_order
from amp.audit.scoring import Score
from amp.charts.audit import band_colours
from amp.charts.template import ink_on
from amp.languages import Words
from amp.reports.calculation import compared, edges, industry_of
from amp.reports.printable import printed
from amp.reports.takeaway import Takeaway

Content = dict[str, Any]
"""What the Typst template reads: JSON."""

_LABEL: Final = 80
_TITLE: Final = 120


def band_scale(given: Takeaway, t: Words) -> Content:
    """The flat band scale with a mark at the total, or the span that it must lie in."""
    one, before = given.result.overall, given.before and given.before.result.overall
    bands = given.instrument.overall_bands
    colours = band_colours(len(bands))
    return {
        "alt": _scale_in_words(one, bands, t),
        "low": one.low,
        "high": one.high,
        "total": one.total,
        "bounds": one.bounds,
        "before": before and before.total,
        "before_word": t("Before: {points}", points=before.total) if before and before.total is not None else "",
        "bands": [
            {
                "label": printed(t.of(band.label), _LABEL),
                "range": t("{low} to {high}", low=band.low, high=band.high),
                "low": band.low,
                "high": band.high,
                "colour": colour,
                "ink": ink_on(colour),
                "here": band == one.band,
            }
            for band, colour in zip(bands, colours, strict=True)
        ],
    }


def out_of(one: Score, t: Words) -> str:
    """“15 of 25”, or the bounds of a total that is not complete."""
    low, high = one.bounds
    if one.total is None:
        return t("{low} to {high} of {most}", low=low, high=high, most=one.high)
    return t("{points} of {most}", points=one.total, most=one.high)


def distance(one: Score, t: Words) -> str:
    """How far the next band is, that there is none, or why it cannot be said."""
    if one.band is None:
        return t.many("{count} statement is not rated", "{count} statements are not rated", one.unsure)
    if one.next_band is None:
        return t("The highest band")
    following = printed(t.of(one.next_band.label), _LABEL)
    return t.many("{count} point to {band}", "{count} points to {band}", one.points_to_next, band=following)


def categories(given: Takeaway, t: Words) -> Content:
    """A row for each category with now, before and the peers' median; the radar draws the same numbers."""
    bands = given.instrument.category_bands
    colours = {band.label: colour for band, colour in zip(bands, band_colours(len(bands)), strict=True)}
    earlier = {one.id: one.total for one in given.before.result.categories} if given.before else {}
    group = compared(given)
    medians = group.categories if group else ()
    rows = [
        {
            "number": str(place + 1),
            "title": printed(t.of(one.title), _TITLE, unbroken=36),
            "points": out_of(one, t),
            "band": printed(t.of(one.band.label), _LABEL) if one.band else t("Not rated in full"),
            "colour": colours[one.band.label] if one.band else None,
            "distance": distance(one, t),
            "now": one.total,
            "bounds": one.bounds,
            "before": earlier.get(one.id),
            "peers": medians[place] if place < len(medians) else None,
        }
        for place, one in enumerate(given.result.categories)
    ]
    low, high = given.result.categories[0].low, given.result.categories[0].high
    return {
        "alt": " ".join(_radar_in_words(rows, t)),
        "low": low,
        "high": high,
        "edges": [band.low for band in bands[1:]],
        "edges_word": t("The middle is {low}; rings show where bands begin: {edges}.", low=low, edges=_begin(bands, t)),
        "rows": rows,
        "legend": _legend(given, rows, t),
    }


def _legend(given: Takeaway, rows: list[Content], t: Words) -> Content:
    group = compared(given)
    before = given.before
    day = before.given_on if before else None
    peers = ""
    if group:
        industry = industry_of(group, t) or t("all industries")
        peers = t("Peers: median of {count} companies, {industry}", count=group.companies, industry=industry)
    return {
        "now": t("Now") if any(row["now"] is not None for row in rows) else "",
        "before": "" if before is None else t("Before, {date}", date=t.date(day)) if day else t("Before"),
        "peers": peers,
        "building": "" if group or not given.peers else t("Peers: building, too few companies so far"),
    }


def effort_and_impact(plan: Iterable[Step], t: Words) -> Content:
    """The steps as ids in the nine cells of effort (across) and impact (up); steps not judged are left out."""
    judged = [step for step in in_order(plan) if step.effort and step.impact]
    placed = [
        t(
            "{id}: effort {effort}, impact {impact}.",
            id=step.statement_id,
            effort=amount_word(step.effort, t),
            impact=amount_word(step.impact, t),
        )
        for step in judged
    ]
    return {
        "alt": " ".join([t("The steps by effort and impact."), *placed]),
        "effort": t("Effort"),
        "impact": t("Impact"),
        "shaded": t("Shaded: more impact than effort"),
        "amounts": [amount_word(amount, t) for amount in Amount],
        "steps": [
            {"id": printed(step.statement_id, 12), "effort": step.effort, "impact": step.impact} for step in judged
        ],
    }


def amount_word(amount: Amount | None, t: Words) -> str:
    """The word for an amount, or that it is open."""
    words = {Amount.SMALL: t("small"), Amount.MEDIUM: t("medium"), Amount.LARGE: t("large")}
    return words[amount] if amount else t("not judged yet")


def _scale_in_words(one: Score, bands: tuple[Band, ...], t: Words) -> str:
    scale = t("A scale of points with its bands: {bands}.", bands=edges(bands, t))
    if one.band is None:
        low, high = one.bounds
        return f"{scale} {t('The total would lie between {low} and {high}.', low=low, high=high)}"
    return f"{scale} {t('The total of {total} lies in {band}.', total=one.points, band=t.of(one.band.label))}"


def _radar_in_words(rows: list[Content], t: Words) -> list[str]:
    said = [t("Radar of the category totals.")]
    for row in rows:
        said.append(t("{category}: {points}, {band}.", category=row["title"], points=row["points"], band=row["band"]))
        if row["before"] is not None:
            said.append(t("Before: {points}.", points=row["before"]))
        if row["peers"] is not None:
            said.append(t("Peers' median: {points}.", points=t.number(row["peers"], 1)))
    return said


def _begin(bands: Sequence[Band], t: Words) -> str:
    return ", ".join(f"{band.low} {t.of(band.label)}" for band in bands[1:])
