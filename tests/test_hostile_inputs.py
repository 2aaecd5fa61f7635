"""Two hundred inputs that nobody should send: each is answered or refused in words, and none is a bug of ours."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deep import swept
from tests.program import Ran, run
from tests.tables import SMALL
from tests.test_hostile_text import clean

LONG, DEEP = "a" * 100_000, 5_000
BAD_BYTES = [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xc0\x80", b"\x00", b"\x1a", b"sudden\xff\ncalf\n",
             b"\xff\xfes\x00u\x00", b"\xfe\xff\x00s", b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf{}", b"\x80" * 5_000]  # fmt: skip
TEXTS = [
    "", " ", "\n", "\n" * 5_000, "\r", "\r\n", "\t", "\x0b", "\x0c", "\x1b[2J", "\u2028", "\x85", "\ufeff", "\u202e", "\ud7ff",
    LONG, "a " * 9_000, "no " * 6_000, "not " * 4_000 + "stroke", "calf, " * 3_000, "sudden calf " * 1_500, "?" * 5_000,
    "-" * 5_000, ",", ",,,,", "0", "00", "-1", "1e9", "9" * 5_000, "\u0661", "\u00b2", "\uff11", "\u2155", "0x1", "1\n1\n1\n1\n1\n1",
    "none", "none\nnone", "sudden", "sudden\n", "sudden\ncalf\n\n\n\n\n\n", "sudden\n\ncalf", "sudden\ncalf\nnone\nstroke, none\n",
    "sudden\ncalf\nnone\n0, 0\n0", "SUDDEN\nCALF", "su\u0301dden\ncalf", "sudden\ncalf\n" + "cold muscle, " * 5_000,
    "b", "q", "?", "b\nb\nb", "not sure\nnot sure", "x" * 61, "'" * 200, '"' * 200, "`id`", "$(id)", "%s%n%x", "{0}{1}{table}",
    "{", "}", "[", "]", "[[", "{{", "{}", "[]", "{}{}", "{} {}", "{}\n{}", "null", "true", "1", "1.5", '"calf"', "NaN", "Infinity",
    '{"onset": NaN}', '{"onset": 1}', '{"onset": true}', '{"onset": null}', '{"onset": []}', '{"onset": {}}', '{"onset": ""}',
    '{"onset": " "}', '{"onset": "\\u0000"}', '{"onset": "\\ud800"}', '{"onset": "sudden", "onset": "sustained"}',
    '{"\\u006fnset": "sudden", "location": "calf"}', '{"onset": "sudden", "location": "calf", "triggers": {}}',
    '{"onset": "sudden", "location": "calf", "triggers": [[]]}', '{"onset": "sudden", "location": "calf", "triggers": [null]}',
    '{"onset": "sudden", "location": "calf", "red_flags": "none"}', '{"onset": "sudden", "location": "calf", "red_flags": [1e999]}',
    '{"onset": "sudden", "location": "calf", "red_flags": ["none"]}', '{"asked": {"red_flags": "all"}}', '{"asked": []}',
    '{"onset": "sudden", "location": "calf", "asked": {"red_flags": "some"}}', '{"asked": {"asked": {}}}',
    '{"id": 1e400, "onset": "sudden", "location": "calf"}', '{"id": -0, "onset": "sudden", "location": "calf"}',
    '{"id": {"a": [1, {"b": null}]}, "onset": "sudden", "location": "calf"}', '{"id": "\\ud83d", "onset": "sudden", "location": "calf"}',
    '{"id": ' + "9" * 5_000 + ', "onset": "sudden", "location": "calf"}', '{"id": ' + "[" * DEEP + "]" * DEEP + "}",
    '{"onset": "' + LONG + '"}', '{"' + LONG + '": 1}', "{" + ",".join(f'"k{i}": 1' for i in range(3_000)) + "}",
    '{"red_flags": [' + ",".join(['"stroke"'] * 3_000) + "]}", '{"red_flags": ["stroke", "stroke"]}',
    '{"onset": "sudden", "location": "calf"} x', '{"onset": "sudden", "location": "calf",}', "{'onset': 'sudden'}", "// c\n{}",
    "/* */ {}", "# c\n{}", "#\n#\n#", "# only\n", '{"onset": "sudden" "location": "calf"}', "[" * DEEP, "{" * DEEP, '{"a":' * DEEP,
    "[{" * DEEP, '"', '{"', '{"a', '{"a"', '{"a":', "\\", "{\\}", '{"a": "\\x"}', '{"a": "\\u12"}', '{"a": 01}', '{"a": .5}',
    "---", "--- ", "---\n---", "---\n...", "...", "%YAML 1.2\n---\n{}", "%YAML 9.9\n---\na: 1", "%TAG ! x\n---\na: 1", "%", "% ",
    "a:", "a: b", ": b", "? a", "? ? a", "- a", "- - - -", "a: b: c", "a:\n\tb: 1", "a: &x 1", "a: *x", "*x : 1", "&x a: 1",
    "a: !!python/object:os.system x", "!!binary a: b", "onset: !!str sudden\nlocation: calf", "<<: {a: 1}", "a: |\n b", "a: >-\n b",
    "onset: sudden\nonset: sudden", "onset: 'sudden", 'onset: "sudden', "onset: [sudden", "onset: {sudden", "onset: @x", "onset: `x`",
    "onset: %x", "onset: sudden # c\nlocation: calf", "onset: ~", "onset: null\nred_flags: [stroke]", "onset: no", "onset: 0o7",
    "onset: 2026-11-26", "onset: 1:30", "onset: .inf", "onset: .nan", "onset: =", "id: [1]\nonset: sudden", "id: &a 1\nonset: *a",
    "red_flags:\n- stroke\n- stroke", "red_flags: stroke", "red_flags: [[stroke]]", "red_flags: {stroke: yes}", "red_flags: [none]",
    "a: " + "[" * DEEP, "a: " + "{b: " * DEEP, "a: [" + "[]," * 9_000 + "]", "a: [" + "&a x," * 9_000 + "]", "k: 1\n" * 9_000,
    "".join(f"k{i}: 1\n" for i in range(9_000)), "a: " + LONG, LONG + ": a", "'" + LONG + "': a", "? " + LONG, '"\\e[31m": a',
    '"\\x00": a', '"\\ud800": a', '"a\\u2028b": a', "a\u0085: b", "onset: \u2028sudden", "'': ''", '"": ""', "{? }", "{,}", "{:}", "{a}",
    "{a, b}", "{a: }", "{[a]: b}", "{{a: b}: c}", "{a: b}}", "{a: b} c", "{onset: sudden, location: calf", "{onset: sudden}\n{}",
    "onset: sudden\n---\nlocation: calf", "onset: sudden\n...\nstroke", "red-flags: [stroke]", "Red_Flags: [stroke]", "red flags: [stroke]",
]  # fmt: skip


def inputs() -> Iterator[tuple[str, bytes]]:
    """Yield every input, by its number and its beginning."""
    for i, one in enumerate([*BAD_BYTES, *(text.encode() for text in TEXTS)]):
        yield f"{i}: {one[:24]!r}", one


def ended_in_words(ran: Ran) -> None:
    """Fail unless a run was answered or refused in words that a terminal can show."""
    assert ran.status in (0, 2, 3), ran
    assert not re.search("bug of ours|Traceback", ran.out + ran.err), ran
    assert clean(ran.out + ran.err), ran
    assert len(ran.err) < 500_000


def test_there_are_over_two_hundred_of_them() -> None:
    assert len(set(map(str, inputs()))) > 200


@pytest.mark.parametrize(("name", "data"), swept(list(inputs())), ids=lambda one: one if isinstance(one, str) else "")
def test_an_input_that_nobody_should_send_ends_in_words(tmp_path: Path, name: str, data: bytes) -> None:
    told = run("advise", "--json", stdin=data)
    ended_in_words(told)
    json.loads(told.out or told.err, parse_int=str)
    ended_in_words(run("read", "--json", stdin=data))
    answered = run("batch", stdin=data)
    ended_in_words(answered)
    lines = [json.loads(line, parse_int=str, parse_float=str) for line in answered.out.splitlines()]
    assert len(lines) == sum(bool(line.strip()) for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
    checked = run("check", "-", "--json", stdin=data)
    ended_in_words(checked)
    assert checked.status == 3
    path = tmp_path / "table.yaml"
    path.write_bytes(SMALL.encode().replace(b"name: Calf", b"name: " + data, 1))
    ended_in_words(run("advise", "--no-input", "--onset", "sudden", "--location", "calf", "--table", str(path)))
