"""The program as a user runs it: arguments, an environment and streams go in, a status and text come out."""

import atexit
import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from types import ModuleType
from typing import NamedTuple
from unittest.mock import patch

from msgspec.structs import replace

from hatch_build import compiled, compiled_notes
from spasmhelp.__main__ import main
from spasmhelp.files import load_table

CHECKOUT = Path(__file__).resolve().parents[1]
AT_START = ("PYTHON", "LANG", "LC_")  # what Python reads while it starts
ERRORS = ("surrogateescape", "surrogateescape", "backslashreplace")  # of the three streams, as PYTHONUTF8 has them
INTERRUPTED = [128 + number for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]


class Ran(NamedTuple):
    """What came of a run."""

    status: int
    out: str
    err: str


def with_compiled_table(folder: Path) -> Path:
    """Fill a folder with links to all of this checkout and the table as a wheel has it: a start takes half the time."""
    (folder / "spasmhelp").mkdir()
    for path in [*CHECKOUT.glob("[!.]*"), *CHECKOUT.glob("spasmhelp/*")]:
        if path.name not in ("spasmhelp", "__pycache__"):
            (folder / path.relative_to(CHECKOUT)).symlink_to(path)
    table = load_table(str(CHECKOUT / "data" / "remedies.yaml"))
    table = replace(table, file=replace(table.file, name="data/remedies.yaml"))
    (folder / "spasmhelp" / "_table.py").write_text(compiled(table), encoding="utf-8")
    (folder / "spasmhelp" / "_notes.py").write_text(compiled_notes(table), encoding="utf-8")
    return folder


# Where the processes of the tests start, and what they import.
ROOT = with_compiled_table(Path(mkdtemp(prefix="spasmhelp-")))
atexit.register(shutil.rmtree, ROOT, ignore_errors=True)


def compiled_module(name: str) -> ModuleType:
    """Return a module that a wheel has, and a checkout has not."""
    spec = spec_from_file_location(f"spasmhelp.{name}", ROOT / "spasmhelp" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


COMPILED = [compiled_module("_table"), compiled_module("_notes")]


def environment(**more: str) -> dict[str, str]:
    """Return an environment without anything that changes how the program looks, and with `more`."""
    kept = ("PATH", "HOME", "SYSTEMROOT", "COVERAGE_PROCESS_CONFIG")
    base = {name: os.environ[name] for name in kept if name in os.environ}
    return base | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | more


def process(*arguments: str, stdin: str | bytes = b"", env: dict[str, str] | None = None, cwd: Path = ROOT) -> Ran:
    """Run `spasmhelp` as a process, where what Python does as it starts or ends is a part of the matter."""
    command = [sys.executable, "-m", "spasmhelp", *arguments]
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        command, input=data, capture_output=True, env=environment(**(env or {})), cwd=cwd, timeout=60, check=False
    )
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def run(*arguments: str, stdin: str | bytes = b"", env: dict[str, str] | None = None, cwd: Path = CHECKOUT) -> Ran:
    """Run `spasmhelp` with these arguments and this standard input to its end, in this process: that takes no start."""
    assert not any(name.startswith(AT_START) for name in env or {}), "that needs a process"
    data = stdin.encode("utf-8", "surrogateescape") if isinstance(stdin, str) else stdin
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(data)
        given.seek(0)
        streams = [TextIOWrapper(file, "utf-8", errors) for file, errors in zip((given, out, err), ERRORS, strict=True)]
        with as_a_process(["spasmhelp", *arguments], environment(**(env or {})), streams), chdir(cwd):
            try:
                status = main()
            except SystemExit as error:  # typer's, at the end of a completion
                status = error.code if isinstance(error.code, int) else int(error.code is not None)
        ran = Ran(status, *map(written, streams[1:]))
    if status in INTERRUPTED:  # it was this process that was asked to end, and a command took that for itself
        signal.raise_signal(status - 128)
    return ran


def written(stream: TextIOWrapper) -> str:
    """Return all that was written to a stream on a file."""
    stream.seek(0)
    return stream.buffer.read().decode("utf-8", "replace")


@contextmanager
def as_a_process(arguments: list[str], env: dict[str, str], streams: list[TextIOWrapper]) -> Iterator[None]:
    """Within, the program finds these arguments, this environment and these streams; afterwards all is as it was."""
    names = ("stdin", "stdout", "stderr")
    replaced = dict(zip(names, streams, strict=True)) | dict(
        zip((f"__{name}__" for name in names), streams, strict=True)
    )
    collects = gc.isenabled()
    sys.modules.update({module.__name__: module for module in COMPILED})
    try:
        with patch.multiple(sys, argv=arguments, **replaced), patch.dict(os.environ, env, clear=True):
            yield
    finally:
        for module in COMPILED:
            del sys.modules[module.__name__]
        (gc.enable if collects else gc.disable)()
