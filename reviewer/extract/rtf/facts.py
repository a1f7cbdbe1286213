"""What an RTF document says of itself: properties, people, variables, fonts."""

from __future__ import annotations

import re

from reviewer.extract.docx.paragraph import is_mute_code
from reviewer.extract.program_marks import is_program_mark
from reviewer.extract.rtf.desk import Desk, Destination
from reviewer.extract.rtf.tokens import unhexed
from reviewer.extract.telling import mere_number, telling
from reviewer.terms import Part

PROPERTIES = {
    "title": "标题",
    "subject": "主题",
    "author": "作者",
    "manager": "经理",
    "company": "单位",
    "operator": "最后修改者",
    "category": "类别",
    "keywords": "关键词",
    "comment": "备注",
    "doccomm": "备注",
    "hlinkbase": "链接基址",
}
r"""Words of `\info` (RTF 1.9.1, "Information Group")."""

_LONGEST_FONT = 31  # LF_FACESIZE, without the NUL
_SEVEN_DIGITS = re.compile(r"\d{7}")
_WIDE_TEXT = re.compile(rb"(?:[\x20-\x7e]\0|[\x00-\xff][\x4e-\x9f]){4,}")
_MADE_NAME = re.compile(r"_+[A-Za-z]+[_\d]*")  # _Toc123456789: of Word's own making
_LONGEST_LIST_SIGN = 10
_CONTROL = re.compile(r"[\x00-\x1f;]")
_UNKNOWN_AUTHOR = "Unknown"


def read_property(desk: Desk, destination: Destination) -> None:
    text = destination.text()
    if telling(text) or (text and not mere_number(text)):
        desk.fact(text, f"属性/{PROPERTIES[destination.word]}")


def begin_custom(desk: Desk, destination: Destination) -> None:
    r"""`\propname`: a name of somebody's own making may tell something itself."""
    desk.property = destination.text() or "自定义"
    if telling(desk.property):
        desk.fact(desk.property, "属性/自定义名称")


def read_custom(desk: Desk, destination: Destination) -> None:
    text = destination.text()
    if not is_program_mark(desk.property, text) and (telling(text) or (text and not mere_number(text))):
        desk.fact(text, f"属性/{desk.property or '自定义'}")


def read_variable(desk: Desk, destination: Destination) -> None:
    for line in destination.text().splitlines():
        desk.fact(line, "属性/docvar")


def read_authors(desk: Desk, destination: Destination) -> None:
    """The table of those who changed something (`revtbl`), or of those who may (`protusertbl`)."""
    for name in re.split(r"[;\n]", destination.text()):
        if name.strip() and name.strip() != _UNKNOWN_AUTHOR:
            desk.names[name.strip()] = None


def read_commentator(desk: Desk, destination: Destination) -> None:
    if destination.text():
        desk.names[destination.text()] = None


def read_template(desk: Desk, destination: Destination) -> None:
    desk.fact(destination.text(), f"属性/{destination.word}")


def read_fonts(desk: Desk, destination: Destination) -> None:
    """Names of fonts are no text, unless no font could be called so."""
    for name in re.split(r"[;\n]", destination.text()):
        if len(name) > _LONGEST_FONT or _SEVEN_DIGITS.search(name):
            desk.fact(name, "字体表")


def read_styles(desk: Desk, destination: Destination) -> None:
    for name in re.split(r"[;\n]", destination.text()):
        if telling(name):
            desk.fact(name, "样式表")


def read_code(desk: Desk, destination: Destination) -> None:
    code = destination.text()
    if code and not is_mute_code(code):
        destination.flow.aside(code, "域代码", Part.FIELD_CODE)


def read_field_data(desk: Desk, destination: Destination) -> None:
    """The data of a field or of a form: its strings are UTF-16."""
    data = unhexed(destination.data)
    for found in _WIDE_TEXT.finditer(data):
        text = found[0].decode("utf-16-le", errors="replace").strip()
        if telling(text):
            destination.flow.aside(text, "域数据", Part.FIELD_CODE)


def read_bookmark(desk: Desk, destination: Destination) -> None:
    name = destination.text()
    if telling(name) and not _MADE_NAME.fullmatch(name) and name not in desk.bookmarks:
        desk.bookmarks.add(name)
        destination.flow.aside(name, "书签", Part.DEFINED_NAME)


def read_index_entry(desk: Desk, destination: Destination) -> None:
    destination.flow.aside(destination.text(), "索引项", Part.FIELD_CODE)


def read_form_text(desk: Desk, destination: Destination) -> None:
    destination.flow.aside(destination.text(), "窗体域", Part.FORM_VALUE)


def read_list_sign(desk: Desk, destination: Destination) -> None:
    """A list sign may be a whole sentence; ordinary ones are in the text where they are seen (`listtext`)."""
    sign = _CONTROL.sub("", destination.text())
    if len(sign) > _LONGEST_LIST_SIGN:
        desk.fact(sign, "列表符号")


def write_names(desk: Desk) -> None:
    """Everybody who changed or commented something."""
    for name in desk.names:
        desk.fact(name, "修订和批注作者")
