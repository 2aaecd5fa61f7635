"""Characters from a keyboard -> keys, words and lines; escape sequences that mean nothing here are swallowed."""

import re
from collections import deque

# Complete sequences: the function keys of the Linux console, a mouse, CSI, SS3, strings up to their end, Alt and a key.
ESCAPE = re.compile(
    r"\x1b*(?:\x1b\[\[.|\x1b\[M.{3}|(?:\x1b\[|\x9b)(?![\[M])[0-?]*[ -/]*[@-~]|(?:\x1bO|\x8f)[0-9;]*[^0-9;]"
    r"|(?:\x1b[\]P^_X]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]+[0-~]|\x1b[^\[O\]P^_X\x1b ])",
    re.DOTALL,
)
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
ALONE = "+-=?"  # no word begins with these: they need no moment to see whether more follows
LONGEST = 500  # characters of a line that are kept


class Decoder:
    """Takes characters as they come, in any pieces; gives lines that Enter ended, and signs that are keys alone.

    `word` is what was typed since the last Enter. `ended` is set by Ctrl-D on an empty line.
    """

    def __init__(self) -> None:
        self.single = False  # whether keys come one by one: else even "?" waits for Enter
        self.word, self.waiting = "", ""
        self.pasting = self.pasted = self.swallowed = self.ended = False
        self.lines: deque[str] = deque()

    def feed(self, text: str) -> None:
        """Take what was typed."""
        self.waiting += text
        while self.waiting and not self.is_open():
            self.take()

    def is_open(self) -> bool:
        """Whether what waits is the beginning of a sequence whose end has not come yet."""
        if len(self.waiting) > LONGEST:
            self.waiting = self.waiting[-1:]
        return self.waiting[0] in "\x1b\x8f\x90\x98\x9b\x9d\x9e\x9f" and not ESCAPE.match(self.waiting)

    def take(self) -> None:
        """Take the next character, or a whole sequence."""
        found = ESCAPE.match(self.waiting)
        one = found[0] if found else self.waiting[0]
        self.waiting = self.waiting[len(one) :]
        if one.endswith((PASTE_BEGINS, PASTE_ENDS)):
            self.pasting = one.endswith(PASTE_BEGINS)
            self.pasted = True
        elif found:
            self.swallowed = True
        elif one in "\r\n" and self.pasting:
            self.word += " "
        elif one in "\r\n":
            # A line of nothing but such a key is a slip, and no Enter: the question is put once more.
            slip = self.swallowed and not (self.word or self.single)
            self.lines.append("?" if slip else self.word.strip())
            self.word, self.pasted, self.swallowed = "", False, False
        elif one in "\x7f\b":
            self.word = self.word[:-1]
            self.pasted = self.pasted and bool(self.word)
        elif one in "\x15\x17":
            self.word, self.pasted = "", False
        elif one == "\x04":
            self.ended = self.ended or not self.word
        elif self.single and one in ALONE and not (self.word or self.pasting):
            self.lines.append(one)
        elif one.isprintable() and len(self.word) < LONGEST:
            self.word += one

    def silence(self) -> None:
        """No more came for a while: what waits is no sequence after all, but the Escape key."""
        self.waiting = ""

    def is_key(self, keys: str) -> bool:
        """Whether what was typed is one of these keys, if nothing follows it; a paste is no key."""
        return self.single and not (self.waiting or self.pasted) and self.word.lower() in tuple(keys)

    def key(self) -> str:
        """Take what was typed as a key."""
        key, self.word = self.word.lower(), ""
        return key

    def drop(self) -> str:
        """Drop all that waits, and return it."""
        dropped = " ".join(part for part in (*self.lines, self.word) if part)
        self.lines.clear()
        self.word = self.waiting = ""
        self.pasting = self.pasted = False
        return dropped
