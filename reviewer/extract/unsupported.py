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
_EXPORT = _Words("导出为 .xlsx 或 .csv 后再审", "export it as .xlsx or .csv and review again")
_DECRYPT = _Words("去除密码后再审", "remove the password and review again")
_UNPACK = _Words("解压后逐个文件再审", "unpack it and review every file in it")
_LOOK = _Words("由审核人看图核对，或识别文字后再审", "let a reviewer look at it, or recognise its text first")
_LISTEN = _Words("由审核人人工核对", "let a reviewer check it by eye and ear")
_WHY_PUBLISH = _Words("程序文件不应作为公开材料，请核对", "a program is no material for publication: check what it is")

_ARCHIVE = (_Words("压缩包", "an archive"), _UNPACK)
_DATABASE = (_Words("数据库文件", "a database"), _EXPORT)
_PROGRAM = (_Words("可执行程序", "a program"), _WHY_PUBLISH)

_KINDS: Mapping[str, tuple[_Words, _Words]] = {
    "application/encrypted": (_Words("已加密的文档", "an encrypted document"), _DECRYPT),
    "application/vnd.visio": (_Words("Visio 图", "a Visio drawing"), _AS_PDF),
    "application/vnd.ms-visio.drawing": (_Words("Visio 图", "a Visio drawing"), _AS_PDF),
    "application/x-msaccess": _DATABASE,
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
