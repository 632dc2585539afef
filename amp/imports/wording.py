"""Headings and questions as words: cleaned for reading, folded for comparing."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from typing import Final

_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
_SCRIPT: Final = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_PIPED: Final = re.compile(r"\$\{[a-z]+://([^}]*)\}")
_SPACE: Final = re.compile(r"\s+")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_YEAR: Final = re.compile(r"\b20\d\d\b")
# SurveyMonkey turned no-break spaces into these when it went through Mac Roman twice. Ê also begins French words
# ("Êtes-vous"), so it is a space only behind a small letter or where no word in capitals or small letters goes on.
_MANGLED_SPACE: Final = re.compile(r"(?:åÊ|Œæ|Â(?=\s|$)|(?<=[a-z])Ê+|(?<![^\W_])Ê(?=Ê*(?:\s|$|[A-Z][a-z])))+")
_ODD: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u200b": "", "\ufeff": ""}
)


def clean(text: str) -> str:
    """A heading for reading: without tags, entities, piped-text codes, mangled spaces and line breaks."""
    if "<" in text:
        text = _TAG.sub(" ", _SCRIPT.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    text = _PIPED.sub(r"[\1]", text)
    text = _MANGLED_SPACE.sub(" ", text).replace("\x00", "")
    return _SPACE.sub(" ", text.replace("\u200b", "").replace("\ufeff", "")).strip()


def fold(text: str) -> str:
    """Words for comparing: lower case, without accents, punctuation and doubled spaces."""
    plain = unicodedata.normalize("NFKD", text.translate(_ODD).casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return _NOT_WORD.sub(" ", bare).strip()


def fold_name(name: str) -> str:
    """A column name for comparing: `AccountName`, `account_name` and `Account name` are one."""
    return fold(_CAMEL.sub(" ", name))


def question_key(*parts: str) -> str:
    """What one question is called in every wave: its folded words without years, shortened, with a hash of them all."""
    words = fold(_YEAR.sub("", " ".join(parts))) or "question"
    digest = hashlib.sha256(words.encode()).hexdigest()[:8]
    return f"{words[:48].strip().replace(' ', '-')}-{digest}"


def shorten(text: str, limit: int = 48) -> str:
    """`text` cut at a word, with an ellipsis, to at most `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:-")
    return f"{cut or text[: limit - 1]}…"
