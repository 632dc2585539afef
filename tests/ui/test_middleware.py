"""Every answer is protected, static files are small, and without sign-in only this machine is let in."""

import asyncio
import gzip

import pytest

from amp.ui.middleware import HEADERS, CompressedStatic, LoopbackOnly, SecurityHeaders

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

    asyncio.run(app(scope, None, send))
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
