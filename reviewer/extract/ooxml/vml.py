"""VML, the older drawing language: texts and pictures of its shapes in spreadsheets and presentations."""

from __future__ import annotations

from lxml import etree

from reviewer.extract.ooxml import Package
from reviewer.extract.ooxml.markup import relation_id
from reviewer.extract.ooxml.pictures import Pictures
from reviewer.extract.package.xml import attr, found, take


def vml_texts(root: etree._Element) -> tuple[str, ...]:
    """What VML shapes say: word art, boxes, form buttons, alternative texts."""
    texts = [attr(path, "string") for path in found(root, "textpath")]
    texts += [take(box).strip() for box in found(root, "textbox")]
    texts += [shape.get(key) for shape in found(root, "shape", "rect") for key in ("alt", "title")]
    return tuple(text for text in texts if text)


def vml_pictures(package: Package, pictures: Pictures, name: str, root: etree._Element, near: str) -> None:
    """Write down the pictures that VML shapes show."""
    for image in found(root, "imagedata", "fill"):
        pictures.placed(name, relation_id(image), near)
