"""What the data say of each of the audit's statements: a few sentences, and the share that is judged."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from amp.analysis.evidence_queries import COMPARED, HOLDINGS, LEVELS, SHARED, Ask
from amp.analysis.filters import Filters
from amp.analysis.questions import SUBJECTS, loyalty_question, subjects
from amp.analysis.tiles import reach
from amp.analysis.words import hidden, listed, money, percent, plural
from amp.analysis.workspace import facts as workspace_facts

NO_SURVEY: Final = "The data hold no survey of customers, so they cannot say."
PEOPLE_FOR_AN_ATTRIBUTE: Final = 10  # the least that regressions with many predictors are commonly given
_MOST: Final = Decimal("0.5")  # where account or role is unknown for more people, a low share would prove nothing


@dataclass(frozen=True, slots=True)
class Found:
    """What the data say of one statement: sentences, and the share of 0 to 1 to judge by, None where they cannot."""

    facts: tuple[str, ...]
    share: Decimal | None = None


def tiers_and_roles(ask: Ask) -> Found:
    """1.1: accounts with a tier, and contacts with a role."""
    n = ask.counts(HOLDINGS)
    tiered, known = (n["tiered"], n["accounts"]), (n["roles"], n["contacts"])
    said = (_tiers_known(*tiered), _roles_known(*known, ask.min_group))
    if n["contacts"] < ask.min_group or not n["accounts"]:
        return Found(said)
    return judged(said, min(share_of(*tiered), share_of(*known)), n["accounts"], ask)


def heard_everywhere(ask: Ask) -> Found:
    """1.2: revenue heard from in the newest wave."""
    unknown = _accounts_unknown(ask)
    if unknown:
        return Found((unknown,))
    waves, about = ask.heard["waves"], [SUBJECTS[subject] for subject in subjects(ask.asked) if subject != "other"]
    asked = f"Surveys asked about {listed(about) or 'none of company, products and services'}"
    reached = _reached(ask)
    said = (*reached.facts, f"{asked}; {plural(waves, 'wave')} {_verb(waves, 'is', 'are')} loaded.")
    if waves < 2 or len(about) < 2:
        return Found((*said, "One wave, or one subject, cannot show that feedback is collected at every point."))
    return Found(said, reached.share)


def benchmarks(ask: Ask) -> Found:
    """1.4: comparisons with named competitors, repeated from wave to wave."""
    n, waves = ask.counts(COMPARED), ask.heard["waves"]
    if not n["people"]:
        return Found(("The data hold no comparison with a named competitor, so they cannot say.",))
    if not n["rivals"]:
        return Found((hidden(ask.min_group),))
    people = plural(n["people"], "person", "people")
    said = f"{people} compared the company with {plural(n['rivals'], 'named competitor')}."
    if waves < 2:
        return Found((said, "With one wave, the data cannot say whether a comparison is repeated."))
    again = f"The comparison asked most often was answered in {n['waves']} of {plural(waves, 'wave')}."
    return Found((said, again), share_of(n["waves"] - 1, waves - 1))


def improved(ask: Ask) -> Found:
    """1.5: accounts that were in trouble and are out of it."""
    nobody = _nobody_in_trouble(ask)
    if nobody:
        return Found((nobody,))
    again = [(before, now) for before, now in ask.troubled if now is not None and not now.too_few]
    out = sum(not now.in_trouble and (now.mean.value or 0.0) > (before.mean.value or 0.0) for before, now in again)
    least = f"at least {ask.min_group} people who answered in {ask.when.wave}"
    said = (f"{_in_trouble(ask)}; {len(again) or 'none'} of them had {least}.",)
    if not again:
        return Found(said)
    better = f"Of those, {out or 'none'} {_verb(out, 'is', 'are')} out of trouble with a higher mean."
    return judged((*said, better), share_of(out, len(again)), len(again), ask)


def heard_again(ask: Ask) -> Found:
    """3.1: accounts that were in trouble and have been heard since."""
    nobody = _nobody_in_trouble(ask)
    if nobody:
        return Found((nobody,))
    again = sum(now is not None for _, now in ask.troubled)
    heard = f"{again or 'none'} of them {_verb(again, 'was', 'were')} heard again in {ask.when.wave}"
    return judged((f"{_in_trouble(ask)}; {heard}.",), share_of(again, len(ask.troubled)), len(ask.troubled), ask)


def employees_asked_the_same(ask: Ask) -> Found:
    """2.1: attributes that customers and employees both rated."""
    n = ask.counts(SHARED)
    if not n["people"]:
        return Found(("The data hold no employee survey, so they cannot say.",))
    if n["people"] < ask.min_group:
        return Found((hidden(ask.min_group),))
    if not n["attributes"]:
        return Found(("The data hold no rating by customers to set beside those of employees, so they cannot say.",))
    rated = out_of(n["shared"], n["attributes"], "attribute")
    said = f"{plural(n['people'], 'employee')} answered, and rated {rated} that customers rated in {ask.when.wave}."
    return Found((said,), share_of(n["shared"], n["attributes"]))


def drivers_can_be_told(ask: Ask) -> Found:
    """3.4: attributes rated by enough people who also answered a question on the whole."""
    beside = ask.beside(ask.outcome) if ask.outcome else ()
    if ask.when.wave is None:
        return Found((NO_SURVEY,))
    if not beside or ask.outcome is None:
        missing = "The data hold no attributes rated beside a recommendation or an overall rating"
        return Found((f"{missing} in {ask.when.wave}, so they cannot say.",))
    if max(beside) < ask.min_group:
        return Found((hidden(ask.min_group),))
    needed = PEOPLE_FOR_AN_ATTRIBUTE * len(beside)
    told = sum(people >= needed for people in beside)
    people = plural(max(beside), "person", "people")
    said = (
        f"In {ask.when.wave}, up to {people} rated an attribute and also answered “{ask.outcome.attribute}”.",
        f"At least {needed:,} people, ten for every attribute, did so for {out_of(told, len(beside), 'attribute')}.",
    )
    return Found(said, share_of(told, len(beside)))


def heard_at_two_levels(ask: Ask) -> Found:
    """5.4: Tier I accounts where a decision maker and another role were heard."""
    n, unknown = ask.counts(LEVELS), _accounts_unknown(ask)
    if unknown:
        return Found((unknown,))
    if not n["accounts"]:
        return Found(("No account is in Tier I yet, so the data cannot say.",))
    if n["heard"] < ask.min_group:
        return Found((f"Hardly anybody at Tier I accounts was heard in {ask.when.wave}. {hidden(ask.min_group)}",))
    if share_of(n["with_role"], n["heard"]) < _MOST:
        return Found(("The role of most people heard at Tier I accounts is not known, so the data cannot say.",))
    both = out_of(n["two_levels"], n["accounts"], "Tier I account")
    said = f"A decision maker and somebody of another role were heard at {both} in {ask.when.wave}."
    return judged((said,), share_of(n["two_levels"], n["accounts"]), n["accounts"], ask)


def _tiers_known(tiered: int, accounts: int) -> str:
    if not accounts:
        return "The data hold no account list, so they cannot say which accounts are tiered."
    return f"Revenue, and so the tier, is known for {out_of(tiered, accounts, 'account')}."


def _roles_known(known: int, contacts: int, min_group: int) -> str:
    if not contacts:
        return "The data hold no contact list, so they cannot say whose part in the decision is known."
    if contacts < min_group:
        return f"The contact list is too short to judge by. {hidden(min_group)}"
    of = out_of(known, contacts, "contact")
    return f"The part in the decision is given, or can be read from the title, for {of}."


def _accounts_unknown(ask: Ask) -> str:
    """Why the data cannot say which accounts were heard; empty where they can."""
    if ask.when.wave is None:
        return NO_SURVEY
    if ask.heard["people"] < ask.min_group:
        return hidden(ask.min_group)
    if not ask.heard["accounts"]:
        return "The data hold no account list, so they cannot say which accounts were not heard."
    if share_of(ask.heard["placed"], ask.heard["people"]) < _MOST:
        return f"The account of most people heard in {ask.when.wave} is not known, so the data cannot say."
    return ""


def _reached(ask: Ask) -> Found:
    """What was heard from in the newest wave: revenue, or accounts where none is known or currencies are mixed."""
    rows, currency = reach(ask.engine, Filters(), ask.when)
    accounts, heard = sum(row.accounts for row in rows), sum(row.heard for row in rows)
    total = sum((row.revenue for row in rows), Decimal(0))
    worth = sum((row.heard_revenue for row in rows), Decimal(0))
    if total <= 0 or workspace_facts(ask.engine).mixed_currencies:
        said = f"{out_of(heard, accounts, 'account')} {_verb(heard, 'was', 'were')} heard from in {ask.when.wave}."
        return judged((said,), share_of(heard, accounts), accounts, ask)
    share = min(max(worth / total, Decimal(0)), Decimal(1))  # an account may have a negative revenue
    of = f"{money(worth, currency)} of {money(total, currency)}"
    return judged((f"{percent(share)} of the revenue ({of}) was heard from in {ask.when.wave}.",), share, accounts, ask)


def _nobody_in_trouble(ask: Ask) -> str:
    """Why the data cannot follow accounts in trouble; empty where they can."""
    if ask.when.wave is None:
        return NO_SURVEY
    if ask.when.previous is None:
        return "With one wave, the data cannot say what became of accounts in trouble."
    if loyalty_question(ask.asked) is None:
        return "No survey asked for a recommendation, so the data cannot say which accounts were in trouble."
    if not ask.troubled:
        least = f"No account with at least {ask.min_group} people"
        return f"{least} was in trouble in {ask.when.previous}, so there was none to follow up."
    return ""


def judged(said: tuple[str, ...], share: Decimal, accounts: int, ask: Ask) -> Found:
    """The share to judge by, where it is of enough accounts."""
    if accounts < ask.min_group:
        return Found((*said, f"Fewer than {ask.min_group} accounts are too few to judge by."))
    return Found(said, share)


def _in_trouble(ask: Ask) -> str:
    n = len(ask.troubled)
    return f"{plural(n, 'account')} {_verb(n, 'was', 'were')} in trouble in {ask.when.previous}"


def share_of(part: int, whole: int) -> Decimal:
    """A share of 0 to 1, in decimals, so that four of five is not a little less than 80 %."""
    return Decimal(part) / whole


def out_of(part: int, whole: int, unit: str) -> str:
    """“180 of 1,500 contacts (12 %)”."""
    return f"{part:,} of {plural(whole, unit)} ({percent(share_of(part, whole))})"


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
