"""Real records in a folder of the test's own."""

from datetime import UTC, datetime

import pytest

from amp.records.database import open_records


@pytest.fixture
def path(tmp_path):
    return tmp_path / "records.sqlite3"


@pytest.fixture
def records(path):
    opened = open_records(path)
    yield opened
    opened.close()


@pytest.fixture
def now():
    return datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
