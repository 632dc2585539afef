"""Two hundred takers arrive within a minute and answer as people do: how long a tap takes, and whether any is lost."""

from __future__ import annotations

import asyncio
import importlib.util
import random
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from tests import browsing, serving
from tests.bench.figures import Figure
from tests.seeding import STATEMENTS
from tests.serving import PROJECT, Server

TOOL = PROJECT.parent / "shared" / "tools" / "loadgen.py"
TAKERS = 200
ARRIVE_WITHIN = 60.0  # seconds
PACE = (3.0, 6.0)  # seconds from one statement to the next
SEED = 7


@dataclass
class Told:
    """What the takers saw: how long they waited, what went wrong, and what they were told is saved or submitted."""

    taps: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    results: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, dict[str, int]] = field(default_factory=dict)  # by the taker's company
    submitted: set[str] = field(default_factory=set)


def measure(folder: Path, takers: int = TAKERS) -> list[Figure]:
    """Against a fresh workspace; says in a line when the load generator is not beside this checkout."""
    if not TOOL.is_file():
        print(
            f"Left out: {takers} takers at once. The load generator (../shared/tools/loadgen.py) is not beside this "
            "checkout."
        )
        return []
    server = serving.start(folder / "takers")
    began = time.perf_counter()
    try:
        told = asyncio.run(_everybody(_load_generator(), server, takers))
        stored = _stored(server)
    finally:
        server.stop()
    return _figures(told, stored, takers, time.perf_counter() - began)


def _figures(told: Told, stored: dict[str, dict[str, int]], takers: int, seconds: float) -> list[Figure]:
    given = [(who, *answer) for who, sheet in told.acknowledged.items() for answer in sheet.items()]
    lost = sum(stored.get(who, {}).get(statement) != value for who, statement, value in given)
    seen = ", ".join(f"{count} × {what}" for what, count in told.errors.most_common(3))
    pages = (
        f"first visit {_share(told.visits, 0.5):.0f} ms ({_share(told.visits, 0.95):.0f}), "
        f"from Submit to the result {_share(told.results, 0.5):.0f} ms ({_share(told.results, 0.95):.0f})"
    )
    return [
        Figure(f"{takers} takers, median of a tap", _share(told.taps, 0.5), "ms", 500, f"{len(told.taps):,} taps"),
        # Without a bound: while most of them submit and read their results at once, one core has its hands full.
        Figure(
            f"{takers} takers, 95th percentile of a tap",
            _share(told.taps, 0.95),
            "ms",
            None,
            f"in {seconds:.0f} s; {pages}",
        ),
        Figure(f"{takers} takers, errors", sum(told.errors.values()), "", 0, seen),
        Figure(f"{takers} takers, lost answers", lost, "", 0, f"{len(given):,} answers acknowledged"),
        Figure(f"{takers} takers, not finished", takers - len(told.submitted & stored.keys()), "", 0),
    ]


def _share(seconds: list[float], share: float) -> float:
    """A percentile, in milliseconds."""
    ordered = sorted(seconds)
    return ordered[int(len(ordered) * share)] * 1000 if ordered else 0.0


def _load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("loadgen", TOOL)
    if spec is None or spec.loader is None:
        raise ImportError(str(TOOL))
    module = importlib.util.module_from_spec(spec)
    sys.modules["loadgen"] = module
    spec.loader.exec_module(module)
    return module


async def _everybody(loadgen: ModuleType, server: Server, takers: int) -> Told:
    told = Told()
    await asyncio.gather(*(_one(loadgen.Client(server.url, page="audit"), number, told) for number in range(takers)))
    return told


async def _one(client: Any, number: int, told: Told) -> None:
    """One person, from the link to the result; thinks for a while before each statement."""
    chance, company = random.Random(SEED * 1000 + number), f"Company {number}"
    told.acknowledged[company] = {}
    try:
        await asyncio.sleep(chance.uniform(0, ARRIVE_WITHIN))
        await client.connect()
        _note(told, told.visits, client, await client.run())
        for place, statement in enumerate(STATEMENTS):
            await asyncio.sleep(chance.uniform(*PACE))
            await _rate(told, client, company, statement, chance.randint(1, 5))
            if place % 5 == 4:
                _note(told, told.taps, client, await client.click(client.find("button", key="audit-on")))
        await _submit(told, client, company, chance)
    except Exception as error:  # noqa: BLE001  every kind of failure is what is being counted
        told.errors[f"{type(error).__name__}: {str(error)[:60]}"] += 1
    finally:
        await client.close()


async def _rate(told: Told, client: Any, company: str, statement: str, value: int) -> None:
    rating = client.find("button_group", key=f"audit-rate-{statement}")
    _note(told, told.taps, client, await client.change(rating, rating.options[value - 1]))
    given = told.acknowledged[company]
    saved, count = browsing.saved(value), f"{len(given) + 1} answered, all saved"
    texts = client.texts()
    if any(count in text for text in texts) and any(text.endswith(saved) for text in texts):
        given[statement] = value
    else:
        told.errors["a tap that is not shown as saved"] += 1


async def _submit(told: Told, client: Any, company: str, chance: random.Random) -> None:
    for kind, key, value in (("text_input", "audit-company", company), ("selectbox", "audit-industry", "Construction")):
        await asyncio.sleep(chance.uniform(*PACE))
        _note(told, told.taps, client, await client.change(client.find(kind, key=key), value))
    await asyncio.sleep(chance.uniform(*PACE))
    _note(told, told.results, client, await client.click(client.find("button", key="audit-submit")))
    total = sum(told.acknowledged[company].values())
    if any(f"{company} scores {total} of 125 points" in text for text in client.texts()):
        told.submitted.add(company)
    else:
        told.errors["a result that is not shown"] += 1


def _note(told: Told, waits: list[float], client: Any, result: Any) -> None:
    waits.append(result.latency)
    if result.status not in {"ok", "fragment_ok"}:
        told.errors[result.status] += 1
    told.errors.update(client.exceptions()[:1])


def _stored(server: Server) -> dict[str, dict[str, int]]:
    """The submitted answers by company, read past the app."""
    chosen = "select company, statement_id, value from audit_answers join audits on audits.id = audit_id"
    sheets: dict[str, dict[str, int]] = {}
    with closing(sqlite3.connect(f"file:{server.home}/records.sqlite3?mode=ro", uri=True)) as records:
        for company, statement, value in records.execute(f"{chosen} where submitted_at is not null"):
            sheets.setdefault(company, {})[statement] = value
    return sheets
