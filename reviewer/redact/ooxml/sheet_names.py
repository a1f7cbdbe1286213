"""Renames the sheets whose names say what must go, and whatever refers to them by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reviewer.errors import RedactionError
from reviewer.extract.package.xml import attr, found, plain
from reviewer.language import tr
from reviewer.redact.edit import Piece, written
from reviewer.redact.ooxml import Office
from reviewer.terms import Document

_PLACE = re.compile(r"工作表名\d+$")
_LONGEST = 31  # characters; Excel repairs a file with a longer name, and with one of these signs
_FORBIDDEN = frozenset("[]:*?/\\")


def renamed_sheets(
    office: Office, main: str, document: Document, changes: Mapping[int, Sequence[Piece]]
) -> Mapping[int, Sequence[Piece]]:
    """Renames; returns the changes that are left to make. Raises RedactionError for a name no program opens."""
    names = {
        index: document.segments[index]
        for index in changes
        if _PLACE.match(document.segments[index].place) and not document.segments[index].hidden
    }
    if not names:
        return changes
    new = {segment.text: written(segment.text, changes[index]) for index, segment in names.items()}
    entries = list(found(office.tree(main), "sheet"))
    after = [new.get(attr(entry, "name") or "", attr(entry, "name") or "") for entry in entries]
    _check(document, after)
    for entry, name in zip(entries, after, strict=True):
        entry.set("name", name)
    _refer(office, new)
    return {index: change for index, change in changes.items() if index not in names}


def _check(document: Document, names: Sequence[str]) -> None:
    alike = len({name.casefold() for name in names}) < len(names)
    if alike or any(not name or len(name) > _LONGEST or _FORBIDDEN & set(name) for name in names):
        raise RedactionError(
            tr(
                f"{document.path}：遮盖后的工作表名重名、过长或含有 * 等符号；请先给工作表改名，或在计划里写明新名",
                f"{document.path}: a masked sheet name is a twin, too long or holds signs such as *: rename the sheet "
                "first, or state the name in the plan",
            )
        )


def _refer(office: Office, new: Mapping[str, str]) -> None:
    """References in names, charts, formats and links: 'old'!A1 and old!A1."""
    forms = {form: _quoted(name) for old, name in new.items() for form in (_quoted(old), old + "!")}
    for part in office.names:
        if not part.endswith(".xml") or not part.startswith("xl/"):
            continue
        for element in found(office.tree(part), "definedName", "f", "formula", "formula1", "formula2", "hyperlink"):
            for form, name in forms.items():
                if form in plain(element):
                    element.text = plain(element).replace(form, name)
                if form in (attr(element, "location") or ""):
                    element.set("location", (attr(element, "location") or "").replace(form, name))


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'!"
