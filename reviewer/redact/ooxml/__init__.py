"""What docx, xlsx and pptx share: relations, what is dropped with them, properties, paragraphs of drawings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from reviewer.extract.ooxml.drawing import is_hidden_shape
from reviewer.extract.package.xml import attr, found, local
from reviewer.redact.lines import TreeLine, drop
from reviewer.redact.package import Parts
from reviewer.redact.values import Values, empty_attributes, mask_values

_SHAPES = frozenset({"sp", "pic", "grpSp", "graphicFrame", "cxnSp"})
_TYPES = "[Content_Types].xml"
_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_EMPTY = {"core-properties": _CORE, "extended-properties": _APP}

# What no reader of a page sees, by the kind of its relation.
_DROPPED = {
    **dict.fromkeys(("comments", "commentsExtended", "commentsIds", "commentsExtensible", "commentAuthors"), "批注"),
    **dict.fromkeys(("people", "person", "threadedComment", "authors"), "批注"),
    **dict.fromkeys(("thumbnail", "custom-properties"), "属性和缩略图"),
    **dict.fromkeys(("customXml", "customProperty", "xmlMaps", "tags", "customXmlProps"), "自定义数据"),
    **dict.fromkeys(("oleObject", "package", "subDocument"), "嵌入的文件"),
    **dict.fromkeys(("vbaProject", "wordVbaData", "control", "ctrlProp", "activeXControlBinary"), "宏和控件"),
    **dict.fromkeys(("externalLink", "externalLinkPath", "connections", "queryTable"), "外部数据的缓存"),
    **dict.fromkeys(("pivotTable", "pivotCacheDefinition", "pivotCacheRecords", "slicer"), "透视表的缓存"),
    **dict.fromkeys(("revisionHeaders", "revisionLog", "usernames"), "修订记录"),
    **dict.fromkeys(("notesSlide", "notesMaster", "handoutMaster"), "备注"),
    **dict.fromkeys(("glossaryDocument", "attachedTemplate", "printerSettings", "recipientData"), "模板和设置"),
    **dict.fromkeys(("mailMergeSource", "mailMergeHeaderSource", "keyMapCustomizations", "calcChain"), "模板和设置"),
    **dict.fromkeys(("origin", "signature", "certificate"), "签名（改动后失效）"),
}
# Elements that stay when the part they point to is gone.
_KEPT_ELEMENTS = frozenset({"pageSetup", "chartSpace", "sheetView"})


class Office(Parts):
    """The parts of an OOXML file with their relations."""

    def main(self) -> str:
        """The main part; raises KeyError if there is none."""
        for relation in self.relations(""):
            if kind(relation) == "officeDocument" and (name := self.target("", relation)):
                return name
        raise KeyError("officeDocument")

    def relations(self, source: str) -> list[etree._Element]:
        name = self.actual(relations_name(source))
        return [] if name is None else list(found(self.tree(name), "Relationship"))

    def target(self, source: str, relation: etree._Element) -> str | None:
        """The part a relation points to; None for what lies outside, or is not there."""
        if (attr(relation, "TargetMode") or "").lower() == "external":
            return None
        target = unquote(attr(relation, "Target") or "")
        base = posixpath.dirname("/" + source)
        return self.actual(posixpath.normpath(posixpath.join(base, target)).lstrip("/"))

    def related(self, source: str, *kinds: str) -> list[str]:
        names = (self.target(source, relation) for relation in self.relations(source) if kind(relation) in kinds)
        return [name for name in names if name is not None]

    def cut(self, source: str, relations: Iterable[etree._Element], what: str) -> None:
        """Take relations away, with the elements that point to them; the parts go if nothing else needs them."""
        ids = set()
        for relation in relations:
            ids.add(attr(relation, "Id"))
            drop(relation)
            self.tally.add(what)
        if ids and source and source.endswith(".xml"):
            _forget(self.tree(source), ids)

    def clean(self) -> None:
        """Drop by kind what is hidden, empty the properties, then drop whatever nothing points to any more."""
        for name in self.names:
            if not name.endswith(".rels"):
                self._cut_hidden(name)
        self._cut_hidden("")
        for name in self.names:
            self._cut_unshown_pictures(name)
        for word, empty in _EMPTY.items():
            for relation in self.relations(""):
                part = self.target("", relation)
                if kind(relation).endswith(word) and part and self.content(part) != empty:
                    self.put(part, empty)
                    self.tally.add("属性和缩略图")
        self.drop_unreferenced()
        self.clean_pictures()
        for name in self.names:
            if name.endswith((".xml", ".rels", ".vml")) and b"<!--" in self.content(name):
                self.tree(name)

    def drop_unreferenced(self) -> None:
        reached = {""}
        queue = [""]
        while queue:
            source = queue.pop()
            for relation in self.relations(source):
                name = self.target(source, relation)
                if name is not None and name not in reached:
                    reached.add(name)
                    queue.append(name)
        kept = {self.actual(relations_name(name)) for name in reached} | reached | {self.actual(_TYPES)}
        self.drop([name for name in self.names if name not in kept], "没有被引用的部件")
        types = self.actual(_TYPES)
        for override in found(self.tree(types), "Override") if types else ():
            if self.actual((attr(override, "PartName") or "").lstrip("/")) is None:
                drop(override)

    def sweep(self, values: Mapping[str, str]) -> None:
        """Mask these values where the parts repeat them unseen: cached data of charts, attributes, addresses."""
        mask_values(chart_lines(self), values)
        search = Values(value for value in values if len(value) >= 3)
        for name in self.names:
            if values and name.endswith((".xml", ".rels", ".vml")) and name != self.actual(_TYPES):
                self.tally.add("属性里重复的内容", empty_attributes(self.tree(name), search))

    def _cut_unshown_pictures(self, source: str) -> None:
        """Relations to pictures that the part does not name any more, or never did."""
        pictures = [relation for relation in self.relations(source) if kind(relation) == "image"]
        if not pictures:
            return
        said = self._written(source, self.content(source))
        for relation in pictures:
            name = (attr(relation, "Id") or "").encode()
            if b'"%s"' % name not in said and b"'%s'" % name not in said:
                drop(relation)
                self.tally.add("没有显示的图片")

    def _cut_hidden(self, source: str) -> None:
        by_word: dict[str, list[etree._Element]] = {}
        for relation in self.relations(source):
            if (word := _DROPPED.get(kind(relation))) is not None:
                by_word.setdefault(word, []).append(relation)
        for word, relations in by_word.items():
            self.cut(source, relations, word)


def relations_name(source: str) -> str:
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/") if source else "_rels/.rels"


def kind(relation: etree._Element) -> str:
    return (attr(relation, "Type") or "").rpartition("/")[2]


def _forget(root: etree._Element, ids: set[str | None]) -> None:
    for element in list(root.iter("{*}*")):
        for key, value in list(element.attrib.items()):
            if "relationships" in str(key) and value in ids:
                if local(element) in _KEPT_ELEMENTS:
                    del element.attrib[key]
                else:
                    _drop_object(element)
                break


def _drop_object(element: etree._Element) -> None:
    """An embedded object goes; the picture that stands for it on the page stays."""
    if local(element) == "oleObj" and (picture := next(found(element, "pic"), None)) is not None:
        frame = next((up for up in element.iterancestors() if local(up) == "graphicFrame"), None)
        if frame is not None and (parent := frame.getparent()) is not None:
            parent.replace(frame, picture)
            return
    drop(element)


def drawn_lines(root: etree._Element) -> Iterator[TreeLine]:
    """The paragraphs (`a:p`) of shapes, as `extract.ooxml.drawing.paragraphs` reads them."""
    for paragraph in found(root, "p"):
        if "drawingml" in str(paragraph.tag):
            line = TreeLine()
            _collect(paragraph, line)
            yield line


def _collect(element: etree._Element, line: TreeLine) -> None:
    for inner in element:
        name = local(inner)
        if name == "t":
            line.add(inner)
        elif name in ("br", "tab"):
            line.add(inner, sign="\n" if name == "br" else "\t")
        elif not name.endswith("Pr"):
            _collect(inner, line)


def drop_fallbacks(root: etree._Element) -> None:
    """Older programs' versions of a drawing repeat its text: the first branch with text stays."""
    for alternate in list(found(root, "AlternateContent")):
        _drop_strokes(alternate)
        branches = [branch for branch in alternate if local(branch) in ("Choice", "Fallback")]
        said = [any((text.text or "").strip() for text in found(branch, "t")) for branch in branches]
        kept = said.index(True) if True in said else 0
        for at, branch in enumerate(branches):
            if at != kept and (True in said):
                alternate.remove(branch)


def _drop_strokes(alternate: etree._Element) -> None:
    """Handwriting is kept as its picture: its strokes are data of a part that is dropped."""
    inks = [branch for branch in alternate if next(found(branch, "contentPart"), None) is not None]
    if any(next(found(branch, "pic"), None) is not None for branch in alternate if branch not in inks):
        for branch in inks:
            alternate.remove(branch)


def diagram_lines(office: Office) -> Iterator[TreeLine]:
    """The texts of SmartArt, which keeps them twice: as data and as drawn; and of shapes on sheets and in charts."""
    for name in office.names:
        if name.endswith(".xml") and ("/diagrams/" in name or "/drawings/" in name or "/charts/" in name):
            yield from drawn_lines(office.tree(name))


def drop_hidden_shapes(root: etree._Element) -> int:
    """Shapes that are switched off; returns how many."""
    hidden = [own for own in found(root, "cNvPr") if is_hidden_shape(own)]
    count = 0
    for own in hidden:
        shape = next((up for up in own.iterancestors() if local(up) in _SHAPES), None)
        if shape is not None and shape.getparent() is not None:
            drop(shape)
            count += 1
    return count


def chart_lines(office: Office) -> Iterator[TreeLine]:
    """What charts repeat of the data: each cached value is a line."""
    for name in office.names:
        if "/charts/" in name and name.endswith(".xml"):
            for value in found(office.tree(name), "v"):
                line = TreeLine()
                line.add(value)
                yield line
