"""What every test may ask for: a workspace of its own, and the shared exports where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"


@pytest.fixture(autouse=True)
def _own_workspace(tmp_path, monkeypatch):
    """No test sees the settings or the workspace of the machine it runs on."""
    for name in [name for name in os.environ if name.startswith("AMP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AMP_HOME", str(tmp_path / "amp-home"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real exports and published examples; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared exports and worked examples are not beside this checkout")
    return SHARED
