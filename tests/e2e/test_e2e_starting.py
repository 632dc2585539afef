"""Starting and being asked for health: what is not right is said in a sentence, and nothing is half done."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from tests import serving

A_SECOND = 1.1  # an answer about health holds for a second


def test_a_healthy_server_names_its_stores_and_its_version(empty_server):
    status, report = empty_server.health()
    assert status == 200
    assert report["status"] == "ok"
    assert report["version"]
    assert [report[part]["ok"] for part in ("records", "datasets", "data_folder")] == [True] * 3


def test_a_second_server_on_the_same_workspace_ends_with_a_sentence(empty_server):
    code, said = serving.refusal(empty_server.home)
    assert code == 2
    assert f"Another AMP (process {empty_server.process.pid}) already serves the workspace" in said
    assert "Traceback" not in said
    assert empty_server.health()[0] == 200, "the first one is not disturbed"


@pytest.mark.parametrize(
    ("options", "settings", "sentence"),
    [
        (("--server.address=0.0.0.0",), {}, "the server was told to listen on 0.0.0.0"),
        ((), {"AMP_HOEM": "elsewhere"}, "The setting AMP_HOEM is not known"),
        ((), {"AMP_AUTH": "passcode"}, "AMP_AUTH=passcode needs at least AMP_ADMIN_PASSCODE"),
        ((), {"AMP_MIN_GROUP": "1"}, "AMP_MIN_GROUP"),
    ],
    ids=["an open door", "an unknown setting", "no passcode", "a group too small"],
)
def test_a_server_that_must_not_start_ends_with_a_sentence_instead_of_a_traceback(
    tmp_path, options, settings, sentence
):
    code, said = serving.refusal(tmp_path / "home", *options, settings=settings)
    assert code == 2
    assert "AMP did not start." in said
    assert sentence in said
    assert "Traceback" not in said


def test_a_workspace_that_cannot_be_a_folder_ends_with_a_sentence(tmp_path):
    (tmp_path / "home").write_text("a file stands where the folder should be")
    code, said = serving.refusal(tmp_path / "home")
    assert (code, "cannot be used" in said, "Traceback" in said) == (2, True, False)


def damage(file: Path) -> None:
    file.write_bytes(b"this was a database once " * 4000)


@pytest.mark.parametrize("harm", [damage, Path.unlink], ids=["damaged", "deleted"])
def test_health_is_503_when_the_records_are_harmed_while_the_server_runs(own_server, harm):
    assert own_server.health()[0] == 200
    for name in ("records.sqlite3", "records.sqlite3-wal"):
        harm(own_server.home / name)
    time.sleep(A_SECOND)
    status, report = own_server.health()
    assert status == 503
    assert report["records"]["problem"].endswith(".")


def test_health_is_503_when_the_data_folder_is_gone(own_server):
    shutil.rmtree(own_server.home)
    time.sleep(A_SECOND)
    status, report = own_server.health()
    assert status == 503
    assert not report["data_folder"]["ok"]
    assert "cannot be written" in report["data_folder"]["problem"]
