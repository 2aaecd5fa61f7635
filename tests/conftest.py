"""What many tests share: the shipped table, a small one."""

import pytest

from spasmhelp import Table, load_table
from spasmhelp.core.parse import parse_table
from tests.tables import SMALL


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
