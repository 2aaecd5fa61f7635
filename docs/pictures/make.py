"""Makes the pictures of the README from what the program really writes: `make pictures`."""

import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from tests.terminal import Terminal

HERE = Path(__file__).parent
GIVEN = ("--onset", "sudden", "--location", "calf", "--no-triggers", "--no-red-flags", "--no-precautions")
# No font is fetched: whoever looks at a picture in a page asks no other server.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace("Fira Code", "Menlo")
FORMAT = FORMAT.replace("<svg ", '<svg xml:space="preserve" ', 1)  # some viewers drop blanks at the start of a line


def run(arguments: tuple[str, ...], columns: int) -> str:
    """Return all that a command writes to a terminal, colours included."""
    terminal = Terminal(*arguments, columns=columns, rows=60)
    terminal.end()
    return terminal.raw.decode()


def ask(answers: tuple[str, ...], columns: int) -> str:
    """Return what the first questions look like, with these answers typed."""
    terminal = Terminal("advise", columns=columns, rows=60)
    terminal.wait()
    for text in answers:
        terminal.answer(text)
    terminal.child.close(force=True)
    return terminal.raw.decode()


def svg(title: str, written: str, columns: int) -> str:
    """Return what was written as a picture."""
    console = Console(record=True, width=columns, file=open("/dev/null", "w"), force_terminal=True)  # noqa: SIM115
    with console.file:
        console.print(Text.from_ansi(written.replace("\r\n", "\n").rstrip()))
        return console.export_svg(title=title, code_format=FORMAT, unique_id=title.split()[1] + str(columns))


def pictures() -> dict[str, str]:
    """Return each picture by its file name."""
    return {
        "questions.svg": svg("spasmhelp advise", ask(("calf cramp", "0"), 80), 80),
        "advice.svg": svg("spasmhelp advise", run(("advise", *GIVEN), 100), 100),
        "where.svg": svg("spasmhelp where", run(("where", "--no-pager"), 80).split("OTHER NAMES")[0], 80),
        "where-calf.svg": svg("spasmhelp where calf", run(("where", "calf"), 80), 80),
    }


if __name__ == "__main__":
    for name, picture in pictures().items():
        (HERE / name).write_text(picture, encoding="utf-8")
