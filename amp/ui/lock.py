"""One server a workspace: a second one on the same AMP_HOME is refused with a sentence."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from amp.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Held:
    """The lock as held; the operating system lets go of it when the process ends, however it ends."""

    descriptor: int

    def release(self) -> None:
        """Let the next server in."""
        os.close(self.descriptor)


def hold(home: Path) -> Held:
    """Take the workspace for this process; raises ConfigError naming the process that has it."""
    descriptor = os.open(home / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        other = os.read(descriptor, 20).decode().strip() or "unknown"
        os.close(descriptor)
        raise ConfigError(
            f"Another AMP (process {other}) already serves the workspace {home}.",
            "Use that one, stop it, or give this one its own AMP_HOME.",
        ) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return Held(descriptor)
