"""Sources at an address: listed, read, read again when their bytes changed; refused plainly."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from archives import MARKED, Audit, write

from reviewer.audit.listing import Found
from reviewer.audit.sources import entries_of, origins_of
from reviewer.audit.twins import sha256_of
from reviewer.errors import NothingReadError
from reviewer.extract import Source
from reviewer.extract.source import Unread
from reviewer.screen.one import Task, source_of

STORE = Path("结果")


@pytest.fixture
def bucket() -> Iterator[Any]:
    fsspec = pytest.importorskip("fsspec", reason="the extra `remote` is not installed")
    memory = fsspec.filesystem("memory")
    memory.pipe({"/桶/2024/公告 100%.txt": "明日停水\n".encode(), "/桶/a.txt": b"1", "/桶/.git/x": b"2"})
    yield memory
    memory.rm("/桶", recursive=True)


def listed(address: str, *, hidden: bool = False) -> list[str]:
    (origin,) = origins_of((), (), (address,))
    entries = entries_of(origin, hidden=hidden, store=STORE)
    return [entry.path + ("" if isinstance(entry, Found) else f" ({entry.why})") for entry in entries]


@pytest.mark.usefixtures("bucket")
def test_a_bucket_is_listed_as_a_folder_is() -> None:
    assert listed("memory://桶") == [".git (hidden)", "a.txt", "2024/公告 100%.txt"]
    assert listed("memory://桶/", hidden=True) == ["a.txt", ".git/x", "2024/公告 100%.txt"]
    assert listed("memory://桶/a.txt") == [""]


@pytest.mark.usefixtures("bucket")
def test_an_object_is_read_under_its_own_name() -> None:
    task = Task(path=Path("公告 100%.txt"), shown_as="x", within="memory://桶/2024/公告 100%.txt")
    assert source_of(task) == Source(path="x", name="公告 100%.txt", data="明日停水\n".encode())
    assert len(sha256_of(task)) == 64
    gone = Task(path=Path("b.txt"), shown_as="x", within="memory://桶/b.txt")
    assert isinstance(source_of(gone), Unread)
    assert sha256_of(gone) == ""


@pytest.mark.usefixtures("bucket")
@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        (["memory://桶", "memory://桶/2024"], "只能审一次"),
        (["memory://桶", "memory://桶/"], "只能审一次"),
        (["zip://a.txt::memory://桶/a.zip"], "串接"),
        (["sftp://李四:口令@主机/桶"], "口令"),
        (["无此://桶"], "没有这个文件或文件夹"),
        (["nosuch://桶"], "没有这种存储"),
    ],
)
def test_refused(addresses: list[str], said: str, audit: Audit, office: Path) -> None:
    told = audit("run", STORE, *addresses)
    assert said in told.err
    assert told.code in (2, 3, 4)
    assert not STORE.exists()


def test_what_is_not_there_is_nothing_read(bucket: Any) -> None:
    with pytest.raises(NothingReadError, match="列不出"):
        listed("memory://没有")


def test_without_the_component(office: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    told = audit("run", STORE, "s3://桶/存量")
    assert told.code == 4
    assert "reviewer[remote]" in told.err


def test_an_audit_of_a_storage_reads_only_what_changed(office: Path, audit: Audit) -> None:
    pytest.importorskip("fsspec", reason="the extra `remote` is not installed")
    files = {f"公告{at}.txt": f"第{at}号公告：明日停水。\n" for at in range(3)}
    write(office / "存量" / "2024", {**files, "通知.txt": MARKED})
    address = f"file://{office}/存量"
    assert audit("run", STORE, address).code == 11
    assert audit("report", STORE, "--format", "takedown").out.split("\t")[3].endswith("存量/2024/通知.txt\n")
    os.utime(office / "存量" / "2024" / "公告0.txt", (0, 0))
    (office / "存量" / "2024" / "通知.txt").write_text("更正：无密级。\n", "utf-8")
    assert "本次要审 1 份" in audit("run", STORE, address).err
    assert audit("run", STORE, "存量").code == 2, "the address of before is not named"
