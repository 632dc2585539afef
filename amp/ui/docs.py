"""The documents that the app shows of itself."""

from __future__ import annotations

from functools import lru_cache

from amp.config import PROJECT


@lru_cache(maxsize=1)
def statistics() -> str:
    """docs/statistics.md without its title: the definitions as the app states them."""
    text = (PROJECT / "docs" / "statistics.md").read_text()
    return text.partition("\n")[2].strip()
