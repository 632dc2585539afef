"""The take-away as a PDF: our numbers and words as JSON, set by Typst in data/reports/audit.typ."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import typst

from amp.languages import Words
from amp.reports.audit_document import document
from amp.reports.takeaway import Takeaway

_TEMPLATES: Final = Path(__file__).resolve().parents[2] / "data" / "reports"
_OURS: Final = "Source Sans Pro"
_ALWAYS_THERE: Final = "Libertinus Serif"  # within Typst
_KEPT: Final = 11  # compilations after which Typst forgets one
# One at a time, always on the same thread: each takes up to 100 MB, which other threads would keep for themselves too.
_PRESS: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="typst")


def audit_pdf(given: Takeaway, t: Words) -> bytes:
    """`given` on A4: the result, all statements, advice, plan and changes, and how it was calculated.

    Tagged, with text alternatives; it declares PDF/UA-1 unless a character in it exists in no font of this machine. It
    keeps no date of its own, so the same result gives the same file, and an anonymous one no day.
    """
    return typeset("audit.typ", document(given, t))


def typeset(template: str, content: Mapping[str, Any]) -> bytes:
    """The PDF of a template in data/reports, with `content` as its data."""
    fonts = _fonts()
    families = [name for name in (_OURS, _ALWAYS_THERE) if name in fonts.families()]
    data = json.dumps({"fonts": families, **content}, ensure_ascii=False)
    return _PRESS.submit(_pressed, template, data, fonts).result()


def _pressed(template: str, data: str, fonts: typst.Fonts) -> bytes:
    try:
        return _compiled(template, data, fonts, standards=["ua-1"])
    except typst.TypstError:
        return _compiled(template, data, fonts, standards=[])
    finally:
        _forget(fonts)


def _compiled(template: str, data: str, fonts: typst.Fonts, standards: list[Any]) -> bytes:
    return typst.compile(
        _TEMPLATES / template,
        root=_TEMPLATES,
        font_paths=fonts,
        sys_inputs={"data": data},
        pdf_standards=standards,
        timestamp=0,
    )


def _forget(fonts: typst.Fonts) -> None:
    """Typst keeps its last ten layouts, 50 MB each for a page that is fitted; ten empty ones drive them out."""
    for _ in range(_KEPT):
        typst.compile(b"", font_paths=fonts)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Source Sans as TrueType only (the package has every face twice), then the machine's fonts for other scripts."""
    with tempfile.TemporaryDirectory() as folder:
        for file in _truetype():
            (Path(folder) / file.name).symlink_to(file)
        return typst.Fonts(font_paths=[folder])


def _truetype() -> list[Path]:
    found = find_spec("font_source_sans_pro")
    folders = (found.submodule_search_locations if found else None) or []
    return sorted(file for folder in folders for file in (Path(folder) / "files").glob("*.ttf"))
