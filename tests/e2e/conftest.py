"""A real server and a real browser: one server for each way of signing in, one browser for all."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
FINISHED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"]');
}"""
PASSCODES = {"admin": "admin passcode 1", "editor": "editor passcode 1", "viewer": "viewer passcode 1"}


def pytest_collection_modifyitems(items):
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@dataclass
class Server:
    """A running AMP and where it keeps its data."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]

    def health(self) -> dict:
        with urllib.request.urlopen(f"{self.url}/api/health", timeout=5) as answer:
            return json.load(answer)

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(home: Path, *, port: int | None = None, wait: float = 60, **settings: str) -> Server:
    port = port or free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AMP_")}
    environment |= {"AMP_HOME": str(home), **settings}
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if wait == 0 else subprocess.DEVNULL,
    )
    server = Server(f"http://127.0.0.1:{port}", home, process)
    end = time.monotonic() + wait
    while time.monotonic() < end:
        try:
            server.health()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode}") from None
            time.sleep(0.2)
        else:
            return server
    if wait:
        server.kill()
        raise TimeoutError("the server did not become healthy")
    return server


@pytest.fixture(scope="session")
def local_server(tmp_path_factory) -> Iterator[Server]:
    """Without sign-in; the sample company is loaded by the first test that asks for `sample_server`."""
    server = start(tmp_path_factory.mktemp("local") / "home")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def passcode_server(tmp_path_factory) -> Iterator[Server]:
    """With a passcode for each role."""
    codes = {f"AMP_{role.upper()}_PASSCODE": code for role, code in PASSCODES.items()}
    server = start(tmp_path_factory.mktemp("passcode") / "home", AMP_AUTH="passcode", **codes)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sample_server(tmp_path_factory, browser) -> Iterator[Server]:
    """Without sign-in, with the sample company loaded by the one click."""
    server = start(tmp_path_factory.mktemp("sample") / "home")
    page = browser.new_page()
    open_page(page, server.url + "/")
    page.get_by_role("button", name="Load the sample company").click()
    page.get_by_text("Recommend score").first.wait_for(timeout=60_000)
    page.close()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("The browser tests need Chromium; `make test` installs it where it may.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield opened
        opened.close()


def settle(page: Page, seconds: float = 30) -> None:
    """Wait until the script has finished and stayed so."""
    page.wait_for_function(FINISHED, timeout=seconds * 1000)
    page.wait_for_timeout(400)
    page.wait_for_function(FINISHED, timeout=seconds * 1000)


def open_page(page: Page, url: str) -> Page:
    page.goto(url)
    settle(page)
    return page
