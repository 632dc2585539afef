"""Roles, and the passcodes that grant them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from pydantic import SecretStr

from amp.config import Settings
from amp.errors import NotAllowed

# OWASP's smallest argon2id setting: a guess costs about 20 ms and 19 MB, and few are let through at once.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class Role(IntEnum):
    """What a visitor may do; each role may do all that the ones below it may."""

    GUEST = 0
    VIEWER = 1
    EDITOR = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        """The role as people read it."""
        return self.name.lower()

    def require(self, least: Role) -> None:
        """Raises NotAllowed unless this role is `least` or above; every store method that changes things calls it."""
        if self < least:
            raise NotAllowed(
                f"This needs the role {least.word}; yours is {self.word}.", "Sign in with another passcode."
            )


class Passcodes:
    """The passcodes in force, kept as argon2id hashes of this process only."""

    def __init__(self, codes: Mapping[Role, SecretStr]) -> None:
        """`codes` has one passcode a role; roles without one cannot sign in."""
        self._codes = dict(sorted(codes.items()))
        self._hashes = {role: _HASHER.hash(code.get_secret_value()) for role, code in self._codes.items()}

    @classmethod
    def of(cls, settings: Settings) -> Passcodes:
        """The passcodes that the settings name."""
        named = {
            Role.VIEWER: settings.viewer_passcode,
            Role.EDITOR: settings.editor_passcode,
            Role.ADMIN: settings.admin_passcode,
        }
        return cls({role: code for role, code in named.items() if code is not None})

    def role_for(self, passcode: str) -> Role | None:
        """The role that `passcode` grants, or nothing. Each hash is tried, so that time does not tell which fits."""
        fitting = [role for role, known in self._hashes.items() if _fits(known, passcode)]
        return max(fitting, default=None)

    @property
    def hashes(self) -> Mapping[Role, str]:
        """An argon2id hash of each role's passcode, to tell at the next start whether it was changed."""
        return MappingProxyType(self._hashes)

    def is_still(self, role: Role, known: str) -> bool:
        """Whether the passcode of `role` is the one that `known` is a hash of."""
        code = self._codes.get(role)
        return code is not None and known != "" and _fits(known, code.get_secret_value())


def _fits(known: str, passcode: str) -> bool:
    try:
        return _HASHER.verify(known, passcode)
    except VerificationError:
        return False
