"""The audit's page: what a tap costs the server, and what a first visit transfers."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests import browsing, serving
from tests.bench.figures import Figure
from tests.bench.processes import bare, cpu_seconds

TAPS = 60
ROUNDS = 3


def measure(folder: Path, browser: Browser) -> list[Figure]:
    """Server processor time a tap, in turns with a bare page of the same widgets; then the first visit's bytes."""
    server = serving.start(folder / "audit-page")
    try:
        with bare("five_ratings.py") as (url, pid):
            ours, theirs = [], []
            for _ in range(ROUNDS):
                theirs.append(_cost_of_a_tap(browser, url, pid))
                ours.append(_cost_of_a_tap(browser, f"{server.url}/audit", server.process.pid))
        one, other = statistics.median(ours), statistics.median(theirs)
        detail = (
            f"{one * 1000:.1f} ms and {other * 1000:.1f} ms of server CPU, medians of {ROUNDS} rounds of {TAPS} taps"
        )
        return [
            Figure("a tap on the audit, against a bare page", one / other, "×", 3, detail),
            _first_visit(browser, server.url),
        ]
    finally:
        server.stop()


def _cost_of_a_tap(browser: Browser, url: str, pid: int) -> float:
    context = browser.new_context(**browsing.PHONE)
    page = browsing.open_page(context.new_page(), url)
    for warm in range(5):
        _tap(page, warm)
    before = cpu_seconds(pid)
    for number in range(TAPS):
        _tap(page, number)
    spent = cpu_seconds(pid) - before
    context.close()
    return spent / TAPS


def _tap(page: Page, number: int) -> None:
    """Each tap changes an answer; the next one waits until the script has run for it."""
    radio = browsing.radio(page, number % 5, 1 + (number // 5) % 5)
    radio.tap()
    page.wait_for_timeout(60)
    page.wait_for_function(browsing.FINISHED)


def _first_visit(browser: Browser, url: str) -> Figure:
    """Bytes over the wire with an empty cache: files as compressed, and the websocket's messages."""
    context = browser.new_context(**browsing.PHONE)
    page = context.new_page()
    received = {"files": 0.0, "messages": 0.0}
    network = context.new_cdp_session(page)
    network.send("Network.enable")

    def count_file(event: dict[str, Any]) -> None:
        received["files"] += event["encodedDataLength"]

    def count_message(event: dict[str, Any]) -> None:
        data = event["response"]["payloadData"]
        received["messages"] += len(data) * (3 / 4 if event["response"]["opcode"] == 2 else 1)

    network.on("Network.loadingFinished", count_file)
    network.on("Network.webSocketFrameReceived", count_message)
    browsing.open_page(page, f"{url}/audit")
    page.wait_for_timeout(1500)
    context.close()
    total = sum(received.values()) / 1e6
    detail = f"files {received['files'] / 1e6:.2f} MB, messages {received['messages'] / 1e6:.3f} MB; empty cache"
    return Figure("first visit to the audit", total, "MB", 1.3, detail)
