"""A survey and its mapping to the tidy tables: responses, answers, questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd
import pyarrow as pa

from amp.imports.answers import answers_of
from amp.imports.built import Built, Finding, about_rows, counted, finding, table
from amp.imports.headings import chosen
from amp.imports.mapping import SCALED, ColumnMapping, Mapping
from amp.imports.responses import responses_of
from amp.imports.survey import RawColumn, RawSurvey
from amp.imports.wording import question_key, shorten
from amp.warehouse.schema import ANSWERS


def build_survey(raw: RawSurvey, mapping: Mapping, wave: str) -> Built:
    """Responses, answers and questions, with every cell that was set aside told."""
    asked = list(_questions(mapping))
    if not asked:
        missing = "No column is taken for a question; say which columns are ratings or comments"
        problem = finding("problem", missing)
        return Built({}, 0, (problem,))
    responses, response_ids, found = responses_of(raw, mapping, wave)
    frames, findings = [], list(found)
    for members in asked:
        frame, about = _answers(raw, members, response_ids)
        frames.append(frame)
        findings += about
    answers = pa.concat_tables(frames)
    findings += _without_rival(asked)
    findings.insert(0, _read(len(raw.cells), len(asked), answers.num_rows))
    tables = {"responses": responses, "answers": answers, "questions": _question_table(raw, asked)}
    return Built(tables, len(raw.cells), tuple(findings))


def _questions(mapping: Mapping) -> Iterator[list[ColumnMapping]]:
    """The columns of each question: one, or all the options of a multi-answer question."""
    folded: set[str] = set()
    for column in mapping.columns:
        if not column.is_question or column.group in folded:
            continue
        if column.role == "choice" and column.group:
            folded.add(column.group)
            yield [one for one in mapping.columns if one.group == column.group and one.role == "choice"]
        else:
            yield [column]


def _answers(raw: RawSurvey, members: list[ColumnMapping], response_ids: pd.Series) -> tuple[pa.Table, list[Finding]]:
    question_id = f"q{members[0].index + 1}"
    if len(members) > 1 or (members[0].group and members[0].role == "choice"):
        return _folded(raw, members, response_ids, question_id), []
    column = members[0]
    understood = answers_of(raw.cells[column.index], column)
    return _answer_table(understood.frame, response_ids, question_id), _outside(column, understood.set_aside)


def _folded(raw: RawSurvey, members: list[ColumnMapping], response_ids: pd.Series, question_id: str) -> pa.Table:
    """One answer for every option that was ticked."""
    parts = []
    for column in members:
        option = raw.columns[column.index].choice or column.heading
        labels = chosen(raw.cells[column.index], option)
        parts.append(
            pd.DataFrame(
                {"value": float("nan"), "label": labels, "comment": None, "status": "answered"}, index=labels.index
            )
        )
    return _answer_table(pd.concat(parts), response_ids, question_id)


def _answer_table(frame: pd.DataFrame, response_ids: pd.Series, question_id: str) -> pa.Table:
    count = len(frame)
    columns = {
        "dataset_id": pa.nulls(count, pa.string()),
        "response_id": pa.array(response_ids.loc[frame.index], pa.string()),
        "question_id": pa.array([question_id] * count, pa.string()),
        "value": pa.array(frame["value"], pa.float64(), from_pandas=True),
        "label": pa.array(frame["label"], pa.string(), from_pandas=True),
        "comment": pa.array(frame["comment"], pa.string(), from_pandas=True),
        "status": pa.array(frame["status"], pa.string()),
    }
    return pa.table(columns, schema=ANSWERS)


def _outside(column: ColumnMapping, set_aside: pd.Series) -> list[Finding]:
    examples = ", ".join(f"“{shorten(str(text), 30)}”" for text in set_aside.drop_duplicates().head(3))
    ends = (
        f"outside its scale of {column.scale_low:g} to {column.scale_high:g}" if column.role in SCALED else "no number"
    )
    tail = f" {ends} and set aside: {examples}"
    asked = f"to “{shorten(column.heading, 60)}”"
    rows = set_aside.index
    return about_rows("warning", rows, f"answer {asked} is", f"answers {asked} are", tail=tail, column=column.heading)


def _without_rival(asked: Sequence[list[ColumnMapping]]) -> list[Finding]:
    compared = [members[0] for members in asked if members[0].role == "comparison" and not members[0].competitor]
    return [
        finding(
            "warning",
            f"“{shorten(column.heading, 60)}” compares us with nobody; name the competitor, or it is on no page",
            column.heading,
            section="read",
        )
        for column in compared
    ]


def _read(responses: int, questions: int, answers: int) -> Finding:
    asked = f"{counted(responses, 'response')} to {counted(questions, 'question')}"
    return finding("note", f"{asked}, {counted(answers, 'answer')} in all", section="read")


def _key(column: ColumnMapping, source: RawColumn) -> str:
    """Scaled questions are the same when they ask about one attribute; the others when their words are the same."""
    if column.role in SCALED and column.attribute:
        about = column.subject if column.role in {"comparison", "recommend"} else ""
        # A scale with other ends is another question: its figures must not be set beside these.
        ends = f"{column.scale_low:g} {column.scale_high:g}"
        return question_key(column.role, about, column.attribute, column.competitor, ends)
    choice = "" if column.role == "choice" and column.group else source.choice
    return question_key(source.wording, choice) if source.wording or choice else question_key(source.name)


def _keys(asked: Sequence[tuple[ColumnMapping, RawColumn]]) -> list[str]:
    """A key for each question; those that would share one are told apart by their words, never by their order."""
    first = [_key(column, source) for column, source in asked]
    shared = {key for key, n in Counter(first).items() if n > 1}
    second = [
        question_key(column.role, source.question, source.name) if key in shared else key
        for key, (column, source) in zip(first, asked, strict=True)
    ]
    shared = {key for key, n in Counter(second).items() if n > 1}
    return [
        f"{key}-{column.index + 1}" if key in shared else key for key, (column, _) in zip(second, asked, strict=True)
    ]


def _question_table(raw: RawSurvey, asked: list[list[ColumnMapping]]) -> pa.Table:
    rows = []
    keys = _keys([(members[0], raw.columns[members[0].index]) for members in asked])
    for position, (members, key) in enumerate(zip(asked, keys, strict=True), start=1):
        column, source = members[0], raw.columns[members[0].index]
        folded = column.role == "choice" and bool(column.group)
        rows.append(
            {
                "question_id": f"q{column.index + 1}",
                "question_key": key,
                "position": position,
                "column": column.heading,
                "wording": source.wording if folded else source.question,
                "kind": column.role,
                "subject": column.subject,
                "attribute": column.attribute or shorten(source.question),
                "competitor": column.competitor or None,
                "scale_low": column.scale_low,
                "scale_high": column.scale_high,
                "reversed": column.reversed,
            }
        )
    frame = pd.DataFrame(rows).astype({"competitor": object, "scale_low": "float64", "scale_high": "float64"})
    return table({str(name): frame[name] for name in frame})
