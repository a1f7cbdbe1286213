"""Names that belie what they name: a web page called .xls, an archive called .doc, a program called .pdf."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from reviewer.extract.remarks import Addition, remark

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_LEGACY = ("application/x-ole-storage", "application/encrypted", "application/vnd.ms-office")
_WORD = (_OPEN_XML + "wordprocessingml.", "application/vnd.ms-word.", "application/encrypted")
_EXCEL = (_OPEN_XML + "spreadsheetml.", "application/vnd.ms-excel.", "application/encrypted")
_POWERPOINT = (_OPEN_XML + "presentationml.", "application/vnd.ms-powerpoint.", "application/encrypted")
_OLD_WORD = ("application/msword", *_LEGACY)
_OLD_EXCEL = ("application/vnd.ms-excel", *_LEGACY)
_OLD_POWERPOINT = ("application/vnd.ms-powerpoint", *_LEGACY)
_TEXT = ("text/plain", "text/markdown", "text/csv", "text/tab-separated-values", "application/json", "application/xml")
_PAGE = ("text/html", "application/xhtml+xml")
_MAIL = ("message/", "multipart/")

_FITTING: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), _WORD),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam", ".xlsb"), _EXCEL),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"), _POWERPOINT),
    **dict.fromkeys((".doc", ".dot"), _OLD_WORD),
    **dict.fromkeys((".xls", ".xlt"), _OLD_EXCEL),
    **dict.fromkeys((".ppt", ".pps", ".pot"), _OLD_POWERPOINT),
    # WPS writes both its own OLE files and Open XML under these names.
    **dict.fromkeys((".wps", ".wpt"), (*_OLD_WORD, *_WORD)),
    **dict.fromkeys((".et", ".ett"), (*_OLD_EXCEL, *_EXCEL)),
    **dict.fromkeys((".dps", ".dpt"), (*_OLD_POWERPOINT, *_POWERPOINT)),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"), ("image/",)),
    **dict.fromkeys((".txt", ".md", ".csv", ".tsv", ".log", ".json"), _TEXT),
    **dict.fromkeys((".htm", ".html", ".shtml", ".xhtml"), (*_PAGE, *_MAIL, "text/plain", "application/xml")),
    ".xml": (*_TEXT, *_PAGE, "image/svg+xml", "application/"),
    ".svg": ("image/svg+xml", "application/gzip"),
    ".pdf": ("application/pdf",),
    ".ofd": ("application/ofd",),
    ".rtf": ("application/rtf",),
    ".odt": ("application/vnd.oasis.opendocument.text",),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet",),
    ".odp": ("application/vnd.oasis.opendocument.presentation",),
    ".eml": (*_MAIL, "text/plain"),
    **dict.fromkeys((".mht", ".mhtml"), (*_MAIL, *_PAGE)),
    ".msg": ("application/vnd.ms-outlook",),
    ".zip": ("application/zip",),
    ".rar": ("application/vnd.rar",),
    ".7z": ("application/x-7z-compressed",),
    ".epub": ("application/epub+zip",),
}
"""Suffix → how the media types begin that may bear it; other suffixes promise nothing."""

_KINDS: Mapping[str, str] = {
    "text/html": "网页（HTML）",
    "application/xhtml+xml": "网页（HTML）",
    "text/": "纯文本",
    "application/pdf": "PDF",
    "application/ofd": "OFD",
    "application/rtf": "RTF 文档",
    "application/json": "JSON 数据",
    "application/xml": "XML 数据",
    "image/": "图片",
    "audio/": "音频",
    "video/": "视频",
    "message/": "邮件",
    "multipart/": "网页存档（MHT）",
    "application/msword": "旧版 Word 文档（.doc）",
    "application/vnd.ms-excel": "Excel 工作簿",
    "application/vnd.ms-powerpoint": "PowerPoint 演示文稿",
    "application/x-ole-storage": "旧版 Office 文件（OLE）",
    _OPEN_XML + "wordprocessingml.": "Word 文档（.docx）",
    _OPEN_XML + "spreadsheetml.": "Excel 工作簿（.xlsx）",
    _OPEN_XML + "presentationml.": "PowerPoint 演示文稿（.pptx）",
    "application/vnd.oasis.opendocument.": "ODF 文档",
    "application/x-executable": "可执行程序",
    "application/vnd.microsoft.portable-executable": "可执行程序",
    "application/zip": "压缩包（zip）",
    "application/encrypted": "已加密的文档",
}
_UNSPOKEN = ("application/x-empty", "application/octet-stream")  # told as gaps


def belied(name: str, media_type: str) -> tuple[Addition, ...]:
    """A remark if the file's name promises another format than it holds; it was read by what it holds."""
    suffix = PurePath(name).suffix.lower()
    fitting = _FITTING.get(suffix)
    if fitting is None or media_type.startswith((*fitting, *_UNSPOKEN)):
        return ()
    kind = next((kind for start, kind in _KINDS.items() if media_type.startswith(start)), media_type)
    return (remark("文件名与内容不符", f"名为 {suffix}，实为{kind}，已按内容读取"),)
