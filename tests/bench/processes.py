"""Streamlit scripts served bare beside AMP, and what a process has spent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import PROJECT, free_port

BARE = Path(__file__).parent / "bare"


@contextmanager
def bare(script: str) -> Iterator[tuple[str, int]]:
    """A script of ours without AMP, under the same .streamlit/config.toml: its address and process number."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(BARE / script), f"--server.port={port}"]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.kill()
        process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes] | subprocess.Popen[str], *, at_most: float = 60) -> None:
    """Until `url` answers 200; raises when the process ends or it takes too long."""
    end = time.monotonic() + at_most
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(url)


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
