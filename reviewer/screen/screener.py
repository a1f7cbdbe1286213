"""One document's review, and the office's settings with which it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from reviewer import __version__
from reviewer.detect import Detection, Ruleset, detect, load_ruleset
from reviewer.detect.packet import ALONE, Beside, Notice, packet, packet_gaps
from reviewer.detect.scenario.policy import Scenario
from reviewer.errors import ConfigurationError, UsageError
from reviewer.extract import Source, Stored, Unread, extract
from reviewer.judge import Settlement, judge
from reviewer.judge.settling import RuleOff, contact
from reviewer.language import tr
from reviewer.policy import DEFAULT, Policy, load_policy
from reviewer.resources import shipped
from reviewer.screen.settings import Settings
from reviewer.terms import Disposition, Document, Engine, Review
from reviewer.value import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Screener:
    """Rules, rulings, day and the scenario named, if any, ready for any number of documents."""

    ruleset: Ruleset
    settlement: Settlement
    policy: Policy
    today: str
    scenario: Scenario | None = None

    def review(self, source: Source | Stored | Unread, beside: Beside = ALONE) -> Review:
        """The review of one document of exact bytes. What cannot be read is a gap of the review.

        `beside`: the files among which it stands; what a package lacks is a gap, too.
        """
        return self.review_document(extract(source), beside)

    def review_document(self, document: Document, beside: Beside = ALONE) -> Review:
        """The same for a document that is read already."""
        notices = packet(document, beside)
        detection = detect(
            document,
            self.ruleset,
            today=date.fromisoformat(self.today),
            notices=notices,
            scenario=self.scenario,
        )
        return self.judged(document, detection, notices, beside)

    def judged(
        self, document: Document, detection: Detection, notices: Sequence[Notice], beside: Beside = ALONE
    ) -> Review:
        """The review of what was detected already, under the rulings of the office."""
        lacking = packet_gaps(notices, detection.findings, whole=beside.whole)
        document = replace(document, gaps=(*document.gaps, *lacking)) if lacking else document
        verdict = judge(document, detection.findings, self.settlement, self.engine, today=self.today)
        return Review(document=document, verdict=verdict, mentions=detection.mentions, scenario=detection.scenario)

    def leaving_out(self, rule: str, reason: str) -> Screener:
        """The same with one rule's findings set aside, today and for that reason, on the record."""
        off = RuleOff(rule=rule, by="reviewer", reason=reason, until=self.today)
        settlement = replace(self.settlement, rules_off={**self.settlement.rules_off, rule: off})
        return replace(self, settlement=settlement)

    @property
    def engine(self) -> Engine:
        return Engine(
            version=__version__,
            rules=self.ruleset.digest,
            model=self.ruleset.model_digest,
            policy=self.policy.digest,
        )


@cache
def screener_for(settings: Settings) -> Screener:
    """Raises ConfigurationError for a wrong rule, policy, baseline or model file, UsageError for no such scenario."""
    policy = load_policy(settings.policy) if settings.policy else DEFAULT
    ruleset = load_ruleset((shipped("rules"), *policy.rules), policy.model or shipped("models"), cache=settings.cache)
    return Screener(
        ruleset=ruleset,
        settlement=_settlement(policy, ruleset, settings),
        policy=policy,
        today=settings.today,
        scenario=None if settings.scenario is None else scenario_named(ruleset, settings.scenario),
    )


def scenario_named(ruleset: Ruleset, name: str) -> Scenario:
    """The scenario that is called so, by its id or by any of its names; raises UsageError that lists them."""
    found = ruleset.by_scenario.get(name) or ruleset.by_scenario.get(name.replace("_", "-"))
    if found is not None:
        return found
    known = "、".join(f"{one.id}（{one.title}）" for one in ruleset.scenarios)
    known_en = ", ".join(one.id for one in ruleset.scenarios)
    raise UsageError(
        tr(f"--scenario：没有场景“{name}”；可用：{known}", f"--scenario: there is no “{name}”; one of: {known_en}")
    )


def _settlement(policy: Policy, ruleset: Ruleset, settings: Settings) -> Settlement:
    for unused in policy.unused:
        if unused.rule not in ruleset.by_id:
            raise ConfigurationError(
                tr(
                    f"{settings.policy}：unused 中的规则“{unused.rule}”不存在；reviewer rules list 可查",
                    f"{settings.policy}: unused: there is no rule “{unused.rule}”; see `reviewer rules list`",
                )
            )
    dispositions: Mapping[str, Disposition] = {}
    if policy.baseline:
        from reviewer.baseline import load_baseline

        dispositions = load_baseline(policy.baseline).dispositions
    return Settlement(
        dispositions=dispositions,
        contacts=frozenset(contact(text) for text in policy.contacts),
        rules_off={
            unused.rule: RuleOff(rule=unused.rule, by=unused.by, reason=unused.reason, until=unused.until)
            for unused in policy.unused
        },
    )
