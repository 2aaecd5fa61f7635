"""The command line that gives advice again, as a shell reads it."""

import os
import shlex

from spasmhelp.core.asked import SCREENED
from spasmhelp.core.decoding.case import REQUIRED
from spasmhelp.core.model import Case

OPTIONS = {
    "onset": "--onset",
    "location": "--location",
    "triggers": "--trigger",
    "red_flags": "--red-flag",
    "precautions": "--precaution",
}


def command_for(case: Case, table_path: str | None = None) -> list[str]:
    """Return the command that asks again what a case does not report, in the parts that may stand on a line.

    That there is no danger is not repeated: a line of the shell's history must not answer that next month.
    """
    return [
        word
        for word in example_of(case, table_path)
        if word not in [f"--no-{name.replace('_', '-')}" for name in SCREENED]
    ]


def example_of(case: Case, table_path: str | None = None) -> list[str]:
    """Return the command that gives the advice for a case, in the parts that may stand on a line."""
    words = ["spasmhelp advise"]
    if table_path:
        words.append(f"--table {shell_quoted(table_path)}")
    for name, option in OPTIONS.items():
        answer = getattr(case, name)
        if name in REQUIRED:
            words += [f"{option} {answer.id}"] if answer else []
        elif answer == ():
            words.append(f"--no-{name.replace('_', '-')}")
        else:
            words += [f"{option} {word.id}" for word in answer or ()]
    return words


def shell_quoted(path: str) -> str:
    """Return a path as a shell reads it; what could disturb a terminal as the bytes it stands for, in $'...'."""
    if path.isprintable():
        return shlex.quote(path)
    return "$'" + "".join(f"\\{c}" if c in "'\\" else c if c.isprintable() else in_bytes(c) for c in path) + "'"


def in_bytes(character: str) -> str:
    """Return a character of a path by the escapes of its bytes."""
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(character))
