"""What may go wrong around the program: full disks, closed streams, signals, odd environments, hostile files."""

import errno
import fcntl
import hashlib
import io
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pexpect
import pytest

from spasmhelp import CaseError
from spasmhelp.cli.terminal import typed
from tests.deep import deep_only, swept
from tests.program import ROOT, Ran, environment, process, run
from tests.tables import SMALL
from tests.terminal import Terminal

pytestmark = pytest.mark.usefixtures("unmeasured")
PROGRAM = [sys.executable, "-m", "spasmhelp"]
FLAGS = ["--onset", "sudden", "--location", "calf", "--no-triggers", "--no-red-flags", "--no-precautions"]
ADVISE, JSON = ["advise", *FLAGS], ["advise", "--json", *FLAGS]
COMMANDS = [ADVISE, JSON, ["explain"], ["explain", "--list", "--json"], ["check"], ["--help"], ["advise", "-h"], ["-V"]]
UNUSABLE = ["advise", "--no-input", "--onset", "kalf"]
SIGNALS = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
by_words = pytest.mark.parametrize("command", COMMANDS, ids=" ".join)


def shell(script: str, *arguments: str, stdin: str = "", **env: str) -> Ran:
    """Run the program in a shell, where "$@" stands for it and its arguments."""
    done = subprocess.run(
        ["sh", "-c", script, "sh", *PROGRAM, *arguments], input=stdin, capture_output=True, text=True,
        env=environment(**env), cwd=ROOT, timeout=60, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def ended_well(ran: Ran, status: int, lines: int = 1) -> None:
    """Fail unless a run that had to end did so: its status, at most a line on stderr, nothing on stdout."""
    assert ran.status == status, ran
    assert ran.out == ""
    assert ran.err.count("\n") <= lines, ran.err
    assert "Traceback" not in ran.err


@by_words
def test_a_full_disk_is_said_in_one_line(command: list[str]) -> None:
    ran = shell('"$@" > /dev/full', *command)
    ended_well(ran, 1)
    assert "no space left on device" in ran.err


@by_words
def test_a_closed_stdout_is_said_in_one_line(command: list[str]) -> None:
    ran = shell('"$@" >&-', *command)
    ended_well(ran, 1)
    assert "stdout" in ran.err


@pytest.mark.parametrize("redirection", ["2> /dev/full", "2>&-"])
def test_where_stderr_cannot_be_written_the_advice_and_the_status_are_the_same(redirection: str) -> None:
    assert shell(f'"$@" {redirection}', *ADVISE) == run(*ADVISE)
    ended_well(shell(f'"$@" {redirection}', *UNUSABLE), 2, lines=0)
    ended_well(shell(f'"$@" {redirection}', "advise", "--no-such-option"), 2, lines=0)
    ended_well(shell(f'"$@" {redirection}', "advise", "--table", "/nonexistent"), 3, lines=0)
    ended_well(shell(f'"$@" > /dev/full {redirection}', *ADVISE), 1, lines=0)


def test_where_every_stream_is_closed_it_ends_with_the_same_statuses() -> None:
    closed = '"$@" <&- >&- 2>&-'
    assert [shell(closed, *command).status for command in (ADVISE, UNUSABLE, ["advise"])] == [1, 2, 2]


@pytest.mark.parametrize("stdin", ["<&-", "< /dev/null"])  # with a directory Python itself does not start
def test_without_a_standard_input_only_the_options_answer(stdin: str) -> None:
    assert shell(f'"$@" {stdin}', *JSON) == run(*JSON)
    ended_well(shell(f'"$@" {stdin}', "advise", "--json"), 2)
    few = ["advise", "--json", "--onset", "sudden", "--location", "calf"]
    assert shell(f'"$@" {stdin}', *few) == run(*few)


@pytest.mark.parametrize(
    "command", [["explain"], ["explain", "--list", "--json"], ADVISE, ["--help"], ["-V"]], ids=" ".join
)
def test_a_reader_that_leaves_hears_nothing(command: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)  # before it starts: what it writes would fit into the pipe
    started = subprocess.Popen([*PROGRAM, *command], env=environment(), stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    _, err = started.communicate(timeout=60)
    assert (started.returncode, err) == (1, b"")


CUT = [JSON, ["--help"], ["explain"], ["schema", "table"], ["batch", "cases.jsonl"]]
# Without bytecode: Python would cut that at the limit as well, and read it again the next time.
UNBUFFERED = {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
CASE = b'{"onset": "sudden", "location": "calf"}\n'


def program(command: list[str], **more: Any) -> subprocess.Popen[bytes]:
    """Start the program, unbuffered as many a container has it."""
    env = environment(PYTHONUNBUFFERED="1")
    return subprocess.Popen([*PROGRAM, *command], env=env, stderr=subprocess.PIPE, **more)


@pytest.mark.parametrize("command", CUT, ids=lambda one: one[0])
def test_a_slow_reader_of_a_pipe_that_does_not_block_gets_all(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "cases.jsonl").write_bytes(CASE * 20)
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    with program(command, stdout=writer, cwd=tmp_path) as started, open(reader, "rb", buffering=0) as pipe:
        os.close(writer)
        wait_until_it_sleeps(started.pid)
        got = pipe.readall()
    assert (started.returncode, got.decode()) == process(*command, cwd=tmp_path)[:2]


def wait_until_it_sleeps(pid: int) -> None:
    """Wait until the process waits for something, or has ended."""
    for _ in range(2000):
        called = Path(f"/proc/{pid}/syscall").read_text().split()
        if called[0] in ("7", "271", "-1"):  # x86-64: poll, ppoll (Python 3.15)
            return
        time.sleep(0.01)
    pytest.fail("it never waited")


@pytest.mark.parametrize("command", CUT, ids=lambda one: one[0])
def test_output_that_a_limit_cuts_is_no_success(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "cases.jsonl").write_bytes(CASE * 20)
    ran = shell(f'cd {tmp_path}; ulimit -f 1; exec "$@" > out', *command, **UNBUFFERED)
    assert (ran.status, "file too large" in ran.err) == (1, True)


@pytest.mark.parametrize(
    "command", swept([["advise", "--json"], ["batch"], ["read", "--json"]]), ids=lambda one: one[0]
)
@pytest.mark.parametrize("parts", [(b"", CASE), (CASE[:20], CASE[20:])], ids=["nothing yet", "half of it"])
def test_a_pause_in_a_pipe_that_does_not_block_is_not_the_end(command: list[str], parts: tuple[bytes, bytes]) -> None:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.write(writer, parts[0])
    with program(command, stdin=reader, stdout=subprocess.PIPE) as started:
        wait_until_it_sleeps(started.pid)
        os.write(writer, parts[1])
        os.close(writer)
        out, _ = started.communicate(timeout=60)
        assert not os.get_blocking(reader)  # it is another's as well
    os.close(reader)
    whole = process(*command, stdin=CASE)
    assert (started.returncode, out.decode()) == whole[:2], whole.err


def test_a_terminal_that_does_not_block_is_asked_all_the_same() -> None:
    switch = "import os, sys; os.set_blocking(0, False); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    terminal = Terminal(command=[sys.executable, "-c", switch, "-m", "spasmhelp", "advise"])
    terminal.wait()
    terminal.answer("sudden")
    assert terminal.last("q") == 1


@pytest.mark.parametrize("redirection", ["2> /dev/null", "2>&-"])
def test_the_questions_are_seen_where_stderr_leads_nowhere(redirection: str) -> None:
    script = f"exec {sys.executable} -m spasmhelp advise {redirection}"
    terminal = Terminal(command=["sh", "-c", script])
    terminal.wait()
    assert terminal.last("q") == 1
    assert "Where" in terminal.transcript()


def test_where_no_question_could_be_seen_none_is_asked(tmp_path: Path) -> None:
    script = f"{sys.executable} -m spasmhelp advise < $(tty) 2> /dev/null; echo $?"
    terminal = Terminal(command=["sh", "-c", script])
    terminal.end()
    assert terminal.transcript() == "2\n"


def test_a_terminal_that_is_gone_is_no_fault_of_stdout(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def readline(self, *_: Any) -> str:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(sys, "stdin", Gone())
    with pytest.raises(CaseError, match="input/output error") as refused:
        typed()
    assert refused.value.problems[0].where == "standard input"


@pytest.fixture
def advice_file(tmp_path: Path) -> Path:
    return tmp_path / "advice.txt"


def at_a_terminal(advice_file: Path, *arguments: str) -> Terminal:
    """Start an interview whose advice goes to a file."""
    script = f'exec {sys.executable} -m spasmhelp advise "$@" > "{advice_file}"'
    terminal = Terminal(*arguments, command=["sh", "-c", script, "sh"])
    terminal.wait()
    return terminal


ANSWERS = ["sudden", "calf", "0", "0", "0", "0"]  # the answers of an ordinary calf cramp but the last


@pytest.mark.parametrize("name", swept(SIGNALS))
@pytest.mark.parametrize("question", range(len(ANSWERS) + 1))
def test_a_signal_at_any_question_ends_it_without_advice(advice_file: Path, name: str, question: int) -> None:
    terminal = at_a_terminal(advice_file)
    for answer in ANSWERS[:question]:
        terminal.answer(answer)
    start = len(terminal.raw)
    os.kill(terminal.child.pid, getattr(signal, name))
    terminal.child.expect(pexpect.EOF)
    terminal.take(terminal.child.before)
    assert terminal.modes() in (None, terminal.before)
    assert terminal.close() == SIGNALS[name]
    assert terminal.raw[start:].count(b"\n") <= 1
    assert b"Traceback" not in terminal.raw
    assert advice_file.read_text() == ""


@pytest.mark.parametrize("name", swept(SIGNALS))
@pytest.mark.parametrize("answers", ["", "sudden\ncalf\n"])
def test_a_signal_while_a_pipe_is_read_ends_it_without_advice(name: str, answers: str) -> None:
    started = subprocess.Popen(
        [*PROGRAM, "advise"], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert started.stdin is not None
    started.stdin.write(answers.encode())
    started.stdin.flush()
    wait_until_it_reads(started.pid)
    started.send_signal(getattr(signal, name))
    out, err = started.communicate(timeout=60)
    ended_well(Ran(started.returncode, out.decode(), err.decode()), SIGNALS[name], lines=0)


def wait_until_it_reads(pid: int) -> None:
    """Wait until the process sleeps in a read of its standard input."""
    for _ in range(2000):
        called = Path(f"/proc/{pid}/syscall").read_text().split()
        if called[:2] == ["0", "0x0"]:  # x86-64: read(0, ...)
            return
        time.sleep(0.01)
    pytest.fail("it never read")


@pytest.mark.parametrize("name", swept(SIGNALS))
@pytest.mark.parametrize("hundredths", [2, 4, 6, 9, 13, 20])
def test_a_signal_while_it_starts_ends_it_without_a_word(name: str, hundredths: int) -> None:
    started = subprocess.Popen([*PROGRAM, *ADVISE], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(hundredths / 100)
    started.send_signal(getattr(signal, name))
    out, err = started.communicate(timeout=60)
    if name == "SIGINT" and started.returncode in (1, -2) and b"in start" not in err:
        return  # Python itself was still starting, or was ending: no handler of ours is in place
    killed = -getattr(signal, name)  # before a line of ours, and after the last
    assert started.returncode in (0, SIGNALS[name], killed), err
    assert err == b""
    assert started.returncode == 0 or out in (b"", run(*ADVISE).out.encode())


ENVIRONMENTS = {
    "no HOME": {"HOME": ""},
    "a HOME that is not there": {"HOME": "/nonexistent"},
    "LANG=C": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "PYTHONIOENCODING=ascii": {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    "PYTHONIOENCODING=ascii:strict": {"PYTHONIOENCODING": "ascii:strict"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "PYTHONUTF8=0": {"PYTHONUTF8": "0"},
    "an unknown locale": {"LC_ALL": "xx_XX.UTF-8", "PYTHONUTF8": "0"},
    "1 column": {"COLUMNS": "1"},
    "no columns": {"COLUMNS": "0"},
    "many columns": {"COLUMNS": "9" * 5000},
    "odd columns": {"COLUMNS": "²"},
    "a dumb terminal": {"TERM": "dumb"},
    "an unknown terminal": {"TERM": "zzz"},
    "no site packages of the user, no bytecode": {"PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "warnings are errors": {"PYTHONWARNINGS": "error"},
}


@pytest.mark.parametrize("name", swept(ENVIRONMENTS))
def test_the_advice_is_given_whatever_the_environment(name: str) -> None:
    plain, ran = run(*JSON), process(*JSON, env=ENVIRONMENTS[name])
    assert (ran.status, ran.err, ran.out) == (0, "", plain.out)
    for command in (ADVISE, ["explain", "--list"], ["check"], ["--help"]):
        ran = process(*command, env=ENVIRONMENTS[name])
        assert (ran.status, ran.err) == (0, ""), command
        assert "\x1b" not in ran.out
    assert "Straightenyourknee" in "".join(process(*ADVISE, env=ENVIRONMENTS[name]).out.split())
    ended_well(process(*UNUSABLE, env=ENVIRONMENTS[name]), 2, lines=2)


def test_in_ascii_nothing_but_ascii_is_written() -> None:
    for command in COMMANDS:
        if "--json" not in command:  # JSON is UTF-8 by its own rule
            assert process(*command, env={"PYTHONIOENCODING": "ascii"}).out.isascii()


def test_every_word_stands_whole_in_one_column() -> None:
    narrow, wide = (run(*ADVISE, env={"COLUMNS": columns}).out for columns in ("1", "90"))
    squeezed = ["".join(text[: text.index("Again:")].split()) for text in (narrow, wide)]
    assert squeezed[0] == squeezed[1]


def test_a_working_folder_that_is_gone_changes_nothing(tmp_path: Path) -> None:
    ran = shell(f'mkdir "{tmp_path}/gone" && cd "{tmp_path}/gone" && rmdir "{tmp_path}/gone" && exec "$@"', *ADVISE)
    assert ran == run(*ADVISE)


# Stands in for a read-only disk and a pulled cable, from which root is not exempt: Python's audit events.
NO_WRITING = """
import errno, os, sys

def refuse(event, args):
    if event == "open" and args[0] != os.devnull and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        raise OSError(errno.EROFS, "Read-only file system", args[0])
    if event in ("os.mkdir", "os.rename", "os.remove", "os.truncate", "shutil.move", "tempfile.mkstemp"):
        raise OSError(errno.EROFS, "Read-only file system")
    if event.startswith("socket.") and event != "socket.__new__":
        os._exit(99)
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ctypes.dlopen"):
        os._exit(98)

sys.addaudithook(refuse)
"""


@by_words
def test_nothing_is_written_to_disk_sent_or_started(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_WRITING)
    hooked = process(*command, env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "HOME": str(tmp_path / "none")})
    assert hooked == run(*command)


def test_nothing_is_left_behind_in_home_or_in_the_working_folder(tmp_path: Path) -> None:
    for command in (ADVISE, ["explain"], ["check"], UNUSABLE):
        process(*command, env={"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def fifo(path: Path, *parts: str) -> Iterator[None]:
    """Make a FIFO that is filled part by part while it is read."""
    os.mkfifo(path)

    def fill() -> None:
        with path.open("w") as pipe:
            for part in parts:
                pipe.write(part)
                pipe.flush()

    writer = threading.Thread(target=fill)
    writer.start()
    yield
    writer.join(60)


def test_a_table_that_comes_in_parts_is_read_to_its_end(tmp_path: Path) -> None:
    with fifo(tmp_path / "table.yaml", SMALL[:700], SMALL[700:]):
        ran = run(*JSON, "--table", "table.yaml", cwd=tmp_path)
    assert ran.status == 0
    assert json.loads(ran.out)["table"]["sha256"] == hashlib.sha256(SMALL.encode()).hexdigest()


def test_a_table_that_breaks_off_gives_no_advice(tmp_path: Path) -> None:
    with fifo(tmp_path / "table.yaml", SMALL[: SMALL.index("rules:") + 20]):
        ended_well(run(*JSON, "--table", "table.yaml", cwd=tmp_path), 3)


def test_a_table_that_never_ends_is_left_after_a_mebibyte() -> None:
    for endless in ("/dev/zero", "/dev/urandom"):
        ran = run(*ADVISE, "--table", endless)
        ended_well(ran, 3)
        assert "is over 1 MiB" in ran.err


def test_a_table_replaced_while_it_is_read_is_one_of_the_two(tmp_path: Path) -> None:
    path, other = tmp_path / "table.yaml", SMALL.replace("You can start now.", "Start slowly.")
    allowed = {hashlib.sha256(text.encode()).hexdigest(): text for text in (SMALL, other)}
    path.write_text(SMALL)
    done = threading.Event()

    def replace() -> None:
        while not done.is_set():
            for text in (other, SMALL):
                fresh = tmp_path / "fresh"
                fresh.write_text(text)
                fresh.replace(path)

    writer = threading.Thread(target=replace)
    writer.start()
    try:
        for _ in range(5):
            out = json.loads(run(*JSON, "--table", str(path)).out)
            said = "You can start now." if allowed[out["table"]["sha256"]] is SMALL else "Start slowly."
            assert out["actions"][0] == said
    finally:
        done.set()
        writer.join()


def within(mebibytes: int, *arguments: str, stdin: bytes = b"") -> Ran:
    """Run the program in a limited address space."""
    limit: Callable[[], Any] = lambda: resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))  # noqa: E731
    done = subprocess.run(
        [*PROGRAM, *arguments], input=stdin, capture_output=True, env=environment(), cwd=ROOT,
        preexec_fn=limit, timeout=120, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


# Dense: a megabyte of the smallest values there are, each of which takes about a hundred bytes to hold.
DENSE = {
    "a file of 200 MiB": b"",
    "brackets": b"about: [" + b"[]," * 340_000 + b"]",
    "unknown keys": b"steps: {" + b"".join(b"a%d: 1,\n" % n for n in range(90_000)) + b"}",
    "entries": b"steps:\n" + b"".join(b" a%d: {}\n" % n for n in range(80_000)),
    "one line": b"a" * (1 << 20),
}


@pytest.mark.parametrize("name", swept(DENSE))
def test_an_oversized_table_in_100_mebibytes_ends_with_status_3(tmp_path: Path, name: str) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.write(DENSE[name]) if DENSE[name] else file.truncate(200 << 20)
    ran = within(100, *ADVISE, "--table", str(path))
    assert (ran.status, ran.out) == (3, "")
    assert "Traceback" not in ran.err
    assert "bug" not in ran.err


@deep_only
def test_an_oversized_case_in_100_mebibytes_ends_with_status_2() -> None:
    for stdin in (b"x" * (200 << 20), b'{"id": [' + b"[]," * 340_000 + b"1]}", b"a: [" + b"[]," * 340_000 + b"]"):
        ran = within(100, "advise", stdin=stdin)
        assert (ran.status, ran.out) == (2, "")
        assert "Traceback" not in ran.err


def test_ordinary_advice_fits_in_64_mebibytes_of_address_space() -> None:
    assert within(64, *ADVISE) == run(*ADVISE)


@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_in_the_middle_of_a_batch_leaves_whole_lines(name: str) -> None:
    started = subprocess.Popen(
        [*PROGRAM, "batch"], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert started.stdin is not None
    assert started.stdout is not None
    started.stdin.write(b'{"onset": "sudden", "location": "calf"}\n' * 2 + b'{"onset": "sudd')
    started.stdin.flush()
    lines = [started.stdout.readline() for _ in range(2)]
    started.send_signal(getattr(signal, name))
    rest, err = started.communicate(timeout=60)
    assert (started.returncode, rest, err) == (SIGNALS[name], b"", b"")
    assert [json.loads(line)["level"] for line in lines] == ["self_care", "self_care"]
