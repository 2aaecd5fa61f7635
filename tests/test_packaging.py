"""The wheel, the sdist, an editable install and a bare checkout all find the table."""

import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.deep import deep_only
from tests.program import CHECKOUT

ADVICE = ["advise", "--no-input", "--onset", "sudden", "--location", "calf"]


def call(*command: str | Path, cwd: Path, **env: str) -> str:
    """Run a command to its end and return what it wrote to stdout; fail with all it wrote if it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env or None, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel from the sdist; return their folder."""
    folder = tmp_path_factory.mktemp("dist")
    call(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT, cwd=folder)
    return folder


@deep_only
def test_the_wheel_runs_from_another_folder_in_a_clean_environment(built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    call(python, "-m", "pip", "install", "-q", next(built.glob("*.whl")), cwd=tmp_path)
    for command in ([tmp_path / "venv" / "bin" / "spasmhelp"], [python, "-m", "spasmhelp"]):
        out = call(*command, *ADVICE, cwd=tmp_path, PATH="/usr/bin:/bin")
        assert "Straighten your knee" in out


@deep_only
def test_the_wheel_holds_the_table_and_no_tests(built: Path) -> None:
    names = zipfile.ZipFile(next(built.glob("*.whl"))).namelist()
    assert "spasmhelp/data/remedies.yaml" in names
    assert not [name for name in names if name.startswith("tests")]


@deep_only
def test_the_build_checks_the_table_with_no_more_than_it_requires() -> None:
    required = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    names = {re.match(r"[\w-]+", one)[0].lower() for one in required}  # type: ignore[index]
    modules = {module for module, owners in packages_distributions().items() if names & {o.lower() for o in owners}}
    code = f"""
import sys
import hatchling.builders.hooks.plugin.interface  # with what it needs itself
class Required:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] not in {modules | {"spasmhelp", "hatch_build"}!r} | sys.stdlib_module_names:
            raise ModuleNotFoundError(name + ' is not required')
sys.meta_path.insert(0, Required())
from hatch_build import *
assert sound_table(Path('data/remedies.yaml')).cases
"""
    call(sys.executable, "-c", code, cwd=CHECKOUT)


def test_a_bare_checkout_runs_without_being_installed(tmp_path: Path) -> None:
    out = call(sys.executable, "-m", "spasmhelp", *ADVICE, cwd=tmp_path, PYTHONPATH=str(CHECKOUT))
    assert "Straighten your knee" in out
