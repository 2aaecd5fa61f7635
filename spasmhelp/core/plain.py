"""Plain lines of JSON, as programs write them: what was read in some lines answers others without reading them."""

import re

from msgspec import Struct

from spasmhelp.core.compose import Composer
from spasmhelp.core.document import MAX_BYTES
from spasmhelp.core.model import Case
from spasmhelp.core.parts import Findings, Flags, Parts, Precautions

# An id that is echoed byte for byte: a whole number, or printable ASCII without quotes and backslashes.
IDENT = rb'-?(?:0|[1-9][0-9]{0,17})|"[ !#-\[\]-~]{0,200}"'
plain_ident = re.compile(IDENT).fullmatch
# How a line opens that has such an id first; the rest of the line alone decides the advice.
OPENING = re.compile(rb'\{"id": ?(' + IDENT + rb'), ?(?=")')
LIST = rb"(?:null|\[[^\]\\]*\])"
plain_list = re.compile(LIST).fullmatch
plain_findings = re.compile(
    rb'"onset": ?"[^"\\]*", ?"location": ?"[^"\\]*"(?:, ?"triggers": ?' + LIST + rb")?"
).fullmatch

MOST_BYTES = 16 << 20  # of answers kept by whole lines
ENTRY = 150  # bytes that an entry of a dictionary takes beside what it holds
LONG = 1 << 10  # bytes of a line whose parts are not kept
PATIENCE = 1 << 16  # lines that are answered from parts before what is kept is found to be of no use


class Spacing(Struct, frozen=True):
    """How a program spaces its JSON: what a line opens and closes with, and what stands between lines and answers."""

    opening: bytes
    closing: bytes
    between: bytes
    comma: bytes
    red_flags: bytes
    precautions: bytes


def spacing(comma: bytes, colon: bytes) -> Spacing:
    """Return the spacing with such commas and colons."""
    opening, closing = b'{"id"' + colon, b"}"
    return Spacing(
        opening=opening,
        closing=closing,
        between=closing + b"\n" + opening,
        comma=comma,
        red_flags=comma + b'"red_flags"' + colon,
        precautions=comma + b'"precautions"' + colon,
    )


SPACINGS = (spacing(b", ", b": "), spacing(b",", b":"))
# Lines that share nothing: as no line has a newline in it, nothing that is parted at one is ever known.
ANY = Spacing(opening=b"", closing=b"", between=b"\n", comma=b"\n", red_flags=b"\n", precautions=b"\n")


def taken_apart(lines: bytes) -> tuple[Spacing, list[bytes]]:
    """Return the spacing of lines, and each of them without the opening and closing that it shares with all."""
    for each in SPACINGS if len(lines) <= MAX_BYTES else ():
        if lines.startswith(each.opening) and lines.endswith(each.closing):
            return each, lines[len(each.opening) : -len(each.closing)].split(each.between)
    return ANY, lines.split(b"\n")


def opened(line: bytes) -> tuple[bytes, bytes]:
    """Return the plain `id` that a line opens with, and what else stands in its braces; what it lacks is empty."""
    line = line.strip(b" \t\r")
    if line[:1] != b"{" or line[-1:] != b"}":
        return b"", b""
    opening = OPENING.match(line)
    return (opening[1], line[opening.end() : -1]) if opening else (b"", line[1:-1])


class Known:
    """What is advised on lines, by what stands in their braces behind the `id`: by all of it, and by its three parts.

    The parts end where the red flags and the precautions begin. A line of parts that were each read as just that needs
    no reading, in whatever lines they stood: it is JSON, it has each key once, and it means what they mean.
    """

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.whole: dict[bytes, bytes] = {}
        self.room, self.missed = MOST_BYTES, 0
        self.findings: dict[bytes, Findings] = {}
        self.flags: dict[bytes, Flags] = {}
        self.precautions: dict[bytes, Precautions] = {}
        self.no_flags, self.no_precautions = composer.flags(None), composer.precautions(None)

    def compose(self, rest: bytes, spacing: Spacing) -> Parts | None:
        """Return, in parts, what is advised on a line whose parts are known, or None if one is not."""
        findings, flags, precautions = parted(rest, spacing)
        try:
            return self.composer.compose(
                self.findings[findings],
                self.no_flags if flags is None else self.flags[flags],
                self.no_precautions if precautions is None else self.precautions[precautions],
            )
        except KeyError:
            return None

    def keep(self, rest: bytes, parts: Parts) -> None:
        """Remember an answer by its whole line, if there is room, or what took the room was of no use for long."""
        if self.room <= 0:
            self.missed += 1
            if self.missed < PATIENCE:
                return
            self.whole.clear()
            self.room, self.missed = MOST_BYTES, 0
        answer = self.whole[rest] = b"".join(parts)
        self.room -= len(rest) + len(answer) + ENTRY

    def learn(self, rest: bytes, case: Case) -> None:
        """Remember the parts of a line that was read as a case, if its keys are the usual ones in the usual order."""
        for spacing in SPACINGS:
            findings, flags, precautions = parted(rest, spacing)
            lists = [text for text in (flags, precautions) if text is not None]
            if len(rest) < LONG and plain_findings(findings) and all(map(plain_list, lists)):
                self.findings[findings] = self.composer.findings(case.onset, case.location, case.triggers)
                if flags is not None:
                    self.flags[flags] = self.composer.flags(case.red_flags)
                if precautions is not None:
                    self.precautions[precautions] = self.composer.precautions(case.precautions)
                self.composer.size += 3 * (len(rest) + ENTRY)
                return


def parted(rest: bytes, spacing: Spacing) -> tuple[bytes, bytes | None, bytes | None]:
    """Return what stands in a line before its red flags, its red flags, and its precautions; None for what it lacks."""
    text, more, precautions = rest.rpartition(spacing.precautions)
    findings, asked, flags = (text if more else rest).partition(spacing.red_flags)
    return findings, flags if asked else None, precautions if more else None
