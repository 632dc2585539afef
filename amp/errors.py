"""The only errors that people see: one sentence that says what and where, and one next step."""

from __future__ import annotations

from typing import Any


class AmpError(Exception):
    """Something a person can understand and mend.

    `message` is a whole sentence in the reader's terms; `hint` is the next step, also a sentence, or empty. Both may
    name `values` in braces; `template` keeps them apart, so that another language can be put in their place.
    """

    def __init__(self, message: str, hint: str = "", **values: Any) -> None:
        self.template = (message, hint)
        self.values = values
        self.message, self.hint = (part.format(**values) if values else part for part in self.template)
        super().__init__(self.message)


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
    """An audit instrument file is broken; `faults` has all that is wrong with it, each with its line."""

    def __init__(self, message: str, hint: str = "", faults: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.faults = faults
