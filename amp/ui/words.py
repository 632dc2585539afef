"""Words of data in places that read Markdown: shown letter by letter, never as a link, an icon or a formula."""

from __future__ import annotations

import re
from typing import Final

# No more than what Markdown would act on: the label of a control is read out with its backslashes.
_MARKDOWN: Final = re.compile(r"([\\`*_~|\[\]<>$&]|:(?=[A-Za-z])|^[#>+\-=](?=\s|$)|(?<=^\d)[.)](?=\s))")
_LINKS: Final = re.compile(r"(?<=://)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
_JOINER: Final = "\u2060"  # invisible, and enough to keep an address from becoming a link


def plain(text: str) -> str:
    """`text` on one line, with every sign that Markdown could take for markup escaped."""
    broken = _LINKS.sub(_JOINER, " ".join(text.split()))
    return _MARKDOWN.sub(r"\\\1", broken)
