"""The JSON Schemas: they accept what the program takes and gives, and refuse what it refuses."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from spasmhelp.core.advise import advise
from spasmhelp.core.document import Items, Keys, Literal, Node, Scalar, TableError
from spasmhelp.core.parse import parse_table
from spasmhelp.core.schema import SCHEMAS
from spasmhelp.core.wire import advice_out, case_out, encode
from spasmhelp.core.yaml_tree import read_yaml
from tests.broken import FOLDER, broken_table
from tests.program import ROOT, run
from tests.tables import SMALL

REMEDIES = (ROOT / "data" / "remedies.yaml").read_text(encoding="utf-8")


def validator(name: str) -> Draft202012Validator:
    """Return what validates against a schema as the program prints it."""
    return Draft202012Validator(json.loads(encode(SCHEMAS[name]())), format_checker=Draft202012Validator.FORMAT_CHECKER)


def plain(node: Node) -> Any:
    """Return a tree as an editor sees it: numbers, true, false and null where there are no quotes."""
    if isinstance(node, Keys):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar | Literal)
    if isinstance(node, Scalar) and node.bare and node.text in ("true", "false", "null"):
        return json.loads(node.text)
    return int(node.text) if isinstance(node, Scalar) and node.bare and node.text.isdigit() else node.text


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_that_is_printed_is_a_draft_2020_12_schema(name):
    ran = run("schema", name)
    assert (ran.status, ran.err) == (0, "")
    Draft202012Validator.check_schema(json.loads(ran.out))
    assert json.loads(ran.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schema_for_editors_is_the_one_that_is_printed():
    assert (ROOT / "data" / "table.schema.json").read_text(encoding="utf-8") == run("schema", "table").out


def test_editors_find_the_schema_from_the_first_line_of_the_table():
    assert REMEDIES.splitlines()[0] == "# yaml-language-server: $schema=table.schema.json"


@pytest.mark.parametrize("text", [REMEDIES, SMALL], ids=["shipped", "small"])
def test_a_sound_table_is_valid(text):
    tree, problems = read_yaml(text)
    assert not problems
    validator("table").validate(plain(tree))


# The broken tables whose shape is wrong; of the others no tree comes, or the schema cannot say what is wrong with them.
WRONG_SHAPES = (
    "bad_id entries_for_list list_for_text missing_key missing_section named_twice not_a_boolean not_a_date "
    "not_a_number text_for_list unknown_key unknown_level unknown_phase unknown_section asked_by_a_precaution "
    "missing_unasked unknown_part unknown_extent unknown_phrase reported_twice region_twice"
)


@pytest.mark.parametrize("name", WRONG_SHAPES.split())
def test_a_broken_table_of_a_wrong_shape_is_refused_by_the_schema_too(name):
    tree, problems = read_yaml(broken_table(name))
    assert not problems
    assert not validator("table").is_valid(plain(tree))


def test_the_good_table_that_the_broken_ones_are_made_from_is_valid():
    validator("table").validate(plain(read_yaml((FOLDER / "good.yaml").read_text(encoding="utf-8"))[0]))


BROKEN_SHAPES = [
    ("  exercise: {name: Exercise}", "  exercise: {nam: Exercise}"),
    ("  exercise: {name: Exercise}", "  exercise: {}"),
    ("  exercise: {name: Exercise}", "  exercise: [Exercise]"),
    ("  exercise: {name: Exercise}", "  Exercise: {name: Exercise}"),
    ("guarded: true", "guarded: maybe"),
    ("phase: prevent", "phase: later"),
    ("level: emergency", "level: worst"),
    ("at_most_minutes: 10", "at_most_minutes: ten"),
    ("reviewed: 2026-11-23", "reviewed: last week"),
    ("advise: [press]", "advise: press"),
    ("advise: [press]", "advise: [press, press]"),
    ("unless: {torn: ", "unless: {torn: [x], thin_blood: "),
    ("topics:", "themes:"),
    ("schema: 2, ", ""),
    ("asked: after", "asked: later"),
    ("rules_out: every_step", "rules_out: each_step"),
    ('short: "Heavy chest"', "short: [Heavy chest]"),
    ("{say: Swollen leg}", "{says: Swollen leg}"),
    ('unasked: "Nobody asked the safety questions:", ', ""),
]


@pytest.mark.parametrize(("old", "new"), BROKEN_SHAPES, ids=[new.strip() or old for old, new in BROKEN_SHAPES])
def test_a_table_of_the_wrong_shape_is_refused_by_the_schema_as_by_the_parser(old, new):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    with pytest.raises(TableError):
        parse_table(text)
    assert not validator("table").is_valid(plain(read_yaml(text)[0]))


def test_every_case_of_the_table_and_its_advice_are_valid(table):
    case_schema, advice_schema = validator("case"), validator("advice")
    for case in (one for one in table.cases if not one.sentence):
        case_schema.validate(json.loads(encode(case_out(case.given))) | {"id": case.name})
        advice_schema.validate(json.loads(encode(advice_out(table, advise(table, case.given), case.name))))


@pytest.mark.parametrize(
    "case",
    [
        {"onset": "sudden"},
        {"onset": "sudden", "location": "calf", "wo": "x"},
        {"onset": "sudden", "location": ["calf"]},
        {"onset": "sudden", "location": None},
        {"onset": "sudden", "location": "calf", "triggers": "strain"},
        {"onset": "sudden", "location": "calf", "triggers": ["strain", "strain"]},
        {"onset": 1, "location": "calf"},
        [],
    ],
    ids=json.dumps,
)
def test_what_is_no_case_is_refused_by_the_schema_as_by_the_program(case):
    assert not validator("case").is_valid(case)
    assert run("batch", stdin=json.dumps(case)).status == 2


@pytest.mark.parametrize(
    "case",
    [
        {"onset": "sudden", "location": "calf"},
        {"id": {"any": ["thing"]}, "onset": "sudden", "location": "calf", "triggers": None, "red_flags": []},
        {"red_flags": ["heart_signs"]},
        {"onset": None, "red_flags": ["heart_signs"]},
    ],
    ids=json.dumps,
)
def test_what_is_a_case_is_accepted_by_the_schema_as_by_the_program(case):
    assert validator("case").is_valid(case)
    assert run("batch", stdin=json.dumps(case)).status == 0


@pytest.mark.parametrize(
    ("key", "value"), [("level", "bad"), ("steps", None), ("because", [{"text": "x"}]), ("schema", 2), ("screened", 1)]
)
def test_an_advice_with_something_wrong_is_refused(table, key, value):
    advice = json.loads(encode(advice_out(table, advise(table, table.cases[0].given))))
    assert validator("advice").is_valid(advice)
    assert not validator("advice").is_valid(advice | {key: value})
    del advice[key]
    assert not validator("advice").is_valid(advice)


def test_an_advice_with_its_explanation_is_valid():
    ran = run("advise", "--json", "--why", stdin='{"onset": "sudden", "location": "calf"}')
    validator("advice").validate(json.loads(ran.out))


def test_an_unknown_schema_names_those_there_are():
    ran = run("schema", "cases")
    assert (ran.status, ran.out) == (2, "")
    assert all(name in ran.err for name in SCHEMAS)
