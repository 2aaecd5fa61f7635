"""What a start imports: start-up is a promise, and one careless import breaks it."""

import pickle
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from spasmhelp.core.reading.notes import noted
from spasmhelp.files import load_table
from tests.deep import deep_only

ROOT = Path(__file__).parents[1]
FLAGS = ["--onset", "sudden", "--location", "calf", "--no-triggers", "--no-red-flags", "--no-precautions"]
SLOW = ("pydantic", "rich", "typer", "yaml", "hashlib", "jsonschema")
RUN = f"""
import gc, sys
from spasmhelp.__main__ import main
try:
    main()
finally:
    sys.stdout.flush()
    assert gc.get_freeze_count(), "as it ends, Python will look through all of it for garbage"
    print("IMPORTED", *[name for name in {SLOW} if name in sys.modules], file=sys.stderr)
"""


def imported(home: Path, *arguments: str) -> set[str]:
    """Run the program from `home` and return which slow libraries it had imported at its end."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        env={"PYTHONPATH": str(home), "PATH": ""},
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return set(done.stderr.split("IMPORTED")[1].split())


def build(source: Path, to: Path) -> subprocess.CompletedProcess[str]:
    """Build a wheel of a source tree with the build backend itself."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(to)]
    return subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of all that a wheel is built from."""
    copy = tmp_path_factory.mktemp("source")
    for name in ("spasmhelp", "data"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    (copy / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "spasmhelp.1", copy / "docs")
    (copy / "README.md").write_text("# spasmhelp\n")
    return copy


@pytest.fixture(scope="module")
def installed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds what the wheel would install."""
    to = tmp_path_factory.mktemp("wheel")
    done = build(source, to)
    assert done.returncode == 0, done.stderr
    zipfile.ZipFile(next(to.glob("*.whl"))).extractall(to / "installed")
    return to / "installed"


def test_the_version_needs_no_library_at_all(installed):
    assert imported(installed, "--version") == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["advise", "--help"],
        ["advise", *FLAGS, "--json"],
        ["advise", *FLAGS, "--location", "nowhere"],
        ["advise", *FLAGS, "--location", "nowhere", "--json"],
        ["advise", "--no-such-option"],
        ["advice"],
        ["explain", "calf", "--json"],
    ],
    ids=" ".join,
)
def test_help_json_and_errors_need_nothing_but_typer(installed, arguments):
    assert imported(installed, *arguments) == {"typer"}


def test_the_text_needs_rich_and_no_yaml(installed):
    assert imported(installed, "advise", *FLAGS) == {"typer", "rich"}


def test_a_checkout_reads_the_yaml():
    assert imported(ROOT, "advise", *FLAGS, "--json") == {"typer", "yaml", "hashlib"}


def test_the_compiled_table_is_the_table_and_its_notes_are_read(installed):
    code = """
import pickle, sys
from spasmhelp import load_table, read_sentence
table = load_table()
read_sentence(table, "calf cramp")
sys.stdout.buffer.write(pickle.dumps((table, tuple(sys.modules["spasmhelp._notes"].NOTES))))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=installed,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        check=False,
    )
    table, notes = pickle.loads(done.stdout)
    assert table == load_table()
    assert notes == tuple(noted(load_table()))
    assert table.file.sha256 == load_table().file.sha256


def test_check_reads_the_yaml_that_comes_with_the_program(installed):
    assert "yaml" in imported(installed, "check")


@deep_only
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("advise: [", "advise: [no_such_step, ", "no step called 'no_such_step'"),
        ("expect: {level: self_care", "expect: {level: emergency", "broken_case"),
    ],
    ids=["a problem", "a fault"],
)
def test_a_wheel_of_a_wrong_table_is_not_built(source, tmp_path, old, new, message):
    broken = shutil.copytree(source, tmp_path / "broken")
    table = broken / "data" / "remedies.yaml"
    text = table.read_text()
    assert old in text
    table.write_text(text.replace(old, new, 1))
    done = build(broken, tmp_path)
    assert done.returncode != 0
    assert message in done.stderr
    assert not list(tmp_path.glob("*.whl"))
