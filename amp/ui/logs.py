"""Structured logging: one JSON line an event on standard error; no links, tokens, passcodes or answers."""

from __future__ import annotations

import logging
import sys
from typing import Any, Final

import structlog

# Local variables stay out: they hold passcodes, tokens and what customers wrote.
_TRACEBACK: Final = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)


def configure(level: str) -> None:
    """Set up logging for this process; `level` as in AMP_LOG_LEVEL."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_TRACEBACK),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def logger() -> Any:
    """The app's log: `logger().info("event", key=value)`."""
    return structlog.get_logger()
