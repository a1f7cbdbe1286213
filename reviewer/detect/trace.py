"""Why a place was, or was not, flagged: what fired, what took something out, what almost fired, who looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reviewer.detect.classifier import alone, summed
from reviewer.detect.kinds import KINDS
from reviewer.detect.members import excerpts
from reviewer.detect.near import NEAR, Miss
from reviewer.detect.near.miss import nearer
from reviewer.detect.packet import Notice
from reviewer.detect.privacy.declined import asked
from reviewer.detect.privacy.dossier import dossier
from reviewer.detect.reading import Range, Reading
from reviewer.detect.ruleset import Ruleset
from reviewer.detect.run import Detection, detect, detection_of, every_finding
from reviewer.detect.scenario.governance import Cleared
from reviewer.detect.scenario.particular import Particular
from reviewer.detect.scenario.policy import Clause, Scenario
from reviewer.detect.weighing import heaviest
from reviewer.terms import DetectorKind, Document, Finding, Part, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Lawful:
    """A word that a lawful wording covers: which wording, how much of the text it covers, for which rules."""

    word: str
    wording: str
    title: str
    covers: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the classifier went by: the heaviest words, and how sure it is by the sentence `alone`.

    The difference to the finding's confidence is what the sentences around it say; `summed` is what its words come to
    when they are added up, and the difference to `alone` what they say only together.
    """

    words: tuple[str, ...]
    alone: float
    summed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """All that the rules have to say of one stretch of a document.

    `merged`: findings that gave way to a surer one of the same type at the same place; `misses`: the nearest first;
    `speaking`: rules of which a word stands here; `looked`: how many rules of each kind looked at this place, and
    `blind`: how many did not, because they look at other parts only; `notices`: what is announced here of attachments.
    """

    detection: Detection  # of the whole document
    findings: tuple[Finding, ...]
    merged: tuple[Finding, ...]
    lawful: tuple[Lawful, ...]
    misses: tuple[Miss, ...]
    weighed: Mapping[str, Weighed]  # by fingerprint: what the classifier went by
    cleared: tuple[Cleared, ...]  # what a scenario lets be shown
    standing: tuple[Scenario, Clause, Particular] | None  # what a scenario says of the column or field
    scenario: Scenario | None
    notices: tuple[Notice, ...]
    speaking: tuple[str, ...]
    looked: Mapping[DetectorKind, int]
    blind: int


def trace(
    document: Document,
    ruleset: Ruleset,
    start: int,
    end: int,
    *,
    today: date,
    scenario: Scenario | None = None,
    notices: Sequence[Notice] = (),
) -> Trace:
    """The trace of code points `start`-`end` of the document's text; in a member, by that member's own text."""
    part, (low, high) = _part_of(document, start, end)
    reading = every_finding(part, ruleset, today, () if document.members else notices, scenario)
    if document.members or not document.segments:
        detection = detect(document, ruleset, today=today, notices=notices, scenario=scenario)
    else:
        detection = detection_of(reading)
    findings = tuple(f for f in detection.findings if f.span.start < end and start < f.span.end)
    place = reading.folded_range(low, high)
    fired = {finding.rule.id for finding in findings}
    everything = [f for f in reading.findings if f.span.start < high and low < f.span.end]
    lawful, excused = _lawful(reading, place)
    governance = asked(reading).governance
    cleared = tuple(one for one in governance.cleared if one.start < place[1] and place[0] < one.end)
    silent = fired | {one.rule.id for one in cleared} | {one.rule.id for one in everything}
    return Trace(
        detection=detection,
        findings=findings,
        merged=tuple(one for one in everything if one.rule.id not in fired),
        lawful=lawful,
        misses=tuple(_misses(reading, place, silent, excused)),
        cleared=cleared,
        standing=governance.standing_at(place[0]),
        weighed={
            f.fingerprint: _weighed(document, f, ruleset) for f in findings if f.rule.kind is DetectorKind.CLASSIFIER
        },
        scenario=dossier(reading).scenario,
        notices=tuple(one for one in notices if _announces(one, start, end)),
        speaking=tuple(dict.fromkeys(rule.id for rule, _, _ in _words(reading, place))),
        looked=Counter(rule.kind for rule in ruleset.rules if _looks(rule, reading, place)),
        blind=sum(not _looks(rule, reading, place) for rule in ruleset.rules),
    )


def _part_of(document: Document, start: int, end: int) -> tuple[Document, Range]:
    """The member in which a place stands, as rules see it, with the place in its text."""
    if document.members:
        for excerpt in excerpts(document):
            within = excerpt.within(start, end)
            if within is not None:
                return excerpt.document, within
    return document, (start, end)


def _misses(reading: Reading, place: Range, silent: set[str], excused: set[str]) -> list[Miss]:
    """The nearest miss of each rule that neither fired nor was taken out by a lawful wording, nearest first."""
    best: dict[str, Miss] = {}
    for kind, rules in reading.ruleset.by_kind.items():
        if kind not in NEAR:
            continue
        for miss in NEAR[kind](rules, reading, place):
            only_lawful = bool(miss.stood) and set(miss.stood) <= excused
            if miss.rule.id not in silent and not only_lawful and nearer(miss, best.get(miss.rule.id)):
                best[miss.rule.id] = miss
    return sorted(best.values(), key=lambda miss: (miss.distance, -len(miss.stood), miss.rule.id))


def _lawful(reading: Reading, place: Range) -> tuple[tuple[Lawful, ...], set[str]]:
    """The lawful wordings of a place, and the words that stand here only within them."""
    made: dict[tuple[str, str], Lawful] = {}
    bare: set[str] = set()
    words: set[str] = set()
    for rule, word, (start, end) in _words(reading, place):
        words.add(word)
        wording = reading.benign(start, end)
        if wording is None:
            bare.add(word)
        if wording is None or len(word) < 2:  # a single character is no word to a reader
            continue
        held = made.get((word, wording.id))
        low, high = reading.benign_range(start, end) or (start, end)
        made[word, wording.id] = Lawful(
            word=word,
            wording=wording.id,
            title=wording.title,
            covers=reading.text[low:high],
            rules=tuple(dict.fromkeys((*(held.rules if held else ()), rule.id))),
        )
    return tuple(made.values()), words - bare


def _words(reading: Reading, place: Range) -> Iterator[tuple[Rule, str, Range]]:
    for rule in reading.ruleset.rules:
        for word in KINDS[rule.kind].words(rule.match):
            for hit in reading.hits_in(word, place):
                yield rule, word, hit


def _announces(notice: Notice, start: int, end: int) -> bool:
    return notice.said is not None and notice.said.start < end and start < notice.said.end


def _looks(rule: Rule, reading: Reading, place: Range) -> bool:
    """Whether a rule looks at this part of the document at all."""
    segment = reading.segment_of(place[0])
    if rule.kind is DetectorKind.METADATA:
        return segment.part is Part.PROPERTY
    return segment.hidden if rule.kind is DetectorKind.CONCEALED else True


def _weighed(document: Document, finding: Finding, ruleset: Ruleset) -> Weighed:
    model = ruleset.model
    assert model is not None, "the classifier found something without a model"
    part, (start, end) = _part_of(document, finding.span.start, finding.span.end)
    folded = Reading(part, ruleset, date.min).folded
    sentence = folded.text[slice(*folded.folded(start, end))]
    return Weighed(
        words=heaviest(model, finding.category, sentence),
        alone=alone(model, finding.category, sentence),
        summed=summed(model, finding.category, sentence),
    )
