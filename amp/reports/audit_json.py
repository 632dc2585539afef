"""An audit's result for machines: one JSON document whose keys stay."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from amp.analysis.peers import Peers
from amp.audit.plan import Step
from amp.audit.scoring import AuditResult, Score
from amp.reports.takeaway import Takeaway

FORMAT = "amp-audit-result/1"
"""Named in the document; it changes when a key changes its meaning or goes."""


def audit_json(given: Takeaway) -> bytes:
    """`given` as UTF-8 JSON, indented, with English keys; null is “not sure”, or what is not known."""
    before = given.before
    document = {
        "format": FORMAT,
        "instrument": {
            "id": given.result.instrument_id,
            "version": given.result.version,
            "title": given.instrument.title,
        },
        "company": given.company,
        "taker": given.taker,
        "industry": given.industry,
        "given_on": _day(given.given_on),
        "answers": {one.id: given.answers.get(one.id) for one in given.instrument.statements},
        **_scores(given.result),
        "gains": [
            {"statement": one.statement.id, "from": one.statement.value, "to": one.to} for one in given.gains.statements
        ],
        "plan": _plan(given.plan),
        "peers": [_peers(group) for group in given.peers],
        "before": before
        and {
            "given_on": _day(before.given_on),
            "version": before.result.version,
            "answers": {one.id: one.value for one in sorted(before.result.statements, key=lambda one: one.id)},
            **_scores(before.result),
            "plan": _plan(before.plan),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _scores(result: AuditResult) -> dict[str, Any]:
    return {
        "complete": result.complete,
        "overall": _score(result.overall),
        "categories": [{"id": one.id, "title": one.title, **_score(one)} for one in result.categories],
    }


def _score(one: Score) -> dict[str, Any]:
    least, most = one.bounds
    return {
        "total": one.total,
        "band": one.band and one.band.label,
        "lowest": one.low,
        "highest": one.high,
        "least_possible": least,
        "most_possible": most,
        "not_sure": one.unsure,
        "points_to_next_band": one.points_to_next if one.next_band else None,
        "next_band": one.next_band and one.next_band.label,
    }


def _plan(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [
        {
            "statement": step.statement_id,
            "effort": step.effort and step.effort.name.lower(),
            "impact": step.impact and step.impact.name.lower(),
            "owner": step.owner,
            "due": _day(step.due),
        }
        for step in steps
    ]


def _peers(group: Peers) -> dict[str, Any]:
    return {
        "industry": group.industry,
        "companies": group.companies,
        "newest": _day(group.newest),
        "median_total": group.total,
        "median_categories": list(group.categories),
        "rank": group.rank,
        "share_below": group.percentile,
    }


def _day(day: date | None) -> str | None:
    return f"{day:%Y-%m-%d}" if day else None
