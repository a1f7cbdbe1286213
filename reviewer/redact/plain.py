"""Redacts text files by editing the decoded source and writing it back in its own encoding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reviewer.errors import RedactionError
from reviewer.extract.garbled import MENDED
from reviewer.extract.turned import AS_SEEN
from reviewer.language import tr
from reviewer.redact.edit import Copy, Edit, Tally, apart
from reviewer.redact.reading import UNSEEN
from reviewer.terms import Document, Segment
from reviewer.text.decode import Decoded, decode


def redact(data: bytes, document: Document, edits: Sequence[Edit]) -> Copy:
    """The file with each place replaced; line ends, marks and encoding stay."""
    tally = Tally()
    decoded = _source(data, document.path, tally)
    text = decoded.text
    if not document.text.startswith(text):
        raise RedactionError(tr(f"{document.path}：读取结果与文件不一致", f"{document.path}: read differently twice"))
    beside = [s for s in document.segments if s.place.endswith(AS_SEEN)]  # the plan takes out what is turned around
    beside += _mended_in_place(document, edits)
    inside = [edit for edit in edits if not any(s.start <= edit.start < s.end for s in beside)]
    if any(edit.end > len(text) for edit in inside):
        raise RedactionError(
            tr(
                f"{document.path}：须处理的内容在乱码或转义字符里，不能自动修改",
                f"{document.path}: what must be cured is garbled or escaped in the file: cure it by hand",
            )
        )
    for edit in reversed(apart(inside)):
        text = text[: edit.start] + edit.mask + text[edit.end :]
    return Copy(data=encoded(decoded, text.translate(UNSEEN), document.path), cleaned=tally.cleaned())


def _mended_in_place(document: Document, edits: Sequence[Edit]) -> list[Segment]:
    """The mended lines of which the plan takes something out in the very lines they were mended from."""
    touched = {s.place for s in document.segments if any(s.start < edit.end and edit.start < s.end for edit in edits)}
    return [
        segment
        for segment in document.segments
        if segment.place.endswith(MENDED) and segment.place.removesuffix(MENDED) in touched
    ]


def _source(data: bytes, path: str, tally: Tally) -> Decoded:
    """The decoded text, control characters included that nobody sees, if they are all that is in doubt."""
    decoded = decode(data)
    bare = decode(data.translate(None, bytes(UNSEEN)))
    if decoded.trouble and bare.certain and not bare.trouble and bare.text == decoded.text.translate(UNSEEN):
        tally.add("控制字符", len(decoded.text) - len(bare.text))
        return replace(bare, text=decoded.text)
    return source(data, path)


def source(data: bytes, path: str) -> Decoded:
    """The decoded text. Raises RedactionError where its encoding is in doubt."""
    decoded = decode(data)
    if decoded.trouble or not decoded.certain:
        raise RedactionError(
            tr(
                f"{path}：编码不能确定，不能自动修改；请另存为 UTF-8 后再试",
                f"{path}: its encoding is uncertain: save it as UTF-8, then retry",
            )
        )
    return decoded


def encoded(decoded: Decoded, text: str, path: str) -> bytes:
    """The text in the encoding, and under the mark, with which the file came."""
    try:
        return decoded.bom + text.encode(decoded.encoding)
    except UnicodeEncodeError:
        raise RedactionError(
            tr(
                f"{path}：{decoded.encoding} 编码里没有掩码所用的字；请另存为 UTF-8 后再试",
                f"{path}: {decoded.encoding} cannot write the mask: save it as UTF-8, then retry",
            )
        ) from None
