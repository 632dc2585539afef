"""From a file to stored tables: what is kept, what is set aside, and that the report says so."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from amp.errors import Conflict, ImportRefused
from amp.imports import Mapping, RawSurvey, check, load, open_file, preview, propose
from amp.warehouse import datasets
from amp.warehouse.datasets import TABLES_OF
from amp.warehouse.schema import TABLES

SURVEY = """Response ID,Date,Account ID,E-mail,Job title,"On a scale of 0 to 10, how likely are you to recommend us?",\
How satisfied are you with delivery?,Why?
R1,2026-01-05,A1,Ann@acme.example,CEO,9,Very satisfied,"=HYPERLINK(""http://x"",""y"")"
R2,2026-01-06,A2,bob@beta.example,Buyer,11,Dissatisfied,<script>alert(1)</script>
R2,soon,,cid@gamma.example,Wizard,3,Don't know,it was late again and again
R4,2026-01-08,A2,dan@beta.example,Head of IT,7.5,Neutral,
R5,2026-01-09,A2,eve@beta.example,,0,Satisfied,fine for us all in all
,,,,,,,
"""
ACCOUNTS = """Account ID,Account name,Revenue,Strategic,Why strategic,Website
A1,Acme,"$1,200,000.50",Yes,Joint development,https://www.acme.example/home
A2,Beta,"(1,200)",No,not used,beta.example
A3,Beta,,No,,
A4,Delta,much,,,
A4,Delta two,7.5,,,
,,12,,,
Total,,"1,300,000",,,
"""
CONTACTS = """Contact ID,First name,Last name,E-mail,Title,Account ID,Account name,Department
C1,Ann,Bee,ann@acme.example,CEO,A1,Acme,Board
C2,Bob,Cee,bob@beta.example,Wizard,,Beta,Operations
C2,Cid,Dee,cid@beta.example,Buyer,,,Purchasing
"""


def read(content: str) -> tuple[RawSurvey, Mapping]:
    raw = open_file(content.encode(), "file.csv", max_mb=50)
    return raw, propose(raw)


def stored(content: str, folder: Path) -> tuple[datasets.DataSet, dict[str, pd.DataFrame]]:
    raw, mapping = read(content)
    dataset = load(raw, mapping, folder, "Title", "")
    names = TABLES_OF[dataset.kind]
    read_back = {name: pq.read_table(folder / dataset.id / f"{name}.parquet").to_pandas() for name in names}
    return dataset, {name: frame.astype(object).where(frame.notna(), None) for name, frame in read_back.items()}


def sentences(content: str) -> str:
    return "\n".join(one.sentence for one in check(*read(content)))


@pytest.mark.parametrize("content", [SURVEY, ACCOUNTS, CONTACTS])
def test_the_stored_tables_have_the_agreed_columns(content: str, tmp_path: Path) -> None:
    dataset, tables = stored(content, tmp_path)
    for name in tables:
        assert pq.read_schema(tmp_path / dataset.id / f"{name}.parquet").equals(TABLES[name])


def test_every_row_is_read_or_dropped_and_the_report_says_which(tmp_path: Path) -> None:
    dataset, tables = stored(SURVEY, tmp_path)
    assert (dataset.rows, len(tables["responses"]), dataset.wave, dataset.source) == (5, 5, "2026", "plain table")
    assert set(dataset.report) == {"read", "repaired", "dropped", "set_aside"}
    assert "1 empty row was dropped." in dataset.report["dropped"]
    assert any(sentence.startswith("5 responses to 3 questions, ") for sentence in dataset.report["read"])


def test_scores_outside_their_scale_are_set_aside_and_counted(tmp_path: Path) -> None:
    dataset, tables = stored(SURVEY, tmp_path)
    recommend = tables["questions"].query("kind == 'recommend'")["question_id"].item()
    assert tables["answers"][tables["answers"]["question_id"].eq(recommend)]["value"].tolist() == [9, 3, 0]
    told = [sentence for sentence in dataset.report["set_aside"] if "outside its scale of 0 to 10" in sentence]
    assert len(told) == 1
    assert told[0].startswith("2 answers")
    assert "“11”" in told[0]
    assert "(row 3, 5)" in told[0]


def test_who_does_not_know_answers_without_a_value(tmp_path: Path) -> None:
    _, tables = stored(SURVEY, tmp_path)
    unsure = tables["answers"].query("status == 'dont_know'")
    assert unsure["label"].tolist() == ["Don't know"]
    assert unsure["value"].isna().all()


def test_an_unanswered_question_has_no_row(tmp_path: Path) -> None:
    _, tables = stored(SURVEY, tmp_path)
    why = tables["questions"].query("kind == 'comment'")["question_id"].item()
    assert tables["answers"]["question_id"].eq(why).sum() == 4


def test_customers_words_are_stored_as_they_are(tmp_path: Path) -> None:
    _, tables = stored(SURVEY, tmp_path)
    said = set(tables["answers"]["comment"].dropna())
    assert {'=HYPERLINK("http://x","y")', "<script>alert(1)</script>"} <= said


def test_double_ids_are_kept_and_told(tmp_path: Path) -> None:
    _, tables = stored(SURVEY, tmp_path)
    assert tables["responses"]["response_id"].tolist() == ["R1", "R2", "R2 (2)", "R4", "R5"]
    assert set(tables["answers"]["response_id"]) <= set(tables["responses"]["response_id"])
    assert "1 response repeats an id" in sentences(SURVEY)


def test_a_date_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    _, tables = stored(SURVEY, tmp_path)
    assert tables["responses"]["answered_at"].isna().tolist() == [False, False, True, False, False]
    assert "1 date in “Date” cannot be read" in sentences(SURVEY)


def test_titles_propose_roles_and_addresses_are_not_stored(tmp_path: Path) -> None:
    dataset, tables = stored(SURVEY, tmp_path)
    roles = tables["responses"]["role"]
    assert roles.where(roles.notna(), "").tolist() == ["decision_maker", "influencer", "", "recommender", ""]
    assert tables["responses"]["email_domain"].tolist()[:2] == ["acme.example", "beta.example"]
    files = b"".join(path.read_bytes() for path in (tmp_path / dataset.id).iterdir())
    assert b"ann@acme" not in files.lower()
    assert tables["responses"]["respondent_id"].is_unique


def test_one_person_has_one_reference_in_every_wave(tmp_path: Path) -> None:
    _, first = stored(SURVEY, tmp_path)
    _, second = stored(SURVEY.replace("Ann@acme.example", "ann@ACME.example ").replace("2026", "2027"), tmp_path)
    assert first["responses"]["respondent_id"][0] == second["responses"]["respondent_id"][0]


def test_one_question_has_one_key_in_every_wave(tmp_path: Path) -> None:
    _, first = stored(SURVEY, tmp_path)
    moved = "Extra,How satisfied are you with the delivery? (1 to 5),ID\n" + "".join(
        f"x,{n % 5 + 1},{n}\n" for n in range(20)
    )
    _, second = stored(moved, tmp_path)
    keys = {frame["questions"].query("kind == 'rating'")["question_key"].item() for frame in (first, second)}
    assert len(keys) == 1


def test_a_scale_that_runs_downwards_is_stored_upwards(tmp_path: Path) -> None:
    content = "id,How satisfied are you?\n1,1 - Very satisfied\n2,2\n3,5 - Very dissatisfied\n4,3\n"
    _, tables = stored(content, tmp_path)
    assert tables["questions"]["reversed"].tolist() == [True]
    assert tables["answers"]["value"].tolist() == [5, 4, 1, 3]


def test_accounts_keep_every_cent_and_every_doubt(tmp_path: Path) -> None:
    _, tables = stored(ACCOUNTS, tmp_path)
    accounts = tables["accounts"]
    assert accounts["account_id"].tolist() == ["A1", "A2", "A3", "A4", "A4 (2)"]
    assert accounts["revenue"].tolist() == [Decimal("1200000.50"), Decimal("-1200.00"), None, None, Decimal("7.50")]
    assert accounts["strategic"].tolist() == [True, False, False, False, False]
    assert accounts["strategic_reason"].tolist() == ["Joint development", None, None, None, None]
    assert accounts["domain"].tolist()[:2] == ["acme.example", "beta.example"]
    assert accounts["currency"].tolist()[:2] == ["USD", None]


@pytest.mark.parametrize(
    "sentence",
    [
        "1 account has no revenue and will be in no tier (row 4).",
        "1 account has negative revenue; kept and flagged, in the last tier (row 3).",
        "1 cell in “Revenue” cannot be read as money: “much” (row 5).",
        "2 accounts are called “Beta”; answers that give only the name cannot tell them apart (row 3, 4).",
        "1 row without an account's name or number was dropped (row 7).",
        "1 row with a total was dropped (row 8).",
        "1 account repeats a number or name that was there before; all were kept, with a number behind it (row 6).",
    ],
)
def test_an_account_list_tells_what_is_doubtful(sentence: str) -> None:
    assert sentence in sentences(ACCOUNTS)


def test_several_currencies_are_told() -> None:
    assert "2 currencies (EUR, USD)" in sentences("Account,Revenue\nA,€ 5\nB,$ 6\n")


def test_contacts_join_their_names_and_fall_back_on_the_accounts_name(tmp_path: Path) -> None:
    _, tables = stored(CONTACTS, tmp_path)
    contacts = tables["contacts"]
    assert contacts["name"].tolist() == ["Ann Bee", "Bob Cee", "Cid Dee"]
    assert contacts["account_ref"].tolist() == ["A1", "Beta", None]
    assert contacts["contact_id"].tolist() == ["C1", "C2", "C2 (2)"]
    assert contacts["role"].tolist() == ["decision_maker", None, "influencer"]
    assert "1 contact names no account (row 4)." in sentences(CONTACTS)
    assert "1 title tells no role" in sentences(CONTACTS)


def test_a_table_without_questions_is_refused_and_nothing_is_stored(tmp_path: Path) -> None:
    raw, mapping = read(SURVEY)
    nothing = mapping.model_copy(
        update={"columns": tuple(one.model_copy(update={"role": "ignore"}) for one in mapping.columns)}
    )
    with pytest.raises(ImportRefused, match="No column is taken for a question"):
        load(raw, nothing, tmp_path, "t")
    assert list(tmp_path.iterdir()) == []
    assert check(raw, nothing)[0].severity == "problem"


def test_a_mapping_of_another_file_is_refused(tmp_path: Path) -> None:
    raw, _ = read("id,How satisfied are you?\n1,4\n2,5\n")
    _, other = read(SURVEY)
    with pytest.raises(ImportRefused, match="another file"):
        load(raw, other, tmp_path, "t")


def test_the_same_file_is_loaded_once(tmp_path: Path) -> None:
    stored(SURVEY, tmp_path)
    with pytest.raises(Conflict, match="loaded already"):
        stored(SURVEY, tmp_path)
    assert len(datasets.stored(tmp_path)) == 1


def test_the_preview_shows_what_will_be_stored() -> None:
    shown = preview(*read(SURVEY), rows=4)
    recommend = next(title for title in shown if title.startswith("Recommend ("))
    delivery = next(title for title in shown if title.startswith("Delivery ("))
    assert delivery == "Delivery (rating of the service, 1 to 5)"
    assert shown[recommend].tolist() == ["9", "set aside: 11", "3", "set aside: 7.5"]
    assert shown[delivery].tolist() == ["5 (Very satisfied)", "2 (Dissatisfied)", "don't know", "3 (Neutral)"]
    assert shown["Date"].tolist()[2] == "cannot be read: soon"
    assert set(shown["E-mail address"]) == {"(personal, not shown)"}
    assert not shown.isna().any().any()


def test_the_preview_shows_money_as_it_will_be_counted() -> None:
    shown = preview(*read(ACCOUNTS))
    assert shown["Revenue"].tolist()[:4] == ["1,200,000.50", "-1,200.00", "", "no amount: much"]


@pytest.mark.slow
def test_fifty_thousand_rows_load_within_the_time_of_a_coffee(tmp_path: Path) -> None:
    import time

    words = ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied", "N/A", ""]
    head = ["ID", "Date", "Account", *(f"How satisfied are you with attribute {n}?" for n in range(51)), *("Why?",) * 6]
    lines = (
        ",".join(
            [
                f"R{n}",
                f"2026-01-{n % 28 + 1:02d}",
                f"Account {n % 400}",
                *(words[(n * k) % 7] for k in range(1, 52)),
                *(f"said {n} once more",) * 6,
            ]
        )
        for n in range(50_000)
    )
    content = "\n".join([",".join(head), *lines])
    start = time.perf_counter()
    dataset, _ = stored(content, tmp_path)
    assert dataset.rows == 50_000
    assert time.perf_counter() - start < 40


GROWN = "ResponseId,Recorded Date,Overall satisfaction (1-5)\n" + "".join(
    f"R_{n:03},2026-03-{1 + n % 28:02} 10:00,{1 + n % 5}\n" for n in range(30)
)


def test_an_export_that_has_grown_adds_only_what_is_new(tmp_path: Path) -> None:
    first, _ = stored("\n".join(GROWN.splitlines()[:21]) + "\n", tmp_path)
    second, tables = stored(GROWN, tmp_path)
    assert (first.rows, second.rows, len(tables["responses"])) == (20, 10, 10)
    assert set(tables["answers"]["response_id"]) == {f"R_{n:03}" for n in range(20, 30)}
    assert "20 responses are loaded already for this wave and left out." in second.report["dropped"]


def test_an_export_without_anything_new_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    stored(GROWN, tmp_path)
    with pytest.raises(Conflict, match="30 responses of this file are loaded already"):
        stored(GROWN.replace("Overall satisfaction", "Satisfaction overall"), tmp_path)
    assert len(datasets.stored(tmp_path)) == 1


def keys_of(text: str, folder: Path) -> dict[str, str]:
    _, tables = stored(text, folder)
    return dict(zip(tables["questions"]["column"], tables["questions"]["question_key"], strict=True))


def test_two_recommend_questions_keep_their_own_keys_wherever_they_stand(tmp_path: Path) -> None:
    team, firm = (
        "How likely are you to recommend our support team?",
        "How likely are you to recommend Acme as a company?",
    )
    rows = [f"{n % 11},{(n * 3) % 11}\n" for n in range(30)]
    first = keys_of(f"{team},{firm}\n" + "".join(rows), tmp_path / "a")
    second = keys_of(f"{firm},{team}\n" + "".join(rows), tmp_path / "b")
    assert first == second
    assert len(set(first.values())) == 2


def test_a_scale_with_other_ends_is_another_question(tmp_path: Path) -> None:
    five = "Overall satisfaction (1-5)\n" + "".join(f"{1 + n % 5}\n" for n in range(30))
    ten = "Overall satisfaction (1-10)\n" + "".join(f"{1 + n % 10}\n" for n in range(30))
    (first,), (second,) = keys_of(five, tmp_path / "a").values(), keys_of(ten, tmp_path / "b").values()
    assert first != second


def test_a_comparison_without_a_competitor_is_told_before_loading() -> None:
    words = ("superior", "better", "same", "worse", "failed")
    text = "How does our service compare?\n" + "".join(f"{words[n % 5]}\n" for n in range(30))
    assert "compares us with nobody" in sentences(text)
