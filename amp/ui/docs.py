"""The documents that the app shows of itself."""

from __future__ import annotations

from functools import lru_cache

from amp.config import PROJECT


@lru_cache(maxsize=2)
def text(name: str) -> str:
    """docs/<name>.md without its title, as the app states it."""
    return (PROJECT / "docs" / f"{name}.md").read_text().partition("\n")[2].strip()
