"""The take-away for machines."""

from __future__ import annotations

import json

from amp.reports.audit_json import audit_json
from tests.takeaways import BUILDING, PLAN, earlier, sheets, takeaway


def test_its_keys_are_fixed():
    found = json.loads(audit_json(takeaway(plan=PLAN, before=earlier())))
    assert list(found) == [
        "format", "instrument", "company", "taker", "industry", "given_on", "answers", "complete", "overall",
        "categories", "gains", "plan", "peers", "before",
    ]  # fmt: skip
    assert list(found["before"]) == ["given_on", "version", "answers", "complete", "overall", "categories", "plan"]
    assert found["instrument"] == {
        "id": "amp-snapshot", "version": "1.0", "title": "Account Management Profile snapshot audit",
    }  # fmt: skip


def test_totals_and_bands_are_those_of_the_result():
    found = json.loads(audit_json(takeaway()))
    assert found["answers"] == dict(sheets()[1])
    assert (found["overall"]["total"], found["overall"]["band"]) == (71, "Reactive")
    assert (found["overall"]["points_to_next_band"], found["overall"]["next_band"]) == (14, "Engaged")
    assert [one["total"] for one in found["categories"]] == [18, 11, 17, 12, 13]


def test_not_sure_is_null_and_leaves_no_total():
    found = json.loads(audit_json(takeaway({**sheets()[1], "1.1": None})))
    assert found["answers"]["1.1"] is None
    assert found["complete"] is False
    assert (found["overall"]["total"], found["overall"]["band"], found["overall"]["points_to_next_band"]) == (None,) * 3
    assert (found["overall"]["least_possible"], found["overall"]["most_possible"]) == (67, 71)


def test_what_is_open_in_the_plan_is_null():
    found = json.loads(audit_json(takeaway(plan=PLAN)))["plan"]
    assert found[0] == {
        "statement": "2.2", "effort": "large", "impact": "large", "owner": "Dana Whitcombe", "due": "2026-09-30",
    }  # fmt: skip
    assert found[2] == {"statement": "5.2", "effort": None, "impact": None, "owner": "", "due": None}


def test_peers_that_are_building_have_no_medians():
    found = json.loads(audit_json(takeaway(peers=BUILDING)))["peers"]
    assert found[1] == {
        "industry": "Pharmaceuticals", "companies": 0, "newest": None, "median_total": None, "median_categories": [],
        "rank": None, "share_below": None,
    }  # fmt: skip


def test_an_anonymous_first_audit_has_neither_day_nor_before():
    found = json.loads(audit_json(takeaway(given_on=None, company="")))
    assert (found["given_on"], found["before"], found["company"]) == (None, None, "")


def test_it_is_readable_utf8():
    text = audit_json(takeaway(company="Çelik & Söhne 漢字")).decode("utf-8")
    assert '"company": "Çelik & Söhne 漢字"' in text
    assert text.startswith('{\n  "format"')
