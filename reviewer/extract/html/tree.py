"""Which elements are open at a point of a page, and how they look: enough of a browser's tree, in linear time."""

from __future__ import annotations

from collections import defaultdict

from reviewer.extract.html.style import Look
from reviewer.extract.html.tokens import names

VOID = names(
    "area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr"
)
BLOCKS = names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p plaintext pre"
    " search section select summary table tbody td tfoot th thead title tr ul xmp"
)
# What a browser that runs scripts and plays media shows nothing of.
UNSHOWN = names(
    "audio canvas datalist desc iframe metadata meter noembed noframes noscript object progress rp template video"
)
TABLE_PARTS = names("table caption colgroup thead tbody tfoot tr td th")
CELLS = frozenset({"td", "th"})
SECTIONS = frozenset({"thead", "tbody", "tfoot"})

_CLOSES_NO_PARAGRAPH = names("body option optgroup select title") | TABLE_PARTS - {"table"}
# A start tag that ends an element of its own kind, and the list within which it does so.
_SIBLINGS = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"})),
    "optgroup": (frozenset({"option", "optgroup"}), frozenset({"select"})),
}
# Parts of a table that the start tag of another ends.
_IN_ROW = ("td", "th", "caption", "colgroup")
_ENDS = {
    **dict.fromkeys(CELLS, _IN_ROW),
    "tr": (*_IN_ROW, "tr"),
    **dict.fromkeys({*SECTIONS, "caption", "colgroup"}, (*_IN_ROW, "tr", *SECTIONS)),
}
_NEAR = 32  # how far up a sibling is looked for: the price of being linear


class OpenElements:
    """A stack of open elements. Closing one closes what stands open in it, but never reaches out of a table cell."""

    def __init__(self, ground: Look) -> None:
        self._ground = ground
        self._stack: list[tuple[str, Look]] = []
        # How many of each name are open since the last cell, and of each table part since the last table.
        self._ordinary: list[defaultdict[str, int]] = [defaultdict(int)]
        self._tabular: list[defaultdict[str, int]] = [defaultdict(int)]

    @property
    def look(self) -> Look:
        """The look of the innermost element."""
        return self._stack[-1][1] if self._stack else self._ground

    @property
    def preformatted(self) -> bool:
        """Whether spaces and line ends count here."""
        return self.is_open("pre") or self.is_open("listing")

    def is_open(self, name: str) -> bool:
        """Whether an end tag of that name would close anything."""
        return name in self._counter(name)

    def open(self, name: str, look: Look) -> None:
        self._stack.append((name, look))
        if name == "table":
            self._tabular.append(defaultdict(int))
        self._counter(name)[name] += 1
        if name in TABLE_PARTS:
            self._ordinary.append(defaultdict(int))

    def close(self, name: str) -> list[str]:
        """Close the innermost element of that name; the names of all that this closes, innermost first."""
        closed: list[str] = []
        if self.is_open(name):
            while not closed or closed[-1] != name:
                closed.append(self._pop())
        return closed

    def close_all(self) -> list[str]:
        """What is still open at the end of the page."""
        return [self._pop() for _ in range(len(self._stack))]

    def make_way(self, name: str) -> list[str]:
        """Close what a start tag of that name ends without saying so."""
        closed: list[str] = []
        if name in BLOCKS and name not in _CLOSES_NO_PARAGRAPH:
            closed += self.close("p")
        if name in _SIBLINGS:
            closed += self._end_sibling(*_SIBLINGS[name])
        for part in _ENDS.get(name, ()):
            if part in self._tabular[-1]:
                closed += self.close(part)
        return closed

    def _end_sibling(self, siblings: frozenset[str], boundary: frozenset[str]) -> list[str]:
        for name, _ in reversed(self._stack[-_NEAR:]):
            if name in siblings:
                return self.close(name)
            if name in boundary or name in TABLE_PARTS:
                break
        return []

    def _pop(self) -> str:
        name, _ = self._stack.pop()
        if name in TABLE_PARTS:
            self._ordinary.pop()
        counter = self._counter(name)
        counter[name] -= 1
        if not counter[name]:
            del counter[name]
        if name == "table":
            self._tabular.pop()
        return name

    def _counter(self, name: str) -> defaultdict[str, int]:
        return self._tabular[-1] if name in TABLE_PARTS else self._ordinary[-1]
