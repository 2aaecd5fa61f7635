"""Where the table comes from, and what is said where it cannot be had."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from spasmhelp import CaseError, TableError, files


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
    monkeypatch.setattr("spasmhelp.core.parse.parse_table", starved)
    with pytest.raises(TableError) as refused:
        files.load_table(str(tmp_path / "big.yaml"))
    assert [problem.message for problem in refused.value.problems] == ["needs more memory than there is"]
    assert refused.value.name.endswith("big.yaml")


def test_a_table_is_read_from_a_path_of_any_sort(table):
    path = Path(files.built_in())
    assert files.load_table(path) == files.load_table(str(path)) == table


@pytest.mark.parametrize("path", ["a\0b", "\ud800", Path("a\0b")], ids=ascii)
def test_what_cannot_be_the_name_of_a_file_cannot_be_read(path):
    with pytest.raises(TableError, match="cannot be read: its name cannot be that of a file"):
        files.load_table(path)
    with pytest.raises(CaseError, match="cannot be read: its name cannot be that of a file"):
        files.opened(str(path))


@pytest.mark.parametrize("path", [0, b"remedies.yaml", ["remedies.yaml"], True], ids=repr)
def test_a_path_of_another_type_is_refused_with_a_sentence(path):
    with pytest.raises(TypeError, match=r"path must be a str or a Path, not (int|bytes|list|bool)"):
        files.load_table(path)
