"""What a Python program gets: a few functions, typed and frozen, that can be pickled and shared by threads."""

import doctest
import os
import pickle
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest

import spasmhelp
from spasmhelp import Case, CaseError, TableError, advise, load_table, read_case
from spasmhelp.core.wire import advice_out, encode
from tests.program import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_of_the_readme_does_what_it_says():
    example = re.search(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)[1]
    test = doctest.DocTestParser().get_doctest(example, {}, "README.md", "README.md", 0)
    assert len(test.examples) >= 5
    assert doctest.DocTestRunner().run(test).failed == 0


def test_every_public_name_is_there_and_no_other():
    assert all(getattr(spasmhelp, name) for name in spasmhelp.__all__)
    with pytest.raises(AttributeError):
        spasmhelp.advice  # noqa: B018


def test_a_program_can_say_that_a_review_is_overdue_as_the_command_line_does():
    table = load_table()
    assert spasmhelp.overdue(table, table.about.review_by) is table
    late = spasmhelp.overdue(table, table.about.review_by + timedelta(days=1))
    case = read_case(late, {"onset": "sudden", "location": "calf"})
    assert advise(late, case).disclaimer.endswith(
        f"was due for review by {table.about.review_by}: it may be out of date."
    )


def test_the_types_are_for_others_to_check(tmp_path):
    api = pytest.importorskip("mypy.api")
    assert (ROOT / "spasmhelp" / "py.typed").exists()
    script = tmp_path / "script.py"
    script.write_text(
        "from spasmhelp import *\nreveal_type(advise(load_table(), read_case(load_table(), {})).steps[0].step.id)\n"
    )
    out, _, status = api.run(["--strict", "--config-file", os.devnull, str(script)])
    assert (status, '"str"' in out or "builtins.str" in out) == (0, True), out


def test_a_case_is_read_by_ids_names_or_synonyms(table):
    case = read_case(table, {"onset": "cramp", "location": "Charley Horse", "triggers": ("heat or sweat",), "id": 1})
    assert case == Case(
        onset=table.onsets[0],
        location=next(place for place in table.locations if place.id == "calf"),
        triggers=tuple(trigger for trigger in table.triggers if trigger.id == "heat_or_sweat"),
    )
    assert case.red_flags is None
    assert read_case(table, {"onset": "cramp", "location": "calf", "red_flags": []}).red_flags == ()


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"onset": "cramp"}, ["location"]),
        ({"onset": "x", "location": "y", "wo": "z"}, ["location", "onset", "wo"]),
        ({"onset": "cramp", "location": float("nan")}, ["location"]),
        ({"onset": "cramp", "location": "calf", "red_flags": "none"}, ["red_flags"]),
    ],
    ids=str,
)
def test_answers_that_are_no_case_raise_with_every_problem(table, answers, where):
    with pytest.raises(CaseError) as caught:
        read_case(table, answers)
    assert sorted({problem.where for problem in caught.value.problems}) == where


def test_answers_that_json_does_not_have_raise_a_type_error(table):
    with pytest.raises(TypeError):
        read_case(table, {"onset": "cramp", "location": "calf", "red_flags": {"statin"}})


def test_a_table_that_cannot_be_read_raises_with_its_name(tmp_path):
    with pytest.raises(TableError) as caught:
        load_table(str(tmp_path / "none.yaml"))
    assert caught.value.name.endswith("none.yaml")


def test_tables_cases_advice_and_errors_can_be_pickled(table):
    case = table.cases[0].given
    for value in (table, case, advise(table, case)):
        assert pickle.loads(pickle.dumps(value)) == value
    error = pickle.loads(
        pickle.dumps(CaseError([msgspec.structs.replace(spasmhelp.core.document.Problem(where="x", message="y"))]))
    )
    assert error.problems[0].where == "x"


def test_a_pickled_table_advises_alike(table):
    copy = pickle.loads(pickle.dumps(table))
    for case in table.cases:
        given = pickle.loads(pickle.dumps(case.given))
        assert encode(advice_out(copy, advise(copy, given))) == encode(advice_out(table, advise(table, case.given)))


def test_nothing_can_be_changed(table):
    with pytest.raises(AttributeError):
        table.rules = ()
    with pytest.raises(AttributeError):
        table.cases[0].given.onset = None


def test_many_threads_share_a_table(table):
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda case: advise(table, case.given), table.cases * 4))
    finally:
        sys.setswitchinterval(before)
    assert together == [advise(table, case.given) for case in table.cases] * 4
