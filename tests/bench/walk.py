"""A person on a phone walks through the 25 statements: how long each tap waits until its “Saved” is on the screen."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from tests import browsing, serving
from tests.bench.figures import Figure

WALKS = 5
# From the finger's touch, by the browser's own clock, to the frame that shows the answer as saved.
_WATCH = """([place, said]) => {
  window.ampTook = new Promise((resolve) => {
    let began = null;
    document.addEventListener("pointerdown", (event) => { began = event.timeStamp; }, {once: true, capture: true});
    const look = () => {
      const notes = document.querySelectorAll('.st-key-audit-step [data-testid="stCaptionContainer"]');
      if (began !== null && notes[place]?.innerText.includes(said)) {
        requestAnimationFrame(() => resolve(performance.now() - began));
      } else {
        requestAnimationFrame(look);
      }
    };
    look();
  });
}"""


def measure(folder: Path, browser: Browser) -> list[Figure]:
    """Each walk is a new visitor's; the walk in the middle is the one whose slowest tap is the median of all walks'."""
    server = serving.start(folder / "walk")
    try:
        walks = [_walk(browser, server.url, number) for number in range(WALKS)]
    finally:
        server.stop()
    middle = sorted(walks, key=max)[WALKS // 2]
    slowest = ", ".join(f"{max(one):.0f}" for one in walks)
    return [
        Figure("walk of 25 statements, median tap until “Saved”", median(middle), "ms", None, "the median walk"),
        Figure(
            "walk of 25 statements, slowest tap until “Saved”",
            max(middle),
            "ms",
            300,
            f"the median of {WALKS} walks, whose slowest taps took {slowest} ms",
        ),
    ]


def _walk(browser: Browser, url: str, number: int) -> list[float]:
    context = browser.new_context(**browsing.PHONE)
    page = browsing.open_page(context.new_page(), f"{url}/audit")
    took: list[float] = []
    for step in range(browsing.STEPS):
        took += [_tap(page, place, 1 + (number + step + place) % 5) for place in range(5)]
        browsing.step_on(page, "Review" if step + 1 == browsing.STEPS else "Next")
    context.close()
    return took


def _tap(page: Page, place: int, value: int) -> float:
    page.evaluate(_WATCH, [place, browsing.saved(value)])
    browsing.radio(page, place, value).tap()
    milliseconds: float = page.evaluate("() => window.ampTook")
    return milliseconds
