"""The engine answers what it is asked, and reaches nothing else."""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pandas as pd
import pytest

from amp.errors import AmpError
from amp.warehouse.engine import Engine


@pytest.fixture
def engine(tmp_path):
    (tmp_path / "data").mkdir()
    made = Engine(
        folder=tmp_path / "data", scratch=tmp_path / "scratch", memory_limit_mb=512, threads=2, query_seconds=2
    )
    yield made
    made.close()


def test_values_are_bound_by_name_and_the_rest_is_left_aside(engine):
    assert engine.query("select $a + 1 as b", a=1, unused="x")["b"].tolist() == [2]


def test_a_value_is_never_read_as_sql(engine):
    hostile = "'; drop table people; --"
    engine.load_frame("people", pd.DataFrame({"name": [hostile, "Ann"]}))
    assert len(engine.query("select * from people where name = $name", name=hostile)) == 1
    assert len(engine.query("select * from people")) == 2


def test_only_the_data_folder_can_be_read(engine, tmp_path):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(duckdb.Error, match="disabled by configuration"):
        engine.query("select * from read_csv($file)", file=str(tmp_path / "secret.csv"))


@pytest.mark.parametrize("sql", ["set enable_external_access = true", "install httpfs", "set memory_limit = '100GB'"])
def test_the_hardening_cannot_be_taken_back(engine, sql):
    with pytest.raises(duckdb.Error):
        engine.query(sql)


def test_a_question_that_takes_too_long_ends_with_a_sentence(engine):
    endless = "select sum(a.range * b.range) as s from range(1000000) a, range(1000000) b"
    with pytest.raises(AmpError, match="too long"):
        engine.query(endless)


def test_many_threads_get_their_own_answers(engine):
    engine.load("numbers", "select range as n from range(1000)")
    with ThreadPoolExecutor(8) as pool:
        sums = pool.map(lambda k: engine.query("select sum(n * $k) as s from numbers", k=k)["s"].iloc[0], range(200))
    assert list(sums) == [k * 499_500 for k in range(200)]


def test_a_table_name_that_is_none_of_ours_is_refused(engine):
    with pytest.raises(ValueError, match="not a table name"):
        engine.load("a; drop", "select 1")
