"""A translated table is a translated program: of a pseudo-translation nobody sees a word of English."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import spasmhelp
from spasmhelp import Table, load_table
from spasmhelp.core.advise import overdue
from spasmhelp.core.model import Level
from spasmhelp.core.reference import sections
from tests.guide import case, guided
from tests.program import run
from tests.pseudo import pseudo, pseudo_text, read_once
from tests.talking import talk
from tests.terminal import Terminal

# What stays English: a command line, an address (whose end may stand on the next line), a digest.
COMMANDS = re.compile(r"\bspasmhelp (?:advise|where|explain)\b|--[a-z-]+|https?://\S+(?:\n[^\s⟦]\S*)*|\b[0-9a-f]{12}\b")
VALUES = {
    "article",
    "reply",
    "reader",
    "guideline",
    "study",
    "leaflet",
    "original",
    "copy",
    "agree",
    "partly",
    "nothing",
}
VALUES |= {"disagree", "now", "next", "prevent", "tight", "eased", "both", "before", "after", "every_step"}
VALUES |= {level.name for level in Level}  # what a key of the table may hold is an id, whatever the language


@pytest.fixture(scope="module", autouse=True)
def tables_are_read_once() -> Iterator[None]:
    """Read each table once for all tests."""
    with read_once():
        yield


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the path of the pseudo-translated table."""
    file = tmp_path_factory.mktemp("pseudo") / "table.yaml"
    file.write_text(pseudo_text(), encoding="utf-8")
    return str(file)


@pytest.fixture(scope="module")
def table(path: str) -> Table:
    """Return the pseudo-translated table."""
    return load_table(path)


@cache
def ids() -> frozenset[str]:
    """Return what may stand anywhere as it is: the ids of the table, and of what uses them."""
    found = sections(load_table())
    entries = (entry.id for several in found.values() for entry in several)
    return frozenset({*VALUES, *found, *entries, *load_table().reading.groups})


def english(text: str) -> list[str]:
    """Return the words of English letters in a text, but for commands, addresses and ids."""
    words = re.findall(r"[A-Za-z0-9_]+", COMMANDS.sub("", text))
    return [word for word in words if re.search("[A-Za-z]{2}", word) and word not in ids()]


def texts_of(value: Any) -> list[str]:
    """Return the texts of a JSON value, but for the digest of the table and the file's own name."""
    if isinstance(value, dict):
        return [text for key, part in value.items() if key != "sha256" for text in texts_of(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts_of(part)]
    return [value] if isinstance(value, str) else []


def of_page(html: str) -> str:
    """Return what a browser shows of a page."""
    return unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL))


def test_the_test_finds_english_but_no_ids_commands_or_addresses() -> None:
    assert english("Now: ⟦ŕúƀ~⟧ foot_arch, steps.rub; spasmhelp where calf --plain, https://nhs.uk/x 5 m") == ["Now"]
    assert english(pseudo("Hold it for {minutes} minutes.").format(minutes=5)) == []


CALF = ("--onset", "sudden", "--location", "calf")
NONE = ("--no-triggers", "--no-red-flags", "--no-precautions")
SAID = f"{pseudo('charley horse')}, {pseudo('no')} {pseudo('swelling')}"
RUNS = {
    "calf": ("advise", *CALF, *NONE),
    "why": ("advise", *CALF, "--trigger", "exercise", "--no-red-flags", "--precaution", "torn_muscle", "--why"),
    "not asked": ("advise", *CALF, "--no-input", "--why"),
    "uncovered": ("advise", "--onset", "sustained", "--location", "somewhere_else", *NONE, "--why"),
    "place alone": ("advise", "--onset", "sudden", "--location", "neck", *NONE, "--why"),
    "guarded": ("advise", "--onset", "sustained", "--location", "chest", "--no-input"),
    "today": ("advise", *CALF, "--red-flag", "dvt_signs", "--why", "--plain"),
    "emergency": ("advise", "--onset", "sudden", "--location", "chest", "--red-flag", "heart_signs", "--why"),
    "markdown": (
        "advise",
        *CALF,
        "--trigger",
        "exercise",
        "--precaution",
        "blood_thinners",
        "--why",
        "--format",
        "markdown",
    ),
    "sentence": ("advise", SAID, "--onset", "sudden"),
    "read": ("read", SAID),
    "read more": ("read", f"{pseudo('chest pain')} {pseudo('leg')}"),
    "read nothing": ("read", "12 34"),
    "where": ("where",),
    "where plain": ("where", "--plain"),
    "where calf": ("where", "calf"),
    "where chest": ("where", "chest"),
    "background": ("explain",),
    "list": ("explain", "--list"),
    "list markdown": ("explain", "--list", "--format", "markdown"),
    "background markdown": ("explain", "--format", "markdown"),
}
KINDS = "nhs_leg_cramps urgent_care sudden leg chest at_night dvt_signs under_16 warm_pack lengthen sudden_cramp drugs"


@pytest.mark.parametrize("name", RUNS)
def test_a_command_says_no_english(path: str, name: str) -> None:
    ran = run(*RUNS[name], "--table", path, env={"COLUMNS": "90"})
    assert (ran.status, english(ran.err)) == (0, []), ran.err
    assert ran.out.count("⟦") > 2 or "no" in name
    assert english(ran.out.replace(path, "").replace("\\", "")) == []


@pytest.mark.parametrize(
    ("word", "form"),
    [
        *((word, form) for word in KINDS.split() for form in ("text", "markdown")),
        (pseudo("charley horse"), "text"),
        ("lengthen", "html"),
    ],
)
def test_all_that_is_known_of_an_entry_is_said_without_english(path: str, word: str, form: str) -> None:
    ran = run("explain", word, "--table", path, "--format", form)
    assert ran.status == 0, ran.err
    shown = of_page(ran.out) if form == "html" else ran.out.replace("\\", "")
    assert shown.count("~⟧") > 2
    # The title of a leaflet is the word that was asked for.
    assert english(shown.replace(word[:1].upper() + word[1:], "")) == []


def test_json_and_a_hand_out_in_html_hold_no_english(path: str) -> None:
    given = ("advise", *CALF, "--trigger", "exercise", "--precaution", "blood_thinners", "--why", "--table", path)
    told = run(*given, "--json")
    assert "~⟧" in told.out
    assert english("\n".join(texts_of(json.loads(told.out)))) == []
    page = run(*given, "--format", "html")
    assert page.out.count("~⟧") > 20
    assert english(of_page(page.out)) == []


def test_a_batch_answers_in_the_words_of_the_table(path: str) -> None:
    cases = [
        {"onset": pseudo("cramp"), "location": pseudo("charley horse")},
        {"onset": "sustained", "location": "chest"},
    ]
    ran = run("batch", "--table", path, stdin="\n".join(map(json.dumps, cases)))
    assert ran.status == 0
    assert ran.out.count("~⟧") > 20
    assert english("\n".join(texts_of([json.loads(line) for line in ran.out.splitlines()]))) == []


def test_lines_of_a_pipe_say_none_as_the_table_does(path: str) -> None:
    lines = [pseudo("cramp"), pseudo("charley horse"), *[pseudo("none")] * 3]
    ran = run("advise", "--table", path, stdin="\n".join(lines))
    assert (ran.status, english(ran.out.replace(path, ""))) == (0, [])
    unsure = run("advise", "--table", path, stdin="\n".join([*lines[:3], pseudo("not sure")]))
    assert (unsure.status, "counts as yes" in unsure.err) == (2, True)


def test_the_table_says_how_days_and_sources_are_put(tmp_path: Path) -> None:
    own = {
        "day": "{day}/{month}, {year}",
        "several_agree": "{sources} concur, {origin}",
        "both": "{second}+{first}",
        "as_of": "({review_by}, {reviewed})",
    }
    tmp_path.joinpath("t.yaml").write_text(pseudo_text(**own), encoding="utf-8")
    ran = run("advise", *CALF, *NONE, "--table", "t.yaml", cwd=tmp_path)
    assert "(23/11, 2027, 23/11, 2026)" in ran.out
    assert re.search(r"⟦\S+⟧\+⟦\S+⟧ concur, ⟦Àŕťíćļé~+⟧", ran.out)
    page = run("advise", *CALF, *NONE, "--table", "t.yaml", "--format", "markdown", cwd=tmp_path)
    assert date.today().strftime("%d/%m, %Y") in page.out


def test_a_review_that_is_overdue_is_told_in_the_words_of_the_table(table: Table) -> None:
    late = overdue(table, date(2099, 1, 1)).about.disclaimer
    assert late.endswith(pseudo("This table was due for review by {review_by}: it may be out of date.").split("}")[1])
    assert english(late) == []


START = f"{pseudo('charley horse')}, {pseudo('cramp')}"
CHEST = f"{pseudo('chest')}, {pseudo('cramp')}"
DIALOGUES = {
    "to the end": (START, pseudo("none"), "1", pseudo("none of these"), "", "", ""),
    "more": ("?", "", "5", "?", "1", "?", "? 3", "99", "0", "?", "0", "?", "?2", "0", "?", "0"),
    "another place": ("zzz", pseudo("calff"), "0", CHEST, "0", "b", "b", START, "b", "", "0", "", ""),
    "a danger": (START, pseudo("blood clot"), "zzz", pseudo("yes")),
    "no danger": (START, pseudo("blood clot"), "0", "", "0", "b", pseudo("calf"), "0"),
    "a doubt": (START, pseudo("not sure"), pseudo("yes"), "zzz", "10", pseudo("not sure")),
    "an emergency": (f"{pseudo('chest')}", "1", "1", "b", "112", "1", ""),
    "one of several": (pseudo("leg"), "zzz", pseudo("thigh"), "2", "2", "17", "0", "0", "", "", "0", ""),
    "several places": (f"{pseudo('calf')} {pseudo('jaw')}", "1", "1", "", "0", "", ""),
    "not that step": (START, "16", "0", "0", "", ""),
    "stopped": (START, "q"),
}


@pytest.mark.parametrize(("name", "plain"), [*((name, False) for name in DIALOGUES), ("to the end", True)])
def test_the_interview_says_no_english(table: Table, name: str, plain: bool) -> None:
    talked = talk(table, *DIALOGUES[name], rows=12, plain=plain, ahead=iter(["", "zz"] * 99).__next__)
    shown = "\n".join([*(turn.shown for turn in talked.turns), talked.rest])
    assert shown.count("~⟧") > 4
    typed = [word for turn in talked.turns for word in turn.typed.split()]
    assert [word for word in english(shown) if word not in (*typed, "zz")] == []
    if talked.case:
        assert english(talked.page) == []


GUIDES = {
    "tight to the end": ("sudden", ("n", "?", pseudo("a bit"), "zzz", "n", "n", "n", (700, "n"))),
    "eased": ("sudden", (pseudo("let go"), "n", "", "+", "-", *"+++++++", "p", "p", (400, "n"), (900, "n"), "n", "n")),
    "slow": ("sustained", ("?", "n", pseudo("start"), "+", "p", "p", (2000, "n"), "n", "", (2000, "n"), "n", "n", "n")),
    "worse": ("sudden", (pseudo("worse"), "0", "y", "c", pseudo("help"), "q")),
    "none of these": ("sudden", ("n", "w", "0", "", "", "", "q")),
    "danger": ("sudden", (pseudo("blood clot"), pseudo("yes"), "q")),
}


@pytest.mark.parametrize(("name", "plain"), [*((name, False) for name in GUIDES), ("slow", True), ("worse", True)])
def test_the_guide_says_no_english(table: Table, name: str, plain: bool) -> None:
    onset, typed = GUIDES[name]
    shown = guided(table, case(table, onset=onset, place="calf"), typed, plain=plain)
    assert shown.text.count("~⟧") > 8
    assert [word for word in english(shown.raw) if word != "zzz"] == []
    assert str(shown.error or pseudo("Stopped.")) == pseudo("Stopped.")


def test_a_whole_interview_on_a_terminal_says_no_english(path: str) -> None:
    terminal = Terminal("advise", "--table", path, columns=120, rows=60)
    terminal.wait()
    for answer in (START, "0", "", "", "", ""):
        terminal.answer(answer)
    assert terminal.last("") == 0
    told = terminal.transcript()
    assert told.count("~⟧") > 30
    assert pseudo("Back") in told
    assert english(told) == []


# What says errors, or what `check` found, stays English; so does the drawing of a page.
ENGLISH = {
    "answers",
    "flags",
    "lines",
    "pipe",
    "said",
    "report",
    "excerpt",
    "differences",
    "check_text",
    "html_page",
    "bodyart",
}
SHOWING = [
    path
    for room in ("cli/asking", "cli/commands", "cli/pages", "core/guiding")
    for path in sorted(Path(spasmhelp.__file__).parent.joinpath(room).glob("*.py"))
    if path.stem not in ENGLISH
]


TAG = re.compile(r"<[^>]*(?:>|$)|^[^<]*\"/?>|bold red|spasmhelp [a-z ]*")
SENTENCE = re.compile(r"[A-Za-z]{2,}[:.,;]* [A-Za-z]{2,}|\b[A-Z][a-z]+\b[ :.]")


def sentences_in(source: str) -> list[str]:
    """Return the texts of a module that hold words of English: two in a row, or one with a capital."""
    tree = ast.parse(source)
    own = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)]
    passed = {node for one in own if ast.get_docstring(one) is not None for node in ast.walk(one.body[0])}
    passed |= {part for node in ast.walk(tree) if is_error(node) for part in ast.walk(node)}
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in passed)
    return [one for one in texts if isinstance(one, str) and SENTENCE.search(TAG.sub("", one))]


def is_error(node: ast.AST) -> bool:
    """Whether a part of a module is an error, the message of one, or help."""
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]).endswith(("message", "HELP", "Option", "Argument"))
    return isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and ast.unparse(node.func) in ("Problem", "tell"))


def test_no_sentence_stands_in_what_shows_something() -> None:
    assert sentences_in('"""A sentence."""\nsay(f"Used by: {1}", "two words", "bold red")') == [
        "two words",
        "Used by: ",
    ]
    assert len(SHOWING) > 25
    found = {path.stem: sentences_in(path.read_text(encoding="utf-8")) for path in SHOWING}
    assert {name: texts for name, texts in found.items() if texts} == {}
