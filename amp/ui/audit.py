"""Taking the audit: one category a step, every tap saved and shown as saved."""

from __future__ import annotations

from typing import Final

import streamlit as st

from amp.audit.instrument import Category, Instrument, Statement
from amp.audit.scoring import Answers
from amp.errors import AmpError, Conflict, NotFound
from amp.languages import Words
from amp.records.audits import AuditDraft
from amp.ui import audit_door, audit_review, language, sheet, shell
from amp.ui.words import plain

_STEP: Final = "audit-step"
_JUMP: Final = "audit-jump"
# Every answer carries its word. A phone has room for the words of both ends; the others stay for screen readers, and
# the line below says the word of the answer given.
_STYLE: Final = """<style>
[class*="st-key-audit-rate-"] button { min-height: 48px; padding-inline: 2px; flex: 1 1 0; }
[class*="st-key-audit-rate-"] label p { font-size: 1rem; }
[class*="st-key-audit-rate-"] button p { display: flex; flex-direction: column; line-height: 1.2; }
.st-key-audit-step { gap: .25rem; }
.st-key-audit-step [data-testid="stCaptionContainer"] { margin-bottom: 1.25rem; }
@media (max-width: 640px) {
  [class*="st-key-audit-rate-"] button:nth-of-type(n+2):nth-of-type(-n+BEFORE_LAST) p > span
    { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .st-key-audit-keys { display: none; }
}
</style>"""
# The focus goes along: whoever uses a keyboard or a screen reader would otherwise stay at the foot of the step.
_SCROLL: Final = """<script>
requestAnimationFrame(() => {
  const target = document.querySelector("TARGET");
  if (!target) return;
  target.scrollIntoView({block: "center"});
  target.tabIndex = -1;
  target.focus({preventScroll: true});
});
</script>"""
# The digits rate the statement that has the focus; the arrow keys are the browser's own.
_KEYS: Final = """<script>
if (!window.ampKeys) {
  window.ampKeys = true;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9?]$/.test(event.key)) return;
    const group = document.activeElement?.closest('[class*="st-key-audit-rate-"]');
    if (!group) return;
    for (const radio of group.querySelectorAll('[role="radio"]')) {
      if (radio.textContent.trim().match(/^(\\d+|\\?)/)?.[0] === event.key) {
        event.preventDefault();
        radio.focus();
        radio.click();
      }
    }
  });
}
</script>"""


def take(t: Words) -> None:
    """The audit from its first statement to submitting; a submitted one leads to its result."""
    try:
        draft = sheet.draft()
        if _is_submitted(draft):
            _leave_for_result()
        entry = audit_door.entry(draft)
    except NotFound as error:
        shell.show_problem(error)
        st.button(t("Begin a new audit"), on_click=sheet.begin_anew, type="primary")
        return
    style(entry.instrument)
    audit_door.admit(entry, t)
    _steps(entry)
    _keys(entry.instrument, t)
    if sheet.token():
        audit_door.personal_link(t)


def style(instrument: Instrument) -> None:
    """How the scales look; by the number of their values."""
    st.html(_STYLE.replace("BEFORE_LAST", str(len(instrument.scale) - 1)))


def _is_submitted(draft: AuditDraft | None) -> bool:
    return draft is not None and draft.submitted_at is not None


def _leave_for_result() -> None:
    token = sheet.token() or ""
    sheet.forget()
    st.switch_page(shell.page("result"), query_params={"t": token} | language.follow())


@st.fragment
def _steps(entry: audit_door.Entry) -> None:
    t, instrument = language.chosen(), entry.instrument
    well = _save_or_say(instrument, t) is not None
    draft = sheet.draft()
    if _is_submitted(draft):
        _leave_for_result()
    answers: Answers = draft.answers if draft else {}
    step = _step(instrument, answers)
    if step == 0:
        audit_door.welcome(entry, t)
    if step < len(instrument.categories):
        _rate(instrument, step, answers, t)
    elif audit_review.review(instrument, draft, t, go=_go):
        sheet.submit(instrument)
        _leave_for_result()
    _way_back()
    # What was tapped while the server was away comes in only with the controls.
    if well and _save_or_say(instrument, t):
        st.rerun(scope="fragment")


def _save_or_say(instrument: Instrument, t: Words) -> int | None:
    """How many things were stored; nothing, and a sentence on the screen, where the records refuse."""
    try:
        return sheet.save(instrument)
    except Conflict as error:
        if _is_submitted(sheet.draft()):
            _leave_for_result()  # submitted in another tab
        shell.show_problem(error)
        st.stop()
    except AmpError as error:
        said = " ".join(t.told(error))
        st.error(f"{t('Your last answer is not saved yet.')} {plain(said)}", icon=":material/cloud_off:")
        st.button(t("Try again"), key="audit-again")
    return None


def _step(instrument: Instrument, answers: Answers) -> int:
    """The step shown: a category's position, or one more for the review; at first the earliest unfinished one."""
    if _STEP not in st.session_state:
        unfinished = (n for n, one in enumerate(instrument.categories) if _unanswered(one, answers))
        st.session_state[_STEP] = next(unfinished, len(instrument.categories))
    step: int = st.session_state[_STEP]
    return step


def _unanswered(category: Category, answers: Answers) -> list[Statement]:
    return [statement for statement in category.statements if statement.id not in answers]


def _go(step: int, target: str = "h1") -> None:
    st.session_state[_STEP] = step
    st.session_state[_JUMP] = target


def _rate(instrument: Instrument, step: int, answers: Answers, t: Words) -> None:
    category = instrument.categories[step]
    _progress(instrument, step, answers, t)
    st.header(plain(t.of(category.title)))
    unsure = audit_door.may_be_unsure()
    with st.container(key="audit-step"):
        for statement in category.statements:
            rating(instrument, statement, answers, t, unsure=unsure)
    with st.container(horizontal=True):
        if step:
            st.button(t("Back"), on_click=_go, args=(step - 1,), key="audit-back")
        last = step + 1 == len(instrument.categories)
        st.button(t("Review") if last else t("Next"), on_click=_go, args=(step + 1,), key="audit-on", type="primary")


def rating(instrument: Instrument, statement: Statement, answers: Answers, t: Words, *, unsure: bool) -> None:
    """One statement with its scale, and below it what is stored."""
    key, stored = sheet.RATING + statement.id, _as_option(answers, statement)
    if key not in st.session_state and stored is not None:
        sheet.agree({statement.id: stored})
    scale(instrument, statement, t, key=key, stored=stored, unsure=unsure)
    if stored is None:
        st.caption(t("Not answered yet"))
    else:
        said = t("Not sure") if stored == sheet.UNSURE else f"{stored} {t.of(instrument.labels[int(stored)])}"
        st.caption(f":material/check: {plain(t('Saved: {answer}', answer=said))}")


def scale(
    instrument: Instrument,
    statement: Statement,
    t: Words,
    *,
    key: str,
    stored: int | str | None = None,
    unsure: bool = False,
) -> None:
    """The control that rates a statement; nothing is preselected that is not `stored`."""
    words = {value: t.of(label) for value, label in instrument.labels.items()} | {sheet.UNSURE: t("Not sure")}
    st.segmented_control(
        plain(t.of(statement.text)),
        [*instrument.labels, *([sheet.UNSURE] if unsure else [])],
        default=stored,
        format_func=lambda value: f"{value} :small[{plain(words[value])}]",
        key=key,
        required=True,
        width="stretch",
        wrap=False,
    )


def _as_option(answers: Answers, statement: Statement) -> int | str | None:
    if statement.id not in answers:
        return None
    value = answers[statement.id]
    return sheet.UNSURE if value is None else value


def _keys(instrument: Instrument, t: Words) -> None:
    st.html(_KEYS, unsafe_allow_javascript=True, width="content")
    low, high = instrument.scale[0].value, instrument.scale[-1].value
    with st.container(key="audit-keys"):
        st.caption(t("With a keyboard: Tab goes to a statement, the keys {low} to {high} rate it.", low=low, high=high))


def _progress(instrument: Instrument, step: int, answers: Answers, t: Words) -> None:
    category, everything = instrument.categories[step], instrument.statements
    current = (_unanswered(category, answers) or category.statements[-1:])[0]
    said = t(
        "Statement {number} of {all} · category {step} of {steps}",
        number=everything.index(current) + 1,
        all=len(everything),
        step=step + 1,
        steps=len(instrument.categories),
    )
    done = t("{count} answered, all saved", count=len(answers)) if answers else t("nothing answered yet")
    st.progress(len(answers) / len(everything), text=f"{said} · {done}")


def _way_back() -> None:
    if sheet.put_in_address():
        st.rerun()  # an audit has begun: the page around the steps shows its link
    target = st.session_state.pop(_JUMP, None)
    if target:
        st.html(_SCROLL.replace("TARGET", target), unsafe_allow_javascript=True)
