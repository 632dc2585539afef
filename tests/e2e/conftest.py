"""A real server and a real browser: one server for each way of signing in, one browser for all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import browsing, serving
from tests.serving import Server

expect.set_options(timeout=15_000)  # milliseconds: the machine may be busy


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing.chromium() as opened:
        yield opened


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """A desktop window of a visitor who was never here before."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser) -> Iterator[BrowserContext]:
    """A phone of a visitor who was never here before."""
    context = browser.new_context(**browsing.PHONE)
    yield context
    context.close()


@pytest.fixture
def own_server(tmp_path) -> Iterator[Server]:
    """A server that the test may kill, damage and start again."""
    servers = [serving.start(tmp_path / "home")]
    yield servers[0]
    servers[0].stop()


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory) -> Iterator[Server]:
    """Without sign-in, and nothing in it."""
    server = serving.start(tmp_path_factory.mktemp("empty") / "home")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def taker_server(tmp_path_factory) -> Iterator[Server]:
    """Without sign-in; audits are taken on it. It logs all it can, and the log is kept."""
    folder = tmp_path_factory.mktemp("taker")
    server = serving.start(folder / "home", {"AMP_LOG_LEVEL": "debug"}, log=folder / "log")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sample_server(tmp_path_factory, browser) -> Iterator[Server]:
    """Without sign-in, with the sample company loaded by the one click; says how long that took."""
    server = serving.start(tmp_path_factory.mktemp("sample") / "home")
    try:
        page = browser.new_page()
        server.loaded_in = browsing.load_sample(page, server.url)
        page.close()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def passcode_server(tmp_path_factory, sample_server) -> Iterator[Server]:
    """With a passcode for each role, and the sample company's data sets to protect."""
    home = tmp_path_factory.mktemp("passcode") / "home"
    shutil.copytree(sample_server.home / "datasets", home / "datasets")
    server = serving.start(home, serving.PASSCODE_MODE)
    yield server
    server.stop()
