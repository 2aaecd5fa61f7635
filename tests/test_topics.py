"""The background of the shipped table: found by the words people use, sourced, and honest about how sure it is."""

import pytest

from spasmhelp.core.model import Origin, Topic
from spasmhelp.core.reference import look_up
from tests.tables import SHIPPED

TOPICS = {topic.id: " ".join(topic.text.split()) for topic in SHIPPED.topics}
# What people ask about, in their words, and the page that answers. Written by hand, not read from the table.
ASKED = {
    "quinine": "remedies_people_try",
    "tonic water": "remedies_people_try",
    "magnesium": "remedies_people_try",
    "pickle juice": "remedies_people_try",
    "salt": "remedies_people_try",
    "bananas": "remedies_people_try",
    "potassium": "remedies_people_try",
    "vitamin K2": "remedies_people_try",
    "statins": "medicines_that_cause_cramps",
    "water tablets": "medicines_that_cause_cramps",
    "painkillers": "drugs",
    "hiccups": "hiccups",
    "restless legs": "restless_legs",
    "period cramps": "period_cramps",
    "period pain": "period_cramps",
    "pelvic floor": "pelvic_floor_spasms",
    "spasticity": "known_illness_spasms",
    "baclofen": "known_illness_spasms",
    "twitching": "twitches",
    "eyelid twitch": "twitches",
    "ALS": "twitches",
    "sore the day after": "how_long_it_lasts",
    "how long": "how_long_it_lasts",
    "which doctor": "who_to_ask",
    "physiotherapist": "who_to_ask",
    "night cramps": "night_cramps",
    "leg cramps at night": "night_cramps",
    "heat cramps": "cramps_in_heat",
    "leg cramps in pregnancy": "cramps_in_pregnancy",
    "swimming": "swimming_or_driving",
    "driving": "swimming_or_driving",
    "acupuncture": "after_surgery",
}
# Not known, or no page of its own: the rest can be looked up by whoever doubts it.
WITHOUT_URL = {"article", "aaos_strains", "sirona_back", "dialysis_cramps"}


@pytest.mark.parametrize(("word", "topic"), ASKED.items())
def test_a_word_that_people_use_leads_to_the_page_that_answers(word: str, topic: str) -> None:
    for spelled in (word, word.upper(), word.replace(" ", "_")):
        assert topic in [one.entry.id for one in look_up(SHIPPED, spelled) if isinstance(one.entry, Topic)]


def test_a_page_of_ours_rests_on_a_source_besides_the_article_and_says_where_to_go() -> None:
    ours = [topic for topic in SHIPPED.topics if topic.origin is Origin.guideline]
    assert len(ours) > 12
    for topic in ours:
        assert topic.sources, topic.id
        assert "article" not in {source.id for source in topic.sources}, topic.id
        helpers = ("doctor", "pharmacist", "your team", "help today", "emergency number")
        assert any(word in TOPICS[topic.id].casefold() for word in helpers), topic.id


def test_every_source_can_be_looked_up_where_its_address_is_known() -> None:
    assert {source.id for source in SHIPPED.sources if source.url is None} == WITHOUT_URL


def test_no_page_says_that_a_cramp_may_last_longer_than_the_ten_minutes_after_which_help_is_needed() -> None:
    assert not [ident for ident, text in TOPICS.items() if "15 minutes" in text.replace("10 to 15 minutes", "")]
    assert "up to 10" in TOPICS["how_long_it_lasts"]


@pytest.mark.parametrize("topic", ["night_cramps", "warming_up"])
def test_trials_of_stretching_are_told_as_they_are_some_for_and_some_against(topic: str) -> None:
    assert "fewer cramps" in TOPICS[topic]
    assert "no gain" in TOPICS[topic]
    cited = {source.id for one in SHIPPED.topics if one.id == topic for source in one.sources}
    assert {"hallegraeff_2012", "coppin_2005", "cochrane_leg_cramps"} <= cited


@pytest.mark.parametrize(
    ("topic", "warned"),
    [
        ("remedies_people_try", "not without a doctor"),
        ("remedies_people_try", "Never take it with warfarin"),
        ("remedies_people_try", "no salt tablets"),
        ("medicines_that_cause_cramps", "do not stop a medicine on your own"),
        ("medicines_that_cause_cramps", "stop the statin and call a doctor or 111 at once"),
        ("cramps_in_heat", "30 minutes in the cool"),
        ("cramps_in_pregnancy", "do not rub it"),
        ("known_illness_spasms", "Never stretch by force"),
        ("swimming_or_driving", "Do not drive or cycle with a neck that will not turn"),
    ],
)
def test_what_could_do_harm_is_warned_of(topic: str, warned: str) -> None:
    assert warned in TOPICS[topic]
