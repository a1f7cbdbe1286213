"""Objects embedded in RTF: the bytes of `objdata` ([MS-OLEDS] 2.2, OLE 1.0 format)."""

from __future__ import annotations

from reviewer.extract.ole import objects
from reviewer.extract.rtf.desk import Desk, Destination
from reviewer.extract.rtf.tokens import unhexed
from reviewer.extract.scribe import Enclosure
from reviewer.language import tr

_LONGEST_CLASS = 60
_MOST = 1000


def read_class(desk: Desk, destination: Destination) -> None:
    r"""`\objclass` comes before the data."""
    name = destination.text()
    desk.object_class = name if name.isascii() and len(name) <= _LONGEST_CLASS else ""


def read_object(desk: Desk, destination: Destination) -> None:
    """One embedded or linked object."""
    data = unhexed(destination.data)
    if not data:
        return
    number = desk.number("嵌入对象")
    label = f"嵌入对象{number}（{destination.flow.place} 附近）"
    if number <= _MOST:
        desk.scribe.enclose(objects.read_object(data), label, Enclosure.OBJECT)
        return
    kind = f"（{desk.object_class}）" if desk.object_class else ""
    desk.scribe.gap(
        label,
        tr(
            f"嵌入的 OLE 对象{kind}未读取：取出后单独再审",
            f"embedded OLE object {kind}, not read: take it out and review it by itself",
        ),
    )
