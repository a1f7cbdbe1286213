"""What this program cannot read yet: each kind by its name, and what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.language import tr


@dataclass(frozen=True, slots=True)
class _Words:
    """One wording in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return tr(self.zh, self.en)


_AS_DOCX = _Words("另存为 .docx 后再审", "save it as .docx and review again")
_AS_XLSX = _Words("另存为 .xlsx 后再审", "save it as .xlsx and review again")
_AS_PPTX = _Words("另存为 .pptx 后再审", "save it as .pptx and review again")
_AS_PDF = _Words("转为 PDF 后再审", "convert it to PDF and review again")
_UNPACK = _Words("解压后逐个文件再审", "unpack it and review every file in it")
_SAVE_MAIL = _Words("正文与附件分别另存后再审", "save text and attachments separately and review each")
_LOOK = _Words("由审核人看图核对，或识别文字后再审", "let a reviewer look at it, or recognise its text first")
_LISTEN = _Words("由审核人人工核对", "let a reviewer check it by eye and ear")
_NOT_FOR_RELEASE = _Words(
    "程序文件不应作为公开材料，请核对", "programs are not material for publication: check what it is"
)

_OLD_WORD = (_Words("旧版 Word 文档（.doc）", "an old Word document (.doc)"), _AS_DOCX)
_OLD_EXCEL = (_Words("旧版 Excel 表格（.xls）", "an old Excel workbook (.xls)"), _AS_XLSX)
_OLD_POWERPOINT = (_Words("旧版演示文稿（.ppt）", "an old presentation (.ppt)"), _AS_PPTX)
_OLD_OFFICE = (
    _Words("旧版 Office 或 WPS 文件", "an old Office or WPS file"),
    _Words("另存为 .docx、.xlsx 或 .pptx 后再审", "save it as .docx, .xlsx or .pptx and review again"),
)
_ARCHIVE = (_Words("压缩包", "an archive"), _UNPACK)

_KINDS: Mapping[str, tuple[_Words, _Words]] = {
    "application/msword": _OLD_WORD,
    "application/vnd.ms-excel": _OLD_EXCEL,
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12": (
        _Words("二进制 Excel 表格（.xlsb）", "a binary Excel workbook (.xlsb)"),
        _AS_XLSX,
    ),
    "application/vnd.ms-powerpoint": _OLD_POWERPOINT,
    "application/x-ole-storage": _OLD_OFFICE,
    "application/vnd.ms-works": _OLD_OFFICE,
    "application/vnd.ms-outlook": (_Words("Outlook 邮件（.msg）", "an Outlook message (.msg)"), _SAVE_MAIL),
    "message/rfc822": (_Words("邮件（.eml）", "a mail (.eml)"), _SAVE_MAIL),
    "application/rtf": (_Words("RTF 文档", "an RTF document"), _AS_DOCX),
    "text/rtf": (_Words("RTF 文档", "an RTF document"), _AS_DOCX),
    "application/ofd": (_Words("OFD 版式文件", "an OFD document"), _AS_PDF),
    "application/vnd.oasis.opendocument.text": (_Words("ODT 文档", "an ODT document"), _AS_DOCX),
    "application/vnd.oasis.opendocument.spreadsheet": (_Words("ODS 表格", "an ODS spreadsheet"), _AS_XLSX),
    "application/vnd.oasis.opendocument.presentation": (_Words("ODP 演示文稿", "an ODP presentation"), _AS_PPTX),
    "application/zip": _ARCHIVE,
    "application/x-rar-compressed": _ARCHIVE,
    "application/vnd.rar": _ARCHIVE,
    "application/x-7z-compressed": _ARCHIVE,
    "application/x-tar": _ARCHIVE,
    "application/gzip": _ARCHIVE,
    "application/x-bzip2": _ARCHIVE,
    "application/x-xz": _ARCHIVE,
    "application/x-dbf": (_Words("dBASE 数据表（.dbf）", "a dBASE table (.dbf)"), _AS_XLSX),
    "application/vnd.sqlite3": (
        _Words("数据库文件", "a database"),
        _Words("导出为 .xlsx 或 .csv 后再审", "export it as .xlsx or .csv and review again"),
    ),
}

_FAMILIES: Mapping[str, tuple[_Words, _Words]] = {
    "image/": (_Words("图片，图中可能有文字", "a picture, which may hold text"), _LOOK),
    "audio/": (_Words("录音", "a recording"), _LISTEN),
    "video/": (_Words("视频", "a video"), _LISTEN),
    "application/x-executable": (_Words("可执行程序", "a program"), _NOT_FOR_RELEASE),
}
"""By the beginning of the media type."""

_UNKNOWN = (
    _Words("无法识别的文件类型", "a file of unknown kind"),
    _Words("转为 PDF 或 .docx 后再审，或由审核人人工核对", "convert it to PDF or .docx, or let a reviewer check it"),
)


def reason(media_type: str) -> str:
    """What the file is, that it was not read, and what to do."""
    family = next((kind for start, kind in _FAMILIES.items() if media_type.startswith(start)), _UNKNOWN)
    what, remedy = _KINDS.get(media_type, family)
    return tr(f"{what}暂不能读取：{remedy}", f"{what} cannot be read yet: {remedy}")
