"""A hundred takers at once, one answer every two seconds each: how long a tap takes, and whether any is lost."""

from __future__ import annotations

import asyncio
import importlib.util
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from tests import serving
from tests.bench.figures import Figure
from tests.serving import PROJECT, Server

TOOL = PROJECT.parent / "shared" / "tools" / "loadgen.py"
TAKERS = 100
EVERY = 2.0  # seconds
SECONDS = 30.0
STATEMENTS = [f"{category}.{place}" for category in range(1, 6) for place in range(1, 6)]


@dataclass
class Told:
    """What the takers saw: how long each rerun took, what went wrong, and the answers that were acknowledged."""

    latencies: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    acknowledged: list[tuple[int, ...]] = field(default_factory=list)


def measure(folder: Path) -> list[Figure]:
    """Against a fresh workspace; says in a line when the load generator is not beside this checkout."""
    if not TOOL.is_file():
        print(
            "Left out: 100 takers at once. The load generator (../shared/tools/loadgen.py) is not beside this checkout."
        )
        return []
    server = serving.start(folder / "takers")
    try:
        told = asyncio.run(_everybody(_load_generator(), server))
        stored = _stored(server)
    finally:
        server.stop()
    lost = sum((Counter(told.acknowledged) - stored).values())
    ordered = sorted(told.latencies)
    p50, p95 = (ordered[int(len(ordered) * share)] * 1000 if ordered else 0.0 for share in (0.5, 0.95))
    answers = sum(len(given) for given in told.acknowledged)
    seen = ", ".join(f"{count} × {what}" for what, count in told.errors.most_common(3))
    return [
        Figure(
            f"{TAKERS} takers, 95th percentile of a tap",
            p95,
            "ms",
            500,
            f"{len(ordered):,} reruns, median {p50:.0f} ms",
        ),
        Figure(f"{TAKERS} takers, errors", sum(told.errors.values()), "", 0, seen),
        Figure(f"{TAKERS} takers, sheets with a lost answer", lost, "", 0, f"{answers:,} answers acknowledged"),
    ]


def _load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("loadgen", TOOL)
    if spec is None or spec.loader is None:
        raise ImportError(str(TOOL))
    module = importlib.util.module_from_spec(spec)
    sys.modules["loadgen"] = module
    spec.loader.exec_module(module)
    return module


async def _everybody(loadgen: ModuleType, server: Server) -> Told:
    told = Told()
    await asyncio.gather(*(_one(loadgen.Client(server.url, page="audit"), number, told) for number in range(TAKERS)))
    return told


async def _one(client: Any, number: int, told: Told) -> None:
    """Arrives within the first seconds, then answers at a fixed pace whatever the answers take."""
    given: list[int] = []
    try:
        await asyncio.sleep(number * 5 / TAKERS)
        await client.connect()
        await client.run()
        begun = time.perf_counter() + (number % 20) * EVERY / 20
        for place in range(int(SECONDS / EVERY)):
            await asyncio.sleep(max(0.0, begun + place * EVERY - time.perf_counter()))
            if place and place % 5 == 0:
                _note(told, client, await client.click(client.find("button", key="audit-on")))
            value = _value(number, place)
            rating = client.find("button_group", key=f"audit-rate-{STATEMENTS[place]}")
            _note(told, client, await client.change(rating, rating.options[value - 1]))
            given.append(value)
    except Exception as error:  # noqa: BLE001  every kind of failure is what is being counted
        told.errors[f"{type(error).__name__}: {str(error)[:60]}"] += 1
    finally:
        if given:
            told.acknowledged.append(tuple(given))
        await client.close()


def _note(told: Told, client: Any, result: Any) -> None:
    told.latencies.append(result.latency)
    if result.status not in {"ok", "fragment_ok"}:
        told.errors[result.status] += 1
    told.errors.update(client.exceptions()[:1])


def _value(number: int, place: int) -> int:
    """The first four answers spell the taker's number, so that no two sheets are alike."""
    return 1 + (number // 5**place if place < 4 else number + place) % 5


def _stored(server: Server) -> Counter[tuple[int, ...]]:
    with closing(sqlite3.connect(f"file:{server.home}/records.sqlite3?mode=ro", uri=True)) as records:
        rows = records.execute("select audit_id, statement_id, value from audit_answers").fetchall()
    sheets: dict[int, dict[str, int]] = {}
    for audit, statement, value in rows:
        sheets.setdefault(audit, {})[statement] = value
    return Counter(tuple(sheet[one] for one in STATEMENTS if one in sheet) for sheet in sheets.values())
