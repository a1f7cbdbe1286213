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


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_MICROSOFT = "application/vnd.ms-"
_OASIS = "application/vnd.oasis.opendocument."


def _redacted_by(module: str, *kinds: str, family: str = "") -> dict[str, str]:
    """These media types, each with the same beginning, and the module that redacts them."""
    return {family + kind: f"reviewer.redact.{module}" for kind in kinds}


REDACTORS: Mapping[str, str] = {
    **_redacted_by("plain", "plain", "markdown", "csv", "tab-separated-values", family="text/"),
    **_redacted_by("pdf", "application/pdf"),
    **_redacted_by("ofd", "application/ofd"),
    **_redacted_by("picture", "png", "jpeg", "bmp", "gif", family="image/"),
    **_redacted_by("html", "text/html", "application/xhtml+xml"),
    **_redacted_by("odf", "text", "text-template", "spreadsheet", "spreadsheet-template", family=_OASIS),
    **_redacted_by("odf", "presentation", "presentation-template", family=_OASIS),
    **_redacted_by("ooxml.docx", "document", "template", family=_OPEN_XML + "wordprocessingml."),
    **_redacted_by("ooxml.docx", "document.macroEnabled.12", "template.macroEnabled.12", family=_MICROSOFT + "word."),
    **_redacted_by("ooxml.xlsx", "sheet", "template", family=_OPEN_XML + "spreadsheetml."),
    **_redacted_by("ooxml.xlsx", "sheet.macroEnabled.12", "template.macroEnabled.12", family=_MICROSOFT + "excel."),
    **_redacted_by("ooxml.pptx", "presentation", "slideshow", "template", family=_OPEN_XML + "presentationml."),
    **_redacted_by("ooxml.pptx", "presentation.macroEnabled.12", family=_MICROSOFT + "powerpoint."),
}

_WAYS_OUT: Mapping[str, tuple[str, str]] = {
    "application/msword": ("另存为 docx", "save it as docx"),
    "application/vnd.ms-excel": ("另存为 xlsx", "save it as xlsx"),
    "application/vnd.ms-powerpoint": ("另存为 pptx", "save it as pptx"),
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12": ("另存为 xlsx", "save it as xlsx"),
    "application/rtf": ("另存为 docx", "save it as docx"),
    "application/encrypted": ("去除密码后再试", "remove the password first"),
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
    except Exception as error:  # noqa: BLE001 - whatever a damaged file does to a library, nothing is written
        # By its type only: messages of parsers quote the document.
        kind = type(error).__name__
        raise RedactionError(
            tr(
                f"{document.path}：修改时出错（{kind}），未写出；请另存一份后再试",
                f"{document.path}: editing failed ({kind}), nothing was written: save the file anew and retry",
            )
        ) from None
