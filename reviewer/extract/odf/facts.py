"""What an OpenDocument says of itself: meta.xml, settings.xml, the manifest, and who took part."""

from __future__ import annotations

import re

from lxml import etree

from reviewer.extract.package import Archive, take_attribute
from reviewer.extract.package.xml import attr, found, local, plain, take, take_all
from reviewer.extract.program_marks import is_program_mark
from reviewer.extract.telling import mere_number, telling
from reviewer.language import tr
from reviewer.terms import Part

_MANIFEST = "META-INF/manifest.xml"
_META = {
    "title": "标题",
    "subject": "主题",
    "description": "备注",
    "creator": "最后修改者",
    "initial-creator": "作者",
    "printed-by": "打印者",
    "keyword": "关键词",
    "generator": "制作软件",
    "contributor": "参与者",
    "publisher": "发布者",
    "language": "语言",
}
_MEASURES = frozenset({"editing-cycles", "editing-duration", "document-statistic", "language", "date"})
# Names of printers, of other files and of data sources; the rest of the settings is program state.
_TELLING_SETTINGS = frozenset({"PrinterName", "CurrentDatabaseDataSource", "CurrentDatabaseCommand", "LinkUpdateMode"})
_NUMBER = re.compile(r"-?\d+")


def read_meta(archive: Archive, root: etree._Element, label: str) -> None:
    """Write down every property that is text; counts and times are left out."""
    meta = next(found(root, "meta"), None)
    for entry in list(meta) if meta is not None else ():
        name = local(entry)
        if name in _MEASURES:
            take_all(entry)
            continue
        key = take_attribute(entry, "name") if name == "user-defined" else _META.get(name, name)
        place = f"{label}属性/自定义 {key}" if name == "user-defined" else f"{label}属性/{key}"
        text = take(entry).strip()
        if is_program_mark(key, text):
            text = ""
        elif mere_number(text) and not telling(text):
            text = f"{key}：{text}" if telling(key) and name == "user-defined" else ""
        archive.scribe.add(text, place, part=Part.PROPERTY, hidden=True)
        for address in ("href", "title"):
            archive.scribe.add(take_attribute(entry, address), place, part=Part.PROPERTY, hidden=True)


def read_settings(archive: Archive, root: etree._Element, label: str) -> None:
    """Printer, data sources and whatever else holds a name; the rest is program state."""
    for entry in found(root, "config-item"):
        key = attr(entry, "name") or ""
        text = take(entry).strip()
        is_telling = telling(text) and attr(entry, "type") != "base64Binary" and not _NUMBER.fullmatch(text)
        if text and (is_telling or (key in _TELLING_SETTINGS and not mere_number(text))):
            archive.scribe.add(text, f"{label}设置/{key}", part=Part.PROPERTY, hidden=True)


def encrypted_members(archive: Archive) -> frozenset[str]:
    """Members that are encrypted; there is one gap for all of them (OpenDocument 1.3 part 2, 4.2)."""
    name = archive.find(_MANIFEST)
    root = archive.xml(name) if name is not None else None
    if root is None:
        return frozenset()
    locked = set()
    for entry in found(root, "file-entry"):
        if any(True for _ in found(entry, "encryption-data", "encrypted-key")):
            path = archive.find(attr(entry, "full-path") or "")
            if path is not None:
                locked.add(path)
    archive.release(_MANIFEST)
    if locked:
        for path in locked:
            archive.account(path)
        archive.scribe.gap(
            "文件",
            tr(
                f"文件已加密（{len(locked)} 个部件），需要密码才能打开，未读取：去除密码后再审",
                f"the file is encrypted ({len(locked)} parts) and needs a password; remove it and review again",
            ),
        )
    return frozenset(locked)


def write_editors(archive: Archive, names: dict[str, None]) -> None:
    """Write down each writer of changes and comments once."""
    for name in filter(None, names):
        archive.scribe.add(name, "修订和批注作者", part=Part.PROPERTY, hidden=True)


def text_of(element: etree._Element) -> str:
    """All text below an element, paragraphs as lines."""
    lines = [plain(line) for line in found(element, "p", "h")]
    return "\n".join(lines) if lines else plain(element)
