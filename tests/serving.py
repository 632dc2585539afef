"""A real AMP in a process of its own: how the browser tests and the benchmarks start, kill and ask it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
PASSCODES = {"admin": "admin passcode 1", "editor": "editor passcode 1", "viewer": "viewer passcode 1"}
PATIENCE = 60  # seconds
PASSCODE_MODE = {"AMP_AUTH": "passcode"} | {f"AMP_{role.upper()}_PASSCODE": code for role, code in PASSCODES.items()}


@dataclass
class Server:
    """A running AMP, where it keeps its data, and what it was told."""

    url: str
    home: Path
    process: subprocess.Popen[str]
    settings: dict[str, str]
    loaded_in: float = 0.0  # seconds that the one click on the sample company took, where it was made
    log: Path | None = None  # what it writes on standard output and error, where that is kept

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def health(self) -> tuple[int, dict[str, Any]]:
        """The status and body of /api/health."""
        try:
            with urllib.request.urlopen(f"{self.url}/api/health", timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)

    def kill(self) -> None:
        """As a power cut would: nothing gets a chance to be tidied up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()

    def start_again(self) -> Server:
        """The same workspace on the same address."""
        return start(self.home, self.settings, port=self.port, log=self.log)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(
    home: Path,
    settings: Mapping[str, str] | None = None,
    *,
    port: int | None = None,
    pause: float = 0.1,
    log: Path | None = None,
) -> Server:
    """Start on a workspace and wait until it is healthy; raises when it ends or takes too long.

    `log` is a file that takes everything the server writes.
    """
    port, given = port or free_port(), dict(settings or {})
    with Path(os.devnull if log is None else log).open("ab") as out:
        process = _launch(home, port, given, said=out.fileno(), errors=out.fileno())
    server = Server(f"http://127.0.0.1:{port}", home, process, given, log=log)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with {server.process.returncode}")
        try:
            if server.health()[0] == 200:
                return server
        except (OSError, ValueError):
            time.sleep(pause)
    server.kill()
    raise TimeoutError("the server did not become healthy")


def refusal(home: Path, *options: str, settings: Mapping[str, str] | None = None) -> tuple[int, str]:
    """The exit code and what was printed by a server that is expected not to start."""
    process = _launch(home, free_port(), settings or {}, *options, errors=subprocess.PIPE)
    try:
        _, said = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise AssertionError("the server started, although it should have refused") from None
    return process.returncode, said


def _launch(
    home: Path,
    port: int,
    settings: Mapping[str, str],
    *options: str,
    said: int = subprocess.DEVNULL,
    errors: int = subprocess.DEVNULL,
) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AMP_")}
    return subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", *options],
        cwd=PROJECT,
        env=environment | {"AMP_HOME": str(home)} | dict(settings),
        stdout=said,
        stderr=errors,
        text=True,
    )
