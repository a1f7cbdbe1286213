"""Fonts that do not say which characters they draw: their text cannot be trusted, and that is said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import pikepdf

from reviewer.extract.pdf.glyphs import Glyph, bare_name
from reviewer.extract.pdf.values import entry, identity, items, name_of, stream_bytes

_SYMBOLIC = 4  # font descriptor flag: characters of its own (ISO 32000-1, table 123)
_DEEPEST_FORM = 15
_OPAQUE_GLYPH = re.compile(r"^(?:g|c|cid|glyph|index|a|f|h)?\d+$", re.IGNORECASE)
_ORNAMENTS = re.compile(r"symbol|dingbats|webdings|wingdings|marlett|awesome|icon|bullet", re.IGNORECASE)
_PLAIN_ENCODINGS = frozenset({"WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding"})
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{2})>\s*(?:<([0-9A-Fa-f]{2})>\s*)?<([0-9A-Fa-f]{4})>")
_DIGITS = (0x30, 0x39)
_GARBLED = re.compile(r"[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")


class FontTrust:
    """Which fonts of a file name their characters badly; each font is looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bool] = {}

    def untrusted(self, page: pikepdf.Object, glyphs: Sequence[Glyph]) -> tuple[str, ...]:
        """Names of the fonts whose text on this page is not to be relied on.

        One odd character is a bullet; two different ones are text.
        """
        odd: dict[str, set[str]] = defaultdict(set)
        used: set[str] = set()
        for glyph in glyphs:
            used.add(glyph.run.font.name)
            if not glyph.mapped or _GARBLED.match(glyph.char):
                odd[glyph.run.font.name].add(f"{glyph.char}{glyph.ink.area:.0f}")
        garbled = {name for name, characters in odd.items() if len(characters) > 1}
        unnamed = {name for name in self._unnamed(page) if name in used}
        return tuple(sorted(name for name in garbled | unnamed if not _ORNAMENTS.search(name)))

    def vertical(self, page: pikepdf.Object) -> tuple[str, ...]:
        """Fonts of vertical writing that are not embedded: pdfium drops their text where they are not installed."""
        return tuple(sorted({bare_name(name_of(entry(f, "/BaseFont"))) for f in _fonts(page) if _is_lost(f)}))

    def _unnamed(self, page: pikepdf.Object) -> Iterator[str]:
        for font in _fonts(page):
            key = identity(font)
            if key == (0, 0) or key not in self._known:
                self._known[key] = _is_unnamed(font)
            if self._known[key]:
                yield bare_name(name_of(entry(font, "/BaseFont")))


def _fonts(page: pikepdf.Object) -> Iterator[object]:
    """The fonts a page may use, also those of the forms it draws."""
    seen: set[tuple[int, int]] = set()
    waiting = [(_inherited_resources(page), 0)]
    while waiting:
        resources, depth = waiting.pop()
        fonts = entry(resources, "/Font")
        yield from fonts.values() if isinstance(fonts, pikepdf.Dictionary) else ()
        forms = entry(resources, "/XObject")
        if not isinstance(forms, pikepdf.Dictionary) or depth > _DEEPEST_FORM:
            continue
        for form in forms.values():
            if identity(form) not in seen and name_of(entry(form, "/Subtype")) == "Form":
                seen.add(identity(form))
                waiting.append((entry(form, "/Resources"), depth + 1))


def _inherited_resources(page: object) -> object:
    for _ in range(_DEEPEST_FORM):
        resources = entry(page, "/Resources")
        if resources is not None:
            return resources
        page = entry(page, "/Parent")
    return None


def _is_unnamed(font: object) -> bool:
    """A one-byte font with codes of its own: pdfium shows them as if they were ASCII, without a word.

    Or one whose table of characters says another thing than its encoding.
    """
    if _belies(font):
        return True
    if entry(font, "/ToUnicode") is not None or name_of(entry(font, "/Subtype")) == "Type0":
        return False
    encoding = entry(font, "/Encoding")
    names = [name_of(value) for value in items(entry(encoding, "/Differences")) if name_of(value)]
    if names:
        return sum(bool(_OPAQUE_GLYPH.match(name)) for name in names) * 2 > len(names)
    flags = entry(entry(font, "/FontDescriptor"), "/Flags")
    return encoding is None and _is_embedded(font) and isinstance(flags, int) and bool(flags & _SYMBOLIC)


def _belies(font: object) -> bool:
    """Whether digits, by an encoding that is plain, are called otherwise for whoever copies the text."""
    table, encoding = entry(font, "/ToUnicode"), entry(font, "/Encoding")
    plain = name_of(encoding) in _PLAIN_ENCODINGS or (encoding is None and not _is_embedded(font))
    if not isinstance(table, pikepdf.Stream) or not plain or name_of(entry(font, "/Subtype")) == "Type0":
        return False
    ranges = (
        (int(first, 16), int(last or first, 16), int(to, 16))
        for first, last, to in _MAPPED.findall(stream_bytes(table))
    )
    return any(
        _DIGITS[0] <= code <= _DIGITS[1] and to + code - first != code
        for first, last, to in ranges
        for code in range(first, min(last, 255) + 1)
    )


def _is_lost(font: object) -> bool:
    (descendant,) = (*items(entry(font, "/DescendantFonts")), None)[:1]
    return name_of(entry(font, "/Encoding")).endswith("-V") and not _is_embedded(descendant)


def _is_embedded(font: object) -> bool:
    descriptor = entry(font, "/FontDescriptor")
    return any(entry(descriptor, key) is not None for key in ("/FontFile", "/FontFile2", "/FontFile3"))
