"""Makes XML files of the kinds that office programs write."""

from __future__ import annotations

_OFFICE = "urn:schemas-microsoft-com:office:"


def drawing(inner: str) -> str:
    """An SVG drawing."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inner}</svg>'


def workbook(inner: str) -> str:
    """Excel's XML of 2003."""
    space = f"{_OFFICE}spreadsheet"
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{inner}</Workbook>'


def sheet(table: str, name: str = "收入", more: str = "") -> str:
    """A worksheet of it."""
    return f'<Worksheet ss:Name="{name}"><Table>{table}</Table>{more}</Worksheet>'


def word(inner: str) -> str:
    """Word's XML of 2003."""
    space = "http://schemas.microsoft.com/office/word/2003/wordml"
    return f'<?xml version="1.0"?><w:wordDocument xmlns:w="{space}" xmlns:o="{_OFFICE}office">{inner}</w:wordDocument>'


def body(text: str, properties: str = "") -> str:
    """The body of a Word file with one run."""
    return f"<w:body><w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p></w:body>"


def package(text: str) -> str:
    """A Word file of today in one piece of XML (Flat OPC)."""
    office = "http://schemas.openxmlformats.org/"
    kind = f"{office}officeDocument/2006/relationships/officeDocument"
    relation = f'<Relationship Id="r" Type="{kind}" Target="word/document.xml"/>'
    document = f'<w:document xmlns:w="{office}wordprocessingml/2006/main">{body(text)}</w:document>'
    return (
        '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        + _part("_rels/.rels", f'<Relationships xmlns="{office}package/2006/relationships">{relation}</Relationships>')
        + _part("word/document.xml", document)
        + "</pkg:package>"
    )


def _part(name: str, content: str) -> str:
    return f'<pkg:part pkg:name="/{name}" pkg:contentType="a/xml"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>'
