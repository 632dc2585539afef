"""What a result says aloud: the headline of one audit, and how it stands among others."""

from __future__ import annotations

from amp.analysis.peers import COMPANIES_AT_LEAST, Peers
from amp.audit.gains import Gains
from amp.audit.scoring import AuditResult, Score
from amp.languages import Words


def points(count: int, t: Words) -> str:
    """“1 point”, “7 points”."""
    return t.many("{count} point", "{count} points", count)


def headline(result: AuditResult, t: Words, *, company: str, own: bool, shared: bool) -> str:
    """The sentence a person would say about a result.

    `own` is for the taker's eyes; `shared` says that others of the company rate it too.
    """
    overall = result.overall
    if overall.band is None:
        least, most = overall.bounds
        return t.many(
            "Between {least} and {most} of {high} points: {count} statement is not rated, so there is no total.",
            "Between {least} and {most} of {high} points: {count} statements are not rated, so there is no total.",
            overall.unsure, least=least, most=most, high=overall.high,
        )  # fmt: skip
    who = _who(t, company=company, own=own, shared=shared)
    values = {"who": who, "total": overall.points, "high": overall.high, "band": t.of(overall.band.label)}
    if overall.next_band is None:
        return t("{who} {total} of {high} points: {band}, the highest band.", **values)
    short = {"points": points(overall.points_to_next, t), "next": t.of(overall.next_band.label)}
    return t("{who} {total} of {high} points: {band}, {points} short of {next}.", **values, **short)


def _who(t: Words, *, company: str, own: bool, shared: bool) -> str:
    if company and own and shared:
        return t("You give {company}", company=company)
    if company:
        return t("{company} scores", company=company)
    return t("You score") if own else t("This company scores")


def short(one: Score, t: Words) -> str:
    """“15 of 25 · Average”, or that it is incomplete."""
    if one.band is None:
        return t.many(
            "incomplete: {count} statement is not rated", "incomplete: {count} statements are not rated", one.unsure
        )
    return t("{total} of {high} · {band}", total=one.points, high=one.high, band=t.of(one.band.label))


def to_next(one: Score, t: Words) -> str:
    """“5 points to Excellent”; empty without a total."""
    if one.band is None:
        return ""
    if one.next_band is None:
        return t("The highest band")
    return t("{points} to {next}", points=points(one.points_to_next, t), next=t.of(one.next_band.label))


def gained(gains: Gains, result: AuditResult, t: Words) -> str:
    """What raising the quickest statements brings."""
    following = result.overall.next_band
    if not gains.statements:
        return t("Every statement stands at the top of the scale.")
    if following is None:
        return t("These statements have the most room left.")
    values = {"points": points(gains.points, t), "next": t.of(following.label)}
    if gains.reach:
        return t("Raised together they bring {points}, and that reaches {next}.", **values)
    needed = points(gains.needed, t)
    return t("Raised together they bring {points} of the {needed} it takes to reach {next}.", needed=needed, **values)


def peers(group: Peers, result: AuditResult, t: Words) -> str:
    """How a result stands among a group of companies, with its n and date; “building” under five."""
    name = t.of(group.industry) if group.industry else t("All companies")
    if group.building:
        return t("{name}: building. {count} of the {least} companies that a comparison needs.", name=name,
                 count=group.companies, least=COMPANIES_AT_LEAST)  # fmt: skip
    day = t.date(group.newest) if group.newest else ""
    basis = t("median {median} points, n = {count} companies, newest of {day}", median=t.number(group.total or 0, 1),
              count=group.companies, day=day)  # fmt: skip
    if group.rank is None:
        return t("{name}: {basis}.", name=name, basis=basis)
    if group.percentile is None:
        place = t("rank {rank} of {all}", rank=group.rank, all=group.companies + 1)
    else:
        place = t("higher than {share} of them, ties counted half", share=t.percent(group.percentile))
    return t("{name}: {basis}; {place}.", name=name, basis=basis, place=place)


def band_range(low: int, high: int, label: str, t: Words) -> str:
    """“60 to 84 Reactive”."""
    return t("{low} to {high} {label}", low=low, high=high, label=label)
