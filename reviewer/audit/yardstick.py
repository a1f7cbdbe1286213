"""What documents are judged by: two rows of different yardsticks do not belong in one sum."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from reviewer.extract.identity import readers_digest
from reviewer.report import Report
from reviewer.screen import Screener


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """Program, readers, rules, model, policy and rulings by their digests; the day (ISO) that terms are reckoned by."""

    version: str
    readers: str
    rules: str
    model: str
    policy: str
    baseline: str
    day: str

    def judged(self, report: Report) -> bool:
        """Whether this report was made by it, as far as a report says: of the readers it says nothing."""
        engine = report.engine
        ours = (self.version, self.rules, self.model, self.policy)
        return (engine.version, engine.rules, engine.model, engine.policy) == ours


def yardstick(screener: Screener) -> Yardstick:
    engine, baseline = screener.engine, screener.policy.baseline
    return Yardstick(
        version=engine.version,
        readers=readers_digest(),
        rules=engine.rules,
        model=engine.model,
        policy=engine.policy,
        # The policy's digest covers the name of the file of rulings, not what stands in it.
        baseline="sha256:" + hashlib.sha256(baseline.read_bytes()).hexdigest() if baseline else "none",
        day=screener.today,
    )
