"""The zip and its parts: nothing is passed over, nothing unsafe is opened, every refusal says why."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from types import ModuleType

import pytest
from builders_ooxml import (
    Extra,
    Relation,
    docx,
    docx_parts,
    ordinary_docx,
    ordinary_pptx,
    ordinary_xlsx,
    pack,
    pack_pairs,
    paragraph,
    relations_part,
    run,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.extract import docx as docx_reader
from reviewer.extract import pptx, xlsx
from reviewer.extract.docx import read
from reviewer.extract.ooxml import Package
from reviewer.extract.package import zip as office_zip
from reviewer.extract.package.xml import UnreadableError, parse, stream
from reviewer.extract.scribe import Scribe
from reviewer.extract.telling import telling
from reviewer.language import use_language
from reviewer.terms import Part

PARTS = docx_parts(paragraph(run("公示")))
MARK = "青石标记七三九一"


def reasons(data: bytes) -> str:
    """All reasons of all gaps."""
    return " ".join(f"{gap.place} {gap.reason}" for gap in read(data).gaps)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "不是 zip"),
        (b"hello", "不是 zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版"),
        (docx(paragraph(run("公示")))[:-100], "不完整"),
        (pack({"a.txt": "x"}), "找不到正文部件"),
    ],
)
def test_a_file_that_does_not_open_is_a_gap(data: bytes, word: str) -> None:
    extracted = read(data)
    assert word in extracted.gaps[0].reason
    assert extracted.gaps[0].place == "文件"


def test_an_encrypted_member_is_a_gap() -> None:
    data = bytearray(pack(PARTS | {"word/odd.xml": f"<x>{MARK}</x>"}))
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        offset = archive.getinfo("word/odd.xml").header_offset
    name = data.rfind(b"word/odd.xml")
    data[offset + 6] |= 1
    data[name - 46 + 8] |= 1
    assert "word/odd.xml 成员已加密" in reasons(bytes(data))


def test_a_wrong_checksum_is_a_gap() -> None:
    data = pack(PARTS | {"word/odd.xml": f"<x>{MARK}</x>"}, stored=True)
    assert "word/odd.xml 成员已损坏" in reasons(data.replace(MARK.encode(), MARK[::-1].encode()))


def test_a_damaged_main_part_is_a_gap_and_the_rest_is_read() -> None:
    data = pack(PARTS | {"word/document.xml": "<w:document", "customXml/item1.xml": f"<x>{MARK}</x>"})
    extracted = read(data)
    assert [gap.place for gap in extracted.gaps] == ["word/document.xml"]
    assert [segment.text for segment in extracted.segments] == [MARK]


def test_twin_members_are_both_read() -> None:
    members = [*PARTS.items(), ("word/document.xml", str(PARTS["word/document.xml"]).replace("公示", MARK))]
    with pytest.warns(UserWarning, match="Duplicate"):
        data = pack_pairs(members)
    extracted = read(data)
    assert {(s.text, s.hidden) for s in extracted.segments} == {("公示", True), (MARK, False)}
    assert "同名部件" in reasons(data)


def test_bytes_between_members_are_a_gap() -> None:
    data = pack(PARTS)
    start = data.find(b"PK\x01\x02")
    slack = MARK.encode() * 3
    end = data.rfind(b"PK\x05\x06")
    tail = bytearray(data[start:])
    tail[end - start + 16 : end - start + 20] = struct.pack("<I", start + len(slack))
    assert "不属于任何部件" in reasons(data[:start] + slack + bytes(tail))


@pytest.mark.parametrize("odd", [MARK.encode() + pack(PARTS), pack(PARTS) + MARK.encode()], ids=["before", "behind"])
def test_bytes_around_the_zip_are_a_gap(odd: bytes) -> None:
    extracted = read(odd)
    assert [segment.text for segment in extracted.segments] == ["公示"]
    assert "不属于任何部件" in extracted.gaps[0].reason


def test_overlapping_members_are_a_gap() -> None:
    data = bytearray(pack(PARTS))
    first, second = data.find(b"PK\x01\x02"), data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert "重叠" in reasons(bytes(data))


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("RATIO_FLOOR_BYTES", 100_000, "压缩比异常"),
        ("MAX_MEMBER_BYTES", 200_000, "256 MB"),
        ("MAX_TOTAL_BYTES", 1_000, "512 MB"),
        ("MAX_MEMBERS", 2, "超过 2 个"),
    ],
)
def test_a_limit_is_a_gap(monkeypatch: pytest.MonkeyPatch, name: str, value: int, word: str) -> None:
    monkeypatch.setattr(office_zip, name, value)
    assert word in reasons(pack(PARTS | {"word/odd.xml": f"<x>{'a' * 300_000}</x>"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_never_parsed(encoding: str) -> None:
    xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode(encoding)
    with pytest.raises(UnreadableError, match="DOCTYPE"):
        parse(xml)
    with pytest.raises(UnreadableError, match="DOCTYPE"):
        list(stream(xml, "x"))


def test_a_doctype_behind_a_long_comment_is_found() -> None:
    with pytest.raises(UnreadableError, match="DOCTYPE"):
        parse(f"<!--{'a' * 70_000}--><!DOCTYPE x><x/>".encode())


def test_reasons_do_not_quote_the_document() -> None:
    with pytest.raises(UnreadableError) as caught:
        parse(f"<甲><{MARK}></甲>".encode())
    assert MARK not in str(caught.value)


def test_reasons_speak_english_when_asked() -> None:
    use_language("en")
    reason = read(b"").gaps[0].reason
    use_language("zh")
    assert reason.startswith("not an Office document")


def test_nothing_is_fetched_but_everything_external_is_told() -> None:
    relation = Relation(id="x", kind="subDocument", target="http://example.test/b.docx", external=True)
    extracted = read(docx(paragraph(run("公示")), relations=[relation]))
    assert ("document.xml/subDocument", relation.target) in [(s.place, s.text) for s in extracted.segments]


def test_embedding_ends_after_five_levels() -> None:
    data = docx(paragraph(run("第0层")))
    for level in range(1, 8):
        data = pack(docx_parts(paragraph(run(f"第{level}层"))) | {"word/embeddings/inner.docx": data})
    extracted = read(data)
    assert [s.text for s in extracted.segments] == [f"第{level}层" for level in (7, 6, 5, 4, 3, 2)]
    assert extracted.segments[-1].place == "嵌入对象1!" * 5 + "¶1"
    assert len(extracted.gaps) == 1


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        (docx_reader, ordinary_docx("公示", table=[["甲"]])),
        (xlsx, ordinary_xlsx([["甲"]])),
        (pptx, ordinary_pptx("公示")),
    ],
    ids=["docx", "xlsx", "pptx"],
)
def test_every_member_is_accounted_for(reader: ModuleType, data: bytes) -> None:
    """Each member, replaced by bytes that cannot be read, is missed: no member is passed over unseen."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        broken = reader.read(pack(parts | {name: b"\0damaged"}))
        silent = name.endswith((".bin", ".jpeg", "_rels/.rels"))
        assert broken.gaps or silent, name


@pytest.mark.parametrize(
    "name",
    [
        "a.xml",
        "word/a.xml",
        "word/theme/a.xml",
        "docProps/b.xml",
        "word/styles2.xml",
        "x/_rels/y.rels",
        "word/a.svg",
        "a.txt",
    ],
)
def test_a_planted_member_is_never_lost(name: str) -> None:
    extracted = read(pack(PARTS | {name: f"<a>{MARK}</a>"}))
    assert MARK in extracted.text or extracted.gaps


@pytest.mark.parametrize(
    "kind", ["styles", "theme", "settings", "numbering", "people", "comments", "footnotes", "header"]
)
def test_text_planted_in_a_known_part_is_never_lost(kind: str) -> None:
    planted = Extra(name=f"{kind}9.xml", content=f"<x><y>{MARK}</y></x>", kind=kind)
    extracted = read(docx(paragraph(run("公示")), extras=[planted]))
    assert [(s.place, s.hidden) for s in extracted.segments if s.text == MARK] == [(f"word/{kind}9.xml y", True)]


@pytest.mark.parametrize(
    ("reader", "data"),
    [(docx_reader, ordinary_docx(MARK)), (xlsx, ordinary_xlsx([[MARK]])), (pptx, ordinary_pptx(MARK))],
    ids=["docx", "xlsx", "pptx"],
)
def test_text_is_told_once(reader: ModuleType, data: bytes) -> None:
    assert [s.hidden for s in reader.read(data).segments if s.text == MARK] == [False]


def test_long_numbers_in_attributes_are_told_once() -> None:
    body = (
        paragraph(run("公示")) + '<w:odd w:a="13800138000" w:b="7391739" w:c="13800138000" w:d="0.78740157499999996"/>'
    )
    extracted = read(docx(body))
    told = [(s.place, s.text) for s in extracted.segments if s.part is Part.ATTRIBUTE]
    assert told == [("word/document.xml odd", "13800138000")]


def test_properties_are_text_and_counts_are_not() -> None:
    core = f"<c><creator>{MARK}</creator><revision>12</revision><created>2026-01-01T00:00:00Z</created><title/></c>"
    app = f"<p><Company>{MARK}</Company><Pages>3</Pages><TitlesOfParts><v><s>甲</s></v></TitlesOfParts>"
    app += "<HeadingPairs><v><s>工作表</s><i4>1</i4><s>甲乙7391739</s></v></HeadingPairs></p>"
    values = (
        ("密级", f"<lpwstr>{MARK}</lpwstr>"),
        ("n", "<i4>3</i4>"),
        ("m", "<i8>7391739</i8>"),
        ("d", "<date>2026</date>"),
    )
    entries = "".join(f'<property name="{name}">{value}</property>' for name, value in values)
    custom = f"<p>{entries}</p>"
    kinds = {"core": core, "extended": app, "custom": custom}
    parts = {f"docProps/{kind}.xml": content for kind, content in kinds.items()}
    relations = [Relation(id=k, kind=f"{k}-properties", target=f"docProps/{k}.xml") for k in kinds]
    main = Relation(id="m", kind="officeDocument", target="word/document.xml")
    extracted = read(pack(PARTS | parts | {"_rels/.rels": relations_part([main, *relations])}))
    assert [(s.place, s.text) for s in extracted.segments if "/" in s.place] == [
        ("core.xml/creator", MARK),
        ("extended.xml/Company", MARK),
        ("extended.xml/TitlesOfParts", "甲"),
        ("extended.xml/HeadingPairs", "甲乙7391739"),
        ("custom.xml/name", "密级"),
        ("custom.xml/密级", MARK),
        ("custom.xml/m", "7391739"),
    ]


@pytest.mark.parametrize(
    ("text", "told"), [("甲", True), ("1234567", True), ("a@b.cn", True), ("Normal", False), ("123456", False)]
)
def test_telling(text: str, told: bool) -> None:
    assert telling(text) is told


def test_part_names_ignore_case_and_slashes() -> None:
    parts = {name.replace("word/document.xml", "Word\\Document.XML"): content for name, content in PARTS.items()}
    assert [segment.text for segment in read(pack(parts)).segments] == ["公示"]


def test_relations_are_resolved() -> None:
    relations = [
        Relation(id="a", kind="x", target="/word/a%20b.xml#here"),
        Relation(id="b", kind="x", target="../c/./d.xml"),
    ]
    package = Package.open(docx("", relations=relations), Scribe())
    assert package is not None
    assert [relation.target for relation in package.relations("word/document.xml")] == ["word/a b.xml", "c/d.xml"]


@settings(max_examples=60, deadline=None)
@given(position=st.integers(0, 10**6), value=st.integers(0, 255), cut=st.integers(0, 10**6))
def test_flipped_and_cut_files_never_raise(position: int, value: int, cut: int) -> None:
    data = bytearray(docx(paragraph(run("公示")) * 3))
    data[position % len(data)] = value
    extracted = read(bytes(data[: len(data) - (cut % len(data) if cut % 3 == 0 else 0)]))
    assert extracted.gaps or "公示" in extracted.text


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.sampled_from([run("公示"), "<w:r/>", "<w:tab/>", '<w:fldChar w:fldCharType="end"/>', "<w:pPr/>"]),
        lambda inner: st.builds(
            lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>",
            st.sampled_from(
                ["p", "tbl", "tr", "tc", "r", "sdt", "sdtContent", "ins", "del", "hyperlink", "drawing", "ruby"]
            ),
            st.lists(inner, max_size=4),
        ),
        max_leaves=20,
    )
)
def test_any_order_of_elements_is_read_without_loss(body: str) -> None:
    extracted = read(docx(body))
    if "公示" in body:
        assert "公示" in extracted.text or extracted.gaps
