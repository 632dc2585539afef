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

from amp.errors import InstrumentError

OTHER: Final = "Other"
"""The segment that asks for a name in words, where an instrument lists it."""

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
_Whole = Annotated[int, Strict()]
_HINT: Final = "Mend the instrument file and start again; data/instruments/amp-snapshot.toml shows the form."


@dataclass(frozen=True)
class _Strict:
    """A key that the form does not know is a misspelling, so it is refused."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class ScalePoint(_Strict):
    """One answer that can be given, as a number and as a word."""

    value: _Whole
    label: _Text


@dataclass(frozen=True)
class Band(_Strict):
    """A closed range of a total, with its word."""

    label: _Text
    low: _Whole
    high: _Whole
    meaning: str = ""

    def holds(self, total: int) -> bool:
        """Whether `total` lies in this band; both ends belong to it."""
        return self.low <= total <= self.high


@dataclass(frozen=True)
class Statement(_Strict):
    """One sentence to be rated."""

    id: _Text
    text: _Text


@dataclass(frozen=True)
class Category(_Strict):
    """A group of statements that share a total."""

    id: _Text
    title: _Text
    statements: Annotated[tuple[Statement, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Industry(_Strict):
    """The segments a company can place itself in."""

    segments: Annotated[tuple[_Text, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Instrument(_Strict):
    """A whole audit. Every category has equally many statements, so one set of category bands fits them all."""

    id: _Text
    version: _Text
    title: _Text
    question: _Text
    scale: Annotated[tuple[ScalePoint, ...], Field(min_length=2)]
    category_bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    overall_bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
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
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InstrumentError(
            f"The instrument {path.name} cannot be read: {error.strerror or error}.", _HINT
        ) from error
    except UnicodeDecodeError as error:
        raise InstrumentError(f"The instrument {path.name} is not UTF-8 text.", _HINT) from error
    except tomllib.TOMLDecodeError as error:
        raise InstrumentError(f"The instrument {path.name} is not valid TOML: {error}.", _HINT) from error
    return parse_instrument(content, source=path.name)


def parse_instrument(content: dict[str, Any], *, source: str) -> Instrument:
    """The instrument in parsed TOML; `source` names it in errors. Raises InstrumentError with every fault found."""
    try:
        instrument = _FORM.validate_python(content)
    except ValidationError as error:
        faults = [f"{_place(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
    else:
        faults = list(_faults(instrument))
        if not faults:
            return instrument
    raise InstrumentError(f"The instrument {source} is not valid. {'; '.join(faults[:5])}.", _HINT)


def _place(location: Sequence[int | str]) -> str:
    """`("categories", 1, "statements", 0, "text")` as a person counts: `categories 2, statements 1, text`."""
    words = ""
    for part in location:
        words += f" {part + 1}" if isinstance(part, int) else f", {part}" if words else part
    return words or "the file"


def _faults(instrument: Instrument) -> Iterator[str]:
    yield from _repeated("category id", (category.id for category in instrument.categories))
    yield from _repeated("statement id", (statement.id for statement in instrument.statements))
    yield from _repeated("scale label", (point.label for point in instrument.scale))
    yield from _repeated("industry segment", instrument.industry.segments)
    values = [point.value for point in instrument.scale]
    if values != list(range(values[0], values[0] + len(values))):
        yield f"the scale's values must rise by one, but are {', '.join(map(str, values))}"
        return
    sizes = {len(category.statements) for category in instrument.categories}
    if len(sizes) > 1:
        yield f"every category needs equally many statements, but they have {', '.join(map(str, sorted(sizes)))}"
        return
    yield from _untiled("category_bands", instrument.category_bands, values, sizes.pop())
    yield from _untiled("overall_bands", instrument.overall_bands, values, len(instrument.statements))


def _repeated(what: str, names: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"the {what} “{name}” is used {times} times"


def _untiled(name: str, bands: Sequence[Band], values: Sequence[int], statements: int) -> Iterator[str]:
    """Faults of bands that do not cover each total of `statements` answers exactly once, in rising order."""
    yield from _repeated(f"label in {name}", (band.label for band in bands))
    expected = values[0] * statements
    for band in bands:
        if band.high < band.low:
            yield f"{name}: “{band.label}” ends at {band.high}, before it starts at {band.low}"
        elif band.low != expected:
            fault = "leaves a gap" if band.low > expected else "overlaps"
            yield f"{name}: “{band.label}” {fault}: it starts at {band.low} instead of {expected}"
        expected = band.high + 1
    if expected != values[-1] * statements + 1:
        yield f"{name}: the last band ends at {expected - 1} instead of {values[-1] * statements}"
