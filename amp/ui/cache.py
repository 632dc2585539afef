"""The only caches: bounded, keyed by what is loaded and what people changed. Pages have checked the role before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from amp.analysis import account as account_analysis
from amp.analysis import competitors as competitors_analysis
from amp.analysis import evidence as evidence_analysis
from amp.analysis import overview as overview_analysis
from amp.analysis import satisfaction as satisfaction_analysis
from amp.analysis import themes as themes_analysis
from amp.analysis import tiers as tiers_analysis
from amp.analysis import workspace as workspace_analysis
from amp.analysis.account import AccountView
from amp.analysis.accounts import AccountScore, account_scores
from amp.analysis.competitors import CompetitorView
from amp.analysis.evidence import Evidence
from amp.analysis.filters import Filters
from amp.analysis.overview import Overview
from amp.analysis.peers import Standing
from amp.analysis.satisfaction import SatisfactionView
from amp.analysis.theme_model import ThemeModel
from amp.analysis.themes import ThemeTree
from amp.analysis.tiers import Tiers
from amp.analysis.tiles import AuditStanding
from amp.audit.instrument import Instrument
from amp.ui import standings as read_standings
from amp.ui import state
from amp.warehouse import datasets
from amp.warehouse.engine import Engine


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


@st.cache_resource(max_entries=2, show_spinner="Opening the data …")
def _workspace(version: str) -> Workspace:
    settings, overrides = state.settings(), state.records().overrides
    settings.datasets.mkdir(parents=True, exist_ok=True)
    engine = Engine(
        folder=settings.datasets,
        scratch=settings.scratch,
        memory_limit_mb=settings.memory_limit_mb,
        threads=settings.threads,
        query_seconds=settings.query_seconds,
    )
    workspace_analysis.prepare(
        engine,
        folder=settings.datasets,
        datasets=datasets.stored(settings.datasets),
        strategic={account: flag.reason for account, flag in overrides.strategic().items()},
        roles={title: given.role for title, given in overrides.title_roles().items()},
    )
    return Workspace(version, engine, workspace_analysis.facts(engine))


def tiers(cuts: tuple[Decimal, ...]) -> Tiers:
    """The tiers at these cuts."""
    return _tiers(version(), cuts)


@st.cache_data(max_entries=16, show_spinner=False)
def _tiers(version: str, cuts: tuple[Decimal, ...]) -> Tiers:
    return tiers_analysis.tiers(_workspace(version).engine, cuts=cuts)


def satisfaction(filters: Filters, subject: str, by: tuple[str, ...]) -> SatisfactionView:
    """Satisfaction with a subject by group."""
    return _satisfaction(version(), filters, subject, by, state.settings().min_group)


@st.cache_data(max_entries=64, show_spinner=False)
def _satisfaction(
    version: str, filters: Filters, subject: str, by: tuple[str, ...], min_group: int
) -> SatisfactionView:
    engine = _workspace(version).engine
    return satisfaction_analysis.satisfaction(engine, filters=filters, subject=subject, by=by, min_group=min_group)


def league(filters: Filters) -> tuple[AccountScore, ...]:
    """Every account heard, largest revenue first."""
    return _league(version(), filters, state.settings().min_group)


@st.cache_data(max_entries=16, show_spinner=False)
def _league(version: str, filters: Filters, min_group: int) -> tuple[AccountScore, ...]:
    return account_scores(_workspace(version).engine, filters=filters, min_group=min_group)


def competitors(filters: Filters) -> CompetitorView:
    """Every comparison with a competitor."""
    settings = state.settings()
    return _competitors(version(), filters, settings.min_group, settings.min_comments)


@st.cache_data(max_entries=16, show_spinner=False)
def _competitors(version: str, filters: Filters, min_group: int, min_comments: int) -> CompetitorView:
    engine = _workspace(version).engine
    return competitors_analysis.competitors(engine, filters=filters, min_group=min_group, min_comments=min_comments)


def themes(filters: Filters) -> ThemeTree:
    """The themes as counted under the filters; the themes themselves are fitted once for all comments."""
    return _themes(version(), filters, state.settings().min_comments)


@st.cache_data(max_entries=16, show_spinner="Reading the comments …")
def _themes(version: str, filters: Filters, min_comments: int) -> ThemeTree:
    engine = _workspace(version).engine
    model = _theme_model(datasets.version(state.settings().datasets), version)
    return themes_analysis.count(engine, model, filters=filters, min_comments=min_comments)


@st.cache_resource(max_entries=2, show_spinner=False)
def _theme_model(loaded: str, _version: str) -> ThemeModel:
    engine = _workspace(_version).engine
    return themes_analysis.fit(themes_analysis.comments(engine), names=themes_analysis.brand_words(engine))


def overview(filters: Filters, audit: AuditStanding | None) -> Overview:
    """The executive's page."""
    return _overview(version(), filters, state.settings().min_group, audit)


@st.cache_data(max_entries=32, show_spinner=False)
def _overview(version: str, filters: Filters, min_group: int, audit: AuditStanding | None) -> Overview:
    engine = _workspace(version).engine
    return overview_analysis.overview(engine, filters=filters, min_group=min_group, audit=audit)


def account(account_id: str) -> AccountView:
    """Everything known about one account."""
    return _account(version(), account_id, state.settings().min_group)


@st.cache_data(max_entries=64, show_spinner=False)
def _account(version: str, account_id: str, min_group: int) -> AccountView:
    return account_analysis.account(_workspace(version).engine, account_id=account_id, min_group=min_group)


def evidence(claimed: tuple[tuple[str, int | None], ...]) -> tuple[Evidence, ...]:
    """What the data say to these ratings of the audit's statements."""
    return _evidence(version(), claimed, state.settings().min_group)


@st.cache_data(max_entries=32, show_spinner=False)
def _evidence(version: str, claimed: tuple[tuple[str, int | None], ...], min_group: int) -> tuple[Evidence, ...]:
    return evidence_analysis.evidence(_workspace(version).engine, claimed=dict(claimed), min_group=min_group)


def standings(instrument: Instrument, *, sample: bool) -> tuple[Standing, ...]:
    """Where each company stands that took this instrument; only what was submitted since the last look is read."""
    known = _placed(str(state.settings().records_file), instrument.id, instrument.version)
    read_standings.place(instrument, known)
    return read_standings.standings(instrument, list(known.values()), sample=sample)


@st.cache_resource(max_entries=8, show_spinner=False)
def _placed(records: str, instrument_id: str, version: str) -> dict[int, read_standings.Placed]:
    return {}
