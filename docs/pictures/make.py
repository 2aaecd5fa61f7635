"""Makes the pictures of the README from what the program really writes: `make pictures`."""

import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from tests.terminal import Terminal

HERE = Path(__file__).parent
SECONDS = 5  # that each screen of a recording is seen
NEWLINE = "\n"
TITLE = "spasmhelp advise: calf cramp; one screen of danger signs, answered 0; the first step"
GIVEN = ("--onset", "sudden", "--location", "calf", "--no-triggers", "--no-red-flags", "--no-precautions")
# No font is fetched: whoever looks at a picture in a page asks no other server.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace("Fira Code", "Menlo")
FORMAT = FORMAT.replace("<svg ", '<svg xml:space="preserve" ', 1)  # some viewers drop blanks at the start of a line


def run(arguments: tuple[str, ...], columns: int) -> str:
    """Return all that a command writes to a terminal, colours included."""
    terminal = Terminal(*arguments, columns=columns, rows=60)
    terminal.end()
    return terminal.raw.decode()


def svg(title: str, written: str, columns: int) -> str:
    """Return what was written as a picture."""
    console = Console(record=True, width=columns, file=open("/dev/null", "w"), force_terminal=True)  # noqa: SIM115
    with console.file:
        console.print(Text.from_ansi(written.replace("\r\n", "\n").rstrip()))
        return console.export_svg(title=title, code_format=FORMAT, unique_id=title.split()[1] + str(columns))


def recording(answers: tuple[str, ...], columns: int, rows: int) -> str:
    """Return a dialogue as one picture that plays: each screen as the terminal showed it, one after the other."""
    terminal = Terminal("advise", columns=columns, rows=rows)
    terminal.wait()
    frames = [screen_text(terminal)]
    for text in answers:
        terminal.answer(text)
        frames.append(screen_text(terminal))
    terminal.child.close(force=True)
    shown = [still(frame, columns, number) for number, frame in enumerate(frames)]
    size = re.search(r'viewBox="([^"]+)"', shown[0])
    assert size
    parts = [f'<g class="frame frame{number}">{frame}</g>' for number, frame in enumerate(shown)]
    return (
        f'<svg viewBox="{size[1]}" xmlns="http://www.w3.org/2000/svg" role="img"><title>{TITLE}</title>'
        f"<style>\n{film(len(frames))}\n</style>\n{NEWLINE.join(parts)}\n</svg>\n"
    )


def film(count: int) -> str:
    """Return the style that shows each of so many frames for its share of the time; without motion, the last."""
    share = 100 / count
    rules = [".frame { visibility: hidden }"]
    for number in range(count):
        begin, end = share * number, share * (number + 1)
        before = "" if number == 0 else f"0%, {begin - 0.01:.2f}% {{ visibility: hidden }} "
        after = "" if number == count - 1 else f"{end:.2f}%, 100% {{ visibility: hidden }} "
        shown = f"{begin:.2f}%, {end - 0.01:.2f}% {{ visibility: visible }} "
        rules.append(f"@keyframes play{number} {{ {before}{shown}{after}}}")
        rules.append(f".frame{number} {{ animation: play{number} {SECONDS * count}s step-end infinite }}")
    still = f".frame {{ animation: none }} .frame{count - 1} {{ visibility: visible }}"
    return NEWLINE.join([*rules, f"@media (prefers-reduced-motion: reduce) {{ {still} }}"])


def screen_text(terminal: Terminal) -> Text:
    """Return what stands on the screen, bold as it is there."""
    text = Text()
    for row in range(terminal.screen.lines):
        line = terminal.screen.buffer[row]
        for column in range(terminal.screen.columns):
            text.append(line[column].data, style="bold" if line[column].bold else "")
        text.append("\n")
    return text


def still(screen: Text, columns: int, number: int) -> str:
    """Return one screen as a picture, whose styles touch no other."""
    console = Console(record=True, width=columns, file=open("/dev/null", "w"), force_terminal=True)  # noqa: SIM115
    with console.file:
        console.print(screen, end="")
        return console.export_svg(title="spasmhelp advise", code_format=FORMAT, unique_id=f"frame{number}")


def pictures() -> dict[str, str]:
    """Return each picture by its file name."""
    return {
        "first-help.svg": recording(("calf cramp", "0"), 80, 24),
        "advice.svg": svg("spasmhelp advise", run(("advise", *GIVEN), 100), 100),
        "where.svg": svg("spasmhelp where", run(("where", "--no-pager"), 80).split("OTHER NAMES")[0], 80),
        "where-calf.svg": svg("spasmhelp where calf", run(("where", "calf"), 80), 80),
    }


if __name__ == "__main__":
    for name, picture in pictures().items():
        (HERE / name).write_text(picture, encoding="utf-8")
