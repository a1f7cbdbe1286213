"""Writes down the pages of a PDF: what a reader sees, paragraph by paragraph, then what is drawn but not seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from reviewer.extract.image.look import out_of_time
from reviewer.extract.limits import time_left_s
from reviewer.extract.pdf.fonts import FontTrust
from reviewer.extract.pdf.glyphs import Glyph, Token, glyphs
from reviewer.extract.pdf.ink import Visibility, is_scan, recognised, visibility
from reviewer.extract.pdf.leaf import Leaf
from reviewer.extract.pdf.lines import Line, hidden_text, lines, paragraphs, visible_text
from reviewer.extract.pdf.mute import content, font_names, is_mute
from reviewer.extract.pdf.notes import displayed_words, has_appearances, read_annotations
from reviewer.extract.pdf.pictures import Album
from reviewer.extract.pdf.second import significant
from reviewer.extract.pdf.values import content_streams, is_damaged, squeezed, stream_bytes
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

MOST_PAGES = 5_000
_TIME_FOR_INK_S = 20.0
_TIME_TO_STOP_S = 6.0

Look = Callable[[Leaf, Sequence[Glyph]], Visibility]


def unjudged(leaf: Leaf, glyphs: Sequence[Glyph]) -> Visibility:
    """Takes every character for visible: for pages that are hidden as a whole."""
    return Visibility()


@dataclass(slots=True, kw_only=True)
class Pages:
    """One file's pages being read, and what is told once for all of them at the end."""

    document: Any
    structure: pikepdf.Pdf | None
    scribe: Scribe
    album: Album
    look: Look = visibility
    trust: FontTrust = field(default_factory=FontTrust)
    untold: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    unlooked: list[int] = field(default_factory=list)
    drawn: dict[int, Counter[str]] = field(default_factory=dict)  # characters of each page, for a second reader

    def read(self) -> None:
        """Every page in order: its text first, the annotations on it after that."""
        count = len(self.document)
        if count == 0:
            self.scribe.gap(tr("全文", "whole document"), tr("没有页面", "there is no page"))
        for number in range(1, min(count, MOST_PAGES) + 1):
            if time_left_s() < _TIME_TO_STOP_S:
                self.scribe.gap(_range(number, count), _out_of_time())
                break
            self._read_page(number)
        else:
            if count > MOST_PAGES:
                self.scribe.gap(_range(MOST_PAGES + 1, count), _too_many_pages())
        self._tell_all()

    def _read_page(self, number: int) -> None:
        try:
            page = self.document[number - 1]
        except pdfium.PdfiumError:
            self.scribe.gap(f"p{number}", _damaged())
            return
        try:
            self._read_leaf(Leaf(page), number)
        finally:
            page.close()

    def _read_leaf(self, leaf: Leaf, number: int) -> None:
        tokens = _tokens(leaf)
        drawn = [token for token in tokens if isinstance(token, Glyph)]
        found = lines(tokens)
        self.drawn[number] = significant("".join(glyph.char for glyph in drawn))
        if any(glyph.is_letter for glyph in drawn):
            hidden = self._hidden(leaf, drawn, number)
            _write_visible(found, hidden, number, self.scribe)
            _write_hidden(found, hidden, number, self.scribe)
            self.album.read(leaf, number, self.scribe)
        else:
            _write_visible(found, frozenset(), number, self.scribe)
            self.album.read_without_text(leaf, number, self.scribe)
        if self.structure is not None:
            self._read_structure(self.structure.pages[number - 1].obj, drawn, found, number)

    def _hidden(self, leaf: Leaf, drawn: Sequence[Glyph], number: int) -> frozenset[int]:
        if time_left_s() < _TIME_FOR_INK_S:
            self.unlooked.append(number)
            return frozenset()
        seen = self.look(leaf, drawn)
        for font in seen.untold:
            self.untold[font.name].append(number)
        if is_scan(leaf, drawn, seen.hidden):
            layer = "".join(glyph.char for glyph in drawn)
            if not self.album.confirms(leaf, layer, number, self.scribe):
                self.scribe.gap(f"p{number}", _recognised())
            return frozenset()
        return seen.hidden - recognised(leaf, drawn, seen.hidden)

    def _read_structure(self, page: pikepdf.Object, drawn: Sequence[Glyph], found: Sequence[Line], number: int) -> None:
        if any(is_damaged(stream) for stream in content_streams(page)):
            self.scribe.gap(f"p{number}", _damaged())
        said = content(b"\n".join(map(stream_bytes, content_streams(page))))
        if is_mute(said, font_names(page)) or (said.says_something and not drawn):
            self.scribe.gap(f"p{number}", mute())
        for name in self.trust.untrusted(page, drawn):
            self.scribe.gap(f"p{number} 字体 {name}".rstrip(), _untrusted())
        for name in self.trust.vertical(page):
            self.scribe.gap(f"p{number} 字体 {name}".rstrip(), _dropped())
        read_annotations(page, number, self.scribe)
        if has_appearances(page):
            known = [visible_text(line, frozenset()) for line in found] + list(displayed_words(page))
            self._read_appearances(squeezed("".join(known)), number)

    def _read_appearances(self, known: str, number: int) -> None:
        """What annotations draw: they are melted into the page, and what is new in its text is theirs."""
        page = self.document[number - 1]
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = self.document[number - 1]
        for line in lines(_tokens(Leaf(page))):
            text = visible_text(line, frozenset())
            if squeezed(text) not in known:
                self.scribe.add(text, f"p{number} 批注外观", part=Part.ANNOTATION, page=number)
        page.close()

    def _tell_all(self) -> None:
        for name, numbers in sorted(self.untold.items()):
            self.scribe.gap(f"{ranges(numbers)} 字体 {name}".rstrip(), _untold())
        if self.unlooked:
            self.scribe.gap(ranges(self.unlooked), _unlooked())
        if late := self.album.late():
            self.scribe.gap(ranges(late), out_of_time())


def _tokens(leaf: Leaf) -> tuple[Token, ...]:
    textpage = leaf.page.get_textpage()
    try:
        return glyphs(leaf, textpage)
    finally:
        textpage.close()


def _write_visible(found: Sequence[Line], hidden: frozenset[int], number: int, scribe: Scribe) -> None:
    seen = [line for line in found if visible_text(line, hidden)]
    for ordinal, together in enumerate(paragraphs(seen), 1):
        text = "\n".join(visible_text(line, hidden) for line in together)
        scribe.add(text, f"p{number} ¶{ordinal}", page=number)


def _write_hidden(found: Sequence[Line], hidden: frozenset[int], number: int, scribe: Scribe) -> None:
    """Lines that follow each other are one segment, so that what is covered as a block is read as one."""
    texts = [hidden_text(line, hidden) for line in found]
    blocks = ("\n".join(block) for there, block in groupby(texts, bool) if there)
    for ordinal, text in enumerate(blocks, 1):
        place = f"p{number} 遮盖或不可见文字{ordinal if ordinal > 1 else ''}"
        scribe.add(text, place, hidden=True, page=number)


def _range(first: int, last: int) -> str:
    return f"p{first}" if first == last else f"p{first}–p{last}"


def ranges(numbers: Iterable[int]) -> str:
    """“p1–p3、p7”."""
    runs = groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0])
    ends = [[number for _, number in run] for _, run in runs]
    return "、".join(_range(run[0], run[-1]) for run in ends)


def _damaged() -> str:
    return tr(
        "页面内容已损坏，未全部读取：另存后再审", "the page is damaged and was not read in full: save the file anew"
    )


def mute() -> str:
    """The reason of the gap for text that no program shows."""
    return tr(
        "有显示不出的文字或损坏的指令，其文字未读取：打印为新的 PDF 后再审",
        "text that is shown by no program, or broken operators; not read: print it to a new PDF",
    )


def _recognised() -> str:
    return tr(
        "整页为图像，文字取自识别层，可能与图像不符：由审核人对照图像核对",
        "the page is a picture, its text comes from text recognition and may be wrong: compare it with the picture",
    )


def _untrusted() -> str:
    return tr(
        "字体缺少文字对照表，取出的文字不可信：识别文字后再审，或由审核人看图核对",
        "the font does not say which characters it draws, its text cannot be trusted: let a reviewer look at the page",
    )


def _dropped() -> str:
    return tr(
        "竖排字体未嵌入，文字可能未取出：嵌入字体后另存再审",
        "a font for vertical writing is not embedded, text may be missing: embed the fonts and save anew",
    )


def _untold() -> str:
    return tr(
        "字体未嵌入且本机没有，无法判断文字是否可见：嵌入字体后另存再审",
        "the font is neither embedded nor installed: whether its text is visible cannot be judged; embed the fonts",
    )


def _unlooked() -> str:
    return tr(
        "页数过多，未检查文字是否可见：拆分后再审",
        "too many pages: whether the text is visible was not checked; split the file",
    )


def _out_of_time() -> str:
    return tr("时间用尽，未读取：拆分后再审", "out of time, not read: split the file and review again")


def _too_many_pages() -> str:
    return tr(
        f"超过 {MOST_PAGES} 页，其余未读取：拆分后再审",
        f"more than {MOST_PAGES} pages, the rest not read: split the file",
    )
