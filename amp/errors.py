"""The only errors that people see: one sentence that says what and where, and one next step."""

from __future__ import annotations


class AmpError(Exception):
    """Something a person can understand and mend.

    `message` is a whole sentence in the reader's terms; `hint` is the next step, also a sentence, or empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(AmpError):
    """A setting is wrong, so the app refuses to start."""


class ImportRefused(AmpError):
    """A file cannot be read as what it was offered as; nothing was stored."""


class NotAllowed(AmpError):
    """The visitor's role does not cover this."""


class NotFound(AmpError):
    """The thing asked for is not here (any more)."""


class Conflict(AmpError):
    """The thing changed meanwhile, or its state forbids the change."""


class InstrumentError(AmpError):
    """An audit instrument file is broken."""
