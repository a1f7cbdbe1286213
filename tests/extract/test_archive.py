"""Archives: every member read, in a child of its own at the top and in place when nested in a document."""

from __future__ import annotations

import bz2
import io
import lzma
import random
import stat
import zipfile
from pathlib import Path

import pytest
from builders_archive import gzipped, linked, rar_stored, tarred, zipped, zipped_raw_names
from builders_ooxml import docx, paragraph, run

from reviewer.extract import Source, Stored, archive, extract, load
from reviewer.extract.archive import contents, tool, unpacking
from reviewer.extract.limits import Limits
from reviewer.extract.scribe import Extracted
from reviewer.terms import Document, Part

WORDS = "张三、李四、王五三户，经公示无异议"
LIST = {"附件/名单.txt": WORDS.encode("gb18030")}
NOTE = WORDS.encode()


def read(data: bytes, name: str = "材料.zip", limits: Limits | None = None) -> Document:
    return extract(Source(path=name, name=name, data=data), *((limits,) if limits else ()))


def texts(document: Document | Extracted, part: Part = Part.BODY) -> list[str]:
    return [segment.text for segment in document.segments if segment.part is part]


def gaps(document: Document | Extracted) -> str:
    return "\n".join(f"{gap.place}：{gap.reason}" for gap in document.gaps)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(zipped(LIST), id="zip"),
        pytest.param(zipped(LIST, compression=zipfile.ZIP_BZIP2), id="zip by bzip2"),
        pytest.param(zipped(LIST, compression=zipfile.ZIP_LZMA), id="zip by lzma"),
        pytest.param(tarred(LIST), id="tar"),
        pytest.param(gzipped(tarred(LIST)), id="tar.gz"),
        pytest.param(bz2.compress(tarred(LIST)), id="tar.bz2"),
        pytest.param(lzma.compress(tarred(LIST)), id="tar.xz"),
        pytest.param(zipped({"内层.zip": zipped(LIST)}), id="zip in zip"),
        pytest.param(gzipped(zipped(LIST)), id="zip in gz"),
    ],
)
@pytest.mark.parametrize("route", ["top", "nested"])
def test_a_member_is_read_where_it_stands(data: bytes, route: str) -> None:
    document = read(data) if route == "top" else archive.read(data)
    (segment,) = (segment for segment in document.segments if segment.text == WORDS)
    assert segment.place.endswith("附件/名单.txt!¶1")
    assert not segment.hidden
    assert document.text[segment.start : segment.end] == WORDS
    assert gaps(document) == ""


def test_the_child_may_be_spawned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "may_fork", lambda: False)
    assert texts(read(zipped(LIST))) == [WORDS]


@pytest.mark.parametrize(
    ("data", "names"),
    [
        pytest.param(zipped({"名单.txt": NOTE}), ["名单.txt"], id="utf-8"),
        pytest.param(zipped_raw_names({"审计名单.txt".encode("gbk"): NOTE}), ["审计名单.txt"], id="gbk"),
        pytest.param(zipped_raw_names({"公示名單.txt".encode("big5"): NOTE}), ["公示名單.txt"], id="big5"),
        pytest.param(zipped_raw_names({"名单公示.txt".encode(): NOTE}), ["名单公示.txt"], id="utf-8 without its flag"),
        pytest.param(
            zipped_raw_names({"审计名单.txt".encode("gbk"): NOTE}, flagged=True), ["审计名单.txt"], id="false flag"
        ),
        pytest.param(tarred({"审计名单.txt": NOTE}, encoding="gbk"), ["审计名单.txt"], id="tar in gbk"),
        pytest.param(gzipped(NOTE, name="审计名单.txt".encode("gbk")), ["审计名单.txt"], id="gzip header"),
        pytest.param(gzipped(NOTE), ["材料.txt"], id="gzip without a name"),
        pytest.param(rar_stored({"list.txt": NOTE}), ["list.txt"], id="rar"),
    ],
)
def test_names_are_text(data: bytes, names: list[str]) -> None:
    document = read(data, "材料.txt.gz")
    assert texts(document, Part.FILE_NAME)[:-1] == names
    assert texts(document) == [WORDS]
    assert gaps(document) == ""


@pytest.mark.parametrize(
    ("data", "place", "text"),
    [
        (zipped(LIST, comment="内部材料".encode("gbk")), "压缩包注释", "内部材料"),
        (gzipped(NOTE, comment="内部材料".encode("gbk")), "压缩包注释", "内部材料"),
        (gzipped(NOTE, comment="内部材料".encode("gbk"), extra=bytes(4)), "压缩包注释", "内部材料"),
        (gzipped(NOTE, extra="名单 430101190402030077".encode()), "压缩包附加字段", "XX 名单 430101190402030077"),
        (tarred(LIST, owner="zhangsan"), "文件属主", "zhangsan"),
        (linked("a.txt", "/home/zhangsan/名单.xlsx"), "a.txt 链接目标", "/home/zhangsan/名单.xlsx"),
        (zipped({"张三家庭/": b""}), "文件夹名", "张三家庭/"),
    ],
)
def test_what_an_archive_says_beside_its_files(data: bytes, place: str, text: str) -> None:
    (segment,) = (segment for segment in read(data).segments if segment.place == place)
    assert (segment.text, segment.hidden, segment.part) == (text, True, Part.PROPERTY)


def encrypted(data: bytes) -> bytes:
    changed = bytearray(data)
    for signature, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        changed[changed.find(signature) + at] |= 1
    return bytes(changed)


def twins() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as one, pytest.warns(UserWarning):
        one.writestr("a.txt", "甲")
        one.writestr("a.txt", "乙")
    return out.getvalue()


def symbolic() -> bytes:
    out = io.BytesIO()
    info = zipfile.ZipInfo("链接")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out, "w") as one:
        one.writestr(info, "../../etc/passwd")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(encrypted(zipped(LIST)), "附件/名单.txt：成员已加密", id="encrypted"),
        pytest.param(twins(), "同名成员", id="twins"),
        pytest.param(zipped({"../../逃逸.txt": NOTE}), "解压目录之外", id="zip slip"),
        pytest.param(tarred({"/etc/名单.txt": NOTE}), "解压目录之外", id="absolute name"),
        pytest.param(zipped({"a.txt": NOTE})[:-30], "已损坏", id="cut off"),
        pytest.param(gzipped(tarred(LIST))[:-40], "不完整", id="cut off tar.gz"),
        pytest.param(gzipped(NOTE) + b"more", "另有数据", id="data behind gzip"),
        pytest.param(zipped(LIST) + b"behind", "不属于任何成员", id="data behind zip"),
        pytest.param(tarred(LIST) + b"behind".ljust(512, b"x"), "另有数据", id="data behind tar"),
        pytest.param(
            zipped({"a.zip": zipped({"b.bin": random.Random(1).randbytes(99)})}), "a.zip!b.bin!", id="unknown"
        ),
    ],
)
def test_what_was_not_read_is_a_gap(data: bytes, told: str) -> None:
    assert told in gaps(read(data))


def test_both_twins_are_read_and_a_link_is_not_followed() -> None:
    assert texts(read(twins())) == ["甲", "乙"]
    assert texts(read(symbolic()), Part.PROPERTY) == ["../../etc/passwd"]


def test_one_bad_member_costs_only_itself() -> None:
    document = read(zipped({"坏.docx": b"PK\x03\x04 not a document", "好.txt": NOTE, "坏.pdf": b"%PDF-1.7 no"}))
    assert texts(document) == [WORDS]
    assert {gap.place.split("!")[0] for gap in document.gaps} == {"坏.docx", "坏.pdf"}


def test_nesting_ends_and_says_where() -> None:
    data = zipped(LIST)
    for level in range(1, 9):
        data = zipped({f"{level}.zip": data})
    assert "8.zip!7.zip!6.zip!5.zip!4.zip!压缩包：压缩包嵌套超过 5 层" in gaps(read(data))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("MAX_MEMBERS", 1, "成员超过 1 个"),
        ("MAX_MEMBER_BYTES", 10_000, "成员解压后超过"),
        ("MAX_TOTAL_BYTES", 10_000, "解压总量超过"),
        ("RATIO_FLOOR_BYTES", 10_000, "压缩比异常"),
    ],
)
def test_a_limit_is_a_gap(monkeypatch: pytest.MonkeyPatch, name: str, value: int, told: str) -> None:
    monkeypatch.setattr(contents, name, value)
    data = zipped({"a.txt": NOTE, "b.txt": b"a" * 3_000_000})
    assert told in gaps(archive.read(data))
    if name != "MAX_MEMBERS":
        assert texts(archive.read(data)) == [WORDS]


def test_a_document_is_not_taken_for_an_archive_and_one_inside_is_read() -> None:
    document = read(zipped({"公告.docx": docx(paragraph(run(WORDS)))}))
    assert texts(document) == [WORDS]
    assert document.segments[1].place == "公告.docx!¶1"


def test_a_large_archive_stays_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "大.zip"
    path.write_bytes(zipped(LIST))
    source = load(path, "大.zip", Limits(archive_in_memory_bytes=10))
    assert isinstance(source, Stored)
    document = extract(source)
    in_memory = extract(load(path, "大.zip"))
    assert (document.sha256, document.segments) == (in_memory.sha256, in_memory.segments)


def test_a_file_that_changes_while_it_is_read_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "大.zip"
    path.write_bytes(zipped(LIST))
    source = load(path, "大.zip", Limits(archive_in_memory_bytes=10))
    path.write_bytes(zipped(LIST | {"b.txt": NOTE}))
    document = extract(source)
    assert texts(document) == []
    assert "被改动" in gaps(document)


def test_an_archive_out_of_time_keeps_what_it_has() -> None:
    document = read(zipped(LIST), limits=Limits(archive_wall_s=0))
    assert "时间用尽" in gaps(document)


def test_too_much_text_in_all_ends_the_reading() -> None:
    document = read(zipped({f"{n}.txt": b"a" * 900 for n in range(5)}), limits=Limits(text_bytes=2_000))
    assert len(texts(document)) == 2
    assert "内容过多" in gaps(document)


def test_seven_zip() -> None:
    py7zr = pytest.importorskip("py7zr")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as one:
        one.writestr(WORDS, "附件/名单.txt")
    document = read(out.getvalue())
    assert texts(document) == [WORDS]
    assert gaps(document) == ""
    assert "已损坏" in gaps(read(out.getvalue()[:-10]))


def test_seven_zip_and_rar_without_any_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "bsdtar", lambda: None)
    monkeypatch.setitem(__import__("sys").modules, "py7zr", None)
    # A fresh interpreter, as where another test left a thread behind, would find the module all the same.
    monkeypatch.setattr(unpacking, "may_fork", lambda: True)
    document = read(b"7z\xbc\xaf\x27\x1c" + bytes(60), "材料.7z")
    assert "安装 bsdtar" in gaps(document)
    assert texts(read(rar_stored({"a.txt": NOTE}), "材料.rar")) == [WORDS]


@pytest.mark.skipif(tool.bsdtar() is None, reason="no bsdtar here")
def test_rar_through_the_system_program() -> None:
    document = read(rar_stored({"a.txt": NOTE, "b/c.txt": "李四".encode()}), "材料.rar")
    assert texts(document) == [WORDS, "李四"]
    assert gaps(document) == ""
    cut = read(rar_stored({"a.txt": NOTE, "b/c.txt": "李四".encode()})[:-25], "材料.rar")
    assert gaps(cut) != ""


@pytest.mark.parametrize("make", [zipped, tarred, rar_stored, lambda members: gzipped(tarred(members))])
def test_damage_is_never_worse_than_a_gap(make) -> None:
    whole, chance = make({"a.txt": NOTE * 20, "b.txt": b"plain"}), random.Random(7)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = bytes(data[: chance.choice((len(data), chance.randrange(1, len(data))))])
        if archive.FORMATS.get(archive.sniff(cut, "")):
            archive.read(cut)
