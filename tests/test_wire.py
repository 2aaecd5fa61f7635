"""What is written as JSON: the keys of the contract in their order, and nothing lost on the way."""

import json

import pytest

from spasmhelp.core.advise import advise
from spasmhelp.core.decoding.case import vocabulary
from spasmhelp.core.decoding.case_json import read_json_case
from spasmhelp.core.document import Problem
from spasmhelp.core.wire import advice_out, case_out, encode, problem_out
from tests.tables import case_of

KEYS = ["schema", "id", "table", "case", "level", "screened", "unasked", "actions", "because", "steps", "withheld"]
KEYS += ["safety_net", "sources"]
STEP = [*["id", "phase", "text", "do", "how", "hold", "not_if", "origin", "sources_say", "sources", "rules"]]


def written(table, ident=None, **answers):
    """Return the advice for a case as a reader of its JSON sees it."""
    return json.loads(encode(advice_out(table, advise(table, case_of(table, **answers)), ident)))


def test_the_keys_stand_in_the_order_of_the_contract(small):
    advice = written(small, onset="sudden", location="calf", precautions=["torn"])
    assert list(advice) == KEYS
    assert list(advice["table"]) == ["title", "reviewed", "sha256"]
    assert list(advice["case"]) == ["onset", "location", "triggers", "red_flags", "precautions"]
    assert list(advice["steps"][0]) == STEP
    assert list(advice["withheld"][0]) == ["id", "precaution", "because"]
    assert list(advice["because"][0]) == ["rule", "text"]
    assert list(advice["sources"]["article"]) == ["name", "cite", "url"]


def test_what_was_not_asked_is_null_and_what_was_denied_is_empty(small):
    advice = written(small, onset="sudden", location="calf", red_flags=[])
    assert advice["case"]["red_flags"] == []
    assert advice["case"]["triggers"] is None
    assert (advice["screened"], advice["unasked"]) == (True, [])


def test_unasked_red_flags_are_listed_for_scripts_that_ask_by_themselves(small):
    advice = written(small, onset="sudden", location="calf")
    assert (advice["screened"], advice["unasked"]) == (False, ["clot", "often"])


def test_what_a_step_lacks_is_null(small):
    steps = {
        step["id"]: step for step in written(small, onset="sustained", location="calf", triggers=["exercise"])["steps"]
    }
    assert (steps["warm_up"]["how"], steps["warm_up"]["hold"]) == (None, None)


def test_a_reason_names_its_rule_or_its_red_flag(small):
    advice = written(small, onset="sudden", location="calf", red_flags=["clot"])
    assert {"red_flag": "clot", "text": "It can be a clot."} in advice["because"]
    assert advice["withheld"][0]["precaution"] is None
    assert advice["actions"][:2] == ["Get help today.", "Do not press."]


@pytest.mark.parametrize("ident", [None, 0, -1, "a", "\u00fc\u2028", [1, {"a": None}], {"b": [True, False]}])
def test_an_id_comes_back_as_it_came(small, ident):
    text = json.dumps({"id": ident, "onset": "sudden", "location": "calf"})
    case, read = read_json_case(vocabulary(small), text)
    assert json.loads(encode(advice_out(small, advise(small, case), read)))["id"] == ident


def test_a_case_that_was_written_is_read_again(table):
    known = vocabulary(table)
    for one in (case for case in table.cases if not case.sentence):
        assert read_json_case(known, encode(case_out(one.given)).decode()) == (one.given, None)


def test_an_answer_is_one_line(table):
    for one in table.cases[:20]:
        assert encode(advice_out(table, advise(table, one.given))).count(b"\n") == 1


def test_a_problem_has_a_place_only_where_there_is_one():
    assert problem_out(Problem(where="onset", message="bad")) == {"where": "onset", "message": "bad", "choices": []}
    out = problem_out(Problem(line=2, column=3, where="", message="bad"), "t.yaml")
    assert (out["line"], out["column"], out["file"]) == (2, 3, "t.yaml")
