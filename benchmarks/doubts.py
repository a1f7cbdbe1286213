"""How far the classifier may doubt each concept rule without silencing the rule's own examples.

    python benchmarks/doubts.py            # rules whose `doubt` is not the highest that their hits allow, and that one
    python benchmarks/doubts.py --write    # the same, put into the shipped rules

To be run after training. All concept rules about secrets that ask for action may be doubted, but for those whose words
are evidence enough (`_FIRM`) and those of tables: a cell without its head says nothing to the classifier. A hit is one
sentence, judged without neighbours: a rule that would lose one gets the next lower step, and none where even the lowest
is too much. Why the highest is what it is: benchmarks/README.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from reviewer.detect.classifier import likelihood
from reviewer.detect.concept import HEADING, Meeting
from reviewer.detect.proof import DAY
from reviewer.detect.ruleset import Ruleset, load_ruleset
from reviewer.detect.run import every_finding
from reviewer.detect.specimen import document_of
from reviewer.resources import shipped
from reviewer.terms import Action, Category, Rule

STEPS = (0.2, 0.15, 0.1, 0.05, 0.03, 0.02, 0.01, 0.0)
_SECRETS = (Category.STATE_SECRET, Category.WORK_SECRET, Category.TRADE_SECRET)
# A password is one, whatever stands around it; who bids and what is to be bid are secret by statute until the opening.
_FIRM = ("work-secret/password", "trade-secret/bidders-before-opening", "trade-secret/sealed-ceiling")


def main() -> None:
    ruleset = load_ruleset((shipped("rules"),), shipped("models"))
    for rule, allowed in amiss(ruleset):
        print(rule.id, allowed)
        if "--write" in sys.argv:
            write(rule.id, allowed)


def amiss(ruleset: Ruleset) -> Iterator[tuple[Rule, float]]:
    """Each rule whose doubt is not the highest step at which none of its hits is doubted, and that step."""
    for rule in ruleset.rules:
        if isinstance(rule.match, Meeting):
            lowest = min(chances(ruleset, rule), default=1.0) if _may_be_doubted(rule) else 0.0
            allowed = next(step for step in STEPS if step <= lowest)
            if allowed != rule.match.doubt:
                yield rule, allowed


def _may_be_doubted(rule: Rule) -> bool:
    asks = rule.action not in (Action.NOTE, Action.BLOCK)
    tabled = cast(Meeting, rule.match).within == HEADING
    return rule.category in _SECRETS and asks and not tabled and not rule.id.startswith(_FIRM)


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
                bare = re.sub(r"(?m)^doubt = .*\n", "", entry)
                entries[at] = bare.replace("[rule.match]\n", "[rule.match]\n" + line, 1)
                path.write_text("".join(entries), "utf-8")


if __name__ == "__main__":
    main()
