"""What the process holds open: settings, records and the audit's instrument; opened once, by whoever comes first."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from amp.audit.instrument import Instrument, read_instrument
from amp.config import DATA, Settings, settings
from amp.records.access import Passcodes
from amp.records.database import Records, open_records


@lru_cache(maxsize=1)
def records() -> Records:
    """The records of this workspace, migrated to the newest form."""
    here = settings()
    here.home.mkdir(parents=True, exist_ok=True)
    return open_records(here.records_file, passcodes=Passcodes.of(here), idle=timedelta(minutes=here.idle_minutes))


@lru_cache(maxsize=1)
def instrument() -> Instrument:
    """The audit that is offered now."""
    return read_instrument(DATA / "instruments" / "amp-snapshot.toml")


def forget() -> None:
    """Close and forget everything (shutdown, and tests that move AMP_HOME)."""
    if records.cache_info().currsize:
        records().close()
    for held in (records, instrument, settings):
        held.cache_clear()


__all__ = ["Settings", "forget", "instrument", "records", "settings"]
