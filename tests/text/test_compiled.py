"""Patterns from a memory are those that `re.compile` makes, and a memory that does not read is no harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.compiled import Programs, engine

PATTERNS = [
    (r"(?P<it>[0-9]{3,5}+)(?![0-9])|秘密", 0),
    (r"(?<=密)级\Z", re.MULTILINE),
    (r"[\u4e00-\u9fff·]{2,8}(?:市|县|区)", 0),
    (r"(a)(?P<b>B)?", re.IGNORECASE),
    (r"^x$", re.MULTILINE),
    (r"", 0),
]


def recalled() -> Programs:
    """A memory in which all of them are."""
    first = Programs()
    for source, flags in PATTERNS:
        first.compiled(source, flags)
    assert first.grown
    return Programs(memoryview(first.content()))


@given(text=st.text(alphabet="0123密级秘县市区青石aBbx\n·", max_size=30))
def test_the_same_matches(text: str) -> None:
    programs = recalled()
    for source, flags in PATTERNS:
        ours, theirs = programs.compiled(source, flags), re.compile(source, flags)
        assert [(m.span(), m.groupdict(), m.lastgroup) for m in ours.finditer(text)] == [
            (m.span(), m.groupdict(), m.lastgroup) for m in theirs.finditer(text)
        ]
        assert (ours.pattern, ours.flags, ours.groups, ours.groupindex) == (
            *(theirs.pattern, theirs.flags, theirs.groups, theirs.groupindex),
        )
    assert not programs.grown


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, b"\2\0\0\0\0\0\0\0[]", b"\2\0\0\0\0\0\0\0{}"])
def test_a_memory_that_does_not_read(content: bytes) -> None:
    assert Programs(memoryview(content)).compiled("密级", 0).search("密级")


@pytest.mark.parametrize("program", [b"", b"\0\0\0\0", b"\xff\xff\xff\x7f" * 4])
def test_a_program_that_the_engine_refuses_is_made_anew(program: bytes) -> None:
    content = bytearray(recalled().content())
    size = int.from_bytes(content[:8], "little")
    content[8 + size :] = program * 400
    assert Programs(memoryview(bytes(content))).compiled(r"(?<=密)级\Z", re.MULTILINE).search("密级")


def test_an_engine_has_a_name() -> None:
    assert re.fullmatch("[0-9a-f]{16}", engine())
