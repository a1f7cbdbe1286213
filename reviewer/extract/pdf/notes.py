"""What is attached to the pages of a PDF: annotations, links and form fields."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pikepdf

from reviewer.extract.pdf.values import entry, identity, items, name_of, text_of
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

_NOT_SHOWN = 1 | 2 | 32  # annotation flags Invisible, Hidden, NoView (ISO 32000-1, table 165)
_MEDIA = ("RichMedia", "Movie", "Sound", "Screen", "3D")
_TAG = re.compile(r"<[^<>]*>")
_DEEPEST_FIELD = 32


def read_annotations(page: pikepdf.Object, number: int, scribe: Scribe) -> None:
    """Every annotation's words, its author, and where its link leads."""
    for ordinal, annotation in enumerate(items(entry(page, "/Annots")), 1):
        place = f"p{number} 批注{ordinal}"
        subtype = name_of(entry(annotation, "/Subtype"))
        for text in _words(annotation):
            scribe.add(text, place, part=Part.ANNOTATION, hidden=_is_hidden(annotation), page=number)
        for key, what in (("/T", "作者"), ("/Subj", "主题")):
            if subtype != "Widget":  # there /T is the field's name
                text = text_of(entry(annotation, key))
                scribe.add(text, f"{place} {what}", part=Part.PROPERTY, hidden=True, page=number)
        for text in _targets(entry(annotation, "/A")):
            scribe.add(text, f"p{number} 链接{ordinal}", part=Part.ATTRIBUTE, hidden=True, page=number)
        if subtype == "Redact":
            scribe.gap(place, _unapplied())
        if subtype in _MEDIA:
            scribe.gap(place, _media())


def has_appearances(page: pikepdf.Object) -> bool:
    """Whether a page carries annotations that draw something of their own: stamps, watermarks, filled fields."""
    return any(
        entry(annotation, "/AP") is not None and name_of(entry(annotation, "/Subtype")) not in ("Link", "Popup")
        for annotation in items(entry(page, "/Annots"))
    )


def displayed_words(page: pikepdf.Object) -> Iterator[str]:
    """What the annotations of a page are known to display: their contents, and the values of fields."""
    for annotation in items(entry(page, "/Annots")):
        yield from _words(annotation)
        for field in (annotation, entry(annotation, "/Parent")):
            yield from _values(entry(field, "/V"))


def read_form(pdf: pikepdf.Pdf, scribe: Scribe) -> None:
    """Field values, their choices and tooltips; also of fields that only a page knows."""
    form = entry(pdf.Root, "/AcroForm")
    if entry(form, "/XFA") is not None:
        scribe.gap("表单", _dynamic())
    roots = [*items(entry(form, "/Fields"))]
    for page in pdf.pages:
        roots += [a for a in items(entry(page.obj, "/Annots")) if name_of(entry(a, "/Subtype")) == "Widget"]
    seen: set[tuple[int, int]] = set()
    for root in roots:
        for field, name in _fields(root, "", seen, 0):
            _read_field(field, f"表单 {name}".rstrip(), scribe)


def _fields(field: object, above: str, seen: set[tuple[int, int]], depth: int) -> Iterator[tuple[object, str]]:
    key = identity(field)
    if depth > _DEEPEST_FIELD or key in seen:
        return
    if key != (0, 0):
        seen.add(key)
    own = text_of(entry(field, "/T"))
    name = ".".join(part for part in (above, own) if part)
    yield field, name
    for kid in items(entry(field, "/Kids")):
        yield from _fields(kid, name, seen, depth + 1)


def _read_field(field: object, place: str, scribe: Scribe) -> None:
    value = entry(field, "/V")
    shown = entry(value, "/ByteRange") is None
    for text in _values(value) if shown else ():
        scribe.add(text, place, part=Part.FORM_VALUE)
    for text in _values(entry(field, "/DV")):
        scribe.add(text, f"{place} 默认值", part=Part.FORM_VALUE, hidden=True)
    for text in _values(entry(field, "/Opt")):
        scribe.add(text, f"{place} 选项", part=Part.FORM_VALUE, hidden=True)
    scribe.add(text_of(entry(field, "/TU")), f"{place} 提示", part=Part.ATTRIBUTE, hidden=True)
    scribe.add(text_of(entry(entry(field, "/MK"), "/CA")), f"{place} 标题", part=Part.FORM_VALUE)
    for key in ("/Name", "/Reason", "/Location", "/ContactInfo"):
        scribe.add(text_of(entry(value, key)), f"{place} 签名{key}", part=Part.PROPERTY, hidden=True)


def _values(value: object) -> Iterator[str]:
    """Texts of a string, a stream, or an array of them."""
    if isinstance(value, pikepdf.Array):
        for one in items(value):
            yield from _values(one)
    elif text := text_of(value).strip():
        yield text


def _words(annotation: object) -> tuple[str, ...]:
    """Plain contents, rich contents and overlay text; what says the same twice comes once."""
    rich = html.unescape(_TAG.sub(" ", text_of(entry(annotation, "/RC"))))
    found = (text_of(entry(annotation, "/Contents")), rich, text_of(entry(annotation, "/OverlayText")))
    told: dict[str, str] = {}
    for text in found:
        told.setdefault("".join(text.split()), text.strip())
    return tuple(text for text in told.values() if text)


def _targets(action: object) -> Iterator[str]:
    yield text_of(entry(action, "/URI"))
    target = entry(action, "/F")
    yield text_of(target) or text_of(entry(target, "/UF")) or text_of(entry(target, "/F"))


def _is_hidden(annotation: object) -> bool:
    flags = entry(annotation, "/F")
    return isinstance(flags, int) and bool(flags & _NOT_SHOWN)


def _unapplied() -> str:
    return tr(
        "遮盖标记（Redact）尚未应用，下面的文字仍在文件中：应用遮盖后再审",
        "a redaction is marked but not applied, the text below it is still there: apply it and review again",
    )


def _media() -> str:
    return tr("含音视频等多媒体内容，未读取：由审核人人工核对", "media content, not read: let a reviewer check it")


def _dynamic() -> str:
    return tr(
        "表单含 XFA 动态内容，未读取：打印为普通 PDF 后再审",
        "the form has dynamic XFA content, not read: print it to a plain PDF and review again",
    )
