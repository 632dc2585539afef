"""A small company, opened in a real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from amp.warehouse.engine import Engine
from tests.small_company import Company, people


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


@pytest.fixture
def opened(company: Company) -> Engine:
    company.add_accounts()
    company.add_survey("Spring 2024", people())
    company.add_survey("Spring 2025", people(shift=-6))
    return company.open()


@pytest.fixture
def empty(company: Company) -> Engine:
    return company.open()
