"""Labels: passages on which people of an office ruled, for training on its own machine.

A label file is JSON Lines, one passage a line, strict:

    {"schema": "reviewer.label/1", "text": "…", "category": "work_secret", "ruling": "confirmed",
     "rule": "work-secret/classifier", "document": "<sha256 of the file>", "by": "李四"}

`ruling`: "confirmed" makes the passage an example of the category, "false_positive" and "releasable" lawful ones.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewer.errors import ConfigurationError
from reviewer.language import tr
from reviewer.learn.corpus import Text
from reviewer.refusal import cause
from reviewer.strict import Table
from reviewer.terms import Category, Ruling

SCHEMA = "reviewer.label/1"
AUTHOR = "本单位"
"""The author of all labels: an evaluation that leaves it out says how the corpus alone does on the office's own."""

_GENRE = "裁定"
_PRIVATE = 0o600
_LEARNT = frozenset({Category.STATE_SECRET, Category.WORK_SECRET, Category.TRADE_SECRET})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Label:
    """One passage and what a person ruled of it; `document` is the digest of the file it stands in."""

    document: str
    text: str
    category: str
    ruling: str
    rule: str
    by: str

    @property
    def is_positive(self) -> bool:
        return self.ruling == Ruling.CONFIRMED.value


def read_labels(path: Path) -> tuple[Label, ...]:
    """Raises ConfigurationError with file, line and key for anything that is not a label, and for none at all."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise ConfigurationError(tr(f"{path}：打不开：{cause(error)}", f"{path}: {cause(error)}")) from None
    except UnicodeDecodeError:
        raise ConfigurationError(tr(f"{path}：不是 UTF-8", f"{path}: not UTF-8")) from None
    made = tuple(
        _label(line, tr(f"{path.name} 第 {number} 行", f"{path.name} line {number}"))
        for number, line in enumerate(lines, 1)
        if line.strip()
    )
    if not made:
        raise ConfigurationError(tr(f"{path}：没有标注", f"{path}: no labels"))
    return made


def _label(line: str, where: str) -> Label:
    try:
        table = Table(json.loads(line), where)
    except ValueError:
        raise Table.wrong(where, tr("不是合法的 JSON", "not valid JSON")) from None
    if table.string("schema") != SCHEMA:
        raise table.error(tr(f"schema 应为 {SCHEMA}", f"schema must be {SCHEMA}"))
    category = table.choice("category", Category)
    if category not in _LEARNT:
        raise table.error(tr("个人信息不用分类器，不能作标注", "personal data is not the classifier's"))
    made = Label(
        document=table.string("document"),
        text=table.string("text"),
        category=category.value,
        ruling=table.choice("ruling", Ruling).value,
        rule=table.string("rule"),
        by=table.text("by"),
    )
    table.finish()
    return made


def written(label: Label) -> str:
    """A label as its line."""
    content = {
        "schema": SCHEMA,
        "text": label.text,
        "category": label.category,
        "ruling": label.ruling,
        "rule": label.rule,
        "document": label.document,
        "by": label.by,
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def save_labels(path: Path, labels: Iterable[Label]) -> None:
    """Write a new file for its owner's eyes only: it holds what people found to be secret. Raises FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.writelines(written(label) for label in sorted(labels))


def labels_digest(labels: Sequence[Label]) -> str:
    """SHA-256 over what is learnt from them; neither their order nor doubles nor who ruled matters."""
    told = sorted({(one.document, one.text, one.category, one.is_positive) for one in labels})
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def texts_of(labels: Sequence[Label]) -> tuple[Text, ...]:
    """A text of the corpus for each document: its passages, a line each, in an order of their own.

    A passage that somebody confirmed is an example, whatever else was ruled of it.
    """
    documents: dict[str, dict[str, set[Category]]] = {}
    for label in sorted(labels):
        passage = " ".join(label.text.split())
        held = documents.setdefault(label.document, {}).setdefault(passage, set())
        if label.is_positive:
            held.add(Category(label.category))
    return tuple(_text(document, passages) for document, passages in sorted(documents.items()))


def _text(document: str, passages: dict[str, set[Category]]) -> Text:
    spans, at = [], 0
    for passage, categories in passages.items():
        spans += [(at, at + len(passage), category) for category in sorted(categories)]
        at += len(passage) + 1
    name = f"label-{document[:16]}"
    return Text(
        id=name,
        pair=name,
        author=AUTHOR,
        genre=_GENRE,
        text="\n".join(passages),
        labels=tuple(sorted({category for _, _, category in spans})),
        spans=tuple(spans),
    )
