"""A pseudo-translation: the shipped table with every text in letters that English has not, bracketed and longer.

What a person reads of it has no two English letters in a row, but for ids, addresses, commands and what is typed.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import asdict

from spasmhelp.core.language import GuideWords, Reading
from spasmhelp.core.phrases import Phrases

LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀćđéƒǵĥíĵķļḿńóṕʠŕśťúṽŵẋýźÀƁĆĐÉƑǴĤÍĴĶĻḾŃÓṔɊŔŚŤÚṼŴẊÝŹ",
)
KEPT = re.compile(r"(\{[^{}]*\}| \+ )")  # what is filled in or stands for a group, and what joins two parts of a cue
IDS = {"id", "url", "kind", "seen", "region", "level", "then", "origin", "sources_say", "phase", "helps", "asked"}
IDS |= {"rules_out", "sources", "location", "onset", "trigger", "advise", "stops", "language", "language_tag"}
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "remedies.yaml"


def pseudo(text: str) -> str:
    """Return a text as the pseudo-translation says it: a third longer, in brackets."""
    parts = [part if KEPT.fullmatch(part) else part.translate(LETTERS) for part in KEPT.split(text)]
    return f"[{''.join(parts)}{'~' * (len(text) // 3 + 1)}]"


def translated(value: Any) -> Any:
    """Return a part of the table with its texts translated; keys, ids, numbers and dates stay."""
    if isinstance(value, dict):
        return {key: part if key in IDS and not is_question(part) else translated(part) for key, part in value.items()}
    if isinstance(value, list):
        return [translated(part) for part in value]
    return pseudo(value) if isinstance(value, str) else value


def is_question(value: Any) -> bool:
    """Whether `location` or `onset` is no reference, but how its question is put, or the idioms of its sentences."""
    return isinstance(value, dict) and "ask" in value


@cache
def pseudo_text() -> str:
    """Return the pseudo-translated table as YAML, without its cases, whose sentences are English."""
    data = yaml.load(SHIPPED.read_text(encoding="utf-8"), yaml.CSafeLoader)
    del data["cases"]
    shipped = data["reading"]
    reading = {**asdict(Reading()), **shipped, "idioms": {}, "guide": asdict(GuideWords()) | shipped.get("guide", {})}
    reading = translated(reading) | {"numbers": {pseudo(name): number for name, number in reading["numbers"].items()}}
    idioms = {name: [pseudo(one) for one in several] for name, several in shipped["idioms"].items()}
    reading["language"] = "pseudo"
    phrases = translated(asdict(Phrases()) | data.get("phrases", {}))
    order = [*data][: [*data].index("steps")]
    data = {name: translated(part) for name, part in data.items()}
    data |= {"reading": plain(reading | {"idioms": idioms}), "phrases": phrases}
    names = list(dict.fromkeys([*order, "reading", "phrases", *data]))
    return yaml.dump({name: data[name] for name in names}, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)


def plain(value: Any) -> Any:
    """Return a value with lists where it has tuples."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, tuple | list) else value
