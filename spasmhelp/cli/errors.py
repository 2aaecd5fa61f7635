"""What is said when something goes wrong: where, what was expected, what is possible; as text, or as JSON."""

import os
import sys
import traceback

from spasmhelp.cli.terminal import Stopped, Unwritable, tell
from spasmhelp.core.document import Problem, TableError, Wrong
from spasmhelp.core.wire import encode, problem_out


def report(status: int, problems: list[Problem], as_json: bool, name: str = "") -> int:
    """Write the problems to stderr and return the status; without a problem there is nothing to say."""
    if as_json and problems:
        out = {"error": {"status": status, "problems": [problem_out(problem, name) for problem in problems]}}
        tell(encode(out).decode().rstrip("\n"))
    else:
        for problem in problems:
            tell(problem_line(problem, name))
    return status


def report_wrong(error: Wrong, as_json: bool) -> int:
    """Report a table with problems (status 3) or unusable answers (status 2)."""
    return report(3 if isinstance(error, TableError) else 2, error.problems, as_json, error.name)


def report_unwritable(error: Unwritable, as_json: bool = False) -> int:
    """Say why stdout could not be written, but not that its reader has left; return the status."""
    return report(1, [Problem(where="stdout", message=str(error))] if str(error) else [], as_json)


def report_stopped(error: Stopped, as_json: bool) -> int:
    """Say that the person stopped, and return the status."""
    message = str(error)
    if as_json:
        return report(1, [Problem(where="", message=message)], as_json)
    tell(message)
    return 1


def problem_line(problem: Problem, name: str = "") -> str:
    """Return a problem in one line: where a table has it, in the form that editors jump to."""
    if name:
        position = f"{name}:{problem.line}:{problem.column}: " if problem.line else f"{name}: "
        return f"{position}{problem.where}: {problem.message}" if problem.where else f"{position}{problem.message}"
    position = f"standard input:{problem.line}:{problem.column}: " if problem.line else ""
    where = f"{problem.where}: " if problem.where else ""
    line = f"spasmhelp: {position}{where}{problem.message}"
    return f"{line}\n  possible: {', '.join(problem.choices)}" if problem.choices else line


def report_bug(error: BaseException, as_json: bool) -> int:
    """Report an unexpected failure in one line; the traceback only for who asks for it."""
    if os.environ.get("SPASMHELP_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    said = f"{type(error).__name__}: {error}".splitlines()[0]
    message = f"this is a bug of ours ({said}); please report it with what SPASMHELP_DEBUG=1 shows"
    return report(70, [Problem(where="", message=message)], as_json)
