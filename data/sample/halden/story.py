"""Writes README.md: what is hidden in the sample company and where, with figures computed from what was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, Final

import numpy as np

from halden.accounts import RANK_HANDED_OVER, RANK_KEPT_WAITING, RANKS_SILENT, SPELLED_ALIKE, Account
from halden.campaigns import campaign_figures
from halden.chance import WORDS
from halden.contacts import Contact
from halden.employees import Employee
from halden.opinions import ATTRIBUTES, COMPETITORS, SUBJECTS, WAVES, WINNER
from halden.qualtrics import COMPANY
from halden.responses import Response

_NET: Final = {"Superior": 1, "Better": 1, "Same": 0, "Worse": -1, "Failed": -1}
_ROLES: Final = {"decision_maker": "Decision makers", "recommender": "Recommenders", "influencer": "Influencers"}
_BANDS: Final = (
    (49, "Non-Existent AMP Strategy"),
    (59, "Very Low"),
    (84, "Reactive"),
    (99, "Engaged"),
    (125, "AMP Centric"),
)
_TROUBLE: Final = ((RANK_HANDED_OVER, "support"), (RANK_KEPT_WAITING, "delivery"))

Figures = dict[str, object]


@dataclass(frozen=True)
class Sample:
    """Everything that was made. `accounts` run from the largest revenue down; `waves` hold every row of the export."""

    accounts: list[Account]
    contacts: list[Contact]
    waves: dict[str, list[Response]]
    employees: list[Employee]
    audits: list[dict[str, Any]]
    campaigns: list[dict[str, Any]]

    def counted(self, wave: str, rank: int | None = None) -> list[Response]:
        """Complete responses of customers, of one account where `rank` is given."""
        rows = [row for row in self.waves[wave] if row.counts]
        return rows if rank is None else [row for row in rows if row.opinion.contact.account.rank == rank]


def write_story(path: Path, sample: Sample) -> None:
    """Write the story of `sample`: the wording of words/readme.md with its figures filled in."""
    parts = (
        _accounts,
        _exceptions,
        _surveys,
        _trouble,
        _competitors,
        _theme,
        _price,
        _employees,
        _audits,
        _rough_edges,
    )
    figures: Figures = {"company": COMPANY} | campaign_figures(sample.campaigns)
    for part in parts:
        figures |= part(sample)
    wording = Template((WORDS / "readme.md").read_text(encoding="utf-8"))
    path.write_text(wording.substitute(figures), encoding="utf-8")


def _accounts(sample: Sample) -> Figures:
    revenues = [account.revenue for account in sample.accounts if account.revenue is not None and account.revenue > 0]
    first, second, third = tier_sizes(revenues)
    return {
        "accounts": len(sample.accounts),
        "contacts": f"{len(sample.contacts):,}",
        "revenue": _money(sum(revenues)),
        "largest": _money(revenues[0]),
        "tier_one": first,
        "tier_two": second,
        "tier_three": third,
    }


def tier_sizes(revenues: Sequence[int]) -> tuple[int, int, int]:
    """Accounts in Tier I, II and III, in whole euros; the account that crosses 80 % or 90 % is inside.

    Only for this page, and only right where no two revenues are equal at a cut; AMP computes its own.
    """
    total, before, sizes = sum(revenues), 0, [0, 0, 0]
    for revenue in sorted(revenues, reverse=True):
        sizes[0 if before * 10 < total * 8 else 1 if before * 10 < total * 9 else 2] += 1
        before += revenue
    return sizes[0], sizes[1], sizes[2]


def _exceptions(sample: Sample) -> Figures:
    accounts = sample.accounts
    strategic = [f"{account.name} ({account.strategic_reason})" for account in accounts if account.strategic_reason]
    large, small = SPELLED_ALIKE[0]
    return {
        "strategic": "; ".join(strategic),
        "without_revenue": next(account.name for account in accounts if account.revenue is None),
        "negative_revenue": next(
            account.name for account in accounts if account.revenue is not None and account.revenue < 0
        ),
        "at_a_loss": sum(account.revenue is not None and 0 < account.revenue < account.cost for account in accounts),
        "alike": f"{accounts[large].name} and {accounts[small].name}",
        "without_title": sum(not contact.title for contact in sample.contacts),
    }


def _surveys(sample: Sample) -> Figures:
    people = [{row.opinion.contact.contact_id for row in sample.counted(wave)} for wave in WAVES]
    before, after = (_nps(sample.counted(wave)) for wave in WAVES)
    silent = [sample.accounts[rank] for rank in RANKS_SILENT]
    return {
        "waves": "\n".join(_wave_line(sample, wave) for wave in WAVES),
        "panel": len(people[0] & people[1]),
        "nps_before": f"{before:+.0f}",
        "nps_after": f"{after:+.0f}",
        "silent_revenue": _money(sum(account.revenue or 0 for account in silent)),
        "silent": "; ".join(account.name for account in silent),
    }


def _wave_line(sample: Sample, wave: str) -> str:
    rows, counted = sample.waves[wave], sample.counted(wave)
    companies = len({row.opinion.contact.account.name for row in counted})
    previews, abandoned = sum(row.preview for row in rows), sum(row.progress < 100 for row in rows)
    complete = f"{len(counted)} complete responses from {companies} companies"
    return f"- {wave}: {len(rows)} rows, of which {complete}, {abandoned} abandoned, {previews} previews."


def _trouble(sample: Sample) -> Figures:
    return {
        "trouble": "\n".join(_trouble_row(sample, rank, attribute) for rank, attribute in _TROUBLE),
        "handed_over": sample.accounts[RANK_HANDED_OVER].name,
        "kept_waiting": sample.accounts[RANK_KEPT_WAITING].name,
    }


def _trouble_row(sample: Sample, rank: int, attribute: str) -> str:
    account = sample.accounts[rank]
    before, after = (sample.counted(wave, rank) for wave in WAVES)
    cells = (
        f"{account.name} ({account.account_id})",
        f"{_money(account.revenue or 0)}, {rank + 1}th largest",
        f"{len(before)} → {len(after)}",
        f"{_nps(before):+.0f} → {_nps(after):+.0f}",
        f"{ATTRIBUTES[attribute]} {_mean(before, attribute):.1f} → {_mean(after, attribute):.1f}",
    )
    return _table_row(*cells)


def _competitors(sample: Sample) -> Figures:
    asked = [(wave, subject) for subject in SUBJECTS for wave in WAVES]
    rows = [
        _table_row(rival, *(_net(sample, wave, subject, rival) for wave, subject in asked)) for rival in COMPETITORS
    ]
    return {
        "winner": WINNER,
        "subject_waves": " | ".join(f"{subject} {wave}" for wave, subject in asked),
        "competitors": "\n".join(rows),
    }


def _net(sample: Sample, wave: str, subject: str, competitor: str) -> str:
    words = [row.opinion.compared[subject, competitor] for row in sample.counted(wave)]
    known = [_NET[word] for word in words if word in _NET]
    return f"{100 * np.mean(known):+.0f} (n = {len(known)})"


def _theme(sample: Sample) -> Figures:
    figures: Figures = {}
    for when, wave in zip(("before", "after"), WAVES, strict=True):
        rows = sample.counted(wave)
        comments = [comment for row in rows for comment in (row.better, row.best) if comment.text]
        share = sum(comment.theme == "delivery" for comment in comments) / len(comments)
        figures[f"theme_{when}"] = f"{100 * share:.0f} % of {len(comments):,} comments"
        figures[f"delivery_{when}"] = f"{_mean(rows, 'delivery'):.2f}"
    return figures


def _price(sample: Sample) -> Figures:
    rows = []
    for role, label in _ROLES.items():
        found = [[row for row in sample.counted(wave) if row.opinion.contact.role == role] for wave in WAVES]
        rows.append(_table_row(label, *(f"{_mean(answers, 'price'):.2f} (n = {len(answers)})" for answers in found)))
    return {"price": "\n".join(rows)}


def _employees(sample: Sample) -> Figures:
    rows = []
    for key, label in ATTRIBUTES.items():
        given = [employee.beliefs[key] for employee in sample.employees]
        believed = float(np.mean([belief for belief in given if belief is not None]))
        real = _mean(sample.counted("2026"), key)
        rows.append(_table_row(label, f"{believed:.2f}", f"{real:.2f}", f"{believed - real:+.2f}"))
    return {"employees": len(sample.employees), "beliefs": "\n".join(rows)}


def _audits(sample: Sample) -> Figures:
    totals = [sum(audit["answers"].values()) for audit in sample.audits]
    bands = Counter(next(label for high, label in _BANDS if total <= high) for total in totals)
    own = [audit["answers"] for audit in sample.audits if audit["company"] == COMPANY]
    companies = {audit["company"] for audit in sample.audits}
    return {
        "audits": len(totals),
        "audited": len(companies),
        "retakes": len(totals) - len(companies),
        "industries": len({audit["industry"] for audit in sample.audits}),
        "bands": ", ".join(f"{bands[label]} {label}" for _, label in _BANDS),
        "own_totals": " and ".join(str(sum(answers.values())) for answers in own),
        "own_claim": own[-1]["1.1"],
    }


def _rough_edges(sample: Sample) -> Figures:
    every = [row for wave in WAVES for row in sample.counted(wave)]
    return {
        "without_id": sum(not row.account_id for row in every),
        "strangers": sum(not row.opinion.contact.account.account_id for row in every),
        "anonymous": sum(row.channel == "anonymous" for row in every),
    }


def _nps(rows: Sequence[Response]) -> float:
    scores = np.array([row.opinion.recommend for row in rows])
    return 100 * float((scores >= 9).mean() - (scores <= 6).mean())


def _mean(rows: Sequence[Response], attribute: str) -> float:
    return float(np.mean([row.opinion.ratings[attribute] for row in rows]))


def _table_row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _money(euros: int) -> str:
    return f"{euros / 1_000_000:.1f} M EUR"
