"""What a Python program gets: a few functions, typed and frozen, that can be pickled and shared by threads."""

import doctest
import json
import os
import pickle
import pydoc
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import msgspec
import pytest

import spasmhelp
from spasmhelp import (
    Case,
    CaseError,
    Problem,
    TableError,
    advice_json,
    advise,
    explain,
    load_table,
    read_case,
    read_sentence,
    withdrawn,
)
from spasmhelp.core.wire import advice_out, encode
from tests.program import ROOT, run

CALF = {"onset": "sudden", "location": "calf"}


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_the_examples_of_a_page_do_what_they_say(page):
    examples = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    test = doctest.DocTestParser().get_doctest("".join(examples), {}, page, page, 0)
    assert len(test.examples) >= 5
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0


def test_every_public_name_is_on_the_page_about_python_in_dir_and_in_help():
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    helped = pydoc.render_doc(spasmhelp, renderer=pydoc.plaintext)
    for name in spasmhelp.__all__:
        assert getattr(spasmhelp, name)
        assert name in dir(spasmhelp)
        assert re.search(rf"^    (class )?{name}\b", helped, re.MULTILINE), name
    assert {name for name in spasmhelp.__all__ if name not in page} == {"Explanation", "Heard", "Problem"}
    assert [name for name in dir(spasmhelp) if not name.startswith("__")] == sorted(spasmhelp.__all__)
    with pytest.raises(AttributeError):
        spasmhelp.advices  # noqa: B018


def test_dir_imports_nothing():
    code = (
        "import spasmhelp, sys; dir(spasmhelp); print([name for name in sys.modules if name.startswith('spasmhelp.')])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def lines_of(table):
    """Yield the values of a table that a prompt shows, and of the advice for all its cases."""
    for section in table.__struct_fields__:
        value = getattr(table, section)
        yield from value if isinstance(value, tuple) else ()
    yield from (table, table.file)
    for case in table.cases:
        advice = advise(table, case.given)
        yield from (advice, case.given, *advice.steps, *advice.withheld)
        yield explain(table, case.given)
        yield read_sentence(table, case.sentence or case.name)


def test_whatever_a_prompt_shows_is_one_line_of_120_characters_at_most(table):
    for value in lines_of(table):
        line = repr(value)
        assert len(line) <= 120
        assert line.isprintable()
        assert line.startswith(f"<{type(value).__name__} ")


def test_a_repr_names_the_thing_and_no_text_breaks_it():
    step = load_table().steps[0]
    assert repr(step) == f"<Step {step.id}: {step.name}>"
    evil = msgspec.structs.replace(step, name="a\n\x1b[31m" + "x" * 200)
    assert repr(evil).startswith(f"<Step {step.id}: a \\x1b[31mxxx")
    assert (len(repr(evil)), repr(evil)[-4:]) == (120, "...>")


def test_a_case_with_answers_of_another_type_can_be_shown(table):
    assert repr(Case(onset="sudden", triggers=["cold"])).startswith(
        "<Case onset: sudden; location: not asked; triggers: "
    )


def test_a_notebook_says_all_of_an_advice_that_the_json_says(table):
    for case in table.cases:
        advice = advise(table, case.given)
        page, said = re.sub(r"\\(.)", r"\1", advice._repr_markdown_()), json.loads(advice_json(advice))
        given = [step["text"] for step in said["steps"]] + [who for step in said["steps"] for who in step["not_if"]]
        withheld = [one["because"] for one in said["withheld"]]
        for text in (*said["actions"], *given, *withheld, *said["safety_net"]):
            assert " ".join(text.split()) in page


def test_no_text_of_a_table_is_markup_in_a_notebook(table):
    about = msgspec.structs.replace(
        table.about, title="<script>x</script> **b** [l](http://e) `c` $m$", disclaimer="# &lt;"
    )
    evil = msgspec.structs.replace(table, about=about)
    for page in (evil._repr_markdown_(), advise(evil, CALF)._repr_markdown_()):
        assert not re.search(r"(?<!\\)[<>\[\]`$&#]", page)


def test_the_json_of_an_advice_is_what_the_command_writes(table):
    advice = advise(spasmhelp.overdue(table, date.today()), CALF)
    assert (
        run("advise", "--json", "--onset", "sudden", "--location", "calf", stdin="").out == advice_json(advice) + "\n"
    )


def test_the_id_of_a_case_may_be_any_json(table):
    ident = {"a": ["\u00e9", 10**30, None]}
    assert json.loads(advice_json(advise(table, CALF), ident))["id"] == ident


def test_advice_is_given_on_answers_as_on_the_case_they_make(table):
    assert advise(table, CALF) == advise(table, read_case(table, CALF))
    assert explain(table, CALF) == explain(table, read_case(table, CALF))


def deep(depth):
    """Return a list in a list, so deep."""
    value = []
    for _ in range(depth):
        value = [value]
    return value


def circular():
    """Return a list that holds itself."""
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    ("ident", "message"),
    [
        (circular(), "cannot be JSON: Circular reference detected"),
        (deep(100_000), "nested too deep: over 32 levels"),
        (10**5000, "cannot be JSON: "),
        ("\ud800", "holds half a character"),
    ],
    ids=["circular", "deep", "a long number", "half a character"],
)
def test_an_id_that_cannot_come_back_is_one_problem(table, ident, message):
    for call in (advise, read_case):
        with pytest.raises(CaseError, match=message):
            call(table, CALF | {"id": ident})
    with pytest.raises(CaseError, match=message):
        advice_json(advise(table, CALF), ident)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda table: read_case(table, "calf"), "answers must be a mapping such as .*, not str"),
        (lambda table: read_case(table, [CALF]), "answers must be a mapping such as .*, not list"),
        (lambda table: read_case(CALF, table), "table must be of the type Table, not dict"),
        (lambda table: read_case(table, CALF | {"triggers": {"cold"}}), "the answers cannot be JSON: .* set"),
        (lambda table: read_case(table, {("onset",): "sudden"}), "the answers cannot be JSON: keys must be"),
        (lambda table: advise(table, "calf"), "case must be a Case, or answers as read_case takes them, not str"),
        (lambda table: advise(table, [CALF]), "case must be a Case, .* not list"),
        (lambda table: advise(table, None), "case must be a Case, .* not NoneType"),
        (lambda table: advise("my.yaml", CALF), "table must be of the type Table, not str"),
        (lambda table: advise(table, Case(triggers="cold")), "case.triggers must be of the type tuple, not str"),
        (lambda table: advise(table, Case(triggers=5)), "case.triggers must be of the type tuple, not int"),
        (lambda table: advise(table, Case(asked="all")), "case.asked must be of the type Asked, not str"),
        (lambda table: explain(table, 5), "case must be a Case, .* not int"),
        (lambda table: read_sentence(table, b"calf"), "text must be of the type str, not bytes"),
        (advice_json, "advice must be of the type Advice, not Table"),
        (lambda table: advice_json(advise(table, CALF), {1}), "the id cannot be JSON: .* set"),
        (lambda table: withdrawn(5, advise(table, CALF)), "shown must be the steps of an advice, not int"),
        (lambda table: withdrawn(table.steps, advise(table, CALF)), "each of shown must be of the type GivenStep"),
        (lambda table: withdrawn((), CALF), "advice must be of the type Advice, not dict"),
        (lambda table: spasmhelp.overdue(table, "2026-11-24"), "today must be of the type date, not str"),
        (lambda table: spasmhelp.overdue(None, date(2026, 1, 1)), "table must be of the type Table, not NoneType"),
    ],
)  # fmt: skip
def test_an_argument_of_another_type_is_refused_with_a_sentence(table, call, said):
    with pytest.raises(TypeError, match=said):
        call(table)


def test_a_case_of_another_table_is_refused(table):
    calf = next(place for place in table.locations if place.id == "calf")
    other = msgspec.structs.replace(calf, name="Shank")
    case = Case(onset=table.onsets[0], location=other, red_flags=("stroke",), triggers=(None,))
    with pytest.raises(CaseError) as refused:
        advise(table, case)
    assert str(refused.value).split("\n") == [
        "location: 'calf' is no entry of this table; read_case makes a case of words",
        "triggers: 'None' is no entry of this table; read_case makes a case of words",
        "red_flags: 'stroke' is no entry of this table; read_case makes a case of words",
    ]
    assert explain(table, msgspec.structs.replace(case, location=calf, red_flags=None, triggers=()))


def test_an_error_says_each_problem_in_a_line_with_its_place(table):
    with pytest.raises(CaseError) as refused:
        advise(table, {"onset": "x\n\x1b", "sore": 1})
    assert str(refused.value).split("\n") == [
        "sore: unknown key 'sore'",
        "onset: holds a control character: 'x\\n\\x1b'",
    ]
    assert str(
        TableError(
            [Problem(line=3, column=5, where="a.b", message="is wrong"), Problem(where="", message="y")], "t.yaml"
        )
    ) == ("t.yaml: y\nt.yaml:3:5: a.b: is wrong")
    assert str(CaseError([Problem(line=1, column=2, where="", message="not JSON")])) == "1:2: not JSON"


def test_a_datetime_is_a_day_too(table):
    assert spasmhelp.overdue(table, datetime(2026, 11, 24, 12)) is table


def test_steps_of_an_earlier_advice_that_are_not_given_any_more_are_withdrawn(table):
    first = advise(table, CALF)
    assert withdrawn(list(first.steps), first) == ()
    assert withdrawn(first.steps, advise(table, CALF | {"red_flags": ["dark_urine"]})) == tuple(
        given.step for given in first.steps
    )


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


def test_many_threads_read_sentences_of_a_table_that_is_new_to_all(table):
    sentences = [case.sentence for case in table.cases if case.sentence] * 2
    alone = [read_sentence(table, sentence).case for sentence in sentences]
    new = msgspec.structs.replace(table)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda sentence: read_sentence(new, sentence).case, sentences))
    finally:
        sys.setswitchinterval(before)
    assert together == alone
