"""Raw comments into plain, masked text, and which of them say something that can have a theme."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final, Literal

from amp.text.wordlists import words

Kind = Literal["answer", "praise", "non_answer"]

LONGEST: Final = 20_000  # characters of one comment that are read; a pasted book must not stop the others
EMAIL_MASK: Final = "[e-mail]"
PHONE_MASK: Final = "[phone]"
LINK_MASK: Final = "[link]"

# Only what looks like a tag goes: "delivery < 3 days" is a customer's sentence.
_TAG: Final = re.compile(r"<!--.{0,2000}?-->|</?[a-zA-Z][^<>]{0,500}>", re.DOTALL)
_SCRIPT: Final = re.compile(r"<(script|style)\b[^<>]{0,500}>.{0,5000}?</\1\s*>", re.DOTALL | re.IGNORECASE)
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_LINK: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"']{2,500}", re.IGNORECASE)
_PHONE: Final = re.compile(
    r"(?<![\w.,])(?:\+|00|\(?0)\d[\d ()./-]{5,18}\d(?!\w)|(?<![\w.,-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"
)
_MASKS: Final = ((_EMAIL, EMAIL_MASK), (_LINK, LINK_MASK), (_PHONE, PHONE_MASK))
_BLANKS: Final = re.compile(r"[^\S\n]+")
_WORD: Final = re.compile(r"[^\W_]+")
_LETTER: Final = re.compile(r"[^\W\d_]")


def clean(raw: str) -> str:
    """The comment as plain text: NFKC; no entities, tags, control, zero-width or bidi characters; contacts masked.

    E-mail addresses, phone numbers and links become a mask. Line breaks stay, since they separate thoughts. At most
    `LONGEST` characters are kept.
    """
    text = html.unescape(html.unescape(raw[: 2 * LONGEST]))  # exports that were exported again escape twice
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = _TAG.sub(" ", _SCRIPT.sub(" ", text)).replace("\r", "\n")
    text = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in text)
    text = masked(text)
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:LONGEST]


def masked(raw: str) -> str:
    """The words as written, with e-mail addresses, links and phone numbers masked: how a comment is quoted."""
    for pattern, mask in _MASKS:
        raw = pattern.sub(mask, raw)
    return raw.strip()


def folded(text: str) -> str:
    """Lower case, words only, one blank between them: the form in which two answers count as the same."""
    return " ".join(_WORD.findall(text.casefold()))


def kind(text: str) -> Kind:
    """What a cleaned comment is: a non-answer ("n/a", "RAS", "-"), praise without a subject, or an answer."""
    said = folded(text)
    if said in words().non_answers or not _LETTER.search(said):
        return "non_answer"
    spoken = said.split()
    if len(spoken) <= 4 and words().praise.issuperset(spoken):
        return "praise"
    return "answer"


def without_names(text: str, names: frozenset[str]) -> str:
    """The text less the given words (brands, companies; case-folded), which join sentences that share no need."""
    if not names:
        return text
    return _WORD.sub(lambda found: "" if found[0].casefold() in names else found[0], text)
