"""What style does to an element's visibility: inline declarations and the simple rules of the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reviewer.extract.html.tokens import names


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How an element looks. What `gone` hides no inner element can show again; the rest an inner one may undo."""

    gone: bool = False
    unseen: bool = False  # visibility
    tiny: bool = False
    pale: bool = False  # letters white or transparent
    backed: bool = False  # on a ground that is not white
    turned: bool = False  # its letters are shown in the reverse order (CSS Writing Modes, unicode-bidi; HTML, bdo)

    @property
    def hidden(self) -> bool:
        return self.gone or self.unseen or self.tiny or (self.pale and not self.backed)


Declarations = Mapping[str, str]

_COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)")
_BRACE = re.compile(r"[{}]")
_SELECTOR = re.compile(r"(?=.)(?P<name>[A-Za-z][\w-]*)?(?P<mark>[.#][\w-]+)?")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_PARTS = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(%?)")
_HEX = re.compile(r"#([0-9a-f]{3,8})\Z")
_TELLING = names(
    "display visibility font-size font opacity color background background-color position left right top bottom"
    " margin-left text-indent overflow height max-height width max-width clip clip-path transform"
    " unicode-bidi direction"
)
_SIDES = ("left", "right", "top", "bottom", "margin-left")
_EXTENTS = ("height", "max-height", "width", "max-width")
# Banners are centred by moving them left by half their width, which is less.
_FAR = re.compile(r"-(?:\d{4,}(?:\.\d+)?(?:px|pt)|\d{3,}(?:\.\d+)?r?em)")
_NO_RECT = re.compile(r"rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)")
_NO_SHAPE = re.compile(r"inset\(\s*(?:[5-9]\d|100)%\s*\)|scale\(\s*0(?:\.0+)?\s*\)|circle\(\s*0|polygon\(\s*0 0\s*\)")
_NO_GROUND = frozenset({"", "none", "transparent", "inherit", "initial", "unset"})
_NEARLY_WHITE = 250  # of 255 in every channel
_SMALLEST_PX = 1.0


def declarations(style: str) -> Declarations:
    """The declarations of a style attribute or a rule's body that bear on visibility."""
    found: dict[str, str] = {}
    for declaration in _COMMENT.sub("", style).lower().split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in _TELLING:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


class Sheet:
    """The rules of a page's own style elements whose selectors are a name, a class or an id."""

    def __init__(self, styles: Iterable[str]) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for style in styles:
            for selector, found in _rules(style):
                self._rules.setdefault(selector, {}).update(found)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def declarations(self, name: str, classes: str, identity: str) -> Declarations:
        """All that these rules say of an element; a class overrules a name, an id a class."""
        if not self._rules:
            return {}
        of_class = [f".{word}" for word in classes.split()]
        of_id = [f"#{identity}"] if identity else []
        found: dict[str, str] = {}
        for selector in (name, *of_class, *(name + c for c in of_class), *of_id, *(name + i for i in of_id)):
            found.update(self._rules.get(selector, {}))
        return found


def look(outer: Look, found: Declarations) -> Look:
    """How an element looks that stands in one of `outer` look."""
    if not found:
        return outer
    ground = _ground(found)
    return Look(
        gone=outer.gone or found.get("display") == "none" or _nought(found.get("opacity")) or _away(found),
        unseen=_unseen(found.get("visibility"), outer.unseen),
        tiny=_tiny(found.get("font-size") or found.get("font"), outer.tiny),
        pale=_pale(found["color"]) if "color" in found else outer.pale,
        backed=outer.backed if ground is None else ground not in _NO_GROUND and not _pale(ground),
        turned=_turned(found, outer.turned),
    )


def gone(outer: Look) -> Look:
    """The look of what is not shown whatever its style."""
    return replace(outer, gone=True)


def _rules(style: str) -> Iterator[tuple[str, Declarations]]:
    css = _COMMENT.sub("", style.replace("<!--", "").replace("-->", ""))
    preludes: list[str] = []
    at = 0
    for brace in _BRACE.finditer(css):
        if brace[0] == "{":
            preludes.append(css[at : brace.start()].strip())
        elif preludes:
            prelude = preludes.pop()
            # What holds for print only hides nothing on a screen.
            if not any(outer.lower().startswith("@media print") for outer in preludes):
                yield from _rule(prelude, css[at : brace.start()])
        at = brace.end()


def _rule(prelude: str, body: str) -> Iterator[tuple[str, Declarations]]:
    found = declarations(body)
    if not found:
        return
    for selector in prelude.rpartition(";")[2].split(","):
        simple = _SELECTOR.fullmatch(selector.strip())
        if simple:
            yield (simple["name"] or "").lower() + (simple["mark"] or ""), found


def _turned(found: Declarations, outer: bool) -> bool:
    if "unicode-bidi" not in found and "direction" not in found:
        return outer
    return found.get("direction") == "rtl" and found.get("unicode-bidi") in ("bidi-override", "isolate-override")


def _unseen(value: str | None, outer: bool) -> bool:
    if value in ("hidden", "collapse"):
        return True
    return False if value in ("visible", "initial") else outer


def _tiny(value: str | None, outer: bool) -> bool:
    if not value:
        return outer
    size = _NUMBER.match(value)
    return outer if size is None else float(size[0]) == 0 or (_in_px(value) and float(size[0]) <= _SMALLEST_PX)


def _in_px(value: str) -> bool:
    return bool(re.match(r"[\d.]+(?:px|pt)", value))


def _nought(value: str | None) -> bool:
    number = _NUMBER.match(value) if value else None
    return number is not None and float(number[0]) == 0


def _away(found: Declarations) -> bool:
    """Whether an element is moved off the page, shrunk to nothing with its contents cut off, or clipped away."""
    placed = found.get("position") in ("absolute", "fixed")
    moves = _SIDES if placed else ("margin-left", "text-indent")
    if any(_FAR.match(found.get(side, "")) for side in (*moves, "text-indent")):
        return True
    if found.get("overflow") in ("hidden", "clip") and any(_nought(found.get(side)) for side in _EXTENTS):
        return True
    clipped = placed and _NO_RECT.match(found.get("clip", "")) is not None
    return clipped or any(_NO_SHAPE.match(found.get(name, "")) for name in ("clip-path", "transform"))


def _ground(found: Declarations) -> str | None:
    value = found.get("background-color", found.get("background"))
    return None if value is None else value.split(" ")[0] if "(" not in value else value


def _pale(value: str) -> bool:
    """Whether a colour is white, nearly white, or transparent."""
    if value in ("white", "transparent", "snow", "ghostwhite"):
        return True
    channels = _channels(value)
    if len(channels) == 4 and channels[3] == 0:
        return True
    return len(channels) >= 3 and min(channels[:3]) >= _NEARLY_WHITE


def _channels(value: str) -> list[float]:
    """Red, green, blue (0-255) and, if given, opacity; empty for what is no such colour."""
    hexadecimal = _HEX.match(value)
    if hexadecimal:
        digits = hexadecimal[1]
        pairs = (
            [d * 2 for d in digits] if len(digits) in (3, 4) else [digits[i : i + 2] for i in range(0, len(digits), 2)]
        )
        return [float(int(pair, 16)) for pair in pairs]
    if value.startswith(("rgb(", "rgba(")):
        return [float(number) * (2.55 if percent else 1) for number, percent in _PARTS.findall(value)]
    return []
