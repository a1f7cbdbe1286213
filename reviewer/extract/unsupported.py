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
_AS_OFFICE = _Words("另存为 .docx、.xlsx 或 .pptx 后再审", "save it as .docx, .xlsx or .pptx and review again")
_AS_PDF = _Words("转为 PDF 后再审", "convert it to PDF and review again")
_EXPORT = _Words("导出为 .xlsx 或 .csv 后再审", "export it as .xlsx or .csv and review again")
_DECRYPT = _Words("去除密码后再审", "remove the password and review again")
_UNPACK = _Words("解压后逐个文件再审", "unpack it and review every file in it")
_SAVE_MAIL = _Words("正文与附件分别另存后再审", "save text and attachments separately and review each")
_LOOK = _Words("由审核人看图核对，或识别文字后再审", "let a reviewer look at it, or recognise its text first")
_LISTEN = _Words("由审核人人工核对", "let a reviewer check it by eye and ear")
_WHY_PUBLISH = _Words("程序文件不应作为公开材料，请核对", "a program is no material for publication: check what it is")

_MAIL = (_Words("邮件", "a mail"), _SAVE_MAIL)
_ARCHIVE = (_Words("压缩包", "an archive"), _UNPACK)
_DATABASE = (_Words("数据库文件", "a database"), _EXPORT)
_PROGRAM = (_Words("可执行程序", "a program"), _WHY_PUBLISH)

_KINDS: Mapping[str, tuple[_Words, _Words]] = {
    "application/encrypted": (_Words("已加密的文档", "an encrypted document"), _DECRYPT),
    "application/msword": (_Words("旧版 .doc（Word 或 WPS 文字）", "an old .doc (Word or WPS)"), _AS_DOCX),
    "application/vnd.ms-excel": (_Words("旧版 .xls（Excel 或 WPS 表格）", "an old .xls (Excel or WPS)"), _AS_XLSX),
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12": (
        _Words("二进制表格（.xlsb）", "a binary .xlsb"),
        _AS_XLSX,
    ),
    "application/vnd.ms-powerpoint": (_Words("旧版 .ppt 演示文稿", "an old .ppt presentation"), _AS_PPTX),
    "application/x-ole-storage": (_Words("旧版 Office 或 WPS 文件", "an old Office or WPS file"), _AS_OFFICE),
    "application/vnd.visio": (_Words("Visio 图", "a Visio drawing"), _AS_PDF),
    "application/vnd.ms-visio.drawing": (_Words("Visio 图", "a Visio drawing"), _AS_PDF),
    "application/vnd.ms-outlook": (_Words("Outlook 邮件（.msg）", "an Outlook message (.msg)"), _SAVE_MAIL),
    "application/ms-tnef": _MAIL,
    "message/rfc822": _MAIL,
    "multipart/related": (_Words("网页存档（.mht）", "a web archive (.mht)"), _AS_PDF),
    "application/rtf": (_Words("RTF 文档", "an RTF document"), _AS_DOCX),
    "application/ofd": (_Words("OFD 版式文件", "an OFD document"), _AS_PDF),
    "application/epub+zip": (_Words("电子书（.epub）", "an e-book (.epub)"), _AS_PDF),
    "application/vnd.oasis.opendocument.text": (_Words("ODT 文档", "an ODT document"), _AS_DOCX),
    "application/vnd.oasis.opendocument.spreadsheet": (_Words("ODS 表格", "an ODS spreadsheet"), _AS_XLSX),
    "application/vnd.oasis.opendocument.presentation": (_Words("ODP 演示文稿", "an ODP presentation"), _AS_PPTX),
    "application/x-dbf": (_Words("dBASE 数据表（.dbf）", "a dBASE table (.dbf)"), _EXPORT),
    "application/vnd.sqlite3": _DATABASE,
    "application/x-msaccess": _DATABASE,
    "application/zip": _ARCHIVE,
    "application/vnd.rar": _ARCHIVE,
    "application/x-7z-compressed": _ARCHIVE,
    "application/x-tar": _ARCHIVE,
    "application/gzip": _ARCHIVE,
    "application/x-bzip2": _ARCHIVE,
    "application/x-xz": _ARCHIVE,
    "application/zstd": _ARCHIVE,
    "application/vnd.ms-cab-compressed": _ARCHIVE,
    "application/x-executable": _PROGRAM,
    "application/vnd.microsoft.portable-executable": _PROGRAM,
}
"""Media type → what it is, what to do."""

_FAMILIES: Mapping[str, tuple[_Words, _Words]] = {
    "image/": (_Words("图片，图中可能有文字", "a picture, which may hold text"), _LOOK),
    "audio/": (_Words("录音", "a recording"), _LISTEN),
    "video/": (_Words("视频", "a video"), _LISTEN),
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
