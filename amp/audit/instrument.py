"""An audit instrument: read from TOML, checked as a whole, then frozen."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final

from pydantic import ConfigDict, Field, Strict, StringConstraints, TypeAdapter, ValidationError

from amp.audit.places import Path as Place
from amp.audit.places import line_of
from amp.errors import InstrumentError

OTHER: Final = "Other"
"""The segment that asks for a name in words, where an instrument lists it."""

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]
_Whole = Annotated[int, Strict()]
_BYTES_AT_MOST: Final = 200_000
_STATEMENTS_AT_MOST: Final = 200
_HINT: Final = "Mend the instrument file and try again; data/instruments/amp-snapshot.toml shows the form."
_READABLE: Final = {
    "missing": "is missing",
    "extra_forbidden": "is a name that the form does not know",
    "unexpected_keyword_argument": "is a name that the form does not know",
    "string_type": "must be text in quotes",
    "string_too_short": "must not be empty",
    "string_too_long": "is too long",
    "int_type": "must be a whole number",
    "too_short": "has too few entries",
}


@dataclass(frozen=True)
class ClosedForm:
    """A key that the form does not know is a misspelling, so it is refused."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class ScalePoint(ClosedForm):
    """One answer that can be given, as a number and as a word."""

    value: _Whole
    label: _Text


@dataclass(frozen=True)
class Band(ClosedForm):
    """A closed range of a total, with its word."""

    label: _Text
    low: _Whole
    high: _Whole
    meaning: str = ""

    def holds(self, total: int) -> bool:
        """Whether `total` lies in this band; both ends belong to it."""
        return self.low <= total <= self.high


@dataclass(frozen=True)
class Statement(ClosedForm):
    """One sentence to be rated."""

    id: _Key
    text: _Text


@dataclass(frozen=True)
class Category(ClosedForm):
    """A group of statements that share a total."""

    id: _Key
    title: _Text
    statements: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=50)]


@dataclass(frozen=True)
class Industry(ClosedForm):
    """The segments a company can place itself in."""

    segments: Annotated[tuple[_Text, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Instrument(ClosedForm):
    """A whole audit. Every category has equally many statements, so one set of category bands fits them all."""

    id: _Key
    version: _Key
    title: _Text
    question: _Text
    scale: Annotated[tuple[ScalePoint, ...], Field(min_length=2, max_length=11)]
    category_bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    overall_bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    categories: Annotated[tuple[Category, ...], Field(min_length=1, max_length=20)]
    industry: Industry

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All statements in the order they are asked."""
        return tuple(statement for category in self.categories for statement in category.statements)

    @cached_property
    def labels(self) -> dict[int, str]:
        """The word for each value of the scale."""
        return {point.value: point.label for point in self.scale}


_FORM: Final = TypeAdapter(Instrument)


def read_instrument(path: Path) -> Instrument:
    """The instrument in a TOML file. Raises InstrumentError with the file and the place of what is wrong."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InstrumentError(
            f"The instrument {path.name} cannot be read: {error.strerror or error}.", _HINT
        ) from error
    return parse_instrument(content, source=path.name)


def parse_instrument(content: bytes, *, source: str) -> Instrument:
    """The instrument in TOML text; `source` names it in errors.

    Raises InstrumentError, whose `faults` hold everything that was found, each with its line.
    """
    text = _text(content, source)
    try:
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _refused(source, [f"It is not valid TOML: {error}"]) from error
    try:
        instrument = _FORM.validate_python(parsed)
    except ValidationError as error:
        found: list[tuple[Place, str]] = [(fault["loc"], _readable(fault)) for fault in error.errors()]
    else:
        found = list(_faults(instrument))
        if not found:
            return instrument
    raise _refused(source, [_with_line(text, place, fault) for place, fault in found[:20]])


def _text(content: bytes, source: str) -> str:
    if len(content) > _BYTES_AT_MOST:
        raise _refused(source, [f"It is larger than {_BYTES_AT_MOST // 1000} kB"])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(source, [f"Line {content[: error.start].count(10) + 1}: it is not UTF-8 text"]) from error


def _refused(source: str, faults: list[str]) -> InstrumentError:
    said = "; ".join(faults[:5])
    return InstrumentError(f"The instrument {source} is not valid. {said}.", _HINT, tuple(faults))


def _readable(fault: Any) -> str:
    what = _READABLE.get(fault["type"], fault["msg"])
    return f"{_place(fault['loc'])}: {what}"


def _with_line(text: str, place: Place, fault: str) -> str:
    line = line_of(text, place)
    return f"Line {line}: {fault}" if line else fault


def _place(location: Place) -> str:
    """`("categories", 1, "statements", 0, "text")` as a person counts: `categories 2, statements 1, text`."""
    words = ""
    for part in location:
        words += f" {part + 1}" if isinstance(part, int) else f", {part}" if words else part
    return words or "the file"


def _faults(instrument: Instrument) -> Iterator[tuple[Place, str]]:
    """What no single field can tell, each with the place of the later of the two things that do not fit."""
    categories = list(enumerate(instrument.categories))
    statements = [
        (("categories", n, "statements", m, "id"), one.id)
        for n, category in categories
        for m, one in enumerate(category.statements)
    ]
    if len(statements) > _STATEMENTS_AT_MOST:
        yield ("categories",), f"an instrument has at most {_STATEMENTS_AT_MOST} statements, not {len(statements)}"
    yield from _repeated("category id", ((("categories", n, "id"), one.id) for n, one in categories))
    yield from _repeated("statement id", statements)
    yield from _repeated("scale label", ((("scale", n, "label"), one.label) for n, one in enumerate(instrument.scale)))
    segments = enumerate(instrument.industry.segments)
    yield from _repeated("industry segment", ((("industry", "segments", n), name) for n, name in segments))
    values = [point.value for point in instrument.scale]
    if values != list(range(values[0], values[0] + len(values))):
        yield ("scale",), f"the scale's values must rise by one, but are {', '.join(map(str, values))}"
        return
    sizes = [len(category.statements) for category in instrument.categories]
    if len(set(sizes)) > 1:
        odd = next(n for n, size in enumerate(sizes) if size != sizes[0])
        listed = ", ".join(map(str, sorted(set(sizes))))
        yield ("categories", odd), f"every category needs equally many statements, but they have {listed}"
        return
    yield from _untiled("category_bands", instrument.category_bands, values, sizes[0])
    yield from _untiled("overall_bands", instrument.overall_bands, values, len(instrument.statements))


def _repeated(what: str, names: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    listed = list(names)
    last = {name: place for place, name in listed}
    for name, times in Counter(name for _, name in listed).items():
        if times > 1:
            yield last[name], f"the {what} “{name}” is used {times} times"


def _untiled(name: str, bands: Sequence[Band], values: Sequence[int], statements: int) -> Iterator[tuple[Place, str]]:
    """Faults of bands that do not cover each total of `statements` answers exactly once, in rising order."""
    yield from _repeated(f"label in {name}", (((name, n, "label"), band.label) for n, band in enumerate(bands)))
    expected = values[0] * statements
    for n, band in enumerate(bands):
        if band.high < band.low:
            yield (name, n, "high"), f"{name}: “{band.label}” ends at {band.high}, before it starts at {band.low}"
        elif band.low != expected:
            fault = "leaves a gap" if band.low > expected else "overlaps"
            yield (name, n, "low"), f"{name}: “{band.label}” {fault}: it starts at {band.low} instead of {expected}"
        expected = band.high + 1
    if expected != values[-1] * statements + 1:
        last = values[-1] * statements
        yield (name, len(bands) - 1, "high"), f"{name}: the last band ends at {expected - 1} instead of {last}"
