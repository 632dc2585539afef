"""What questions to customers are about, read from their words: added value and financial benefit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from amp.analysis.evidence_facts import NO_SURVEY, Found, judged, out_of, share_of
from amp.analysis.evidence_queries import Ask, Worded
from amp.analysis.words import hidden, listed, plural

_VALUE_ADDED: Final = re.compile(
    r"\b(added value|value[- ]added|value we add|cost (?:savings?|reductions?)|"
    r"(?:low(?:er|ered|ering)|reduc\w+|sav\w+)(?: \w+){0,2} costs?|productivity|return on investment|roi|"
    r"(?:more|higher|additional|increas\w+|grow\w*)(?: \w+)? revenues?|technology leader\w*|"
    r"mehrwert|kosten(?:ersparnis|einsparung|senkung)\w*|produktivität|umsatz(?:wachstum|steigerung)|"
    r"technologieführer\w*|valeur ajoutée|réduction des coûts|productivité|valore aggiunto|produttività)\b",
    re.IGNORECASE,
)
_FINANCIAL: Final = re.compile(
    r"\b(financial (?:value|benefits?|gains?|contribution)|value (?:of|from) (?:our|the|this|your) partnership|"
    r"(?:finanzielle|wirtschaftliche)\w* (?:wert|nutzen|vorteile?)|(?:bénéfices?|avantages?) financiers?|"
    r"benefici\w* (?:finanziar|economic)\w*)\b",
    re.IGNORECASE,
)
_PRICE: Final = re.compile(r"\b(value for money|prices?|pricing|preis\w*|prix|prezz\w+)\b", re.IGNORECASE)


def value_added_asked(ask: Ask) -> Found:
    """5.3: accounts that answered a question about added value."""
    return _asked_about([question for question in ask.worded if question.says(_VALUE_ADDED)], "added value", ask)


def financial_value_asked(ask: Ask) -> Found:
    """5.5: accounts that rated added value or financial benefit."""
    ratings = [question for question in ask.worded if question.kind == "rating"]
    about = [question for question in ratings if question.says(_VALUE_ADDED) or question.says(_FINANCIAL)]
    found = _asked_about(about, "added value or financial benefit", ask)
    price = [question for question in ratings if question.says(_PRICE)]
    if about or not price:
        return found
    near = f"Customers rate {_quoted(price)}, which asks about the price and not about what a partnership adds."
    return Found((*found.facts, near))


def _asked_about(about: Sequence[Worded], what: str, ask: Ask) -> Found:
    """The share of accounts heard that answered one of the questions."""
    if ask.when.wave is None:
        return Found((NO_SURVEY,))
    if not about:
        return Found((f"No question of the surveys loaded speaks of {what}, so the data cannot say.",))
    n = ask.answered(about)
    if not n["accounts"]:
        return Found((f"The accounts of those heard in {ask.when.wave} are not known, so the data cannot say.",))
    if n["people"] < ask.min_group:
        few = hidden(ask.min_group) if n["people"] else f"Nobody did in {ask.when.wave}, so the data cannot say."
        return Found((f"Customers could answer {_quoted(about)}. {few}",))
    of = out_of(n["answered"], n["accounts"], "account")
    people = plural(n["people"], "person", "people")
    said = f"{people} at {of} heard in {ask.when.wave} answered {_quoted(about)}."
    return judged((said,), share_of(n["answered"], n["accounts"]), n["accounts"], ask)


def _quoted(about: Sequence[Worded]) -> str:
    return listed([f"“{question.about}”" for question in about])
