"""Compound files: every stream, what no stream holds, and damage told instead of raised."""

from __future__ import annotations

from io import BytesIO

import olefile
import pytest
from builders_cfb import Tree, compound, streams
from hypothesis import given
from hypothesis import strategies as st

from reviewer.extract.ole.compound import Compound, DamagedError, Storage, open_compound
from reviewer.extract.ole.rebuild import rebuild

NAMES = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="/\\:!"), min_size=1, max_size=9
)
TREES = st.recursive(
    st.binary(max_size=200) | st.integers(4000, 4200).map(lambda n: b"x" * n),
    lambda inner: st.dictionaries(NAMES, inner, max_size=4).filter(lambda d: len({k.upper() for k in d}) == len(d)),
    max_leaves=12,
).filter(lambda tree: isinstance(tree, dict))


def flat(opened: Compound) -> dict[str, bytes]:
    """Path and bytes of every stream."""
    return {"/".join((*path, s.name)): s.data for path, storage in opened.root.walk() for s in storage.streams}


@given(TREES)
def test_what_was_written_is_read(tree: Tree) -> None:
    opened = open_compound(compound(tree))
    assert flat(opened) == dict(streams(tree))
    assert (opened.faults, opened.orphans, opened.slack) == ((), (), ())


@given(TREES)
def test_rebuilt_is_the_same(tree: Tree) -> None:
    again = rebuild(open_compound(compound(tree, clsid=b"k" * 16)).root)
    assert flat(open_compound(again)) == dict(streams(tree))
    assert open_compound(again).root.clsid == b"k" * 16


def test_rebuilt_is_read_by_others() -> None:
    tree: Tree = {"WordDocument": b"1" * 9000, "Pool": {"_1": {"\x01Ole": b"2"}}}
    with olefile.OleFileIO(BytesIO(rebuild(open_compound(compound(tree)).root))) as ole:
        assert {"/".join(p): ole.openstream(p).read() for p in ole.listdir()} == dict(streams(tree))


def test_free_sectors_are_slack() -> None:
    opened = open_compound(compound({"a": b"1" * 5000}) + b"former text".ljust(512, b"\0"))
    assert any(b"former text" in run for run in opened.slack)


def test_rest_of_last_sector_is_slack() -> None:
    data = compound({"a": b"1" * 4200})
    at = data.find(b"1" * 104 + b"\0") + 104
    assert open_compound(data[:at] + b"tail" + data[at + 4 :]).slack[0].startswith(b"tail")


def test_unlisted_stream_is_an_orphan() -> None:
    data = bytearray(compound({"a": b"1" * 80, "b": b"2" * 80}))
    at = data.find("b".encode("utf-16-le") + bytes(62))
    data[at - 128 + 68 : at - 128 + 76] = data[at + 68 : at + 76] = b"\xff" * 8
    opened = open_compound(bytes(data))
    assert sorted([*flat(opened).values(), *(s.data for s in opened.orphans)]) == [b"1" * 80, b"2" * 80]


@pytest.mark.parametrize("data", [b"", b"text", bytes.fromhex("d0cf11e0a1b11ae1"), bytes(2000)])
def test_no_compound_file_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError):
        open_compound(data)


def test_circle_is_a_fault() -> None:
    data = bytearray(compound({"a": b"1" * 9000}))
    table = data.find(bytes([1, 0, 0, 0, 2, 0, 0, 0]))
    data[table : table + 4] = bytes(4)
    opened = open_compound(bytes(data))
    assert "a" in opened.faults
    assert isinstance(opened.root, Storage)
