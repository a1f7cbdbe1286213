"""Sources beside folders: lists of paths, and web archives, each capture a document."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from archives import MARKED, Audit, write

from reviewer.audit.listing import Found
from reviewer.audit.sources import entries_of, origins_of
from reviewer.audit.twins import sha256_of
from reviewer.errors import NothingReadError, UsageError
from reviewer.extract import Source
from reviewer.screen.one import Task, source_of

STORE = Path("结果")


def found(*sources: Path, lists: tuple[Path, ...] = ()) -> list[str]:
    return [
        entry.path
        for origin in origins_of(sources, lists)
        for entry in entries_of(origin, hidden=False, store=STORE)
        if isinstance(entry, Found)
    ]


def test_a_list_names_documents_from_its_own_folder_each_once(office: Path) -> None:
    write(office / "甲", {"a.txt": "1", "b.txt": "2", "c.txt": "3"})
    write(office, {"清单.txt": "\ufeff甲/c.txt\n\n甲/a.txt\n甲/c.txt\n甲/没有.txt\n"})
    assert found(lists=(Path("清单.txt"),)) == ["甲/c.txt", "甲/a.txt", "甲/没有.txt"]


def test_a_listed_document_that_lies_in_a_source_would_count_twice(office: Path) -> None:
    write(office / "甲", {"a.txt": "1"})
    write(office, {"清单.txt": "甲/a.txt\n"})
    with pytest.raises(UsageError, match="只能审一次"):
        origins_of((Path("甲"),), (Path("清单.txt"),))


def test_a_list_that_is_no_text_is_refused(office: Path) -> None:
    (office / "清单.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NothingReadError, match="UTF-8"):
        found(lists=(Path("清单.txt"),))


def test_a_listed_file_that_is_not_there_is_a_document_with_a_gap(office: Path, audit: Audit) -> None:
    write(office / "甲", {"a.txt": MARKED})
    write(office, {"清单.txt": "甲/a.txt\n甲/没有.txt\n"})
    assert audit("run", STORE, "--list", "清单.txt").code == 11
    lines = audit("report", STORE, "--format", "takedown").out.splitlines()
    assert [line.split("\t")[3] for line in lines] == ["甲/a.txt", "甲/没有.txt"]
    assert audit("run", STORE, "甲").code == 2, "the list of before is not named"


@pytest.fixture
def warc() -> bytes:
    """Three captures, each a member of its own (ISO 28500)."""
    pytest.importorskip("warcio", reason="the extra `web` is not installed")
    return b"".join(
        gzip.compress(captured(address, status, body.encode()), mtime=0)
        for address, status, body in (
            ("http://a.invalid/2024/notice.html", "200 OK", f"<p>{MARKED}</p>"),
            ("http://a.invalid/gone.html", "404 Not Found", "<p>机密★10年</p>"),
            ("http://a.invalid/", "200 OK", "<p>明日停水。</p>"),
        )
    )


def captured(address: str, status: str, body: bytes) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(body):012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def packed(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("archive/data.warc.gz", data)
        file.writestr("datapackage.json", "{}")
    return out.getvalue()


@pytest.mark.parametrize("name", ["网站.warc.gz", "网站.wacz"])
def test_every_page_that_was_there_is_a_document(name: str, warc: bytes, office: Path) -> None:
    path = office / name
    path.write_bytes(packed(warc) if name.endswith("wacz") else warc)
    pages = [entry.partition("\0")[2] for entry in found(Path(name))]
    assert [page.rpartition("\0")[2] for page in pages] == ["http://a.invalid/2024/notice.html", "http://a.invalid/"]
    task = Task(path=path, shown_as="x", within=pages[0])
    source = source_of(task)
    assert isinstance(source, Source)
    assert (source.name, MARKED in source.data.decode()) == ("notice.html", True)
    assert len(sha256_of(task)) == 64


def test_a_web_archive_is_audited_page_by_page(warc: bytes, office: Path, audit: Audit) -> None:
    write(office / "镜像", {"a.txt": "停水。\n"})
    (office / "镜像" / "站.warc.gz").write_bytes(warc)
    assert audit("run", STORE, "镜像").code == 11
    (line,) = audit("report", STORE, "--format", "takedown").out.splitlines()
    assert line.endswith("镜像/站.warc.gz!http://a.invalid/2024/notice.html")


def test_a_web_archive_cut_short_is_a_document_itself_too(warc: bytes, office: Path) -> None:
    (office / "断.warc.gz").write_bytes(warc[: len(warc) - 40])
    assert found(Path("断.warc.gz"))[-1] == "", "what was not seen is told"
