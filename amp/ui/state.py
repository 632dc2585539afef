"""What the process holds open: settings, records and the audit's instruments; opened once, by whoever comes first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from amp.audit.advice import StatementAdvice, read_advice
from amp.audit.instrument import Instrument, parse_instrument
from amp.config import DATA, Settings, settings
from amp.errors import NotFound
from amp.records.access import Passcodes
from amp.records.database import Records, open_records
from amp.records.instruments import KeptInstrument

SHIPPED: Final = "amp-snapshot"


@lru_cache(maxsize=1)
def records() -> Records:
    """The records of this workspace, migrated to the newest form, with the instruments that come with AMP."""
    here = settings()
    here.home.mkdir(parents=True, exist_ok=True)
    opened = open_records(here.records_file, passcodes=Passcodes.of(here), idle=timedelta(minutes=here.idle_minutes))
    for file in sorted((DATA / "instruments").glob("*.toml")):
        content = file.read_bytes()
        read = parse_instrument(content, source=file.name)
        opened.instruments.ship(read.id, read.version, read.title, content.decode("utf-8-sig"), datetime.now(UTC))
    return opened


def instrument(instrument_id: str = "") -> Instrument:
    """The newest published version of an instrument; without an id, the one that the audit's plain link offers."""
    store = records().instruments
    wanted = instrument_id or store.offered() or SHIPPED
    kept = store.newest(wanted) or (None if instrument_id else store.newest(SHIPPED))
    if kept is None:
        raise NotFound("There is no such audit here.", "Check that the link is whole, or take the usual audit.")
    return parsed(kept)


def given_under(instrument_id: str, version: str) -> Instrument:
    """The instrument in the very version that an audit was given under."""
    kept = records().instruments.of(instrument_id, version)
    if kept is None:
        raise NotFound("This audit was given with another instrument.", "Load that instrument again to see the result.")
    return parsed(kept)


def parsed(kept: KeptInstrument) -> Instrument:
    """A kept instrument, read."""
    return _parsed(kept.content)


@lru_cache(maxsize=32)
def _parsed(content: str) -> Instrument:
    return parse_instrument(content.encode(), source="in the records")


@lru_cache(maxsize=8)
def advice(instrument_id: str) -> Mapping[str, StatementAdvice]:
    """The advice for an instrument's statements; nothing where there is none."""
    return read_advice(DATA / "advice" / f"{instrument_id}.toml")


def forget() -> None:
    """Close and forget everything (shutdown, and tests that move AMP_HOME)."""
    if records.cache_info().currsize:
        records().close()
    for held in (records, settings):
        held.cache_clear()


__all__ = ["Settings", "advice", "forget", "given_under", "instrument", "parsed", "records", "settings"]
