"""What customers say: themes under the filters, with people, sentiment, effect on the score, change and quotes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from amp.analysis import theme_queries as ask
from amp.analysis.filters import Filters
from amp.analysis.theme_model import ThemeModel, ThemeNode, brand_words, comments, ensure_loaded, fit
from amp.stats.clustered import difference, group_means
from amp.stats.estimate import Estimate
from amp.stats.multiplicity import more_than_noise
from amp.stats.proportions import difference_p, newcombe_difference
from amp.text import sentiment
from amp.warehouse.engine import Engine

__all__ = ["Change", "Quote", "Theme", "ThemeModel", "ThemeTree", "brand_words", "comments", "count", "fit", "themes"]

SHARES_NOTE: Final = "A person may speak of several themes, so shares can add up to more than 100 %."
LANGUAGE_NOTE: Final = (
    "Sentiment is read in English only; comments in other languages count for themes, not for sentiment."
)
LANGUAGE_NAMES: Final = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "pl": "Polish", "sv": "Swedish", "da": "Danish", "tr": "Turkish", "ru": "Russian",
    "ar": "Arabic", "he": "Hebrew", "zh": "Chinese", "ja": "Japanese", "ko": "Korean",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence as plain text, masked; whose it is only by tier and role."""

    text: str
    tier: str
    role: str
    wave: str
    sentiment: str  # negative | neutral | positive | "" where it cannot be read


@dataclass(frozen=True, slots=True)
class Change:
    """Share of those who commented that spoke of the theme: latest wave less the one before (Newcombe, method 10)."""

    value: float
    low: float
    high: float
    wave: str
    previous: str
    more_than_noise: bool = True

    @property
    def is_reliable(self) -> bool:
        """Whether the interval leaves out "no change", and the test holds after adjusting for all themes."""
        return self.more_than_noise and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Theme:
    """A node of the tree. Where `too_few`, fewer than the minimum spoke of it: only its label is known here.

    `people` are distinct, `share` is of the people who commented, `sentiment` the mean over its sentences from -1 to
    +1, `negative` the share of those that are negative, `effect` the mean 0–10 recommend score of those who speak of it
    less that of those who comment and do not: an association. These three have intervals that respect accounts;
    `effect_is_reliable` where the effect's interval leaves out 0 and its test holds after adjusting for all themes.
    """

    id: str
    label: str
    parent: str
    too_few: bool
    people: int | None = None
    share: float | None = None
    sentences: int | None = None
    sentiment: Estimate | None = None
    negative: Estimate | None = None
    effect: Estimate | None = None
    effect_is_reliable: bool = False
    change: Change | None = None
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeTree:
    """Themes under the filters, each need followed by its own, most people first.

    `comments` and `people` are without the non-answers, `short_praise` is part of them. Where `too_few`, fewer than the
    minimum commented at all: the totals are None and there are no themes.
    """

    themes: tuple[Theme, ...]
    min_comments: int
    too_few: bool
    comments: int | None = None
    people: int | None = None
    accounts: int | None = None
    alone: int = 0
    non_answers: int | None = None
    short_praise: int | None = None
    languages: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[Theme, ...]:
        """The upper level."""
        return tuple(theme for theme in self.themes if not theme.parent)

    def children(self, need: str) -> tuple[Theme, ...]:
        """The themes below a need."""
        return tuple(theme for theme in self.themes if theme.parent == need)


def themes(engine: Engine, *, filters: Filters, min_comments: int = 10, quotes: int = 3) -> ThemeTree:
    """Fit and count in one go, for scripts; a page caches `fit(comments(engine), names=…)` and calls `count`."""
    model = fit(comments(engine), names=brand_words(engine))
    return count(engine, model, filters=filters, min_comments=min_comments, quotes=quotes)


def count(engine: Engine, model: ThemeModel, *, filters: Filters, min_comments: int = 10, quotes: int = 3) -> ThemeTree:
    """The tree under the filters. Non-answers are outside every share; a theme gets up to `quotes` people's words."""
    ensure_loaded(engine, model)
    totals = ask.totals(engine, filters, min_comments)
    if totals is None:
        return ThemeTree((), min_comments, too_few=True)
    people = ask.people(engine, filters, min_comments)
    parts: dict[str, Mapping[str, Any]] = {
        "mood": _moods(ask.sentences(engine, filters, min_comments)),
        "effect": (effects := _effects(*ask.scored(engine, filters, min_comments))),
        "reliable": _reliable(effects),
        "change": _changes(ask.waves(engine, filters, min_comments)),
        "quotes": _quotes(ask.quotes(engine, filters, min_comments, quotes)),
    }
    found = [_theme(node, *people[node.id], totals["people"], parts) for node in model.nodes if node.id in people]
    languages = tuple(
        (LANGUAGE_NAMES.get(code, "Other"), n) for code, n in ask.languages(engine, filters, min_comments)
    )
    foreign = not set(model.comments["language"]) <= sentiment.LANGUAGES
    return ThemeTree(
        _in_order(found), min_comments, too_few=False, languages=languages,
        notes=(SHARES_NOTE, LANGUAGE_NOTE) if foreign else (SHARES_NOTE,), **totals,
    )  # fmt: skip


def _theme(
    node: ThemeNode, people: int | None, sentences: int | None, commenters: int, parts: Mapping[str, Mapping[str, Any]]
) -> Theme:
    if people is None:
        return Theme(node.id, node.label, node.parent, too_few=True)
    mean, negative = parts["mood"].get(node.id, (None, None))
    return Theme(
        node.id, node.label, node.parent, too_few=False,
        people=people, share=people / commenters, sentences=sentences,
        sentiment=mean, negative=negative, effect=parts["effect"].get(node.id),
        effect_is_reliable=parts["reliable"].get(node.id, False),
        change=parts["change"].get(node.id), quotes=parts["quotes"].get(node.id, ()),
    )  # fmt: skip


def _moods(rows: pd.DataFrame) -> dict[str, tuple[Estimate, Estimate]]:
    """Mean sentiment and share of negative sentences per node, clustered by account."""
    if rows.empty:
        return {}
    node, cluster = rows["node"].to_numpy(), rows["cluster"].to_numpy()
    negative = (rows["sentiment"] <= -sentiment.head().band).astype(float)
    means = group_means(rows["sentiment"].to_numpy(), groups=node, clusters=cluster)
    shares = group_means(negative.to_numpy(), groups=node, clusters=cluster)
    return {
        key: (mean.clipped(-1.0, 1.0), replace(shares[key], is_proportion=True).clipped(0.0, 1.0))
        for key, mean in means.items()
    }


def _effects(answers: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, Estimate]:
    """Per node: mean score with the theme less without it, among people who commented and scored."""
    scores, clusters = answers["score"].to_numpy(), answers["cluster"].to_numpy()
    keys = pd.MultiIndex.from_frame(answers[["dataset_id", "response_id"]])
    return {
        str(node): difference(
            scores, keys.isin(pd.MultiIndex.from_frame(rows[["dataset_id", "response_id"]])), clusters
        )
        for node, rows in mentions.groupby("node", sort=False)
    }


def _reliable(effects: Mapping[str, Estimate]) -> dict[str, bool]:
    return dict(zip(effects, more_than_noise([effect.p for effect in effects.values()]), strict=True))


def _changes(rows: pd.DataFrame) -> dict[str, Change]:
    columns = ("node", "people", "commenters", "before", "commenters_before", "wave", "previous")
    found = list(zip(*(rows[column].tolist() for column in columns), strict=True))
    flags = more_than_noise([difference_p(*counts) for _, *counts, _, _ in found])
    return {
        str(node): Change(
            x1 / n1 - x2 / n2, *newcombe_difference(x1, n1, x2, n2), str(wave), str(previous), more_than_noise=flag
        )
        for (node, x1, n1, x2, n2, wave, previous), flag in zip(found, flags, strict=True)
    }


def _quotes(rows: pd.DataFrame) -> dict[str, tuple[Quote, ...]]:
    chosen: dict[str, list[Quote]] = {}
    columns = ("node", "text", "tier_label", "role_label", "wave", "sentiment")
    for node, text, tier, role, wave, score in zip(*(rows[column].tolist() for column in columns), strict=True):
        mood = "" if math.isnan(score) else sentiment.word(score)
        chosen.setdefault(str(node), []).append(Quote(str(text), str(tier), str(role), str(wave), mood))
    return {node: tuple(quotes) for node, quotes in chosen.items()}


def _in_order(found: list[Theme]) -> tuple[Theme, ...]:
    """Each need and below it its themes, most people first; Other and those with too few at the end."""

    def place(theme: Theme) -> tuple[bool, bool, int, str]:
        return theme.too_few, theme.id == "other", -(theme.people or 0), theme.label

    ordered: list[Theme] = []
    for need in sorted((theme for theme in found if not theme.parent), key=place):
        ordered += [need, *sorted((theme for theme in found if theme.parent == need.id), key=place)]
    return tuple(ordered)
