"""The hand-out and the leaflet: Markdown and HTML that can be printed, sent, read aloud, and hold nothing but text."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from spasmhelp import advise
from spasmhelp.cli.pages.bodysvg import body_figure
from spasmhelp.cli.pages.handout import hand_out
from spasmhelp.cli.pages.markdown import document, escaped
from spasmhelp.core.model import Table
from tests.deep import swept
from tests.program import ROOT, environment, run
from tests.tables import SHIPPED, case_of
from tests.test_hostile_text import CONTROLS, INERT, squeezed, table_with

FLAGS = ["--onset", "sudden", "--location", "calf"]
CALF = [*FLAGS, "--no-triggers", "--no-red-flags", "--no-precautions"]
FORMATS = ["markdown", "html"]
# All that a page may be made of.
TAGS = {"html", "head", "meta", "title", "style", "body", "main", "div", "section", "figure", "figcaption", "svg",
        "path", "p", "h1", "h2", "ul", "ol", "li", "strong", "em", "a", "br", "hr"}  # fmt: skip
PLACES = [place for place in SHIPPED.locations if body_figure(SHIPPED, place)]
CHROMIUM = shutil.which("chromium")
browser = pytest.mark.skipif(
    not CHROMIUM and "BROWSER_TESTS" not in os.environ, reason="chromium is not installed; .ci/run installs it"
)


class Page(HTMLParser):
    """What a page is made of: its tags, their attributes, its texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def said(self) -> str:
        """All that a reader sees."""
        return "".join(text for tag, texts in self.texts.items() if tag != "style" for text in texts)


def page(*arguments: str) -> Page:
    """Run a command with `--format html` and return its page."""
    ran = run(*arguments, "--format", "html")
    assert (ran.status, ran.err) == (0, "")
    return Page(ran.out)


def markdown(*arguments: str) -> str:
    """Run a command with `--format markdown` and return the text."""
    ran = run(*arguments, "--format", "markdown")
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def test_the_hand_out_goes_from_the_action_to_the_steps_to_help_to_a_note() -> None:
    headings = re.findall(r"^#+ .*$", markdown("advise", *CALF), re.MULTILINE)
    assert headings == [
        "# You can start now: calf.",
        "## What was answered",
        "## NOW",
        "## NEXT, if it stays tight or sore",
        "## When to get help",
        "## Note of a nurse, physiotherapist or doctor",
        "## Where this comes from",
    ]


def test_the_hand_out_holds_every_sentence_of_the_advice_and_no_command(table: Table) -> None:
    said = squeezed(page("advise", *CALF).said())
    out = json.loads(run("advise", *CALF, "--json").out)
    sentences = [*out["actions"], *out["safety_net"], *(step["text"] for step in out["steps"])]
    sentences += [source["cite"] for source in out["sources"].values()]
    assert [one for one in sentences if squeezed(one).rstrip(".") not in said] == []
    assert "spasmhelp" not in said
    assert "Article; NHS and AAOS agree." in markdown("advise", *CALF)
    assert squeezed(table.about.emergency) in said


def test_the_day_and_the_table_stand_on_the_hand_out(table: Table) -> None:
    case = case_of(table, onset="sudden", location="calf")
    text = document(hand_out(table, advise(table, case), "", date(2026, 1, 2)))
    assert f"Made on 2026-01-02 from: {table.about.title}, version {table.file.sha256[:12]}." in text


def test_what_nobody_asked_is_said_to_be_not_asked_and_the_warning_comes_before_the_steps() -> None:
    text = markdown("advise", *FLAGS, "--no-input")
    assert "- What set it off: not asked\n- Signs of danger: not asked\n" in text
    assert text.index("**Warning: The safety questions were not asked.") < text.index("## What was answered")


def test_what_was_asked_in_part_is_said_to_be() -> None:
    case = {"onset": "sudden", "location": "calf", "asked": {"red_flags": "before", "precautions": "before"}}
    given = case | {"red_flags": [], "precautions": ["blood_thinners"]}
    text = run("advise", "--format", "markdown", stdin=json.dumps(given)).out
    assert "- Signs of danger: none; not all were asked\n" in text
    assert "- Reasons against a step: Blood thinners; not all were asked\n" in text


def test_what_was_reported_is_named() -> None:
    text = markdown("advise", *FLAGS, "--trigger", "at_night", "--precaution", "blood_thinners", "--no-red-flags")
    assert "- What set it off: At night in bed\n" in text
    assert "- Reasons against a step: Blood thinners\n" in text
    assert "## LEFT OUT\n" in text


def test_the_persons_own_words_stand_on_the_hand_out() -> None:
    assert "- In your words: woke up with a charley horse\n" in markdown("advise", "woke up with a charley horse")


def test_with_a_sign_of_danger_the_page_says_to_get_help_and_gives_no_step() -> None:
    shown = page("advise", *FLAGS, "--red-flag", "dvt_signs")
    assert shown.texts["h1"][0].startswith("Today: Get medical help.")
    assert "ol" not in shown.tags
    assert "No steps are given:" in shown.said()
    assert "Tell them:" in shown.said()


def test_an_emergency_gives_its_page_without_a_place() -> None:
    shown = page("advise", "--red-flag", "heart_signs")
    assert shown.texts["h1"][0].startswith("Emergency: Call the emergency number now.")
    assert "svg" not in shown.tags


def test_why_stands_on_the_hand_out_where_it_is_asked_for() -> None:
    assert "## How this advice came about" in markdown("advise", *CALF, "--why")
    assert "Rules that applied:" in page("advise", *CALF, "--why").said()


def test_the_page_is_one_file_of_headings_and_lists_with_a_language_and_a_title() -> None:
    shown = page("advise", *CALF)
    assert set(shown.tags) <= TAGS
    assert (shown.tags["h1"], shown.tags["ol"], shown.tags["figure"]) == (1, 2, 1)
    assert ("lang", "en") in shown.attributes
    assert ("start", "5") in shown.attributes
    assert shown.texts["title"] == ["You can start now: calf.", "Calf, from behind"]  # the page's, the picture's
    assert ("role", "img") in shown.attributes


@pytest.mark.parametrize("arguments", [["advise", *CALF], ["explain"], ["explain", "calf"], ["explain", "--list"]])
def test_a_page_runs_nothing_and_asks_for_nothing(arguments: list[str]) -> None:
    ran = run(*arguments, "--format", "html")
    assert not re.search(r"<script|javascript:|url\(|@import|<link|<img|<iframe|\ssrc=|\son\w+=", ran.out)
    assert "default-src 'none'" in ran.out
    shown = Page(ran.out)
    assert set(shown.tags) <= TAGS
    assert all(re.match("https?://", str(value)) for name, value in shown.attributes if name == "href")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_each_place_of_the_map_is_lit_in_the_picture_under_its_name(table: Table, place) -> None:
    drawn = body_figure(table, place)
    assert re.search(rf"<title>{re.escape(place.name)}, from (the front|behind)</title>", drawn)
    assert re.search(r'class="lit" d="M', drawn)
    numbers = [int(number) for number in re.findall(r"\d+", " ".join(re.findall(r' d="([^"]*)"', drawn)))]
    assert max(numbers) <= 30 * 16


def test_the_leaflet_has_every_topic_its_sources_and_the_disclaimer(table: Table) -> None:
    shown = page("explain")
    assert shown.tags["h2"] == len(table.topics) + 1
    said = squeezed(shown.said())
    cited = {source.cite for topic in table.topics for source in topic.sources}
    assert [cite for cite in cited if squeezed(cite) not in said] == []
    assert squeezed(table.about.disclaimer) in said
    assert "spasmhelp" not in said


@pytest.mark.parametrize(
    "word", ["cold pack", "calf", "heart signs", "nhs_leg_cramps", "drugs", "urgent_care", "cramp"]
)
def test_a_word_makes_a_leaflet_of_its_entries(word: str) -> None:
    entries = json.loads(run("explain", word, "--json").out)["entries"]
    assert page("explain", word).tags["h2"] == len(entries) + 1
    assert squeezed(escaped(word)).casefold() in squeezed(markdown("explain", word)).casefold()


def test_the_formats_text_and_json_are_what_they_were_without_the_option() -> None:
    for command in (["advise", *CALF], ["explain", "calf"]):
        assert run(*command, "--format", "text") == run(*command)
        assert run(*command, "--format", "json") == run(*command, "--json") == run(*command, "--format=json", "--json")


@pytest.mark.parametrize("wanted", ["text", "markdown", "html"])
def test_two_formats_at_once_are_refused(wanted: str) -> None:
    for command in (["advise", *CALF], ["explain"]):
        ran = run(*command, "--format", wanted, "--json")
        assert (ran.status, ran.out) == (2, "")
        assert json.loads(ran.err)["error"]["problems"][0]["message"] == f"{wanted} cannot go with --json"


@pytest.mark.parametrize("wanted", ["text", "json", "markdown", "html"])
def test_a_format_and_the_guide_are_refused(wanted: str) -> None:
    ran = run("advise", *CALF, "--format", wanted, "--guide")
    assert (ran.status, ran.out) == (2, "")
    assert "cannot go with --format" in ran.err


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    ran = run("advise", *CALF, "--format", "pdf")
    assert (ran.status, ran.out) == (2, "")
    assert "markdown" in ran.err


def test_an_error_is_json_where_the_output_would_have_been() -> None:
    for spelled in (["--format", "json"], ["--format=json"]):
        ran = run("advise", "--onset", "sudden", "--location", "nowhere", *spelled)
        assert json.loads(ran.err)["error"]["status"] == ran.status == 2


@pytest.mark.parametrize("wanted", FORMATS)
@pytest.mark.parametrize("command", [["advise", *CALF], ["explain"]], ids=lambda command: command[0])
def test_a_page_that_cannot_be_written_is_status_1(wanted: str, command: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "spasmhelp", *command, "--format", wanted],
            stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, env=environment(), cwd=ROOT, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert b"no space left" in done.stderr


def test_a_page_is_utf_8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    path = table_with(tmp_path, "M\u00fcskel \u2192")
    done = subprocess.run(
        [sys.executable, "-m", "spasmhelp", "advise", *CALF, "--table", path, "--format", "html"],
        stdin=subprocess.DEVNULL, capture_output=True, env=environment(PYTHONIOENCODING="ascii"), cwd=ROOT, check=True,
    )  # fmt: skip
    assert "M\u00fcskel \u2192" in done.stdout.decode()


def plain(text: str) -> str:
    """Return what any reader of Markdown shows of a text, were it to let HTML through."""
    return Page(MarkdownIt("commonmark").render(text)).said()


@pytest.mark.parametrize("name", INERT)
@pytest.mark.parametrize(
    "command", [["advise", *CALF], ["advise", *FLAGS, "--red-flag", "clot"], ["explain"], ["explain", "calf"]], ids=str
)
def test_what_looks_like_markup_in_a_table_is_text_on_the_page(tmp_path: Path, name: str, command: list[str]) -> None:
    path = table_with(tmp_path, INERT[name])
    shown = page(*command, "--table", path)
    assert set(shown.tags) <= TAGS
    assert {value for key, value in shown.attributes if key == "href"} <= {"https://example.org/"}
    assert squeezed(INERT[name]) in squeezed(shown.said())
    assert squeezed(INERT[name]) in squeezed(plain(markdown(*command, "--table", path)))


@pytest.mark.parametrize("name", INERT)
def test_what_looks_like_markup_in_a_sentence_is_text_on_the_page(name: str) -> None:
    sentence = ["advise", "a sudden calf cramp", INERT[name]]
    shown = page(*sentence)
    assert set(shown.tags) <= TAGS
    assert squeezed(INERT[name]) in squeezed(shown.said())
    assert squeezed(INERT[name]) in squeezed(plain(markdown(*sentence)))


@pytest.mark.parametrize("name", CONTROLS)
@pytest.mark.parametrize("wanted", FORMATS)
def test_control_characters_reach_no_page(tmp_path: Path, name: str, wanted: str) -> None:
    ran = run("advise", *CALF, "--table", table_with(tmp_path, CONTROLS[name]), "--format", wanted)
    assert (ran.status, ran.out) == (3, "")
    said = run("advise", f"a sudden calf cramp {CONTROLS[name]}", "--format", wanted).out
    assert said.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "- x",
        "+ x",
        "1. x",
        "12) x",
        "=====",
        "-----",
        "# x",
        "> x",
        "    x",
        "```",
        "~~~",
        "***x***",
        "a|b\n-|-",
        "[x]: /y",
    ],
)
def test_a_text_never_begins_a_block_of_its_own(text: str) -> None:
    for line in (escaped(text), f"1. {escaped(text)}", f"- {escaped(text)}"):
        shown = Page(MarkdownIt("commonmark").enable("table").render(line))
        assert set(shown.tags) <= {"p", "ol", "ul", "li"}
        assert shown.tags["li"] <= 1
        assert squeezed(text) in squeezed(shown.said())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///x", "https://a b", "//x"])
def test_only_an_address_of_the_web_becomes_a_link(tmp_path: Path, address: str) -> None:
    path = Path(table_with(tmp_path, "x"))
    path.write_text(path.read_text().replace("https://example.org/", address))
    ran = run("advise", *CALF, "--table", str(path), "--format", "html")
    assert ran.status in (0, 3)
    assert "href" not in ran.out


def chromium(folder: Path, *arguments: str) -> str:
    """Run a browser without a window, and return what it writes."""
    quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
             "--disable-sync"]  # fmt: skip
    command = [CHROMIUM or "chromium", "--headless", "--no-sandbox", "--disable-gpu", *quiet]
    profile = folder / "profile"
    profile.mkdir(exist_ok=True)
    done = subprocess.run(
        [*command, f"--user-data-dir={profile}", *arguments], capture_output=True, timeout=120, check=True
    )
    return done.stdout.decode()


@browser
@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_the_hand_out_for_a_calf_is_one_page_of_paper(tmp_path: Path, paper: str) -> None:
    text = run("advise", *CALF, "--format", "html").out
    (tmp_path / "page.html").write_text(text.replace("</head>", f"<style>@page {{ size: {paper} }}</style></head>"))
    to = tmp_path / "page.pdf"
    chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={to}", (tmp_path / "page.html").as_uri())
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", to.read_bytes())) == 1


# Shows a page in a frame as wide as a phone, and says how wide it gets and how little contrast its texts have.
MEASURE = """<!DOCTYPE html><body><script>
const light = c => c.map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const parts = colour => colour.match(/[\\d.]+/g).map(Number);
const frame = document.createElement("iframe");
frame.style.cssText = "width: WIDTHpx; height: 600px; border: 0";
frame.onload = () => {
  const page = frame.contentDocument, low = [];
  for (const one of page.body.querySelectorAll("*")) {
    if (![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()) || one.closest("svg")) continue;
    let below = one, back;
    do { back = parts(frame.contentWindow.getComputedStyle(below).backgroundColor); below = below.parentElement; }
    while (back.length === 4 && back[3] === 0);
    const pair = [light(parts(frame.contentWindow.getComputedStyle(one).color).slice(0, 3)), light(back.slice(0, 3))];
    low.push((Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05));
  }
  document.body.textContent = "MEASURED" + JSON.stringify({wide: page.documentElement.scrollWidth,
    view: frame.contentWindow.innerWidth, contrast: Math.min(...low), texts: low.length}) + "END";
};
frame.srcdoc = PAGE;
document.body.append(frame);
</script></body>"""


@browser
@pytest.mark.parametrize("width", [320, 800])
@pytest.mark.parametrize(
    "command", swept([["advise", *CALF], ["advise", *FLAGS, "--red-flag", "dvt_signs"], ["explain"]]), ids=str
)
def test_a_page_fits_a_phone_and_its_text_has_contrast(tmp_path: Path, width: int, command: list[str]) -> None:
    shown = json.dumps(run(*command, "--format", "html").out).replace("</", "<\\/")
    (tmp_path / "measure.html").write_text(MEASURE.replace("WIDTH", str(width)).replace("PAGE", shown))
    dumped = chromium(tmp_path, "--window-size=1000,800", "--dump-dom", (tmp_path / "measure.html").as_uri())
    measured = json.loads(dumped.split("MEASURED")[1].split("END")[0])
    assert measured["view"] == width
    assert measured["wide"] <= width
    assert measured["contrast"] >= 4.5
    assert measured["texts"] > 5
