"""The same table in three rule engines: each says, for cases as dictionaries, which rules apply."""

import json
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import count
from operator import and_, or_
from typing import Any

from spasmhelp import Table
from spasmhelp.core.model import Rule

Decide = Callable[[list[dict[str, Any]]], list[set[str]]]


def premises(rule: Rule) -> Iterator[tuple[str, list[str]]]:
    """Yield each premise of a rule that is not left out, with the ids of its words."""
    for name in ("onset", "location", "trigger"):
        if words := [word.id for word in getattr(rule.when, name)]:
            yield name, words


def zen(table: Table) -> Decide:
    """GoRules ZEN: one decision table, hit policy collect, evaluated in batches."""
    from zen import ZenEngine

    def row(rule: Rule) -> dict[str, str]:
        cells = {name: ", ".join(f"'{word}'" for word in words) for name, words in premises(rule)}
        if "trigger" in cells:
            cells["trigger"] = f"some(triggers, # in [{cells['trigger']}])"
        return {"_id": rule.id, "onset": "", "location": "", "trigger": "", **cells, "rule": f"'{rule.id}'"}

    inputs = [{"id": name, "name": name, "field": name} for name in ("onset", "location")]
    content = {
        "hitPolicy": "collect",
        "inputs": [*inputs, {"id": "trigger", "name": "trigger"}],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": [row(rule) for rule in table.rules],
    }
    kinds = {"in": "inputNode", "table": "decisionTableNode", "out": "outputNode"}
    nodes = [{"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}} for name, kind in kinds.items()]
    nodes[1]["content"] = content  # type: ignore[assignment]
    ends = [("in", "table"), ("table", "out")]
    edges = [{"id": one, "sourceId": one, "targetId": other, "type": "edge"} for one, other in ends]
    decision = json.dumps({"nodes": nodes, "edges": edges})
    engine = ZenEngine({"loader": lambda _key: decision})

    def decide(cases: list[dict[str, Any]]) -> list[set[str]]:
        answers = engine.evaluate_batch([{"key": "table", "context": case} for case in cases])
        return [{hit["rule"] for hit in answer["data"]["result"]} for answer in answers]

    return decide


def clips(table: Table) -> Decide:
    """CLIPS: one defrule a rule, one fact an answer."""
    from clips import Environment

    engine = Environment()
    for rule in table.rules:
        facts = [(f"({name} {'|'.join(words)})", name) for name, words in premises(rule)]
        patterns = " ".join(f"(exists {fact})" if name == "trigger" else fact for fact, name in facts)
        engine.build(f"(defrule {rule.id} {patterns} => (assert (applied {rule.id})))")

    def decide(case: dict[str, Any]) -> set[str]:
        engine.reset()
        engine.assert_string(f"(onset {case['onset']})")
        engine.assert_string(f"(location {case['location']})")
        for trigger in case["triggers"]:
            engine.assert_string(f"(trigger {trigger})")
        engine.run()
        return {str(fact[0]) for fact in engine.facts() if fact.template.name == "applied"}

    return lambda cases: [decide(case) for case in cases]


def durable(table: Table) -> Decide:
    """durable_rules: one ruleset; a case is a fact, taken back afterwards; a trigger is a field that is true."""
    from durable.engine import MessageNotHandledException
    from durable.lang import assert_fact, m, retract_fact, ruleset, when_all

    applied: set[str] = set()
    numbers = count()

    def premise(name: str, words: list[str]) -> Any:
        tests = [getattr(m, word) == 1 if name == "trigger" else getattr(m, name) == word for word in words]
        return reduce(or_, tests)

    def noting(name: str) -> Callable[[Any], None]:
        return lambda _context: applied.add(name)

    with ruleset("spasms"):
        for rule in table.rules:
            test = reduce(and_, [premise(name, words) for name, words in premises(rule)])
            when_all(test)(noting(rule.id))

    def decide(case: dict[str, Any]) -> set[str]:
        fact = {"number": next(numbers), "onset": case["onset"], "location": case["location"]}
        fact |= dict.fromkeys(case["triggers"], 1)
        applied.clear()
        try:
            assert_fact("spasms", fact)
            retract_fact("spasms", fact)
        except MessageNotHandledException:  # no rule applies
            return set()
        return set(applied)

    return lambda cases: [decide(case) for case in cases]


PEERS = {"GoRules ZEN": zen, "CLIPS (clipspy)": clips, "durable_rules": durable}
