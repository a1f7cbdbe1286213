"""Takes handwriting out of an Office file: its strokes, and the picture that stands for them in older programs."""

from __future__ import annotations

from collections.abc import Collection

from reviewer.errors import RedactionError
from reviewer.extract.package.xml import attr, local
from reviewer.language import tr
from reviewer.redact.edit import Tally
from reviewer.redact.lines import drop
from reviewer.redact.ooxml import Office


def without_handwriting(data: bytes, names: Collection[str], path: str) -> bytes:
    """The file without these parts of ink and all that shows them. Raises RedactionError for one that nobody shows."""
    office = Office(data, Tally())
    gone: set[str] = set()
    for source in office.names:
        if source.endswith(".rels") or not source.endswith(".xml"):
            continue
        for relation in [one for one in office.relations(source) if office.target(source, one) in names]:
            gone.add(office.target(source, relation) or "")
            _drop_shown(office, source, attr(relation, "Id") or "")
            drop(relation)
    if lost := set(names) - gone:
        places = "、".join(sorted(lost))
        raise RedactionError(
            tr(
                f"{path}：{places} 的墨迹不知显示在哪里，请在原件中手工删去",
                f"{path}: nobody can tell where the ink of {places} is shown: delete it by hand",
            )
        )
    office.drop(gone, "")
    return office.saved()


def _drop_shown(office: Office, source: str, id_: str) -> None:
    for element in list(office.tree(source).iter("{*}*")):
        if any(value == id_ and "relationships" in str(key) for key, value in element.attrib.items()):
            whole = next((up for up in element.iterancestors() if local(up) == "AlternateContent"), element)
            drop(whole)
