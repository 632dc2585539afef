"""Bring the catalogues up to date with the texts of the source and of the data; what was translated stays.

python data/locale/make_catalogue.py           writes data/locale/{es,de}.po
python data/locale/make_catalogue.py --check   only says what is missing, and ends with 1 if anything is
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
sys.path.insert(0, str(PROJECT))

from amp.languages import LANGUAGES  # noqa: E402
from amp.ui.navigation import SCREENS  # noqa: E402

SPOKEN = (
    *("amp/ui", "amp/charts", "amp/reports", "amp/audit", "amp/languages.py"),
    *(f"amp/records/{name}.py" for name in ("audits", "audit_rules", "audit_writing", "plans", "campaigns")),
    "amp/records/campaign_values.py",
)
DISK = "amp/records/sqlite.py"  # what the disk may refuse is a table of sentences
ERRORS = {"AmpError", "Conflict", "NotAllowed", "NotFound"}
TABLES = ("instruments/amp-snapshot.toml", "advice/amp-snapshot.toml")
UNSPOKEN = {"id", "version", "page", "instrument"}  # keys of those files that nobody reads

WRITTEN = datetime(2026, 11, 27, tzinfo=UTC)

Message = tuple[str | tuple[str, str], str]  # the text (or its two forms), and where it stands


def messages() -> Iterator[Message]:
    """Every text that a taker may read."""
    for place in SPOKEN:
        path = PROJECT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield from _of_source(file)
    yield from ((text, DISK) for text in _sentences(PROJECT / DISK))
    for table in TABLES:
        content = tomllib.loads((HERE.parent / table).read_text(encoding="utf-8"))
        yield from ((text, f"data/{table}") for text in _of_table(content))
    yield from ((screen.title, "amp/ui/navigation.py") for screen in SCREENS.values())


def _of_source(file: Path) -> Iterator[Message]:
    place = str(file.relative_to(PROJECT))
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        texts = [argument.value for argument in node.args if _is_text(argument)]
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called == "many" and len(texts) >= 2:
            yield (texts[0], texts[1]), place
        elif called in {"t", *ERRORS}:
            yield from ((text, place) for text in texts if text)


def _sentences(file: Path) -> Iterator[str]:
    for statement in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.AnnAssign):
            yield from (n.value for n in ast.walk(statement) if _is_text(n) and n.value.endswith("."))


def _is_text(node: ast.expr) -> Any:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _of_table(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for name, value in content.items():
            if name not in UNSPOKEN:
                yield from _of_table(value)
    elif isinstance(content, list):
        for value in content:
            yield from _of_table(value)
    elif isinstance(content, str) and content:
        yield content


def template() -> Catalog:
    """All messages, without translations."""
    catalogue = Catalog(project="AMP", charset="utf-8")
    for text, place in messages():
        catalogue.add(text, locations=[(place, None)])
    return catalogue


def kept(code: str) -> Catalog:
    """A language's catalogue as it is on disk."""
    with (HERE / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def updated(code: str) -> Catalog:
    """A language's catalogue with today's messages; what is no longer said is gone."""
    path = HERE / f"{code}.po"
    catalogue = kept(code) if path.is_file() else Catalog(locale=code, charset="utf-8")
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version = "AMP", "1"
    catalogue.header_comment = f"# The audit in {LANGUAGES[code]}; `make words` brings it up to date."
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = ""
    catalogue.creation_date = catalogue.revision_date = WRITTEN  # or every run would change the file
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Messages without a translation (of every plural form)."""
    lacking = []
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wanted = 1 if isinstance(message.id, str) else catalogue.num_plurals
        if message.id and (not all(forms) or len(forms) != wanted):
            lacking.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacking


def main(arguments: list[str]) -> int:
    """Write or check the catalogues; returns the exit code."""
    lacking = 0
    for code in LANGUAGES:
        if code == "en":
            continue
        catalogue = updated(code)
        if "--check" not in arguments:
            with (HERE / f"{code}.po").open("wb") as file:
                write_po(file, catalogue, width=0, sort_output=True, include_lineno=False)
        missing = untranslated(catalogue)
        lacking += len(missing)
        print(f"{code}: {len(missing)} of {len(catalogue)} texts are not translated")
        for text in missing[:20] if "--check" in arguments else []:
            print(f"    {text}")
    return int(bool(lacking) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
