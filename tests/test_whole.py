"""Whole lines: to files and pipes, on systems that lack something, and with readers that leave or sleep."""

import os
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import BytesIO, TextIOWrapper
from typing import IO

import pytest

from spasmhelp.cli import whole
from spasmhelp.cli.signals import Signalled
from spasmhelp.cli.terminal import Unwritable

LINES = bytearray(b"".join(b'{"line": %d}\n' % number for number in range(20_000)))  # more than a pipe holds
LONG = [letter * 65_000 + b"\n" for letter in (b"a", b"b", b"c")]  # the second line does not fit into a pipe


class Pipe:
    """A pipe: `stdout` is what the program writes to, `reader` the other end."""

    def __init__(self, reader: IO[bytes], stdout: IO[str]) -> None:
        self.reader, self.stdout = reader, stdout
        self.got = b""

    def read(self, size: int) -> bytes:
        """Return so many bytes, and fail if there are more."""
        data = b""
        while len(data) < size:
            data += self.reader.read(size - len(data))
        assert not select.select([self.reader], [], [], 0)[0]
        return data

    def reading(self, size: int) -> threading.Thread:
        """Read so many bytes meanwhile, into `got`."""
        thread = threading.Thread(target=lambda: setattr(self, "got", self.read(size)), daemon=True)
        thread.start()
        return thread


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """Make a pipe, and close it."""
    ends = os.pipe()
    with open(ends[0], "rb", buffering=0) as reader, open(ends[1], "w") as stdout:
        yield Pipe(reader, stdout)


def write(stdout: IO[str], lines: bytes) -> None:
    """Write lines where `stdout` is the program's."""
    with redirect_stdout(stdout):
        whole.write_lines(bytearray(lines))


def passed_through(pipe: Pipe, lines: bytes) -> bytes:
    """Write lines and return what their reader gets."""
    reading = pipe.reading(len(lines))
    write(pipe.stdout, lines)
    reading.join(20)
    return pipe.got


def test_a_file_gets_every_line_once(tmp_path):
    with open(tmp_path / "out", "w") as file:
        write(file, LINES)
        write(file, b"last\n")
    assert (tmp_path / "out").read_bytes() == LINES + b"last\n"


def test_a_stream_that_is_no_file_gets_the_lines_as_well():
    stream = TextIOWrapper(BytesIO())
    write(stream, LINES)
    assert stream.buffer.getvalue() == LINES


def test_a_system_without_poll_gets_the_lines_as_well(pipe, monkeypatch):
    monkeypatch.delattr(whole.select, "poll")
    assert passed_through(pipe, LINES) == LINES


def test_a_pipe_gets_every_line_once(pipe):
    assert passed_through(pipe, LINES) == LINES


def test_a_pipe_beyond_a_thousand_descriptors_gets_every_line_once(pipe):
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else 4_096, hard))
    try:
        os.dup2(pipe.stdout.fileno(), 1_500)
        with open(1_500, "w") as far:
            pipe.stdout = far
            assert passed_through(pipe, LINES) == LINES
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_pipe_that_another_fills_in_between_is_waited_for_again(pipe, monkeypatch):
    really, calls = os.write, []

    def crowded(*arguments):
        calls.append(arguments)
        if len(calls) % 2:
            raise BlockingIOError
        return really(*arguments)

    monkeypatch.setattr(whole.os, "write", crowded)
    assert passed_through(pipe, LINES) == LINES
    assert calls


def test_a_reader_that_is_gone_makes_it_unwritable(pipe):
    pipe.reader.close()
    with pytest.raises(Unwritable):
        write(pipe.stdout, LINES)


@contextmanager
def signal_when_full(monkeypatch, then=lambda: None):
    """Stand in for a signal that comes while the pipe is full; `then` is what its reader does."""
    really, waits = select.poll, []

    class Poll:
        def __init__(self) -> None:
            self.own = really()

        def register(self, *arguments) -> None:
            self.own.register(*arguments)

        def poll(self, patience):
            ready = self.own.poll(patience if patience is not None else 100)
            if not ready and not waits:
                waits.append(patience)
                then()
                raise Signalled(15)
            return ready

    monkeypatch.setattr(whole.select, "poll", Poll)
    with pytest.raises(Signalled):
        yield


def test_a_signal_lets_the_line_that_was_begun_end_and_begins_no_other(pipe, monkeypatch):
    readings = []
    with signal_when_full(monkeypatch, lambda: readings.append(pipe.reading(130_002))):
        write(pipe.stdout, b"".join(LONG))
    readings[0].join(20)
    assert pipe.got == LONG[0] + LONG[1]
    assert not select.select([pipe.reader], [], [], 0)[0]


def test_a_signal_between_two_lines_begins_no_other(pipe, monkeypatch):
    with signal_when_full(monkeypatch):
        write(pipe.stdout, b"a" * 65_535 + b"\n" + b"b\n")
    assert pipe.read(65_536).endswith(b"a\n")


def test_a_signal_after_which_the_reader_leaves_ends_it_all_the_same(pipe, monkeypatch):
    with signal_when_full(monkeypatch, pipe.reader.close):
        write(pipe.stdout, b"".join(LONG))


def test_a_signal_waits_for_a_reader_that_sleeps_no_longer_than_the_grace(pipe, monkeypatch):
    monkeypatch.setattr(whole, "GRACE", 50)
    with signal_when_full(monkeypatch):
        write(pipe.stdout, b"".join(LONG))
    assert pipe.read(65_536) == b"".join(LONG)[:65_536]
