"""A bucket behind the S3 protocol itself, over loopback: what is listed, what is read again, what cannot be read."""

from __future__ import annotations

import _socket
import hashlib
import json
import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from archives import MARKED, WORD, Audit

from reviewer.audit.bucket import bucket_listing
from reviewer.audit.listing import Found
from reviewer.audit.run import Order, begun
from reviewer.audit.twins import sha256_of
from reviewer.errors import NothingReadError
from reviewer.extract import Source
from reviewer.extract.source import Unread
from reviewer.screen.one import Task, source_of
from reviewer.screen.settings import settings

pytest.importorskip("s3fs", reason="s3fs is not installed")
moto = pytest.importorskip("moto.server", reason="moto[server] is not installed")
boto3 = pytest.importorskip("boto3", reason="moto[server] is not installed")

# Their own business: botocore on its clock, aiohttp on what a later version of itself will say.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

STORE = Path("结果")
HOST = "127.0.0.1"
BUCKET = "archive"
ADDRESS = f"s3://{BUCKET}"


@pytest.fixture(scope="module")
def loopback() -> Iterator[None]:
    """Of the network that `no_network` closes, this machine's own address; whatever asks for another still fails."""

    def connect(self: socket.socket, address: Any) -> None:
        assert address[0] == HOST, f"connects to {address}"
        _socket.socket.connect(self, address)

    def getaddrinfo(host: Any, port: Any, *_: object, **__: object) -> list[Any]:
        assert host == HOST, f"asks for {host}"
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (HOST, int(port)))]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


@pytest.fixture(scope="module")
def endpoint(loopback: None) -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto.ThreadedMotoServer(HOST, 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of an empty bucket; credentials and address stand in the environment, where workers find them, too."""
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET)
    yield client
    client.delete_bucket_policy(Bucket=BUCKET)
    for version in client.list_object_versions(Bucket=BUCKET).get("Versions", []):
        client.delete_object(Bucket=BUCKET, Key=version["Key"], VersionId=version["VersionId"])
    for marker in client.list_object_versions(Bucket=BUCKET).get("DeleteMarkers", []):
        client.delete_object(Bucket=BUCKET, Key=marker["Key"], VersionId=marker["VersionId"])
    client.delete_bucket(Bucket=BUCKET)


def put(s3: Any, objects: dict[str, str], **more: str) -> None:
    for key, text in objects.items():
        s3.put_object(Bucket=BUCKET, Key=key, Body=text.encode(), **more)


def deny(s3: Any, action: str, below: str) -> None:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": f"s3:{action}",
        "Resource": f"arn:aws:s3:::{BUCKET}{below}",
    }
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def listed(address: str = ADDRESS) -> list[str]:
    return [
        entry.path + ("" if isinstance(entry, Found) else f" ({entry.why})")
        for entry in bucket_listing(address, hidden=False)
    ]


def read(key: str) -> Source | Unread:
    source = source_of(Task(path=Path("x.txt"), shown_as="x", within=f"{ADDRESS}/{key}"))
    assert isinstance(source, Source | Unread)
    return source


def taken_down(audit: Audit) -> list[str]:
    return [line.split("\t")[3] for line in audit("report", STORE, "--format", "takedown").out.splitlines()]


def test_keys_of_every_form_are_listed_and_read(s3: Any) -> None:
    keys = ["a.txt", "加+号.txt", "尾 ", "方[1]*.txt", "2024/月/井#问?.txt", "2024/月/公告 100%.txt", "a.txt/深.txt"]
    put(s3, {".git/x": "1", **{key: f"内容是{key}" for key in keys}})
    assert listed() == [".git (hidden)", *keys]
    for key in keys:
        source = read(key)
        assert isinstance(source, Source)
        assert source.data.decode() == f"内容是{key}"


def test_the_address_of_a_folder_of_one_object_and_of_both(s3: Any) -> None:
    put(s3, {"a": "1", "a/b.txt": "2", "甲/乙.txt": "3"})
    assert listed(f"{ADDRESS}/甲") == ["乙.txt"]
    assert listed(f"{ADDRESS}/甲/乙.txt") == [""]
    assert listed(f"{ADDRESS}/a") == ["", "b.txt"]


def test_keys_with_an_empty_part_are_documents_too(s3: Any) -> None:
    put(s3, {"/首.txt": "1", "甲//乙.txt": "2", "甲//丙//丁.txt": "3", "甲/戊.txt": "4"})
    assert listed() == ["/首.txt", "甲//丙//丁.txt", "甲//乙.txt", "甲/戊.txt"]
    assert isinstance(read("甲//乙.txt"), Source)
    assert isinstance(read("/首.txt"), Source)


def test_an_object_that_stands_for_a_folder_is_a_gap_where_it_holds_something(s3: Any) -> None:
    put(s3, {"空/": "", "空/a.txt": "1", "满/": MARKED, "满/b.txt": "2"})
    assert listed() == ["满/", "满/b.txt", "空/a.txt"]
    assert isinstance(read("满/"), Unread), "never as if it were empty"


def test_more_than_one_page_of_a_listing(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from moto.s3.responses import S3Response

    put(s3, {f"{at:02}.txt": "1" for at in range(25)})
    whole, pages = S3Response.list_objects_v2, []

    def in_tens(self: Any) -> Any:
        self.querystring["max-keys"] = ["10"]
        pages.append(self)
        return whole(self)

    monkeypatch.setattr(S3Response, "list_objects_v2", in_tens)
    assert listed() == [f"{at:02}.txt" for at in range(25)]
    assert len(pages) >= 3


def test_an_object_of_several_parts_is_read_block_by_block(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    monkeypatch.setitem(fsspec.config.conf, "s3", {"default_block_size": 1 << 20})
    body = bytes(range(256)) * (5 << 12) + b"end"  # five megabytes, the least that a part may have, and a little
    upload = s3.create_multipart_upload(Bucket=BUCKET, Key="大.bin")["UploadId"]
    where = {"Bucket": BUCKET, "Key": "大.bin", "UploadId": upload}
    parts = [
        {"PartNumber": number, "ETag": s3.upload_part(**where, PartNumber=number, Body=piece)["ETag"]}
        for number, piece in enumerate((body[: 5 << 20], body[5 << 20 :]), 1)
    ]
    s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
    (found,) = bucket_listing(ADDRESS, hidden=False)
    source = read("大.bin")
    assert isinstance(found, Found)
    assert isinstance(source, Source)
    assert (found.size, source.data == body) == (len(body), True)
    task = Task(path=Path("x"), shown_as="x", within=f"{ADDRESS}/大.bin")
    assert sha256_of(task) == hashlib.sha256(body).hexdigest()


def test_only_what_changed_is_read_again(s3: Any, office: Path, audit: Audit) -> None:
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    put(s3, {f"2024/公告{at}.txt": f"第{at}号公告：明日停水。\n" for at in range(3)})
    put(s3, {"2024/通知.txt": f"推进{WORD}建设。\n", "2025/新.txt": "明日停电。\n"})
    assert audit("run", STORE, ADDRESS).code == 10
    assert taken_down(audit) == [f"{ADDRESS}/2024/通知.txt"]

    put(s3, {"2024/公告0.txt": "第0号公告：明日停水。\n"})  # the same bytes: a new version, a new time
    put(s3, {"2024/公告1.txt": f"第1号公告：{WORD}停水。\n"})  # other bytes
    s3.delete_object(Bucket=BUCKET, Key="2024/通知.txt")  # hidden behind a delete marker
    again = audit("run", STORE, ADDRESS)
    assert again.code == 10
    assert "本次要审 1 份" in again.err
    assert taken_down(audit) == [f"{ADDRESS}/2024/公告1.txt"]
    told = json.loads(audit("report", STORE, "--format", "json").out)
    assert told["documents"] == 4


def test_what_cannot_be_read_is_told_and_tried_again(s3: Any, office: Path, audit: Audit) -> None:
    put(s3, {"a.txt": "明日停水。\n", "b.txt": "明日停水。\n", "内部/c.txt": "明日停电。\n"})
    order = Order(
        store=STORE,
        sources=(),
        remote=(ADDRESS,),
        settings=settings(None, "2026-11-24"),
        day=None,
        hidden=False,
        engine="local",
        jobs=1,
    )
    with begun(order) as run:
        s3.delete_object(Bucket=BUCKET, Key="b.txt")  # since it was listed
        deny(s3, "GetObject", "/内部/*")
        assert len(list(run.screen())) == 3
    told = [json.loads(line) for line in audit("report", STORE, "--format", "jsonl").out.splitlines()]
    said = {one["document"]["path"]: (one["verdict"], one["gaps"]) for one in told if one["gaps"]}
    assert sorted(said) == [f"{ADDRESS}/b.txt", f"{ADDRESS}/内部/c.txt"]
    assert "被删除或移走" in said[f"{ADDRESS}/b.txt"][1][0]["reason"]
    assert "没有读取权限" in said[f"{ADDRESS}/内部/c.txt"][1][0]["reason"]
    assert {verdict for verdict, _ in said.values()} == {"refer"}

    s3.delete_bucket_policy(Bucket=BUCKET)
    again = audit("run", STORE, ADDRESS)
    assert again.code == 0
    assert "共 2 份" in again.err


def test_an_archived_object_is_a_gap(s3: Any) -> None:
    put(s3, {"冷.txt": MARKED}, StorageClass="GLACIER")
    assert isinstance(read("冷.txt"), Unread)


def test_a_bucket_that_cannot_be_listed_is_refused_and_no_store_is_made(
    s3: Any, office: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moto.s3.exceptions import BucketAccessDeniedError
    from moto.s3.responses import S3Response

    with pytest.raises(NothingReadError, match="列不出"):
        listed("s3://nobucket")
    put(s3, {"a.txt": MARKED})

    def denied(self: Any) -> Any:
        raise BucketAccessDeniedError(bucket=BUCKET)

    monkeypatch.setattr(S3Response, "list_objects_v2", denied)
    told = audit("run", STORE, ADDRESS)
    assert told.code == 3
    assert "PermissionError" in told.err
    assert not STORE.exists()
