"""An Office package: zip members in a fixed order, stored uncompressed, with a fixed time and no author."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATIONSHIPS = f"{OFFICE}/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MADE = "2026-03-02T01:30:00Z"
_ZIP_TIME = (2026, 3, 2, 9, 30, 0)

__all__ = ("MADE", "OFFICE", "PACKAGE", "RELATIONSHIPS", "XML", "escape", "package", "quoteattr", "relations")


def package(
    parts: Mapping[str, str | bytes], types: Mapping[str, str], title: str, application: str, main: str
) -> bytes:
    """The bytes of a package whose main part is `main`; `types` gives the content type of every XML part."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(types),
        "_rels/.rels": relations(
            [
                ("rId1", f"{RELATIONSHIPS}/officeDocument", main),
                ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                ("rId3", f"{RELATIONSHIPS}/extended-properties", "docProps/app.xml"),
            ]
        ),
        "docProps/core.xml": _core_properties(title),
        "docProps/app.xml": XML
        + f'<Properties xmlns="{OFFICE}/extended-properties"><Application>{application}</Application></Properties>',
        **parts,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system = 0  # otherwise the byte tells which system made the file
            archive.writestr(entry, content)
    return buffer.getvalue()


def relations(entries: Iterable[tuple[str, str, str]]) -> str:
    """A relationship part from (id, type, target)."""
    rows = "".join(
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(kind)} Target={quoteattr(target)}/>"
        for key, kind, target in entries
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _content_types(types: Mapping[str, str]) -> str:
    overrides = {
        **types,
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f"{rows}</Types>"
    )


def _core_properties(title: str) -> str:
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{MADE}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{MADE}</dcterms:modified>'
        "</cp:coreProperties>"
    )
