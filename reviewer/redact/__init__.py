"""Writes a copy without what was found: one module a format, one table, one function. The caller proves the copy."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from reviewer.errors import RedactionError, ReviewerError
from reviewer.language import tr
from reviewer.redact.edit import Copy, Edit
from reviewer.terms import Document


class Redactor(Protocol):
    """A redactor is a module with this function."""

    def redact(self, data: bytes, document: Document, edits: Sequence[Edit], /) -> Copy:
        """The copy. Raises RedactionError when this file cannot be edited safely."""


REDACTORS: Mapping[str, str] = {
    "text/plain": "reviewer.redact.plain",
    "text/markdown": "reviewer.redact.plain",
    "text/csv": "reviewer.redact.plain",
    "text/tab-separated-values": "reviewer.redact.plain",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "reviewer.redact.ooxml.docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "reviewer.redact.ooxml.xlsx",
}

_WAYS_OUT: Mapping[str, tuple[str, str]] = {
    "application/msword": ("另存为 docx", "save it as docx"),
    "application/vnd.ms-excel": ("另存为 xlsx", "save it as xlsx"),
    "application/vnd.ms-powerpoint": ("另存为 pptx", "save it as pptx"),
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": ("另存为 xlsx", "save it as xlsx"),
    "application/rtf": ("另存为 docx", "save it as docx"),
    "application/zip": ("解压后逐个处理", "unpack it and redact each file"),
}
_ANY_WAY = (
    "转换为 docx、xlsx、pptx、pdf、odt、html 或 txt 后再试，或按报告逐处手工修改",
    "convert it to docx, xlsx, pptx, pdf, odt, html or txt, or cure it by hand",
)


def redact(data: bytes, document: Document, edits: Sequence[Edit]) -> Copy:
    """A copy of `data` in which every edit is made and nothing hidden stays. Raises RedactionError."""
    name = REDACTORS.get(document.media_type)
    if name is None:
        zh, en = _WAYS_OUT.get(document.media_type, _ANY_WAY)
        raise RedactionError(
            tr(
                f"{document.path}：不能自动处理这种格式（{document.media_type}）。请先{zh}",
                f"{document.path}: {document.media_type} is not redacted by this program; {en}",
            )
        )
    redactor = cast(Redactor, importlib.import_module(name))
    try:
        return redactor.redact(data, document, edits)
    except RedactionError:
        raise
    except ReviewerError as error:
        raise RedactionError(f"{document.path}：{error}") from None
    except Exception as error:  # noqa: BLE001
        # By its type only: messages of parsers quote the document.
        kind = type(error).__name__
        raise RedactionError(
            tr(
                f"{document.path}：修改时出错（{kind}），未写出；请另存一份后再试",
                f"{document.path}: editing failed ({kind}), nothing was written: save the file anew and retry",
            )
        ) from None
