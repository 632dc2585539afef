"""Fitting themes once over all comments of a workspace, and laying the result beside the answers in the engine."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from amp.text import taxonomy, themes
from amp.warehouse.engine import Engine

# Brands draw sentences together that share no need; words of three letters and fewer are too often ordinary words.
_NAME_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_ORDINARY: Final = frozenset(
    {"group", "holding", "limited", "company", "corporation", "gmbh", "international", "not", "given"}
)
_LOADING: Final = threading.Lock()

_COMMENTS: Final = """
select a.dataset_id, a.response_id, a.question_id, a.comment
from answers a
join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
where q.kind = 'comment' and a.comment is not null
order by a.dataset_id, a.response_id, a.question_id
"""
_COMPETITORS: Final = (
    "select distinct competitor as name from questions where competitor is not null and competitor <> ''"
)
_LOADED: Final = "select count(*) as tables from information_schema.tables where table_name = 'theme_version'"
_VERSION: Final = "select version from theme_version"


@dataclass(frozen=True)
class ThemeNode:
    """A place in the tree; `parent` is "" for a need."""

    id: str
    label: str
    parent: str


@dataclass(frozen=True)
class ThemeModel:
    """Themes of all comments of one version of the data, to be counted under any filters.

    `comments` has a row per comment (its ids, kind, language, sentiment), `mentions` a row per sentence and node of the
    tree (a sentence counts for its theme and for the need above). `version` is equal when, and only when, the comments
    are.
    """

    version: str
    nodes: tuple[ThemeNode, ...]
    comments: pd.DataFrame
    mentions: pd.DataFrame


def comments(engine: Engine) -> pd.DataFrame:
    """All comments of customers: dataset_id, response_id, question_id, comment; in a fixed order."""
    return engine.query(_COMMENTS)


def brand_words(engine: Engine) -> frozenset[str]:
    """The words of the competitors' names, case-folded: left out of what sentences are compared by."""
    return _name_words(engine.query(_COMPETITORS)["name"].astype(str))


def fit(found: pd.DataFrame, *, names: frozenset[str] = frozenset()) -> ThemeModel:
    """Themes of the frame that `comments` gives; deterministic. Takes seconds for thousands: let the ui cache it."""
    result = themes.fit(found["comment"].astype(str).tolist(), names=names)
    read = found[["dataset_id", "response_id", "question_id"]].assign(
        comment_no=np.arange(len(found)),
        kind=list(result.comments.kind),
        language=list(result.comments.language),
        sentiment=result.comments.sentiment,
    )
    return ThemeModel(_version(found, names), _nodes(result), read, _mentions(result))


def ensure_loaded(engine: Engine, model: ThemeModel) -> None:
    """Lay the model's tables (theme_comments, theme_mentions) in the engine, unless they are there already."""
    with _LOADING:
        there = int(engine.query(_LOADED)["tables"].iloc[0]) > 0
        if there and engine.query(_VERSION)["version"].tolist() == [model.version]:
            return
        engine.load_frame("theme_comments", model.comments)
        engine.load_frame("theme_mentions", model.mentions)
        engine.load_frame("theme_version", pd.DataFrame({"version": [model.version]}))


def _nodes(result: themes.Fit) -> tuple[ThemeNode, ...]:
    needs = {theme.need: ThemeNode(theme.need, result.taxonomy.label(theme.need), "") for theme in result.themes}
    leaves = (ThemeNode(theme.id, theme.label, theme.need) for theme in result.themes if theme.id != theme.need)
    return (*needs.values(), *leaves)


def _mentions(result: themes.Fit) -> pd.DataFrame:
    said = result.sentences
    leaf = np.array([theme.id for theme in result.themes] or [""], dtype=object)[said.theme]
    need = np.array([theme.need for theme in result.themes] or [""], dtype=object)[said.theme]
    sentences = pd.DataFrame(
        {
            "comment_no": said.comment,
            "sentence_no": np.arange(len(said.text)),
            "text": pd.Series(said.text, dtype="str"),
            "fit": said.fit,
            "sentiment": said.sentiment,
        }
    )
    themed = said.theme != themes.NO_THEME
    own = sentences[themed & (leaf != need)].assign(node=leaf[themed & (leaf != need)])
    above = sentences[themed].assign(node=need[themed])
    both: pd.DataFrame = pd.concat([above, own], ignore_index=True)
    return both.astype({"node": "str", "text": "str"})


def _name_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in _NAME_WORD.findall(name.casefold())) - _ORDINARY


def _version(found: pd.DataFrame, names: frozenset[str]) -> str:
    digest = hashlib.sha256(f"{themes.VERSION}|{sorted(names)}|".encode() + taxonomy.DEFAULT.read_bytes())
    for row in found.itertuples(index=False):
        digest.update("\x1f".join(map(str, row)).encode("utf-8", "surrogatepass") + b"\x1e")
    return digest.hexdigest()[:16]
