"""The rules of a command line that others can rely on, each on the program as it is run."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from spasmhelp import load_table
from spasmhelp.cli.asking.screens import Screen, pages_of, word_group
from spasmhelp.cli.paper import Paper
from spasmhelp.cli.terminal import Look
from tests.deep import swept
from tests.program import ROOT, run
from tests.program import environment as piped
from tests.terminal import Terminal, dialogue, environment

SMALL = str(Path(__file__).with_name("small.yaml"))
ANSWERED = ("--onset", "sudden", "--location", "calf", "--no-triggers", "--no-red-flags", "--no-precautions")
ADVICE = ("advise", "--table", SMALL, *ANSWERED)
COMMANDS = [(), ("advise",), ("explain",), ("check",), ("where",)]
OUTPUTS = [
    ADVICE,
    (*ADVICE, "--json"),
    ("explain",),
    ("check",),
    ("where",),
    ("--version",),
    ("--help",),
    ("advise", "-h"),
]
NAMES = [" ".join(output[:1]) + (" --json" if "--json" in output else "") for output in OUTPUTS]


def shell(line: str, **extra: str) -> tuple[int, bytes, bytes]:
    """Run a line of a shell in which `spasmhelp` is the program; return the status, stdout and stderr."""
    start = f'spasmhelp() {{ "{sys.executable}" -m spasmhelp "$@"; }}; set -o pipefail; '
    done = subprocess.run(["bash", "-c", start + line], env=piped(**extra), capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def quoted(arguments: tuple[str, ...]) -> str:
    return "spasmhelp " + " ".join(f"'{argument}'" for argument in arguments)


def examples() -> list[tuple[str, str]]:
    """Return each example of each help text, with the command that shows it."""
    found = []
    for command in COMMANDS:
        after = run(*command, "--help").out.split("Examples:\n")[1]
        lines = after.split("\n\n")[0].splitlines()
        found += [(" ".join(command) or "spasmhelp", line.strip()) for line in lines]
    return found


# 1. Help, version, no arguments


@pytest.mark.parametrize(("command", "example"), examples())
def test_every_example_of_the_help_runs(command: str, example: str, tmp_path: Path) -> None:
    for name in ("my-table.yaml", "old-table.yaml"):
        (tmp_path / name).write_text((ROOT / "data" / "remedies.yaml").read_text())
    (tmp_path / "cases.jsonl").write_text('{"onset": "sudden", "location": "calf"}\n')
    if set(example) & set("|<>"):
        status, out, err = shell(f"cd '{tmp_path}' && {example}")
    else:
        status, out, err = run(*shlex.split(example)[1:], cwd=tmp_path)
    if example == "spasmhelp advise":  # it asks, and nobody is there
        assert status == 2
    else:
        assert (status, len(err)) == (0, 0), (out, err)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_stand_before_the_options(command: tuple[str, ...]) -> None:
    out = run(*command, "-h").out
    assert out.index("Examples:") < out.index("Options:")
    assert not any("\u2500" <= character <= "\u257f" for character in out)


# 2. and 3. Streams and flags


def test_json_is_the_same_to_the_byte_each_time_and_stderr_is_empty() -> None:
    first, second = (shell(quoted((*ADVICE, "--json"))) for _ in range(2))
    assert first == second
    assert first[2] == b""


def test_an_error_leaves_stdout_empty() -> None:
    ran = run("advise", "--onset", "tomorrow")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err


def test_a_mistyped_option_is_not_run_but_gets_a_suggestion() -> None:
    ran = run("advise", "--onst", "sudden")
    assert (ran.status, ran.out) == (2, "")
    assert "--onset" in ran.err


def test_with_an_answer_to_every_question_a_terminal_is_not_asked() -> None:
    terminal = Terminal(*ADVICE)
    assert terminal.end() == 0
    assert "> " not in terminal.transcript()


# 4. Streams that are closed, full or left


@pytest.mark.parametrize("arguments", swept([output for output in OUTPUTS if "--json" not in output]), ids=" ".join)
@pytest.mark.parametrize(("where", "reason"), [(">&-", "it is closed"), (">/dev/full", "no space left on device")])
def test_output_that_cannot_be_written_is_one_line_and_status_1(
    arguments: tuple[str, ...], where: str, reason: str
) -> None:
    status, _, err = shell(f"{quoted(arguments)} {where}")
    assert (status, err.decode()) == (1, f"spasmhelp: stdout: {reason}\n")


@pytest.mark.parametrize("arguments", [("--help",), ("explain",)], ids=" ".join)
@pytest.mark.usefixtures("unmeasured")
def test_a_file_that_may_not_grow_is_no_bug_of_ours(arguments: tuple[str, ...], tmp_path: Path) -> None:
    status, _, err = shell(f"export PYTHONDONTWRITEBYTECODE=1; ulimit -f 0; {quoted(arguments)} > {tmp_path / 'out'}")
    assert (status, err.decode()) == (1, "spasmhelp: stdout: file too large\n")


@pytest.mark.parametrize(("where", "reason"), [(">&-", "it is closed"), (">/dev/full", "no space left on device")])
def test_output_that_cannot_be_written_is_an_object_with_json(where: str, reason: str) -> None:
    status, _, err = shell(f"{quoted(ADVICE)} --json {where}")
    assert status == 1
    assert json.loads(err) == {
        "error": {"status": 1, "problems": [{"where": "stdout", "message": reason, "choices": []}]}
    }


def test_to_stop_is_an_object_with_json() -> None:
    terminal = Terminal("advise", "--json")
    terminal.wait()
    assert terminal.last("q") == 1
    error = json.loads(terminal.raw.decode().splitlines()[-1])["error"]
    assert error == {
        "status": 1,
        "problems": [{"where": "", "message": "Stopped. No advice was given.", "choices": []}],
    }


@pytest.mark.parametrize("arguments", OUTPUTS, ids=NAMES)
def test_a_reader_that_leaves_early_is_no_error_worth_a_word(arguments: tuple[str, ...]) -> None:
    status, out, err = shell(f"{quoted(arguments)} | head -1")
    assert (out.count(b"\n"), err) == (1, b"")
    assert status in (0, 1)


@pytest.mark.parametrize("stdin", ["<&-", "</dev/null"])
def test_without_stdin_nothing_is_asked(stdin: str) -> None:
    status, out, err = shell(f"spasmhelp advise {stdin}")
    assert (status, out) == (2, b"")
    assert b"onset" in err
    assert b"Traceback" not in err


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-"])
def test_without_stderr_the_status_still_tells(streams: str) -> None:
    assert shell(f"spasmhelp advise --onset tomorrow {streams}")[0] == 2


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_the_program_quietly_with_its_status(number: int, status: int) -> None:
    command = [sys.executable, "-m", "spasmhelp", "advise"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=piped()
    ) as process:
        assert process.stdin
        while "spasmhelp.core.words" not in maps(process.pid):
            pass
        process.send_signal(number)
        out, err = process.stdout.read(), process.stderr.read()  # type: ignore[union-attr]
        assert (process.wait(20), out, err) == (status, b"", b"")


def maps(pid: int) -> str:
    """Return a word once the program waits for its input: then it sleeps in a read of the pipe."""
    wchan = Path(f"/proc/{pid}/wchan").read_text()
    syscall = Path(f"/proc/{pid}/syscall").read_text().split()
    return "spasmhelp.core.words" if "pipe" in wchan or syscall[:2] == ["0", "0x0"] else ""


# 5. Colour


@pytest.mark.parametrize(
    "extra",
    swept(
        [
            {"NO_COLOR": "1"},
            {"TERM": "dumb"},
            {"TERM": None},
            {"NO_COLOR": "1", "FORCE_COLOR": "1"},
            {"ACCESSIBLE": "1"},
        ]
    ),
    ids=str,
)
@pytest.mark.parametrize("arguments", [ADVICE, ("explain", "--no-pager"), ("where", "--no-pager"), ("check",), ("-h",)])
def test_a_terminal_that_wants_no_colour_gets_not_one_escape(
    arguments: tuple[str, ...], extra: dict[str, str | None]
) -> None:
    terminal = Terminal(*arguments, env=environment(**extra))
    assert terminal.end() == 0
    assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize(
    "extra", swept([{"GITHUB_ACTIONS": "true", "CI": "true"}, {"FORCE_COLOR": "0"}, {"FORCE_COLOR": "1"}])
)
@pytest.mark.parametrize("arguments", [ADVICE, ("explain",), ("where",), ("check",), ("advise", "--help")])
def test_a_pipe_gets_not_one_escape_whatever_the_environment_says(
    arguments: tuple[str, ...], extra: dict[str, str]
) -> None:
    status, out, err = shell(quoted(arguments), TERM="xterm-256color", **extra)
    assert status == 0
    assert b"\x1b" not in out + err


def test_color_never_wins_on_a_terminal() -> None:
    terminal = Terminal(*ADVICE, "--color", "never")
    assert terminal.end() == 0
    assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize("arguments", [ADVICE, ("explain",), ("where",)])
def test_color_always_wins_over_everything(arguments: tuple[str, ...]) -> None:
    status, out, _ = shell(f"{quoted(arguments)} --color always", NO_COLOR="1", TERM="dumb")
    assert status == 0
    assert b"\x1b[1m" in out


def test_a_terminal_has_weight_before_colour() -> None:
    terminal = Terminal(*ADVICE)
    assert terminal.end() == 0
    codes = set(re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw))
    assert codes <= {b"1", b"2", b"1;2", b"0"}  # bold, dim, and back: no hue for what is no danger


# 6. Plain


@pytest.mark.parametrize("arguments", [ADVICE, ("explain",), ("where",), ("where", "calf")])
def test_plain_output_keeps_its_meaning_when_blanks_collapse(arguments: tuple[str, ...]) -> None:
    out = run(*arguments, "--plain").out
    assert "   " not in "\n".join(line.strip() for line in out.splitlines())
    assert not any("\u2500" <= character <= "\u25ff" for character in out)


def test_a_level_is_said_in_words_first() -> None:
    status, out, _ = shell(quoted(("advise", "--table", SMALL, "--red-flag", "heart_signs")))
    assert status == 0
    assert out.startswith(b"Emergency: ")


# 7. Widths and encodings


@pytest.mark.parametrize("columns", swept([40, 80, 200]))
@pytest.mark.parametrize("arguments", [ADVICE, ("explain", "--no-pager"), ("where", "calf")], ids=lambda one: one[0])
def test_at_any_width_no_word_is_lost_and_text_is_no_wider_than_90(arguments: tuple[str, ...], columns: int) -> None:
    terminal = Terminal(*arguments, columns=columns, rows=200, env=environment(NO_COLOR="1"))
    assert terminal.end() == 0
    lines = terminal.raw.decode().replace("\r\n", "\n").split("\n")
    text = [line for line in lines if not line.startswith("  --")]  # a command keeps its parts whole
    if arguments[0] != "where" and columns != 200:
        assert max(map(len, text)) <= columns
    if arguments[0] == "explain":
        assert max(map(len, text)) <= 90
    # A terminal is not told the command again: it has just been typed.
    words = set(re.sub(r"(?s)Again:.*?\n\n", "", run(*arguments, "--plain").out).split())
    shown = "".join(terminal.raw.decode().split())
    kept = [word for word in words if word.strip("().\\-") in shown]
    assert len(kept) == len(words)


def test_at_20_columns_long_words_break_but_no_letter_is_lost() -> None:
    terminal = Terminal("explain", "--no-pager", columns=20, rows=200, env=environment(NO_COLOR="1"))
    assert terminal.end() == 0
    letters = "".join(terminal.raw.decode().split())
    assert letters == "".join(run("explain", "--no-pager").out.split())


@pytest.mark.parametrize("encoding", swept(["ascii", "cp1252", "latin-1"]))
@pytest.mark.parametrize("arguments", [ADVICE, ("explain",), ("where", "calf"), ("check",)], ids=lambda one: one[0])
def test_an_old_encoding_gets_readable_text_and_no_exception(arguments: tuple[str, ...], encoding: str) -> None:
    status, out, err = shell(quoted(arguments), PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (status, err) == (0, b"")
    text = out.decode(encoding)
    assert "\N{MEDIUM SHADE}" not in text
    assert text.count("?") <= run(*arguments).out.count("?")


def test_the_interview_works_on_a_terminal_without_unicode() -> None:
    terminal = Terminal("advise", "--table", SMALL, env=environment(LC_ALL="C", PYTHONIOENCODING="ascii"))
    terminal.wait()
    assert "Calf. (b if wrong)" in terminal.answer("calf")


# 8. Nothing from outside steers the terminal


def test_an_escape_sequence_in_a_table_is_refused_and_not_shown(tmp_path: Path) -> None:
    table = tmp_path / "evil.yaml"
    table.write_text(Path(SMALL).read_text().replace('"Sit down."', '"\\e[31mSit down.\\a"'))
    ran = run("advise", "--table", str(table), *ANSWERED)
    assert (ran.status, ran.out) == (3, "")
    assert "\x1b" not in ran.err
    assert "\x07" not in ran.err


@pytest.mark.parametrize("text", ["\x1b[2J", "\x9b31m", "\u202edrah", "a\x07b"])
def test_control_characters_in_an_answer_never_come_back(text: str) -> None:
    for ran in (run("advise", stdin=f"{text}\ncalf\n"), run("advise", "--onset", text), run("where", text)):
        assert (ran.status, ran.out) == (2, "")
        assert not set(text) & set("\x1b\x9b\u202e\x07") & set(ran.err)


# 9. A bug of ours


@pytest.mark.parametrize("debug", ["", "1"])
def test_an_unexpected_failure_is_one_line_and_a_traceback_only_where_it_is_wanted(debug: str) -> None:
    broken = "import sys, spasmhelp.core.advise as a; a.advise = None; from spasmhelp.cli.app import run; "
    line = f"{broken} sys.exit(run({list(ADVICE)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", line], env=piped(SPASMHELP_DEBUG=debug), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (70, "")
    assert ("Traceback" in done.stderr) is bool(debug)
    assert "please report it" in done.stderr.splitlines()[-1]


# 12. Nothing is written, nothing is sent


@pytest.mark.parametrize("home", ["/nonexistent", "/proc", None])
def test_home_may_be_missing_and_nothing_is_written(home: str | None, tmp_path: Path) -> None:
    env = {name: value for name, value in piped().items() if name != "HOME"} | ({"HOME": home} if home else {})
    command = [sys.executable, "-B", "-m", "spasmhelp", *ADVICE]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("unmeasured")
def test_no_module_that_could_send_anything_is_imported() -> None:
    line = f"import sys; from spasmhelp.cli.app import run; run({list(ADVICE)!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", line], env=piped(), capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert not {"socket", "ssl", "http.client", "urllib.request"} & set(done.stderr.split())


# The pager of explain and where


def paged(*arguments: str, columns: int = 80, **extra: str | None) -> str:
    """Return the paper of a run whose PAGER says that it was used."""
    extra = {"PAGER": "sed -e s/^/P:/", **extra}
    terminal = Terminal(*arguments, columns=columns, env=environment(**extra))
    assert terminal.end() == 0
    return terminal.transcript()


def test_a_text_longer_than_the_screen_goes_through_the_pager() -> None:
    assert paged("explain").startswith("P:Relief steps")


@pytest.mark.parametrize(
    ("arguments", "extra"),
    swept(
        [
            (("explain", "--no-pager"), {}),
            (("explain", "--plain"), {}),
            (("explain",), {"ACCESSIBLE": "1"}),
            (("explain",), {"PAGER": ""}),
            (("explain",), {"TERM": "dumb"}),
            (("explain", "--json"), {}),
            (("explain", "calf", "--table", SMALL), {}),
        ]
    ),
    ids=str,
)
def test_a_text_is_not_paged_where_nobody_wants_it(arguments: tuple[str, ...], extra: dict[str, str]) -> None:
    assert "P:" not in paged(*arguments, **extra)


@pytest.mark.parametrize("pager", ["no-such-pager-here", "less 'half of a quote", "{here}/no_program"])
def test_a_pager_that_cannot_be_started_is_done_without(pager: str, tmp_path: Path) -> None:
    (tmp_path / "no_program").write_bytes(b"\x7fELF")
    (tmp_path / "no_program").chmod(0o755)
    assert "Relief steps" in paged("explain", PAGER=pager.format(here=tmp_path))


def test_only_less_is_given_colours(tmp_path: Path) -> None:
    coloured = {}
    for name in ("less", "more"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\nsed -e s/^/P:/\n")
        program.chmod(0o755)
        terminal = Terminal("explain", env=environment(PAGER=str(program)))
        assert terminal.end() == 0
        assert terminal.transcript().startswith("P:Relief steps")
        coloured[name] = b"\x1b[" in terminal.raw
    assert coloured == {"less": True, "more": False}


def test_a_pager_is_not_run_when_stdout_is_a_pipe() -> None:
    assert b"P:" not in shell("spasmhelp explain", PAGER="sed -e s/^/P:/", TERM="xterm")[1]


@pytest.mark.parametrize("less", ["-M", "", None])
def test_less_shows_weight_whatever_it_was_told_before(less: str | None) -> None:
    if not shutil.which("less"):
        pytest.skip("there is no less here")
    terminal = Terminal("explain", env=environment(PAGER="less", LESS=less))
    screen = terminal.wait("WHAT A SPASM IS|What a spasm is|:|Relief steps[^:]*:")
    terminal.press("q")
    assert terminal.end() == 0
    assert "ESC" not in screen + terminal.transcript()


@pytest.mark.parametrize("pager", ["false", "less '|' cat", "sh -c 'exit 127'"])
def test_a_pager_that_fails_does_not_take_the_text_with_it(pager: str) -> None:
    assert "Relief steps" in paged("explain", PAGER=pager)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_pager_does_not_outlive_the_program(name: str, tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\necho it pages\nexec sleep 100\n")
    pager.chmod(0o755)
    terminal = Terminal("explain", env=environment(PAGER=str(pager)))
    terminal.wait("it pages")
    os.kill(terminal.child.pid, getattr(signal, name))
    assert terminal.end() == 128 + getattr(signal, name)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("place", swept(["calf", "head", "toes", "lower_back"]))
def test_a_place_is_seen_at_once_on_a_small_terminal(place: str, columns: int) -> None:
    terminal = Terminal("where", place, columns=columns, env=environment(PAGER="sed -e s/^/P:/"))
    assert terminal.end() == 0
    lines = terminal.transcript().splitlines()
    first = lines[:22]
    assert any("\u2592" in line for line in first), "\n".join(first)


@pytest.mark.parametrize(("said", "plain"), [("1", True), ("yes", True), ("0", False), ("no", False), ("", False)])
def test_accessible_is_on_unless_it_says_no(said: str, plain: bool) -> None:
    terminal = Terminal("where", "calf", env=environment(ACCESSIBLE=said, PAGER=""))
    assert terminal.end() == 0
    assert ("\u2592" not in terminal.transcript()) == plain


def test_a_list_for_a_screen_reader_is_in_one_piece() -> None:
    screen = Screen(title="Where is it?", groups=word_group(load_table().locations))
    papers = [Paper(Look(columns=80, rows=10, plain=plain)) for plain in (True, False)]
    assert [len(pages_of(screen, paper)) > 1 for paper in papers] == [False, True]


def test_a_pager_that_is_left_early_is_no_error() -> None:
    terminal = Terminal("explain", env=environment(PAGER="head -2"))
    assert terminal.end() == 0
    assert len(terminal.transcript().splitlines()) <= 2


def test_errors_with_json_are_json_on_stderr() -> None:
    ran = run("where", "xyzzy", "--json")
    assert (ran.status, ran.out) == (2, "")
    assert json.loads(ran.err)["error"]["status"] == 2


def test_an_emergency_sent_to_a_file_is_said_on_the_terminal_too(tmp_path):
    file = tmp_path / "advice.txt"
    shell = f"exec {sys.executable} -m spasmhelp advise --table tests/small.yaml > {file}"
    shown, status, _ = dialogue((), ("calf, suddenly", "heart signs", "y"), command=("/bin/sh", "-c", shell))
    assert status == 0
    assert file.read_text().startswith("Emergency: Call the emergency number now.")
    assert "Emergency: Call the emergency number now." in shown


def test_the_page_does_not_call_not_asked_what_was_denied() -> None:
    shown, status, _ = dialogue(("advise", "calf", "cramp", "in", "bed"), ("0", "0", "0", "", "q"))
    assert "Muscles still very swollen" in shown
    assert "Not asked" not in shown
    assert status == 0
