"""What a learned scorer takes for something private told of somebody: the clauses of a sentence that say it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

from reviewer.detect.features import buckets
from reviewer.detect.numbers import Found
from reviewer.detect.persons import Persons, veiled
from reviewer.detect.privacy.rereading import NUMBERED, clauses_of, reread
from reviewer.detect.reading import Range, Reading
from reviewer.terms import Part
from reviewer.text.lazy import lazy

_SHORTEST, _LONGEST = 6, 300  # characters with something to say; a longer run without a full stop is a list
# What is to be done with anybody: 新生儿应在十二小时内接种
_INSTRUCTION = lazy(
    r"应当|应[在于由及]|须[在于由及]|必须|(?<![停少离动见碰急舍由容怪顾记认使吃干做受说])不得(?!不)"
    r"|可到[^，。]{2,12}(?:办理|领取|申请|就诊|接种)"
)
_LEAST = 5  # ideographs of a run of clauses beside the names in it
_HAN = lazy(r"[\u4e00-\u9fff]")
# What every list of relief shows: a place, a headcount, a sum, the kind of aid. None of it is told of anybody.
_SHOWN = lazy(
    r"[\u4e00-\u9fff]{1,6}(?:村|社区|镇|乡|组|小学|中学|初中|高中|幼儿园)(?![\u4e00-\u9fff])|[0-9]{1,3}[人户口亩]|[0-9][0-9,.]{0,9}万?元(?:/[月年人])?"
    r"|备注|[\u4e00-\u9fff]{0,4}(?:电话|手机号?|号码|微信号?)|(?:支出|急难)型|(?:集中|分散)供养|(?:供养|保障)人数|月?(?:供养|保障)金|(?:产业|公益)?补[贴助]"
)
# A form's choices, none of them taken: □未婚 □已婚 □离异
_CHOICES = lazy(r"[□☐][^□☐☑☒■●√✓]{1,24}[□☐][^☑☒■●√✓]{0,200}\Z")
_MARKS = "，,、：: \t”’」。；;！!？?"
_SHARE = 0.5  # of the best clause's score that another clause must reach to be told with it
# A sentence that tells it surely is told with all its clauses; a long one without those that speak clearly against it.
_WHOLE, _AGAINST = 60, -2.0
_ALONE = 0.0  # what a clause of such a sentence must score to be told without those beside it
# A phrase that a rule finds is dropped below this: the higher, the more is right of what is told. On authors left out
# 199 of 5,292 lawful texts are raised and 4,180 of 4,484 others found with 0.3 (0.16); with 0.24 (0.12) 206 and 4,184,
# with 0.36 (0.2) 193 and 4,175. The rules' own examples allow all three.
_HARDLY, _HARDLY_SELDOM = 0.3, 0.16
# A sentence from here on tells something even of somebody whose name nobody recognises: a nickname, a kinship. On
# authors left out 4,197 of 4,484 texts that tell something are found and 206 of 5,292 lawful ones raised with 0.65,
# 4,180 and 199 with 0.7.
_PLAIN = 0.65
_CERTAIN = 0.8  # from here on a sentence is told with all its clauses
_DESPITE_PRAISE = 0.82  # from here on it tells it even in a text that praises somebody for what was overcome
_LIKELY = 0.2  # from here on it may be told of somebody without a full name who can be told all the same
_UNNAMED = 0.55  # from here on a sentence is taken for one that goes on about somebody named before
_LISTED = 0.65  # from here on a line that does not end as a sentence does is taken for one
_ENDS = "。！？!?；;”’」』）)"
_CONTENT = frozenset(Part) - {Part.PROPERTY, Part.FILE_NAME, Part.SCRIPT, Part.ATTRIBUTE, Part.FIELD_CODE, Part.FORMULA}

Veil = Sequence[tuple[int, int, bool]]  # names in order: start, end, whether official


class Hearsay:
    """The sentences of one document under the scorer's eyes. Without a scorer nothing is told and nothing doubted."""

    def __init__(self, reading: Reading, veil: Veil, persons: Persons | None) -> None:
        self._reading, self._veil, self._persons = reading, veil, persons
        self._starts = [start for start, _, _ in veil]
        self._chances: dict[Range, float] = {}
        if persons is not None:
            units = [unit for unit in reading.sentences if _is_read(reading, unit)]
            chances = persons.chances([self._veiled(start, end) for start, end in units])
            self._chances = dict(zip(units, chances, strict=True))

    def chance_at(self, at: int) -> float | None:
        """The probability that the sentence of a place tells something private; None where it was not scored."""
        return self._chances.get(self._reading.sentence_at(at))

    def is_doubted(self, at: int, *, seldom: bool = False) -> bool:
        """Whether the scorer all but excludes that the sentence of a place tells something private.

        `seldom`: of a matter that few texts tell, so that the scorer must be surer.
        """
        chance = self.chance_at(at)
        return chance is not None and chance < (_HARDLY_SELDOM if seldom else _HARDLY)

    def is_plain(self, at: int) -> bool:
        """Whether the sentence of a place tells it so surely that it need not name anybody, and is no instruction."""
        chance = self.chance_at(at)
        if chance is None or chance < _PLAIN:
            return False
        return _INSTRUCTION.search(self._reading.text[slice(*self._reading.sentence_at(at))]) is None

    def is_likely(self, at: int) -> bool:
        """Whether the sentence of a place tells it likely enough to believe it of somebody without a full name."""
        chance = self.chance_at(at)
        return chance is not None and chance >= _LIKELY

    def is_certain(self, at: int) -> bool:
        """Whether the sentence of a place tells it so surely that no praise around it explains it."""
        chance = self.chance_at(at)
        return chance is not None and chance >= _DESPITE_PRAISE

    @property
    def chances(self) -> Collection[float]:
        """The probabilities of all sentences that were scored."""
        return self._chances.values()

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """The likeliest clauses of every sentence at or above the threshold, with the sentence's probability."""
        return tuple(self._find())

    def _find(self) -> Iterator[Found]:
        if self._persons is not None:
            for (start, end), chance in self._chances.items():
                numbered = NUMBERED.search(self._reading.text[start:end]) is not None
                if chance >= (_LISTED if numbered else self._least(start, end, self._persons)):
                    for low, high in self._clauses(start, end, self._persons, chance):
                        if len(_HAN.findall(_SHOWN.sub("", self._veiled(low, high)))) >= _LEAST:
                            yield Found(low, high, chance)

    def again(self, is_free: Callable[[int, int], bool]) -> Iterator[Found]:
        """Runs of clauses that a second look tells, in a document in which something private was found.

        `is_free`: whether a place may be told; one that may not parts a run.
        """
        if self._persons is None:
            return
        rereader = self._persons.again
        run: list[tuple[int, int, float]] = []
        clauses = list(reread(self._reading.text, list(self._chances.items()), self._look, self._is_named))
        for clause, chance in zip(clauses, rereader.chances(clauses), strict=True):
            told = (
                chance >= rereader.threshold
                and self._says(clause.start, clause.end)
                and is_free(clause.start, clause.end)
            )
            if run and not (told and clause.start == run[-1][1]):
                yield self._run(run)
                run = []
            if told:
                run.append((clause.start, clause.end, chance))
        if run:
            yield self._run(run)

    def _says(self, start: int, end: int) -> bool:
        """Whether there is more than a label: 儿子电话"""
        return _HAN.search(_SHOWN.sub("", self._reading.text[start:end])) is not None

    def _run(self, run: Sequence[tuple[int, int, float]]) -> Found:
        start, end = _bare(self._reading.text, (run[0][0], run[-1][1]))
        return Found(start, end, max(chance for _, _, chance in run))

    def score(self, start: int, end: int) -> float:
        """How much a stretch speaks for something private, by itself. Only with a scorer."""
        return self._look(start, end)[0]

    def _look(self, start: int, end: int) -> tuple[float, frozenset[int]]:
        """The same, and the buckets of its words."""
        assert self._persons is not None, "without a scorer nothing is scored"
        found = buckets(self._veiled(start, end))
        return self._persons.told.score_of(found), found

    def _is_named(self, start: int, end: int) -> bool:
        return bool(self._names_in(start, end))

    def _names_in(self, start: int, end: int) -> Veil:
        return self._veil[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _veiled(self, start: int, end: int) -> str:
        return veiled(self._reading.text, start, end, self._names_in(start, end))

    def _least(self, start: int, end: int, persons: Persons) -> float:
        """The probability from which a sentence is told: a lower one where it is a sentence and names somebody."""
        if self._reading.text[end - 1] not in _ENDS:
            return _LISTED
        named = bool(self._names_in(start, end))
        return persons.told.threshold if named else max(persons.told.threshold, _UNNAMED)

    def _clauses(self, start: int, end: int, persons: Persons, chance: float) -> Iterator[Range]:
        """Runs of clauses that say most of it, the longer first: where one is refused, a shorter one may not be."""
        text = self._reading.text
        clauses = [(low, high) for low, high in clauses_of(text, start, end) if not NUMBERED.search(text[low:high])]
        if not clauses:
            return
        scores = [self.score(low, high) for low, high in clauses]
        least = max(scores) * _SHARE if max(scores) > 0 else max(scores)
        scored = list(zip(clauses, scores, strict=True))
        if chance >= _CERTAIN:
            lower = min(least, _AGAINST if end - start > _WHOLE else min(scores))
            yield from _runs(text, scored, lower)
            yield from _runs(text, scored, least)
            yield from (_bare(text, clause) for clause, score in scored if score >= max(lower, _ALONE))
        else:
            yield from _runs(text, scored, least)


def _runs(text: str, scored: Sequence[tuple[Range, float]], least: float) -> Iterator[Range]:
    """Clauses that stand together and score so much, each run as one range."""
    run: Range | None = None
    for (first, last), score in scored:
        if score >= least:
            run = (run[0] if run else first), last
        elif run:
            yield _bare(text, run)
            run = None
    if run:
        yield _bare(text, run)


def _is_read(reading: Reading, unit: Range) -> bool:
    start, end = unit
    return (
        _SHORTEST <= end - start <= _LONGEST
        and reading.part_of(start) in _CONTENT
        and _CHOICES.search(reading.text, start, end) is None
        and _HAN.search(reading.text, start, end) is not None
    )


def _bare(text: str, run: Range) -> Range:
    """Without the marks at its end."""
    return run[0], run[0] + max(1, len(text[slice(*run)].rstrip(_MARKS)))
