"""Of whom a fact in running text is told: the name in its sentence, or the one that the sentence goes on from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from reviewer.detect.privacy.genre import NOBODIES, is_entry, is_past, is_public_life, is_supposed, is_work
from reviewer.detect.privacy.people import Name
from reviewer.detect.privacy.pinned import pinned, short_names
from reviewer.detect.privacy.remarks import bearer, opens_remark
from reviewer.detect.privacy.roles import Standing
from reviewer.detect.privacy.society import SUBJECT
from reviewer.detect.privacy.surnames import COMMON
from reviewer.detect.privacy.survey import Survey
from reviewer.detect.reading import Range
from reviewer.text.lazy import lazy

_REACH = 200  # characters back, over line ends too: a chat and a record of talk go on about the same person
_AHEAD, _BEYOND = 120, 380  # what is told of somebody stands so near to the name: the sentence before, those after
_LINES = 90  # characters back within which a line without a name goes on about the name of the line before
_CLAUSE = 24  # characters back to where the clause of a fact begins at the farthest
_BEHIND = 24  # characters after a fact within which its subject may follow
# A fact is told, not only mentioned: somebody has it, got it, was found to have it, was treated for it.
_TOLD = lazy(
    r"患|确诊|诊断|查出|检出|得了?|因|住院|住过|手术|[被系曾致属有是为](?![关效])|史|鉴定|评定|伤|既往|自述|主诉|去世|死|复发|术后|"
    r"晚期|早期|中期|重度|急性|阳性|治|疗|结婚|离|丧|判|吸|服刑|刑|拘|孕|产"
)


_SURNAMES = "".join(sorted(COMMON))
_MASKED = lazy(
    rf"(?:[\u4e00-\u9fff](?:先生|女士|小姐|大爷|大妈|阿姨|奶奶|爷爷)|[{_SURNAMES}]某某?)(?![\u4e00-\u9fff]{{0,2}}[（(])"
)


_VEILED = lazy(rf"{_MASKED.pattern}|[\u4e00-\u9fff][某×*＊]|老[{_SURNAMES}](?![\u4e00-\u9fff]{{0,3}}[（(])")

# A sentence that counts speaks of many, not of one.
_COUNTED = lazy(
    r"[0-9][0-9.,]*\+?[ ]?(?:[%％]|[多余]?万?[多余]?"
    r"(?:户|套|人次|亩|公里|平方|家|所|起|件|对|名)|亿)"
    r"|[一二两三四五六七八九十百]{1,5}(?:趟|例|宗|人次)"
    r"|[一二三四五六七八九十]）|第[一二三四五六七八九十百]+条"
)


class Attribution:
    """Asks the society of a document for the bearer of a fact."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._text = survey.text
        self._public: dict[tuple[Range, Range], bool] = {}
        self._reached: tuple[list[int], list[Range]] | None = None  # for which other places, and the stretches

    def subject(self, start: int, end: int, sentence: Range, *, told: bool) -> Name | None:
        """The private person of whom a fact is told. `told`: its words are a predicate by themselves."""
        remarked = self.remarked(start)
        if remarked is not None:
            return remarked
        if not told and not _TOLD.search(self._text, self._clause(start), min(sentence[1], end + 8)):
            return None
        near = self._private(sentence[0], min(sentence[1], end + _BEHIND))
        if _COUNTED.search(self._text, *sentence):
            near = [name for name in near if name.strong]
        before = [name for name in near if name.start < start or start <= name.start < end]
        if before or near:
            return before[-1] if before else near[0]
        if not self._goes_on(start, sentence, told=told):
            return None
        earlier = self._private(self._opening(sentence[0]), sentence[0])
        return earlier[-1] if earlier else None

    def unnamed(self, start: int, end: int, sentence: Range, *, posted: bool) -> Name | Range | None:
        """Who can be told all the same: by what may be a name, by a short one, or as the only one of a place.

        `posted`: a short name counts only with a post or a place.

        In the sentence; the only one of a place also before it where the sentence goes on about somebody.
        """
        faint = [name for name in self._survey.society.faint_in(sentence[0], start) if self._is_free(name)]
        if faint:
            return faint[-1]
        called = list(short_names(self._text, sentence[0], start, posted=posted))
        if called:
            at, until = called[-1]
            return Name(at, until, self._text[at:until], Standing.NONE, False)
        low = self._opening(sentence[0]) if SUBJECT.search(self._text, *sentence) else sentence[0]
        for opening, stop in ((sentence[0], min(sentence[1], end + _BEHIND)), (low, sentence[0])):
            held = [one for one in pinned(self._text, opening, stop) if one[1] <= start or end <= one[0]]
            if held:
                return held[-1]
        return None

    def remarked(self, start: int) -> Name | None:
        """Of whom a place is a remark, in brackets behind the name or in a list; none who acts for an office."""
        line = self._survey.reading.line_at(start)
        name = bearer(self._text, line, start, self._survey.society.names_in) or self._survey.bearer_of_row(start)
        return None if name is None or name.text in self._officials or is_entry(self._text, line) else name

    def is_public(self, start: int) -> bool:
        """Whether what is told at a place is told in a work of letters, of the past, or of somebody in public life."""
        if is_work(self._text) or self.is_supposed(start):
            return True
        around = self._around(self._survey.reading.line_at(start), start)
        sentence = self._around(self._survey.reading.sentence_at(start), start)
        if (around, sentence) not in self._public:
            self._public[around, sentence] = is_past(self._text, around, sentence) or is_public_life(self._text, around)
        return self._public[around, sentence]

    def is_supposed(self, start: int) -> bool:
        """Whether what is told at a place belongs to an example that somebody made up, and names nobody else."""
        line = self._survey.reading.line_at(start)
        if not is_supposed(self._text, line, start):
            return False
        return all(name.text[:2] in NOBODIES for name in self._survey.society.names_in(*line) if not name.official)

    def _around(self, whole: Range, at: int) -> Range:
        """The part of a line or sentence around a place; of a long one a stretch, the same for every place in it."""
        low = at - at % _REACH
        return max(whole[0], low - _REACH), min(whole[1], low + 2 * _REACH)

    def is_of_masked(self, start: int) -> bool:
        """Whether the clause that tells something names only somebody without a full name: 陈女士的父亲患……"""
        low = max(self._clause(start), start - _CLAUSE)
        masked = _MASKED.search(self._text, low, start)
        return masked is not None and not any(name.start >= low for name in self._private(low, start))

    def tells_of_masked(self, start: int, end: int) -> bool:
        """Whether a sentence speaks of somebody whose name is masked, and of nobody by a full name."""
        return _VEILED.search(self._text, start, end) is not None and not self._private(start, end)

    def is_among_private(self, start: int, end: int) -> bool:
        """Whether a range names a private person by words that say so, and nobody who acts for an office elsewhere."""
        return any(name.text not in self._officials for name in self._survey.society.private_in(start, end))

    def before(self, at: int) -> Name | None:
        """The last private person named in the lines before a place."""
        earlier = self._private(max(self._opening(at), at - _LINES), at)
        return earlier[-1] if earlier else None

    def reaches(self, named: Sequence[int]) -> list[Range]:
        """The stretches near private persons, in order, none touching another; `named`: other places of their names."""
        if self._reached is None or self._reached[0] != named:
            self._reached = list(named), self._merged([*self._bearers[1], *self._unnamed, *named])
        return self._reached[1]

    def _merged(self, places: Iterable[int]) -> list[Range]:
        size = len(self._text)
        merged: list[Range] = []
        for at in sorted(places):
            low, high = max(0, at - _AHEAD), min(size, at + _BEYOND)
            if merged and low <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(merged[-1][1], high)
            else:
                merged.append((low, high))
        return merged

    def _clause(self, at: int) -> int:
        """Where the clause of a place begins."""
        return max(self._text.rfind(mark, max(0, at - _CLAUSE), at) for mark in "，。；：\n") + 1

    def _goes_on(self, start: int, sentence: Range, *, told: bool) -> bool:
        """Whether the sentence speaks of somebody named before: by a pronoun, by kinship, or with no subject at all."""
        return SUBJECT.search(self._text, *sentence) is not None or (told and start - sentence[0] <= 12)

    def _opening(self, at: int) -> int:
        """Up to where the talk of the same person may reach back: not over an empty line."""
        low = max(0, at - _REACH)
        blank = self._text.rfind("\n\n", low, max(low, at - 1))
        return blank + 2 if blank >= 0 else low

    def _private(self, start: int, end: int) -> list[Name]:
        names, starts = self._bearers
        return list(names[bisect_left(starts, start) : bisect_left(starts, end)])

    @cached_property
    def _bearers(self) -> tuple[tuple[Name, ...], list[int]]:
        """Those of whom something may be told, in order, and where they are named."""
        names = tuple(
            name
            for line in self._survey.reading.lines
            for name in self._survey.society.names_in(*line)
            if (name.formed or opens_remark(self._text, name.end))
            and not name.official
            and name.text not in self._officials
            and self._is_free(name)
        )
        return names, [name.start for name in names]

    @cached_property
    def _unnamed(self) -> list[int]:
        """Where somebody is spoken of who can be told without a full name."""
        return [
            at
            for unit in self._survey.reading.sentences
            for at, _ in (*pinned(self._text, *unit), *short_names(self._text, *unit, posted=True))
            if self._survey.cell_at(at) is None
        ]

    def _is_free(self, name: Name) -> bool:
        """Not in a table, whose columns say what is private."""
        return self._survey.cell_at(name.start) is None

    @cached_property
    def _officials(self) -> frozenset[str]:
        """Who acts for an office anywhere in the document."""
        return frozenset(
            name.text
            for line in self._survey.reading.lines
            for name in self._survey.society.names_in(*line)
            if name.official
        )
