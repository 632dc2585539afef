"""The one look of every picture: colours, fonts, margins; figures follow the app's light or dark theme."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go

ACCENT: Final = "#2348A8"
ACCENT_DARK: Final = "#8FB0F5"
MARK: Final = "#4A7BD4"  # the accent for dots and lines: 3:1 on the paper of both themes
DIVERGING: Final = ("#1F5FA8", "#7FB0E0", "#C9CED6", "#E9A06B", "#B9501A")  # superior … failed, Excellent … Failure
SEQUENTIAL: Final = ("#EAF1FA", "#C9DCF2", "#A3C3EA", "#79A6DF", "#2F63AC", "#1B4285")
CATEGORIES: Final = ("#2F63AC", "#B9501A", "#5B6B7F", "#7A5AA6", "#2E8577")  # for names without an order
GREY: Final = "#8A94A3"
INK_LIGHT: Final = "#1B2430"
PAPER_LIGHT: Final = ("#FFFFFF", "#F5F7FA")
INK_DARK: Final = "#E8ECF2"
PAPER_DARK: Final = ("#12161C", "#1B212A")

# Text on the page itself is left without a colour: Streamlit's theme then gives the ink of light or dark.
FONT: Final = '"Source Sans", "Source Sans 3", "Segoe UI", Helvetica, Arial, sans-serif'
_GRID: Final = "rgba(138, 148, 163, 0.25)"
CONFIG: Final = {"displayModeBar": False, "responsive": True, "scrollZoom": False}

_LAYOUT: Final = {
    "font": {"family": FONT, "size": 14},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "margin": {"l": 8, "r": 16, "t": 16, "b": 8},
    "colorway": list(CATEGORIES),
    "showlegend": False,
    "dragmode": False,
    "hovermode": "closest",
    "hoverlabel": {"font": {"family": FONT, "size": 13, "color": INK_DARK}, "bgcolor": PAPER_DARK[1]},
    "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
    "xaxis": {"automargin": True, "gridcolor": _GRID, "zerolinecolor": _GRID, "fixedrange": True},
    "yaxis": {"automargin": True, "gridcolor": _GRID, "zerolinecolor": _GRID, "fixedrange": True},
    "separators": ".,",
}
TEMPLATE: Final = go.layout.Template(layout=_LAYOUT)


def figure(*, height: int, legend: bool = False) -> go.Figure:
    """An empty figure in the template; `height` in pixels, the width follows the page."""
    made = go.Figure()
    made.update_layout(template=TEMPLATE, height=height, showlegend=legend)
    if legend:
        made.update_layout(margin={"t": 40})
    return made


def plain(words: str) -> str:
    """Words of the data as plotly shows them literally: its labels read a little markup, and data are never markup."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def ink_on(colour: str) -> str:
    """The ink, dark or light, that reads best on a filled shape of that colour (WCAG 2 relative luminance)."""
    return max((INK_LIGHT, "#FFFFFF"), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two #RRGGBB colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
