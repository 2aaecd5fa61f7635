"""Lines that are answered without being read are answered as if they had been read."""

import json
import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spasmhelp import Table
from spasmhelp.core.answer import Answerer
from spasmhelp.core.compose import Composer
from spasmhelp.core.plain import ENTRY, Known
from spasmhelp.core.stream import answer_stream
from tests.deep import examples

ANSWERS = {
    "onset": ["sudden", "sustained", "cramp"],
    "location": ["calf", "chest", "charley horse"],
    "triggers": [[], ["exercise"], ["cold_muscle", "exercise"], None],
    "red_flags": [[], ["clot"], ["often"], ["heart_signs", "often"], None],
    "precautions": [[], ["torn"], ["torn", "under_16"], ["thin_blood"], None],
}
LISTS = ["triggers", "red_flags", "precautions"]
SEPARATORS = {"with blanks": (", ", ": "), "without blanks": (",", ":")}


def some_lines(random: Random, many: int, separators: tuple[str, str]) -> list[bytes]:
    """Return lines as programs write them, without lists that were not asked."""
    lines = []
    for ident in range(1, many + 1):
        case = {name: random.choice(answers) for name, answers in ANSWERS.items()}
        left_out = {name for name in LISTS if random.random() < 0.1}
        case = {"id": ident} | {name: value for name, value in case.items() if name not in left_out}
        lines.append(json.dumps(case, separators=separators).encode())
    return lines


def odd_lines(random: Random, many: int, separators: tuple[str, str]) -> list[bytes]:
    """Return lines of which some have their keys in another order, another id or none, or a word that nobody knows."""
    lines = []
    for line in some_lines(random, many, separators):
        pairs = list(json.loads(line).items())
        chance = random.random()
        if chance < 0.2:
            random.shuffle(pairs)
        elif chance < 0.4:
            pairs[0] = ("id", random.choice([None, 0, -1, 2.5, "a", 'a"b', "a, b", [1], {"a": [{}]}]))
        elif chance < 0.5:
            pairs = pairs[1:]
        elif chance < 0.6:
            pairs = [(key, ["bogus"] if key == random.choice(LISTS) else value) for key, value in pairs]
        elif chance < 0.7:
            pairs = [(key, value.upper() if key == "location" else value) for key, value in pairs]
        lines.append(json.dumps(dict(pairs), separators=separators).encode())
    return lines


def answers(answerer: Answerer, lines: list[bytes]) -> list[bytes]:
    """Return what a stream answers to lines."""
    out = b"".join(part for block in answer_stream(answerer, [b"\n".join(lines)]) for part in block)
    return out.splitlines(keepends=True)


def alone(small: Table, line: bytes) -> bytes:
    """Return what somebody who knows nothing yet answers to a line."""
    [answer] = answers(Answerer(small), [line])
    return answer


@pytest.mark.parametrize("separators", SEPARATORS.values(), ids=SEPARATORS)
def test_many_lines_are_answered_as_each_would_be_alone(small: Table, separators: tuple[str, str]) -> None:
    lines = odd_lines(Random(2), 2_000, separators)
    told = [re.sub(b'"line":[0-9]+,', b'"line":1,', answer) for answer in answers(Answerer(small), lines)]
    assert told == [alone(small, line) for line in lines]


@pytest.mark.parametrize("separators", SEPARATORS.values(), ids=SEPARATORS)
def test_plain_lines_of_new_cases_are_not_read_once_their_parts_are_known(
    small: Table, separators: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answerer = Answerer(small)
    answers(answerer, some_lines(Random(3), 2_000, separators))
    answerer.known.whole.clear()
    monkeypatch.setattr(answerer, "quick_case", None)
    monkeypatch.setattr(answerer, "slow_case", None)
    assert len(answers(answerer, some_lines(Random(4), 500, separators))) == 500


def test_who_forgets_all_the_time_gives_the_same_answers(small: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spasmhelp.core.answer.MOST_BYTES", 10_000)
    monkeypatch.setattr("spasmhelp.core.plain.MOST_BYTES", 5_000)
    monkeypatch.setattr("spasmhelp.core.plain.PATIENCE", 20)
    answerer, forgot = Answerer(small), 0
    for line in odd_lines(Random(5), 400, SEPARATORS["with blanks"]):
        before = answerer.known
        assert answers(answerer, [line]) == [alone(small, line)]
        assert sum(map(len, answerer.known.whole.values())) < 5_000 + 3_000
        forgot += answerer.known is not before
    assert forgot > 3


def test_lines_that_took_the_room_leave_it_once_they_were_of_no_use_for_long(
    small: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spasmhelp.core.plain.MOST_BYTES", 2 * ENTRY)
    monkeypatch.setattr("spasmhelp.core.plain.PATIENCE", 3)
    known = Known(Composer(small))
    for rest, kept in ((b"a", b"a"), (b"b", b"a"), (b"c", b"a"), (b"d", b"d"), (b"e", b"d")):
        known.keep(rest, (b"x" * ENTRY,))
        assert list(known.whole) == [kept]


REST = b'"onset": "sudden", "location": "calf", "triggers": [], "red_flags": ["often"], "precautions": ["torn"]'
WARPED = {
    "cut off": b'{"id": 1, ' + REST,
    "closed twice": b'{"id": 1, ' + REST + b"}}",
    "closed as a list": b'{"id": 1, ' + REST + b"]",
    "opened as a list": b'["id": 1, ' + REST + b"}",
    "opened as a list, without an id": b"[" + REST + b"}",
    "closed as a list, without an id": b"{" + REST + b"]",
    "without an id": b"{" + REST + b"}",
    "not opened": b'"id": 1, ' + REST + b"}",
    "without a key": b"{1, " + REST + b"}",
    "a number of no JSON": b'{"id": 01, ' + REST + b"}",
    "no number": b'{"id": 1a, ' + REST + b"}",
    "no id": b'{"id": , ' + REST + b"}",
    "a text cut off": b'{"id": "a, ' + REST + b"}",
    "two ids": b'{"id": 1, "id": 2, ' + REST + b"}",
    "an id behind": b'{"id": 1, ' + REST + b', "id": 2}',
    "a comma too many": b'{"id": 1,, ' + REST + b"}",
    "no comma": b'{"id": 1 ' + REST + b"}",
    "a comma at the end": b'{"id": 1, ' + REST + b",}",
    "two in one": b'{"id": 1, ' + REST + b'}{"id": 2, ' + REST + b"}",
    "too long": b'{"id": ' + b"1" * (1 << 20) + b", " + REST + b"}",
    "blank at the end": b'{"id": 1, ' + REST + b"} \t",
    "a form feed at the end": b'{"id": 1, ' + REST + b"}\f",
    "carriage return": b'{"id": 1, ' + REST + b"}\r",
    "lists without values": re.sub(rb"\[.*?\]", b"", b'{"id": 1, ' + REST + b"}"),
    "precautions twice": b'{"id": 1, ' + REST + b', "precautions": ["torn"]}',
    "red flags twice": b'{"id": 1, ' + REST.replace(b', "prec', b', "red_flags": ["often"], "prec') + b"}",
    "another order": b'{"id": 1, "onset": "sudden", "location": "calf", "precautions": ["torn"], "red_flags": []}',
}


@pytest.mark.parametrize("at", [0, 1, 2], ids=["first", "between", "last"])
@pytest.mark.parametrize("name", WARPED)
def test_a_warped_line_among_plain_ones_is_read(small: Table, name: str, at: int) -> None:
    answerer = Answerer(small)
    plain = [b'{"id": 1, ' + REST + b"}", b'{"id": 2, ' + REST + b"}"]
    answers(answerer, plain + some_lines(Random(1), 200, SEPARATORS["with blanks"]))
    told = answers(answerer, [*plain[:at], WARPED[name], *plain[at:]])
    assert told.pop(at).replace(b'"line":%d,' % (at + 1), b'"line":1,') == alone(small, WARPED[name])
    assert told == [alone(small, line) for line in plain]


# What a line may be made of: all that matters to where one part ends and the next begins.
FRAGMENTS = [
    *('{"id": ', '{"id":', "{", "}", "}\n", "\n", ", ", ",", "1", "01", '"a"', "null", '"', " ", "\\", "\r"),
    *('"onset": "sudden"', '"onset":"sudden"', '"location": "calf"', '"location":"calf"', '"triggers": []'),
    *(', "red_flags": ', ',"red_flags":', ', "precautions": ', ',"precautions":', "[]", '["often"]', '["torn"]'),
    *('{"id": 1, "onset": "sudden", "location": "calf"', '"id": 2', '"onset": "sudden", "location": "calf"}'),
]


@given(fragments=st.lists(st.sampled_from(FRAGMENTS), max_size=12), opened=st.booleans())
@settings(max_examples=examples(1_500), deadline=None)
@pytest.mark.parametrize("separators", SEPARATORS.values(), ids=SEPARATORS)
def test_what_was_read_answers_no_line_that_would_be_answered_otherwise(
    small: Table, separators: tuple[str, str], fragments: list[str], opened: bool
) -> None:
    answerer = Answerer(small)
    answers(answerer, some_lines(Random(1), 60, separators))
    start = '{"id": 1, "onset": "sudden", "location": "calf"' if opened else ""
    text = (start + "".join(fragments)).encode()
    [cold] = [b"".join(map(b"".join, answer_stream(Answerer(small), [text])))]
    [warm] = [b"".join(map(b"".join, answer_stream(answerer, [text])))]
    assert warm == cold
