"""One OpenDocument: content, styles, meta and settings below one folder of the package, or in one flat file."""

from __future__ import annotations

from io import BytesIO

from lxml import etree

from reviewer.extract.limits import time_left_s
from reviewer.extract.odf.around import read_around
from reviewer.extract.odf.changes import learn_changes, write_lost_changes
from reviewer.extract.odf.desk import Desk, Setting, Shared
from reviewer.extract.odf.facts import read_meta, read_settings
from reviewer.extract.odf.margins import read_margins
from reviewer.extract.odf.sheet import Sheets
from reviewer.extract.odf.slides import Slides, page_sizes, read_masters
from reviewer.extract.odf.story import Story
from reviewer.extract.odf.styles import Styles
from reviewer.extract.package import take_attribute
from reviewer.extract.package.xml import MAX_TREE_BYTES, UnreadableError, attr, found, local, plain, take
from reviewer.language import tr
from reviewer.terms import Part

_DEEPEST = 6
_PATIENCE_S = 5.0
_PROLOG_BYTES = 65_536
_PAGES = {"presentation": "幻灯片", "drawing": "页面"}


def read_document(shared: Shared, folder: str, label: str, *, hidden: bool) -> None:
    """Read the document of one folder; `label` stands before each place ("" for the file itself)."""
    archive = shared.archive
    if shared.depth > _DEEPEST or time_left_s() < _PATIENCE_S:
        archive.scribe.gap(label or "文件", tr("对象嵌套过深或时间用尽，未读取", "nested too deeply or out of time"))
        return
    shared.depth += 1
    try:
        _read(shared, folder, label, hidden=hidden)
    finally:
        shared.depth -= 1


def _read(shared: Shared, folder: str, label: str, *, hidden: bool) -> None:
    archive = shared.archive
    styles_root, meta, settings = (_tree(shared, folder, name) for name in ("styles.xml", "meta.xml", "settings.xml"))
    prefix = f"{label} " if label else ""
    content = archive.resolve("/" + _path(folder, "content.xml"))
    data = archive.data(content) if content is not None else None
    if content is None or data is None:
        if content is None:
            archive.scribe.gap(label or "文件", tr("找不到正文部件，未能读取", "the main part is missing"))
        body_root = None
    else:
        reader = _Reader(shared, folder, label, styles_root, hidden=hidden)
        body_root = reader.stream(content, data)
        if body_root is not None:
            archive.hold(content, body_root)
            reader.read(body_root)
            reader.read_styles(styles_root, body_root)
    if meta is not None:
        read_meta(archive, meta, prefix)
    if settings is not None:
        read_settings(archive, settings, prefix)


def read_flat(shared: Shared, name: str, data: bytes) -> None:
    """Read a document that is one XML file."""
    reader = _Reader(shared, "", "", None, hidden=False)
    root = reader.stream(name, data)
    if root is None:
        return
    shared.archive.hold(name, root)
    reader.read(root)
    reader.read_styles(root, root)
    read_meta(shared.archive, root, "")
    read_settings(shared.archive, root, "")


class _Reader:
    """Reads the content of one document."""

    def __init__(
        self, shared: Shared, folder: str, label: str, styles_root: etree._Element | None, *, hidden: bool
    ) -> None:
        self._shared, self._folder, self._label, self._hidden = shared, folder, label, hidden
        self._prefix = f"{label} " if label else ""
        self._common = styles_root
        self._styles = Styles(styles_root)
        self._desk = Desk(shared=shared, folder=folder, styles=self._styles, read_object=self._object)
        self._sheets = Sheets(self._desk, self._prefix, hidden=hidden or bool(label))

    def stream(self, name: str, data: bytes) -> etree._Element | None:
        """Build the tree; rows of a spreadsheet are written down and forgotten as they come by."""
        archive = self._shared.archive
        try:
            if b"<!DOCTYPE" in data[:_PROLOG_BYTES].replace(b"\0", b""):
                raise UnreadableError(
                    tr("部件含有 DOCTYPE，不安全，未读取", "the part has a DOCTYPE: unsafe, not read")
                )
            if len(data) > MAX_TREE_BYTES and b"spreadsheet" not in data:  # its rows are forgotten as they come by
                raise UnreadableError(tr("部件过大，未读取：拆分后再审", "the part is too large: split the file"))
            root = self._parsed(data)
            archive.remark(name, data)
        except UnreadableError as error:
            archive.scribe.gap(name, str(error))
            return None
        except etree.XMLSyntaxError as error:
            self._sheets.finish()
            line, column = error.position
            archive.scribe.gap(
                name,
                tr(
                    f"XML 已损坏（第 {line} 行第 {column} 列），未能读全",
                    f"the XML is damaged (line {line}, column {column}) and was not read in full",
                ),
            )
            return None
        self._sheets.finish()
        return root

    def _parsed(self, data: bytes) -> etree._Element:
        events = etree.iterparse(
            BytesIO(data),
            events=("start", "end"),
            tag=[f"{{*}}{name}" for name in ("automatic-styles", "spreadsheet", "table", "table-column", "table-row")],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        in_sheets, inside = False, 0
        for event, element in events:
            name = local(element)
            if name == "automatic-styles":
                if event == "end":
                    self._styles.learn(element)
            elif name == "spreadsheet":
                in_sheets = event == "start"
            elif in_sheets:
                inside = self._sheet_event(event, name, element, inside)
        root: etree._Element | None = events.root
        if root is None:
            raise UnreadableError(tr("部件是空的", "the part is empty"))
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableError(_doctype())
        return root

    def _sheet_event(self, event: str, name: str, element: etree._Element, inside: int) -> int:
        """Sheets are the tables right below the spreadsheet; `inside` counts tables and rows that are open."""
        parent = element.getparent()
        is_sheet = name == "table" and parent is not None and local(parent) == "spreadsheet"
        if event == "start":
            if is_sheet:
                self._sheets.begin(element)
                return 1
            return inside + (inside > 0 and name in ("table", "table-row"))
        if is_sheet:
            self._sheets.finish()
            return 0
        if inside == 1 and name == "table-column":
            self._sheets.column(element)
        if inside == 2 and name == "table-row":
            self._sheets.row_end(element)
            _forget(element)
        return inside - (inside > 0 and name in ("table", "table-row"))

    def read(self, root: etree._Element) -> None:
        """What is left of the content, by its kind."""
        body = next(found(root, "body"), None)
        kinds = list(body) if body is not None else []
        if not kinds:
            self._formula(root)
        for kind in kinds:
            name = local(kind)
            learn_changes(self._desk, kind)
            if name in _PAGES:
                sizes = page_sizes(self._common, root)
                Slides(self._desk, self._prefix, hidden=self._hidden, sizes=sizes).read(kind, _PAGES[name])
            elif name == "chart":
                self._story(kind, Part.TEXT_BOX, hidden=self._hidden)
            elif name != "spreadsheet":
                own = Part.EMBEDDED if self._label else Part.BODY
                self._story(kind, own, hidden=self._hidden or bool(self._label))
            read_around(self._desk, kind, self._prefix, hidden=self._hidden)
        write_lost_changes(self._desk)
        for scripts in found(root, "scripts"):
            self._scripts(scripts)

    def _story(self, root: etree._Element, part: Part, *, hidden: bool) -> None:
        setting = Setting(
            label=self._label, part=part, hidden=hidden, ground=self._desk.paper, numbered=bool(self._label)
        )
        Story(self._desk, setting).write(root)

    def _formula(self, root: etree._Element) -> None:
        """A mathematical formula, and what its writer typed for it."""
        texts = [plain(entry) for entry in found(root, "annotation")]
        for entry in found(root, "annotation"):
            take(entry)
        texts.append("".join(plain(entry) for entry in found(root, "mi", "mn", "mo", "mtext", "ms")))
        for entry in list(found(root, "mi", "mn", "mo", "mtext", "ms")):
            entry.text = None
        for text in texts:
            self._shared.archive.scribe.add(
                text.strip(), f"{self._prefix}公式", part=Part.TEXT_BOX, hidden=self._hidden
            )

    def _scripts(self, scripts: etree._Element) -> None:
        for script in found(scripts, "script"):
            text = take(script).strip()
            self._shared.archive.scribe.add(text, f"{self._prefix}脚本", part=Part.SCRIPT, hidden=True)
        for listener in found(scripts, "event-listener"):
            href = attr(listener, "href") or ""
            self._shared.archive.scribe.add(href, f"{self._prefix}脚本", part=Part.SCRIPT, hidden=True)

    def read_styles(self, root: etree._Element | None, body: etree._Element) -> None:
        """Headers, footers and masters: they are drawn with the automatic styles of their own part."""
        if root is None:
            return
        desk = Desk(
            shared=self._shared,
            folder=self._folder,
            styles=self._styles if root is body else Styles(root),
            read_object=self._object,
        )
        used = frozenset(
            str(value)
            for tree in (root, body)
            for element in tree.iter()
            for key, value in element.attrib.items()
            if str(key).endswith(("}master-page-name", "}next-style-name"))
        )
        for fill in (fill for tree in (root, body) for fill in found(tree, "fill-image", "background-image")):
            target = self._shared.archive.resolve(take_attribute(fill, "href"), self._folder)
            if target is not None:
                self._shared.pictures.placed(target, f"{self._prefix}填充")
        for masters in found(root, "master-styles"):
            learn_changes(desk, masters)
            read_margins(desk, masters, self._prefix, used, hidden=self._hidden)
            read_masters(desk, masters, self._prefix, used)
        write_lost_changes(desk)

    def _object(self, folder: str, label: str, hidden: bool) -> None:
        if not self._shared.archive.is_read(f"{folder}/content.xml"):
            read_document(self._shared, folder, label, hidden=hidden)


def _tree(shared: Shared, folder: str, name: str) -> etree._Element | None:
    path = shared.archive.resolve("/" + _path(folder, name))
    return None if path is None else shared.archive.xml(path)


def _doctype() -> str:
    return tr("部件含有 DOCTYPE，不安全，未读取", "the part has a DOCTYPE: unsafe, not read")


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _forget(row: etree._Element) -> None:
    row.clear()
    before = row.getprevious()
    while before is not None and local(before) == "table-row":
        parent = before.getparent()
        if parent is None:
            return
        parent.remove(before)
        before = row.getprevious()
