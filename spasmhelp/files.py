"""Finds and reads tables: the only code that opens files."""

import os
import sys
from importlib import import_module
from typing import BinaryIO

from spasmhelp.core.document import MAX_BYTES, CaseError, Problem, TableError, printable, utf8, visible
from spasmhelp.core.model import Table
from spasmhelp.pieces import to_end

NO_MEMORY = "needs more memory than there is"
HERE = os.path.dirname(os.path.abspath(__file__))


def built_in() -> str:
    """Return the path of the table that comes with the program: in the package, or in a checkout beside it."""
    packaged = os.path.join(HERE, "data", "remedies.yaml")
    checkout = os.path.dirname(HERE)
    if not os.path.exists(packaged) and os.path.exists(os.path.join(checkout, "pyproject.toml")):
        return os.path.join(checkout, "data", "remedies.yaml")
    return packaged


def read_text(path: str) -> tuple[str, str]:
    """Return the text of a file, or of standard input for "-", and the SHA-256 of its bytes, in hexadecimal.

    Raises TableError, with one problem, if it cannot be read, is over 1 MiB or is not UTF-8.
    """
    from hashlib import sha256

    try:
        data = bytes_of(path)
    except (OSError, ValueError) as error:
        raise unreadable(path, f"cannot be read: {reason(error)}") from None
    if len(data) > MAX_BYTES:
        raise unreadable(path, f"is over {MAX_BYTES >> 20} MiB, the most that is read")
    try:
        return data.decode("utf-8-sig"), sha256(data).hexdigest()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"is not UTF-8 text: byte 0x{data[error.start]:02x} cannot stand here"
        raise unreadable(path, message, line, column) from None


def bytes_of(path: str) -> bytes:
    """Return what a file holds, and of a long one more than is taken. Raises OSError."""
    if path == built_in() and not os.path.exists(path):  # the program runs from a zip
        from importlib.resources import files  # 2 ms

        return files("spasmhelp").joinpath("data/remedies.yaml").read_bytes()
    with unbuffered(path) as file:
        return to_end(file.fileno(), MAX_BYTES)


def unreadable(path: str, message: str, line: int = 0, column: int = 0) -> TableError:
    """Return the error of a table that cannot be read."""
    return TableError([Problem(line=line, column=column, where="", message=message)], shown(path))


def load_table(path: str | os.PathLike[str] | None = None) -> Table:
    """Return the table of a file, or the built-in one. Raises TableError with every problem it has."""
    if path is None and (table := compiled()):
        return table
    if not isinstance(path, str | os.PathLike | None):  # a number would be an open file
        raise TypeError(f"path must be a str or a Path, not {type(path).__name__}")
    if path == "-":
        raise unreadable(path, "is not read as a table here; name a file, such as /dev/stdin")
    path = built_in() if path is None else os.fsdecode(path)
    return parsed(*read_text(path), path)


def parsed(text: str, digest: str, path: str) -> Table:
    """Return the table that the text of a file says. Raises TableError."""
    from spasmhelp.core.parse import parse_table  # yaml: 10 ms, which the compiled table does not need

    try:
        return parse_table(text, shown(path), digest)
    except MemoryError:
        raise unreadable(path, NO_MEMORY) from None


def compiled() -> Table | None:
    """Return the built-in table as it was compiled into a wheel (hatch_build.py); a checkout has none."""
    try:
        table: Table = import_module("spasmhelp._table").TABLE
    except ModuleNotFoundError:
        return None
    return table


def opened(path: str) -> BinaryIO:
    """Return a file of cases, standard input for "-", open and unbuffered. Raises CaseError if it cannot be opened."""
    try:
        return unbuffered(path)
    except (OSError, ValueError) as error:
        where = "standard input" if path == "-" else printable(path) or "''"
        raise CaseError([Problem(where=where, message=f"cannot be read: {reason(error)}")]) from None


def read_all() -> str:
    """Return all of standard input. Raises CaseError if it is not UTF-8, or over 1 MiB."""
    try:
        data = to_end(sys.stdin.fileno(), MAX_BYTES) if sys.stdin else b""
    except OSError as error:
        problem = f"cannot be read: {reason(error)}"
        raise CaseError([Problem(where="standard input", message=problem)]) from None
    if len(data) > MAX_BYTES:
        message = "is over 1 MiB; `spasmhelp batch` takes many cases, one JSON object a line"
        raise CaseError([Problem(where="standard input", message=message)])
    return utf8(data, "standard input")


def reason(error: OSError | ValueError) -> str:
    """Return why a file cannot be opened, in small letters; a path with a NUL or half a character is a ValueError."""
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return "its name cannot be that of a file"


def unbuffered(path: str) -> BinaryIO:
    """Return a file, standard input for "-", open and unbuffered. Raises OSError."""
    if path != "-":
        return open(path, "rb", buffering=0)
    number = sys.stdin.fileno() if sys.stdin else 0  # which is closed
    return open(number, "rb", buffering=0, closefd=False)


def shown(path: str) -> str:
    """Return a path as messages show it: relative where it is below, and nothing in it disturbs a terminal."""
    if path == "-":
        return "standard input"
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):
        return visible(path) or "''"
    return visible(path if relative.startswith("..") else min(path, relative, key=len))
