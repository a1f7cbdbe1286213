"""Redacts text files by editing the decoded source and writing it back in its own encoding."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.errors import RedactionError
from reviewer.language import tr
from reviewer.redact.masks import mask
from reviewer.terms import Document, Finding, Part
from reviewer.text.decode import decode

_BOMS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def redact(data: bytes, document: Document, findings: Sequence[Finding]) -> bytes:
    """The file with each finding replaced; overlapping findings become one replacement, the widest."""
    decoded = decode(data)
    if decoded.trouble or not decoded.certain:
        raise RedactionError(
            tr(f"{document.path}：编码不能确定，不能自动修改", f"{document.path}: its encoding is uncertain")
        )
    if any(document.segments[f.span.segment].part is Part.FILE_NAME for f in findings):
        raise RedactionError(
            tr(f"{document.path}：文件名里有须处理的内容，请先改名", f"{document.path}: rename the file first")
        )
    text = decoded.text
    if not document.text.startswith(text):
        raise RedactionError(tr(f"{document.path}：读取结果与文件不一致", f"{document.path}: read differently twice"))
    if any(finding.span.end > len(text) for finding in findings):
        raise RedactionError(
            tr(
                f"{document.path}：须处理的内容在乱码或转义字符里，不能自动修改",
                f"{document.path}: what must be cured is garbled or escaped in the file: cure it by hand",
            )
        )
    for finding in reversed(_apart(findings)):
        start, end = finding.span.start, finding.span.end
        text = text[:start] + mask(finding, text[start:end]) + text[end:]
    return _bom(data) + text.encode(decoded.encoding)


def _apart(findings: Sequence[Finding]) -> list[Finding]:
    """Findings that do not overlap, widest first where they do."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.span.start, -f.span.end)):
        if not kept or finding.span.start >= kept[-1].span.end:
            kept.append(finding)
        elif finding.span.end > kept[-1].span.end:
            # A partial overlap: masking the first leaves the tail of the second in the clear.
            raise RedactionError(tr("两处发现交叠，不能自动处理，请手工修改", "findings overlap: cure them by hand"))
    return kept


def _bom(data: bytes) -> bytes:
    return next((bom for bom in _BOMS.values() if data.startswith(bom)), b"")
