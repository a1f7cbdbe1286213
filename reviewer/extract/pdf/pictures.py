"""Pictures on a page: what they carry, their codes, and their text or, of any of some size, a gap; each once."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from reviewer.extract.image import ocr, read_metadata
from reviewer.extract.image.codes import Code, read_codes
from reviewer.extract.image.look import Spot, doubtful, unrecognised, worth_reading, write_codes
from reviewer.extract.pdf.bitmaps import Key, file_of, has_contrast, is_blank, key, pixels
from reviewer.extract.pdf.ink import picture_share
from reviewer.extract.pdf.leaf import Leaf, Picture
from reviewer.extract.pdf.recognition import Recogniser, says_all, write, write_covered
from reviewer.extract.pictures import write_picture
from reviewer.extract.scribe import Scribe
from reviewer.language import tr
from reviewer.terms import Part

_LOGO = 0.04  # of the page; an identity card on A4 is 0.07
_MANY_SMALL = 0.25
_FULL_PAGE = 0.5
_PIECES = 4  # small pictures that, together, may be one code
_MODULES = 60  # squares drawn one by one: a code has hundreds, a chart's legend ten
_MODULE_PT = (0.5, 12.0)
_BARS = 25
_BAR_PT = (3.0, 15.0)  # at most so wide, at least so high
_SEGMENTS = 400  # of one path that is about as wide as high
_TOUCHED = 0.02  # of a picture: less than this hides nothing


class Album:
    """The pictures of a file that were told already: a letterhead is told once, not on every page."""

    def __init__(self) -> None:
        self._told: set[Key] = set()
        self.recogniser = Recogniser()

    def read(self, leaf: Leaf, number: int, scribe: Scribe) -> None:
        """The pictures of a page with text, as far as they have not been told before."""
        new = [(ordinal, picture) for ordinal, picture in enumerate(leaf.pictures, 1) if key(picture) not in self._told]
        codes: list[Code] = []
        small = sum(_share(leaf, picture) for picture in leaf.pictures if _share(leaf, picture) < _LOGO)
        for ordinal, picture in new:
            self._told.add(key(picture))
            codes += self._read_picture(leaf, picture, f"p{number} 图片{ordinal}", number, scribe)
        if len(new) >= _PIECES or _draws_codes(leaf):
            codes += read_codes(leaf.render(colour=False))
        _write_codes(codes, number, scribe)
        if small >= _MANY_SMALL and new:
            self._recognise(leaf.render_without_text(colour=True), f"p{number} 小图", number, scribe, _pieces(small))

    def read_without_text(self, leaf: Leaf, number: int, scribe: Scribe) -> None:
        """A page that has no text at all; nothing for one on which nothing is drawn either."""
        page = leaf.render(colour=False)
        drawn = [picture for picture in leaf.pictures if not is_blank(leaf, picture)]
        codes = list(read_codes(page)) if drawn or has_contrast(page) else []
        for ordinal, picture in enumerate(leaf.pictures, 1):
            if key(picture) not in self._told:
                self._told.add(key(picture))
                _write_metadata(picture, f"p{number} 图片{ordinal}", scribe)
        _write_codes(codes, number, scribe)
        if not (drawn or has_contrast(page)) or not worth_reading(page, tuple(codes)):
            return
        reason = _no_text_layer(picture_share(leaf)) if drawn else _outlines()
        shown = self._recognise(None, f"p{number}", number, scribe, reason, leaf=leaf)
        if shown is not None:
            self._recognise_covered(leaf, shown, number, scribe)

    def confirms(self, leaf: Leaf, layer: str, number: int, scribe: Scribe) -> bool:
        """Whether the invisible text of a scanned page is what it shows; what it shows instead is written down."""
        if not self.recogniser.ready:
            return False
        self._told.update(map(key, leaf.pictures))
        try:
            seen = self.recogniser.page(leaf, number)
        except ocr.EngineError:
            return False
        if seen is not None and not seen.doubtful and says_all(layer, seen.text):
            return True
        if seen is not None:
            write(seen, f"p{number}", number, scribe)
        return False

    def late(self) -> tuple[int, ...]:
        """The pages whose pictures were not recognised for want of time, told from now on."""
        numbers = tuple(self.recogniser.late)
        self.recogniser.late.clear()
        return numbers

    def _read_picture(self, leaf: Leaf, picture: Picture, place: str, number: int, scribe: Scribe) -> Sequence[Code]:
        _write_metadata(picture, place, scribe)
        image = pixels(leaf, picture)
        codes = read_codes(image) if image is not None and has_contrast(image) else ()
        if _share(leaf, picture) < _LOGO or is_blank(leaf, picture):
            return codes
        if image is None:
            scribe.gap(place, unrecognised())
        elif worth_reading(image, codes):
            self._recognise(image, place, number, scribe, unrecognised(), part=Part.TEXT_BOX)
        return codes

    def _recognise(
        self,
        image: Image.Image | None,
        place: str,
        number: int,
        scribe: Scribe,
        reason: str,
        *,
        leaf: Leaf | None = None,
        part: Part = Part.BODY,
    ) -> ocr.Recognised | None:
        """Write down the text of a picture, or of the whole page; `reason` is the gap where nobody recognises text."""
        if not self.recogniser.ready:
            scribe.gap(place, reason)
            return None
        try:
            seen = self.recogniser.page(leaf, number) if leaf else self.recogniser.picture(image, number)  # type: ignore[arg-type]
        except ocr.EngineError as error:
            scribe.gap(place, str(error))
            return None
        if seen is not None:
            write(seen, place, number, scribe, part=part)
            if seen.doubtful:
                scribe.gap(place, doubtful())
        return seen

    def _recognise_covered(self, leaf: Leaf, shown: ocr.Recognised, number: int, scribe: Scribe) -> None:
        """Pictures that something is painted over: what a black box hides on a scan is still in the file."""
        for ordinal, picture in enumerate(leaf.pictures, 1):
            image = pixels(leaf, picture) if _share(leaf, picture) >= _LOGO and _is_covered(leaf, picture) else None
            if image is None or not has_contrast(image):
                continue
            place = f"p{number} 图片{ordinal}"
            try:
                seen = self.recogniser.picture(image, number)
            except ocr.EngineError as error:
                scribe.gap(place, str(error))
                continue
            if seen is not None:
                write_covered(seen, shown.text, place, number, scribe)
                if seen.doubtful:
                    scribe.gap(place, doubtful())


def _share(leaf: Leaf, picture: Picture) -> float:
    return picture.box.area / max(1.0, leaf.box.area)


def _write_metadata(picture: Picture, place: str, scribe: Scribe) -> None:
    file = file_of(picture)
    if file:
        write_picture(scribe, read_metadata(file), place, shown=False)


def _write_codes(codes: Sequence[Code], number: int, scribe: Scribe) -> None:
    """Each payload once, though it was found in the picture and on the page."""
    once = {code.text: code for code in codes if code.text is not None}
    unread = [code for code in codes if code.text is None]
    write_codes([*once.values(), *unread[:1]], Spot(scribe=scribe, place=f"p{number} ", page=number))


def _draws_codes(leaf: Leaf) -> bool:
    """Whether many small squares, many bars, or one path of very many corners are painted: a code may be among them."""
    sides = [(box.right - box.left, box.bottom - box.top) for box in (cover.box for cover in leaf.covers)]
    least, most = _MODULE_PT
    # Modules side by side may be painted as one.
    squares = sum(least <= high <= most and least <= wide <= 20 * high for wide, high in sides)
    bars = sum(0 < wide <= _BAR_PT[0] and high >= _BAR_PT[1] for wide, high in sides)
    return squares >= _MODULES or bars >= _BARS or leaf.corners >= _SEGMENTS


def _is_covered(leaf: Leaf, picture: Picture) -> bool:
    """Whether anything that was painted later touches the picture."""
    least = _TOUCHED * picture.box.area
    return any(
        cover.order > picture.order and cover.box != picture.box and cover.box.within(picture.box).area > least
        for cover in leaf.covers
    )


def _pieces(share: float) -> str:
    return tr(
        f"多幅小图合计占页面 {share:.0%}，图中可能有文字：由审核人看图核对",
        f"small pictures cover {share:.0%} of the page and may hold text: let a reviewer look at them",
    )


def _no_text_layer(share: float) -> str:
    if share >= _FULL_PAGE:
        return tr(
            "整页为图像，没有文字层：安装识字组件 pip install 'reviewer[ocr]' 后再审，或由审核人看图核对",
            "the page is a picture without a text layer: pip install 'reviewer[ocr]', or let a reviewer look at it",
        )
    return tr(
        "只有图像，没有文字层：安装识字组件 pip install 'reviewer[ocr]' 后再审，或由审核人看图核对",
        "pictures only, no text layer: pip install 'reviewer[ocr]', or let a reviewer look at the page",
    )


def _outlines() -> str:
    return tr(
        "有图形而没有文字，文字可能已转为曲线：由审核人看图核对",
        "drawn, but without text; the text may be outlines: let a reviewer look at the page",
    )
