"""The table of readers: every module that it names is there and reads; whatever it is given, it answers."""

from __future__ import annotations

import pytest

from reviewer.extract import DEFAULT_LIMITS, read_member
from reviewer.extract.readers import EXACT, READERS


@pytest.mark.parametrize("module", sorted(set(READERS.values())))
def test_every_module_reads(module: str) -> None:
    extracted = read_member(module, b"no such format", DEFAULT_LIMITS)
    assert extracted.segments or extracted.gaps


def test_what_is_exact_is_read() -> None:
    assert set(READERS.values()) >= EXACT


def test_media_types_are_written_as_such() -> None:
    assert all(kind.count("/") == 1 and kind == kind.strip() for kind in READERS)
