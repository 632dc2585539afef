"""Starting, health, sign-in cookie and the error boundary: what app.py hangs on its ASGI app."""

from __future__ import annotations

import asyncio
import gc
import os
import secrets
import shutil
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache
from importlib import import_module
from tempfile import TemporaryFile
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from amp import __version__
from amp.config import Settings
from amp.errors import AmpError, ConfigError
from amp.ui import access, lock, logs, shell, state
from amp.ui.middleware import COOKIE, Closed, CompressedStatic, LoopbackOnly, SameOrigin, SecurityHeaders, UploadsWithin
from amp.warehouse import datasets

_LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}
_COLLECT_SECONDS: Final = 30
_WARM: Final = ("amp.ui.cache", "amp.ui.components")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open the stores before the first visitor; refuse to start, with a sentence, when something is not right."""
    try:
        settings = state.settings()
        logs.configure(settings.log_level)
        _refuse_open_door(settings)
        held = _open_stores(settings)
    except AmpError as error:
        sys.stderr.write(f"\nAMP did not start. {error.message} {error.hint}\n\n")
        sys.stderr.flush()
        # Leaving by an exception would bury the sentence under the server's traceback.
        os._exit(2)
    threading.Thread(target=_warm_imports, name="amp-warm", daemon=True).start()
    collecting = asyncio.create_task(_tidy())
    logs.logger().info("started", version=__version__, auth=settings.auth)
    yield {}
    collecting.cancel()
    with suppress(asyncio.CancelledError):
        await collecting
    state.forget()
    held.release()


def routes() -> list[Route]:
    """The addresses of ours beside Streamlit's."""
    return [
        Route("/api/health", _health, methods=["GET"]),
        Route("/api/session", _claim_session, methods=["POST"]),
        Route("/api/session", _drop_session, methods=["DELETE"]),
    ]


def middleware() -> list[Middleware]:
    """Wrappers of every request, outermost first; without sign-in, only this machine is let in."""
    wrappers = [Middleware(SecurityHeaders), Middleware(CompressedStatic), Middleware(Closed)]
    with suppress(ConfigError):  # the lifespan says it in a sentence and stops
        settings = state.settings()
        wrappers.append(Middleware(SameOrigin, own=urlsplit(settings.public_url).netloc))
        if settings.auth == "local":
            wrappers.insert(1, Middleware(LoopbackOnly))
        else:
            wrappers.append(Middleware(UploadsWithin, may_upload=access.may_upload))
    return wrappers


def show_error(error: Exception) -> bool:
    """The error boundary: what people can mend is said; anything else gets a reference number and a log entry."""
    if isinstance(error, AmpError):
        shell.show_problem(error)
        return True
    reference = secrets.token_hex(4)
    logs.logger().error("unexpected", reference=reference, exc_info=error)
    shell.show_problem(
        AmpError("Something went wrong on our side.", f"Reload the page. If it stays, report the number {reference}.")
    )
    return True


def _refuse_open_door(settings: Settings) -> None:
    address = st.get_option("server.address") or "all addresses"
    if settings.auth == "local" and address not in _LOOPBACK:
        raise ConfigError(
            f"AMP_AUTH=local has no sign-in, and the server was told to listen on {address}.",
            "Listen on 127.0.0.1, or set AMP_AUTH=passcode and AMP_ADMIN_PASSCODE.",
        )


def _open_stores(settings: Settings) -> lock.Held:
    try:
        settings.datasets.mkdir(parents=True, exist_ok=True)
        held = lock.hold(settings.home)
        shutil.rmtree(settings.scratch, ignore_errors=True)
        settings.scratch.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"The data folder {settings.home} cannot be used: {error.strerror}.",
            "Give AMP_HOME a folder that this user can write.",
        ) from error
    datasets.clear_leftovers(settings.datasets)
    state.records().sessions.purge()
    state.instrument()
    return held


def _warm_imports() -> None:
    """Import what pages need while nobody waits, then take it all out of the garbage collector's sight."""
    for module in _WARM:
        import_module(module)
    gc.collect()
    gc.freeze()


async def _tidy() -> None:
    # Streamlit's collection after every rerun is switched off in config.toml: it costs 57 to 100 ms each.
    while True:
        await asyncio.sleep(_COLLECT_SECONDS)
        gc.collect()
        with suppress(AmpError):  # a full disk shows elsewhere; ended sessions can wait
            await asyncio.to_thread(state.records().sessions.purge)


async def _health(_request: Request) -> JSONResponse:
    report = await asyncio.to_thread(_recently_examined, int(time.monotonic()))
    well = all(part["ok"] for part in report.values())
    body = {"status": "ok" if well else "unwell", "version": __version__, **report}
    return JSONResponse(body, status_code=200 if well else 503, headers={"Cache-Control": "no-store"})


@lru_cache(maxsize=1)
def _recently_examined(_second: int) -> dict[str, dict[str, Any]]:
    # Once a second at most: anybody may ask, and an answer takes the write lock.
    return examine()


def examine() -> dict[str, dict[str, Any]]:
    """How each part is: `ok`, and what is wrong where it is not."""
    return {"records": _check_records(), "datasets": _check_datasets(), "data_folder": _check_folder()}


def _check_records() -> dict[str, Any]:
    try:
        state.records().health()
    except AmpError as error:
        return {"ok": False, "problem": error.message}
    return {"ok": True}


def _check_datasets() -> dict[str, Any]:
    folder = state.settings().datasets
    try:
        loaded, damaged = len(datasets.stored(folder)), datasets.damaged(folder)
    except OSError as error:
        return {"ok": False, "problem": f"The data sets cannot be read: {error.strerror}."}
    if damaged:
        return {"ok": False, "loaded": loaded, "problem": f"{len(damaged)} of the data sets cannot be read."}
    return {"ok": True, "loaded": loaded}


def _check_folder() -> dict[str, Any]:
    home = state.settings().home
    try:
        with TemporaryFile(dir=home) as probe:
            probe.write(b"1")
        free = shutil.disk_usage(home).free // 2**20
    except OSError as error:
        return {"ok": False, "problem": f"The data folder cannot be written: {error.strerror}."}
    return {"ok": free > 50, "free_mb": free}


async def _claim_session(request: Request) -> Response:
    if not _same_site(request):
        return Response(status_code=403)
    try:
        ticket = str((await request.json())["ticket"])
        token = await asyncio.to_thread(state.records().sessions.redeem, ticket, datetime.now(UTC))
    except (AmpError, ValueError, KeyError, TypeError):
        return Response(status_code=403)
    answer = Response(status_code=204)
    secure = request.url.scheme == "https" or state.settings().public_url.startswith("https:")
    answer.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


async def _drop_session(request: Request) -> Response:
    if not _same_site(request):
        return Response(status_code=403)
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def _same_site(request: Request) -> bool:
    origin = request.headers.get("origin")
    homes = {request.headers.get("host"), urlsplit(state.settings().public_url).netloc}
    return origin is None or urlsplit(origin).netloc in homes
