"""Taking the audit: one category a step, every tap saved, a review, and submitting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from amp.audit.instrument import OTHER, Category, Instrument, Statement
from amp.audit.scoring import missing
from amp.errors import AmpError, Conflict, NotFound
from amp.records.audits import LONGEST_NAME, AuditDraft
from amp.ui import sheet, shell, state
from amp.ui.words import plain

_STEP: Final = "audit-step"
_JUMP: Final = "audit-jump"
_MINUTES_A_STATEMENT: Final = 0.25
# Every answer carries its word. A phone has room for the words of both ends; the others stay for screen readers.
_STYLE: Final = """<style>
[class*="st-key-audit-rate-"] button { min-height: 48px; padding-inline: 2px; flex: 1 1 0; }
[class*="st-key-audit-rate-"] label p { font-size: 1rem; }
[class*="st-key-audit-rate-"] button p { display: flex; flex-direction: column; line-height: 1.2; }
@media (max-width: 640px) {
  [class*="st-key-audit-rate-"] button:not(:first-of-type):not(:last-of-type) p > span
    { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
}
</style>"""
_SCROLL: Final = """<script>
requestAnimationFrame(() => document.querySelector("TARGET")?.scrollIntoView({block: "center"}));
</script>"""


def take() -> None:
    """The audit from its first statement to submitting; a submitted one leads to its result."""
    instrument = state.instrument()
    st.html(_STYLE)
    try:
        if _is_submitted(sheet.draft()):
            _leave_for_result()
    except NotFound as error:
        shell.show_problem(error)
        st.button("Begin a new audit", on_click=sheet.begin_anew, type="primary")
        return
    count = len(instrument.statements)
    st.write(
        f"{plain(instrument.question)} {count} statements in {len(instrument.categories)} steps, "
        f"about {round(count * _MINUTES_A_STATEMENT)} minutes. No sign-in, and every answer is saved as you tap it."
    )
    _steps(instrument)


def _is_submitted(draft: AuditDraft | None) -> bool:
    return draft is not None and draft.submitted_at is not None


def _leave_for_result() -> None:
    token = sheet.token() or ""
    sheet.forget()
    st.switch_page(shell.page("result"), query_params={"t": token})


@st.fragment
def _steps(instrument: Instrument) -> None:
    well = _save_or_say(instrument) is not None
    draft = sheet.draft()
    if _is_submitted(draft):
        _leave_for_result()
    answers: Mapping[str, int] = draft.answers if draft else {}
    step = _step(instrument, answers)
    if step < len(instrument.categories):
        _rate(instrument, step, answers)
    else:
        _review(instrument, draft)
    _way_back()
    # What was tapped while the server was away comes in only with the controls.
    if well and _save_or_say(instrument):
        st.rerun(scope="fragment")


def _save_or_say(instrument: Instrument) -> int | None:
    """How many things were stored; nothing, and a sentence on the screen, where the records refuse."""
    try:
        return sheet.save(instrument)
    except Conflict:
        _leave_for_result()  # submitted in another tab
    except AmpError as error:
        st.error(f"Your last answer is not saved yet. {error.message} {error.hint}", icon=":material/cloud_off:")
        st.button("Try again", key="audit-again")
    return None


def _step(instrument: Instrument, answers: Mapping[str, int]) -> int:
    """The step shown: a category's position, or one more for the review; at first the earliest unfinished one."""
    if _STEP not in st.session_state:
        unfinished = (n for n, one in enumerate(instrument.categories) if _unanswered(one, answers))
        st.session_state[_STEP] = next(unfinished, len(instrument.categories))
    step: int = st.session_state[_STEP]
    return step


def _unanswered(category: Category, answers: Mapping[str, int]) -> list[Statement]:
    return [statement for statement in category.statements if statement.id not in answers]


def _go(step: int, target: str = "h1") -> None:
    st.session_state[_STEP] = step
    st.session_state[_JUMP] = target


def _rate(instrument: Instrument, step: int, answers: Mapping[str, int]) -> None:
    category = instrument.categories[step]
    _progress(instrument, step, answers)
    st.header(plain(category.title))
    for statement in category.statements:
        _rating(instrument, statement, answers.get(statement.id))
    with st.container(horizontal=True):
        if step:
            st.button("Back", on_click=_go, args=(step - 1,), key="audit-back")
        last = step + 1 == len(instrument.categories)
        st.button("Review" if last else "Next", on_click=_go, args=(step + 1,), key="audit-on", type="primary")


def _rating(instrument: Instrument, statement: Statement, stored: int | None) -> None:
    key = sheet.RATING + statement.id
    if key not in st.session_state and stored is not None:
        sheet.agree({statement.id: stored})
    st.segmented_control(
        plain(statement.text),
        tuple(instrument.labels),
        default=stored,
        format_func=lambda value: f"{value} :small[{plain(instrument.labels[value])}]",
        key=key,
        required=True,
        width="stretch",
        wrap=False,
    )


def _progress(instrument: Instrument, step: int, answers: Mapping[str, int]) -> None:
    category, everything = instrument.categories[step], instrument.statements
    current = (_unanswered(category, answers) or category.statements[-1:])[0]
    position = f"Statement {everything.index(current) + 1} of {len(everything)}"
    place = f"category {step + 1} of {len(instrument.categories)}"
    done = f"{len(answers)} answered, all saved" if answers else "nothing answered yet"
    st.progress(len(answers) / len(everything), text=f"{position} · {place} · {done}")


def _way_back() -> None:
    if sheet.put_in_address():
        st.write(
            ":small[You can stop at any time. The address of this page is now your private link: "
            "keep it, and go on from it later or on another device.]"
        )
    target = st.session_state.pop(_JUMP, None)
    if target:
        st.html(_SCROLL.replace("TARGET", target), unsafe_allow_javascript=True)


def _review(instrument: Instrument, draft: AuditDraft | None) -> None:
    answers: Mapping[str, int] = draft.answers if draft else {}
    st.header("Review and submit")
    lacking = missing(instrument, answers)
    _jumps(instrument, lacking)
    _details(instrument, draft)
    todo = [f"answer {len(lacking)} more"] * bool(lacking) + _details_lacking()
    if todo:
        st.write(f"Before you can submit: {', '.join(todo)}.")
    with st.container(horizontal=True):
        st.button("Back", on_click=_go, args=(len(instrument.categories) - 1,), key="audit-back")
        sent = st.button("Submit", type="primary", disabled=bool(todo), key="audit-submit")
    if sent and not todo:
        sheet.submit(instrument)
        _leave_for_result()


def _jumps(instrument: Instrument, lacking: tuple[Statement, ...]) -> None:
    count = len(instrument.statements)
    if not lacking:
        st.write(f"All {count} statements are answered and saved. After submitting they can no longer be changed.")
        return
    st.write(f"{len(lacking)} of {count} statements are not answered yet. Tap one to answer it.")
    for statement in lacking:
        step = next(n for n, one in enumerate(instrument.categories) if statement in one.statements)
        target = f".st-key-{sheet.RATING}{statement.id.replace('.', '-')}"
        label = f"{statement.id} {plain(statement.text)}"
        st.button(label, on_click=_go, args=(step, target), key=f"audit-go-{statement.id}", type="tertiary")


def _details(instrument: Instrument, draft: AuditDraft | None) -> None:
    segments, keys = instrument.industry.segments, sheet.DETAILS
    known: dict[str, str] = {name: getattr(draft, name) if draft else "" for name in keys}
    sheet.agree({name: value for name, value in known.items() if keys[name] not in st.session_state})
    industry = st.selectbox(
        "Your industry",
        segments,
        index=segments.index(known["industry"]) if known["industry"] in segments else None,
        placeholder="Choose one",
        key=keys["industry"],
    )
    if industry == OTHER:
        other = known["industry_other"]
        st.text_input("Which industry is it?", value=other, max_chars=LONGEST_NAME, key=keys["industry_other"])
    company = known["company"]
    st.text_input("Your company (optional)", value=company, max_chars=LONGEST_NAME, key=keys["company"])


def _details_lacking() -> list[str]:
    industry = st.session_state.get(sheet.DETAILS["industry"])
    if not industry:
        return ["choose your industry"]
    named = (st.session_state.get(sheet.DETAILS["industry_other"]) or "").strip()
    return ["say which industry it is"] if industry == OTHER and not named else []
