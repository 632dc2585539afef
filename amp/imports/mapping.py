"""A mapping says what each column of a file is; it is proposed here, edited by a person, and remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from amp.imports.attributes import Subject, attribute_of, subject_of
from amp.imports.dates import parse_dates
from amp.imports.kinds import Kind, propose_kind
from amp.imports.lists import understand_lists
from amp.imports.profile import Profile, profiles_of
from amp.imports.shared_scales import scales_of
from amp.imports.survey import RawColumn, RawSurvey
from amp.imports.understanding import Understood, understand_column
from amp.imports.wording import fold

SCALED: Final = frozenset({"rating", "recommend", "importance", "comparison"})
QUESTIONS: Final = SCALED | {"comment", "choice", "number"}
PERSONAL: Final = frozenset({"email", "name"})

Role = Literal[
    "rating", "recommend", "importance", "comparison", "comment", "choice", "number",
    "response_id", "respondent", "email", "name", "title", "role", "account", "account_id", "date",
    "industry", "region", "product", "segment", "weight", "complete", "ignore",
    "revenue", "cost", "currency", "domain", "owner", "strategic", "strategic_reason",
    "contact_id", "site", "department",
]  # fmt: skip


_ROLE: Final[TypeAdapter[Role]] = TypeAdapter(Role)


class ColumnMapping(BaseModel):
    """What one column is. `labels` gives each worded answer its value as exported, `reversed` turns the scale round."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    index: int
    heading: str
    name: str = ""
    question: str = ""  # the whole question in words, by which the column is found again
    role: Role = "ignore"
    subject: Subject = "other"
    attribute: str = ""
    competitor: str = ""
    scale_low: float | None = None
    scale_high: float | None = None
    reversed: bool = False
    labels: dict[str, float] = Field(default_factory=dict)
    dont_know: tuple[str, ...] = ()
    group: str = ""  # columns of one multi-answer question share it
    personal: bool = False
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    reason: str = ""

    @model_validator(mode="after")
    def _scale_has_two_ends(self) -> ColumnMapping:
        if self.role in SCALED:
            if self.scale_low is None or self.scale_high is None:
                raise ValueError(f"“{self.heading[:60]}” needs both ends of its scale")
            if self.scale_low >= self.scale_high:
                raise ValueError(f"“{self.heading[:60]}” has a scale whose low end is not below its high end")
        return self

    @property
    def is_question(self) -> bool:
        """Whether its answers are stored as answers to a question."""
        return self.role in QUESTIONS


class Mapping(BaseModel):
    """What a whole table is. `drift` says in sentences how a remembered mapping differed from this file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Kind
    kind_reason: str = ""
    columns: tuple[ColumnMapping, ...]
    wave: str = ""
    drift: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        """A name for the set of questions: equal for two files that ask the same, whatever their order."""
        return signature_of(column.question or column.heading for column in self.columns)

    def first(self, role: str) -> ColumnMapping | None:
        """The first column of a role."""
        return next((column for column in self.columns if column.role == role), None)


def signature_of(questions: Iterable[str]) -> str:
    """Hash of the folded questions, in any order."""
    folded = "\n".join(sorted(fold(question) or question for question in questions))
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def propose(raw: RawSurvey, *, kind: Kind | None = None) -> Mapping:
    """What each column most likely is, with a confidence and a reason. `kind` overrides what the table is taken for."""
    profiles = profiles_of(raw)
    proposed, reason = propose_kind(raw, profiles)
    chosen: Kind = kind or proposed
    if chosen in {"accounts", "contacts"}:
        columns = [
            _column(profile.column, found)
            for profile, found in zip(profiles, understand_lists(profiles, chosen), strict=True)
        ]
    else:
        scales = scales_of(profiles)
        found = _one_of_each(
            [understand_column(profile, scales[profile.column.index]) for profile in profiles], profiles
        )
        columns = [_column(profile.column, one) for profile, one in zip(profiles, found, strict=True)]
        columns = _even_comparisons(columns)
    wave = _wave(raw, columns)
    return Mapping(
        kind=chosen, kind_reason=reason if chosen == proposed else "Chosen by hand.", columns=tuple(columns), wave=wave
    )


def _column(column: RawColumn, found: Understood, *, personal: frozenset[str] = PERSONAL) -> ColumnMapping:
    scale = found.scale
    recommend, question = found.role == "recommend", found.role in QUESTIONS
    shift = 3.0 if found.role == "comparison" and scale and (scale.low, scale.high) == (1, 5) else 0.0
    return ColumnMapping(
        index=column.index,
        heading=column.heading,
        name=column.name,
        question=column.question,
        role=_ROLE.validate_python(found.role),
        subject=subject_of(column, recommend=recommend) if question else "other",
        attribute=_attribute(column, found) if question else "",
        competitor=found.competitor,
        scale_low=scale.low - shift if scale and found.role in SCALED else None,
        scale_high=scale.high - shift if scale and found.role in SCALED else None,
        reversed=bool(scale and scale.reversed_),
        labels=_labels(found, shift),
        dont_know=scale.dont_know if scale else (),
        group=column.group if column.layout == "multi" else "",
        personal=found.role in personal,
        confidence=round(found.confidence, 2),
        reason=found.reason,
    )


def _attribute(column: RawColumn, found: Understood) -> str:
    """For a multi-answer question the question's own name, so that all its options share it."""
    if column.layout == "multi":
        return attribute_of(RawColumn(column.index, column.name, column.heading, column.wording))
    return attribute_of(column, recommend=found.role == "recommend", competitor=found.competitor)


def _labels(found: Understood, shift: float) -> dict[str, float]:
    """Worded answers with their values; a comparison in bare numbers gets its numbers as words."""
    scale = found.scale
    if scale is None:
        return {}
    labels = {answer: value - shift for answer, value in scale.labels.items()}
    if shift and scale.family == "numbers":
        labels |= {str(number): number - shift for number in range(1, 6)}
    return labels


def _even_comparisons(columns: Sequence[ColumnMapping]) -> list[ColumnMapping]:
    """Comparisons of which nobody ever said superior or failed are three-point ones: better, same, worse."""
    compared = [column for column in columns if column.role == "comparison" and column.scale_high == 2]
    values = {value for column in compared for value in column.labels.values()}
    if not compared or not values or not values <= {-1.0, 0.0, 1.0}:
        return list(columns)
    narrowed = {"scale_low": -1.0, "scale_high": 1.0}
    return [column.model_copy(update=narrowed) if column in compared else column for column in columns]


_SINGLE: Final = (
    "response_id",
    "respondent",
    "date",
    "weight",
    "complete",
    "account",
    "account_id",
    "title",
    "role",
    "email",
    "industry",
    "region",
    "product",
    "segment",
)


def _one_of_each(found: Sequence[Understood], profiles: Sequence[Profile]) -> list[Understood]:
    """Only the best column keeps a role that a table has once; the others are left out, with the reason."""
    kept = list(found)
    for role in _SINGLE:
        rivals = [place for place, one in enumerate(kept) if one.role == role]
        best = max(
            rivals,
            key=lambda place: (kept[place].confidence, profiles[place].filled, place if role == "date" else -place),
            default=None,
        )
        for place in rivals:
            if place != best and best is not None:
                heading = profiles[best].column.heading[:60]
                kept[place] = Understood("ignore", 0.6, f"“{heading}” is taken for the same thing.")
    return kept


def _wave(raw: RawSurvey, columns: Sequence[ColumnMapping]) -> str:
    """The year of the middle date, or '' without dates."""
    dated = next((column.index for column in columns if column.role == "date"), None)
    if dated is None:
        return ""
    times = parse_dates(raw.cells[dated]).times.dropna()
    return str(times.sort_values().iloc[len(times) // 2].year) if len(times) else ""
