"""EXIF and TIFF fields as texts: who, when, where, with what (CIPA DC-008; TIFF 6.0; Windows' XP fields)."""

from __future__ import annotations

import re

from reviewer.extract.image.facts import Facts
from reviewer.extract.image.iptc import read_iptc
from reviewer.extract.image.photoshop import read_resources
from reviewer.extract.image.tiff import ASCII, BYTE, UNDEFINED, UTF8, Directory, Entry, Kind, Tiff
from reviewer.extract.image.xmp import read_xmp
from reviewer.language import tr

_NAMES = {
    0x010D: "文档名",
    0x010E: "图像说明",
    0x010F: "相机厂商",
    0x0110: "相机型号",
    0x011D: "页名",
    0x0131: "软件",
    0x0132: "修改时间",
    0x013B: "作者",
    0x013C: "计算机",
    0x8298: "版权",
    0x9003: "拍摄时间",
    0x9004: "数字化时间",
    0x9286: "用户注释",
    0x927C: "厂商注释",
    0x9C9B: "标题",
    0x9C9C: "备注",
    0x9C9D: "作者",
    0x9C9E: "关键词",
    0x9C9F: "主题",
    0xA420: "图像编号",
    0xA430: "相机所有者",
    0xA431: "机身序列号",
    0xA433: "镜头厂商",
    0xA434: "镜头型号",
    0xA435: "镜头序列号",
    0xA436: "标题",
    0xA437: "拍摄者",
    0xA438: "编辑者",
    0xC62F: "机身序列号",
    0xFDE8: "相机所有者",
    0xFDE9: "机身序列号",
}
_XMP, _IPTC, _PHOTOSHOP, _ICC, _LAYERS = 0x02BC, 0x83BB, 0x8649, 0x8773, 0x935C
_WINDOWS = range(0x9C9B, 0x9CA0)
_COMMENT = 0x9286
_THUMBNAIL_AT, _THUMBNAIL_BYTES = 0x0201, 0x0202
# Picture data and its description, colour profiles and tables: nothing that anybody wrote.
_TECHNICAL = frozenset(
    {0x0111, 0x0117, 0x0140, 0x0144, 0x0145, 0x015B, 0x0201, 0x0202, 0x0207, 0x0208, 0x0209, _ICC, 0x828D, 0x828E}
    | {0x9000, 0x9010, 0x9011, 0x9012, 0x9101, 0x9290, 0x9291, 0x9292, 0xA000, 0xA300, 0xA301, 0xA302, 0xC4A5, 0x9217}
    | {0x0102, 0x0153, 0x0214, 0x012D, 0x9C00}
)
_LEAST_SWEPT = 16  # bytes that could hold a word
_PREFIXES = {b"ASCII\0\0\0": None, b"UNICODE\0": "utf-16-", b"JIS\0\0\0\0\0": "iso2022_jp", bytes(8): None}
_PROVIDERS = re.compile(r"(?i)gps|network|cellid|manual|fused|wlan|hybrid-\w+|charset=\w+")


def read_exif(data: bytes, facts: Facts, start: str = "EXIF") -> None:
    """All that the directories say; `data` begins with the byte order mark, II or MM."""
    tiff = Tiff(data)
    for directory in tiff.directories():
        _read_directory(tiff, directory, facts, start)
    if tiff.damaged:
        facts.gap(start, _damaged(start))


def _read_directory(tiff: Tiff, directory: Directory, facts: Facts, start: str) -> None:
    if directory.kind is Kind.GPS:
        _read_position(tiff, directory, facts, f"{start}/GPS")
        return
    if directory.kind is Kind.OTHER:  # interoperability: constants such as R98
        return
    for entry in directory.entries:
        name = _NAMES.get(entry.tag, f"字段{entry.tag:#06x}")
        _read_entry(tiff, entry, facts, f"{start}/{name}")
    length = int.from_bytes(directory.raw(_THUMBNAIL_BYTES)[:4], "big" if tiff.order == ">" else "little")
    at = int.from_bytes(directory.raw(_THUMBNAIL_AT)[:4], "big" if tiff.order == ">" else "little")
    if start == "EXIF" and directory.kind is Kind.PICTURE and length and at:
        facts.thumbnails.append((f"{start}/缩略图", tiff.data[at : at + length]))


def _read_entry(tiff: Tiff, entry: Entry, facts: Facts, place: str) -> None:
    if entry.tag == _XMP:
        read_xmp(entry.raw, facts)
    elif entry.tag == _IPTC:
        read_iptc(entry.raw, facts)
    elif entry.tag == _PHOTOSHOP:
        read_resources(entry.raw, facts)
    elif entry.tag == _COMMENT:
        _read_comment(tiff, entry.raw, facts, place)
    elif entry.tag in _WINDOWS:
        facts.say(place, entry.raw[: len(entry.raw) // 2 * 2].decode("utf-16-le", "replace"))
    elif entry.tag in _TECHNICAL:
        return
    elif entry.type in (ASCII, UTF8):
        for text in entry.raw.split(b"\0"):
            facts.say_bytes(place, text)
    elif entry.type in (BYTE, UNDEFINED) and len(entry.raw) >= _LEAST_SWEPT:
        if entry.tag == _LAYERS:
            facts.gap(place, _layers())
        facts.sweep(place, entry.raw)


def _read_comment(tiff: Tiff, raw: bytes, facts: Facts, place: str) -> None:
    """Eight bytes of character code, then the text (CIPA DC-008, 4.6.5 UserComment); many writers omit the code."""
    code = _PREFIXES.get(raw[:8])
    body = raw[8:] if raw[:8] in _PREFIXES else raw
    if code == "iso2022_jp":
        facts.say(place, body.decode("iso2022_jp", "replace"))
        return
    if code is None:
        facts.say_bytes(place, body)
        return
    # "Unicode" was meant in the file's byte order, and is written in either.
    even = body[: len(body) // 2 * 2]
    facts.say_bytes(place, even if even.strip(b"\0") else b"", hint=code + tiff.byte_order)


def _read_position(tiff: Tiff, gps: Directory, facts: Facts, place: str) -> None:
    """Where the camera stood, in degrees with decimals; south and west are negative."""
    words = []
    for name, tag, reference in (("纬度", 2, 1), ("经度", 4, 3), ("目标纬度", 0x14, 0x13), ("目标经度", 0x16, 0x15)):
        parts = tiff.rationals(gps.raw(tag))
        if parts:
            degrees = sum(value / 60**power for power, value in enumerate(parts[:3]))
            words.append(f"{name} {-degrees if gps.raw(reference)[:1] in b'SsWw' and degrees else degrees:.6f}")
    if height := tiff.rationals(gps.raw(6)):
        words.append(f"海拔 {-height[0] if gps.raw(5)[:1] == bytes([1]) else height[0]:.1f} 米")
    if words:
        facts.say(place, "GPS " + " ".join(words))
    for entry in gps.entries:
        if entry.tag in (0x1B, 0x1C):
            _read_area(tiff, entry.raw, facts, place)
        elif entry.type == ASCII and len(entry.raw) > 3 and entry.tag != 0x1D:
            facts.say_bytes(place, entry.raw)


def _read_area(tiff: Tiff, raw: bytes, facts: Facts, place: str) -> None:
    body = raw[8:] if raw[:8] in _PREFIXES else raw
    if not _PROVIDERS.fullmatch(body.strip(b"\0 ").decode("latin-1")):
        _read_comment(tiff, raw, facts, place)


def _damaged(start: str) -> str:
    return tr(
        f"{start} 数据已损坏，未全部读取：用画图程序另存图片后再审",
        f"the {start} data is damaged, not all of it was read: save the picture anew",
    )


def _layers() -> str:
    return tr(
        "内含编辑软件的图层数据（可能含隐藏图层），未读取：合并图层另存后再审",
        "holds layers of an editor (perhaps hidden ones), not read: flatten the picture and save it anew",
    )
