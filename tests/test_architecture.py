"""The rules of the house that a machine can see: who imports whom, where pages sit, how they open."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ("audit", "imports", "warehouse", "stats", "analysis", "text", "records", "charts", "reports", "ui")

MAY_IMPORT = {
    "config": {"errors"},
    "errors": set(),
    "languages": {"config", "errors"},
    "audit": {"errors"},
    "stats": {"errors"},
    "text": {"errors"},
    "records": {"config", "errors"},
    "warehouse": {"config", "errors"},
    "imports": {"warehouse", "errors", "config"},
    "analysis": {"warehouse", "stats", "text", "audit", "errors", "config"},
    "charts": {"analysis", "audit", "stats", "errors", "languages"},
    "reports": {"analysis", "charts", "records", "audit", "stats", "errors", "config", "languages"},
    "ui": {*ROOMS, "config", "errors", "languages"},
}
ONLY_IN = {
    "streamlit": ("app.py", "pages/", "amp/ui/"),
    "plotly": ("amp/charts/", "amp/ui/"),
    "duckdb": ("amp/warehouse/", "amp/imports/"),
    "sqlalchemy": ("amp/records/",),
    "alembic": ("amp/records/",),
}
SOURCES = sorted([PROJECT / "app.py", *(PROJECT / "amp").rglob("*.py"), *(PROJECT / "pages").rglob("*.py")])
PAGES = sorted((PROJECT / "pages").rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(path: Path) -> str | None:
    parts = path.relative_to(PROJECT).parts
    in_a_room = len(parts) > 2 or (parts[0] == "amp" and parts[-1] != "__init__.py")
    return parts[1].removesuffix(".py") if in_a_room else None


def name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


@pytest.mark.parametrize("path", [path for path in SOURCES if path.parts[-2] != "pages"], ids=name)
def test_a_room_imports_only_from_the_rooms_below_it(path):
    room = room_of(path)
    if path.relative_to(PROJECT).parts[0] != "amp" or room is None:
        return
    ours = {module.split(".")[1] for module in imported(path) if module.startswith("amp.") and module.count(".") >= 1}
    beyond = {other for other in ours if other in MAY_IMPORT} - MAY_IMPORT[room] - {room}
    assert not beyond, f"{name(path)} reaches into {sorted(beyond)}"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_library_is_imported_only_in_its_rooms(path):
    for library, homes in ONLY_IN.items():
        used = any(module.split(".")[0] == library for module in imported(path))
        assert not used or name(path).startswith(homes), f"{name(path)} imports {library}"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_import_only_ui_charts_and_value_types(path):
    rooms = {module.split(".")[1] for module in imported(path) if module.startswith("amp.")}
    assert rooms <= {"ui", "charts", "analysis", "records", "errors", "audit", "stats"}
    assert not [m for m in imported(path) if m.startswith(("amp.records.database", "amp.warehouse", "amp.config"))]


def test_no_page_sits_directly_in_pages():
    assert not list((PROJECT / "pages").glob("*.py"))
    assert {path.parent.name for path in PAGES} <= {"assess", "listen", "understand", "act", "admin"}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_page_opens_with_the_guard(path):
    body = ast.parse(path.read_text()).body
    statements = [n for n in body if not isinstance(n, ast.Import | ast.ImportFrom) and not _is_docstring(n)]
    first = statements[0]
    call = first.value if isinstance(first, ast.Assign | ast.Expr) else None
    assert isinstance(call, ast.Call), f"{name(path)} does not open with shell.open_page(...)"
    assert ast.unparse(call.func) == "shell.open_page"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_is_thin(path):
    assert len(path.read_text().splitlines()) <= 70


def test_every_page_is_in_the_navigation_and_every_entry_has_its_page():
    from amp.ui.navigation import SCREENS

    listed = {screen.file for screen in SCREENS.values()}
    assert listed == {str(path.relative_to(PROJECT / "pages")) for path in PAGES}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_source_names_a_path_of_a_machine(path):
    text = path.read_text()
    assert not re.search(r"[\"'](/home/|/root/|/tmp/)", text)
    assert str(PROJECT) not in text


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_caches_live_in_one_module(path):
    uses = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"cache_data", "cache_resource"}
    ]
    assert not uses or name(path) == "amp/ui/cache.py"


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
