"""Secrets that a visitor carries: made here, handed out once, and stored only as their hash."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """32 characters of URL-safe randomness (192 bits): not to be guessed."""
    return secrets.token_urlsafe(24)


def hashed(token: str) -> str:
    """What is stored of a token. A plain hash is enough: a token is random, unlike a passcode."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
