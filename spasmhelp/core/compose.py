"""Case -> what `advise --json` says of it, put together from parts that were made for other cases.

A red flag reaches the steps only through what bars all of them, and a precaution reaches nothing but the steps. So what
is said follows from the findings and the red flags, and the steps from the findings, the precautions and that bar.
tests/test_compose.py holds it equal to core/advise.py, which reads like the definition.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, ParamSpec, TypeVar, cast

from msgspec import Struct
from msgspec.structs import astuple

from spasmhelp.core.advise import level_of
from spasmhelp.core.match import Matcher
from spasmhelp.core.model import Case, Level, Location, Onset, Rule, Table, Trigger
from spasmhelp.core.parts import (
    Choice,
    Cited,
    Findings,
    Flags,
    Head,
    Item,
    Parts,
    Precautions,
    Situation,
    Steps,
    choice_part,
    cited,
    encoded,
    flags_part,
    item,
    items,
    precautions_part,
    said_part,
    source_part,
)
from spasmhelp.core.steps import advising, barred, ruling_out, withhold
from spasmhelp.core.wire import because_out, case_out, table_out, withheld_out

ENTRY = 250  # bytes that an entry of a dictionary takes, with a tuple or a few fields in it

Of = ParamSpec("Of")
Part = TypeVar("Part")


class Composer:
    """Composes advices; `highest` is the highest level of any, `size` about what all kept parts take, in bytes."""

    def __init__(self, table: Table) -> None:
        self.table, self.matcher = table, Matcher(table)
        self.highest = Level.self_care
        self.opening = b',"table":' + encoded(table_out(table)) + b',"case":'
        self.source = {source.id: source_part(source) for source in table.sources}
        self.forget()

    def forget(self) -> None:
        """Forget all parts."""
        self.size = 0
        self.situations: dict[tuple[Onset | None, Location | None, tuple[str, ...]], Situation] = {}
        self.findings = self.kept(self._findings)
        self.flags = self.kept(flags_part)
        self.precautions = self.kept(precautions_part)
        self.choice = self.kept(partial(choice_part, self.table))
        self.said = self.kept(partial(said_part, self.table))
        self.cited = self.kept(lambda ids: Cited(ids, {}))
        self.barred = self.kept(self._barred)

    def kept(self, make: Callable[Of, Part]) -> Callable[Of, Part]:
        """Return what makes a part once, and counts it."""

        @cache
        def made(*args: Of.args, **kwargs: Of.kwargs) -> Part:
            part = make(*args, **kwargs)
            self.size += ENTRY + weight(astuple(part) if isinstance(part, Struct) else part)
            return part

        return cast(Callable[Of, Part], made)

    def of(self, case: Case) -> Parts:
        """Return, in parts, what follows the `id` in the advice for a case whose lists are in the table's order."""
        findings = self.findings(case.onset, case.location, case.triggers)
        return self.compose(findings, self.flags(case.red_flags), self.precautions(case.precautions))

    def compose(self, findings: Findings, flags: Flags, precautions: Precautions) -> Parts:
        """Return, in parts, what follows the `id` in the advice for what these answers make together."""
        situation = findings.situation
        head = situation.heads.get(flags) or self.head(situation, flags)
        steps = head.steps.get(precautions) or self.steps(situation, head, precautions)
        sources = head.cited.behind.get(steps.cited) or self.sources(head.cited, steps.cited)
        said = head.said
        parts = [
            findings.opening,
            flags.ids,
            precautions.ids,
            said.none_left if steps.none_left else said.before,
            situation.because,
            head.because,
        ]
        parts += steps.parts
        parts += (said.after, sources)
        return parts

    def head(self, situation: Situation, flags: Flags) -> Head:
        """Return what red flags make of a situation."""
        level = max(situation.level, flags.level)
        self.highest = max(self.highest, level)
        # Red flags that forbid all steps, and are louder than every rule, speak alone, wherever it is.
        alone = flags.level > max(situation.level, Level.see_clinician)
        place = (None, None, ()) if alone else (situation.onset, situation.location, situation.raising)
        bar = barred(self.table, Case(location=situation.location, red_flags=flags.words), level)
        self.size += ENTRY
        head = situation.heads[flags] = Head(
            said=self.said(*place, flags, level),
            because=flags.because[bool(situation.rules and flags.words)],
            bar=bar,
            steps=situation.steps.setdefault(bar, {}),
            cited=self.cited(tuple(dict.fromkeys(situation.cited + flags.cited))),
        )
        return head

    def steps(self, situation: Situation, head: Head, precautions: Precautions) -> Steps:
        """Return the steps of a situation, as precautions and what bars all of them leave them."""
        given: list[bytes] = []
        withheld: list[bytes] = []
        sources: list[str] = []
        for one in situation.choices:
            reported = ruling_out(one.withheld, precautions.names)
            if reported:
                withheld.append(one.withheld[reported][bool(withheld)])
            elif head.bar:
                withheld.append(self.barred(one, head.bar)[bool(withheld)])
            else:
                given.append((one.given if precautions.asked else one.unasked)[bool(given)])
                sources += one.cited
        parts = (*given, b'],"withheld":[', *withheld)
        made = Steps(parts, none_left=bool(withheld) and not given, cited=self.cited(tuple(dict.fromkeys(sources))))
        if len(precautions.names) < 2:  # several come in too many kinds to be kept
            self.size += ENTRY
            head.steps[precautions] = made
        return made

    def sources(self, first: Cited, then: Cited) -> bytes:
        """Return sources, once each, in the order they are met."""
        made = b"{" + b",".join([self.source[name] for name in dict.fromkeys(first.ids + then.ids)]) + b"}}\n"
        self.size += ENTRY + len(made)
        first.behind[then] = made
        return made

    def _findings(
        self, onset: Onset | None, location: Location | None, triggers: tuple[Trigger, ...] | None
    ) -> Findings:
        case = Case(onset=onset, location=location, triggers=triggers)
        opening, key, _ = encoded(case_out(case)).partition(b'"red_flags":')
        rules = self.matcher.applying(case)
        same = (onset, location, tuple([rule.id for rule in rules]))
        if same not in self.situations:
            self.size += ENTRY
            self.situations[same] = self.situation(case, rules)
        return Findings(self.opening + opening + key, self.situations[same])

    def situation(self, case: Case, rules: tuple[Rule, ...]) -> Situation:
        """Return the situation of a case to which rules apply."""
        place = (case.onset, case.location)
        return Situation(
            *place,
            rules=rules,
            raising=tuple([rule for rule in rules if rule.level > Level.self_care]),
            level=level_of(rules, (), self.matcher.covered(case)),
            because=items(because_out(rule, rule.because) for rule in rules),
            choices=tuple([self.choice(*place, step, by) for step, by in advising(self.table, rules)]),
            cited=cited(rules),
            heads={},
            steps={},
        )

    def _barred(self, one: Choice, bar: str) -> Item:
        return item(withheld_out(withhold(one.candidate, None, bar)))


def weight(value: Any) -> int:
    """Return how many bytes of JSON stand in a value itself, not in parts that it points to."""
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, dict):
        value = tuple(value.values())
    return sum(map(weight, value)) if isinstance(value, tuple) else 0
