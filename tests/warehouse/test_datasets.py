"""A data set is there wholly or not at all."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pytest

from amp.errors import AmpError, Conflict, NotFound
from amp.warehouse import datasets, storing
from amp.warehouse.datasets import DataSet

ACCOUNTS = {"accounts": pa.table({"account_id": ["1"], "name": ["Alder"]})}


def accounts(**changes):
    return DataSet(**{"kind": "accounts", "title": "Accounts", "rows": 1, **changes})


def test_what_was_written_is_found_again(tmp_path):
    written = storing.write(tmp_path, accounts(), ACCOUNTS)
    assert datasets.stored(tmp_path) == (written,)
    assert written.id
    assert written.created_at


def test_the_version_changes_when_a_data_set_comes_and_returns_when_it_goes(tmp_path):
    before = datasets.version(tmp_path)
    written = storing.write(tmp_path, accounts(), ACCOUNTS)
    assert datasets.version(tmp_path) != before
    datasets.remove(tmp_path, written.id)
    assert datasets.version(tmp_path) == before


def test_the_same_file_is_not_loaded_twice(tmp_path):
    storing.write(tmp_path, accounts(sha256="abc"), ACCOUNTS)
    with pytest.raises(Conflict, match="loaded already"):
        storing.write(tmp_path, accounts(sha256="abc"), ACCOUNTS)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path):
    with pytest.raises(KeyError):
        storing.write(tmp_path, accounts(), {})
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_a_sentence_and_harms_nothing(tmp_path, monkeypatch):
    kept = storing.write(tmp_path, accounts(), ACCOUNTS)

    def full(_descriptor):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AmpError, match="No space left"):
        storing.write(tmp_path, accounts(title="More"), ACCOUNTS)
    assert datasets.stored(tmp_path) == (kept,)
    assert [path.name for path in tmp_path.iterdir()] == [kept.id]


def test_what_an_interrupted_write_left_is_not_shown_and_is_cleared(tmp_path):
    kept = storing.write(tmp_path, accounts(), ACCOUNTS)
    shutil.copytree(tmp_path / kept.id, tmp_path / ".20260101-x.partial")
    assert datasets.stored(tmp_path) == (kept,)
    datasets.clear_leftovers(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [kept.id]


def test_removing_what_is_gone_says_so(tmp_path):
    with pytest.raises(NotFound, match="no longer here"):
        datasets.remove(tmp_path, "../elsewhere")


def test_a_folder_with_a_broken_manifest_is_passed_over(tmp_path):
    kept = storing.write(tmp_path, accounts(), ACCOUNTS)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "manifest.json").write_text("{")
    assert datasets.stored(tmp_path) == (kept,)


def test_a_data_set_whose_file_is_cut_off_is_named_and_can_be_removed(tmp_path):
    kept = storing.write(tmp_path, accounts(), ACCOUNTS)
    broken = storing.write(tmp_path, accounts(title="Broken"), ACCOUNTS)
    file = tmp_path / broken.id / "accounts.parquet"
    file.write_bytes(file.read_bytes()[:50])
    assert datasets.damaged(tmp_path) == (broken.id,)
    datasets.remove(tmp_path, broken.id)
    assert datasets.damaged(tmp_path) == ()
    assert datasets.stored(tmp_path) == (kept,)


def test_a_folder_copied_by_hand_is_a_data_set_of_its_own(tmp_path):
    first = storing.write(tmp_path, accounts(), ACCOUNTS)
    shutil.copytree(tmp_path / first.id, tmp_path / "copy")
    assert {found.id for found in datasets.stored(tmp_path)} == {first.id, "copy"}


def test_two_tabs_that_load_the_same_file_at_once_load_it_once(tmp_path):
    def load(_n):
        try:
            return storing.write(tmp_path, accounts(sha256="abc"), ACCOUNTS).id
        except Conflict:
            return None

    with ThreadPoolExecutor(8) as pool:
        done = [found for found in pool.map(load, range(8)) if found]
    assert len(done) == 1
    assert [found.id for found in datasets.stored(tmp_path)] == done
