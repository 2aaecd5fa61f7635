"""Cases as JSON: what is no case is refused with the reason."""

import pytest

from spasmhelp.core.decoding.case import vocabulary
from spasmhelp.core.decoding.case_json import load_json, read_ident, read_json_case
from spasmhelp.core.document import MAX_DEPTH, CaseError
from spasmhelp.core.wire import encode


def with_id(ident):
    """Return a case with an id."""
    return '{"onset": "sudden", "location": "calf", "id": ' + ident + "}"


def nested(depth, inside=""):
    """Return a case whose id makes it nested so deep."""
    return with_id("[" * (depth - 1) + inside + "]" * (depth - 1))


def problems(small, text):
    """Return the problems of a case that is refused."""
    with pytest.raises(CaseError) as refused:
        read_json_case(vocabulary(small), text)
    return refused.value.problems


def test_a_case_may_be_nested_as_deep_as_a_table_and_not_much_deeper(small):
    case, ident = read_json_case(vocabulary(small), nested(MAX_DEPTH))
    assert case.onset.id == "sudden"
    assert str(ident).count("[") == MAX_DEPTH - 1
    with pytest.raises(CaseError) as refused:
        read_json_case(vocabulary(small), nested(MAX_DEPTH + 2))
    assert [problem.message for problem in refused.value.problems] == ["nested too deep: over 32 levels"]


@pytest.mark.parametrize("depth", [MAX_DEPTH + 2, 100_000])
def test_what_is_nested_too_deep_has_no_id(depth):
    assert read_ident(nested(depth)) is None


def test_a_second_byte_order_mark_is_called_by_its_name():
    with pytest.raises(CaseError) as refused:
        load_json('\ufeff{"onset": "sudden"}')
    assert [problem.message for problem in refused.value.problems] == [
        "not JSON: a byte order mark (U+FEFF) stands before it"
    ]


def test_an_id_that_is_no_json_is_a_problem_and_stays_unsaid(small):
    with pytest.raises(CaseError) as refused:
        read_json_case(vocabulary(small), '{"onset": "sudden", "location": "calf", "id": [NaN]}')
    assert [problem.message for problem in refused.value.problems] == ["not JSON: NaN is not allowed"]


def test_a_value_may_stand_in_the_deepest_list(small):
    assert str(read_json_case(vocabulary(small), nested(MAX_DEPTH, "1"))[1]).count("[") == MAX_DEPTH - 1


@pytest.mark.parametrize(
    "ident", ["null", "[null]", '{"a":null}', "true", "false", "-0", "1e400", '"null"', '["a",{"b":[]}]']
)
def test_an_id_is_echoed_as_it_came(small, ident):
    _, value = read_json_case(vocabulary(small), with_id(ident))
    assert encode(value) == ident.encode() + b"\n"
    assert encode(read_ident(f'{{"id": {ident}}}')) == ident.encode() + b"\n"


@pytest.mark.parametrize(
    "ident", ['"\\ud800"', '"a\\udfff"', '["\\udbff"]', '{"a": "\\udc00"}', '{"\\ud800": 1}', '[{"a": ["\\ud800"]}]']
)
def test_an_id_with_half_a_character_is_refused_wherever_it_stands(small, ident):
    message = "holds half a character (a lone surrogate)"
    assert [(one.where, one.message) for one in problems(small, with_id(ident))] == [("id", message)]
    assert read_ident(with_id(ident)) is None


def test_what_is_no_json_is_told_in_the_words_of_the_reader(small):
    (problem,) = problems(small, '{"onset" "sudden"}')
    assert (problem.message, problem.line, problem.column) == ("not JSON: Expecting ':' delimiter", 1, 10)


@pytest.mark.parametrize(
    "text",
    [
        '{"onset": "sudde", "location": "calf"}',
        '{"onset": ["sudden"], "location": null}',
        '{"onset": "sudden", "location": "calf", "triggers": [null, ["a"], {"b": 1}, 2, "x"]}',
        '{"onset": "sudden", "location": "calf", "triggers": null, "precautions": {"a": "b"}}',
        '{"onset": {}, "location": 1, "red_flags": "clot", "colour": "red"}',
        '{"onset": "sudden", "onset": NaN, "location": [Infinity], "id": NaN}',
        "{}",
    ],
)
def test_a_problem_of_a_case_in_json_names_a_path_and_no_line(small, text):
    found = problems(small, text)
    assert {(one.line, one.column) for one in found} == {(0, 0)}
    assert all(one.where for one in found)


def test_an_emergency_is_answered_without_an_id_that_cannot_be_echoed(small):
    text = '{"onset": "sudden", "location": "chest", "red_flags": ["heart_signs"], "id": "\\ud800"}'
    case, ident = read_json_case(vocabulary(small), text)
    assert [flag.id for flag in case.red_flags] == ["heart_signs"]
    assert ident is None
