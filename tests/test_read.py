"""`spasmhelp read`: a sentence in, what it says out, in words or JSON."""

import json

import pytest
from jsonschema import Draft202012Validator

from spasmhelp.core.schema import heard_schema
from tests.program import run

HEARD = "woke up with a charley horse, no swelling"


def test_a_sentence_is_told_in_words() -> None:
    assert run("read", *HEARD.split()).out == (
        "Heard: Suddenly (within seconds), Calf, At night in bed.\nDenied, so still asked: swelling.\n"
    )


def test_what_could_be_several_things_or_is_not_said_is_told() -> None:
    assert run("read", "heart attack two years ago, hand and calf hurt").out == (
        "Heard: Heart condition.\nLong ago: heart attack.\nNot said: How did it start?\n"
        "'hand, calf' could be: Calf, Hand.\n"
    )
    assert run("read", "xyz").out.startswith("Nothing in it is known here.\n")


def test_the_json_says_what_is_sure_where_it_stands_and_what_must_be_asked() -> None:
    out = json.loads(run("read", "--json", HEARD).out)
    assert list(out) == ["schema", "text", "case", "mentions", "ask"]
    assert out["case"] == {
        "onset": "sudden",
        "location": "calf",
        "triggers": ["at_night"],
        "red_flags": None,
        "precautions": None,
        "asked": {"red_flags": "none", "precautions": "none"},
    }
    assert {"text": "charley horse", "start": 15, "end": 28, "question": "location", "ids": ["calf"]}.items() <= next(
        one.items() for one in out["mentions"] if one["question"] == "location"
    )
    assert out["ask"] == []
    Draft202012Validator(heard_schema()).validate(out)


def test_the_case_of_a_sentence_goes_into_advise_as_it_is() -> None:
    case = json.loads(run("read", "--json", HEARD).out)["case"]
    ran = run("advise", "--json", stdin=json.dumps(case))
    assert (ran.status, json.loads(ran.out)["case"]["location"]) == (0, "calf")


def test_without_a_sentence_stdin_is_read() -> None:
    assert run("read", stdin="my calf\nseized up\n").out == "Heard: Suddenly (within seconds), Calf.\n"


@pytest.mark.parametrize(
    ("stdin", "message"), [("", "there is no sentence"), (" \n", "there is no sentence"), ("a " * 20_000, "too long")]
)
def test_nothing_and_a_whole_book_are_refused(stdin: str, message: str) -> None:
    ran = run("read", "--json", stdin=stdin)
    assert (ran.status, ran.out) == (2, "")
    assert message in json.loads(ran.err)["error"]["problems"][0]["message"]


def test_nothing_in_a_sentence_disturbs_the_terminal() -> None:
    assert "\x1b" not in run("read", "calf \x1b[31m and \u202ehand hurt").out


def test_what_would_turn_a_terminal_round_is_escaped_in_the_json():
    ran = run("read", "--json", "calf \u202e cramp \U000e0041")
    assert "\\u202e" in ran.out
    assert "\\udb40\\udc41" in ran.out
