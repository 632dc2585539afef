"""Scales seen together: rows of a matrix share one, and a column with few answers takes its neighbours' fuller one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from amp.imports.profile import Profile
from amp.imports.scales import Scale, detect_scale, is_dont_know
from amp.imports.wording import fold


def scales_of(profiles: Sequence[Profile]) -> dict[int, Scale | None]:
    """The scale of every column that is on one, by column index."""
    pooled: dict[str, Counter[str]] = {}
    for profile in profiles:
        if profile.column.layout == "matrix":
            pooled.setdefault(profile.column.group, Counter()).update(profile.counts)
    found = {profile.column.index: _scale(profile, pooled.get(profile.column.group, Counter())) for profile in profiles}
    worded = (scale for scale in found.values() if scale and scale.family == "words" and len(scale.labels) >= 3)
    fuller = sorted(worded, key=lambda scale: -len(scale.labels))
    return {profile.column.index: _widened(profile, found[profile.column.index], fuller) for profile in profiles}


def _scale(profile: Profile, pooled: Counter[str]) -> Scale | None:
    if profile.column.layout == "multi" or profile.looks not in {"", "number"}:
        return None
    together = detect_scale(pooled, profile.column.question) if pooled else None
    own = detect_scale(profile.counts, profile.column.question)
    return together if together and (own or not profile.counts) else own


def _widened(profile: Profile, scale: Scale | None, fuller: Sequence[Scale]) -> Scale | None:
    """Of worded scales, the fullest one that knows all answers of this column."""
    if profile.column.layout == "multi" or (scale and scale.family != "words") or profile.distinct > 20:
        return scale
    unjudged = tuple(answer for answer in profile.counts if is_dont_know(answer))
    mine = {fold(answer) for answer in (scale.labels if scale else profile.counts) if answer not in unjudged}
    for other in fuller:
        if mine and len(other.labels) > len(mine) and mine <= {fold(answer) for answer in other.labels}:
            return replace(other, dont_know=tuple(dict.fromkeys((*unjudged, *other.dont_know))))
    return scale
