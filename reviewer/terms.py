"""The trade's nouns: frozen values that every floor speaks of; knows nothing of the rest of the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, StrEnum
from functools import total_ordering

from reviewer.value import dataclass


class Category(StrEnum):
    """What kind of protected matter a rule looks for."""

    STATE_SECRET = "state_secret"
    WORK_SECRET = "work_secret"
    TRADE_SECRET = "trade_secret"
    PERSONAL_PRIVACY = "personal_privacy"


@total_ordering
class _Ordered(Enum):
    """An enumeration ordered as it is written, so that `max` combines its members."""

    def __lt__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        members = list(type(self))
        return members.index(self) < members.index(other)

    def __str__(self) -> str:
        return str(self.value)


class Decision(_Ordered):
    """What the machine advises for a document; `max` combines two of them."""

    CLEAR = "clear"
    REDACT = "redact"
    REFER = "refer"
    BLOCK = "block"


class Severity(_Ordered):
    """How grave a finding is if it is true."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Action(_Ordered):
    """What a finding asks for. `NOTE` is information; every other keeps the document from being clear."""

    NOTE = "note"
    MASK = "mask"
    REMOVE = "remove"
    REFER = "refer"
    BLOCK = "block"


class DetectorKind(StrEnum):
    """Which kind of evidence a finding rests on (contract: `detector`)."""

    MARK = "mark"
    KEYWORD = "keyword"
    PATTERN = "pattern"
    IDENTIFIER = "identifier"
    TABLE = "table"
    CONCEPT = "concept"
    CLASSIFIER = "classifier"
    CONCEALED = "concealed"
    METADATA = "metadata"
    AGGREGATE = "aggregate"


class Part(StrEnum):
    """Which part of a document a segment stands in."""

    BODY = "body"
    TABLE = "table"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    TEXT_BOX = "text_box"
    COMMENT = "comment"
    INSERTION = "insertion"
    DELETION = "deletion"
    FIELD_CODE = "field_code"
    ALT_TEXT = "alt_text"
    NOTES = "notes"
    ANNOTATION = "annotation"
    FORM_VALUE = "form_value"
    DEFINED_NAME = "defined_name"
    FORMULA = "formula"
    PROPERTY = "property"
    ATTRIBUTE = "attribute"
    SCRIPT = "script"
    EMBEDDED = "embedded"
    FILE_NAME = "file_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where a segment stands in a table: table ordinal in the document, row and column from 0."""

    table: int
    row: int
    column: int
    sheet: str | None = None
    ref: str | None = None  # spreadsheet reference, "B4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of text with a place a person can find: a line, a paragraph, a cell, a property.

    `start` is the code point of `Document.text` at which `text` stands, exactly as extracted.
    `line` is the line of a text source, from 1. `hidden`: an ordinary reader does not see it.
    """

    place: str
    text: str
    start: int
    part: Part = Part.BODY
    hidden: bool = False
    page: int | None = None
    line: int | None = None
    cell: Cell | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A part of a document that could not be read, and why. Never a log line."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A document of its own within another one (in an archive, with a mail): where its text stands in the whole's.

    `start` and `end` are code points of `Document.text`; members nest, or follow one another.
    """

    name: str
    media_type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A draft as it was read: its exact bytes by digest, its text in segments, and what was not read.

    `text` holds every segment at its `start`; between segments stand the separators the reader chose
    (for a text file, the line ends as found, so that `text` is the decoded file itself). What one member says
    is no context for another: each is judged by itself.
    """

    path: str
    name: str
    media_type: str
    sha256: str
    sm3: str
    size_bytes: int
    text: str
    segments: tuple[Segment, ...]
    gaps: tuple[Gap, ...] = ()
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open code points of `Document.text` as extracted, and the segment in which they begin.

    A number that wraps over a line end runs past the end of its first segment.
    """

    segment: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A short text by which a rule proves itself. `⟦…⟧` in a hit encloses what must be matched.

    `body`: the visible text of the document in which a property stands; `beside`: files presented with it;
    `media_type`: that of the document.
    """

    text: str
    part: Part = Part.BODY
    hidden: bool = False
    name: str = "样例.txt"
    body: str = ""
    beside: tuple[str, ...] = ()
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing to look for, why, on what legal basis and what to do; `match` is its kind's own typed part."""

    id: str
    kind: DetectorKind
    title: str
    title_en: str
    category: Category
    type: str
    severity: Severity
    action: Action
    confidence: float
    basis: tuple[str, ...]
    remedy: str
    remedy_en: str
    since: str
    hits: Sequence[Specimen]
    misses: Sequence[Specimen]
    match: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A suspicion: this rule, here, this sure, for this reason. It never learns that it was set aside."""

    rule: Rule
    type: str
    severity: Severity
    confidence: float
    action: Action
    span: Span
    fingerprint: str
    note: str = ""  # what a reader must know beyond the rule: which column, how many, which evidence
    group: str | None = None  # occurrences that a person reads as one: a column's cells
    discreet: bool = False  # not even an outline of the text may be shown
    conditional: bool = False  # it may stay when what stands beside it has gone

    @property
    def category(self) -> Category:
        return self.rule.category


class Ruling(StrEnum):
    """A person's word on one finding."""

    CONFIRMED = "confirmed"
    FALSE_POSITIVE = "false_positive"
    RELEASABLE = "releasable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """A person's ruling on a finding, with the reason, and the day (ISO) on which it lapses.

    `second`: who agreed, where one person's word is not enough. `seal` and `salt`: what binds the ruling to exactly the
    words it was made on (`reviewer.judge.sealing`); empty for a ruling of the approval chain, which holds for one case.
    """

    fingerprint: str
    ruling: Ruling
    by: str
    reason: str
    until: str
    second: str = ""
    seal: str = ""
    salt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A finding that the verdict leaves out, and by whose ruling."""

    finding: Finding
    disposition: Disposition


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What judged: the program's version and the digests of rules, model and policy (`sha256:…`)."""

    version: str
    rules: str
    model: str
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The machine's advice on one document of exact bytes."""

    decision: Decision
    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...]
    gaps: tuple[Gap, ...]
    document: str  # "sha256:…" of the bytes judged
    engine: Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The kind of disclosure that a draft was judged as, recognised or named by a person, and what it may show."""

    id: str
    title: str
    recognised: bool
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What leaves the pipeline: a document and the verdict on it.

    `mentions` counts the words of secrecy that stand outside of every finding.
    """

    document: Document
    verdict: Verdict
    mentions: Mapping[str, int]
    scenario: Occasion | None = None
