"""How an audit's result comes about, in sentences: what PDF and workbook print last."""

from __future__ import annotations

from collections.abc import Iterator

from amp.analysis.peers import COMPANIES_AT_LEAST, Peers
from amp.audit.instrument import Band, Instrument
from amp.languages import Words
from amp.reports.printable import printed
from amp.reports.takeaway import Takeaway

Rule = tuple[str, str]
"""What it is about, and what is done."""


def calculation(given: Takeaway, t: Words) -> tuple[Rule, ...]:
    """The rules by which `given` was calculated, with the instrument, its version and its date."""
    instrument = given.instrument
    return (
        (t("Totals"), _totals(instrument, t)),
        (
            t("“Not sure”"),
            t(
                "It is never filled in. Where a statement is not rated there is no total and no band, only the least "
                "and the most that the total could be."
            ),
        ),
        (t("Bands of a category"), edges(instrument.category_bands, t) + "."),
        (t("Bands of the overall total"), edges(instrument.overall_bands, t) + "."),
        (
            t("Quickest gains"),
            t(
                "The statements with the most room below {highest}; of equal room, first those whose category is "
                "nearest to its own next band.",
                highest=instrument.scale[-1].value,
            ),
        ),
        (t("Comparison"), " ".join(_comparisons(given.peers, t))),
        (t("Instrument"), _instrument(given, t)),
    )


def compared(given: Takeaway) -> Peers | None:
    """The group whose medians are shown: the company's own industry where it is large enough, else all companies."""
    ready = [group for group in given.peers if not group.building and group.categories]
    return next((group for group in ready if group.industry), ready[0] if ready else None)


def industry_of(group: Peers, t: Words) -> str:
    """The industry of a group; it may be one that a visitor named."""
    return printed(t.of(group.industry), 60)


def edges(bands: tuple[Band, ...], t: Words) -> str:
    """Every band with the least and the most of its points."""
    return "; ".join(t("{band} from {low} to {high}", band=t.of(b.label), low=b.low, high=b.high) for b in bands)


def _totals(instrument: Instrument, t: Words) -> str:
    lowest, highest = instrument.scale[0], instrument.scale[-1]
    return t(
        "Each statement is rated from {low} ({low_word}) to {high} ({high_word}). A category's total is the sum of its "
        "statements, and the overall total is the sum of all. Every statement weighs the same; nothing is rounded.",
        low=lowest.value,
        low_word=t.of(lowest.label),
        high=highest.value,
        high_word=t.of(highest.label),
    )


def _comparisons(groups: tuple[Peers, ...], t: Words) -> Iterator[str]:
    if not groups:
        yield t("This result is not compared with other companies.")
    for group in groups:
        where = industry_of(group, t) or t("All industries")
        if group.building or group.newest is None:
            yield t("{industry}: building, fewer than {least} companies.", industry=where, least=COMPANIES_AT_LEAST)
            continue
        yield t.many(
            "{industry}: the median of {count} company that took this audit here, the newest on {date}.",
            "{industry}: the median of {count} companies that took this audit here, the newest on {date}.",
            group.companies,
            industry=where,
            date=t.date(group.newest),
        )


def _instrument(given: Takeaway, t: Words) -> str:
    title, version = printed(t.of(given.instrument.title), 160), given.result.version
    if given.given_on is None:
        return t("{title}, version {version}. The audit is anonymous; it keeps no day.", title=title, version=version)
    return t("{title}, version {version}, given on {date}.", title=title, version=version, date=t.date(given.given_on))
