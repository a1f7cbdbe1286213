"""What else lies in a workbook's compound file: properties, macros, embedded objects, logs of changes."""

from __future__ import annotations

from reviewer.extract.scribe import Scribe
from reviewer.extract.xls.container import Container
from reviewer.language import tr

# The program that made an object and how it links: no text of a person.
_SILENT = frozenset({"\x01compobj", "\x01ole", "\x03objinfo"})
_KINDS = (
    ("\x05", "文档属性", "document properties"),
    ("_vba_project", "宏（VBA）", "macros (VBA)"),
    ("vba", "宏（VBA）", "macros (VBA)"),
    ("mbd", "嵌入对象", "an embedded object"),
    ("ctls", "控件", "form controls"),
    ("revision log", "修订记录", "the log of changes"),
    ("user names", "共享用户名单", "the list of users"),
)


def read_rest(container: Container, scribe: Scribe) -> None:
    """The seam to the reader of compound files: until it is joined, each kind of stream left is one gap."""
    told: set[str] = set()
    for path in container.unread():
        if path[-1].casefold() in _SILENT:
            continue
        place, reason = _gap(path)
        if place not in told:
            told.add(place)
            scribe.gap(place, reason)


def _gap(path: tuple[str, ...]) -> tuple[str, str]:
    first = path[0].casefold()
    for start, zh, en in _KINDS:
        if first.startswith(start):
            place = f"{zh} {path[0]}" if start == "mbd" else zh
            return place, tr(f"{zh}未读取：另存为 .xlsx 后再审", f"{en}, not read: save it as .xlsx and review again")
    name = "/".join(path)
    return name, tr("不认识的数据流，未读取", "unknown stream, not read")
