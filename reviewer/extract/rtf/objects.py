"""Objects embedded in RTF: the bytes of `objdata` ([MS-OLEDS] 2.2, OLE 1.0 format)."""

from __future__ import annotations

from reviewer.extract.rtf.desk import Desk, Destination
from reviewer.extract.rtf.tokens import unhexed
from reviewer.language import tr

_LONGEST_CLASS = 60


def read_class(desk: Desk, destination: Destination) -> None:
    r"""`\objclass` comes before the data."""
    desk.object_class = destination.text()[:_LONGEST_CLASS]


def read_object(desk: Desk, destination: Destination) -> None:
    """One embedded or linked object."""
    data = unhexed(destination.data)
    if not data:
        return
    label = f"嵌入对象{desk.number('嵌入对象')}（{destination.flow.place} 附近）"
    desk.scribe.gap(
        label,
        tr(
            "嵌入的 OLE 对象未读取：取出后单独再审",
            "embedded OLE object, not read: take it out and review it by itself",
        ),
    )
