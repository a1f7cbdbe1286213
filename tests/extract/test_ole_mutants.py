"""Damaged old files: whatever is wrong with them, something is read or told, and nothing is raised."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from builders_cfb import Tree, compound
from builders_doc import DELETED, VANISH, Para, Run, Stories, doc, para, picture_at, row, strings, style_sheet
from builders_ppt import Slide, chars, comment, options, ppt, shape, wide
from builders_vba import project

from reviewer.extract.ole import read as read_any
from reviewer.extract.ole.compound import Storage, open_compound
from reviewer.extract.ole.doc import read as read_doc
from reviewer.extract.ole.doc.fib import Table
from reviewer.extract.ole.ppt import read as read_ppt
from reviewer.extract.scribe import Extracted

NATIVE = b"\x2c\0\0\0\x02\0a.txt\0C:\\a.txt\0\0\0\x03\0\x02\0\0\0a\0\x03\0\0\0abc"
DOC = doc(
    *(para("公示", VANISH), *row("甲", "乙"), *row("丙", "丁"), para("删去", DELETED, style=1)),
    Para(runs=(Run(text="\x01", modifiers=picture_at(0)), Run(text='\x13 HYPERLINK "a" \x14链\x15'))),
    stories=Stories(footnotes=((para("注"),),), headers=((para("眉"),),) * 12, boxes=((para("框"),),) * 2),
    tables={
        Table.STYLES: style_sheet(b"", VANISH),
        Table.REVISERS: strings("某人"),
        Table.VARIABLES: strings("a", extra=4),
    },
    data=b"\x50\0\0\0\x44\0\x64\0" + bytes(200),
    streams={"Macros": project(Module1="Sub A()\r\nEnd Sub"), "ObjectPool": {"_1": {"\x01Ole10Native": NATIVE}}},
    fast_saved=True,
)
PPT = ppt(
    Slide(
        shapes=(shape(chars("甲"), look=options((0x0381, wide("乙")))),), more=(comment("丙", "丁"),), outline=("戊",)
    ),
    Slide(notes=(shape(chars("己")),), hidden=True),
    former=(Slide(),),
    masters=(shape(chars("庚")),),
    objects=(compound({"\x01Ole10Native": NATIVE}),),
)
ANY = compound({"\x01Ole10Native": NATIVE, "X": "残留文字在此".encode("utf-16-le"), "VBA": project(M="Sub A()")["VBA"]})


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, or numbers made extreme, or the end cut off."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 4, 40))):
        at = chance.randrange(len(changed))
        changed[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\xff\xff\xff\x7f", chance.randbytes(4)))
    return bytes(changed[: chance.randrange(len(content)) if chance.random() < 0.2 else len(content)])


def mutants(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Damaged files, and sound compound files with one damaged stream; for one seed always the same ones."""
    chance = random.Random(seed)
    tree: Tree = _tree(open_compound(data).root)
    names = [name for name, content in tree.items() if isinstance(content, bytes) and content]
    for number in range(count):
        name = names[number % len(names)]
        content = tree[name]
        assert isinstance(content, bytes)
        yield damaged(data, chance)
        yield compound({**tree, name: damaged(content, chance)})


def _tree(storage: Storage) -> Tree:
    return {s.name: s.data for s in storage.streams} | {s.name: _tree(s) for s in storage.storages}


FILES = [("doc", DOC, read_doc), ("ppt", PPT, read_ppt), ("any", ANY, read_any)]


@pytest.mark.parametrize(("data", "read"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_nothing_is_raised(data: bytes, read: Callable[[bytes], Extracted]) -> None:
    for mutant in mutants(data, 60, seed=20):
        assert isinstance(read(mutant), Extracted)


@pytest.mark.parametrize(("data", "read"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_file_cut_short_is_told(data: bytes, read: Callable[[bytes], Extracted]) -> None:
    for end in range(600, len(data) - 1024, 1024):
        assert read(data[:end]).gaps, end
