"""The compound files of the tests are what other programs take for compound files."""

from __future__ import annotations

from io import BytesIO

import olefile
import pytest
from builders_cfb import Tree, compound, streams

CLASS = bytes(range(16))


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"a": b""},
        {"Short": b"x" * 100, "Long": b"y" * 5000, "Exact": b"z" * 4096, "Sector": b"w" * 64},
        {"ObjectPool": {"_1": {"\x01Ole": b"1", "In": {"Deep": b"2" * 9000}}, "_2": {}}, "WordDocument": b"3" * 70_000},
        {f"Stream{n}": bytes([n]) * n * 40 for n in range(200)},
        {"Big": bytes(3_000_000)},
    ],
)
def test_what_was_written_is_read(tree: Tree) -> None:
    with olefile.OleFileIO(BytesIO(compound(tree, clsid=CLASS)), raise_defects=olefile.DEFECT_INCORRECT) as ole:
        found = {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}
        assert found == dict(streams(tree))
        assert bytes.fromhex(ole.root.clsid.replace("-", "")) != bytes(16)
