"""Makes spasmhelp.pyz of a wheel: `python -m release.zipapp WHEEL FOLDER`, run by the Python that is to run the app.

Compiled libraries (msgspec, PyYAML's C part) cannot be imported from a zip: they lie in `spasmhelp-libs` beside it. A
Python that has msgspec and PyYAML itself needs the one file alone.
"""

import shutil
import subprocess
import sys
import zipapp
from compileall import compile_dir
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory

MAIN = """import os, sys
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(sys.path[0])), "spasmhelp-libs"))
from spasmhelp.__main__ import main
sys.exit(main())
"""


def make_zipapp(wheel: Path, folder: Path) -> Path:
    """Put the app of a wheel, and beside it what must not be zipped, into a folder; return its path."""
    with TemporaryDirectory() as made:
        inside, beside = Path(made), folder / "spasmhelp-libs"
        install = [sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--target", made, str(wheel)]
        subprocess.run(install, check=True)
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for name in {path.relative_to(inside).parts[0] for path in inside.rglob("*.so")}:
            shutil.move(inside / name, beside)
        for unused in ("bin", "share"):
            shutil.rmtree(inside / unused, ignore_errors=True)
        (inside / "__main__.py").write_text(MAIN, encoding="utf-8")
        # Another version of Python compiles the sources anew at each start; this one takes a third of the time.
        compile_dir(inside, quiet=1, legacy=True, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
        app = folder / "spasmhelp.pyz"
        zipapp.create_archive(inside, app, interpreter="/usr/bin/env python3", compressed=True)
    return app


if __name__ == "__main__":
    print(make_zipapp(Path(sys.argv[1]), Path(sys.argv[2])))
