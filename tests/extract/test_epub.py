"""Books: chapters in their order, and what lies beside them."""

from __future__ import annotations

import random

import pytest
from builders_ofd import png, zipped
from test_ofd import mutants

from reviewer.extract import Source, extract
from reviewer.extract.epub import read
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part

MARK = "青石标记七三九一"
CONTAINER = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
NCX = (
    '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
    f"<ncx><navMap><navPoint><navLabel><text>{MARK}</text></navLabel></navPoint></navMap></ncx>"
)


def page(words: str) -> str:
    """A chapter."""
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>题</title></head><body><p>{words}</p></body></html>'
    )


def parts(metadata: str = "", more: str = "", **files: str | bytes) -> dict[str, str | bytes]:
    """A book of two chapters, the second of which stands first in the list."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in ("b", "a")
    )
    spine = '<itemref idref="a"/><itemref idref="b"/>'
    opf = (
        f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata>'
        f"<manifest>{items}{more}</manifest><spine>{spine}</spine></package>"
    )
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": opf,
        "OPS/a.xhtml": page("第一章"),
        "OPS/b.xhtml": page("第二章"),
        **{f"OPS/{name.replace('__', '.')}": content for name, content in files.items()},
    }


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


def test_chapters_come_in_the_order_of_reading() -> None:
    extracted = read(zipped(parts()))
    shown = [s.text for s in extracted.segments if s.part is Part.BODY]
    assert shown == ["第一章", "第二章"]
    assert not extracted.gaps


BESIDE: list[tuple[str, dict[str, str | bytes], list[tuple[str, Part, bool]]]] = [
    ("chapter", parts() | {"OPS/b.xhtml": page(MARK)}, [("第2节!¶1", Part.BODY, False)]),
    ("title", parts(f"<dc:title>{MARK}</dc:title>"), [("属性/标题", Part.PROPERTY, True)]),
    ("meta", parts(f'<meta name="note" content="{MARK}"/>'), [("属性/note", Part.PROPERTY, True)]),
    (
        "page that stands in no order",
        parts(more='<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>', c__xhtml=page(MARK)),
        [("未排入顺序的页面 c.xhtml!¶1", Part.EMBEDDED, True)],
    ),
    (
        "contents that readers show",
        parts(
            more='<item id="n" href="t.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
            t__xhtml=page(MARK),
        ),
        [("目录!¶1", Part.BODY, False)],
    ),
    (
        "contents",
        parts(more='<item id="n" href="t.ncx" media-type="application/x-dtbncx+xml"/>', t__ncx=NCX),
        [("目录", Part.PROPERTY, True)],
    ),
    (
        "words of a style sheet",
        parts(more='<item id="s" href="s.css" media-type="text/css"/>', s__css=f'p:after{{content:"{MARK}"}}'),
        [("s.css", Part.ATTRIBUTE, True)],
    ),
    ("unreferenced text", parts(x__txt=MARK), [("未引用的文件 OPS/x.txt!¶1", Part.EMBEDDED, True)]),
]


@pytest.mark.parametrize(("name", "members", "expected"), BESIDE, ids=[name for name, _, _ in BESIDE])
def test_what_a_book_holds(name: str, members: dict[str, str | bytes], expected: list[tuple[str, Part, bool]]) -> None:
    assert found(read(zipped(members))) == expected


LOCK = (
    "<encryption><EncryptedData><EncryptionMethod Algorithm='{}'/>"
    "<CipherReference URI='OPS/a.xhtml'/></EncryptedData></encryption>"
)
GAPS: list[tuple[str, dict[str, str | bytes], str]] = [
    ("picture", parts(more='<item id="i" href="i.png" media-type="image/png"/>', i__png=png()), "图中可能有文字"),
    ("encrypted", parts() | {"META-INF/encryption.xml": LOCK.format("aes")}, "已加密"),
    ("missing", parts(more='<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>'), "不在书中"),
    ("no list", {"mimetype": "application/epub+zip", "a.xhtml": page("甲")}, "找不到书的目录文件"),
]


@pytest.mark.parametrize(("name", "members", "expected"), GAPS, ids=[name for name, _, _ in GAPS])
def test_what_was_not_read_is_said(name: str, members: dict[str, str | bytes], expected: str) -> None:
    assert expected in "\n".join(gap.reason for gap in read(zipped(members)).gaps)


def test_a_book_without_a_list_is_read_all_the_same() -> None:
    extracted = read(zipped({"mimetype": "application/epub+zip", "a.xhtml": page(MARK)}))
    assert found(extracted) == [("第1节!¶1", Part.BODY, False)]


def test_through_the_front_door() -> None:
    document = extract(Source(path="a", name="a.epub", data=zipped(parts())))
    assert document.media_type == "application/epub+zip"
    assert "第二章" in document.text


def test_damaged_parts_end_in_gaps() -> None:
    chance = random.Random(12)
    for number in range(120):
        members = chance.choice(BESIDE)[1]
        name = chance.choice(sorted(members))
        data = members[name]
        read(zipped({**members, name: mutants(data.encode() if isinstance(data, str) else data, 1, number)[0]}))
