"""Take-aways as the result page makes them: the real instrument, the sample's answer sheets, a few variants."""

from __future__ import annotations

import gettext
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from amp.analysis.peers import Peers
from amp.audit.advice import LevelAdvice, StatementAdvice, advise, read_advice
from amp.audit.gains import quickest
from amp.audit.instrument import Instrument, read_instrument
from amp.audit.plan import Amount, Step
from amp.audit.scoring import Answers, AuditResult, score
from amp.languages import CATALOGUES, Words, words
from amp.reports.takeaway import Earlier, Takeaway

DATA = Path(__file__).resolve().parents[1] / "data"
PLAN = (
    Step("2.2", Amount.LARGE, Amount.LARGE, "Dana Whitcombe", date(2026, 9, 30)),
    Step("4.2", Amount.SMALL, Amount.LARGE, "", None),
    Step("5.2"),
)
EARLIER_PLAN = (Step("1.1", Amount.MEDIUM, Amount.LARGE, "Dana Whitcombe", date(2025, 12, 1)), Step("2.1"), Step("4.2"))
PEERS = (
    Peers("", 33, datetime(2026, 9, 30, tzinfo=UTC), 72.5, (16, 13, 14, 13.5, 15), rank=18, percentile=0.5),
    Peers("Test / Measurement Equipment", 6, datetime(2026, 4, 15, tzinfo=UTC), 66, (14, 12, 13, 13, 13), rank=4),
)
BUILDING = (Peers("", 2, datetime(2026, 1, 5, tzinfo=UTC)), Peers("Pharmaceuticals", 0, None))


@lru_cache(maxsize=1)
def the_instrument() -> Instrument:
    return read_instrument(DATA / "instruments" / "amp-snapshot.toml")


@lru_cache(maxsize=1)
def the_advice() -> Mapping[str, StatementAdvice]:
    return read_advice(DATA / "advice" / "amp-snapshot.toml") or {
        one.id: advice_of_length(one.id, 150) for one in the_instrument().statements
    }


def advice_of_length(statement_id: str, characters: int) -> StatementAdvice:
    sentence = "Write one name beside each account of the first tier and review it every quarter. "
    text = (sentence * (characters // len(sentence) + 1))[:characters].strip()
    level = LevelAdvice(why=text, step=text, page="tiers")
    return StatementAdvice(statement_id, five=text, low=level, middle=level, high=level)


@lru_cache(maxsize=1)
def sheets() -> tuple[Mapping[str, int], ...]:
    """Both answer sheets of Halden Instruments, the older first."""
    listed = json.loads((DATA / "sample" / "files" / "audits.json").read_text(encoding="utf-8"))
    return tuple(one["answers"] for one in listed if one["company"] == "Halden Instruments")


def all_at(value: int | None) -> Answers:
    return {one.id: value for one in the_instrument().statements}


def sentence(company: str, result: AuditResult) -> str:
    one = result.overall
    if one.band is None:
        return f"{company} lies between {one.bounds[0]} and {one.bounds[1]} of {one.high} points."
    return f"{company} scores {one.total} of {one.high} points: {one.band.label}."


def takeaway(answers: Answers | None = None, *, company: str = "Halden Instruments", **changes: object) -> Takeaway:
    """A take-away of the newer sheet, without plan and earlier audit; `changes` replace its other fields."""
    given = sheets()[1] if answers is None else answers
    result = score(the_instrument(), given)
    fields: dict[str, object] = {
        "instrument": the_instrument(),
        "answers": given,
        "result": result,
        "headline": sentence(company, result),
        "company": company,
        "taker": "",
        "industry": "Test / Measurement Equipment",
        "given_on": date(2026, 6, 22),
        "gains": quickest(result, highest=5),
        "advice": advise(result, the_advice(), low=1, high=5),
        "plan": (),
        "peers": PEERS,
        "before": None,
    }
    return Takeaway(**fields | changes)  # type: ignore[arg-type]


def earlier(answers: Answers | None = None) -> Earlier:
    return Earlier(score(the_instrument(), answers or sheets()[0]), date(2025, 6, 17), EARLIER_PLAN)


class LongWords(gettext.NullTranslations):
    """A language in which every text is longer, with words as long as German has them."""

    def gettext(self, message: str) -> str:
        # Only texts without names in braces, which must stay; a sentence with one grows at its end.
        longer = [word + "en" if word.isalpha() and len(word) > 3 else word for word in message.split(" ")]
        return " ".join(longer) + (" Kundenbeziehungen" if len(message) > 60 else "")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def words_of(code: str) -> Words:
    """The words of a language; as English where its catalogue lacks a text, or is not there."""
    if code == "long":
        return Words("de", LongWords())
    return words(code) if (CATALOGUES / f"{code}.po").is_file() else Words(code, gettext.NullTranslations())
