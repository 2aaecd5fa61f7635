"""What many tests share: the shipped table, a small one."""

import inspect
import os
import signal

import pytest
from hypothesis import HealthCheck, settings

from spasmhelp import Table, load_table
from spasmhelp.core.parse import parse_table
from spasmhelp.core.reading.forms import stemmer
from spasmhelp.core.reading.mentions import spellings_of
from spasmhelp.core.situation import prepared
from tests.tables import SMALL

# A shell that starts this behind `&` has SIGINT ignored, and so would the processes that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# No test asserts a time: on a busy machine a slow example is no wrong one.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


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


@pytest.fixture(autouse=True)
def made_anew() -> None:
    """While mutmut notes which tests run which function, none finds ready what another test made of a table."""
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        stemmer.cache_clear()
        for made in (spellings_of, prepared):
            inspect.getclosurevars(made).nonlocals["kept"].clear()
