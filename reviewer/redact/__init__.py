"""Writes a copy without what was found: one file per format, one table, one function. The caller proves the copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from reviewer.errors import RedactionError
from reviewer.language import tr
from reviewer.redact import plain
from reviewer.terms import Document, Finding


class Redactor(Protocol):
    """A redactor is a module with this function."""

    def redact(self, data: bytes, document: Document, findings: Sequence[Finding], /) -> bytes:
        """The bytes of the copy. Raises RedactionError when this file cannot be edited safely."""


REDACTORS: Mapping[str, Redactor] = {
    "text/plain": plain,
    "text/markdown": plain,
    "text/csv": plain,
    "text/tab-separated-values": plain,
}


def redact(data: bytes, document: Document, findings: Sequence[Finding]) -> bytes:
    """A copy of `data` in which every finding is masked or removed. Raises RedactionError."""
    redactor = REDACTORS.get(document.media_type)
    if redactor is None:
        raise RedactionError(
            tr(
                f"{document.path}：本版本只能自动处理 txt、md、csv；请按报告逐处修改后再筛查",
                f"{document.path}: this release redacts txt, md and csv only; cure it by hand and screen it again",
            )
        )
    return redactor.redact(data, document, findings)
