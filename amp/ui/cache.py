"""The only caches: bounded, keyed by what is loaded and what people changed. Pages have checked the role before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import streamlit as st

from amp.analysis import competitors as competitors_analysis
from amp.analysis import satisfaction as satisfaction_analysis
from amp.analysis import themes as themes_analysis
from amp.analysis import tiers as tiers_analysis
from amp.analysis import workspace as workspace_analysis
from amp.analysis.filters import Filters
from amp.ui import state
from amp.warehouse import datasets
from amp.warehouse.engine import Engine

CUTS: Final = (Decimal(80), Decimal(90))


@dataclass(frozen=True)
class Workspace:
    """What is loaded now, ready to be asked: the engine with its tables, and what is in them."""

    version: str
    engine: Engine
    facts: workspace_analysis.WorkspaceFacts


def version() -> str:
    """Changes whenever a data set comes or goes, or somebody overrides something."""
    return f"{datasets.version(state.settings().datasets)}.{state.records().overrides.version()}"


def workspace() -> Workspace:
    """The workspace as it is now; opened once for each version."""
    return _workspace(version())
