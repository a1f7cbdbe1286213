"""The corpus: whole short documents with annotated passages, cut into labelled sentences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.strict import Table
from reviewer.terms import Category
from reviewer.text.fold import fold
from reviewer.text.sentence import sentences

_SHORTEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One document of the corpus. `pair` binds a positive to its lawful twin: they are never parted by a split."""

    id: str
    pair: str
    author: str
    genre: str
    text: str
    labels: tuple[Category, ...]
    spans: tuple[tuple[int, int, Category], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, folded, with the categories of the passages it shares text with."""

    text: str
    labels: frozenset[Category]
    document: str
    pair: str
    author: str


def read_corpus(folder: Path) -> tuple[Text, ...]:
    """All `*.jsonl` of the folder. Raises ConfigurationError naming file and line."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise ConfigurationError(tr(f"{folder}：没有语料（*.jsonl）", f"{folder}: no corpus (*.jsonl)"))
    return tuple(text for path in files for text in _texts(path))


def corpus_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of all corpus files."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def sentences_of(texts: Sequence[Text]) -> tuple[Sentence, ...]:
    """Every sentence long enough to judge. A sentence bears a label when it shares half of itself or of a passage."""
    made = []
    for text in texts:
        folded = fold(text.text)
        for start, end in sentences(folded.text):
            if end - start < _SHORTEST:
                continue
            labels = frozenset(label for at, to, label in text.spans if _shares(folded.original(start, end), (at, to)))
            made.append(
                Sentence(
                    text=folded.text[start:end], labels=labels, document=text.id, pair=text.pair, author=text.author
                )
            )
    return tuple(made)


def documents(sentences: Sequence[Sentence]) -> tuple[range, ...]:
    """Where each document's sentences stand, which stand together."""
    begins = [at for at, one in enumerate(sentences) if not at or one.document != sentences[at - 1].document]
    return tuple(range(first, last) for first, last in zip(begins, [*begins[1:], len(sentences)], strict=True))


def _shares(sentence: tuple[int, int], span: tuple[int, int]) -> bool:
    shared = min(sentence[1], span[1]) - max(sentence[0], span[0])
    return 2 * shared >= min(sentence[1] - sentence[0], span[1] - span[0])


def _texts(path: Path) -> list[Text]:
    made = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            where = tr(f"{path.name} 第 {number} 行", f"{path.name} line {number}")
            try:
                made.append(_text(Table(json.loads(line), where)))
            except ValueError as error:
                raise Table.wrong(where, str(error)) from None
    return made


def _text(table: Table) -> Text:
    text = table.string("text")
    spans = []
    for item in table.items("spans"):
        span = Table(item, table.where)
        found = span.string("text")
        at = text.find(found)
        if at < 0:
            raise span.error(tr("标注的片段不在正文中", "an annotated passage is not in the text"))
        spans.append((at, at + len(found), span.choice("category", Category)))
        span.string("type")
        span.finish()
    made = Text(
        id=table.string("id"),
        pair=table.text("pair") or table.where,
        author=table.string("author"),
        genre=table.string("genre"),
        text=text,
        labels=tuple(Category(label) for label in table.strings("labels")),
        spans=tuple(spans),
    )
    table.string("why")
    table.finish()
    return made
