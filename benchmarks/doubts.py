"""How far the classifier may doubt each concept rule without silencing the rule's own examples.

    python benchmarks/doubts.py            # rules whose `doubt` is above what their hits allow, and what they allow
    python benchmarks/doubts.py --write    # the same, put into the shipped rules

To be run after training. A hit is one sentence, judged without neighbours; a rule that loses one to doubt gets the
next lower step, and none where even the lowest is too much.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from reviewer.detect.classifier import likelihood
from reviewer.detect.concept import Meeting
from reviewer.detect.proof import DAY
from reviewer.detect.ruleset import Ruleset, load_ruleset
from reviewer.detect.run import every_finding
from reviewer.detect.specimen import document_of
from reviewer.resources import shipped
from reviewer.terms import Rule

STEPS = (0.05, 0.03, 0.02, 0.01, 0.0)


def main() -> None:
    ruleset = load_ruleset((shipped("rules"),), shipped("models"))
    for rule, allowed in too_doubtful(ruleset):
        print(rule.id, allowed)
        if "--write" in sys.argv:
            write(rule.id, allowed)


def too_doubtful(ruleset: Ruleset) -> Iterator[tuple[Rule, float]]:
    """Each rule that doubts one of its own hits, and the highest step that does not."""
    for rule in ruleset.rules:
        if isinstance(rule.match, Meeting) and rule.match.doubt:
            lowest = min(chances(ruleset, rule), default=1.0)
            if lowest < rule.match.doubt:
                yield rule, next(step for step in STEPS if step <= lowest)


def chances(ruleset: Ruleset, rule: Rule) -> Iterator[float]:
    """For each hit the probability at the place where the rule finds it, the highest of several."""
    for hit in rule.hits:
        reading = every_finding(document_of(hit), ruleset, DAY)
        places = [
            likelihood(reading, *reading.folded_range(one.span.start, one.span.end))
            for one in reading.findings
            if one.rule.id == rule.id
        ]
        yield max((1.0 if chance is None else chance for chance in places), default=1.0)


def write(rule: str, doubt: float) -> None:
    for path in Path(shipped("rules")).glob("*/*.toml"):
        entries = re.split(r"(?m)^(?=\[\[rule\]\])", path.read_text("utf-8"))
        for at, entry in enumerate(entries):
            if f'id = "{rule}"\n' in entry:
                line = f"doubt = {doubt}\n" if doubt else ""
                entries[at] = re.sub(r"(?m)^doubt = .*\n", line, entry)
                path.write_text("".join(entries), "utf-8")


if __name__ == "__main__":
    main()
