"""Whole lines: blocks to files and pipes, on systems that lack something, and with readers that leave or sleep."""

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

LINES = [b'{"line": %d}\n' % number for number in range(20_000)]  # more than a pipe holds, and more than one call takes
LONG = [letter * 65_000 + b"\n" for letter in (b"a", b"b", b"c")]  # the second line does not fit into a pipe


class Pipe:
    """A pipe: `stdout` is what the program writes to, `reader` the other end."""

    def __init__(self, reader: IO[bytes], stdout: IO[str]) -> None:
        self.reader, self.stdout = reader, stdout

    def read(self, size: int) -> bytes:
        """Return so many bytes, and fail if there are more."""
        data = b""
        while len(data) < size:
            data += self.reader.read(size - len(data))
        assert not select.select([self.reader], [], [], 0)[0]
        return data

    def reading(self, size: int) -> "Reading":
        """Read so many bytes meanwhile."""
        return Reading(lambda: self.read(size))


class Reading(threading.Thread):
    """Calls a function meanwhile."""

    def __init__(self, call) -> None:
        super().__init__(daemon=True)
        self.call, self.got = call, []
        self.start()

    def run(self) -> None:
        self.got.append(self.call())

    def result(self) -> bytes:
        """Wait for what it returns."""
        self.join(20)
        return self.got[0]


@pytest.fixture
def pipe(monkeypatch) -> Iterator[Pipe]:
    """Make a pipe, and close it with what was opened besides."""
    really, opened = os.open, []

    def remembered(*arguments):
        opened.append(really(*arguments))
        return opened[-1]

    monkeypatch.setattr(whole.os, "open", remembered)
    ends = os.pipe()
    with open(ends[0], "rb", buffering=0) as reader, open(ends[1], "w") as stdout:
        yield Pipe(reader, stdout)
    for number in opened:
        os.close(number)


def write(stdout: IO[str], block: list[bytes]) -> None:
    """Write a block where `stdout` is the program's."""
    with redirect_stdout(stdout):
        whole.block_writer()(block)


def passed_through(pipe: Pipe, block: list[bytes]) -> bytes:
    """Write a block and return what its reader gets."""
    reading = pipe.reading(sum(map(len, block)))
    write(pipe.stdout, block)
    return reading.result()


def test_more_parts_than_the_system_takes_at_once_all_reach_a_file(tmp_path):
    with open(tmp_path / "out", "w") as file:
        write(file, LINES)
    assert (tmp_path / "out").read_bytes() == b"".join(LINES)


def test_a_stream_that_is_no_file_gets_the_block_as_well():
    stream = TextIOWrapper(BytesIO())
    write(stream, LINES)
    assert stream.buffer.getvalue() == b"".join(LINES)


def test_a_pipe_gets_every_line_once(pipe):
    assert passed_through(pipe, LINES) == b"".join(LINES)


def test_a_pipe_that_cannot_be_opened_anew_gets_every_line_once(pipe, monkeypatch):
    def refused(*_):
        raise OSError

    monkeypatch.setattr(whole.os, "open", refused)
    assert passed_through(pipe, LINES) == b"".join(LINES)


def test_a_system_that_can_neither_hold_signals_nor_write_parts_loses_nothing(pipe, monkeypatch):
    monkeypatch.delattr(whole.signal, "pthread_sigmask")
    monkeypatch.delattr(whole.os, "writev")
    assert passed_through(pipe, LINES) == b"".join(LINES)


def test_a_pipe_that_another_fills_in_between_is_waited_for_again(pipe, monkeypatch):
    really, calls = os.write, []

    def crowded(*arguments):
        calls.append(arguments)
        if len(calls) % 2:
            raise BlockingIOError
        return really(*arguments)

    monkeypatch.setattr(whole.os, "write", crowded)
    assert passed_through(pipe, LINES) == b"".join(LINES)
    assert calls


def test_a_reader_that_is_gone_makes_it_unwritable(pipe):
    pipe.reader.close()
    with pytest.raises(Unwritable):
        write(pipe.stdout, LINES)


@contextmanager
def signal_while_it_waits(monkeypatch, then=lambda: None):
    """Stand in for a signal that comes while the pipe is full; `then` is what its reader does."""
    really, waits = select.select, []

    def signalled(*arguments):
        waits.append(arguments)
        if len(waits) == 1:
            then()
            raise Signalled(15)
        return really(*arguments)

    monkeypatch.setattr(whole.select, "select", signalled)
    with pytest.raises(Signalled):
        yield


def test_a_signal_lets_the_line_that_was_begun_end_and_begins_no_other(pipe, monkeypatch):
    readings = []
    with signal_while_it_waits(monkeypatch, lambda: readings.append(pipe.reading(130_002))):
        write(pipe.stdout, LONG)
    assert readings[0].result() == LONG[0] + LONG[1]
    assert not select.select([pipe.reader], [], [], 0)[0]


def test_a_signal_after_which_the_reader_leaves_ends_it_all_the_same(pipe, monkeypatch):
    with signal_while_it_waits(monkeypatch, pipe.reader.close):
        write(pipe.stdout, LONG)


def test_a_signal_waits_for_a_reader_that_sleeps_no_longer_than_the_grace(pipe, monkeypatch):
    monkeypatch.setattr(whole, "GRACE", 0.05)
    with signal_while_it_waits(monkeypatch):
        write(pipe.stdout, LONG)
    assert pipe.read(65_536) == b"".join(LONG)[:65_536]
