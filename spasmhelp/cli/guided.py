"""Starts the guide on the real terminal, or says why it cannot."""

import sys

from spasmhelp.cli.terminal import Look, is_terminal
from spasmhelp.core.advise import Advice
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.interview import interview
from spasmhelp.core.model import Case, Table


def need_terminal(others: dict[str, bool]) -> None:
    """Raise CaseError where there is no terminal to guide on, or an option that contradicts it."""
    problems = [Problem(where="--guide", message=f"cannot go with {name}") for name, given in others.items() if given]
    if not all(is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)):
        problems.append(Problem(where="--guide", message="needs a terminal; without it the advice can be piped"))
    if problems:
        raise CaseError(problems)


def go_through(table: Table, advice: Advice, out: Look, err: Look, table_path: str | None) -> Advice:
    """Guide a person through an advice on the terminal; return it, as it then is. Raises Stopped."""
    from spasmhelp.cli.asking.clock import Terminal
    from spasmhelp.cli.asking.guide import Guide
    from spasmhelp.cli.asking.person import Person
    from spasmhelp.cli.paper import Paper

    def screen(case: Case) -> Case:
        return interview(table, Person(table, err, welcomed=True), case)

    return Guide(table, Paper(out, sys.stdout), Paper(err), Terminal(err.plain), screen).run(advice, table_path)
