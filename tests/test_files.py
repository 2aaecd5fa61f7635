"""Where the table comes from, and what is said where it cannot be had."""

import sys
from types import SimpleNamespace

import pytest

from spasmhelp import TableError, files


def test_a_compiled_table_is_taken_where_no_file_is_named(small, monkeypatch, table):
    monkeypatch.setitem(sys.modules, "spasmhelp._table", SimpleNamespace(TABLE=small))
    assert files.load_table() is small
    assert files.load_table(files.built_in()) == table


def test_the_table_in_the_package_comes_before_the_one_beside_it(tmp_path, monkeypatch):
    package = tmp_path / "site" / "spasmhelp"
    (package / "data").mkdir(parents=True)
    monkeypatch.setattr(files, "HERE", str(package))
    assert files.built_in() == str(package / "data" / "remedies.yaml")
    (tmp_path / "site" / "pyproject.toml").touch()
    assert files.built_in() == str(tmp_path / "site" / "data" / "remedies.yaml")
    (package / "data" / "remedies.yaml").touch()
    assert files.built_in() == str(package / "data" / "remedies.yaml")


def test_a_table_that_takes_more_memory_than_there_is_is_named(tmp_path, monkeypatch):
    def starved(*_):
        raise MemoryError

    (tmp_path / "big.yaml").write_text("about: {}")
    monkeypatch.setattr(files, "parse_table", starved)
    with pytest.raises(TableError) as refused:
        files.load_table(str(tmp_path / "big.yaml"))
    assert [problem.message for problem in refused.value.problems] == ["needs more memory than there is"]
    assert refused.value.name.endswith("big.yaml")
