"""A line between a browser and a server that can be held (nothing passes, nobody is told) and let go again."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Line:
    """Carries connections from an address of its own to the server's."""

    def __init__(self, port: int) -> None:
        """`port` is the server's."""
        self._to = port
        self._free = threading.Event()
        self._free.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def hold(self) -> None:
        """As in a tunnel: connections stay open, and nothing goes through."""
        self._free.clear()

    def let_go(self) -> None:
        """What was held goes through now."""
        self._free.set()

    def end(self) -> None:
        """Take no more connections; those that are open end with the server's or the browser's side."""
        self._free.set()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        self._free.wait()
        try:
            far = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            near.close()
            return
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._free.wait()
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """A line to the server of that port, for as long as the block lasts."""
    line = Line(port)
    try:
        yield line
    finally:
        line.end()
