"""What wraps every request: security headers, compressed static files, and the bar on visitors from elsewhere."""

from __future__ import annotations

import gzip
import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE: Final = "amp_session"
_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        # Streamlit's page starts with an inline script, and its tables compile WebAssembly.
        "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

_NOT_HERE: Final = (
    "This AMP runs without sign-in and answers only on its own machine. Set AMP_AUTH=passcode to share it.\n"
)
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # The personal link of an audit is in the address: it must not travel to anyone.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds the same protective headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers)


class LoopbackOnly:
    """In local mode there is no sign-in, so whoever does not sit at this machine is turned away."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] in {"http", "websocket"} and not _is_local(scope):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            await PlainTextResponse(_NOT_HERE, status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class SameOrigin:
    """Closes websockets that another page opened, before Streamlit looks: it would ask the internet for our address."""

    def __init__(self, app: ASGIApp, own: str = "") -> None:
        """`own` is the host of AMP_PUBLIC_URL, which a proxy may hide behind another Host."""
        self.app = app
        self.own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc not in {headers.get("host"), self.own}:
                await send({"type": "websocket.close", "code": 1008})
                return
        await self.app(scope, receive, send)


class Closed:
    """Addresses of Streamlit's that tell a stranger about this server, and that nothing here needs."""

    _PATHS: Final = ("/_stcore/metrics", "/_stcore/script-health-check")

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["path"].startswith(self._PATHS):
            await PlainTextResponse("Not found\n", status_code=404)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class UploadsWithin:
    """Takes files only from those who may import: a guest's upload would sit in the server's memory."""

    def __init__(self, app: ASGIApp, may_upload: Callable[[str | None], bool]) -> None:
        """`may_upload` judges the visitor by the session cookie."""
        self.app = app
        self.may_upload = may_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["path"].startswith("/_stcore/upload_file/"):
            token = Request(scope).cookies.get(COOKIE)
            if not await to_thread.run_sync(self.may_upload, token):
                await PlainTextResponse("Sign in as an editor to import.\n", status_code=403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class CompressedStatic:
    """Gzips Streamlit's static files once and keeps the result: their names carry a hash, so they never change."""

    _ROOM: Final = 600
    _SMALLEST: Final = 1000

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: OrderedDict[str, tuple[Message, bytes]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not _wants_gzip(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path in self._kept:
            start, body = self._kept[path]
            await _send_whole(send, start, body)
            return
        collected = _Collected()
        await self.app(scope, receive, collected)
        start, body = await self._compressed(collected)
        if start["status"] == 200 and path.startswith("/static/"):
            self._kept[path] = (start, body)
            while len(self._kept) > self._ROOM:
                self._kept.popitem(last=False)
        await _send_whole(send, start, body)

    async def _compressed(self, collected: _Collected) -> tuple[Message, bytes]:
        start, body = collected.start, bytes(collected.body)
        headers = MutableHeaders(scope=start)
        kind = headers.get("content-type", "")
        if (
            start["status"] == 200
            and len(body) >= self._SMALLEST
            and "content-encoding" not in headers
            and kind.startswith(
                ("text/", "application/javascript", "application/json", "image/svg", "application/wasm")
            )
        ):
            body = await to_thread.run_sync(lambda: gzip.compress(body, compresslevel=9, mtime=0))
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        return start, body


class _Collected:
    """Takes an answer in, whole, instead of sending it."""

    def __init__(self) -> None:
        self.start: Message = {"type": "http.response.start", "status": 500, "headers": []}
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        """Take one part of the answer in."""
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


async def _send_whole(send: Send, start: Message, body: bytes) -> None:
    # A copy: wrappers further out add their headers to the message they see.
    await send({**start, "headers": list(start["headers"])})
    await send({"type": "http.response.body", "body": body})


def _wants_gzip(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers, path = Headers(scope=scope), scope["path"]
    if path.startswith(("/_stcore/", "/media/", "/component/", "/api/")):
        return False
    if not path.startswith("/static/") and "text/html" not in headers.get("accept", ""):
        return False
    return "gzip" in headers.get("accept-encoding", "") and "range" not in headers


def _is_local(scope: Scope) -> bool:
    ends = (scope.get("client"), scope.get("server"))
    if any(end and not _is_loopback(str(end[0])) for end in ends):
        return False
    # A name that merely resolves to 127.0.0.1 (DNS rebinding) is somebody else's page talking to ours.
    host = Headers(scope=scope).get("host", "localhost")
    return _is_loopback(host.rsplit(":", 1)[0] if not host.endswith("]") else host)


def _is_loopback(host: str) -> bool:
    bare = host.strip("[]")
    if bare == "localhost" or bare.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False
