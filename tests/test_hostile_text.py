"""Text of a table or a person is only ever text: never markup, never a command, never a control of the terminal."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from spasmhelp.cli.pages.command import shell_quoted
from spasmhelp.core.document import UNPRINTABLE
from tests.deep import swept
from tests.program import Ran, run
from tests.tables import SMALL
from tests.terminal import Terminal
from tests.terminal import environment as terminal_environment

FLAGS = ["--onset", "sudden", "--location", "calf"]
ANSWERED = [*FLAGS, "--no-triggers", "--no-red-flags", "--no-precautions"]
# What a terminal, rich, a shell, YAML or a format string would act on, were it not text.
INERT = {
    "markup": "[red]x[/red] [/] [bold",
    "a link in markup": "[link=https://evil.example]x[/link]",
    "an emoji code": ":warning: :smile:",
    "a format": "{0} %s %(a)s {table.about} $HOME",
    "a shell": "$(touch owned) `touch owned` ; touch owned",
    "backslashes": "\\x1b[31m \\u202e \\n",
    "html": "<script>x</script> &amp;",
    "a template": "{{ 7 * 7 }} ${7*7}",
}
# What must not reach a terminal as it is.
CONTROLS = {
    "colour": "\x1b[31mred",
    "a link": "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "the title": "\x1b]0;owned\x07",
    "the clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "C1": "\x9b31mred \x9d0;x\x9c",
    "a bell and backspaces": "calm\x07\x08\x08\x08\x7f",
    "a carriage return": "good\rbad",
    "a tab": "a\tb",
    "bidirectional": "\u202eevil\u202c \u2066x\u2069 \u200f",
    "zero width": "ca\u200blf \u2060 \ufeff",
    "line separators": "a\u2028b\u2029c\x85d\x0b\x0c",
    "hidden tags": "x\U000e0041\U000e007f",
    "annotations": "a\ufff9b\ufffbc",
}
COMMANDS = [["advise", *ANSWERED], ["advise", "--why", *ANSWERED], ["advise", *FLAGS, "--red-flag", "clot"],
            ["explain"], ["explain", "calf"], ["explain", "--list"], ["where"],
            ["where", "calf"], ["check"]]  # fmt: skip
WAYS: list[list[str]] = [[], ["--plain"], ["--json"], ["--color", "always"]]


def clean(text: str, colour: bool = False) -> bool:
    """Whether text holds nothing that a terminal acts on; with colour, but for plain colours."""
    return not UNPRINTABLE.search(re.sub(r"\x1b\[[0-9;]*m", "", text) if colour else text)


SAID = {"title", "disclaimer", "emergency", "cite", "do", "because", "ask", "withheld", "unasked", "guarded",
        "tell", "text", "safety_net", "how", "hold", "unless", "short", "reviewed_by", "opposite"}  # fmt: skip
NAMED = {"name", "synonyms"}


def spread(value: Any, text: str, said: bool = False) -> Any:
    """Return plain data with a text at the end of all that a person reads."""
    if isinstance(value, dict):
        keys = SAID | NAMED if ":" not in text else SAID
        return {
            key: spread(part, text, key in keys or (said and key not in ("location", "asked")))
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [spread(part, text, said) for part in value]
    return f"{value} {text}" if said and isinstance(value, str) else value


def table_with(folder: Path, text: str) -> str:
    """Write the small table with a text in all places where a person reads one, and return its path."""
    data = yaml.safe_load(SMALL)
    cases = data.pop("cases")
    for section in set(data) - {"onsets", "triggers"}:
        data[section] = spread(data[section], text)
    for one in cases:
        one["given"] |= {"onset": "sudden", "location": "calf"}
    path = folder / "table.yaml"
    path.write_text(yaml.safe_dump(data | {"cases": cases}, sort_keys=False), encoding="utf-8")
    return str(path)


def with_table(command: list[str], path: str) -> list[str]:
    return [*command, path] if command == ["check"] else [*command, "--table", path]


def squeezed(text: str) -> str:
    """Return text without colours and blanks, so that where its lines are broken makes no difference."""
    return "".join(re.sub(r"\x1b\[[0-9;]*m", "", text).split())


def strings(value: Any) -> Iterator[str]:
    """Yield every text in JSON."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", swept(INERT))
def test_what_looks_like_markup_or_code_in_a_table_is_shown_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    text = INERT[name]
    path = table_with(tmp_path, text)
    monkeypatch.chdir(tmp_path)
    for command in COMMANDS:
        for way in WAYS:
            ran = run(*with_table(command, path), *way)
            assert ran.status in ((0, 3) if command == ["check"] else (0,)), ran
            assert clean(ran.out + ran.err, colour="always" in way)
            if command[0] in ("advise", "explain") and "--list" not in command:
                said = list(strings(json.loads(ran.out))) if "--json" in way else [squeezed(ran.out)]
                assert any(text in one or squeezed(text) in one for one in said), ran.out
    assert [one.name for one in tmp_path.iterdir()] == ["table.yaml"]


@pytest.mark.parametrize("name", swept(CONTROLS))
def test_a_table_with_control_characters_is_refused_without_repeating_them(tmp_path: Path, name: str) -> None:
    path = table_with(tmp_path, CONTROLS[name])
    for command in COMMANDS:
        for way in ([], ["--json"]):
            ran = run(*with_table(command, path), *way)
            assert ran.status == 3
            assert clean(ran.out + ran.err)
            assert "holds a control character" in ran.out + ran.err


@pytest.mark.parametrize("name", CONTROLS)
def test_control_characters_in_the_keys_of_a_table_are_not_repeated(tmp_path: Path, name: str) -> None:
    data = yaml.safe_load(SMALL)
    data["steps"][CONTROLS[name]] = {CONTROLS[name]: CONTROLS[name]}
    data[CONTROLS[name]] = 1
    data["rules"]["cramp"]["advise"] = [CONTROLS[name]]
    path = tmp_path / "table.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    for command in (["check", str(path)], ["check", "--json", str(path)], ["explain", "--table", str(path)]):
        ran = run(*command)
        assert ran.status == 3
        assert clean(ran.out + ran.err)


def refused(ran: Ran) -> None:
    """Fail unless unusable answers were refused in words that a terminal can show."""
    assert (ran.status, ran.out) == (2, ""), ran
    assert clean(ran.err), ran.err
    assert "bug" not in ran.err


@pytest.mark.parametrize("name", swept(CONTROLS))
@pytest.mark.parametrize("way", [[], ["--json"]], ids=" ".join)
def test_control_characters_in_answers_are_not_repeated(name: str, way: list[str]) -> None:
    text = CONTROLS[name]
    one_line = re.sub(r"[\r\n]", "", text)
    refused(run("advise", *way, "--location", text))
    refused(run("advise", *way, *FLAGS, "--red-flag", text))
    refused(run("advise", *way, f"--{text}"))
    refused(run("advise", *way, text))
    refused(run("advise", *way, "--color", text))
    refused(run(text, *way))
    refused(run("explain", *way, text))
    refused(run("where", *way, text))
    refused(run("advise", *way, stdin=f"sudden\n{one_line}\n"))
    refused(run("advise", *way, stdin=f"sudden\ncalf\nnone\nnone\nnone\n{one_line} more\n"))
    refused(run("advise", *way, stdin=json.dumps({"onset": "sudden", "location": text, text: 1})))
    refused(run("advise", *way, stdin=f"onset: sudden\nlocation: {json.dumps(one_line)}\n{json.dumps(one_line)}: 1\n"))


@pytest.mark.parametrize("name", [name for name in CONTROLS if "\x00" not in CONTROLS[name]])
@pytest.mark.parametrize("way", [[], ["--json"]], ids=" ".join)
def test_control_characters_in_a_file_name_are_not_repeated(tmp_path: Path, name: str, way: list[str]) -> None:
    path = tmp_path / CONTROLS[name].replace("/", "")
    missing = run("advise", *way, *FLAGS, "--no-input", "--table", str(path))
    assert (missing.status, missing.out) == (3, "")
    path.write_text(SMALL)
    good = run("advise", *way, *ANSWERED, "--table", str(path))
    assert good.status == 0
    path.write_text(SMALL.replace("phase: now", "phase: new"))
    broken = run("check", *way, str(path))
    assert broken.status == 3
    for ran in (missing, good, broken):
        assert clean(ran.out + ran.err), ran
        assert "bug" not in ran.err


def test_what_looks_like_markup_in_answers_is_repeated_as_it_was_said() -> None:
    for text in INERT.values():
        ran = run("advise", "--location", text)
        refused(ran)
        assert f"'{text}'" in ran.err or len(text) > 60 or "\\" in text


@pytest.mark.parametrize("name", CONTROLS)
def test_json_repeats_what_was_typed_without_what_a_terminal_acts_on(name: str) -> None:
    text = f"woke up with a calf cramp {CONTROLS[name]} \U0001f600"
    for ran in (run("read", "--json", text), run("read", "--json", stdin=text), run("advise", "--json", text)):
        assert (ran.status, clean(ran.out)) == (0, True), ran
    assert json.loads(run("read", "--json", text).out)["text"] == text
    case = {"id": CONTROLS[name], **dict(zip(("onset", "location"), FLAGS[1::2], strict=True))}
    ran = run("advise", "--json", stdin=json.dumps(case))
    assert (clean(ran.out), json.loads(ran.out)["id"]) == (True, CONTROLS[name])


@pytest.mark.parametrize("argument", [b"\xff", b"caf\xe9.yaml", b"\xed\xa0\x80"])
@pytest.mark.parametrize("way", [[], ["--json"]], ids=" ".join)
def test_arguments_that_are_no_text_are_refused_in_order(argument: bytes, way: list[str]) -> None:
    text = os.fsdecode(argument)
    refused(run("advise", *way, "--location", text))
    refused(run("explain", *way, text))
    refused(run("advise", *way, f"--{text}"))
    ran = run("check", *way, text)
    assert (ran.status, "bug" in ran.err) == (3, False), ran


@pytest.mark.parametrize("name", swept(CONTROLS))
def test_what_a_person_types_is_never_sent_back_as_a_control(tmp_path: Path, name: str) -> None:
    typed = re.sub(r"[\x00-\x1f\x7f]", "", CONTROLS[name])  # the others are keys, which the terminal itself handles
    terminal = Terminal("advise")
    terminal.wait()
    start = len(terminal.raw)
    terminal.answer(f"{typed}zzz")
    shown = terminal.raw[start:].decode().split("\r\n", 1)[1]  # below the line that the terminal echoed
    assert clean(shown.replace("\r\n", "\n"), colour=True), shown
    assert terminal.last("q") == 1


@pytest.mark.parametrize("name", swept(INERT))
def test_a_table_with_markup_is_asked_as_it_stands(tmp_path: Path, name: str) -> None:
    path = table_with(tmp_path, INERT[name])
    terminal = Terminal("advise", "--table", path, env=terminal_environment(NO_COLOR="1"))
    screen = terminal.wait()
    assert squeezed(INERT[name]) in squeezed(screen)
    terminal.answer("sudden")
    terminal.answer("calf")
    assert clean(terminal.raw.decode().replace("\r\n", "\n"), colour=True)
    assert terminal.last("q") == 1


@pytest.mark.skipif(not shutil.which("bash"), reason="only some shells know $'...'")
@pytest.mark.parametrize("name", [*CONTROLS.values(), "caf\udce9", "a'\\b\x9bc\n1", "\udcff5", "\u202e5"])
def test_the_command_that_names_a_table_names_the_same_file_to_a_shell(name: str) -> None:
    said = shell_quoted(name)
    assert said.isprintable()
    done = subprocess.run(["bash", "-c", f"printf %s {said}"], capture_output=True, check=True)
    assert done.stdout == os.fsencode(name)
