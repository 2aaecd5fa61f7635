"""Every word that the program itself says, outside `--help`, `check` and errors: English, until a table says otherwise.

A field is a phrase, its default the English one. What stands in braces is filled in; a table must keep it.
"""

from collections.abc import Iterator
from string import Formatter

from msgspec import Struct
from msgspec.structs import fields


class Phrases(Struct, frozen=True, kw_only=True):
    """The phrases of a table, each by its name."""

    # The first question, and how to answer.
    what_happened: str = "Where is it, and how did it start? ({example})"
    where_and_how: str = "{place}, {onset}"
    which_onset: str = "Suddenly, or slowly?"
    which_part: str = "Which part of {what}?"
    which_one: str = "Which one is '{what}'?"
    which_hurts_most: str = "Which of these hurts most now?"
    keys: str = "b back \N{MIDDLE DOT} ? more \N{MIDDLE DOT} q stop"
    understood: str = "{what}. (b if that is wrong)"
    heard_now: str = "Heard: {what}."
    heard_denied: str = "Denied, so still asked: {what}."
    heard_past: str = "Long ago: {what}."
    heard_unclear: str = "'{text}' could be: {what}."
    heard_missing: str = "Not said: {what}"
    heard_nothing: str = "Nothing in it is known here."
    type_a_place: str = "Type a word, such as {examples}. ? shows the list."
    not_understood: str = "'{what}' is not understood here. Try another word, or ? for more."
    did_you_mean: str = "'{what}' is not known. Did you mean this? (0: no)"
    no_such_line: str = "There is no line {number} here."
    type_a_number: str = "Type a number, or 0 for none."
    stopped: str = "Stopped. No advice was given."
    other_places: str = "Other"
    # A screen of lines.
    first_screen: str = (
        "Any of these? One is enough. Its number, 0 for none, {example}? for more about {example}. "
        "Not sure counts as yes."
    )
    one_line_at_a_time: str = "{count} lines, then one answer."
    call_now: str = "Call the emergency number:"
    help_today: str = "Get help today:"
    tell_a_doctor: str = "A doctor should know:"
    not_this_step: str = "Not this step:"
    more_pages: str = "Enter for more ({page} of {pages}) > "
    last_page_counts: str = "There are more lines. 0 counts on the last page."
    which_line: str = "Which line? Type its number. Not sure counts as yes. 0: none."
    and_none: str = "And none of {first} to {last}? 0: none. Or a number."
    not_counted: str = "Not counted, then."
    danger: str = "That can be a sign of danger. {ask} (y: yes. 0: no. Not sure counts as yes.)"
    slip: str = "b takes it back. Enter goes on."
    dropped: str = "What you typed before you saw this does not count: {what}"
    keep: str = "Enter keeps: {what}."
    none: str = "none"
    # The first step, and what is asked after it.
    start_now: str = "START NOW"
    early_limit: str = "Still tight at {minutes} minutes: get help today."
    early_help: str = "Stop at sharp pain. Ill, or a statin with sore muscles: get help today."
    while_you_hold: str = "While you do it: a few short questions. Enter leaves one out."
    stop_step: str = "Stop: {step}."
    before_you_go_on: str = "Before you press, rub, warm or cool it. Any of these?"
    type_or_leave_out: str = "Its number, 0 for none, Enter to leave it out."
    # Advice.
    now: str = "NOW"
    next: str = "NEXT, if it stays tight or sore"
    prevent: str = "OVER WEEKS, to make it less likely"
    warning: str = "Warning: {what}"
    why: str = "Why: {what}"
    not_asked: str = "Not asked: {lines}."
    tell_them: str = "Tell them: {what}."
    not_if: str = "Not if: {what}."
    left_out: str = "LEFT OUT"
    left_out_because: str = "{because} Left out: {steps}."
    no_steps: str = "No steps are given: {because}"
    again: str = "Again:"
    with_a_timer: str = "Step by step, with a timer: the same command with --guide."
    as_of: str = "As of {reviewed}; next review by {review_by}."
    # The hand-out.
    language_tag: str = "en"  # of the language it is all written in, for a screen reader
    answered: str = "What was answered"
    own_words: str = "In your words: {what}"
    answered_onset: str = "How it started: {what}"
    answered_location: str = "Where: {what}"
    answered_triggers: str = "What set it off: {what}"
    answered_red_flags: str = "Signs of danger: {what}"
    answered_precautions: str = "Reasons against a step: {what}"
    not_answered: str = "not asked"
    asked_in_part: str = "none of the first lines; not all were asked"
    body_from_the_front: str = "{place}, from the front"
    body_from_behind: str = "{place}, from behind"
    when_to_get_help: str = "When to get help"
    note: str = "Note of a nurse, physiotherapist or doctor"
    where_from: str = "Where this comes from"
    sources: str = "Sources:"
    made_from: str = "Made on {day} from: {title}, version {number}."
    # Where a step comes from.
    from_article: str = "Article"
    from_reply: str = "Author's reply"
    from_reader: str = "A reader's tip"
    from_guideline: str = "Added from {sources}."
    both: str = "{first} and {second}"
    one_agrees: str = "{origin}; {sources} agrees."
    several_agree: str = "{origin}; {sources} agree."
    sources_agree: str = "{origin}; sources agree."
    sources_partly_agree: str = "{origin}; sources partly agree."
    sources_say_nothing: str = "{origin}; sources say nothing of it."
    sources_disagree: str = "{origin}; sources disagree."


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces of a phrase. Raises ValueError for braces that do not pair."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def wrong_placeholders(phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Yield each phrase whose placeholders are not those of the English one, and what is wrong with it."""
    for field in fields(Phrases):
        wanted = placeholders(field.default)
        try:
            found = placeholders(getattr(phrases, field.name))
        except ValueError as error:
            yield field.name, f"has a brace that does not pair: {error}"
            continue
        if found != wanted:
            listed = " and ".join(f"'{{{name}}}'" for name in sorted(wanted)) or "no placeholder"
            yield field.name, f"needs {listed}, as the English one: '{field.default}'"
