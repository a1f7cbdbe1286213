"""One document under one ruleset's eyes: folded once, searched once for every word, cut once into units."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer.detect.benign import Benign, Lawful, covering, lawful
from reviewer.detect.expressions import found
from reviewer.detect.fingerprint import fingerprint
from reviewer.detect.formulas import said_in
from reviewer.detect.packet import Notice
from reviewer.terms import Action, Document, Finding, Part, Rule, Segment, Severity, Span
from reviewer.text.dates import signing_date
from reviewer.text.fold import Folded, fold
from reviewer.text.sentence import lines, sentences

if TYPE_CHECKING:
    from reviewer.detect.ruleset import Ruleset
    from reviewer.detect.scenario.policy import Scenario

Range = tuple[int, int]  # half-open, in folded text
_BEYOND = 1 << 62


class Reading:
    """What detectors share about one document. All ranges are of the folded text; findings are of the original.

    `scenario`: the kind of disclosure that a person named; without one it is recognised.
    """

    def __init__(
        self,
        document: Document,
        ruleset: Ruleset,
        today: date,
        notices: Sequence[Notice] = (),
        scenario: Scenario | None = None,
    ) -> None:
        self.document = document
        self.scenario = scenario
        self.ruleset = ruleset
        self.today = today
        self.notices = notices  # what the document announces, against what is there
        self.findings: list[Finding] = []  # what the kinds that ran before have found
        self._starts = [segment.start for segment in document.segments]
        # What was asked of a line, a sentence or the whole text once is asked again for every word in it: a page
        # without a line end must not be searched whole for each.
        self._held: dict[tuple[str, Range], bool] = {}
        self._said: dict[tuple[str, Range], bool] = {}
        self._bare: dict[tuple[str, Range], Range] = {}
        self._wordings: dict[Range, Sequence[Lawful]] = {}

    @cached_property
    def folded(self) -> Folded:
        return fold(self.document.text)

    @cached_property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def folded_range(self, start: int, end: int) -> Range:
        """The folded range of a range of the original."""
        return self.folded.folded(start, end)

    @cached_property
    def _words(self) -> Mapping[str, Sequence[Range]]:
        return self.ruleset.lexicon.search(self.text)

    def hits(self, word: str) -> Sequence[Range]:
        """Every place of a word that some rule registered."""
        return self._words.get(word, ())

    def all_hits(self, words: Iterable[str]) -> Iterator[Range]:
        """Every place of each of these words, word by word."""
        for word in words:
            yield from self._words.get(word, ())

    def hits_in(self, word: str, unit: Range) -> Sequence[Range]:
        """The places of a registered word that overlap a range."""
        hits = self.hits(word)
        return hits[bisect_right(hits, (unit[0] - len(word), _BEYOND)) : bisect_left(hits, (unit[1], 0))]

    @cached_property
    def words(self) -> frozenset[str]:
        """All registered words that stand anywhere in the document."""
        return frozenset(self._words)

    @cached_property
    def sentences(self) -> Sequence[Range]:
        return list(sentences(self.text))

    @cached_property
    def lines(self) -> Sequence[Range]:
        return list(lines(self.text))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [start for start, _ in self.lines]

    def sentence_at(self, at: int) -> Range:
        """The sentence that holds folded offset `at` (or the empty range there)."""
        return _unit(self.sentences, self._sentence_starts, at)

    def line_at(self, at: int) -> Range:
        """The line that holds folded offset `at` (or the empty range there)."""
        return _unit(self.lines, self._line_starts, at)

    def line_number(self, at: int) -> int:
        """How many lines that are not empty begin before folded offset `at` or on it, less one."""
        return bisect_right(self._line_starts, at) - 1

    def bare_line(self, at: int, blanks: str) -> Range:
        """The line that holds folded offset `at` without `blanks` at its ends."""
        line = self.line_at(at)
        held = self._bare.get((blanks, line))
        if held is None:
            text = self.text[slice(*line)]
            left = len(text) - len(text.lstrip(blanks))
            held = self._bare[blanks, line] = line[0] + left, line[0] + max(left, len(text.rstrip(blanks)))
        return held

    def holds(self, pattern: str, unit: Range) -> bool:
        """Whether a pattern is found in a unit of the text; asked once."""
        held = self._held.get((pattern, unit))
        if held is None:
            held = self._held[pattern, unit] = found(pattern, self.text, *unit)
        return held

    def says(self, pattern: str, unit: Range) -> bool:
        """Whether a pattern is found in a unit outside the formulas that say nothing of what follows; asked once."""
        said = self._said.get((pattern, unit))
        if said is None:
            said = self._said[pattern, unit] = said_in(pattern, self.text, *unit)
        return said

    @cached_property
    def signed(self) -> date | None:
        """The day on which the document was signed, as it says itself."""
        return signing_date(self.text)

    def segment_at(self, original: int) -> int:
        """Index of the segment in which an original code point lies (the one before, in a separator)."""
        return max(0, bisect_right(self._starts, original) - 1)

    def segment_of(self, at: int) -> Segment:
        """The segment in which folded offset `at` lies."""
        return self.document.segments[self.segment_at(self.folded.original(at, at)[0])]

    def part_of(self, at: int) -> Part:
        return self.segment_of(at).part

    def benign(self, start: int, end: int) -> Benign | None:
        """The lawful wording that covers this folded range, if any."""
        held = covering(self._lawful(start), start, end)
        return None if held is None else held[0]

    def benign_range(self, start: int, end: int) -> Range | None:
        """How much of the text the lawful wording that covers this folded range covers."""
        held = covering(self._lawful(start), start, end)
        return None if held is None else held[1]

    def _lawful(self, start: int) -> Sequence[Lawful]:
        line = self.line_at(start)
        wordings = self._wordings.get(line)
        if wordings is None:
            wordings = self._wordings[line] = lawful(self.ruleset.benign, self.text, line)
        return wordings

    def finding(
        self,
        rule: Rule,
        start: int,
        end: int,
        *,
        type: str | None = None,
        severity: Severity | None = None,
        confidence: float | None = None,
        action: Action | None = None,
        note: str = "",
        group: str | None = None,
        conditional: bool = False,
    ) -> Finding:
        """A finding of `rule` on a folded range; what is not given is the rule's own."""
        at, to = self.folded.original(start, end)
        return self.finding_at(
            rule,
            at,
            to,
            type=type,
            severity=severity,
            confidence=confidence,
            action=action,
            note=note,
            group=group,
            conditional=conditional,
        )

    def finding_at(
        self,
        rule: Rule,
        start: int,
        end: int,
        *,
        type: str | None = None,
        severity: Severity | None = None,
        confidence: float | None = None,
        action: Action | None = None,
        note: str = "",
        group: str | None = None,
        conditional: bool = False,
    ) -> Finding:
        """The same on a range of the original text."""
        return Finding(
            rule=rule,
            type=type or rule.type,
            severity=severity or rule.severity,
            confidence=rule.confidence if confidence is None else confidence,
            action=action or rule.action,
            span=Span(segment=self.segment_at(start), start=start, end=end),
            fingerprint=fingerprint(rule.id, self.document.text, start, end),
            note=note,
            group=group,
            conditional=conditional,
        )


def _unit(units: Sequence[Range], starts: Sequence[int], at: int) -> Range:
    index = bisect_right(starts, at) - 1
    if index >= 0 and at < units[index][1]:
        return units[index]
    return at, at
