"""Values read by the types of the model: dates as people write them, and names that stay on their line."""

from typing import Any

import pytest

from spasmhelp.core.decoding.typed import BAD, Reader
from spasmhelp.core.model import About, Onset, Step, TableCase, Topic
from spasmhelp.core.yaml_tree import read_yaml


def wrong(kind: Any, text: str, **given: Any) -> list[str]:
    """Return what is wrong with a text as a structure, as place and message."""
    reader = Reader(lambda _kind, _text: BAD)
    reader.struct(kind, read_yaml(text)[0], "", **given)
    return [
        f"{one.line}:{one.column} {one.where}: {one.message}" for one in reader.problems if "missing" not in one.message
    ]


@pytest.mark.parametrize("date", ["2026-W48-4", "2026W484", "20261122", "2026-11-2", "2026-02-30", "\uff12026-11-22"])
def test_a_date_is_year_month_and_day_and_no_other_form_of_iso_8601(date: str) -> None:
    assert wrong(About, f"reviewed: {date}") == [f"1:11 reviewed: expected a date such as 2026-11-22, found '{date}'"]
    assert wrong(About, "reviewed: 2026-11-22") == []


@pytest.mark.parametrize(
    ("kind", "key"), [(Onset, "name"), (Onset, "synonyms"), (Onset, "cues"), (Onset, "hints"), (Topic, "title"),
                      (Topic, "synonyms"), (TableCase, "name"), (About, "title"), (About, "reviewed_by")]
)  # fmt: skip
def test_what_something_is_called_is_one_line(kind: Any, key: str) -> None:
    is_list = key in ("synonyms", "cues", "hints")
    value = '["Calf", "Calf\\n1. Emergency"]' if is_list else '"Calf\\n1. Emergency"'
    assert wrong(kind, f"{key}: {value}", **({} if kind in (About, TableCase) else {"id": "x"})) == [
        f"1:{len(key) + 3} {key}: must be one line"
    ]


def test_a_line_feed_at_the_end_of_a_name_is_dropped_and_a_text_may_have_some() -> None:
    assert wrong(Topic, "title: |\n  A page\ntext: |\n  One.\n  Two.\n", id="x") == []


@pytest.mark.parametrize(("text", "found"), [("how: [a, b]", "a list"), ("how: soon", "'soon'")])
def test_a_mapping_that_is_none_is_refused_with_what_stands_there(text: str, found: str) -> None:
    assert wrong(Step, text, id="x") == [f"1:6 how: expected keys with values, found {found}"]


def test_keys_where_a_text_belongs_are_called_so() -> None:
    assert wrong(Onset, "name: {a: b}", id="x") == ["1:7 name: expected a text, found keys with values"]
