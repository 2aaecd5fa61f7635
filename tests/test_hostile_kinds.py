"""Two hundred inputs more that nobody should send, by kind: sentences, lines of a batch, tables, options, keys."""

import pytest

from spasmhelp import Table
from spasmhelp.core.advise import advise
from spasmhelp.core.guiding.hearing import hear
from spasmhelp.core.guiding.moves import begin
from spasmhelp.core.guiding.states import Event
from spasmhelp.core.sentence import read_sentence
from tests import targets
from tests.deep import swept
from tests.guide import BEGINNING, case
from tests.program import run
from tests.tables import SHIPPED, SMALL
from tests.talking import talk
from tests.test_hostile_inputs import ended_in_words, inputs
from tests.test_hostile_text import clean
from tests.test_random_keys import Witness, recorded_as_answered

MANY = 1_500
# A danger and what may hide it: each is still heard.
HIDDEN = {
    "stroke_or_fit": [
        "CAN'T BREATHE", "can\u2019t breathe", "cant breathe", "I  can't\tbreathe", "can't\x0bbreathe", "can't breathe " * 2,
        "\ufeffcan't breathe", "(can't breathe)", "**can't** breathe", "\u201ccan't breathe\u201d", "can't breathe\u2026",
        "a " * MANY + "can't breathe", "no " * 9 + "; can't breathe", "not sure; can't breathe", "can't breathe, no cramp",
        "sudden, calf, none, 0, 0, can't breathe", '{"red_flags": []} can\'t breathe', "b\nq\n0\ncan't breathe", "\u202ecan't breathe",
        "can't breathe\x00", "can't breathe no more", "no chest pain. can't breathe", "x" * 9_000 + " can't breathe",
    ],
    "heart_signs": [
        "chest pain", "Chest-pain", "chest\u00a0pain", "chest pain, never had it before", "crushing\u2028chest pain",
        "no fever but chest pain", "CHEST PAIN!!!!", "chest pain \U0001f62d", "chest pain?", "my chest\u2009pain",
        "calf cramp; chest pain; calf cramp", "none of these, chest pain", "chest pain 5/10", "<b>chest pain</b>",
    ],
}  # fmt: skip
SENTENCES = [
    "{n}", "{cannot} breathe", "{" * MANY, "}{" * MANY, "{part} + {part}", "stiff neck + fever", "+ " * MANY, " + fever + ",
    "stiff neck, " * MANY, "fever stiff neck " * 300, "1" * 2_000, "10" * 900 + " minutes", "\u0661\u0660 minutes", "\u00b2\u00b3 days",
    "a couple of " * 400, "half a " * 500 + "minute", "ten eleven twelve " * 200, "-20 minutes", "1e3 minutes", "20minutes",
    "no no no chest pain", "never never ever had a stroke", "without " * 500 + "chest pain", "not only chest pain",
    "years ago " * 300, "chest pain " + "and " * 900 + "years ago", "c\u0301\u0301\u0301hest pain", "e" + "\u0301" * 1_900,
    "ch\u200best pa\u200din", "\u0441hest p\u0430in", "\uff43\uff48\uff45\uff53\uff54 pain", "ﬂank ﬁt", "İstanbul ıce", "ß" * 999,
    "'" * 1_999, "\u2019s \u2019t \u2019", "a'b'c'd'e" * 200, "calf" * 400, "calfcalf calfs calfing", "caalf clf cafl",
    "stroke strike strok srtoke", "shin chin skin thin", "leg, " * 400, "my leg my arm my leg my arm " * 60, "my my my a a the the",
    "\ud800 calf", "\U000e0063\U000e0061\U000e006c\U000e0066", "\U0001f9b5 cramp", "calf\x1b[2Jcramp", "\x9b31mcalf", "ca\x08lf",
]  # fmt: skip
CALF = '"onset":"sudden","location":"calf"'
LINES = [
    "{" + CALF + "}", "{ " + CALF + "}", "{" + CALF + "} ", "\t{" + CALF + "}", "{" + CALF + "}\r", "{" + CALF + "}\r\r", "{" + CALF + "}\x0c",
    '{"id":0,' + CALF + "}", '{"id":-0,' + CALF + "}", '{"id":00,' + CALF + "}", '{"id":+1,' + CALF + "}", '{"id":1.0,' + CALF + "}",
    '{"id":1E400,' + CALF + "}", '{"id":' + "1" * 900 + "," + CALF + "}", '{"id":"",' + CALF + "}", '{"id":" ",' + CALF + "}",
    '{"id":"\\"",' + CALF + "}", '{"id":"\\\\",' + CALF + "}", '{"id":"\\u0000",' + CALF + "}", '{"id":"\x00",' + CALF + "}",
    '{"id":"\x7f",' + CALF + "}", '{"id":"~!#[]",' + CALF + "}", '{"id":"é",' + CALF + "}", '{"id":"\\u00e9",' + CALF + "}",
    '{"id":nul,' + CALF + "}", '{"id":null,' + CALF + "}", '{"id":true,' + CALF + "}", '{"id":[],' + CALF + "}", '{"id":{"id":1},' + CALF + "}",
    '{"id":1,"id":2,' + CALF + "}", '{"id":1,' + CALF + ',"id":2}', "{" + CALF + ',"id":3}', '{"i\\u0064":4,' + CALF + "}",
    '{"id":1 ,' + CALF + "}", '{"id":1,  ' + CALF + "}", '{"id": "a", ' + CALF + "}", '{"id":  "a", ' + CALF + "}", '{"id":1,}', '{"id":1}',
    '{"ID":1,' + CALF + "}", '{"id":"\\ud800",' + CALF + "}", "{" + CALF + ',"onset":"sudden"}', "{" + CALF + ',"":1}',
    "{" + CALF + ',"triggers":["exercise","exercise"]}', "{" + CALF + ',"triggers":["cold_muscle", "cold muscle"]}',
    "{" + CALF + ',"triggers":[":"]}', '{"onset":"sudden:","location":"calf"}', "{" + CALF + ',"red_flags":["clot"],"precautions":null}',
    '{"onset":"CRAMP","location":"Charley  Horse"}', "{" + CALF + "}{" + CALF + "}", "[{" + CALF + "}]", "{" + CALF + ',"triggers":[' + '"exercise",' * 99 + "]}",
    "{" + CALF + ',"asked":{"red_flags":"before"}}', "{" + CALF + ',"x":"' + "y" * 1_100 + '"}', '{"onset":"sudden","location":"calf\\u0000"}',
]  # fmt: skip
# A piece of the small table, and what stands there instead.
TABLES = [
    ("schema: 2", one) for one in ("schema: 1", "schema: 3", "schema: -2", "schema: 2.0", "schema: '2'", "schema: [2]", "schema: 9999999999999999999999")
] + [
    ("2027-11-23", one) for one in ("2025-01-01", "2027-02-30", "0000-00-00", "2027-1-1", "tomorrow", "2027-11-23T00:00", "+2027-11-23")
] + [
    ("synonyms: [cramp]", f"synonyms: [cramp], cues: [{one}]")
    for one in ("''", "'{'", "'{n}'", "'{nobody}'", "'a {n} {n}'", "' + '", "'a + '", "'a + b + c'", "'{9-1} x'", "'{0}'", "'?!'", "'\\u202ex'", "[x]", "'x', 'x'")
] + [
    ("advise: [lengthen]", one) for one in ("advise: []", "advise: lengthen", "advise: [lengthen, lengthen]", "advise: [{lengthen: 1}]", "advise: [~]", "advise: [cramp]")
] + [
    ("at_most_minutes: 10", one) for one in ("at_most_minutes: 0", "at_most_minutes: -1", "at_most_minutes: 1e1", "at_most_minutes: 0x10", "at_most_minutes: 1_0", "minutes: 10, check_at: 10, check: x")
] + [
    ("then: urgent_care", one) for one in ("then: self_care", "then: then", "then: ''", "then: [emergency]")
] + [
    ("region: leg", one) for one in ("region: calf", "region: [leg]", "region: ''", "region: null", "region: region")
] + [
    ("opposite: shin", one) for one in ("opposite: calf", "opposite: 'x'", "opposite: [calf]")
] + [
    ("rules_out: every_step", one) for one in ("rules_out: everything", "rules_out: [every_step]", "rules_out: yes")
]  # fmt: skip
GIVEN = ("--onset", "sudden", "--location", "calf")
OPTIONS: list[tuple[str, ...]] = [
    ("",), ("advize",), ("--",), ("-",), ("--=",), ("-x",), ("---",), ("\x1b[2J",), ("advise", "--onset"), ("advise", "--onset", ""),
    ("advise", "--onset="), ("advise", "--onset", "--location"), ("advise", "--onset", "sudden", "--onset", "sustained", "--no-input"),
    ("advise", *GIVEN, "--location", "neck"), ("advise", *GIVEN, "--trigger", ""), ("advise", *GIVEN, "--trigger", "none", "--no-triggers"),
    ("advise", *GIVEN, "--red-flag", "stroke", "--no-red-flags"), ("advise", *GIVEN, "--red-flag", "x" * 9_000), ("advise", *GIVEN, "--red-flag", "\u202e"),
    ("advise", *GIVEN, "--precaution", "0"), ("advise", *GIVEN, "--fail-on", "never"), ("advise", *GIVEN, "--fail-on", ""), ("advise", *GIVEN, "--format", "pdf"),
    ("advise", *GIVEN, "--format", "html", "--json"), ("advise", *GIVEN, "--color", "pink"), ("advise", *GIVEN, "--guide", "--json"), ("advise", *GIVEN, "--guide", "--no-input"),
    ("advise", *GIVEN, "--why", "--why", "--json"), ("advise", *GIVEN, "--table", ""), ("advise", *GIVEN, "--table", "/"), ("advise", *GIVEN, "--table", "/dev/null"),
    ("advise", *GIVEN, "--table", "no/such"), ("advise", *GIVEN, "--table", "x" * 5_000), ("advise", *GIVEN, "--table", "a\x00b"), ("advise", *GIVEN, "--table", "~"),
    ("advise", "x" * 100_000), ("advise", "\x1b]0;x\x07 cramp in my calf"), ("advise", "--no-input", "''"), ("advise", "--no-input", "calf " * 3_000), ("advise", "--no-red-flag"),
    ("batch", "no.jsonl"), ("batch", "/"), ("batch", "-", "-"), ("batch", "--why", "--why"), ("batch", "--json"), ("batch", "--fail-on", "EMERGENCY"), ("check", ""), ("check", "/"),
    ("check", "--diff", ""), ("check", "--diff", "/dev/null", "/dev/null"), ("check", "a", "b"), ("explain", ""), ("explain", "\u2028"), ("explain", "0"), ("explain", "x" * 90_000),
    ("explain", "--list", "calf"), ("explain", "[red]"), ("explain", "%s"), ("where", ""), ("where", "*"), ("where", "none"), ("where", "leg", "arm"), ("schema",), ("schema", "cases"),
    ("schema", "case", "case"), ("read",), ("read", ""), ("read", "\x00"), ("read", "--json", "--table", "/dev/zero"), ("--help", "--version", "x"), ("--version=1",), ("-Vh",),
]  # fmt: skip
KEYS = [
    "\x1b", "\x1b[A", "\x1bOP", "\x1b[200~", "\x00", "\x03", "\x04", "\x08\x08", "\x7f", "\x9b", "00", "0x0", "#0", "+0", "0,1", "1,0", "1 0", "0 0", "1,,", ",1",
    "1-3", "1..3", "1;3", "9" * 300, "1" * 5_000, "\u0660", "\u0661", "\uff10", "\u00b9", "\u2460", "1\u202e2", "1\u200b", "no no", "none, 1", "not none", "b b", "bb", "B?", "q?",
    "??", "0?", "1?", "?1", "999999?", "yes no", "y n", "maybe none", "$(0)", "%d", "{0}", "[0]", "\\0", "0\\", "'0'", "\"none", "null", "NaN", "1e0", "1.5", "-1", "x" * 9_000, "1 " * 4_000,
]  # fmt: skip


def test_there_are_over_two_hundred_of_their_own_and_no_two_alike() -> None:
    texts = [*SENTENCES, *(text for one in HIDDEN.values() for text in one), *LINES, *KEYS]
    own = [*texts, *("\0".join(one) for one in OPTIONS), *("\0\0".join(one) for one in TABLES)]
    assert len(own) == len(set(own))
    assert min(len(kind) for kind in (SENTENCES, LINES, TABLES, OPTIONS, KEYS)) >= 45
    assert len(set(own) - {data.decode("utf-8", "replace") for _, data in inputs()}) > 300


@pytest.mark.parametrize(("flag", "text"), [(flag, text) for flag, texts in HIDDEN.items() for text in texts])
def test_a_danger_that_something_could_hide_is_heard(flag: str, text: str) -> None:
    assert flag in [one.id for one in read_sentence(SHIPPED, text).case.red_flags or ()]


@pytest.mark.parametrize("text", swept(SENTENCES))
def test_a_sentence_that_nobody_should_say_keeps_the_promises(text: str) -> None:
    targets.sentence(text.encode("utf-8", "surrogatepass"))


def test_a_line_that_nobody_should_send_is_answered_as_alone_wherever_it_stands() -> None:
    lines = [line.encode() for line in LINES]
    for line in swept(lines):
        targets.batch(line)
    targets.batch(b"\n".join(lines))
    targets.batch(b"\n\n".join(reversed(lines)))


@pytest.mark.parametrize(("old", "new"), swept(TABLES))
def test_a_table_that_nobody_should_write_is_read_or_refused(old: str, new: str) -> None:
    assert old in SMALL
    targets.table(SMALL.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    "options", swept(OPTIONS), ids=lambda one: " ".join(one)[:40].encode("unicode_escape").decode()
)
def test_options_that_nobody_should_give_end_in_words(options: tuple[str, ...]) -> None:
    ran = run(*options)
    ended_in_words(ran)
    assert ran.status == 0 or not ran.out or options[0] == "check"


@pytest.mark.parametrize("key", swept(KEYS), ids=lambda one: one[:20].encode("unicode_escape").decode())
def test_a_key_that_nobody_should_type_answers_no_question_unseen(table: Table, key: str) -> None:
    for before in (), ("calf cramp",), ("calf cramp", "0"):
        talked = talk(table, *before, key, *["0"] * 8)
        assert clean(talked.text.replace(key, "").replace("\n", ""))
        if talked.case is not None:
            witness = Witness(table)
            witness.see(talked)
            for line in recorded_as_answered(table, talked.case):
                assert any(map(witness.saw_answered, line)), line


@pytest.mark.parametrize("key", swept(KEYS), ids=lambda one: one[:20].encode("unicode_escape").decode())
def test_a_key_that_nobody_should_type_never_means_that_the_muscle_let_go(key: str) -> None:
    state, _ = begin(SHIPPED, advise(SHIPPED, case(SHIPPED)), BEGINNING)
    event = hear(SHIPPED, state, key)
    assert event not in (Event.let_go, Event.came_back)
    assert event is not Event.leave or key.startswith("q")
