"""A command run in this process says what a process would, and leaves nothing behind; the tests stand on that."""

import gc
import os
import signal
import subprocess
import sys

import pytest

from tests.program import AT_START, CHECKOUT, environment, process, run

FLAGS = ("--onset", "sudden", "--location", "calf")
RUNS = {
    "the version": (("--version",), ""),
    "help": (("advise", "--help"), ""),
    "advice": (("advise", "--no-input", *FLAGS), ""),
    "an emergency in JSON": (("advise", "--json", *FLAGS, "--red-flag", "heart_signs"), ""),
    "answers in a pipe": (("advise",), "sudden\ncalf\n"),
    "bytes that are no text": (("advise",), b"sudden\ncaf\xe9\n"),
    "a batch": (("batch",), '{"onset": "sudden", "location": "calf"}\n{"id": 2}\n\n{'),
    "a mistake": (("advise", "--onset", "\udce9"), ""),
    "no such option": (("where", "--no-such-option"), ""),
    "the check": (("check",), ""),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_in_this_process_says_what_a_process_says(name: str) -> None:
    arguments, stdin = RUNS[name]
    assert run(*arguments, stdin=stdin) == process(*arguments, stdin=stdin)


def test_a_completion_in_this_process_says_what_a_process_says() -> None:
    env = {"_SPASMHELP_COMPLETE": "complete_bash", "COMP_WORDS": "spasmhelp expl", "COMP_CWORD": "1"}
    assert run(env=env) == process(env=env)


def state() -> list[object]:
    """Return what a run could leave changed."""
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    streams = [sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__, sys.__stderr__]
    return [
        *handlers,
        *streams,
        sys.argv,
        dict(os.environ),
        os.getcwd(),
        gc.isenabled(),
        "spasmhelp._table" in sys.modules,
    ]


def test_a_run_in_this_process_leaves_it_as_it_was(tmp_path) -> None:
    before = state()
    run("batch", stdin="{", env={"NO_COLOR": "1"}, cwd=tmp_path)
    assert state() == before


@pytest.mark.parametrize("name", [f"{start}X" for start in AT_START])
def test_what_python_reads_while_it_starts_needs_a_process(name: str) -> None:
    with pytest.raises(AssertionError, match="needs a process"):
        run("--version", env={name: "1"})


def test_a_signal_that_ends_a_command_ends_the_tests_as_well(tmp_path) -> None:
    code = "from tests import program; program.main = lambda: 143; program.run(); print('it goes on')"
    env = environment(PYTHONPATH=str(CHECKOUT), TMPDIR=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (-signal.SIGTERM, b"")
