"""OpenDocument files made in memory, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from builders_ofd import zipped

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": f"{_OASIS}office:1.0",
        "text": f"{_OASIS}text:1.0",
        "table": f"{_OASIS}table:1.0",
        "style": f"{_OASIS}style:1.0",
        "draw": f"{_OASIS}drawing:1.0",
        "fo": f"{_OASIS}xsl-fo-compatible:1.0",
        "svg": f"{_OASIS}svg-compatible:1.0",
        "number": f"{_OASIS}datastyle:1.0",
        "presentation": f"{_OASIS}presentation:1.0",
        "chart": f"{_OASIS}chart:1.0",
        "form": f"{_OASIS}form:1.0",
        "script": f"{_OASIS}script:1.0",
        "meta": f"{_OASIS}meta:1.0",
        "config": f"{_OASIS}config:1.0",
        "manifest": f"{_OASIS}manifest:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
        "math": "http://www.w3.org/1998/Math/MathML",
    }.items()
)
_TYPE = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole file: what stands in its body, its styles, its other parts."""

    body: str = ""
    kind: str = "text"
    automatic: str = ""
    styles: str = ""
    masters: str = ""
    meta: str = ""
    settings: str = ""
    scripts: str = ""
    parts: Mapping[str, str | bytes] = field(default_factory=dict)


_MIME = {"text": "text", "spreadsheet": "spreadsheet", "presentation": "presentation", "drawing": "graphics"}


def odf(draft: Draft) -> bytes:
    """The file."""
    return zipped(parts(draft))


def parts(draft: Draft) -> dict[str, str | bytes]:
    """The file's parts by name."""
    made: dict[str, str | bytes] = {"mimetype": _TYPE + _MIME[draft.kind]}
    made["content.xml"] = content(draft.body, draft.kind, draft.automatic, draft.scripts)
    if draft.styles or draft.masters:
        made["styles.xml"] = root(
            "document-styles",
            f"<office:styles>{draft.styles}</office:styles><office:automatic-styles/>"
            f"<office:master-styles>{draft.masters}</office:master-styles>",
        )
    if draft.meta:
        made["meta.xml"] = root("document-meta", f"<office:meta>{draft.meta}</office:meta>")
    if draft.settings:
        made["settings.xml"] = root("document-settings", f"<office:settings>{draft.settings}</office:settings>")
    made["META-INF/manifest.xml"] = f"<manifest:manifest {NAMESPACES}/>"
    return {**made, **draft.parts}


def flat(draft: Draft) -> bytes:
    """The same as one XML file."""
    inner = (
        f"<office:meta>{draft.meta}</office:meta><office:styles>{draft.styles}</office:styles>"
        f"<office:automatic-styles>{draft.automatic}</office:automatic-styles>"
        f"<office:master-styles>{draft.masters}</office:master-styles>"
        f"<office:body><office:{draft.kind}>{draft.body}</office:{draft.kind}></office:body>"
    )
    return root("document", inner, f'office:mimetype="{_TYPE}{_MIME[draft.kind]}"').encode()


def content(body: str, kind: str = "text", automatic: str = "", scripts: str = "") -> str:
    """A content.xml."""
    return root(
        "document-content",
        f"<office:scripts>{scripts}</office:scripts>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body>",
    )


def root(name: str, inner: str, attributes: str = "") -> str:
    """A part with this root."""
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{name} {NAMESPACES} {attributes}>{inner}</office:{name}>'


def p(words: str, style: str = "") -> str:
    """A paragraph."""
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{words}</text:p>"


def span(words: str, style: str) -> str:
    """A span."""
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def style(name: str, family: str, properties: str, attributes: str = "") -> str:
    """A style; `properties` is the inside of its elements."""
    return f'<style:style style:name="{name}" style:family="{family}" {attributes}>{properties}</style:style>'


def letters(name: str, said: str, family: str = "text", attributes: str = "") -> str:
    """A style of letters."""
    return style(name, family, f"<style:text-properties {said}/>", attributes)


def frame(inner: str, attributes: str = "") -> str:
    """A frame anchored in a paragraph."""
    return p(f"<draw:frame {attributes}>{inner}</draw:frame>")


def cell(words: str = "", attributes: str = "", inner: str = "") -> str:
    """A cell with one paragraph."""
    line = p(words) if words else ""
    return f"<table:table-cell {attributes}>{inner}{line}</table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    """A row."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(*rows: str, name: str = "收入", attributes: str = "", head: str = "", tail: str = "") -> str:
    """A table or sheet; `head` stands before its rows."""
    return f'<table:table table:name="{name}" {attributes}>{head}{"".join(rows)}{tail}</table:table>'


def sheet(*rows: str, body: str = "", automatic: str = "", **rest: str) -> Draft:
    """A spreadsheet of one sheet."""
    return Draft(body=table(*rows, **rest) + body, kind="spreadsheet", automatic=automatic)


def slide(*shapes: str, attributes: str = "") -> str:
    """A slide."""
    return f"<draw:page {attributes}>{''.join(shapes)}</draw:page>"


def shape(words: str, place: str = "", attributes: str = "") -> str:
    """A text box on a slide."""
    return f"<draw:frame {place} {attributes}><draw:text-box>{p(words)}</draw:text-box></draw:frame>"


def at(x: float, y: float) -> str:
    """The place of a shape in centimetres."""
    return f'svg:x="{x}cm" svg:y="{y}cm" svg:width="5cm" svg:height="2cm"'
