"""Cases as JSON: what is no case is refused with the reason."""

import pytest

from spasmhelp.core.decoding.case import vocabulary
from spasmhelp.core.decoding.case_json import load_json, read_ident, read_json_case
from spasmhelp.core.document import MAX_DEPTH, CaseError


def nested(depth):
    """Return a case whose id makes it nested so deep."""
    return '{"onset": "sudden", "location": "calf", "id": ' + "[" * (depth - 1) + "]" * (depth - 1) + "}"


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
