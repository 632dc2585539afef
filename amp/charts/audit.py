"""An audit's result: categories as radar and as bars, statements as dots on the scale."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from amp.analysis.peers import Peers
from amp.audit.scoring import AuditResult, CategoryScore
from amp.charts.template import CATEGORIES, DIVERGING, GREY, MARK, figure, plain
from amp.languages import ENGLISH, Words

_BAR: Final = 78  # pixels
_DOT: Final = 42


def band_colours(count: int) -> tuple[str, ...]:
    """A colour for each of `count` bands, lowest first; a band always carries its word as well."""
    last = len(DIVERGING) - 1
    if count < 2:
        return (DIVERGING[0],) * count
    return tuple(DIVERGING[last - round(i * last / (count - 1))] for i in range(count))


def radar(
    result: AuditResult, before: AuditResult | None = None, peers: Sequence[Peers] = (), t: Words = ENGLISH
) -> go.Figure:
    """Category totals as a radar up to the highest total; `before` is an earlier result, `peers` are medians.

    A category without a total (a statement in it was “not sure”) is left out of the web.
    """
    shown = [one for one in peers if not one.building]
    drawn = figure(height=480 if shown else 400, legend=before is not None or bool(shown))
    titles = {one.id: _spoke(one, t) for one in result.categories}
    for place, group in enumerate(shown):
        name = t.of(group.industry) if group.industry else t("All companies")
        medians: list[float | None] = [*group.categories]
        said = f"{t('Median')}: {name} (n = {group.companies})"
        drawn.add_trace(_web(list(titles.values()), medians, plain(said), CATEGORIES[1 + place], dash="dash"))
    if before is not None and [one.id for one in before.categories] == [one.id for one in result.categories]:
        drawn.add_trace(_web(list(titles.values()), _totals(before), t("Before"), GREY, dash="dot"))
    drawn.add_trace(_web(list(titles.values()), _totals(result), t("Now"), MARK, filled=True))
    low, high = _ends(result)
    drawn.update_polars(
        bgcolor="rgba(0,0,0,0)",
        radialaxis={"range": [0, high], "tickvals": [low, (low + high) // 2, high], "angle": 90},
        angularaxis={"direction": "clockwise", "rotation": 90, "type": "category"},
    )
    drawn.update_layout(margin={"l": 92, "r": 92, "t": 64, "b": 64 if not shown else 40})
    drawn.update_layout(legend={"y": -0.15, "yanchor": "top"} if shown else {})
    return drawn


def bars(result: AuditResult, before: AuditResult | None = None, t: Words = ENGLISH) -> go.Figure:
    """Category totals as bars with total and band printed; `before` adds a mark where an earlier result stood."""
    drawn = figure(height=70 + _BAR * len(result.categories), legend=before is not None)
    names = [_wrapped(t.of(one.title)) for one in result.categories]
    drawn.add_trace(
        go.Bar(
            name=t("Now"), orientation="h", y=names, x=_totals(result), marker={"color": MARK},
            text=[_short(one, t) for one in result.categories], textposition="outside",
            cliponaxis=False, hovertext=[_sentence(one, t) for one in result.categories], hoverinfo="text",
        )
    )  # fmt: skip
    if before is not None:
        drawn.add_trace(
            go.Scatter(
                name=t("Before"), mode="markers", y=names, x=_totals(before),
                marker={"symbol": "line-ns-open", "size": 22, "color": GREY, "line": {"width": 3}}, hoverinfo="x",
            )
        )  # fmt: skip
    high = _ends(result)[1]
    drawn.update_xaxes(range=[0, high * 1.45], tickvals=list(range(0, high + 1, 5)), title=t("Points"))
    drawn.update_yaxes(autorange="reversed")
    drawn.update_layout(bargap=0.4)
    return drawn


def dots(result: AuditResult, values: Sequence[int], t: Words = ENGLISH) -> go.Figure:
    """Every rated statement as a dot on the answer scale (`values`), strongest first, with the answer's word."""
    rated = [one for one in result.statements if one.value is not None]
    drawn = figure(height=80 + _DOT * len(rated))
    names = [_wrapped(f"{one.id}  {textwrap.shorten(t.of(one.text), 50, placeholder=' …')}", 30) for one in rated]
    drawn.add_trace(
        go.Scatter(
            y=names, x=[one.value for one in rated], mode="markers+text",
            text=[f"{one.value} {t.of(one.label)}" for one in rated], textposition="middle right",
            marker={"size": 12, "color": MARK}, cliponaxis=False, hoverinfo="text",
            hovertext=[plain(textwrap.fill(t.of(one.text), 60)).replace("\n", "<br>") for one in rated],
        )
    )  # fmt: skip
    room = (values[-1] - values[0]) * 0.5
    drawn.update_xaxes(range=[values[0] - 0.3, values[-1] + room], tickvals=list(values), side="top")
    drawn.update_yaxes(autorange="reversed", type="category", showgrid=True)
    return drawn


def categories_in_words(result: AuditResult, t: Words = ENGLISH) -> str:
    """The text alternative of the radar and of the bars."""
    return "; ".join(_sentence(one, t) for one in result.categories) + "."


def dots_in_words(result: AuditResult, t: Words = ENGLISH) -> str:
    """The text alternative of the dots."""
    unsure = t("Not sure")
    said = [f"{s.id} {unsure if s.value is None else s.value} {t.of(s.label)}".strip() for s in result.statements]
    return t("Statements, strongest first: {list}.", list="; ".join(said))


def _web(
    spokes: list[str], totals: list[float | None], name: str, colour: str, *, dash: str = "solid", filled: bool = False
) -> go.Scatterpolar:
    kept = [(spoke, total) for spoke, total in zip(spokes, totals, strict=True) if total is not None]
    ring = kept + kept[:1]
    labels = [f"{total:g}" if filled else "" for _, total in ring]
    return go.Scatterpolar(
        name=name, mode="lines+markers+text", r=[total for _, total in ring], theta=[spoke for spoke, _ in ring],
        text=[*labels[:-1], ""], textposition="top center",
        line={"color": colour, "width": 3 if filled else 2, "dash": dash}, marker={"size": 8 if filled else 5},
        marker_color=colour, fill="toself" if filled else "none", fillcolor="rgba(74, 123, 212, 0.18)",
        hoverinfo="r+theta+name",
    )  # fmt: skip


def _totals(result: AuditResult) -> list[float | None]:
    return [one.total for one in result.categories]


def _ends(result: AuditResult) -> tuple[int, int]:
    return min(one.low for one in result.categories), max(one.high for one in result.categories)


def _spoke(one: CategoryScore, t: Words) -> str:
    return _wrapped(textwrap.shorten(t.of(one.title), 30, placeholder=" …"), 16)


def _wrapped(title: str, width: int = 24) -> str:
    return "<br>".join(plain(part) for part in textwrap.wrap(title, width))


def _short(one: CategoryScore, t: Words) -> str:
    return t("incomplete") if one.band is None else f"{one.total} · {plain(t.of(one.band.label))}"


def _sentence(one: CategoryScore, t: Words) -> str:
    if one.band is None:
        return t("{category}: incomplete, {count} not rated", category=t.of(one.title), count=one.unsure)
    return t("{category}: {total} of {high}, {band}", category=t.of(one.title), total=one.total, high=one.high,
             band=t.of(one.band.label))  # fmt: skip
