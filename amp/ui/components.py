"""The parts pages are put together from: sentence, picture with its table, quotes, empty and too-little-data states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Literal, TypeVar

import pandas as pd
import streamlit as st
from plotly import graph_objects as go

from amp.analysis.filters import Filters
from amp.languages import ENGLISH, Words
from amp.reports import tables
from amp.ui import access, cache, sample, shell
from amp.ui.access import Visit
from amp.ui.navigation import SCREENS
from amp.ui.words import plain

T = TypeVar("T")
_PLAIN_CHART: Final = {"displayModeBar": False, "scrollZoom": False}


def headline(sentence: str) -> None:
    """The first line under the title: what a person would say aloud. Names in it are shown as text."""
    with st.container(key="amp-headline"):
        st.text(sentence)


def figure(
    picture: go.Figure,
    *,
    alt: str,
    table: pd.DataFrame,
    key: str,
    filters: Filters | None = None,
    select: bool = False,
    t: Words = ENGLISH,
) -> Any:
    """A chart with its text alternative and the table behind it, which can be saved. Returns the selection."""
    how: Literal["rerun", "ignore"] = "rerun" if select else "ignore"
    chosen = st.plotly_chart(picture, alt=alt, key=key, on_select=how, selection_mode="points", config=_PLAIN_CHART)
    with st.expander(t("The figures as a table")):
        data_table(table, key=f"{key}-table", filters=filters, t=t)
    return chosen


def data_table(
    frame: pd.DataFrame,
    *,
    key: str,
    filters: Filters | None = None,
    columns: dict[str, Any] | None = None,
    on_select: Literal["rerun", "ignore"] = "ignore",
    t: Words = ENGLISH,
) -> Any:
    """A table with people's headers, and a button that saves it with filters, n and date printed."""
    must_be_signed_in = access.lasting()
    shown = st.dataframe(
        frame, hide_index=True, key=key, column_config=columns, on_select=on_select, selection_mode="single-row"
    )
    words, version = filters.in_words() if filters else "", cache.version()

    def saved() -> bytes:
        must_be_signed_in()  # the button outlives the page it was drawn on
        return tables.to_csv(frame, filters=words, version=version)

    st.download_button(
        t("Save as CSV"),
        data=saved,
        file_name=f"amp-{key}.csv",
        mime="text/csv",
        key=f"{key}-csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
    return shown


def workbook_button(
    sheets: Callable[[], Mapping[str, pd.DataFrame]], *, key: str, name: str, notes: Sequence[str] = ()
) -> None:
    """A button that saves several tables as one workbook, made on the click, with the date printed."""
    must_be_signed_in = access.lasting()

    def saved() -> bytes:
        from amp.reports.workbook import workbook  # noqa: PLC0415  (only who asks for one waits for the library)

        must_be_signed_in()
        return workbook(sheets(), notes=[*notes, f"Printed: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"])

    st.download_button(
        "Save as workbook",
        data=saved,
        file_name=f"{name}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key=key,
        icon=":material/table:",
        type="tertiary",
        on_click="ignore",
    )


def picked(selection: Any, rows: Sequence[T]) -> T | None:
    """The row that is selected in a table of `rows`; None without one, or when the table has shrunk under it."""
    chosen = selection.selection.rows if selection else []
    return rows[chosen[0]] if chosen and chosen[0] < len(rows) else None


def quote(text: str, *, said_by: str, key: str) -> None:
    """A customer's words, as text and nothing else, with what may be said about who said it."""
    with st.container(border=True, key=f"amp-quote-{key}"):
        st.text(text)
        st.text(said_by)


def link(key: str, label: str, *, query: dict[str, str] | None = None, icon: str = "arrow_forward") -> None:
    """A link to another page of the app, by its key in the navigation."""
    st.page_link(shell.page(key), label=plain(label), icon=f":material/{icon}:", query_params=query)


def too_few(least: int) -> None:
    """What stands where a figure would show fewer people than allowed."""
    st.info(f"Not enough answers: figures are hidden below {least} people.", icon=":material/visibility_off:")


def nothing_yet(what: str, visit: Visit) -> None:
    """The empty workspace: what is missing, and the two buttons that mend it."""
    with st.container(border=True, key="amp-empty"):
        st.markdown(f"**{what}**")
        st.write("Load the sample company to look around, or import an export of your own.")
        with st.container(horizontal=True):
            sample.button(visit)
            link("import", "Import an export", icon="upload_file")


def how(sentences: Iterable[str]) -> None:
    """“How this was calculated”, one click away."""
    with st.expander("How this was calculated", icon=":material/calculate:"):
        for sentence in sentences:
            st.markdown(sentence)
        link("methods", f"All definitions: {SCREENS['methods'].title}", icon="menu_book")
