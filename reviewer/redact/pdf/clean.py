"""Takes out of a PDF all that is on no page: properties, attachments, scripts, notes, thumbnails, structure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf

from reviewer.redact.edit import Tally
from reviewer.redact.pictures import stripped
from reviewer.redact.values import Values

_OF_ROOT = {
    **dict.fromkeys(("/Metadata", "/PieceInfo", "/Lang", "/Perms", "/Legal", "/DSS"), "属性"),
    **dict.fromkeys(("/AF", "/Collection"), "嵌入的文件"),
    **dict.fromkeys(("/OpenAction", "/AA"), "脚本和动作"),
    **dict.fromkeys(("/StructTreeRoot", "/MarkInfo", "/SpiderInfo"), "结构标记"),
}
_OF_NAMES = {"/EmbeddedFiles": "嵌入的文件", "/JavaScript": "脚本和动作", "/AlternatePresentations": "嵌入的文件"}
_OF_PAGE = ("/Thumb", "/PieceInfo", "/Metadata", "/AA", "/AF", "/LastModified", "/StructParents", "/B")
_UNSEEN_NOTES = frozenset(
    {"/Text", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/RichMedia", "/Redact", "/Screen"}
)
_SAID_BY_NOTES = ("/Contents", "/T", "/RC", "/Subj", "/NM", "/M", "/CreationDate", "/Popup", "/PA", "/AA", "/AF")
_OF_TRAILER = frozenset({"/Root", "/Size", "/ID", "/Prev", "/Encrypt", "/Type", "/W", "/Index", "/Filter", "/Length"})
_OF_OBJECT = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/Alternates", "/OPI", "/ActualText", "/Alt")
_DEEPEST = 40


def clean(pdf: pikepdf.Pdf, tally: Tally, told: Iterable[str]) -> None:
    """Drop what is unseen, and the annotations and form fields that say something of `told`, what was found."""
    values = Values(value for value in told if len(value) >= 3)
    for key, what in _OF_ROOT.items():
        if key in pdf.Root:
            del pdf.Root[key]
            tally.add(what)
    names: Any = pdf.Root.get("/Names", {})
    for key, what in _OF_NAMES.items():
        if key in names:
            del names[key]
            tally.add(what)
    for key in sorted(set(pdf.trailer.keys()) - _OF_TRAILER):
        del pdf.trailer[key]
        tally.add("属性")
    for page in pdf.pages:
        for key in _OF_PAGE:
            if key in page.obj:
                del page.obj[key]
        _clean_notes(page.obj, tally, values)
    _clean_form(pdf, tally)
    _clean_objects(pdf, tally, values)


def _clean_form(pdf: pikepdf.Pdf, tally: Tally) -> None:
    """Of the form, the fields that pages still show; never its second copy in XFA."""
    form: Any = pdf.Root.get("/AcroForm")
    if form is None:
        return
    for key in ("/XFA", "/NeedAppearances"):
        if key in form:
            del form[key]
            tally.add("表单的另一份内容", key == "/XFA")
    shown = {one.objgen for page in pdf.pages for one in page.obj.get("/Annots", [])}
    kept = [field for field in form.get("/Fields", []) if _is_shown(field, shown, 0)]
    if kept:
        form["/Fields"] = pikepdf.Array(kept)
    else:
        del pdf.Root["/AcroForm"]


def _is_shown(field: Any, shown: set[tuple[int, int]], depth: int) -> bool:
    children = list(field.get("/Kids", [])) if depth < _DEEPEST else []
    return field.objgen in shown or any(_is_shown(child, shown, depth + 1) for child in children)


def _clean_notes(page: Any, tally: Tally, values: Values) -> None:
    """Notes go; drawings, stamps and links stay, without the words that hang on them; so do harmless fields."""
    kept = []
    for one in page.get("/Annots", []):
        kind = one.get("/Subtype")
        if kind in _UNSEEN_NOTES or _says(one, values, 0):
            tally.add("批注和附件")
            continue
        kept.append(one)
        for key in _SAID_BY_NOTES if kind not in ("/Widget", "/FreeText") else ():
            if key in one:
                del one[key]
    if kept:
        page["/Annots"] = pikepdf.Array(kept)
    elif "/Annots" in page:
        del page["/Annots"]


def _clean_objects(pdf: pikepdf.Pdf, tally: Tally, values: Values) -> None:
    """Whatever hangs on single objects: properties, alternate texts; and what is no picture in pictures."""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            for key in _OF_OBJECT:
                if key in one:
                    del one[key]
        tally.add("其他对象里重复的内容", _scrubbed(one, values, 0))
        if isinstance(one, pikepdf.Stream) and one.get("/Filter") == "/DCTDecode":
            data = one.read_raw_bytes()
            bare = stripped(data)
            if bare != data:
                parameters: Any = one.get("/DecodeParms")
                one.write(bare, filter=pikepdf.Name("/DCTDecode"), decode_parms=parameters)
                tally.add("图片里的附加信息")


def _scrubbed(one: Any, values: Values, depth: int) -> int:
    """Empty the strings, and take out the names, in which a value stands; returns how many."""
    if depth > _DEEPEST:
        return 0
    count = 0
    items: list[Any] = []
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key in sorted(key for key in set(one.keys()) if values.stand_in(key)):
            del one[key]
            count += 1
        items = sorted(set(one.keys()) - {"/Parent"})
    elif isinstance(one, pikepdf.Array):
        items = list(range(len(one)))
    for at in items:
        inner = one[at]
        if isinstance(inner, pikepdf.String | pikepdf.Name):
            if values.stand_in(str(inner)):
                one[at] = pikepdf.String("") if isinstance(inner, pikepdf.String) else pikepdf.Name("/x")
                count += 1
        elif isinstance(inner, pikepdf.Object) and not inner.is_indirect:
            count += _scrubbed(inner, values, depth + 1)
    return count


def _says(one: Any, values: Values, depth: int) -> bool:
    """Whether an annotation says something that was found: in its strings, or in what draws it."""
    if depth > 4:
        return False
    if isinstance(one, pikepdf.String):
        return values.stand_in(str(one))
    if isinstance(one, pikepdf.Stream):
        drawn = one.read_bytes()
        if any(values.stand_in(drawn.decode(encoding, "ignore")) for encoding in ("utf-8", "utf-16-be")):
            return True
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        keys = set(one.keys()) - {"/P", "/Parent", "/Popup", "/Dest", "/Resources", "/IRT"}
        return any(_says(one[key], values, depth + 1) for key in keys)
    if isinstance(one, pikepdf.Array):
        return any(_says(inner, values, depth + 1) for inner in one)
    return False
