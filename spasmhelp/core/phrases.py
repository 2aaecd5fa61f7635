"""Every word that the program itself says, outside `--help`, `check` and errors: English, until a table says otherwise.

A field is a phrase, its default the English one. What stands in braces is filled in; a table must keep it.
"""

from datetime import date

from spasmhelp.core.labels import Labels


class Phrases(Labels, frozen=True, kw_only=True):
    """The phrases of a table, each by its name."""

    # The first question, and how to answer.
    what_happened: str = "Where is it? How did it start? ({example})"
    where_and_how: str = "{place}, {onset}"
    which_onset: str = "Suddenly, or slowly?"
    which_part: str = "Which part of the {what}?"
    which_one: str = "Which one is '{what}'?"
    which_hurts_most: str = "Which of these hurts most now?"
    keys: str = "b back \N{MIDDLE DOT} ? more \N{MIDDLE DOT} q stop"
    understood: str = "{what}. (b if wrong)"
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
    type_a_number: str = "Type a number, or 0 for none. ? says more."
    stopped: str = "Stopped. No advice was given."
    stopped_early: str = "Stopped. The step above is all that was given."
    stopped_danger: str = "Stopped. No other advice was given."
    other_places: str = "Other"
    # Places.
    other_names: str = "OTHER NAMES AND MUSCLES"
    no_other_name: str = "no other name"
    muscles_are: str = "muscles {muscles}"
    also_called: str = "Also: {names}."
    muscles: str = "Muscles: {muscles}."
    opposite: str = "Opposite: {muscles}."
    more_of_one: str = "More of one: {command}"
    first_advise: str = "First: {command}"
    front: str = "Front"
    back: str = "Back"
    # The background.
    sources_heading: str = "SOURCES"
    topic_from: str = "From: {origin}; {verdict}. Sources: {sources}."
    trusted_agree: str = "trusted sources agree"
    trusted_partly: str = "trusted sources partly agree"
    trusted_nothing: str = "trusted sources say nothing of it"
    trusted_disagree: str = "trusted sources disagree"
    article_says: str = "article"
    reply_says: str = "reply"
    reader_says: str = "reader"
    guideline_says: str = "guideline"
    read_in_a_copy: str = "(read in a copy)"
    # How advice came about.
    came_about: str = "How this advice came about"
    you_said: str = "You said: {findings}."
    said_nothing: str = "nothing of how, where or why"
    red_flags: str = "Red flags: {words}."
    precautions: str = "Precautions: {words}."
    was_not_asked: str = "not asked"
    raised_level: str = "Level: {level}, raised by {what}."
    uncovered_level: str = "Level: {level}, as no rule covers this."
    plain_level: str = "Level: {level}, nothing raised it."
    rules_applied: str = "Rules that applied:"
    withheld: str = "Withheld:"
    withheld_by: str = "by {what}: {steps}"
    level_or_place: str = "the level or the place"
    rules_missed: str = "Rules that missed by one premise:"
    other_trigger: str = "With another trigger: {rules}."
    other_place: str = "In another place: {rules}."
    other_onset: str = "With another onset: {rules}."
    # A screen of lines.
    first_screen: str = "Any of these? Its number, 0 for none. {example}? says more. Not sure counts as yes."
    one_line_at_a_time: str = "{count} lines, then one answer."
    call_now: str = "Call the emergency number:"
    help_today: str = "Get help today:"
    tell_a_doctor: str = "A doctor should know:"
    not_this_step: str = "No first step:"
    more_pages: str = "Enter: more ({page} of {pages}) > "
    last_page_counts: str = "More lines follow. Enter shows them; answer below the last one."
    which_line: str = "Which line? Type its number. Not sure counts as yes. 0: none."
    and_none: str = "And none of {first} to {last}? 0: none. Or a number."
    not_counted: str = "Not counted, then."
    yes_or_no: str = "Type y if it is there, 0 if it is not."
    danger: str = "That can be a sign of danger. {ask} (y: yes. 0: no. Not sure counts as yes.)"
    slip: str = "b takes it back. Enter goes on."
    dropped: str = "What you typed before you saw this does not count: {what}"
    keep: str = "Enter keeps: {what}."
    none: str = "none"
    # The first step, and what is asked after it.
    start_now: str = "START NOW"
    early_limit: str = "Still tight at {minutes} minutes: get help today."
    early_help: str = "Stop if it hurts more. Ill, or on a statin with sore muscles: get help today."
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
    with_a_timer: str = "Timer: add --guide."
    day: str = "{year}-{month}-{day}"
    overdue: str = "This table was due for review by {review_by}: it may be out of date."
    heading_with_level: str = "{level}: {action}"
    heading_with_place: str = "{action}: {place}."
    answering: str = "Answering: {percent} %"
    as_of: str = "As of {reviewed}; review due {review_by}."
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
    asked_in_part: str = "not all were asked"
    body_from_the_front: str = "{place}, from the front"
    body_from_behind: str = "{place}, from behind"
    when_to_get_help: str = "When to get help"
    note: str = "Note of a nurse, physiotherapist or doctor"
    where_from: str = "Where this comes from"
    sources: str = "Sources:"
    made_from: str = "Made on {day} from: {title}, version {number}."
    # The guide.
    guide_offer: str = "g: step by step, with a timer. Enter: end."
    guide_title: str = "{phase}: {number} of {count}"
    guide_eased: str = "NOW THAT IT LET GO"
    guide_has_it_let_go: str = "Has it let go? y: yes. n: not yet."
    guide_easing: str = "Go on with it. y once it has let go."
    guide_let_go: str = "Good. It let go."
    guide_was_last: str = "That was the last step for now."
    guide_begun_again: str = "Once more, from the first."
    guide_asked_again: str = "Then the signs of danger once more."
    guide_none_of_these: str = "None of these. If this step hurts more, leave it out: n."
    guide_lasted: str = "{minutes} minutes are over. If it is still tight:"
    guide_time_is_up: str = "Time is up."
    guide_paused: str = "The time stands still."
    guide_no_longer: str = "Not longer than that."
    guide_time_left: str = "{time} left"
    guide_time_gone: str = "{time} of {limit}"
    guide_left_in_words: str = "{minutes} left."
    guide_gone_in_words: str = "{minutes} so far, {limit} at most."
    guide_one_minute: str = "one minute"
    guide_minutes: str = "{number} minutes"
    guide_under_a_minute: str = "under a minute"
    guide_keys_step: str = "y: it let go. n: not yet, the next thing. w: worse. ?: again. q: leave."
    guide_keys_eased: str = "Enter: the next thing. c: it came back. w: worse. ?: again. q: leave."
    guide_keys_offer: str = "Enter: start {minutes}. n: leave it out. w: worse. ?: again. q: leave."
    guide_keys_timer: str = "p: pause. + and -: a minute longer, shorter. Enter: done. w: worse. q: leave."
    guide_keys_paused: str = "p: go on. + and -: a minute longer, shorter. w: worse. q: leave."
    guide_not_understood: str = "'{what}' is not understood here."
    guide_stopped: str = "Stopped."
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


STOPS = ".?\u3002\uff1f"
RIGHT_TO_LEFT = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")
CAPITAL_NOUNS = ("de", "lb")  # languages whose names keep their capital inside a sentence


def said_day(phrases: Phrases, day: date) -> str:
    """Return a day as the table says days: year, month and day in figures, the last two of two digits."""
    return phrases.day.format(year=day.year, month=f"{day.month:02}", day=f"{day.day:02}")


def unstopped(text: str) -> str:
    """Return a sentence without what ends it: it goes into another."""
    return text.rstrip(STOPS)


def uncapitalized(phrases: Phrases, name: str) -> str:
    """Return a name as it stands inside a sentence."""
    return name if language_of(phrases) in CAPITAL_NOUNS else name[:1].lower() + name[1:]


def direction(phrases: Phrases) -> str:
    """Return how the language of the table is written, as HTML says it."""
    return "rtl" if language_of(phrases) in RIGHT_TO_LEFT else "ltr"


def language_of(phrases: Phrases) -> str:
    """Return the language of the table without its country or script: "pt-BR" is "pt"."""
    return phrases.language_tag.casefold().partition("-")[0]
