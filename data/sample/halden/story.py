"""Writes README.md: what is hidden in the sample company and where, with figures computed from what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from halden.accounts import RANK_HANDED_OVER, RANK_KEPT_WAITING, RANKS_SILENT, Account
from halden.contacts import Contact
from halden.employees import Employee
from halden.opinions import ATTRIBUTES, COMPETITORS, SUBJECTS, WAVES, WINNER
from halden.qualtrics import COMPANY
from halden.responses import Response
from halden.tiers import tier_sizes

_NET: Final = {"Superior": 1, "Better": 1, "Same": 0, "Worse": -1, "Failed": -1}
_ROLES: Final = {"decision_maker": "Decision makers", "recommender": "Recommenders", "influencer": "Influencers"}
_BANDS: Final = (
    (49, "Non-Existent AMP Strategy"),
    (59, "Very Low"),
    (84, "Reactive"),
    (99, "Engaged"),
    (125, "AMP Centric"),
)


@dataclass(frozen=True)
class Sample:
    """Everything that was made. `accounts` run from the largest revenue down; `waves` hold every row of the export."""

    accounts: list[Account]
    contacts: list[Contact]
    waves: dict[str, list[Response]]
    employees: list[Employee]
    audits: list[dict[str, Any]]

    def counted(self, wave: str, rank: int | None = None) -> list[Response]:
        """Complete responses of customers, of one account where `rank` is given."""
        rows = [row for row in self.waves[wave] if row.counts]
        return rows if rank is None else [row for row in rows if row.opinion.contact.account.rank == rank]


def write_story(path: Path, sample: Sample) -> None:
    """Write the story of `sample`."""
    sections = (_head(), _accounts(sample), _surveys(sample), _trouble(sample), _competitors(sample), _theme(sample))
    more = (_price(sample), _employees(sample), _audits(sample), _rough_edges(sample))
    path.write_text("\n\n".join((*sections, *more)) + "\n", encoding="utf-8")


def _head() -> str:
    return f"""# The sample company: {COMPANY}

An invented mid-size maker of laboratory and test equipment with service contracts. No company, person or address in it is
real: e-mail addresses and web domains end in `.example`, IP addresses come from the documentation range.

`make_sample.py` writes the files, this page and `sample.toml` (kind, title and wave of each file, in loading order) from a fixed seed:
the same bytes on every run. Do not edit them by hand; change the script and run `make sample`. All figures below are computed by it
from complete responses and per respondent; the wording of questions, names and comments is in `words/` and `halden/`."""


def _accounts(sample: Sample) -> str:
    accounts = sample.accounts
    revenues = [account.revenue for account in accounts if account.revenue is not None and account.revenue > 0]
    first, second, third = tier_sizes(revenues)
    strategic = [account for account in accounts if account.strategic_reason]
    at_a_loss = sum(account.revenue is not None and 0 < account.revenue < account.cost for account in accounts)
    return f"""## Accounts and contacts (`files/accounts.csv`, `files/contacts.csv`)

- {len(accounts)} accounts, {len(sample.contacts):,} contacts, {_money(sum(revenues))} of positive revenue; the largest account brings {_money(revenues[0])}.
- Tier I (first 80 %, crossing account inside): **{first} accounts**; Tier II: {second}; the rest: {third} with positive revenue.
- {len(strategic)} strategic accounts below Tier I: {_listed(f"{account.name} ({account.strategic_reason.lower()})" for account in strategic)}.
- One account without revenue ({_only(accounts, None).name}), one with a negative one ({_only(accounts, -1).name}); {at_a_loss} cost more than they bring.
- Four pairs are spelled almost alike and are different companies, such as {accounts[5].name} and {accounts[119].name}.
- {sum(not contact.title for contact in sample.contacts)} contacts have no title, most of them outside Tier I."""


def _surveys(sample: Sample) -> str:
    lines = [_wave_line(sample, wave) for wave in WAVES]
    people = [{row.opinion.contact.contact_id for row in sample.counted(wave)} for wave in WAVES]
    before, after = (_nps(sample.counted(wave)) for wave in WAVES)
    silent = [sample.accounts[rank] for rank in RANKS_SILENT]
    return "\n".join(
        [
            "## The relationship survey (`files/survey-2025.csv`, `files/survey-2026.csv`)\n",
            *lines,
            f"- {len(people[0] & people[1])} people answered both times. **Overall NPS goes modestly down: {before:+.0f} to {after:+.0f}.**",
            f"- {len(silent)} Tier I accounts worth {_money(sum(account.revenue or 0 for account in silent))} fell silent in 2026: "
            + _listed(account.name for account in silent)
            + ".",
            "- 2025 is exported as choice text, 2026 as numbers; in 2026 columns have other names and another order, and importance is asked as well.",
        ]
    )


def _wave_line(sample: Sample, wave: str) -> str:
    rows, counted = sample.waves[wave], sample.counted(wave)
    accounts = len({row.opinion.contact.account.name for row in counted})
    previews = sum(row.preview for row in rows)
    return (
        f"- {wave}: {len(rows)} rows, of which {len(counted)} complete responses from {accounts} accounts, "
        f"{sum(row.progress < 100 for row in rows)} abandoned, {previews} previews."
    )


def _trouble(sample: Sample) -> str:
    told = (
        (
            RANK_HANDED_OVER,
            "support",
            "its support was handed over to a shared service desk that does not know its installation",
        ),
        (RANK_KEPT_WAITING, "delivery", "spare parts and instruments come weeks late"),
    )
    rows = [_trouble_row(sample, rank, attribute) for rank, attribute, _ in told]
    why = [f"- **{sample.accounts[rank].name}**: {reason}." for rank, _, reason in told]
    head = "| account | revenue | answers | NPS | worst attribute |\n|---|---|---|---|---|"
    return "\n".join(["## Two large Tier I accounts are in trouble\n", head, *rows, "", *why])


def _trouble_row(sample: Sample, rank: int, attribute: str) -> str:
    account = sample.accounts[rank]
    before, after = (sample.counted(wave, rank) for wave in WAVES)
    fell = f"{ATTRIBUTES[attribute]} {_mean(before, attribute):.1f} → {_mean(after, attribute):.1f}"
    answers = f"{len(before)} → {len(after)}"
    nps = f"{_nps(before):+.0f} → {_nps(after):+.0f}"
    return f"| {account.name} ({account.account_id}) | {_money(account.revenue or 0)}, {rank + 1}th largest | {answers} | {nps} | {fell} |"


def _competitors(sample: Sample) -> str:
    rows = [
        f"| {competitor} | "
        + " | ".join(_net(sample, wave, subject, competitor) for subject in SUBJECTS for wave in WAVES)
        + " |"
        for competitor in COMPETITORS
    ]
    head = "| net better against | " + " | ".join(f"{subject} {wave}" for subject in SUBJECTS for wave in WAVES) + " |"
    return "\n".join([f"## {WINNER} is winning on service\n", head, "|---" * 7 + "|", *rows, "", _COMPETITOR_NOTE])


_COMPETITOR_NOTE: Final = "Points of percentage, positive where we are better, with the number of people who know both."


def _net(sample: Sample, wave: str, subject: str, competitor: str) -> str:
    words = [row.opinion.compared[subject, competitor] for row in sample.counted(wave)]
    known = [_NET[word] for word in words if word in _NET]
    return f"{100 * np.mean(known):+.0f} (n = {len(known)})"


def _theme(sample: Sample) -> str:
    shares = []
    for wave in WAVES:
        comments = [comment for row in sample.counted(wave) for comment in (row.better, row.best) if comment.text]
        late = sum(comment.theme == "delivery" for comment in comments)
        shares.append(f"{100 * late / len(comments):.0f} % of {len(comments):,} comments in {wave}")
    means = " to ".join(f"{_mean(sample.counted(wave), 'delivery'):.2f}" for wave in WAVES)
    return f"""## One theme is rising: spare parts and late deliveries

{shares[0]}, **{shares[1]}** (answers to both questions). Satisfaction with delivery on time went from {means}.
Other themes: reliability, support, account manager, billing, training, price, innovation, documentation, portal, calibration certificates."""


def _price(sample: Sample) -> str:
    rows = []
    for role, label in _ROLES.items():
        by_wave = [[row for row in sample.counted(wave) if row.opinion.contact.role == role] for wave in WAVES]
        rows.append(
            f"| {label} | " + " | ".join(f"{_mean(found, 'price'):.2f} (n = {len(found)})" for found in by_wave) + " |"
        )
    head = "| price for value, 1–5 | 2025 | 2026 |\n|---|---|---|"
    return "\n".join(["## Decision makers are less happy with the price than influencers\n", head, *rows])


def _employees(sample: Sample) -> str:
    rows = []
    for key, label in ATTRIBUTES.items():
        believed = float(
            np.mean([belief for employee in sample.employees if (belief := employee.beliefs[key]) is not None])
        )
        real = _mean(sample.counted("2026"), key)
        rows.append(f"| {label} | {believed:.2f} | {real:.2f} | {believed - real:+.2f} |")
    head = "| attribute | employees believe | customers say (2026) | difference |\n|---|---|---|---|"
    intro = f"{len(sample.employees)} employees in six teams; SurveyMonkey's two heading rows. They overrate support and billing.\n"
    return "\n".join(["## What employees believe (`files/employees-2026.csv`)\n", intro, head, *rows])


def _audits(sample: Sample) -> str:
    totals = [sum(audit["answers"].values()) for audit in sample.audits]
    bands = Counter(next(label for high, label in _BANDS if total <= high) for total in totals)
    own = [audit for audit in sample.audits if audit["company"] == COMPANY]
    own_totals = " and ".join(str(sum(audit["answers"].values())) for audit in own)
    companies = {audit["company"] for audit in sample.audits}
    industries = {audit["industry"] for audit in sample.audits}
    return f"""## Audit submissions (`files/audits.json`)

{len(totals)} submissions of {len(companies)} companies in {len(industries)} industries, {len(totals) - len(companies)} of them retakes:
{_listed(f"{bands[label]} {label}" for _, label in _BANDS)}.
{COMPANY} itself scored {own_totals} of 125, both “Reactive”, and in {own[-1]["submitted_at"][:4]} claims {own[-1]["answers"]["1.1"]} on statement 1.1
(tiers and contact roles), although many contacts have no title to tell a role from."""


def _rough_edges(sample: Sample) -> str:
    every = [row for wave in WAVES for row in sample.counted(wave)]
    unknown = sum(row.opinion.contact.account.rank >= len(sample.accounts) for row in every)
    return f"""## Rough edges, as real exports have them

- {sum(not row.account_id for row in every)} responses without an account id: the company's name, sometimes spelled otherwise, or the e-mail's domain tells the account.
- {unknown} responses from companies that are not in the account list, so they stay unmatched.
- {sum(row.channel == "anonymous" for row in every)} responses came by an anonymous link, without a name or e-mail.
- Comments in German and French, typing errors, “n/a”, “-”, line breaks, and a few with formulas, a script and markup, which must be shown as text.
- About 1.5 % of questions were passed over; previews must not be counted."""


def _nps(rows: Sequence[Response]) -> float:
    scores = np.array([row.opinion.recommend for row in rows])
    return 100 * float((scores >= 9).mean() - (scores <= 6).mean())


def _mean(rows: Sequence[Response], attribute: str) -> float:
    return float(np.mean([row.opinion.ratings[attribute] for row in rows]))


def _only(accounts: list[Account], sign: int | None) -> Account:
    """The account without revenue (None), or the one with negative revenue."""
    return next(a for a in accounts if (a.revenue is None if sign is None else a.revenue is not None and a.revenue < 0))


def _money(euros: int) -> str:
    return f"{euros / 1_000_000:.1f} M EUR"


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(parts)
