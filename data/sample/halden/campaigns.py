"""Two anonymous campaigns of the company's own leadership team: what it agrees on, what splits it, what rose."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

from halden.audits import OWN_INDUSTRY
from halden.chance import stream
from halden.qualtrics import COMPANY

# What most of the team say, near the company's own audits; category 3 is better by 2026, and nothing else is.
_USUAL: Final = {
    "2025": ((5, 3, 3, 3, 4), (2, 1, 3, 2, 3), (2, 3, 3, 3, 2), (2, 1, 3, 4, 1), (3, 2, 3, 3, 2)),
    "2026": ((5, 3, 3, 3, 4), (2, 1, 3, 2, 3), (3, 3, 4, 4, 3), (2, 1, 3, 4, 1), (3, 2, 3, 3, 2)),
}
# Where half have seen rewards, or a process, and half have not: what the ones and the others say by turns.
_SPLIT: Final = {"2025": {}, "2026": {"2.4": ((1, 1, 2), (4, 4, 5)), "3.2": ((1, 2, 2), (4, 5, 5))}}
_TEAM: Final = {"2025": (9, 11), "2026": (12, 13)}  # takers, and how many were asked
_TIMES: Final = {
    "2025": ("2025-06-02T07:00:00+00:00", "2025-06-20T16:00:00+00:00"),
    "2026": ("2026-06-01T07:00:00+00:00", "2026-06-19T16:00:00+00:00"),
}
_INTRO: Final = "Please answer for the company as you see it from your own desk, not as you would like it to be."
_THANKS: Final = "Thank you. We look at the results together once the campaign is closed."


def make_campaigns() -> list[dict[str, Any]]:
    """Both campaigns, oldest first; `answers` holds a sheet for each taker, in an order that says nothing."""
    return [_campaign(year) for year in _USUAL]


def write_campaigns(path: Path, campaigns: list[dict[str, Any]]) -> None:
    """Write the campaigns as JSON: a line each, and under it a line for each taker."""
    lines = ",\n".join(_lines(campaign) for campaign in campaigns)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def campaign_figures(campaigns: list[dict[str, Any]]) -> dict[str, object]:
    """What README.md says of them."""
    last = campaigns[-1]
    split = {statement: _halves(last, statement) for statement in _SPLIT["2026"]}
    agreed = sum(_together(last, statement) for statement in last["answers"][0])
    return {
        "campaigns": "\n".join(_campaign_line(campaign) for campaign in campaigns),
        "agreed": agreed,
        "split": "; ".join(f"{name}: {low} say 1 or 2, {high} say 4 or 5" for name, (low, high) in split.items()),
        "campaign_totals": "\n".join(_total_row(category, campaigns) for category in ("1", "2", "3", "4", "5", "")),
        "campaign_claim": f"{_median(last, '1.1'):g}",
    }


def _campaign(year: str) -> dict[str, Any]:
    opens_at, closed_at = _TIMES[year]
    return {
        "title": f"Leadership team {year}",
        "company": COMPANY,
        "industry": OWN_INDUSTRY,
        "opens_at": opens_at,
        "closed_at": closed_at,
        "expected": _TEAM[year][1],
        "intro": _INTRO,
        "thanks": _THANKS,
        "least": 5,
        "answers": _sheets(year),
    }


def _sheets(year: str) -> list[dict[str, int]]:
    rng = stream(f"campaign {year}")
    leaning = rng.normal(0, 0.15, _TEAM[year][0])  # some are a little kinder throughout
    columns = {}
    for category, row in enumerate(_USUAL[year], 1):
        for number, usual in enumerate(row, 1):
            name = f"{category}.{number}"
            halves = _SPLIT[year].get(name)
            columns[name] = _torn(rng, halves, len(leaning)) if halves else _agreeing(rng, usual, leaning)
    return [{name: int(ratings[taker]) for name, ratings in columns.items()} for taker in range(len(leaning))]


def _agreeing(rng: np.random.Generator, usual: int, leaning: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(usual + leaning + rng.normal(0, 0.5, len(leaning))), 1, 5)


def _torn(rng: np.random.Generator, halves: tuple[tuple[int, ...], tuple[int, ...]], takers: int) -> np.ndarray:
    """Half low, half high, nobody in the middle; who stands where is drawn."""
    low, high = halves
    return rng.permutation([*np.resize(low, takers // 2), *np.resize(high, takers - takers // 2)])


def _lines(campaign: dict[str, Any]) -> str:
    head = json.dumps({name: value for name, value in campaign.items() if name != "answers"}, ensure_ascii=False)
    sheets = ",\n".join(json.dumps(sheet) for sheet in campaign["answers"])
    return f'{head[:-1]}, "answers": [\n{sheets}\n]}}'


def _campaign_line(campaign: dict[str, Any]) -> str:
    opens, closed = (campaign[name][:10] for name in ("opens_at", "closed_at"))
    return f"- {campaign['title']}: {len(campaign['answers'])} of {campaign['expected']} answered, {opens} to {closed}."


def _halves(campaign: dict[str, Any], statement: str) -> tuple[int, int]:
    given = [sheet[statement] for sheet in campaign["answers"]]
    return sum(value <= 2 for value in given), sum(value >= 4 for value in given)


def _together(campaign: dict[str, Any], statement: str) -> bool:
    middle = _median(campaign, statement)
    return all(abs(sheet[statement] - middle) <= 1 for sheet in campaign["answers"])


def _median(campaign: dict[str, Any], beginning: str) -> float:
    """The middle of the takers' totals over the statements that begin so: one, a category (“3.”), or all (“”)."""
    sheets = campaign["answers"]
    return median(sum(value for name, value in sheet.items() if name.startswith(beginning)) for sheet in sheets)


def _total_row(category: str, campaigns: list[dict[str, Any]]) -> str:
    beginning = f"{category}." if category else ""
    cells = (f"{_median(campaign, beginning):g}" for campaign in campaigns)
    return f"| {f'category {category}' if category else 'overall'} | {' | '.join(cells)} |"
