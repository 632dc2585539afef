"""Every answer is protected, static files are small, and without sign-in only this machine is let in."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest

from amp.ui.middleware import (
    HEADERS,
    Closed,
    CompressedStatic,
    LoopbackOnly,
    SameOrigin,
    SecurityHeaders,
    UploadsWithin,
)

BODY = b"const answer = 42;\n" * 200


class Inner:
    """An app that answers with one body and counts how often it was asked."""

    def __init__(self, body=BODY, status=200, content_type=b"text/javascript"):
        self.body, self.status, self.content_type, self.asked = body, status, content_type, 0

    async def __call__(self, scope, receive, send):
        self.asked += 1
        headers = [(b"content-type", self.content_type), (b"content-length", str(len(self.body)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def ask(app, path="/static/js/a.js", *, client="127.0.0.1", server="127.0.0.1", kind="http", **headers):
    """The status, headers and body that `app` answers with."""
    sent = []
    given = {"host": "localhost:8501", "accept_encoding": "gzip, br", **headers}
    scope = {
        "type": kind,
        "method": "GET",
        "path": path,
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()],
        "client": (client, 50000),
        "server": (server, 8501),
    }

    async def send(message):
        sent.append(message)

    # In a thread of its own: the browser tests of the same run keep an event loop in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, app(scope, None, send)).result()
    if kind == "websocket":
        return sent
    headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def test_every_answer_carries_the_security_headers_once():
    status, headers, _ = ask(SecurityHeaders(CompressedStatic(Inner())))
    assert status == 200
    for name, value in HEADERS.items():
        assert headers[name.lower()] == value


def test_a_static_file_arrives_compressed_and_whole():
    _, headers, body = ask(CompressedStatic(Inner()))
    assert headers["content-encoding"] == "gzip"
    assert int(headers["content-length"]) == len(body) < len(BODY) / 5
    assert gzip.decompress(body) == BODY


def test_a_static_file_is_compressed_once_and_kept():
    inner = Inner()
    app = SecurityHeaders(CompressedStatic(inner))
    assert ask(app) == ask(app)
    assert inner.asked == 1


def test_a_missing_file_is_not_kept():
    inner = Inner(status=404)
    app = CompressedStatic(inner)
    ask(app)
    ask(app)
    assert inner.asked == 2


@pytest.mark.parametrize("headers", [{"accept_encoding": "identity"}, {"range": "bytes=0-10"}])
def test_who_cannot_take_gzip_gets_the_plain_file(headers):
    _, answered, body = ask(CompressedStatic(Inner()), **headers)
    assert "content-encoding" not in answered
    assert body == BODY


@pytest.mark.parametrize("path", ["/media/report.csv", "/_stcore/health", "/api/health"])
def test_files_of_visitors_and_endpoints_are_left_alone(path):
    _, answered, body = ask(CompressedStatic(Inner()), path, accept="text/html")
    assert "content-encoding" not in answered
    assert body == BODY


@pytest.mark.parametrize(
    ("client", "server", "host", "let_in"),
    [
        ("127.0.0.1", "127.0.0.1", "localhost:8501", True),
        ("::1", "::1", "[::1]:8501", True),
        ("192.0.2.7", "192.0.2.1", "192.0.2.1:8501", False),
        ("127.0.0.1", "192.0.2.1", "localhost:8501", False),
        ("127.0.0.1", "127.0.0.1", "evil.example:8501", False),
    ],
)
def test_without_sign_in_only_this_machine_is_let_in(client, server, host, let_in):
    inner = Inner()
    status, _, body = ask(LoopbackOnly(inner), "/", client=client, server=server, host=host)
    assert (status == 200, inner.asked == 1) == (let_in, let_in)
    assert let_in or b"AMP_AUTH=passcode" in body


def test_a_websocket_from_elsewhere_is_closed():
    inner = Inner()
    assert ask(LoopbackOnly(inner), kind="websocket", host="evil.example") == [
        {"type": "websocket.close", "code": 1008}
    ]
    assert inner.asked == 0


@pytest.mark.parametrize(
    ("origin", "let_in"),
    [
        ("http://localhost:8501", True),
        ("https://amp.example.com", True),
        ("http://localhost:3000", False),
        ("null", False),
    ],
)
def test_a_websocket_of_another_page_is_closed_before_streamlit_looks(origin, let_in):
    async def inner(_scope, _receive, send):
        await send({"type": "websocket.accept"})

    sent = ask(SameOrigin(inner, own="amp.example.com"), "/_stcore/stream", kind="websocket", origin=origin)
    assert sent[0]["type"] == ("websocket.accept" if let_in else "websocket.close")


@pytest.mark.parametrize(("token", "status"), [("editor", 200), ("viewer", 403), (None, 403)])
def test_only_those_who_may_import_can_send_files(token, status):
    app = UploadsWithin(Inner(), may_upload=lambda given: given == "editor")
    cookie = {"cookie": f"amp_session={token}"} if token else {}
    assert ask(app, "/_stcore/upload_file/session/file", **cookie)[0] == status


def test_a_guest_still_gets_everything_else():
    assert ask(UploadsWithin(Inner(), may_upload=lambda _given: False), "/_stcore/host-config")[0] == 200


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/script-health-check"])
def test_what_tells_a_stranger_about_the_server_is_closed(path):
    assert ask(Closed(Inner()), path)[0] == 404
