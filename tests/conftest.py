"""What many tests share: the shipped table, a small one. And how much of the program all tests together must run."""

import os
from io import StringIO
from math import floor

import pytest
from coverage import Coverage

from spasmhelp import Table, load_table
from spasmhelp.core.parse import parse_table
from tests.tables import SMALL

LEAST = {"spasmhelp": 95, "spasmhelp/core": 100}  # percent of lines and branches
NARROWER = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "stepwise", "collectonly")
COVERED = pytest.StashKey[list[tuple[str, bool]]]()


@pytest.fixture(scope="session")
def table() -> Table:
    """The table that is shipped."""
    return load_table()


@pytest.fixture(scope="session")
def small() -> Table:
    """A table of two places that changes only with the tests."""
    return parse_table(SMALL, "small.yaml")


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no process that a test starts be measured: it would import, hold and write more, and take longer to start."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


def runs_all(config: pytest.Config) -> bool:
    """Whether the command line leaves no test out."""
    return config.args == config.getini("testpaths") and not any(config.getoption(one, None) for one in NARROWER)


def pytest_configure(config: pytest.Config) -> None:
    """Measure nothing where a part of the tests runs, unless the command line asks for it."""
    asked = any(argument.startswith("--cov") for argument in config.invocation_params.args)
    if not (asked or runs_all(config)) and (measuring := Coverage.current()):
        config.pluginmanager.unregister(name="_cov")
        measuring.stop()
        del os.environ["COVERAGE_PROCESS_CONFIG"]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run of all tests that leaves too much of the program untouched."""
    config = session.config
    ended = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and not session.shouldfail
    if not (ended and runs_all(config)) or config.getoption("no_cov"):
        return
    coverage = Coverage()
    coverage.load()
    config.stash[COVERED] = []
    for part, least in LEAST.items():
        missing = StringIO()
        percent = coverage.report(include=f"{part}/*", show_missing=True, skip_covered=True, file=missing)
        enough = percent >= least
        line = f"{part + '/':<16} {floor(percent * 10) / 10:5} %, and at least {least} % "
        config.stash[COVERED].append(
            (line + ("was demanded" if enough else f"is demanded\n{missing.getvalue()}"), enough)
        )
        if not enough:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how much of the program the tests went through."""
    if COVERED in config.stash:
        terminalreporter.section("lines and branches that ran")
        for text, enough in config.stash[COVERED]:
            terminalreporter.write_line(text, green=enough, red=not enough)
