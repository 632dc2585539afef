"""The import page's parts: upload and recognition, kind and wave, preview, findings, loading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TypeVar

import streamlit as st
from pydantic import ValidationError

from amp import imports
from amp.analysis.words import plural
from amp.errors import AmpError
from amp.imports import Mapping, RawSurvey
from amp.records.mappings import SavedMapping
from amp.ui import access, components, sample, shell, state
from amp.ui import datasets as datasets_ui
from amp.ui.access import Visit
from amp.ui.mapping_table import edited

_KEPT: Final = "amp_import"
_TURN: Final = "amp_import_turn"
_ANEW: Final = "Proposed from the file"
_ICONS: Final = {"problem": "error", "warning": "warning", "note": "info"}
_NOTES: Final = 12
T = TypeVar("T")
# Streamlit gives its drop zone a label, a tab stop and the role of a mere decoration at once (axe:
# presentation-role-conflict); as a group it is what it looks like.
_DROPZONE: Final = """<script>
const mend = () => document.querySelectorAll('[data-testid="stFileUploaderDropzone"][role="presentation"]')
  .forEach((zone) => zone.setAttribute("role", "group"));
mend();
new MutationObserver(mend).observe(document.body, {childList: true, subtree: true});
</script>"""


def welcome(visit: Visit) -> None:
    """What goes in, before there is a file; and what the last import did."""
    done = st.session_state.pop("amp_imported", None)
    if done is not None:
        st.success(f"Loaded {plural(done.rows, 'row')}.", icon=":material/check:")
        with st.container(border=True, key="amp-import-report"):
            datasets_ui.report(done)
        with st.container(horizontal=True):
            components.link("overview", "Overview")
            components.link("tiers" if done.kind == "accounts" else "satisfaction", "See it")
            components.link("data", "Data sets")
        return
    st.write(
        "Survey exports of Qualtrics, SurveyMonkey and Google Forms, or any table as CSV, TSV or XLSX; an account list "
        "with revenue; a contact list with titles. Files are recognised by their content."
    )
    sample.button(visit)


def upload() -> RawSurvey | None:
    """The file as recognised, or None before there is one; a file that is refused says why and stops the page."""
    most = state.settings().max_upload_mb
    turn = st.session_state.setdefault(_TURN, 0)  # after a load the next uploader is an empty one
    file = st.file_uploader("File to import", key=f"amp-upload-{turn}", max_upload_size=most)
    st.html(_DROPZONE, unsafe_allow_javascript=True)
    if file is None:
        st.session_state.pop(_KEPT, None)
        return None
    kept = st.session_state.get(_KEPT)
    if kept is None or kept["file"] != file.file_id:
        access.writer()
        try:
            with st.spinner("Reading the file …"):
                raw = imports.open_file(file.getvalue(), file.name, max_mb=most)
        except AmpError as error:
            shell.show_problem(error)
            st.stop()
        kept = st.session_state[_KEPT] = {"file": file.file_id, "raw": raw, "mapping": None, "from": None}
    found: RawSurvey = kept["raw"]
    return found


def recognised(raw: RawSurvey) -> str:
    """What the file was taken for, and by which sign."""
    answers = plural(len(raw.cells), "row")
    return f"Recognised: {raw.label}. {answers} to load, {plural(len(raw.columns), 'column')}. {raw.evidence}"


def kind_and_wave(raw: RawSurvey) -> Mapping:
    """Where the mapping comes from (proposed or remembered), what the file is, and its wave."""
    saved = {one.name: one for one in state.records().mappings.all()}
    first = _first(raw)
    fitting = state.records().mappings.by_signature(first.signature) if _fresh() else None
    names = [_ANEW, *saved]
    left, middle, right = st.columns(3)
    start = names.index(fitting.name) if fitting else 0
    chosen = left.selectbox("Mapping", names, index=start, key=f"amp-mapping-{_file()}")
    mapping = _mapping(raw, saved.get(chosen), chosen)
    kinds: list[imports.Kind] = list(datasets_ui.KIND_WORDS)
    kind = middle.selectbox(
        "This is", kinds, index=kinds.index(mapping.kind), format_func=lambda one: f"a {datasets_ui.KIND_WORDS[one]}",
        key=f"amp-kind-{_file()}-{chosen}",
    )  # fmt: skip
    if kind != mapping.kind:
        mapping = _keep(imports.propose(raw, kind=kind))
    wave = mapping.wave
    if kind in {"survey", "employees"}:
        wave = right.text_input("Wave", value=mapping.wave, key=f"amp-wave-{_file()}-{chosen}", max_chars=40)
    middle.text(mapping.kind_reason)
    return mapping.model_copy(update={"wave": wave.strip()})


def _first(raw: RawSurvey) -> Mapping:
    """The mapping as proposed, worked out once a file."""
    kept = st.session_state[_KEPT]
    if "proposed" not in kept:
        kept["proposed"] = imports.propose(raw)
    proposed: Mapping = kept["proposed"]
    return proposed


def _fresh() -> bool:
    return st.session_state[_KEPT]["mapping"] is None


def _file() -> str:
    return str(st.session_state[_KEPT]["file"])


def _keep(mapping: Mapping) -> Mapping:
    st.session_state[_KEPT]["mapping"] = mapping
    st.session_state[_KEPT]["round"] = st.session_state[_KEPT].get("round", 0) + 1
    return mapping


def _mapping(raw: RawSurvey, remembered: SavedMapping | None, chosen: str) -> Mapping:
    kept = st.session_state[_KEPT]
    if kept["mapping"] is None or kept["from"] != chosen:
        kept["from"] = chosen
        return _keep(_first(raw) if remembered is None else _applied(remembered, raw))
    mapping: Mapping = kept["mapping"]
    return mapping


def _applied(remembered: SavedMapping, raw: RawSurvey) -> Mapping:
    try:
        return imports.apply(Mapping.model_validate_json(remembered.content), raw)
    except ValidationError:
        st.warning("The remembered mapping cannot be read any more; this one is proposed anew.")
        return imports.propose(raw)


def _for_this(mapping: Mapping, what: str, made: Callable[[], T]) -> T:
    """What was made for this very mapping, made anew only when an edit changed it: a wide file takes seconds."""
    kept, state_of = st.session_state[_KEPT], mapping.model_dump_json()
    if kept.get(what, ("", None))[0] != state_of:
        kept[what] = (state_of, made())
    found: T = kept[what][1]
    return found


def columns(raw: RawSurvey, mapping: Mapping) -> Mapping:
    """The table of columns to look over and mend; edits are kept while the file stays."""
    st.header("What each column is")
    changed = edited(raw, mapping, key=f"{_file()}-{st.session_state[_KEPT]['round']}")
    st.session_state[_KEPT]["mapping"] = changed
    return changed


def preview(raw: RawSurvey, mapping: Mapping) -> None:
    """The first rows as they will be understood; personal cells stay hidden."""
    st.header("The first rows, as they will be understood")
    shown = _for_this(mapping, "preview", lambda: imports.preview(raw, mapping))
    st.dataframe(shown.reset_index(names="Row"), hide_index=True, key="amp-preview")


def load(raw: RawSurvey, mapping: Mapping) -> None:
    """What to know before loading, and the button that loads and remembers."""
    findings = _for_this(mapping, "findings", lambda: imports.check(raw, mapping, state.settings().datasets))
    st.header("Before you load")
    for found in findings[:_NOTES]:
        with st.container(horizontal=True, wrap=False):
            st.markdown(f":material/{_ICONS[found.severity]}:", width="content")
            st.text(found.sentence)
    if len(findings) > _NOTES:
        with st.expander(f"{len(findings) - _NOTES} more"):
            for found in findings[_NOTES:]:
                st.text(found.sentence)
    title = st.text_input("Title", value=raw.file_name.rsplit(".", 1)[0], max_chars=120, key=f"amp-title-{_file()}")
    stopped = any(found.severity == "problem" for found in findings)
    if st.button("Load", type="primary", icon=":material/check:", disabled=stopped):
        _load(raw, mapping, title.strip() or raw.file_name or raw.label)


def _load(raw: RawSurvey, mapping: Mapping, title: str) -> None:
    by = access.writer().role
    with st.spinner("Loading …"):
        kept = mapping.model_copy(update={"drift": ()})
        state.records().mappings.save(title, kept.signature, kept.model_dump_json(), by, datetime.now(UTC))
        done = imports.load(raw, mapping, state.settings().datasets, title=title, wave=mapping.wave)
    st.session_state["amp_imported"] = done
    st.session_state.pop(_KEPT, None)
    st.session_state[_TURN] += 1
    st.rerun()
