"""How many rulings it takes to find 95 % of what is true, in the order of `audit next` and in random order.

    python benchmarks/audit_effort.py [--matters 5000] [--seeds 20]

Simulated people rule without error. The population: rules of which some are mostly right and some mostly wrong, each
saying of itself something near that; a third of all matters stand in clusters of like documents, true or false as a
whole more often than not. Nothing here was tuned on; the queue is the program's own.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Callable, Iterator

from reviewer.audit.matters import Matter
from reviewer.audit.queue import Queue

RULES, YEAR = 24, 2026
SEVERITIES = ("low", "medium", "high", "critical")
Truth = dict[tuple[str, str], bool]


def population(count: int, seed: int) -> tuple[list[Matter], Truth]:
    """Matters, and which of them are true."""
    chance = random.Random(seed)
    rules = {
        f"rule/{at}": (
            precision := chance.betavariate(0.7, 0.7),
            min(0.99, max(0.3, precision + chance.gauss(0, 0.25))),
        )
        for at in range(RULES)
    }
    severity = {rule: chance.choices(SEVERITIES, (3, 4, 2, 1))[0] for rule in rules}
    lean: dict[tuple[str, int], float] = {}
    made, truth = [], Truth()
    for at in range(count):
        rule = chance.choice(tuple(rules))
        precision, confidence = rules[rule]
        cluster = (rule, chance.randint(1, 12) if chance.random() < 1 / 3 else 0)
        if cluster[1]:
            precision = lean.setdefault(cluster, 0.9 if chance.random() < precision else 0.1)
        files = min(500, int(chance.paretovariate(1.2)))
        one = Matter(
            rule=rule,
            value=f"{at:016x}",
            type="any",
            category="work_secret",
            severity=severity[rule],
            action="refer",
            confidence=confidence,
            places=files * chance.randint(1, 3),
            files=files,
            year=chance.randint(2006, YEAR),
            file=at,
            cluster=cluster,
        )
        made.append(one)
        truth[one.rule, one.value] = chance.random() < precision
    return made, truth


def worked_off(matters: list[Matter], truth: Truth) -> Iterator[Matter]:
    queue = Queue(today_year=YEAR)
    queue.add(matters)
    while (one := queue.next()) is not None:
        yield one
        queue.settle(one, confirmed=truth[one.rule, one.value])


def at_random(matters: list[Matter], seed: int) -> list[Matter]:
    return random.Random(seed).sample(matters, len(matters))


def effort(order: Iterator[Matter] | list[Matter], truth: Truth, worth: Callable[[Matter], float], share: float) -> int:
    """Rulings until so much of all that is true, by its worth, was found."""
    one_by_one = list(order)
    whole = sum(worth(one) for one in one_by_one if truth[one.rule, one.value])
    found = 0.0
    for asked, one in enumerate(one_by_one, 1):
        found += worth(one) * truth[one.rule, one.value]
        if found >= share * whole:
            return asked
    return len(one_by_one)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--matters", type=int, default=1500)
    words.add_argument("--seeds", type=int, default=10)
    asked = words.parse_args()
    for what, worth in (("matters", lambda _: 1.0), ("harm", lambda one: one.harm(YEAR))):
        shares: dict[str, list[float]] = {"queue": [], "random": []}
        for seed in range(asked.seeds):
            matters, truth = population(asked.matters, seed)
            shares["queue"].append(effort(worked_off(matters, truth), truth, worth, 0.95) / len(matters))
            shares["random"].append(effort(at_random(matters, seed), truth, worth, 0.95) / len(matters))
        told = {name: f"{statistics.median(values):.3f}" for name, values in shares.items()}
        print(f"95 % of {what}: rulings as a share of all, median of {asked.seeds}: {told}")


if __name__ == "__main__":
    main()
