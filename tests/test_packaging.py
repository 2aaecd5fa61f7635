"""What is released: the sdist, the wheel, the app in a zip; each, and a bare checkout, answers as the checkout does."""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from release.zipapp import make_zipapp
from spasmhelp import __version__
from spasmhelp.cli.app import COMMANDS
from spasmhelp.core.schema import SCHEMAS
from tests.deep import deep_only
from tests.program import CHECKOUT, Ran, process

ADVICE = ["advise", "--no-input", "--onset", "sudden", "--location", "calf"]
# Help and schemas could be made of docstrings, a table is data, the rest goes through every room.
COMMAND_LINES = [
    ["--version"],
    ["--help"],
    *[[command, "--help"] for command in COMMANDS],
    *[["schema", name] for name in SCHEMAS],
    ["read", "woke up with my calves seizing"],  # by the library of stems, which is loaded under another name
    *[[*ADVICE, *more] for more in (["--no-red-flags", "--why"], ["--json"], ["--format", "html"])],
    [*ADVICE, "--location", "nowhere"],
    ["explain", "quinine"],
    ["explain", "nothing such"],
    ["where", "calf"],
    ["check", "--coverage"],
]
PATH_OF_TABLE = re.compile(r"\S*data/remedies\.yaml")


def call(*command: str | Path, cwd: Path, **env: str) -> str:
    """Run a command to its end and return what it wrote to stdout; fail with all it wrote if it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env or None, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@cache
def expected(*line: str) -> Ran:
    """Return what a checkout answers."""
    return process(*line)


def answers_as_the_checkout(*command: str | Path, cwd: Path, **env: str) -> None:
    """Fail if any command line gives another status or text than the program does in a checkout."""
    env |= {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    for line in COMMAND_LINES:
        done = subprocess.run(
            [*map(str, command), *line],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        out, err = (PATH_OF_TABLE.sub("data/remedies.yaml", text) for text in (done.stdout, done.stderr))
        assert (done.returncode, out, err) == expected(*line), line


def build(source: Path, to: Path, **env: str) -> tuple[Path, Path]:
    """Build the sdist and the wheel of a tree, each from the tree itself; return both."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel", "--outdir", to, source]
    call(*command, cwd=to.parent, PATH="/usr/bin:/bin", **env)
    return next(to.glob("*.tar.gz")), next(to.glob("*.whl"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the sdist and the wheel of the checkout."""
    return build(CHECKOUT, tmp_path_factory.mktemp("dist"), SOURCE_DATE_EPOCH="1700000000", PYTHONHASHSEED="1")


@deep_only
def test_a_build_from_the_sdist_elsewhere_gives_the_same_bytes(built: tuple[Path, Path], tmp_path: Path) -> None:
    sdist, wheel = built
    with tarfile.open(sdist) as tar:
        tar.extractall(tmp_path, filter="data")
    tree = tmp_path / sdist.name.removesuffix(".tar.gz")
    (tmp_path / "dist").mkdir(mode=0o700)
    (tree / "README.md").touch()
    again = build(tree, tmp_path / "dist", SOURCE_DATE_EPOCH="1700000000", PYTHONHASHSEED="2", TZ="Asia/Tokyo")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in built]
    other = build(tree, tmp_path / "dist", SOURCE_DATE_EPOCH="1600000000")
    assert other[1].read_bytes() != wheel.read_bytes()  # or the date would say nothing


@deep_only
@pytest.mark.parametrize("kind", [0, 1], ids=["sdist", "wheel"])
def test_what_is_built_runs_in_an_environment_with_nothing_else(
    built: tuple[Path, Path], tmp_path: Path, kind: int
) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    call(python, "-m", "pip", "install", "-q", built[kind], cwd=tmp_path)
    answers_as_the_checkout(tmp_path / "venv" / "bin" / "spasmhelp", cwd=tmp_path)
    assert "Straighten your knee" in call(python, "-m", "spasmhelp", *ADVICE, cwd=tmp_path)
    page = tmp_path / "venv" / "share" / "man" / "man1" / "spasmhelp.1"
    assert page.read_bytes() == (CHECKOUT / "docs" / "spasmhelp.1").read_bytes()


@deep_only
def test_the_app_in_a_zip_runs_with_its_libraries_beside_it(built: tuple[Path, Path], tmp_path: Path) -> None:
    app = make_zipapp(built[1], tmp_path / "apps")
    shutil.move(tmp_path / "apps", tmp_path / "moved")
    bare = Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}")  # which has none of the libraries
    answers_as_the_checkout(bare, tmp_path / "moved" / app.name, cwd=tmp_path)


@deep_only
def test_nothing_depends_on_asserts_or_docstrings(tmp_path: Path) -> None:
    answers_as_the_checkout(sys.executable, "-OO", "-m", "spasmhelp", cwd=tmp_path, PYTHONPATH=str(CHECKOUT))


@deep_only
def test_the_wheel_holds_the_table_and_no_tests(built: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(built[1]).namelist()
    assert "spasmhelp/data/remedies.yaml" in names
    assert not [name for name in names if name.startswith(("tests", "release"))]


def test_the_changelog_tells_of_this_version_under_two_headings() -> None:
    first = (CHECKOUT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    assert first.startswith(f"{__version__}, ")
    assert re.findall(r"^### (.*)", first, re.MULTILINE) == ["Advice", "Program"]


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


@pytest.mark.skipif(not (CHECKOUT / ".ci").exists(), reason="the sdist has no .ci")
def test_a_release_stops_at_a_python_in_which_it_cannot_be_installed(tmp_path: Path) -> None:
    """Each Python here makes an environment in which pip fails; its pytest, of another day, would pass."""
    pretended = """#!/bin/sh
    [ "$1" = -m ] || exit 0
    mkdir -p "$3/bin" && cd "$3/bin" && printf '#!/bin/sh\\nexit 1\\n' > pip && echo '#!/bin/sh' > pytest && chmod +x *
    """
    (tmp_path / ".ci").mkdir()
    shutil.copy(CHECKOUT / ".ci" / "release", tmp_path / ".ci")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for minor in (11, 12, 13, 14):  # the last, 3.16, is not here: its failing would end the run
        python = tmp_path / ".venv" / "bin" / f"python3.{minor}"
        python.write_text(pretended, encoding="utf-8")
        python.chmod(0o755)
    done = subprocess.run([tmp_path / ".ci" / "release", "pythons"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "passed" not in done.stdout
