"""Bytes to text: byte order marks, UTF-16 without one, UTF-8, and the one-byte encodings survey tools still write."""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 200_000
_FOREIGN_SHARE: Final = 0.4  # above this share of high bytes the text is not a Western one with accents
_TYPOGRAPHIC: Final = frozenset("’‘“”„–—…•«»€£©®™°§´·½²³ß\u00a0")
_WORDS: Final = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
}


def decode(content: bytes) -> tuple[str, str]:
    """The text and the encoding in words, without raising: a byte that fits nowhere becomes U+FFFD."""
    encoding = encoding_of(content)
    text = content.decode(encoding, errors="replace")
    return text.removeprefix("\ufeff"), _WORDS.get(encoding, encoding.replace("_", "-").upper())


def encoding_of(content: bytes) -> str:
    """The most plausible Python codec name for `content`."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return codec
    wide = _wide(content[:_SAMPLE])
    if wide:
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        # A single broken byte in a long UTF-8 text does not make the rest Windows-1252.
        return "utf-8" if _mostly_utf8(content) and error.reason else _one_byte(content)
    return "utf-8"


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of mostly Latin text is NUL, always on the same side."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd / half > 0.4 and even / half < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even / half > 0.4 and odd / half < 0.05 else ""


def _mostly_utf8(content: bytes) -> bool:
    decoded = content.decode("utf-8", errors="replace")
    broken = decoded.count("\ufffd") - content.count("\ufffd".encode())
    valid = sum(1 for character in decoded if character > "\x7f" and character != "\ufffd")
    return valid > 20 * broken


def _one_byte(content: bytes) -> str:
    high = bytes(byte for byte in content[:_SAMPLE] if byte > 0x7F)
    letters = sum(1 for byte in content[:_SAMPLE] if chr(byte).isalpha() and byte < 0x80) + len(high)
    if len(high) > _FOREIGN_SHARE * max(1, letters):
        best = from_bytes(content[:_SAMPLE]).best()
        if best is not None:
            return best.encoding
    sample = _near_high_bytes(content)
    return max(("cp1252", "mac_roman"), key=lambda codec: _plausibility(sample.decode(codec, errors="replace")))


def _near_high_bytes(content: bytes) -> bytes:
    around = re.findall(rb".{0,2}[\x80-\xff]+.{0,2}", content, flags=re.DOTALL)
    return b"\n".join(around[:20_000])


def _plausibility(text: str) -> float:
    """How much the non-ASCII characters look like those of Western words and typography."""
    return sum(_fit(text, place) for place, character in enumerate(text) if character > "\x7f")


def _fit(text: str, place: int) -> float:
    character = text[place]
    before = text[place - 1] if place else " "
    if character in _TYPOGRAPHIC:
        return 1.0
    if character.isalpha() and character.islower():
        return 1.0 if before.isalpha() or before in " \n\"',;" else 0.0
    if character.isalpha():
        return -1.0 if before.islower() else 0.5
    return -2.0
